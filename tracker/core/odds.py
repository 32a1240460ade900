"""What each feature of a pair counts for or against one act, in the logarithm of odds."""

from __future__ import annotations

from typing import Final

# Fitted by ``benchmarks/fit_joins.py --record --marred --moved`` on four labelled files and on real
# items kept outside the project, drawn to weights set by hand, and lifted by 1.2, since what two
# parts agree on (``core/agreed.py``) is weighed after it. What is rare (a step taken back, other
# models, another city) stays as set by hand. Names of every second report count among the concepts.
# Wires were fitted later, beside these, on twelve files; act and answer, and the words
# about an act, were set by hand.
WEIGHTS: Final[dict[str, float]] = {
    "start": -1.46,
    "named days 0": 1.11, "named days 1": -0.29,
    "named days 3": -1.46, "named days 7": -1.17, "named days far": -1.78,
    "words named days 3": -2.6, "words named days 7": -4.0, "words named days far": -5.0,
    "days 0": 0.05, "days 1": -0.12, "days 3": -0.92, "days 7": -1.52, "days far": -1.6,
    "one named days 1": -0.6, "one named days 3": -1.1, "one named days 7": -1.52,
    "one named days far": -1.9,
    "reported after 0": 0.88, "reported after 1": 1.4,
    "reported after 2": 0.46, "reported after 3 or more": -0.41,
    "reports 0": 0.7, "reports 1": 1.0, "reports 3": 0.41,
    "same meeting": 2.5, "reports 7": 0.39, "reports 14": -1.22, "reports far": -1.4,
    "same act": 0.93, "act told": 0.58, "kind": -0.05, "kin": 0.01, "near kinds": -0.25,
    "other kind": -1.18, "kinds apart": -2.6, "charge": -2.6, "other kind, reports 1": -0.2,
    "other kind, reports 7": -1.5, "other standing": -1.2,
    "plan and act": -9.0,
    "other holders": -4.0,
    "a vote and an order": -6.0,
    "direction": -1.01, "taken back": -5.3, "denied": -4.6, "undone": -7.5,
    "capital": -1.12, "denied by the other": -9.0,
    "not at the table": -3.0, "other parties": -1.0, "other form": -1.5,
    "act and answer": -3.0, "in words, same day": 1.0, "in words, a day later": 2.0,
    "title names": 0.19, "one title names more": -0.68, "each title names more": -1.99,
    "one title names": -0.83, "other title names": -1.81,
    "title name told": 0.04, "title name missing": -0.96,
    "items": 0.58, "common items": 0.61, "other items": -0.29, "models": -1.6, "metals": -3.2,
    "other firms": -1.6, "aimed at others": -9.0, "other speakers": -2.6,
    "other travellers": -9.0, "other ministers": -3.0, "other bills": -9.0, "other countries": -9.0,
    "other chambers": -9.0, "other stages": -9.0, "other counts": -9.0,
    "other matters": -6.0, "other wares": -6.0, "other governments": -6.0,
    "actors": 1.01, "common actors": -0.54, "other actors": 0.1,
    "terms": 0.47, "no name": -0.88, "city": 2.74, "other city": -9.0,
    "numbers": 2.6, "other numbers": -1.04,
    "same wire": 0.66, "other wire": -1.5,
    "words": 6.71, "headline": 2.1, "other script": 0.87, "concepts": 8.07,
}  # fmt: skip
"""``concepts``, ``words`` and ``headline`` count times a likeness between 0 and 1."""
