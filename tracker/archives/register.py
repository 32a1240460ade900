"""The Federal Register's JSON however it was kept: pages of the API, lists, single documents."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

_SIGN: Final = b'"document_number"'
_PAGE: Final = 1000
"""Documents of one page, as many as the API gives at most."""
_NEEDED: Final = frozenset({"document_number", "title", "publication_date"})


def is_document(columns: Iterable[str]) -> bool:
    """Whether rows with these columns are documents.

    >>> is_document(["document_number", "title", "publication_date", "type"])
    True
    """
    names = set(columns)
    return names >= _NEEDED and "published" not in names


def pages(body: bytes) -> list[tuple[list[str], bytes]]:
    """The documents of a file as pages of the API, each with their numbers in order; [] of none.

    >>> pages(b'[{"document_number": "2025-00001", "title": "A"}]')
    [(['2025-00001'], b'{"results": [{"document_number": "2025-00001", "title": "A"}]}')]
    >>> pages(b"<rss/>"), pages(b'{"items": ["document_number"]}')
    ([], [])
    """
    if _SIGN not in body or body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"{", b"["):
        return []
    try:
        found = list(_documents(json.loads(body)))
    except (ValueError, RecursionError):
        return []
    some = [found[n : n + _PAGE] for n in range(0, len(found), _PAGE)]
    return [([str(doc.get("document_number", "")) for doc in one], page(one)) for one in some]


def page(documents: Iterable[Mapping[str, Any]]) -> bytes:
    """A page of the API with these documents."""
    return json.dumps({"results": [*documents]}).encode()


def _documents(data: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(data, list):
        for one in data:
            yield from _documents(one)
    elif isinstance(data, dict) and isinstance(data.get("results"), list):
        yield from (one if isinstance(one, dict) else {} for one in data["results"])
    elif isinstance(data, dict) and "document_number" in data:
        yield data
