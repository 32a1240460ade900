"""Which nodes are those of an item, in SQL: its own id, or its id and a number (``a1/2``)."""

from __future__ import annotations


def of_item(node: str, item: str) -> str:
    """The condition that the column ``node`` holds a node of ``item``; both are SQL, never a value.

    >>> of_item("node", ":item")
    "(node = :item OR (node > :item || '/' AND node < :item || '0'))"
    """
    return f"({node} = {item} OR ({node} > {item} || '/' AND {node} < {item} || '0'))"
