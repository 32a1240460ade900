"""The words around a Chinese date phrase: what the day is said to be, whose it is, how late.

Every function takes the whole lower-cased text and the place of the phrase in it.
"""

from __future__ import annotations

from tracker.core.late import last_of, late
from tracker.core.when_days import Tense

SAYS = (
    r"(?:表示|宣布|公布|公告|發布|发布|說|说|稱|称|報導|報道|报道|在|晚|上午|下午|凌晨"
    r"|電|电|訊|讯|起|生效|[实實]施|施行|上路|[执執]行)"
)
"""What follows a bare number of a day."""

DOES = (
    r"(?:宣布|發布|发布|公布|公告|表示|[稱称说說]|指出|[强強][调調]|证实|證實|透露|披露|[会會][见見晤]"
    r"|[举舉]行|召[开開]|[签簽]署|下令|回[应應]|通[过過]|[说說]明|抵[达達]?|受[访訪]|批准|[提起][诉訴出]|列入)"
)
"""What somebody does; before it papers of Hong Kong and Taiwan write one letter for a day."""

_NOT_BEFORE = late(r"(?:[每逢第近过過去]|截止|有朝|公元|期限)$")
_NOT_AFTER = late(
    r"^(?:头条|頭條|俄罗斯|俄羅斯|美国报|[之以]?后|[之以]?後|内|內|[财財]|版|款|多|半(?!年))"
)
_MEDIA = late(r"(?:今日(?:头条|頭條|俄罗斯|俄羅斯|美国》|美國》|海峡|海峽)|明天系|昨日重现)")
_STOP = late(r"[。;；!！?？\n]|\. ")
_PLACE = (
    r"(?:(?P<local>当地(?:时间|時間)|當地時間)|(?P<us>美[东東西](?:时间|時間)?|美[国國](?:时间|時間)"
    r"|(?:华盛顿|華盛頓)(?:时间|時間))|(?P<cn>北京(?:时间|時間))|(?P<tw>[台臺][北灣湾](?:时间|時間)))"
)
_ZONE_BEFORE = late(rf"{_PLACE}[ ,，]?$")
_ZONE_AFTER = late(rf"^[^。,，;；]{{0,4}}[(（]{_PLACE}[)）]")
_LATE_AFTER = late(r"^[)）日天]?[ ]?(?:晚|深夜|夜|傍晚)")
_FROM_ON = late(
    r"^[)）]?(?:零时|零時)?[ ]?起(?![至草诉訴])"
    r"|^(?:正式)?(?:起)?(?:正式)?(?:生效|施行|实施|實施|执行|執行)"
)
_BY = late(r"^[之以]?前")
_UNTIL_AFTER = late(r"^(?:为止|為止|止|到期|届满|屆滿|失效)")
_UNTIL_BEFORE = late(r"(?:截至|直至|直到|延至|延长至|延長至|延期至|至|到)$")
_SINCE_BEFORE = late(r"(?:自|从|從)[ ]?$")
_PUBLISHED = late(
    r"^[)）]?(?:消息|(?:专|專)?[讯訊]|[从從自][^,，。;；\n]{1,14}(?:了解到|[获獲]悉)|(?:专|專)?[电電](?![子影力池脑腦商动動话話信])|(?:[综綜]合)?(?:外[电電])?[报報][导導道]|刊)"
)
_AHEAD = (
    r"(?:[将將][于於在]|[拟擬](?:[于於在]|$)|拟|擬|计划|計[划劃畫]|预计|預計|预料|預料|即将|即將"
    r"|[定订訂][于於]|预定|預定|有望|最快|最早|打算|下一轮|下一輪|料[将將])[于於]?"
)
_BEHIND = (
    r"(?:已|曾|了|宣布|公布|公告|发布|發布|发表|發表|表示|报道|报导|報道|報導|证实|證實|披露|透露"
    r"|[于於]$)"
)
_CUES = late(rf"(?P<ahead>{_AHEAD})|(?P<behind>{_BEHIND})")
_AHEAD_AFTER = late(
    r"^[)）晚上下午]{0,3}(?:(?:将|將|拟|擬)"
    r"(?=[访訪会會举舉赴前在于於开開生实實与與再恢抵出飞飛启啟结結到揭签簽召把对對]|[发發公宣][布佈表]|推出|亮相)|(?=赴|访|訪|出访|出訪|前往|[启啟起]程))"
)
_MEETS_AFTER = late(
    r"^(?!(?:[^。;；!！?？\n]{0,30}?)(?:了|已|曾|结束|結束|落幕|闭幕|閉幕|达成|達成|未能))"
    r"[^。;；!！?？\n,，]{0,8}?(?:[举舉]行|[会會][谈談晤]|磋商|[对對][话話]|[谈談]判|[访訪]|抵|赴|登[场場])"
)
"""A meeting or a journey without a word of its tense."""

_BEHIND_AFTER = late(
    r"^[^。;；!！?？\n]{0,12}?(?:宣布|公布|公告|发布|發布|发表|發表|表示|说|說|称|稱|报道|报导|報道|報導|证实|證實"
    r"|指出|披露|透露|强调|強調|回应|回應|了|已|启动|啟動|约谈|約談|列入|通报|通報|获悉|獲悉|电$|電$)"
)


def role_of(low: str, start: int, end: int) -> tuple[str, Tense]:
    """The role of the phrase at ``start``..``end`` and the tense of its clause.

    >>> role_of("自8月1日起施行", 1, 5)
    ('effective', 'nearest')
    >>> role_of("雷蒙多将于8月27日访华", 5, 10)
    ('plain', 'future')
    """
    left = _STOP.split(low[max(0, start - 24) : start])[-1]
    right = low[end : end + 20]
    if _FROM_ON.match(right):
        return "effective", "nearest"
    if _UNTIL_AFTER.match(right) or _UNTIL_BEFORE.search(left):
        return "until", "nearest"
    if _BY.match(right):
        return "deadline", "future"
    if _SINCE_BEFORE.search(left):
        return "since", "nearest"
    if _PUBLISHED.match(right):
        return "published", "past"
    return "plain", _tense(left, right, low[end : end + 40])


def _tense(left: str, right: str, further: str) -> Tense:
    """The last cue before the phrase decides, then what follows it."""
    last = last_of(_CUES, left)
    if last is not None and last.lastgroup == "ahead":
        return "future"
    if _AHEAD_AFTER.match(right):
        return "nearest"
    if last is None and _MEETS_AFTER.match(further):
        return "soon"
    return "past" if last is not None or _BEHIND_AFTER.match(right) else "open"


def zone_of(low: str, start: int, end: int) -> str | None:
    """``US``, ``CN``, ``TW`` or ``local`` where the words beside the phrase say whose day it is.

    >>> zone_of("美東時間週一", 4, 6), zone_of("當地時間7月14日", 4, 9)
    ('US', 'local')
    """
    found = _ZONE_BEFORE.search(low[max(0, start - 8) : start])
    found = found or _ZONE_AFTER.match(low[end : end + 16])
    if not found or not found.lastgroup:
        return None
    return "local" if found.lastgroup == "local" else found.lastgroup.upper()


def is_late(low: str, start: int, end: int) -> bool:
    """Whether the words put the act into the evening.

    >>> is_late("7月14日晚间", 0, 5), is_late("昨晚", 0, 2)
    (True, True)
    """
    words = low[start:end]
    return "晚" in words or "夜" in words or bool(_LATE_AFTER.match(low[end : end + 4]))


def refused(low: str, start: int, end: int) -> bool:
    """Whether the words around make the phrase something else (每周一, 2025年版, 今日头条).

    >>> refused("每周一", 1, 3), refused("今日头条", 0, 2)
    (True, True)
    """
    return bool(
        _NOT_BEFORE.search(low[max(0, start - 2) : start])
        or _NOT_AFTER.match(low[end : end + 4])
        or _MEDIA.match(low, start)
    )
