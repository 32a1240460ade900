"""What may stand as an address of a feed, before anything is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from tracker.core.clean import LINK_LIMIT, clean_line

_LOGIN: Final = re.compile(r"^([^/?#]*//)[^/?#]*@")
_BLANK: Final = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]")


def why_not(url: str) -> str:
    r"""Why ``url`` cannot be polled, in words; empty where it can.

    >>> why_not("ftp://example.org/f")
    'only http and https addresses are polled'
    >>> why_not("https://example.org/f"), why_not("https://example.org/新")
    ('', '')
    >>> why_not("https://example.org/\u202efdp.f")
    'blanks, control characters and invisible ones cannot stand in an address'
    """
    if not url.strip():
        return "there is no address"
    if len(url) > LINK_LIMIT:
        return f"the address has {len(url)} characters, more than {LINK_LIMIT}"
    if _BLANK.search(url) or clean_line(url) != url:
        return "blanks, control characters and invisible ones cannot stand in an address"
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname or ""
    except ValueError as error:
        return f"not an address ({clean_line(str(error), 80)})"
    if parts.scheme.lower() not in ("http", "https"):
        return "only http and https addresses are polled"
    if not host or port == 0:
        return "port 0 cannot be asked" if host else "the address names no host"
    return ""


@lru_cache(maxsize=512)
def origin(url: str) -> tuple[str, str, int]:
    """Scheme, host and port: what a credential belongs to.

    >>> origin("https://user@Example.org/x") == origin("https://example.org:443/y")
    True
    """
    parts = urlsplit(url)
    scheme = parts.scheme.lower()
    return scheme, parts.hostname or "", parts.port or (443 if scheme == "https" else 80)


def spelt(url: str) -> str:
    """One spelling of what would be asked: scheme and host small, no port that goes without saying.

    Path, query and the name of a user stand as they are: servers tell them apart.

    >>> spelt("HTTPS://A.example:443/B"), spelt("http://a.example")
    ('https://a.example/B', 'http://a.example/')
    >>> spelt("https://me@a.example:8443/b?c=1#d") == spelt("HTTPS://me@A.example:8443/b?c=1")
    True
    """
    if why_not(url):
        return url
    parts = urlsplit(url)
    scheme, host, port = origin(url)
    user, at, _ = parts.netloc.rpartition("@")
    shown = f"[{host}]" if ":" in host else host
    usual = port == (443 if scheme == "https" else 80)
    place = f"{user}{at}{shown}" + ("" if usual else f":{port}")
    return urlunsplit((scheme, place, parts.path or "/", parts.query, ""))


def without_password(url: str) -> str:
    """``url`` without user and password.

    >>> without_password("https://me:secret@example.org:8443/f?x=1")
    'https://example.org:8443/f?x=1'
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def shown(url: str, limit: int | None = None) -> str:
    r"""An address as people and machines see it: one clean line without user and password.

    >>> shown("https://me:secret@example.org/\u202ef"), shown("ftp://me:secret@[::bad")
    ('https://example.org/f', 'ftp://[::bad')
    """
    return clean_line(without_password(url) or _LOGIN.sub(r"\1", url), limit)


def all_joined(base: str, links: Iterable[str]) -> list[str]:
    """What a page at ``base`` names, absolute, each once; what is no address as it stands.

    >>> all_joined("https://a.example/b", ["/feed", "https://a.example/feed", "http://[::bad"])
    ['https://a.example/feed', 'http://[::bad']
    """
    return list(dict.fromkeys(joined(base, link) or link for link in links))


def joined(base: str, location: str) -> str:
    """Where a redirect from ``base`` leads; characters an address cannot hold are escaped.

    >>> joined("https://example.org/a/b", "../新?q=1 2")
    'https://example.org/%E6%96%B0?q=1%202'
    >>> joined("https://example.org/a", "http://[::bad")
    ''
    """
    try:
        target = urljoin(base, quote(location.strip(), safe="%/:=&?~#+!$,;'@()*[]|"))
        return target.partition("#")[0]
    except ValueError:
        return ""
