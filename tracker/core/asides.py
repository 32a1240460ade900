"""Which days of a text are not that of its act: what was before, a condition, the market."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from tracker.core.late import late
from tracker.core.when import When
from tracker.dates import shifted

ACT_ROLES: Final = frozenset({"plain", "announced"})
"""Roles of phrases that date acts."""

_SPEECH: Final = late(
    r"[)）]?\s*(?:晚间?|早间?|上午|下午)?\s*(?:[,，]?(?:在|于|於)?[^,，。;；]{0,10}(?:[记記]者|[发發]布)[会會]上"
    r"[^。;；]{0,40}?)?(?:答[记記]?者?[问問]|作答|回应|回應|表示|强调|強調|称|稱|说|說|指出|反问|反問|批[评評]|抨[击擊]|抗[议議]|反[对對]"
    r"|(?:就|针对|針對)(?=[^。;；\n]{0,80}(?:回[应應]|表示|[称稱说說答谈談]|指出|强调|強調|敦促|呼吁|籲|批[评評]"
    r"|抨[击擊]|抗[议議]|反[对對]|提出|[发發]表)))"
    r"|[)）]?(?:[上下]午)?(?:召?[开開]新[闻聞][发發]布[会會][,，]|[发發][布表](?:[谈談][话話]|[声聲]明|消息[称稱]))"
    r"|[)）]?外交部例行[记記]者[会會]全文"
    r"|[)）]?[,，]?(?:中[国國])?(?:外交部|商[务務]部|国台办|國台辦)[对對就][^,，。;；]{0,40}?(?:回[应應]|答[记問问記])"
    r"|[)）]?[,，]?[^,，。;；]{0,14}[发發]言人[^,，。;；]{0,8}(?:就|回应|回應|表示|[称稱说說]|指出|强调|強調|答)"
)
_EARLIER: Final = late(
    r"[)）]?(?:[^,，。;；]{0,6}(?:以来|以來)|[^,，。;；]{0,4}"
    r"(?:[发發]布|公布|公告|宣布|出台|[颁頒]布|[发發]起|[发發]出|印[发發]|作出|[实實]施|生效|[签簽]署)的|的)"
)
_PUT_OUT: Final = "announced|issued|published|imposed|introduced|unveiled|released"
_EARLIER_BEFORE: Final = late(
    r"\b(?:controls?|rules?|curbs?|restrictions?|measures?|limits?|bans?|orders?|lists?|tariffs?)"
    rf"(?: that (?:was|were))? (?:{_PUT_OUT}|adopted) (?:on |back on |in )?$"
    r"|\b(?:controls?|curbs?|restrictions?|limits?|bans?) on [\w -]{3,30}"
    rf" (?:{_PUT_OUT}) (?:on |back on |in )?$"
    r"|(?-i:(?<!\bThe ))\b(?:controls?|rules?|curbs?|restrictions?|measures?|limits?|bans?|orders?"
    r"|lists?|notices?|truce|deal|accord|package) (?:of|from|dated) $",
    re.IGNORECASE,
)
"""What leads to an older measure by its day; ``The order of ...`` tells of that one itself."""

_HELD: Final = late(r"(?:[暂暫]停|中止|取消|解除|撤[销銷]|恢[复復]|延[长長])[^,，。;；\n]{0,4}$")
_HELD_UP: Final = late(
    r"[)）]?(?![将將已正])[^,，。;；\n]{0,14}(?:管制|措施|公告|[规規]定|[规規][则則]|禁令|限制)"
)
"""What is suspended or lifted is named by its own day (``暂停10月9日稀土管制措施``)."""

_NAMES_IT: Final = late(
    r"(?! [,(])(?: [\w-]+){0,4} (?:controls?|curbs?|rules?|measures?|limits?|restrictions?|bans?"
    r"|order|truce|accord|notices?)\b",
    re.IGNORECASE,
)
_OF_ITS_DAY: Final = late(
    r"(?:\b(?:the|those|these|its|their|suspend\w*|lift\w*|paus\w+|halt\w*|scrap\w*|delay\w*|postpon\w+"
    r"|rescind\w*|repeal\w*|remov\w+|eas\w+|updat\w+|extend\w*|amend\w*|revis\w+|expand\w*"
    r"|tighten\w*|strengthen\w*|clarif\w+|correct\w*|widen\w*)|['\u2019]s) $",
    re.IGNORECASE,
)
"""An older measure that is named by its day alone (``suspends October 9 export controls``)."""

_REACTS: Final = late(
    r"\b(?:warn|complain|critici[sz]|protest|urg|condemn|react|appeal)(?:e?d|s|es)?"
    r"(?: late| early)?(?: on)? $",
    re.IGNORECASE,
)
_OPPOSES: Final = late(
    r" (?:that )?(?:it|he|she|they) (?:\w+ly |would )?(?:oppos|condemn|deplor|reject|regret|object)"
    r"\w+\b",
    re.IGNORECASE,
)
"""What follows the day of words against an act (``said Monday it firmly opposes``)."""

_SPOKE: Final = late(
    r"\b(?:said|told|protest|condemn|react|respond|warn|critici[sz]|denounc|slam|blast|prais|welcom"
    r"|reject|dismiss)",
    re.IGNORECASE,
)
_DAY_BEFORE: Final = ("earlier", "before", "previous day")
"""What somebody speaks of that happened a day before his words."""

_REASON: Final = late(r"\b(?:after|as|because|announced|imposed|unveiled|issued)\b")
"""A reaction whose reason stands behind it, with an earlier day of its own."""

_FORE: Final = late(r"[)）]?[^,，。;；\n]{2,40}?(?:之?[后後]|之前|前夕)[,，]")
"""A day whose clause ends so (``继6日宣布管制后,``, ``14日会谈之前,``) leads up to the one that the
sentence tells."""

_RECALLED: Final = late(
    r"[)）]?[^,，。;；\n]{0,14}曾(?!经济)|[)）]?才[刚剛]?[与與和跟会會见見访訪]"
    r"|[)）]?[^,，。;；\n]{0,6}[刚剛才][刚剛]?[获獲被批公宣发發]"
    r"|[)）]? [^.;,\n]{0,20}\bhad (?:been )?\w+ed\b"
)
"""What a day has behind it that tells of something before the act (``6月29日晚英特尔曾暂停``)."""

_NEXT: Final = 40
_IF: Final = late(
    r"(?:\b(?:if|should|unless)\b[^.;:,\n]{0,60}|(?:如果|若|倘)[^。;；,，\n]{0,16})$",
    re.IGNORECASE,
)
RELATIVE: Final = late(r"\b(?:that|which|who)\b[^.;:,\n]{0,70}$", re.IGNORECASE)
_MARKET: Final = late(
    r"\b(?:shares?|stocks?|futures)\b[^.;:]{0,60}\b(?:fell|f[ae]ll(?:en)?|drop|slid|slump|sank|s[ai]nk"
    r"|tumbl|plung|rose|jump|surg|climb|gain|soar|clos|trad|los[te])[^.;:]{0,40}$|(?:股价|股價)[^。;；]{0,12}$",
    re.IGNORECASE,
)
_SHARES: Final = ("share", "stock", "future", "股")
_SINCE: Final = late(
    r"\b(?:since|after|under|despite|following|because of|amid|fears? for|in line with)\b"
    r"[^.;:,\n]{0,40} of (?:early |mid-|late |the )?$",
    re.IGNORECASE,
)
"""What leads to a measure by its day (``since the curbs of September 15``)."""

_DESCRIBED: Final = late(
    r"\b(?:that|which|who)\b(?: [\w\u2019'-]+){0,5} (?:\w+ed|took effect|came into (?:force|effect)"
    r"|went|began|took|made|set|was|were) (?:in |back in |as of )?$",
    re.IGNORECASE,
)
"""What describes something older in a relative clause (``the case that prosecutors opened``)."""

_BEFORE_THAT: Final = late(
    r"\bhad (?:already |earlier |first |previously )?(?:been )?(?!not\b)\w+(?:ed|n|t|d)\b"
    r"[^.;:\n]{0,40}\b(?:in|on) (?:[\w.]+ (?:\d{1,2} )?and )?$",
    re.IGNORECASE,
)
"""What leads to a month or an old day in the pluperfect (``whose exports it had curbed in``)."""

_AS_TOLD: Final = late(
    r"\bas (?:first |earlier |previously )?(?:reported|told)(?: by [\w ]{2,20})? (?:on |late )?$",
    re.IGNORECASE,
)
"""The day of an older report (``caps that are to come soon, as reported on Wednesday``)."""

_TO_COME: Final = late(
    r"\bto be (?:published|issued|posted|filed|released|printed|unveiled)\b[^.;:,\n]{0,30}$",
    re.IGNORECASE,
)
"""When the text of an act will stand in print; the act itself is known by then."""

_OPENS: Final = late(
    r"\b(?:which|that)\b[^.;,\n]{0,20}\b(?:opens?|begins?|starts?|kicks off)\b[^.;,\n]{0,10}$",
    re.IGNORECASE,
)
_OPENS_THEN: Final = late(r"[)\uff09]?(?:登[\u573a\u5834]|[\u5f00\u958b]幕|揭幕)")
"""A fair or forum that somebody goes to opens then; the trip is named by no day."""

_CALLS_OFF: Final = late(
    r"\b(?:cancel\w*|call(?:s|ed|ing)? off|scrap(?:s|ped)?|postpon\w+|put(?:s|ting)? off"
    r"|shelve[sd]?|pushe[sd] back)\b"
    r"(?![^.;:\n]*\b(?:to|until|till) $)[^.;:\n]{0,60}$"
    r"|(?:取消|推迟|推遲|延后|延後|搁置|擱置)(?![^,，。;；\n]*[至到]$)[^,，。;；\n]{0,24}$"
    r"|原(?:[定订訂]|本定|[计計][划劃])(?:[于於在])?$",
    re.IGNORECASE,
)
"""What says that nothing happens on the day that follows; ``postponed to May 5`` names one."""

_PAPER: Final = late(
    r"\b(?:filings?|documents?|notices?|records|papers|disclosures?|prospectus)\b"
    r"[^.;:,\n]{0,24}$",
    re.IGNORECASE,
)
_PAPER_SHOWS: Final = late(r" (?:show|reveal|disclos|sa(?:id|ys)\b|indicat|list)", re.IGNORECASE)
"""When a paper was filed that tells of an act with a day of its own."""

_AFTER: Final = late(r"\bafter\b[^.;:,\n]{0,60}$", re.IGNORECASE)
_NOUN: Final = late(
    r" (?:export |trade |chip |rare[ -]earths? )?(?:tightening|controls?|curbs?|rules?|measures?"
    r"|limits?|restrictions?|bans?|truce|deal|accord)\b",
    re.IGNORECASE,
)
"""A month before it names a measure (``the October curbs``)."""

_MARKET_THEN: Final = late(
    r"[)\uff09]?[\u65e9\u665a]?\u76d8?(?:股价|股價|开盘|開盤|盘中|盤中|收盘|收盤)"
    r"|[)\uff09]?[aA港美台陆陸沪滬]股(?![盘盤])[^,，。;；\n]{0,16}(?:跌|[涨漲]|走[低高弱强強]|重挫|跳水)"
)


def aside(one: When, phrases: tuple[When, ...], text: str, report: date, kind: str) -> bool:
    """Whether a phrase names no day of the act: another's, a condition's, that of a market.

    >>> from tracker.core.when import find_phrases
    >>> said = "Shares fell on Monday."
    >>> when = find_phrases(said, date(2019, 5, 16))
    >>> aside(when[0], when, said, date(2019, 5, 16), "listing")
    True
    """
    before = text[max(0, one.start - 80) : one.start]
    return (
        _earlier(one, report, text)
        or _leads_up(one, phrases, text)
        or _recalled(one, phrases, text)
        or _reacts(one, phrases, before, text)
        or _of_the_day_before(one, phrases, text)
        or _of_shares(text, one.start)
        or bool(_MARKET_THEN.match(text, one.end))
        or bool(_IF.search(before))
        or bool(_TO_COME.search(before))
        or bool(_AS_TOLD.search(before))
        or _filed(one, phrases, before, text)
        or _named_by_its_day(one, before, text, report)
        or _before_another(one, phrases, before)
        or _behind_a_stop(one, phrases, text)
        or (kind == "trip" and one.first > report and _opens_then(one, before, text))
        or (one.first > report and _called_off(one, text))
    )


def _filed(one: When, phrases: tuple[When, ...], before: str, text: str) -> bool:
    """Whether a paper was filed on the day that tells of an act on an earlier one."""
    if not (_PAPER.search(before) and _PAPER_SHOWS.match(text, one.end)):
        return False
    return any(
        other.role in ACT_ROLES and other.precision == "day" and other.last < one.first
        for other in phrases
    )


def _of_the_day_before(one: When, phrases: tuple[When, ...], text: str) -> bool:
    """Whether somebody speaks on the day, in one sentence, of what was done so many before it."""
    if not _SPOKE.search(text, max(0, one.start - 24), one.end + 24):
        return False
    return any(
        other.form == "later"
        and other.words.lower().endswith(_DAY_BEFORE)
        and one.end < other.start
        and other.first < one.first
        and ". " not in text[one.end : other.start]
        for other in phrases
    )


def _called_off(one: When, text: str) -> bool:
    """Whether the sentence calls off or puts off what was to be on that day."""
    return bool(_CALLS_OFF.search(text, sentence_start(text, one.start), one.start))


def sentence_start(text: str, at: int) -> int:
    """Where the sentence begins in which ``at`` is; a blank may stand there.

    >>> sentence_start("One. Two", 6), sentence_start("One", 1)
    (4, 0)
    """
    return max(text.rfind(mark, 0, at) for mark in _STOPS) + 1


_STOPS: Final = ("\n", "。", ". ")


def _named_by_its_day(one: When, before: str, text: str, report: date) -> bool:
    """Whether a day only names an older measure (the truce of last weekend, the October curbs)."""
    if one.form == "week" and names_it(before):
        return True
    if one.precision == "month":
        noun = _NOUN.match(text, one.end)
        return bool(noun or _DESCRIBED.search(before) or _BEFORE_THAT.search(before))
    old = one.first < shifted(report, -6)
    return old and bool(_SINCE.search(before) or _BEFORE_THAT.search(before))


def names_it(before: str) -> bool:
    """Whether the words before a week name something by it (the truce of last weekend).

    >>> names_it("the truce of "), names_it("it was signed ")
    (True, False)
    """
    return before.endswith(" of ")


def _before_another(one: When, phrases: tuple[When, ...], before: str) -> bool:
    """Whether a day stands in a clause of what came first, and a later day is named behind it."""
    return bool(_AFTER.search(before)) and any(
        other.start > one.end and other.role in ACT_ROLES for other in _later(one, phrases)
    )


def _later(one: When, phrases: tuple[When, ...]) -> list[When]:
    """The phrases that name a later day."""
    return [other for other in phrases if other.precision == "day" and other.first > one.first]


def _behind_a_stop(one: When, phrases: tuple[When, ...], text: str) -> bool:
    """Whether a semicolon parts an earlier day from the later one that the sentence tells of."""
    stop = max(text.rfind(";", 0, one.start), text.rfind("\uff1b", 0, one.start))
    if stop < 0:
        return False
    begin = sentence_start(text, stop)
    return any(begin <= other.start < stop for other in _later(one, phrases))


def _opens_then(one: When, before: str, text: str) -> bool:
    return bool(_OPENS.search(before) or _OPENS_THEN.match(text, one.end))


def _of_shares(text: str, at: int) -> bool:
    """Whether the phrase at a place dates what the market did."""
    near = text[max(0, at - 120) : at].casefold()
    return any(map(near.__contains__, _SHARES)) and bool(_MARKET.search(text, max(0, at - 120), at))


def spoken(one: When, text: str) -> bool:
    """Whether the phrase dates somebody's words about the act rather than the act."""
    return bool(_SPEECH.match(text, one.end))


def _earlier(one: When, report: date, text: str) -> bool:
    """Whether the phrase names an older act that this one answers or ends (10月9日发布的...)."""
    return one.first < shifted(report, -7) and bool(
        _EARLIER.match(text, one.end)
        or _EARLIER_BEFORE.search(text, max(0, one.start - 60), one.start)
        or (
            one.form in ("day", "date")
            and _OF_ITS_DAY.search(text, max(0, one.start - 20), one.start)
            and _NAMES_IT.match(text, one.end)
        )
        or (_HELD.search(text, max(0, one.start - 8), one.start) and _HELD_UP.match(text, one.end))
    )


def _leads_up(one: When, phrases: tuple[When, ...], text: str) -> bool:
    """Whether the phrase only leads up to another day (继6日加强管制后,商务部7日宣布...)."""
    fore = _FORE.match(text, one.end)
    return fore is not None and any(
        0 <= other.start - fore.end() <= _NEXT
        and other.precision == "day"
        and other.role in ACT_ROLES
        and not spoken(other, text)
        and "。" not in text[fore.end() : other.start]
        for other in phrases
    )


def _recalled(one: When, phrases: tuple[When, ...], text: str) -> bool:
    """Whether the phrase dates what was before, and a later day is named too."""
    return bool(_RECALLED.match(text, one.end) and _later(one, phrases))


def _reacts(one: When, phrases: tuple[When, ...], before: str, text: str) -> bool:
    """Whether a phrase dates a reaction to the act that the same sentence tells behind it."""
    if not (_REACTS.search(before) or _OPPOSES.match(text, one.end)):
        return False
    end = text.find(". ", one.end)
    return any(
        one.end < other.start < (end if end >= 0 else len(text))
        and other.role in ACT_ROLES
        and other.first < one.first
        and _REASON.search(text, one.end, other.start)
        for other in phrases
    )
