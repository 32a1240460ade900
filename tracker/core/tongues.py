"""Which texts are in a language that no rule reads: told by letters, or by small words.

Small words (articles, prepositions, forms of *be*) stand in every sentence of a language and in few
names; capitals count (``MIT`` is no German *mit*). Words that are English too are none, and those
that stand in names (``von der Leyen``, ``Rio de la Plata``) only help others.
"""

from __future__ import annotations

import re
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
        " könnte würde Milliarden Millionen"
    ),
    "French": (
        "les une est dans avec qui que aux cette ces sont été leur leurs selon contre après avant"
        " dont où mais très tous ainsi peut doit nouvelle nouveau il elle au à deux pas ses sur"
    ),
    "Spanish": (
        "una para por que más como pero según sobre hasta desde esta estos tras está están fue"
        " había muy también nuevo nueva contra su con"
    ),
    "Italian": (
        "della delle degli dello nella nelle che una sono è più anche alla alle agli dal dalla tra"
        " fra gli questo questa nel sul sulla dei con contro dopo"
    ),
    "Portuguese": (
        "uma não com para são mais pelo pela dos das nos nas à ao aos sobre também foi está seu sua"
        " já após que por"
    ),
    "Dutch": (
        "het een niet voor zijn naar ook uit bij wordt worden werd heeft hebben deze dat om nog"
        " maar geen tussen nieuwe"
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
_ENGLISH: Final = frozenset(_by_word({
    "English": (
        "the of to and is for with that by from at its are has have be this their who how why what"
        " into than it after over amid says said will not but was were on as or an more about could"
        " would may up out off against under we you i your our my his her they when where which"
    ),
}))  # fmt: skip

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_KANA: Final = re.compile(r"[\u3040-\u30ff\uff66-\uff9d]")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_SCRIPTS: Final = (
    ("Korean", late(r"[\uac00-\ud7af]")), ("Cyrillic letters", late(r"[\u0400-\u04ff]")),
    ("Arabic letters", late(r"[\u0600-\u06ff]")), ("Hebrew", late(r"[\u0590-\u05ff]")),
    ("Greek", late(r"[\u0370-\u03ff]")), ("Thai", late(r"[\u0e00-\u0e7f]")),
    ("an Indian script", late(r"[\u0900-\u0d7f]")),
)  # fmt: skip
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
_ALL: Final = frozenset(_WORDS)


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
    return None if _ALL.isdisjoint(text.split()) else _by_words(set(_WORD.findall(text)))


def _by_letters(text: str) -> Tongue | None:
    """A language of which most letters are."""
    kana, han = len(_KANA.findall(text)), len(_HAN.findall(text))
    if kana >= 3 and kana >= KANA * (kana + han):
        return Tongue("Japanese", tuple(_KANA.findall(text)[:3]))
    letters = sum(map(str.isalpha, text))
    for name, script in _SCRIPTS:
        found = script.findall(text)
        if 2 * len(found) > letters:
            return Tongue(name, tuple(found[:3]))
    return None


def _by_words(words: set[str]) -> Tongue | None:
    """The language with most small words, where there are two, and more than English ones."""
    found: dict[str, set[str]] = {}
    helped: dict[str, int] = {}
    for word in words:
        for name in _WORDS.get(word, ()):
            found.setdefault(name, set()).add(word)
        for name in _HELPING.get(word, ()):
            helped[name] = helped.get(name, 0) + 1
    name = max(found, key=lambda one: (len(found[one]), helped.get(one, 0), one), default="")
    own = len(found.get(name, ()))
    english = len(_ENGLISH.intersection(map(str.lower, words)))
    if own <= english or own + min(helped.get(name, 0), 1) < 2:
        return None
    return Tongue(name, tuple(sorted(found[name])[:3]))
