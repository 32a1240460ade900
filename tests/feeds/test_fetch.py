"""Fetching from a real server: conditions, redirects, credentials, limits, forbidden addresses."""

from __future__ import annotations

import gzip
import socket
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from tests.feeds.web import Asked, Page, Web
from tracker.feeds import guard
from tracker.feeds.answers import Failed, Fetched, NotModified, Unreached
from tracker.feeds.fetch import Fetcher, Request

MOST = 100_000


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    one = Fetcher(user_agent="test/1", private_hosts=["127.0.0.1"], most_bytes=MOST, seconds=2)
    yield one
    one.close()


def ask(fetcher: Fetcher, url: str, **more: str) -> Fetched | NotModified | Failed:
    return fetcher.fetch(Request(url, url, **more))  # type: ignore[arg-type]  # texts only here


def test_the_second_request_is_conditional_and_brings_no_body(web: Web, fetcher: Fetcher) -> None:
    web.pages["/f"] = Page(b"<rss/>", etag='W/"odd \\ one"')
    first = ask(fetcher, web.base + "/f")
    assert isinstance(first, Fetched)
    assert first.body == b"<rss/>"

    again = ask(fetcher, web.base + "/f", etag=first.headers.etag)

    assert isinstance(again, NotModified)
    assert web.asked[1].headers["if-none-match"] == 'W/"odd \\ one"'
    assert web.asked[0].headers["user-agent"] == "test/1"


def test_a_permanent_redirect_is_reported_a_temporary_one_is_not(
    web: Web, fetcher: Fetcher
) -> None:
    web.pages["/new"] = Page(b"x")
    for status, moved in ((301, True), (308, True), (302, False), (303, False), (307, False)):
        web.pages["/old"] = Page(status=status, headers={"Location": "/new"})
        answer = ask(fetcher, web.base + "/old")
        assert isinstance(answer, Fetched)
        assert answer.moved_to == (web.base + "/new" if moved else "")


def test_a_temporary_hop_ends_the_permanent_part(web: Web, fetcher: Fetcher) -> None:
    web.pages["/a"] = Page(status=301, headers={"Location": "/b"})
    web.pages["/b"] = Page(status=302, headers={"Location": "/c"})
    web.pages["/c"] = Page(status=301, headers={"Location": "/d"})
    web.pages["/d"] = Page(b"x")
    answer = ask(fetcher, web.base + "/a")
    assert isinstance(answer, Fetched)
    assert (answer.moved_to, answer.url) == (web.base + "/b", web.base + "/d")


def test_ten_redirects_are_followed_and_no_more(web: Web, fetcher: Fetcher) -> None:
    for n in range(12):
        web.pages[f"/{n}"] = Page(status=302, headers={"Location": f"/{n + 1}"})
    web.pages["/10"] = Page(b"x")
    assert isinstance(ask(fetcher, web.base + "/0"), Fetched)
    web.pages["/10"] = Page(status=302, headers={"Location": "/11"})
    web.pages["/11"] = Page(b"x")
    answer = ask(fetcher, web.base + "/0")
    assert isinstance(answer, Failed)
    assert answer.kind == "redirect"


def test_credentials_and_cookies_stay_where_they_belong(web: Web, fetcher: Fetcher) -> None:
    other = Web()
    try:
        other.pages["/f"] = Page(b"x")
        web.pages["/f"] = Page(
            status=302, headers={"Location": other.base + "/f", "Set-Cookie": "a=b"}
        )
        url = web.base.replace("//", "//me:secret@") + "/f"
        request = Request(url, url, headers={"X-Key": "k"})
        assert isinstance(fetcher.fetch(request), Fetched)
        assert web.asked[0].headers["authorization"].startswith("Basic ")
        assert web.asked[0].headers["x-key"] == "k"
        assert not {"authorization", "x-key", "cookie"} & set(other.asked[0].headers)
    finally:
        other.close()


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.2:{port}/f", "http://[::1]:{port}/f", "http://2130706433:{port}/f",
        "http://0x7f.1:{port}/f", "http://127.1:{port}/f", "http://[::ffff:127.0.0.1]:{port}/f",
        "http://0.0.0.0:{port}/f", "http://localhost:{port}/f", "http://10.0.0.1/f",
        "http://169.254.169.254/latest", "http://[64:ff9b::7f00:1]/f", "http://[2002:7f00:1::]/f",
        "http://0177.0.0.1:{port}/f",
    ],
)  # fmt: skip
def test_private_addresses_are_refused_in_every_spelling(
    web: Web, fetcher: Fetcher, url: str
) -> None:
    web.pages["/f"] = Page(b"x")
    target = url.replace("{port}", web.base.rpartition(":")[2])
    direct = ask(fetcher, target)
    assert isinstance(direct, Failed)
    assert direct.kind == "refused"
    assert "private_hosts" in direct.why
    web.pages["/r"] = Page(status=301, headers={"Location": target})
    redirected = ask(fetcher, web.base + "/r")
    assert isinstance(redirected, Failed)
    assert redirected.kind == "redirect"
    assert redirected.why.startswith("redirected to ")
    assert ("private_hosts" in redirected.why) == ("169.254" not in target)
    assert [asked.path for asked in web.asked] == ["/r"]


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "ftp://x/", "data:,x", "gopher://x/", "http://[::bad", ""]
)
def test_other_schemes_and_no_addresses_are_not_followed(
    web: Web, fetcher: Fetcher, location: str
) -> None:
    web.pages["/r"] = Page(status=302, headers={"Location": location})
    answer = ask(fetcher, web.base + "/r")
    assert isinstance(answer, Failed)
    assert answer.kind == "redirect"


def bomb() -> bytes:
    return gzip.compress(b" " * (MOST * 50), mtime=0)


@pytest.mark.parametrize(
    ("body", "encoding", "kind"),
    [
        (bomb(), "gzip", "size"),
        (zlib.compress(b" " * MOST * 50), "deflate", "size"),
        (b" " * (MOST + 1), "", "size"),
        (gzip.compress(b"x" * 5000, mtime=0)[:-9], "gzip", "encoding"),
        (gzip.compress(b"x", mtime=0), "gzip, gzip", "encoding"),
        (b"x", "br", "encoding"),
        (b"x", "quantum", "encoding"),
        (gzip.compress(b"", mtime=0) * (MOST // 20 + 1), "gzip", "size"),
        (gzip.compress(b"<rss/>", mtime=0) + bytes(MOST), "gzip", "size"),
    ],
)
def test_bodies_too_large_or_not_to_be_unpacked(
    web: Web, fetcher: Fetcher, body: bytes, encoding: str, kind: str
) -> None:
    web.pages["/f"] = Page(body, headers={"Content-Encoding": encoding} if encoding else {})
    answer = ask(fetcher, web.base + "/f")
    assert isinstance(answer, Failed)
    assert answer.kind == kind


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (gzip.compress(b"<rss/>", mtime=0), "gzip"),
        (gzip.compress(b"<rss/>", mtime=0), "x-gzip"),
        (gzip.compress(b"<rs", mtime=0) + gzip.compress(b"s/>", mtime=0), "gzip"),
        (zlib.compress(b"<rss/>"), "deflate"),
        (zlib.compress(b"<rss/>")[2:-4], "deflate"),
        (b"<rss/>", "gzip"),
        (gzip.compress(b"<rss/>", mtime=0), ""),
        (b"<rss/>", "identity"),
        (b"<rss/>", "utf-8"),
        (b"<rss/>", "br"),
    ],
)
def test_bodies_are_unpacked_also_where_the_header_lies(
    web: Web, fetcher: Fetcher, body: bytes, encoding: str
) -> None:
    web.pages["/f"] = Page(body, headers={"Content-Encoding": encoding} if encoding else {})
    answer = ask(fetcher, web.base + "/f")
    assert isinstance(answer, Fetched)
    assert answer.body == b"<rss/>"


def test_statuses_have_their_kinds(web: Web, fetcher: Fetcher) -> None:
    kinds = {404: "status", 410: "gone", 401: "auth", 429: "throttled", 500: "status"}
    for status, kind in kinds.items():
        web.pages["/f"] = Page(b"no", status, {"Retry-After": "60"})
        answer = ask(fetcher, web.base + "/f")
        assert isinstance(answer, Failed)
        assert (answer.kind, answer.status) == (kind, status)
        assert answer.retry_after == ("60" if status == 429 else "")


def test_a_challenge_page_is_named(web: Web, fetcher: Fetcher) -> None:
    web.pages["/f"] = Page(b"<title>Just a moment...</title>", 403)
    answer = ask(fetcher, web.base + "/f")
    assert isinstance(answer, Failed)
    assert answer.kind == "blocked"
    assert "Cloudflare" in answer.why


def test_a_packed_challenge_page_is_named(web: Web, fetcher: Fetcher) -> None:
    body = gzip.compress(b"<title>Just a moment...</title>")
    web.pages["/f"] = Page(body, 403, {"Content-Encoding": "gzip"})
    answer = ask(fetcher, web.base + "/f")
    assert isinstance(answer, Failed)
    assert (answer.kind, answer.status) == ("blocked", 403)


def test_what_a_refusal_asks_for_holds_though_its_page_never_comes(web: Web) -> None:
    quick = Fetcher(user_agent="test/1", private_hosts=["127.0.0.1"], most_bytes=MOST, seconds=0.5)
    web.pages["/f"] = Page(b"", 429, {"Content-Length": "500", "Retry-After": "3600"})
    answer = ask(quick, web.base + "/f")
    quick.close()
    assert isinstance(answer, Failed)
    assert (answer.kind, answer.status, answer.retry_after) == ("throttled", 429, "3600")


def test_a_304_without_a_copy_is_a_failure(web: Web, fetcher: Fetcher) -> None:
    web.pages["/f"] = Page(status=304)
    answer = ask(fetcher, web.base + "/f")
    assert isinstance(answer, Failed)


def test_gone_behind_a_temporary_redirect_is_not_gone_for_good(web: Web, fetcher: Fetcher) -> None:
    web.pages["/away"] = Page(status=410)
    for status, kind in ((301, "gone"), (302, "status")):
        web.pages["/f"] = Page(status=status, headers={"Location": "/away"})
        answer = ask(fetcher, web.base + "/f")
        assert isinstance(answer, Failed)
        assert (answer.kind, answer.status) == (kind, 410)


OK = b"HTTP/1.1 200 OK\r\nConnection: close\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (b"HTTP/1.1 100 Continue\r\n\r\n" * 3 + OK + b"\r\n<rss/>", ""),
        (b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + OK + b"\r\n<rss/>", ""),
        (CHUNKED + b"6\r\n<rss/>\r\n0\r\nX: 1\r\n\r\n", ""),
        (b"HTTP/1.1 101 Switching Protocols\r\n\r\n", "101"),
        (b"HTTP/1.1 100 Continue\r\n\r\n" * 200, "before the answer"),
        (CHUNKED + b"-1\r\n" + b"<rss/>" * 9000, "negative size"),
        (CHUNKED + b"6\r\n<rss/>\r\n0\r\n" + b"X: 1\r\n" * 200, "more than 100"),
        (OK + b"X: 1\r\n" * 200, "more than 100"),
    ],
)
def test_what_stands_around_a_body_has_limits(fetcher: Fetcher, sent: bytes, words: str) -> None:
    """The library alone reads a chunk of negative size, and what comes before, without an end."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listener.accept()
        with connection, suppress(ConnectionError):
            connection.recv(4096)
            connection.sendall(sent)

    thread = threading.Thread(target=serve)
    thread.start()
    answer = ask(fetcher, f"http://127.0.0.1:{listener.getsockname()[1]}/")
    thread.join()
    listener.close()
    if words:
        assert isinstance(answer, Failed)
        assert words in answer.why
    else:
        assert isinstance(answer, Fetched)
        assert answer.body == b"<rss/>"


@contextmanager
def dripping(*said: bytes, drop: bytes = b" ") -> Iterator[str]:
    """The address of a server that answers with ``said`` and then a byte now and then, for ever."""
    listener = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()

    def drip() -> None:
        connection, _ = listener.accept()
        with connection:
            for head in said:
                connection.recv(4096)
                connection.sendall(head)
            while not stop.wait(0.05):
                try:
                    connection.sendall(drop)
                except OSError:
                    return

    thread = threading.Thread(target=drip)
    thread.start()
    try:
        yield f"127.0.0.1:{listener.getsockname()[1]}"
    finally:
        stop.set()
        thread.join()
        listener.close()


@pytest.mark.parametrize("proxied", [False, True], ids=["", "behind a proxy"])
@pytest.mark.parametrize("head", [b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", OK + b"\r\n",
                                  b"HTTP/1.1 200 OK\r\n\r\n<rss/>", b"HTTP/1.1 200 OK\r\nX: "],
                         ids=["body", "closing", "body without a length", "head"])  # fmt: skip
def test_a_server_that_drips_is_cut_off_by_the_total_deadline(head: bytes, proxied: bool) -> None:
    """Every byte would restart the timer of the socket; only the watch ends it.

    What was cut off without a length, or within the head, must not be taken for a whole answer.
    """
    with dripping(head) as place:
        environ = {"http_proxy": place} if proxied else {}
        fetcher = Fetcher(user_agent="t", private_hosts=["127.0.0.1"], environ=environ, seconds=0.4)
        answer = ask(fetcher, f"http://{place}/")
        fetcher.close()
    assert isinstance(answer, Failed)
    assert answer.kind == "timeout"


@pytest.mark.parametrize(
    "said", [[b"HTTP/1.1 2"], [b"HTTP/1.1 200 OK\r\n\r\n", b"\x16\x03\x03\x3f\xff"]],
    ids=["before it stands", "handshake"],
)  # fmt: skip
def test_a_tunnel_that_drips_is_cut_off_as_well(said: list[bytes]) -> None:
    with dripping(*said, drop=b"\0") as place:
        fetcher = Fetcher(user_agent="t", environ={"https_proxy": place}, seconds=0.4)
        answer = ask(fetcher, "https://feeds.example.invalid/f")
        fetcher.close()
    assert isinstance(answer, Failed)
    assert (answer.kind, answer.why) == ("timeout", "feeds.example.invalid took longer than 0 s")


def test_a_connection_that_was_kept_behind_a_proxy_has_a_clock_too() -> None:
    """The second request goes over the connection of the first, and is never answered whole."""
    head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n"
    with dripping(head % 6 + b"<rss/>", head % 900) as place:
        fetcher = Fetcher(user_agent="t", environ={"http_proxy": place}, seconds=0.4)
        answers = [ask(fetcher, "http://feeds.example.invalid/f") for _ in range(2)]
        fetcher.close()
    assert isinstance(answers[0], Fetched)
    assert isinstance(answers[1], Failed)
    assert answers[1].kind == "timeout"


def test_a_proxy_gets_the_request(web: Web) -> None:
    """The address check ends there: the name is not even looked up here."""
    web.pages["http://feeds.example.invalid/f"] = Page(b"through")
    fetcher = Fetcher(user_agent="t", environ={"http_proxy": web.base})
    answer = ask(fetcher, "http://feeds.example.invalid/f")
    fetcher.close()
    assert isinstance(answer, Fetched)
    assert answer.body == b"through"


@pytest.mark.parametrize("proxy", ["socks5://me:secret@proxy.example:1080", "http://[::bad"])
def test_a_proxy_of_another_kind_is_named(proxy: str) -> None:
    fetcher = Fetcher(user_agent="t", environ={"ALL_PROXY": proxy})
    answer = ask(fetcher, "http://feeds.example.invalid/f")
    fetcher.close()
    assert isinstance(answer, Failed)
    assert answer.kind == "network"
    assert answer.why.endswith("cannot be used: only http and https proxies can")
    assert ("the proxy socks5://proxy.example:1080 " in answer.why) == proxy.startswith("socks")
    assert "secret" not in answer.why


def test_what_needs_no_proxy_is_asked_directly(web: Web) -> None:
    web.pages["/f"] = Page(b"direct")
    for listed in ("127.0.0.1", "127.0.0.1:8080", "::1, 127.0.0.0/8"):
        environ = {"http_proxy": "http://proxy.invalid:3128", "no_proxy": listed}
        fetcher = Fetcher(user_agent="t", private_hosts=["127.0.0.1"], environ=environ)
        answer = ask(fetcher, web.base + "/f")
        fetcher.close()
        assert isinstance(answer, Fetched)


def test_header_injection_is_no_address(web: Web, fetcher: Fetcher) -> None:
    answer = ask(fetcher, web.base + "/f\r\nX-Evil: 1")
    assert isinstance(answer, Failed)
    assert not web.asked


def test_a_redirect_with_characters_beyond_ascii(web: Web, fetcher: Fetcher) -> None:
    def moved(_: Asked) -> Page:
        return Page(status=302, headers={"Location": "/新".encode().decode("latin-1")})

    web.pages["/r"] = moved
    web.pages["/%E6%96%B0"] = Page(b"x")
    assert isinstance(ask(fetcher, web.base + "/r"), Fetched)


def test_a_connection_is_kept_between_the_feeds_of_a_host(web: Web, fetcher: Fetcher) -> None:
    web.pages["/a"] = Page(b"<rss/>", etag='"1"')
    web.pages["/b"] = Page(b"<rss/>" * 9000)
    ask(fetcher, web.base + "/a")
    ask(fetcher, web.base + "/a", etag='"1"')
    ask(fetcher, web.base + "/b")
    ask(fetcher, web.base + "/a")
    assert len({asked.port for asked in web.asked}) == 1


def test_a_connection_that_comes_back_after_the_end_is_not_kept(web: Web, fetcher: Fetcher) -> None:
    def page(_: Asked) -> Page:
        fetcher.close()
        return Page(b"x")

    web.pages["/f"] = page
    assert [type(ask(fetcher, web.base + "/f")) for _ in range(2)] == [Fetched, Fetched]
    assert web.asked[0].port != web.asked[1].port


def test_a_connection_that_was_closed_while_idle_is_made_again(fetcher: Fetcher) -> None:
    """The server hangs up after each answer without having said so; the second even unread."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        for _ in range(3):
            connection, _ = listener.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<rss/>")

    thread = threading.Thread(target=serve)
    thread.start()
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    answers = [ask(fetcher, url) for _ in range(3)]
    thread.join()
    listener.close()
    assert all(isinstance(answer, Fetched) for answer in answers)


def test_a_body_shorter_than_promised_is_a_failure(web: Web, fetcher: Fetcher) -> None:
    web.pages["/f"] = Page(b"<rss/>", headers={"Content-Length": "600", "Connection": "close"})
    answer = ask(fetcher, web.base + "/f")
    assert isinstance(answer, Failed)
    assert answer.kind in ("cut", "timeout")


def test_all_addresses_of_a_name_share_one_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name with hundreds of dead addresses must not hold a poll up for minutes."""
    places = [(2, 1, 6, (f"127.1.{n // 250}.{n % 250}", 80)) for n in range(1000)]
    tried: list[object] = []

    def silent(*place: object) -> socket.socket:
        tried.append(place)
        raise TimeoutError

    monkeypatch.setattr(guard, "_resolve", lambda *_: iter(places))
    monkeypatch.setattr(guard, "_open", silent)
    with pytest.raises(Unreached) as caught:
        guard.connect("many.example", 80, ["many.example"], 0.0)
    assert (caught.value.kind, len(tried)) == ("timeout", 1)


def test_a_handshake_that_never_ends_is_cut_off() -> None:
    """The other side takes the greeting and drips: each byte would restart a socket's timer."""
    with dripping(b"\x16\x03\x03\x3f\xff", drop=b"\0") as place:  # a record of 16 kB follows
        fetcher = Fetcher(user_agent="t", private_hosts=["127.0.0.1"], seconds=0.4)
        answer = ask(fetcher, f"https://{place}")
        fetcher.close()
    assert isinstance(answer, Failed)
    assert answer.kind == "timeout"
