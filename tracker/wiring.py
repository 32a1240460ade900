"""Builds the house: clock, environment, console, database, lexicon, record.

The only room that reads the clock and the environment.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import field
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.errors import Busy, StoreError, UsageProblem
from tracker.layout import Paths, paths, shipped, shipped_feeds
from tracker.nouns import dataclass

if TYPE_CHECKING:
    from rich.console import Console

    from tracker.core.decisions import Decisions
    from tracker.core.lexicon import Lexicon
    from tracker.model import Record
    from tracker.settings import Settings
    from tracker.store.schema import Plans


class Pipe:
    """A stream whose reader may leave (``| head``): what comes after that goes nowhere, quietly."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write, unless nobody reads any more."""
        try:
            return int(self._stream.write(text))
        except BrokenPipeError:
            return self._leave(text)

    def flush(self) -> None:
        """Flush, unless nobody reads any more."""
        try:
            self._stream.flush()
        except BrokenPipeError:
            self._leave("")

    def _leave(self, text: str) -> int:
        # The interpreter flushes what is left when it ends; that must meet an open file.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self._stream.fileno())
        os.close(nowhere)
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@dataclass
class House:
    """What a command may use; built once, every part made when it is first asked for."""

    options: Any
    paths: Paths
    environ: Mapping[str, str]
    clock: Callable[[], datetime]
    stdout: Any = None
    stderr: Any = None
    _open: list[sqlite3.Connection] = field(default_factory=list)
    locked: bool = False
    """Whether this command holds the lock of whoever derives."""

    @classmethod
    def build(cls, options: Any) -> House:
        """The house of this process: real clock, real environment, real streams."""
        if sys.platform == "win32":
            raise UsageProblem("Tracker runs on Linux and macOS.", hint="use WSL on Windows")
        where = paths(options.db, options.config, os.environ, Path.cwd())
        return cls(options, where, os.environ, _clock(os.environ), Pipe(sys.stdout), sys.stderr)

    @property
    def login(self) -> str:
        """The name of the account that runs the program; '' where it has none."""
        import pwd

        try:
            return pwd.getpwuid(os.getuid()).pw_name
        except KeyError:
            return ""

    def now(self) -> datetime:
        """The present moment in UTC, to the second."""
        return self.clock().replace(microsecond=0)

    def moment(self) -> str:
        """The present moment as it is stored, UTC, to the second."""
        return self.now().strftime("%Y-%m-%dT%H:%M:%SZ")

    def today(self) -> date:
        """The present UTC day."""
        return self.now().date()

    # ---- talking ------------------------------------------------------------------------------

    @cached_property
    def console(self) -> Console:
        """The console for stdout: markup, emoji and highlighting off, since titles are data."""
        return self._console(self.stdout)

    @cached_property
    def errors(self) -> Console:
        """The console for stderr: progress, notes, warnings."""
        return self._console(self.stderr)

    def _console(self, stream: Any) -> Console:
        from rich.console import Console

        mode = self.options.color
        return Console(
            file=stream,
            markup=False,
            emoji=False,
            highlight=False,
            soft_wrap=False,
            force_terminal=True if mode == "always" else None,
            no_color=True if mode == "never" else None,
            width=_columns(self.environ, stream),
            legacy_windows=False,
        )

    @property
    def terminal(self) -> bool:
        """Whether a person looks at stdout."""
        return bool(self.stdout.isatty()) or self.options.color == "always"

    def say(self, text: str) -> None:
        """A note on stderr, unless ``-q``."""
        from tracker.core.clean import clean_text

        if not self.options.quiet:
            note = at_edge(f"tracker: {clean_text(text)}", self.stderr, self.environ)
            self.stderr.write(f"{note}\n")

    def write(self, text: str) -> None:
        """Data on stdout, as it is, with one newline at the end."""
        if text:
            self.stdout.write(text if text.endswith("\n") else text + "\n")

    # ---- what the house holds -----------------------------------------------------------------

    @cached_property
    def settings(self) -> Settings:
        """feeds.toml, read and checked.

        Raises:
            UsageProblem: a mistake in it, or ``--config`` names a file that is not there.
        """
        if self.paths.passed_over and self.paths.passed_over != self.paths.config:
            self.say(
                "feeds.toml in this folder is not read, since no db/ lies beside it"
                f" ({self.paths.config} is): mkdir db, or --config feeds.toml"
            )
        return self._settings()

    def reread(self) -> None:
        """Read feeds.toml again: another command may have written it since."""
        self.__dict__["settings"] = self._settings()

    def _settings(self) -> Settings:
        from tracker import config

        if not self.paths.config.exists() and not self.options.config:
            return config.load(shipped_feeds())
        return config.load(self.paths.config)

    @property
    def headline(self) -> str:
        """The series on the timeline lines; the shipped feeds.toml names none and is not read."""
        from tracker.settings import HEADLINE

        own = self.options.config or self.paths.config.exists()
        return self.settings.headline if own else HEADLINE

    @cached_property
    def record(self) -> Record:
        """The curated record, from the built snapshot where there is one."""
        from tracker.record.load import load
        from tracker.record.snapshot import unpack

        built = self.paths.record.with_name("record.json")
        if built.is_file():
            return unpack(built.read_bytes())
        return load(self.paths.record)

    @cached_property
    def lexicon(self) -> Lexicon:
        """The names in three scripts, with the user's own ``[[watch]]`` words."""
        from tracker.record.lexicon import load_lexicon

        return load_lexicon(self.paths.lexicon, self.settings.watch)

    @cached_property
    def decisions(self) -> Decisions:
        """What people decided: the lines shipped with the record, then the user's own.

        Raises:
            RecordError: a line that is no decision.
        """
        from tracker.core.decisions import standing
        from tracker.record import journal

        shipped, own = self.paths.journals
        return standing([*journal.read(shipped), *journal.read(own, self.say)])

    @property
    def decided(self) -> Decisions:
        """What people decided, for a question: a line that is no decision is passed over.

        ``reader`` has told of it.
        """
        from tracker.core.decisions import standing
        from tracker.record import journal

        return standing([line for file in self.paths.journals for line in journal.readable(file)])

    def record_stamp(self) -> str:
        """A cheap sign of record and lexicon (names, sizes, times) and of the user's own words."""
        from tracker.record.snapshot import stamp

        folders = (stamp(folder) for folder in (self.paths.record, self.paths.lexicon))
        return "\n".join((*folders, *self._watched()))

    def _watched(self) -> tuple[str, ...]:
        """A sign of each ``[[watch]]``; a feeds.toml that plainly has none is not read for it."""
        try:
            lines = self.paths.config.read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            return ()
        if not any("watch" in line for line in lines if not line.startswith("#")):
            return ()
        return tuple(
            repr((x.id, x.names, x.kind, x.roles, x.capital, x.adjectives))
            for x in self.settings.watch
        )

    def plan(self) -> Plans:
        """The schema that came with the program."""
        from tracker.store.schema import plans

        return plans(shipped())

    # ---- the database -------------------------------------------------------------------------

    def reader(self) -> sqlite3.Connection:
        """The database for reading; made and filled with the record on first use.

        Raises:
            StoreError: it cannot be made or opened, is foreign, newer or damaged.
        """
        from tracker.jobs.open import for_reading

        return self._keep(for_reading(self))

    def writer(self) -> sqlite3.Connection:
        """The database for writing, migrated and filled with the present record."""
        from tracker.jobs.open import for_writing

        return self._keep(for_writing(self))

    def _keep(self, db: sqlite3.Connection) -> sqlite3.Connection:
        self._open.append(db)
        return db

    def close(self) -> None:
        """Close what was opened."""
        while self._open:
            self._open.pop().close()

    @contextmanager
    def lock(self, undone: str = "") -> Iterator[None]:
        """One writer of derivations at a time; released by the system when the process ends.

        ``undone`` tells a person what did not happen; without it a busy lock is passed over in
        silence, as under cron.

        Raises:
            Busy: another process holds it.
            StoreError: the lock file cannot be made.
        """
        import fcntl

        if why := self.paths.homeless(self.paths.lock):
            raise StoreError(why, hint="--db FILE, or HOME")
        folder = self.paths.lock.parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            what = f"{folder} cannot be made: {error.strerror}."
            raise StoreError(what, hint="point --db elsewhere") from error
        try:
            handle = self.paths.lock.open("a")
        except OSError as error:
            raise StoreError(
                f"{self.paths.lock} cannot be written: {error.strerror}.",
                hint="make the folder writable, or point --db elsewhere",
            ) from error
        with handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                if undone:
                    what = f"A poll, or another command that writes, is running; {undone}."
                    hint = "the same again when it has ended"
                    raise Busy(what, hint=hint) from error
                raise Busy("Another poll is running." if self.options.verbose else "") from error
            self.__dict__.pop("decisions", None)  # somebody may have decided since they were read
            self.locked = True
            try:
                yield
            finally:
                self.locked = False

    def pause(self) -> None:
        """A tenth of a second, for another command to get on."""
        time.sleep(0.1)


def _clock(environ: Mapping[str, str]) -> Callable[[], datetime]:
    """The system's clock; TRACKER_NOW (ISO, UTC) stands in for it in examples and tests."""
    fixed = environ.get("TRACKER_NOW")
    if not fixed:
        return lambda: datetime.now(UTC)
    try:
        moment = datetime.fromisoformat(fixed)
    except ValueError as error:
        raise UsageProblem(
            f"TRACKER_NOW is not a moment: {fixed!r}.", hint="TRACKER_NOW=2025-07-15T12:00:00Z"
        ) from error
    return lambda: moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def at_edge(text: str, stream: Any, environ: Mapping[str, str]) -> str:
    """``text`` as it is written to ``stream``: on a terminal no line is wider than it is."""
    if not stream.isatty():
        return text
    from tracker.view.lines import folded

    try:
        width = _columns(environ, stream) or os.get_terminal_size(stream.fileno()).columns or 80
    except OSError:
        width = 80
    return "\n".join(part for line in text.split("\n") for part in folded(line, width))


def _columns(environ: Mapping[str, str], stream: Any) -> int | None:
    """COLUMNS where it is set (tests, pipes); else what the terminal says."""
    text = environ.get("COLUMNS", "")
    if text.isascii() and text.isdigit() and int(text) > 0:
        return int(text)
    return None if stream.isatty() else 80
