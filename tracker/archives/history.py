"""Git histories of captured feeds: every version of every captured file, in order of its commit."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Final

from tracker.archives.parts import Archive, Part, Raw, Refused
from tracker.errors import UsageProblem

BLOBS: Final = 32
"""Versions of one part."""
MOST: Final = 16 << 20
"""Bytes of one version."""
_SUFFIXES: Final = frozenset({".xml", ".rss", ".atom", ".rdf", ".json", ".feed", ""})
_BELIEVED: Final = 1 << 32
"""Seconds since 1970, up to 2106; git keeps the clock of a machine that went wrong as it is."""


def is_repository(path: Path) -> bool:
    """Whether a folder is a git work tree, or a bare repository."""
    bare = (path / "HEAD").is_file() and (path / "objects").is_dir()
    return bare or (path / ".git").exists()


def archive(path: Path) -> Archive | Refused:
    """The history at a path, up to what is checked out now.

    Raises:
        UsageProblem: git is not installed.
    """
    done = _git(path, "rev-parse", "--verify", "--quiet", "HEAD")
    head = done.stdout.decode("ascii", "replace").strip()
    if not done.returncode and head:
        done = _log(path, head)
    if done.returncode or not head:
        words = done.stderr.decode("utf-8", "replace").strip().splitlines()
        return Refused(str(path), f"is no readable git history ({(words or ['no commit'])[0]})",
                       "git log shows what is wrong")  # fmt: skip
    return Archive(str(path), "history", head, len(_versions(done.stdout)))


def cut(archive: Archive, number: int) -> list[Part]:
    """Parts of ``BLOBS`` versions each."""
    names = _versions(_log(Path(archive.path), archive.stamp).stdout)
    return [
        Part(archive.path, "history", number + n, at, at + BLOBS, tuple(names[at : at + BLOBS]))
        for n, at in enumerate(range(0, len(names), BLOBS))
    ]


def read(part: Part) -> Iterator[Raw]:
    """The versions of a part, with the moment of their commits."""
    with closing(_Objects(Path(part.path()))) as objects:
        for n, name in enumerate(part.names, part.start):
            blob, seconds, path = name.split(" ", 2)
            moment = _moment(seconds)
            body = objects.body(blob)
            if body is None:
                yield Raw(n, name=path, problem="a version is missing in the history")
            elif len(body) > MOST:
                yield Raw(n, name=path, problem="a captured file is too long")
            else:
                yield Raw(n, body=body, name=path, moment=moment)


class _Objects:
    """Answers of ``git cat-file``; it ends at an object that it cannot read, and is begun anew."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._git: subprocess.Popen[bytes] | None = None

    def body(self, blob: str) -> bytes | None:
        """What a blob holds; None where it is missing or damaged."""
        git = self._git or self._begun()
        assert git.stdin
        assert git.stdout
        try:
            git.stdin.write(f"{blob}\n".encode("ascii"))
            git.stdin.flush()
            return _blob(git.stdout)
        except (BrokenPipeError, EOFError):
            self.close()
            return None

    def _begun(self) -> subprocess.Popen[bytes]:
        self._git = subprocess.Popen(  # noqa: S603 - git by name, with names that we gave it
            _command(self._path, "cat-file", "--batch"),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=_environment(),
        )  # fmt: skip
        return self._git

    def close(self) -> None:
        """End the process, whatever it is at."""
        git, self._git = self._git, None
        if git:
            git.kill()
            with suppress(BrokenPipeError):  # what it was not given any more
                git.communicate()


def _blob(answers: IO[bytes]) -> bytes | None:
    """The body that git answers; None for ``<name> missing``.

    Raises:
        EOFError: git has ended.
    """
    line = answers.readline()
    if not line.endswith(b"\n"):
        raise EOFError
    head = line.split()
    if len(head) != 3:
        return None
    size = int(head[2])
    body = answers.read(size + 1)
    if len(body) != size + 1:
        raise EOFError
    return body[:size] if head[1] == b"blob" else None


def _log(path: Path, head: str) -> subprocess.CompletedProcess[bytes]:
    """What each commit added or changed, oldest first."""
    return _git(path, "log", "--reverse", "--date-order", "--format=%x01%ct", "--raw", "-z",
                "--no-abbrev", "--no-renames", "--no-ext-diff", "--no-textconv",
                "--no-show-signature", "--root", "--diff-filter=AM", head, "--")  # fmt: skip


def _versions(log: bytes) -> list[str]:
    r"""``blob seconds name`` of each version in a log, each only once.

    A name may hold every byte but NUL, the log's own marks among them, so that what a word is
    follows from the word before it alone.

    >>> added = b":000000 100644 0000 63d8 A\0"
    >>> _versions(b"\x0112\0\n" + added + b":a.xml\0" + added + b"\x01x.xml\0")
    ['63d8 12 :a.xml', '63d8 12 \x01x.xml']
    """
    found: dict[str, str] = {}
    seconds = ""
    words = iter(log.decode("utf-8", "replace").split("\0"))
    for word in words:
        mark = word.lstrip("\n")
        if mark.startswith("\x01"):
            seconds, _, mark = mark[1:].partition("\n")
        if not mark.startswith(":"):
            continue
        blob, name = mark.split()[3], next(words, "")
        if name and Path(name).suffix.lower() in _SUFFIXES:
            found.setdefault(f"{blob} {name}", f"{blob} {seconds} {name}")
    return list(found.values())


def _moment(seconds: str) -> datetime | None:
    """The moment of a commit in UTC; None where it names none that can be believed.

    >>> _moment("1752566400").isoformat(), _moment("99999999999999"), _moment("")
    ('2025-07-15T08:00:00+00:00', None, None)
    """
    number = int(seconds) if seconds.isdecimal() else _BELIEVED
    return datetime.fromtimestamp(number, UTC) if number < _BELIEVED else None


def _git(path: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(  # noqa: S603 - as above
            _command(path, *words), capture_output=True, check=False, env=_environment()
        )
    except FileNotFoundError as error:
        raise UsageProblem("git is not installed.", hint="apt install git") from error


_NOTHING_RUN: Final = (
    "core.fsmonitor=false", "core.hooksPath=/dev/null", "log.showSignature=false",
    "gpg.program=false", "gpg.openpgp.program=false", "gpg.ssh.program=false",
    "gpg.x509.program=false", "diff.orderFile=/dev/null",
)  # fmt: skip
"""What stands against the settings of a repository by which it would have programs run."""


def _command(path: Path, *words: str) -> list[str]:
    """A git that runs nothing which the repository's own settings name."""
    against = [word for setting in _NOTHING_RUN for word in ("-c", setting)]
    return ["git", *against, "-C", str(path), "--no-pager", *words]


def _environment() -> dict[str, str]:
    """Without the variables that point git at another repository, and without the network.

    A clone in which objects are missing would ask for them as its settings say, by a program
    that they name: no protocol is allowed, for older versions of git know no other way.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {**kept, "LC_ALL": "C", "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none",
            "GIT_OPTIONAL_LOCKS": "0"}  # fmt: skip
