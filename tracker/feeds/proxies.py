"""Which proxy the environment names for an address. Address checks end at a proxy."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit


def proxy_for(url: str, environ: Mapping[str, str]) -> str:
    """The proxy for ``url``, or an empty text.

    >>> env = {"HTTPS_PROXY": "http://proxy:3128", "NO_PROXY": "localhost, .example.org"}
    >>> proxy_for("https://news.example.com/f", env), proxy_for("https://a.example.org/f", env)
    ('http://proxy:3128', '')
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    # HTTP_PROXY in capitals can be set by a remote client where the program runs as a CGI script.
    names = ("https_proxy", "HTTPS_PROXY") if parts.scheme == "https" else ("http_proxy",)
    names = (*names, "all_proxy", "ALL_PROXY")
    proxy = next((environ[name] for name in names if environ.get(name)), "")
    if not proxy or _exempt(host, environ.get("no_proxy") or environ.get("NO_PROXY") or ""):
        return ""
    return proxy if "://" in proxy else f"http://{proxy}"


def _exempt(host: str, listed: str) -> bool:
    for word in (word.strip().lower() for word in listed.split(",")):
        bare = word.lstrip("*").lstrip(".").partition(":")[0]
        if word == "*" or (bare and (host == bare or host.endswith(f".{bare}"))):
            return True
    return False
