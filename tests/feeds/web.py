"""A real web server on loopback whose pages a test writes."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Page:
    """What one path answers; ``headers`` go out as they are."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    etag: str = ""


@dataclass
class Asked:
    """One request as it arrived; ``port`` tells its connection from others."""

    path: str
    headers: dict[str, str]
    port: int = 0


class _Server(ThreadingHTTPServer):
    """Says nothing where a client hangs up: they are meant to."""

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # as it came


class Web:
    """Pages by path, and what was asked of them."""

    def __init__(self) -> None:
        self.pages: dict[str, Page | Callable[[Asked], Page]] = {}
        self.asked: list[Asked] = []
        web = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                web.answer(self)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as above
                pass

        self._server = _Server(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()
        self.base = f"http://127.0.0.1:{self._server.server_address[1]}"

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        headers = {k.lower(): v for k, v in handler.headers.items()}
        asked = Asked(handler.path, headers, handler.client_address[1])
        self.asked.append(asked)
        page = self.pages.get(handler.path, Page(b"no such page", 404))
        page = page if isinstance(page, Page) else page(asked)
        unchanged = page.etag and asked.headers.get("if-none-match") == page.etag
        handler.send_response(304 if unchanged else page.status)
        body = b"" if unchanged else page.body
        sent = {"Content-Length": str(len(body)), **page.headers}
        if page.etag:
            sent["ETag"] = page.etag
        for name, value in sent.items():
            handler.send_header(name, value)
        handler.end_headers()
        with suppress(ConnectionError):  # who has seen enough may hang up
            handler.wfile.write(body)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def rss(*items: str, head: str = "") -> bytes:
    """An RSS 2.0 document of ready-made items."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Feed</title>'
        f"{head}{''.join(items)}</channel></rss>"
    ).encode()


def item(number: int, title: str = "", *, guid: str | None = "", link: str = "", date: str = "",
         text: str = "") -> str:  # fmt: skip
    """One item; ``guid`` None leaves it out."""
    shown = f"<guid isPermaLink='false'>{guid or f'g{number}'}</guid>" if guid is not None else ""
    day = date or f"{number % 28 + 1:02} Jul 2025 08:00:00 +0800"
    return (
        f"<item><title>{title or f'Headline {number}'}</title>"
        f"<link>{link or f'https://news.example/{number}'}</link>{shown}"
        f"<pubDate>{day}</pubDate><description>{text or f'Text {number}'}</description></item>"
    )
