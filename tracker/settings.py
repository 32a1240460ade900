"""What feeds.toml says: feeds, words that are watched for, how to poll. Times are in seconds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from typing import Final

from tracker.model import Language, Tier
from tracker.nouns import dataclass

OWN_ID: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
"""What the user may call a feed or a word of his own."""


@dataclass(frozen=True, slots=True)
class FeedConfig:
    """One ``[[feed]]`` (or ``[[source]]``, ``[[page]]``) of feeds.toml; times in seconds."""

    id: str
    url: str
    title: str = ""
    lang: Language = "en"
    tier: Tier = "general"
    every: int = 3600
    at_most: int = 86400
    enabled: bool = True
    group: str = ""
    kind: str = "feed"
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Watch:
    """The user's own words: a lexicon entry in feeds.toml.

    ``roles`` are tags of the lexicon (``cn-firm``, ``us-gov``, ``chip-model`` ...): the rules that
    speak of these speak of it too. ``where`` is its file and line. ``kind`` is empty where none is
    said; with the ``id`` of an entry of the lexicon the names are added to that. ``capital`` is the
    code of a country that it is, or governs; ``adjectives`` are further names that only describe
    what follows. ``places`` are file and line by key.
    """

    id: str
    names: tuple[str, ...]
    kind: str = ""
    roles: tuple[str, ...] = ()
    where: str = "feeds.toml"
    capital: str = ""
    adjectives: tuple[str, ...] = ()
    places: tuple[tuple[str, str], ...] = ()

    def at(self, key: str) -> str:
        """File and line of a key, else of the whole."""
        return dict(self.places).get(key, self.where)


HEADLINE: Final = "cn-accel-domestic-units-share"
"""The series whose figures stand on the timeline's lines, where feeds.toml names no other."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything feeds.toml says. ``path`` is None where no file was found.

    ``pause`` is the rest between two requests to one host, in seconds; ``threads`` the requests
    at once; ``user_agent`` replaces our own where it is not empty; ``headline_at`` says in which
    line the headline series is named.
    """

    path: str | None
    contact: str
    private_hosts: tuple[str, ...]
    feeds: tuple[FeedConfig, ...]
    watch: tuple[Watch, ...]
    headline: str
    keep_bodies: int
    pause: float = 1.0
    threads: int = 20
    user_agent: str = ""
    headline_at: str = ""
