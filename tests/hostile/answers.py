"""Misbehaviour in the head of an answer: redirects and statuses."""

from __future__ import annotations

import base64
import email.utils
import time
from collections.abc import Callable
from typing import Any

from tests.hostile.make import (
    make_items,
    rss,
)
from tests.hostile.registry import (
    Conn,
    Entries,
    Headers,
    Outcomes,
    b,
)

# ================================================================================= redirects


def redir(
    name: str, doc: str, status: int, location: str | None, outcomes: Outcomes, entries: Entries,
    extra: Headers | None = None, **kw: Any,
) -> None:  # fmt: skip
    def fn(c: Conn) -> None:
        c.reply(
            status,
            b"",
            {"Location": c.server.fill(location), **(extra or {})}
            if location is not None
            else extra,
        )

    b(name, kw.pop("group", "redirect"), doc, outcomes, entries, **kw)(fn)


redir(
    "r301",
    "moved permanently: new address stored for the next poll",
    301,
    "{base}/t/ok3/r301",
    "moved",
    3,
    checks=("stored:/t/ok3/r301",),
    priority=1,
)
redir(
    "r308",
    "308 permanent redirect: new address stored",
    308,
    "{base}/t/ok3/r308",
    "moved",
    3,
    checks=("stored:/t/ok3/r308",),
    priority=1,
)
redir(
    "r302",
    "temporary redirect: followed, old address kept",
    302,
    "{base}/t/ok3/r302",
    "ok",
    3,
    checks=("stored:/b/r302",),
    priority=1,
)
redir(
    "r303",
    "303: followed, old address kept",
    303,
    "{base}/t/ok3/r303",
    "ok",
    3,
    checks=("stored:/b/r303",),
)
redir(
    "r307",
    "307: followed, old address kept",
    307,
    "{base}/t/ok3/r307",
    "ok",
    3,
    checks=("stored:/b/r307",),
)
redir("r_relative", "Location is a relative path", 302, "/t/ok3/rrel", "ok", 3)
redir("r_chain3", "three hops, all fine", 302, "{base}/t/chain/2", "ok", 3)
redir(
    "r_loop",
    "redirects to itself",
    302,
    "{base}/b/r_loop",
    "error",
    0,
    checks=("requests<=40",),
    priority=1,
)
redir("r_chain50", "fifty hops", 302, "{base}/t/chain/49", "error", 0, priority=1)
redir("r_nolocation", "302 without Location", 302, None, "error", 0)
redir("r_emptylocation", "302 with an empty Location", 302, "", ("error", "ok"), 0)
redir("r_badlocation", "302 to something that is no address", 302, "http://[::bad", "error", 0)
redir(
    "r_file",
    "redirect to a local file that holds a good feed",
    302,
    "file://{feedfile}",
    "error",
    0,
    group="ssrf",
    priority=1,
)
redir(
    "r_ftp",
    "redirect to ftp",
    302,
    "ftp://127.0.0.2:{canary_port}/canary/r_ftp",
    "error",
    0,
    group="ssrf",
    checks=("no_canary",),
    priority=1,
)
redir(
    "r_gopher",
    "redirect to gopher",
    302,
    "gopher://127.0.0.2:{canary_port}/canary/r_gopher",
    "error",
    0,
    group="ssrf",
    checks=("no_canary",),
)
redir(
    "r_data",
    "redirect to a data: address holding a feed",
    302,
    "data:application/rss+xml;base64," + base64.b64encode(rss(make_items("data", 2))).decode(),
    "error",
    0,
    group="ssrf",
    priority=1,
)
redir(
    "r_private",
    "302 to another private address",
    302,
    "http://127.0.0.2:{canary_port}/canary/r_private",
    "error",
    0,
    group="ssrf",
    checks=("no_canary",),
    priority=1,
)
redir(
    "r_private_301",
    "301 to a private address: neither followed nor stored",
    301,
    "http://127.0.0.2:{canary_port}/canary/r_private_301",
    "error",
    0,
    group="ssrf",
    checks=("no_canary", "stored:/b/r_private_301"),
    priority=1,
)
redir(
    "r_private_decimal",
    "private address written as one number",
    302,
    "http://2130706434:{canary_port}/canary/r_private_decimal",
    "error",
    0,
    group="ssrf",
    checks=("no_canary",),
    priority=1,
)
redir(
    "r_private_short",
    "private address written short (127.2)",
    302,
    "http://127.2:{canary_port}/canary/r_private_short",
    "error",
    0,
    group="ssrf",
    checks=("no_canary",),
)
redir(
    "r_private_v6",
    "loopback as IPv6",
    302,
    "http://[::1]:{canary6_port}/canary/r_private_v6",
    "error",
    0,
    group="ssrf",
    checks=("no_canary",),
)
redir(
    "r_cookie",
    "sets a cookie, then redirects to another host",
    302,
    "{localhost}/t/elsewhere/r_cookie",
    ("ok", "error"),
    (0, 3),
    extra={"Set-Cookie": "track=1; Path=/"},
    group="ssrf",
    checks=("no_cookie_elsewhere",),
    priority=1,
)


# ============================================================================== status codes


def status(
    name: str, doc: str, code: int, outcomes: Outcomes, entries: Entries = 0,
    headers: Headers | None = None, data: bytes = b"<html>error</html>", **kw: Any,
) -> None:  # fmt: skip
    def fn(c: Conn) -> None:
        c.reply(code, data, {"Content-Type": "text/html", **(headers or {})})

    b(name, "status", doc, outcomes, entries, **kw)(fn)


for _code in (400, 403, 404, 500, 502):
    status(f"s{_code}", f"answers {_code}", _code, "error", checks=("requests<=3",), priority=1)
status(
    "s401",
    "asks for a password",
    401,
    "error",
    headers={"WWW-Authenticate": 'Basic realm="x"'},
    priority=1,
)
status(
    "s204",
    "204 No Content",
    204,
    ("error", "not_modified", "ok"),
    data=b"",
    headers={"Content-Length": None},
)
status(
    "s304_first",
    "304 although the poller never had a copy",
    304,
    ("error", "not_modified"),
    data=b"",
    headers={"Content-Length": None},
    priority=1,
)
status("s999", "status 999", 999, "error")
status(
    "s410",
    "410 Gone on first sight: feed disabled, not asked again",
    410,
    "gone",
    polls=2,
    mode="cron",
    checks=("requests<=1",),
    priority=1,
)
status(
    "s200_feed_in_404",
    "404 with a perfectly good feed as body: still an error",
    404,
    "error",
    data=rss(make_items("f404", 3)),
)


@b(
    "s500_later",
    "status",
    "healthy once, then 500: error recorded, entries kept",
    "error",
    3,
    polls=2,
    priority=1,
)
def _(c: Conn) -> None:
    if c.n == 1:
        c.reply(200, rss(make_items("l500", 3)))
    else:
        c.reply(500)


def retry(name: str, doc: str, code: int, value: str | Callable[[], str], **kw: Any) -> None:
    def fn(c: Conn) -> None:
        v = value() if callable(value) else value
        c.reply(code, b"", {"Retry-After": v})

    b(
        name,
        "status",
        doc,
        kw.pop("outcomes", ("skipped",)),
        0,
        polls=kw.pop("polls", 2),
        mode="cron",
        checks=kw.pop("checks", ("requests<=1",)),
        **kw,
    )(fn)


retry(
    "s429_seconds",
    "429 with Retry-After in seconds: second poll within the window asks nothing",
    429,
    "3600",
    priority=1,
)
retry(
    "s429_date",
    "429 with Retry-After as HTTP date",
    429,
    lambda: email.utils.formatdate(time.time() + 3600, usegmt=True),
    priority=1,
)
retry("s503_seconds", "503 with Retry-After in seconds", 503, "1800", priority=1)
retry("s429_negative", "Retry-After: -5", 429, "-5", outcomes=("error",), polls=1)
retry("s429_garbage", "Retry-After: soon", 429, "soon", outcomes=("error",), polls=1)
retry(
    "s429_baddate",
    "Retry-After with an impossible date",
    429,
    "Mon, 99 Foo 99999 99:99:99 GMT",
    outcomes=("error",),
    polls=1,
)


@b("s226", "status", "226 IM Used with a feed", ("ok", "error"), (0, 3))
def _(c: Conn) -> None:
    c.reply(226, rss(make_items("im", 3)), {"IM": "feed"})


@b(
    "cache_forever",
    "status",
    "Cache-Control max-age of 100 years: still polled at the user's rhythm",
    "ok",
    3,
    polls=2,
)
def _(c: Conn) -> None:
    c.reply(200, rss(make_items("cf", 3)), {"Cache-Control": "max-age=3153600000, immutable"})
