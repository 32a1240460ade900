"""Every error raised on purpose, and the exit code it ends the program with.

TrackerError         1    base; never raised itself
|- UsageProblem      2    the command line, feeds.toml or an input file is wrong
|- RecordError       3    a file under db/record/, db/lexicon/ or a decisions file is wrong
|- StoreError        4    the database cannot be opened, read or written
|- NothingNew        10   nothing new, and --exit-code asked to say so
|- Unreachable       69   every feed polled failed, or no scheduler answers
`- Busy              75   another poll holds the lock
"""

from __future__ import annotations


class TrackerError(Exception):
    """Base of every error whose message is written for the person at the terminal.

    Args:
        what: What went wrong, as a full sentence naming the file, feed or id.
        hint: The next thing to type or edit; may be empty.
    """

    exit_code = 1

    def __init__(self, what: str, *, hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.what}\nTry: {self.hint}" if self.hint else self.what


class UsageProblem(TrackerError):
    """The command line, ``feeds.toml`` or a file given as input is wrong."""

    exit_code = 2


class RecordError(TrackerError):
    """A file of the record, of the lexicon or of the decisions is wrong."""

    exit_code = 3


class StoreError(TrackerError):
    """The database cannot be opened, read or written."""

    exit_code = 4


class NothingNew(TrackerError):
    """Nothing new to say, where the caller asked to be told by the exit code."""

    exit_code = 10


class Unreachable(TrackerError):
    """Every feed polled failed (or one did, with ``--strict``), or a scheduler is not there."""

    exit_code = 69


class Busy(TrackerError):
    """Another poll holds the lock."""

    exit_code = 75


_SHORT = 3
_SURE = 0.7
_FURTHER = 0.2
"""How much less alike than the nearest word one may be that is named beside it."""


def did_you_mean(word: str, known: list[str], most: int = 3) -> str:
    """The known words nearest to ``word``, as a hint; empty where none is near.

    >>> did_you_mean("licnce", ["licence", "rule", "listing"])
    'did you mean licence?'
    >>> did_you_mean("zzz", ["licence"])
    ''
    """
    near = nearest(word, known, most)
    return f"did you mean {', '.join(near)}?" if near else ""


def nearest(word: str, known: list[str], most: int = 3) -> list[str]:
    """The known words nearest to ``word``, the nearest first; none much further than that.

    >>> nearest("Huwei", ["huawei", "hesai", "nvidia"])
    ['huawei']
    >>> nearest("abc", ["nac", "abb", "acb"])
    ['acb']
    >>> nearest("abc", ["cab"])
    []
    """
    import difflib  # only on the way to an error: not worth its import at each start

    typed = word.casefold()
    near = difflib.get_close_matches(typed, known, n=most, cutoff=0.6)
    alike = [difflib.SequenceMatcher(None, one, typed).ratio() for one in near]
    if len(typed) <= _SHORT:  # of three letters a single other one makes another word
        sure = [(one, ratio) for one, ratio in zip(near, alike, strict=True)
                if ratio >= _SURE or _swapped(one, typed)]  # fmt: skip
        near, alike = [one for one, _ in sure], [ratio for _, ratio in sure]
    return [one for one, ratio in zip(near, alike, strict=True) if ratio >= alike[0] - _FURTHER]


def _swapped(one: str, typed: str) -> bool:
    """Whether two words have the same letters and begin alike: ``ulr`` for ``url``."""
    return sorted(one) == sorted(typed) and one[:1] == typed[:1]
