"""Which proxy the environment names for an address. Address checks end at a proxy."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address, ip_network
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
    """Whether ``host`` is among those that need no proxy: names, addresses, networks.

    >>> _exempt("a.example.org", "*.example.org:8080"), _exempt("example.org", "ample.org")
    (True, False)
    >>> _exempt("::1", "::1"), _exempt("::1", "[::1]:80"), _exempt("10.1.2.3", "10.0.0.0/8")
    (True, True, True)
    """
    for word in (word.strip().lower() for word in listed.split(",")):
        bare = _without_port(word).lstrip("*").lstrip(".")
        if word == "*" or (bare and (host == bare or host.endswith(f".{bare}"))):
            return True
        if bare and _within(host, bare):
            return True
    return False


def _without_port(word: str) -> str:
    """An address of IPv6 has more colons than the one before a port."""
    if word.startswith("["):
        return word[1:].partition("]")[0]
    return word if word.count(":") > 1 else word.partition(":")[0]


def _within(host: str, network: str) -> bool:
    """Whether ``host`` is an address of ``network``, or the same one in another spelling."""
    if not host[-1:].isdigit() and ":" not in host:
        return False  # a name
    try:
        return ip_address(host.partition("%")[0]) in ip_network(network, strict=False)
    except ValueError:
        return False
