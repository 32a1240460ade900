"""Which texts are in a language that no rule reads: told by letters, or by small words.

Small words (articles, prepositions, forms of *be*) stand in every sentence of a language and in few
names; capitals count (``MIT`` is no German *mit*). Words that are English too are none, and those
that stand in names (``von der Leyen``, ``Rio de la Plata``) only help others, unless before a word
that is no name (``la production``). A word with accents is not English, unless taken over by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from tracker.core.late import late

LENGTH: Final = 1000
"""Characters that are looked at: a language shows in its first lines."""

KANA: Final = 0.12
"""Part of the Japanese letters among them and the Chinese ones from which a text is Japanese: a
Chinese one has a brand's の at most."""


def _by_word(table: dict[str, str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, words in table.items():
        for word in words.split():
            found[word] = (*found.get(word, ()), name)
    return found


_SMALL: Final = {
    "German": (
        "und ist nicht für auf dem ein eine einen einem einer eines sich wird werden wurde wurden"
        " auch aus bei nach wie über zum zur im vom haben sind als aber noch nur oder durch gegen"
        " kann darf soll sollen wieder jetzt neue neuen neuer neues wenn dass zwischen keine kein"
        " keinen diese dieser dieses bis seit ohne schon gibt beim ins mehr vor das mit unter laut"
        " wegen trotz statt damit dabei dazu zeigt geht macht steht kommt bleibt muss müssen können"
        " könnte würde Milliarden Millionen über"
    ),
    "French": (
        "les une est dans avec qui que aux cette ces sont été leur leurs selon contre après avant"
        " dont où mais très tous ainsi peut doit nouvelle nouveau il elle au à deux pas ses sur"
        " nouvelles nouveaux vers chez sans"
    ),
    "Spanish": (
        "una para por que más como pero según sobre hasta desde esta estos tras está están fue"
        " había muy también nuevo nueva contra su con"
    ),
    "Italian": (
        "della delle degli dello nella nelle che una sono è più anche alla alle agli dal dalla tra"
        " fra gli questo questa nel sul sulla dei con contro dopo verso"
    ),
    "Portuguese": (
        "uma não com para são mais pelo pela dos das nos nas à ao aos sobre também foi está seu sua"
        " já após que por"
    ),
    "Dutch": (
        "het een niet voor zijn naar ook uit bij wordt worden werd heeft hebben deze dat om nog"
        " maar geen tussen nieuwe aan tegen"
    ),
    "Swedish": "och att på är från inte ett för som det av efter till har",
    "Danish or Norwegian": "og af på er ikke fra det som til efter etter blir har",
    "Polish": "nie się że jest dla przez oraz który które jak są",
    "Turkish": "ve bir için olarak daha çok ile bu",
    "Indonesian or Malay": "yang dan dari untuk dengan pada tidak akan dalam oleh ini itu",
    "Vietnamese": "và của là các cho được trong với không những tại người đã từ",
}
_IN_NAMES: Final = {
    "German": "von der den des", "French": "de la le du des et en",
    "Spanish": "de la el los las del en",
    "Italian": "di da il la", "Portuguese": "da de do e", "Dutch": "van de der den en",
}  # fmt: skip
_SURE: Final = _by_word({
    "German": "für gegen über zwischen nicht nach wird wurde wurden werden darf müssen",
    "French": "dans après leurs", "Spanish": "según tras",
    "Italian": "della delle degli nella nelle",
    "Portuguese": "não são pelos pelas", "Dutch": "niet naar voor wordt worden",
    "Polish": "się przez oraz które", "Turkish": "için olarak", "Swedish": "från",
    "Indonesian or Malay": "yang dengan untuk",
})  # fmt: skip
"""Small words of which one is enough beside no English one."""

_ACCENTED: Final = {
    "German": "äöüß", "French": "àâçèéêëîïôùûœ", "Spanish": "áéíóúñü", "Italian": "àèéìòù",
    "Portuguese": "ãõáâçéêíóú", "Swedish": "åäö", "Danish or Norwegian": "æøå",
    "Polish": "ąćęłńóśźż", "Czech or Slovak": "áčďéěíňóřšťúůýžľĺŕôä", "Turkish": "çğıöşü",
    "Hungarian": "áéíóöőúüű", "Romanian": "ăâîșțşţ", "Finnish": "äö",
    "Vietnamese": "ạảãáàâấầẩẫậăắằẳẵặẹẻẽéèêếềểễệỉĩíìịọỏõóòôốồổỗộơớờởỡợụủũúùưứừửữựỳỵỷỹýđ",
}  # fmt: skip
"""The letters of each beyond a to z."""
_TAKEN_OVER: Final = frozenset(_by_word({
    "English": (
        "attaché attachés blasé café cafés chargé cliché clichés communiqué communiqués crème"
        " d'état d’état décor détente déjà dénouement doppelgänger entrée exposé façade façades"
        " fiancé fiancée fête élite jalapeño naïve naïvely naïveté née niño niña outré passé pâté"
        " piñata première protégé protégés régime résumé risqué rôle sauté señor soirée soufflé"
        " touché tête-à-tête vis-à-vis à über mañana jamón açaí smörgåsbord führer maître être"
        " consommé matinée mêlée roué précis coöperate coöperation reëlected"
    ),
}))  # fmt: skip
"""Words with accents that stand in English texts."""

_ENGLISH: Final = frozenset(_by_word({
    "English": (
        "the of to and is for with that by from at its are has have be this their who how why what"
        " into than it after over amid says said will not but was were on as or an more about could"
        " would may up out off against under we you i your our my his her they when where which"
    ),
}))  # fmt: skip

_SHARED: Final = {name: frozenset(words.split()) for name, words in {
    "German": "in an was will her", "French": "on or as", "Italian": "in i", "Portuguese": "as",
    "Dutch": "in is of was over we", "Swedish": "i under",
    "Danish or Norwegian": "i for under over",
    "Polish": "to on i we by",
}.items()}  # fmt: skip
"""Words that are English and of the language: they speak for neither."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ELIDED: Final = late(
    r"(?<![\w'’])(?:dell|all|nell|dall|sull|qu|[ldnsj])['’](?!(?:état|etat|affaires|art|être|oeil)\b)"
    r"(?=[a-zà-öø-ÿœ])"
)
"""An article or preposition that lost its vowel, before no name (``l'exportation``)."""
_BORROWED: Final = late(
    r"\b(?:de (?:facto|jure|minimis|novo|rigueur|trop|luxe|la)|en (?:route|masse|bloc|suite)"
    r"|du jour|[aà] la|l[ao]s? (?:vegas|angeles|plata|paz|carte|land)"
    r"|el (?:paso|salvador|ni[nñ]o))\b"
)
"""What English says in other languages' words, and lower-case names of places."""
_BEFORE: Final = "de|la|le|du|des|el|los|las|del|di|il|da|en"
_ARTICLE: Final = late(rf"(?<![\w'’-])({_BEFORE}) (?=[a-zà-öø-ÿœ])")
"""A word of names before one that is none (``la production``, ``von der Leyen`` is none)."""
_KANA: Final = late(r"[\u3040-\u30ff\uff66-\uff9d]")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_SCRIPTS: Final = (
    ("Korean", late(r"[\uac00-\ud7af]")), ("Cyrillic letters", late(r"[\u0400-\u04ff]")),
    ("Arabic letters", late(r"[\u0600-\u06ff]")), ("Hebrew", late(r"[\u0590-\u05ff]")),
    ("Greek", late(r"[\u0370-\u03ff]")), ("Thai", late(r"[\u0e00-\u0e7f]")),
    ("an Indian script", late(r"[\u0900-\u0d7f]")),
)  # fmt: skip
_JAPANESE: Final = late(
    "[を対関発売続応価働込拡広鉄駅戦県経検実圧択団権単囲総変験読転図済厳気黒収処拠満従帰労営険焼]"
)
"""Letters of no Chinese script."""
_STRANGE: Final = re.compile(
    r"[\u0370-\u06ff\u0900-\u0d7f\u0e00-\u0e7f\u3040-\u30ff\uac00-\ud7af\uff66-\uff9d]"
)
"""Any letter of these and of the Japanese: most texts have none."""


class Tongue(NamedTuple):
    """A language that is not read: its name, and the words or letters that show it."""

    name: str
    shown_by: tuple[str, ...]


_WORDS: Final = {word: names for word, names in _by_word(_SMALL).items() if word not in _ENGLISH}
_HELPING: Final = _by_word(_IN_NAMES)
_ALL: Final = frozenset({*_WORDS, *_BEFORE.split("|")})
_LATIN: Final = re.compile("[à-öø-ÿā-žșțơưạ-ỹ]")
_NONE: Final[frozenset[str]] = frozenset()
_LETTERS: Final = {
    letter: frozenset(name for name, letters in _ACCENTED.items() if letter in letters)
    for letter in "".join(_ACCENTED.values())
}


@lru_cache(maxsize=640)  # an item is asked for when it comes, is read, and is recognised
def foreign(text: str) -> Tongue | None:
    """The language of a text that is neither English nor Chinese; None where it may be one of them.

    >>> foreign("Nvidia darf H20-Chips wieder nach China liefern")
    Tongue(name='German', shown_by=('darf', 'nach', 'wieder'))
    >>> foreign("EU's von der Leyen warns China"), foreign("商务部公告")
    (None, None)
    >>> foreign("米国、半導体の対中輸出規制を強化へ").name
    'Japanese'
    """
    text = text[:LENGTH]
    if text.isascii():
        if " the " in text:
            return None  # nearly all English ones; another language is seldom without its letters
    else:
        if _STRANGE.search(text) and (written := _by_letters(text)):
            return written
        if _HAN.search(text):
            return None
    return _by_words(text) if _may_be(text) else None


def _may_be(text: str) -> bool:
    """Whether any word of a language shows at a glance: most texts have none."""
    return (
        not _ALL.isdisjoint(text.split())
        or (not text.isascii() and bool(_LATIN.search(text)))
        or (("'" in text or "’" in text) and bool(_ELIDED.search(text)))
    )


def _by_letters(text: str) -> Tongue | None:
    """A language of which most letters are, or Japanese by some that no other has."""
    kana, han = len(_KANA.findall(text)), len(_HAN.findall(text))
    own = _JAPANESE.findall(text) if kana else []
    if kana + len(own) >= KANA * (kana + han) and (kana >= 3 or own):
        return Tongue("Japanese", tuple((own + _KANA.findall(text))[:3]))
    letters = sum(map(str.isalpha, text))
    for name, script in _SCRIPTS:
        found = script.findall(text)
        if 2 * len(found) > letters:
            return Tongue(name, tuple(found[:3]))
    return None


def _by_words(text: str) -> Tongue | None:
    """The language with most words of its own, where these weigh two or more.

    There must be more of them than English small words.
    """
    text = _BORROWED.sub(" ", text)
    words = set(_WORD.findall(text))
    found = _own(text, words)
    weight = _weights(found, text, words)
    most = max(weight.values(), default=0)
    names = sorted(name for name, value in weight.items() if value == most)
    english = _ENGLISH.intersection(map(str.lower, words))
    names = [one for one in names if len(found[one]) > len(english - _SHARED.get(one, _NONE))]
    if most < 2 or not names:
        return None
    told = " or ".join(names) if len(names) < 4 else "another language"
    return Tongue(told, tuple(sorted(found[names[0]])[:3]))


def _own(text: str, words: set[str]) -> dict[str, set[str]]:
    """What speaks for a language by itself, by language."""
    found: dict[str, set[str]] = {}
    for word in words:
        for name in _WORDS.get(word, ()) or _by_accents(word):
            found.setdefault(name, set()).add(word)
    for match in _ARTICLE.finditer(text):
        for name in _HELPING[match[1]]:
            found.setdefault(name, set()).add(match[1])
    for match in _ELIDED.finditer(text):
        for name in ("French", "Italian"):
            found.setdefault(name, set()).add(match[0])
    return found


def _by_accents(word: str) -> Iterable[str]:
    """The languages that write a word with these accents; none of a name."""
    if word.isascii() or not word[0].islower() or word in _TAKEN_OVER:
        return ()
    own = word.encode("ascii", "ignore").decode()
    each = [_LETTERS.get(letter, _NONE) for letter in {*word} - {*own, "’"}]
    return frozenset.intersection(*each) if each else ()


def _weights(found: dict[str, set[str]], text: str, words: set[str]) -> dict[str, int]:
    """What the words weigh together: a sure one two, all others that stand in names one."""
    first = _WORD.search(text)
    begun = _WORDS.get(first[0].lower(), ()) if first and first[0].istitle() else ()
    weight: dict[str, int] = {}
    for name, own in found.items():
        helps = name in begun or any(name in _HELPING.get(word, ()) for word in words - own)
        weight[name] = sum(2 if name in _SURE.get(word, ()) else 1 for word in own) + helps
    return weight
