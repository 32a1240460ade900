"""A web server that misbehaves on purpose, on loopback: every behaviour has a path of its own.

    python -m tests.hostile.server --port 8080      serve until interrupted

Feeds polled here need 127.0.0.1 and localhost among the ``private_hosts``. Every other private
address must stay refused: 127.0.0.2 and [::1] are canaries that count who comes.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import socket
import socketserver
import ssl
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from tests.hostile import answers, contents, encodings, framing, items, lures, wires
from tests.hostile.contents import HTML_PAGE
from tests.hostile.make import make_items, rss
from tests.hostile.registry import LIMIT_SECONDS, REG, Behaviour, Conn, Headers, listing

BOOKS = (
    wires,
    framing,
    answers,
    lures,
    contents,
    encodings,
    items,
)  # importing them fills the registry
MOST_HEADER = 300_000


class Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
    """One listener."""

    allow_reuse_address = True
    canary = False
    daemon_threads = True
    request_queue_size = 256

    def __init__(self, place: tuple[str, int], shared: Hostile) -> None:
        self.address_family = socket.AF_INET6 if ":" in place[0] else socket.AF_INET
        self.shared = shared
        super().__init__(place, Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: clients are meant to hang up."""


class Handler(socketserver.BaseRequestHandler):
    """Reads the head of a request by hand, as little as it needs."""

    def handle(self) -> None:
        server = cast(Server, self.server)
        sock: socket.socket = self.request
        if server.canary:
            with server.shared.lock:
                server.shared.canary_connects += 1
        sock.settimeout(70)
        head = _head(sock)
        if head is None:
            return
        method, target, headers = head
        try:
            server.shared.dispatch(server, sock, method, target, headers)
        except OSError:
            pass
        finally:
            if not target.startswith("/b/net_reset"):
                _leave(sock)


def _head(sock: socket.socket) -> tuple[str, str, dict[str, str]] | None:
    data = b""
    try:
        while b"\r\n\r\n" not in data and len(data) < MOST_HEADER:
            part = sock.recv(65536)
            if not part:
                break
            data += part
            if data[:1] == b"\x16":  # a TLS greeting on the plain port: answered as servers do
                sock.sendall(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
                return None
    except OSError:
        return None
    lines = data.split(b"\r\n\r\n", 1)[0].decode("latin-1").split("\r\n")
    words = lines[0].split(" ")
    if len(words) < 2:
        return None
    pairs = (line.partition(":") for line in lines[1:])
    return words[0], words[1], {name.strip().lower(): value.strip() for name, _, value in pairs}


def _leave(sock: socket.socket) -> None:
    """Hang up so that what was sent still arrives."""
    with suppress(OSError):
        sock.shutdown(socket.SHUT_WR)
        sock.settimeout(0.2)
        while sock.recv(65536):
            pass


class Hostile:
    """All listeners and their shared memory; ``corpus`` is a folder of files served under /fp/."""

    def __init__(
        self, port: int = 0, limit_seconds: float = LIMIT_SECONDS, corpus: Path | None = None
    ) -> None:
        self.limit_seconds = limit_seconds
        self.corpus = corpus.resolve() if corpus else None
        self.stopping = threading.Event()
        self.lock = threading.Lock()
        self.reset()
        self.epoch = 1  # for feeds that grow
        self.servers: list[Server] = []
        handle, self.feedfile = tempfile.mkstemp(prefix="hostile-", suffix=".xml")
        os.write(handle, rss(make_items("localfile", 2)))
        os.close(handle)
        self.main = self.listen("127.0.0.1", port)
        self.other = self.listen("127.0.0.1", 0)  # another origin that is allowed
        self.canary = self.try_listen("127.0.0.2")
        self.canary6 = self.try_listen("::1")
        self.tls_port = self.start_tls()
        self.values = {
            "base": f"http://127.0.0.1:{self.main}",
            "port": str(self.main),
            "localhost": f"http://localhost:{self.main}",
            "elsewhere": f"http://127.0.0.1:{self.other}",
            "canary_port": str(self.canary or 9),
            "canary6_port": str(self.canary6 or 9),
            "closed": f"http://127.0.0.1:{_free_port()}",
            "tls": f"https://127.0.0.1:{self.tls_port}" if self.tls_port else "",
            "feedfile": self.feedfile,
        }

    def reset(self) -> None:
        """Forget what was asked."""
        self.counts: dict[str, int] = {}
        self.log: list[dict[str, Any]] = []
        self.hits: dict[str, list[dict[str, str]]] = {}
        self.canary_connects = 0  # bare connections count too (ftp, gopher)

    def listen(self, host: str, port: int, wrap: ssl.SSLContext | None = None) -> int:
        """Listen on one more address; the port."""
        server = Server((host, port), self)
        if wrap:
            server.socket = wrap.wrap_socket(
                server.socket, server_side=True, do_handshake_on_connect=False
            )
        serve = threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True)
        serve.start()
        self.servers.append(server)
        return int(server.server_address[1])

    def try_listen(self, host: str) -> int | None:
        """Listen for those who come where they must not; None where the address is not here."""
        try:
            port = self.listen(host, 0)
        except OSError:
            return None
        self.servers[-1].canary = True
        return port

    def start_tls(self) -> int | None:
        """A listener with a certificate nobody trusts; None without the openssl command."""
        tool = shutil.which("openssl")
        if not tool:
            return None
        with tempfile.TemporaryDirectory(prefix="hostile-tls-") as folder:
            key, certificate = f"{folder}/k", f"{folder}/c"
            words = [
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=127.0.0.1",
            ]
            try:
                subprocess.run(
                    [tool, *words, "-keyout", key, "-out", certificate],
                    capture_output=True, timeout=30, check=True,
                )  # fmt: skip
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(certificate, key)
                return self.listen("127.0.0.1", 0, context)
            except (OSError, subprocess.SubprocessError):
                return None

    def fill(self, text: str) -> str:
        """Fill {base}, {elsewhere} ... in."""
        for name, value in self.values.items():
            text = text.replace("{" + name + "}", value)
        return text

    def url_of(self, name: str) -> str:
        """The address of a behaviour."""
        url = REG[name].url
        return self.fill("{base}/b/" + name if url is None else url)

    def close(self) -> None:
        """Stop listening."""
        self.stopping.set()
        Path(self.feedfile).unlink(missing_ok=True)
        for server in self.servers:
            server.shutdown()
            server.server_close()

    # ---- requests -----------------------------------------------------------------------------

    def dispatch(
        self, server: Server, sock: socket.socket, method: str, target: str, headers: dict[str, str]
    ) -> None:
        """Remember a request and misbehave as its path says."""
        path = target.split("?", 1)[0]
        if "://" in path:  # absolute form
            path = "/" + path.split("/", 3)[3] if path.count("/") > 2 else "/"
        port = server.server_address[1]
        with self.lock:
            self.counts[path] = n = self.counts.get(path, 0) + 1
            self.log.append(
                {"path": path, "n": n, "headers": headers, "time": time.time(), "port": port}
            )
            if path.startswith("/canary") or "/elsewhere/" in path:
                self.hits.setdefault(path.rsplit("/", 1)[-1], []).append(headers)
        self.answer(Conn(self, sock, method, target, headers, n), path)

    def answer(self, c: Conn, path: str) -> None:
        """Answer by the first part of the path."""
        kind, _, rest = path.strip("/").partition("/")
        one: Behaviour | None = REG.get(rest) if kind == "b" else None
        if one and one.fn:
            one.fn(c)
        elif kind == "t":
            self.target(c, rest.split("/"))
        elif kind == "grow":
            # The same epoch always gives the same bytes.
            c.reply(200, rss(make_items("grow" + rest, 20 * self.epoch), title="grow " + rest))
        elif kind == "fp" and self.corpus:
            self.corpus_file(c, self.corpus, rest)
        elif kind == "canary":
            c.reply(200, rss(make_items("canary", 3)))
        elif kind == "_list":
            c.reply(200, json.dumps(listing()).encode(), {"Content-Type": "application/json"})
        else:
            c.reply(404, b"no such behaviour", {"Content-Type": "text/plain"})

    def target(self, c: Conn, parts: list[str]) -> None:
        """Where redirects lead."""
        kind, name = parts[0], parts[1] if len(parts) > 1 else ""
        if kind == "chain" and int(name) > 0:
            c.reply(302, b"", {"Location": self.fill(f"{{base}}/t/chain/{int(name) - 1}")})
        elif kind in ("ok3", "elsewhere", "chain"):
            c.reply(200, rss(make_items(name, 3)))
        elif kind == "hop302":
            c.reply(302, b"", {"Location": self.fill("{base}/t/ok3/" + name)})
        elif kind == "html":
            c.reply(200, HTML_PAGE, {"Content-Type": "text/html"})
        elif kind == "status":
            c.reply(int(name))
        else:
            c.reply(404)

    def corpus_file(self, c: Conn, corpus: Path, name: str) -> None:
        """A file of the folder; "Header:" lines in it are sent as headers."""
        path = (corpus / name).resolve()
        if corpus not in path.parents or not path.is_file():
            c.reply(404)
            return
        data = path.read_bytes()
        headers: Headers = {"Content-Type": "application/xml"}
        packed = {".gz": "gzip", ".z": "deflate"}.get(path.suffix)
        if packed:
            headers["Content-Encoding"] = packed
        else:
            headers |= _own_headers(data)
        status = int(headers.pop("Status", "200") or 200)
        if location := headers.get("Location"):
            found = re.match(r"https?://(?:localhost|127\.0\.0\.1):\d+/(?:tests/)?(.*)", location)
            headers["Location"] = self.fill("{base}/fp/" + found.group(1)) if found else location
        c.reply(status, data, headers)


def _own_headers(data: bytes) -> Headers:
    headers: Headers = {}
    for line in re.finditer(rb"^\s*Header:\s+([^:\r\n]+):([^\r\n]*)", data[:4000], re.MULTILINE):
        name, value = (part.decode("latin-1").strip() for part in line.groups())
        headers["Content-Type" if name.lower() == "content-type" else name] = value
    return headers


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def main() -> int:
    parser = argparse.ArgumentParser(description="A web server that misbehaves on purpose.")
    parser.add_argument("--port", type=int, default=0)
    options = parser.parse_args()

    def ended(*_: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, ended)  # so that the temporary file goes away
    hostile = Hostile(options.port)
    sys.stdout.write(json.dumps({**hostile.values, "behaviours": len(REG)}) + "\n")
    sys.stdout.flush()
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        hostile.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
