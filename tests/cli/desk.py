"""A program with a feeds.toml of its own and a web server of its own to ask."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any, Final

from tests.cli.running import Program
from tests.feeds.web import Web

NOON: Final = "2025-07-30T12:00:00Z"


@dataclass
class Desk:
    """Runs ``tracker`` in ``home`` against ``web``."""

    home: Path
    web: Web = field(default_factory=Web)
    program: Program = field(init=False)

    def __post_init__(self) -> None:
        self.program = Program(self.home, now=NOON)

    @property
    def feeds(self) -> Path:
        return self.home / "feeds.toml"

    def config(self, text: str = "", *, poll: str = "pause = '0s'\n") -> None:
        """feeds.toml: loopback allowed, then ``text``; ``BASE`` stands for the server."""
        head = f'[poll]\nprivate_hosts = ["127.0.0.1"]\n{poll}\n'
        self.feeds.write_text(head + text.replace("BASE", self.web.base), encoding="utf-8")

    def at(self, now: str) -> Desk:
        """The same desk at another time."""
        later = replace(self)
        later.program = Program(self.home, now=now)
        return later

    def run(self, *words: str, **more: str) -> CompletedProcess[str]:
        """One command line."""
        return self.program.run(*words, "--config", str(self.feeds), **more)

    def json(self, *words: str, code: int = 0, **more: str) -> Any:
        done = self.run(*words, "--format", "json", **more)
        assert done.returncode == code, done.stderr
        return json.loads(done.stdout)

    def polled(self, name: str, *words: str, code: int = 0) -> dict[str, Any]:
        """What a poll says of one feed."""
        feeds = self.json("poll", *words, code=code)["feeds"]
        return next(feed for feed in feeds if feed["id"] == name)


def feed(name: str, path: str = "", more: str = "") -> str:
    """A ``[[feed]]`` of the desk's server."""
    return f'[[feed]]\nid = "{name}"\nurl = "BASE/{path or name}"\n{more}\n'
