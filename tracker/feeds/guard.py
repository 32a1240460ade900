"""Which network addresses may be connected to."""

from __future__ import annotations

import ipaddress
import re
import socket
import time
from collections.abc import Collection, Iterator
from typing import Final

from tracker.feeds.answers import Refusal, Unreached

CONNECT_SECONDS: Final = 5.0
_LOCAL: Final = (".localhost", ".local", ".internal")
_PLAIN: Final = re.compile(r"(?:[A-Za-z0-9_-]{1,63}\.)*[A-Za-z0-9_-]{1,63}\.?")

# Addresses that carry another address inside, or lead through somebody's gateway into a private
# network, although the standard library calls some of them global.
_WRAPPED: Final = tuple(
    ipaddress.ip_network(text)
    for text in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96", "fec0::/10")
)  # fmt: skip
# Where clouds tell a machine its keys, beside the link-local addresses.
_METADATA: Final = ("metadata.google.internal", "fd00:ec2::254", "100.100.100.200")

Address = tuple[int, int, int, tuple[str, int]]


def forbidden(ip: str) -> bool:
    """Whether an address is loopback, private, link-local, multicast, reserved or a wrapping.

    >>> [forbidden(a) for a in ("127.0.0.1", "10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::7f00:1")]
    [True, True, True, True]
    >>> forbidden("93.184.216.34"), forbidden("2606:2800:220:1::1")
    (False, False)
    """
    try:
        address = ipaddress.ip_address(ip.partition("%")[0])
    except ValueError:
        return True
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return forbidden(str(address.ipv4_mapped))
        if any(address in network for network in _WRAPPED):
            return True
    return not address.is_global or address.is_multicast or address.is_reserved


def literal(host: str) -> str | None:
    """The address that ``host`` spells in any form the system understands; None for a name.

    >>> literal("2130706433"), literal("0x7f.1"), literal("[::1]"), literal("example.org")
    ('127.0.0.1', '127.0.0.1', '::1', None)
    """
    bare = host.strip("[]").partition("%")[0]
    try:
        return str(ipaddress.ip_address(bare))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(bare)) if bare[:1].isdigit() else None
    except (OSError, UnicodeError):
        return None


def named(host: str, port: int, private_hosts: Collection[str]) -> bool:
    """Whether the user named ``host``, as written, among his private hosts."""
    bare = host.lower().strip("[]")
    return bare in private_hosts or f"{bare}:{port}" in private_hosts


def check_name(host: str, port: int, private_hosts: Collection[str]) -> None:
    """Refuse a host that is private by its spelling alone; also behind a proxy.

    Raises:
        Refusal: it is, and the user did not name it.
    """
    if named(host, port, private_hosts):
        return
    spelt = literal(host)
    bare = host.lower().rstrip(".")
    if (spelt and forbidden(spelt)) or bare == "localhost" or bare.endswith(_LOCAL):
        raise Refusal(host, secret=_secret(spelt or bare))


def connect(host: str, port: int, private_hosts: Collection[str], seconds: float) -> socket.socket:
    """Open a connection to the first permitted address of ``host``.

    The address that is checked is the one that is connected to: the name is resolved once.

    Raises:
        Refusal: every address is forbidden.
        Unreached: no name, no route, no answer.
    """
    free = named(host, port, private_hosts)
    end = time.monotonic() + seconds  # for all of them: a name can have hundreds
    last: OSError | None = None
    refused: list[str] = []
    for family, kind, protocol, place in _resolve(host, port):
        if not free and forbidden(place[0]):
            refused.append(place[0])
            continue
        left = end - time.monotonic()
        if last and left <= 0:
            break
        try:
            return _open(family, kind, protocol, place, min(left, CONNECT_SECONDS))
        except OSError as error:
            last = error
    if last is None and refused:
        raise Refusal(host, secret=any(map(_secret, refused)))
    raise Unreached.of(last or OSError("no address"), host)


def _open(
    family: int, kind: int, protocol: int, place: tuple[str, int], seconds: float
) -> socket.socket:
    sock = socket.socket(family, kind, protocol)
    try:
        sock.settimeout(max(seconds, 0.1))
        sock.connect(place)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except BaseException:
        sock.close()
        raise
    return sock


def _resolve(host: str, port: int) -> Iterator[Address]:
    try:
        name = host.strip("[]")
        # As bytes where it can be: for a text the library loads the tables of foreign letters.
        wanted = name.encode() if _PLAIN.fullmatch(name) else name
        found = socket.getaddrinfo(wanted, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreached.of(error, host) from error
    for family, kind, protocol, _, place in found:
        if family in (socket.AF_INET, socket.AF_INET6):
            yield family, kind, protocol, place  # type: ignore[misc]  # IPv6 adds flow and scope


def _secret(place: str) -> bool:
    """Whether a machine in a cloud tells of itself and its keys at an address or name.

    >>> [_secret(place) for place in ("169.254.169.254", "fe80::1", "fd00:ec2::254", "10.0.0.1")]
    [True, True, True, False]
    """
    try:
        address = ipaddress.ip_address(place.partition("%")[0])
    except ValueError:
        return place in _METADATA
    address = getattr(address, "ipv4_mapped", None) or address
    return address.is_link_local or str(address) in _METADATA
