"""The program in a home of its own, a browser, a site on loopback."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.running import Program
from tests.clients.found import program as found

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def tracker(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """The program with the shipped record in a database."""
    return Program(tmp_path_factory.mktemp("home")).fill(template)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium, driven by Playwright; closed before the next file's tests."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=found("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        yield chromium
        chromium.close()


@dataclass
class Site:
    """A folder on loopback, and every path that was asked for; ``said`` is the server's log."""

    folder: Path
    base: str = ""
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


class _Quiet(SimpleHTTPRequestHandler):
    site: Site

    def __init__(self, *args: Any, site: Site, **more: Any) -> None:
        self.site = site
        super().__init__(*args, directory=str(site.folder), **more)

    def do_GET(self) -> None:
        self.site.asked.append(self.path)
        super().do_GET()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        self.site.said.append(format % args)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A web server on a port of its own; tests put files into ``site.folder``."""
    one = Site(tmp_path / "site")
    one.folder.mkdir()
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, site=one)) as server:
        one.base = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield one
        server.shutdown()
        thread.join()
