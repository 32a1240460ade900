"""What a job may ask of the house; ``tracker.wiring.House`` is it, a test may bring its own."""

from __future__ import annotations

import sqlite3
from contextlib import AbstractContextManager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from tracker.model import Record
from tracker.settings import Settings

if TYPE_CHECKING:  # a question that derives nothing loads no rules
    from tracker.core.decisions import Decisions
    from tracker.core.lexicon import Lexicon


class Places(Protocol):
    """Where things lie."""

    @property
    def db(self) -> Path:
        """The database file."""

    @property
    def backups(self) -> Path:
        """Where backups go."""

    @property
    def decisions(self) -> Path:
        """The user's own decisions."""

    @property
    def journals(self) -> tuple[Path, Path]:
        """The decisions that came with the record, and the user's own."""

    @property
    def record(self) -> Path:
        """The record in use."""

    @property
    def lexicon(self) -> Path:
        """The lexicon in use."""

    @property
    def lock(self) -> Path:
        """The lock of whoever derives."""

    @property
    def config(self) -> Path:
        """feeds.toml."""

    @property
    def project(self) -> bool:
        """Whether feeds.toml and db/ lie in the working directory."""

    def homeless(self, path: Path) -> str:
        """That ``path`` would lie in a home folder that is not there; empty where it does not."""


class House(Protocol):
    """Clock, places, record, rules and database."""

    @property
    def options(self) -> Any:
        """The options of the whole command line."""

    @property
    def paths(self) -> Places:
        """Where things lie."""

    @property
    def settings(self) -> Settings:
        """feeds.toml."""

    @property
    def headline(self) -> str:
        """The series whose figures stand on the timeline's lines."""

    @property
    def record(self) -> Record:
        """The curated record."""

    @property
    def lexicon(self) -> Lexicon:
        """The names in three scripts."""

    @property
    def decisions(self) -> Decisions:
        """What people decided, for what writes: a wrong line stops it."""

    @property
    def decided(self) -> Decisions:
        """What people decided, for a question: a wrong line is passed over."""

    def now(self) -> datetime:
        """The present moment, UTC."""

    def moment(self) -> str:
        """The present moment as it is stored, UTC, to the second."""

    def today(self) -> date:
        """The present UTC day."""

    def say(self, text: str) -> None:
        """A note on stderr."""

    def plan(self) -> Any:
        """The schema that came with the program."""

    def record_stamp(self) -> str:
        """A cheap sign of the record's content."""

    def reader(self) -> sqlite3.Connection:
        """The database for reading."""

    def writer(self) -> sqlite3.Connection:
        """The database for writing."""

    @property
    def locked(self) -> bool:
        """Whether this command holds the lock."""

    def lock(self, undone: str = "") -> AbstractContextManager[None]:
        """One writer of derivations at a time; ``undone`` says what a busy lock hindered."""

    def pause(self) -> None:
        """A moment for another command to get on."""
