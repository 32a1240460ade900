"""Answers as bytes -> status, headers, body; and what cannot be an answer."""

from __future__ import annotations

import io

import pytest

from tracker.feeds.http1 import Answer, CutOff, Garbled, NoAnswer, request

OK = b"HTTP/1.1 200 OK\r\n"


def body(sent: bytes, size: int = 1 << 16) -> tuple[bytes, bool]:
    """The body, and whether the connection may be asked again."""
    answer = Answer(io.BytesIO(sent))
    return b"".join(answer.pieces(size)), answer.lasts()


@pytest.mark.parametrize(
    ("sent", "wanted"),
    [
        (OK + b"Content-Length: 3\r\n\r\nabcd", (b"abc", True)),
        (OK + b"Content-Length: 0\r\n\r\n", (b"", True)),
        (OK + b"content-length:3\nConnection: Close\n\nabc", (b"abc", False)),
        (OK + b"Content-Length: -3\r\n\r\nabcd", (b"abcd", False)),
        (OK + b"Content-Length: three\r\n\r\nabcd", (b"abcd", False)),
        (b"HTTP/1.0 200\r\nContent-Length: 3\r\n\r\nabc", (b"abc", False)),
        (b"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 1\r\n\r\na", (b"a", True)),
        (b"HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", (b"", True)),
        (b"HTTP/1.1 100 Continue\r\n\r\n" + OK + b"Content-Length: 1\r\n\r\na", (b"a", True)),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n2;x=y\r\nab\r\nA\r\n0123456789\r\n0\r\n\r\n",
         (b"ab0123456789", True)),
        (OK + b"Transfer-Encoding: Chunked\r\n\r\n1\r\na\r\n0\r\nX: 1\r\n\r\n", (b"a", True)),
    ],
)  # fmt: skip
@pytest.mark.parametrize("size", [1, 3, 1 << 16])
def test_bodies(sent: bytes, wanted: tuple[bytes, bool], size: int) -> None:
    assert body(sent, size) == wanted


def test_headers_are_joined_and_continued() -> None:
    sent = OK + b'ETag: "a"\r\nVary: a\r\nno header at all\r\nVARY:b\r\n c\r\nX\xe9: \xe9\r\n\r\n'
    answer = Answer(io.BytesIO(sent))
    assert [answer.header(name) for name in ("etag", "Vary", "x\xe9", "Age")] == [
        '"a"', "a, b c", "\xe9", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sent", "kind"),
    [
        (b"", NoAnswer),
        (b"\r\n\r\n", NoAnswer),
        (b"SSH-2.0-OpenSSH\r\n", NoAnswer),
        (b"HTTP/1.1 2000 OK\r\n\r\n", NoAnswer),
        (b"HTTP/1.1 099 OK\r\n\r\n", NoAnswer),
        (b"HTTP/2.0 200 OK\r\n\r\n", Garbled),
        (b"HTTP/1.1 200 " + b"O" * 70_000, Garbled),
        (OK + b"X: " + b"x" * 70_000, Garbled),
        (OK + b"X: 1\r\n" * 101 + b"\r\n", Garbled),
        (OK + b"Content-Length: 4\r\n\r\nabc", CutOff),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n4\r\nabc", CutOff),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n", CutOff),
        (OK + b"Transfer-Encoding: chunked\r\n\r\nfour\r\nabcd\r\n", CutOff),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n-4\r\nabcd\r\n", Garbled),
    ],
)
def test_what_is_no_answer(sent: bytes, kind: type[Exception]) -> None:
    with pytest.raises(kind) as raised:
        body(sent)
    assert type(raised.value) is kind


def test_a_request_is_one_request() -> None:
    sent = request("/f?x", "[::1]:81", {"If-None-Match": '"é€"'})
    assert sent.endswith(b'If-None-Match: "\xc3\xa9\xe2\x82\xac"\r\n\r\n')
    for value in ("a\nX: 1", "a\r\nX: 1", "a\r"):
        with pytest.raises(ValueError, match="line feed"):
            request("/f", "h", {"X": value})
