"""What rules and roles say of a text, laid open: the same numbers as in the judgement."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.core.test_roles import words
from tracker.core.balance import ROUNDED, Term, balance
from tracker.core.lexicon import Lexicon
from tracker.core.text import fold
from tracker.core.verdict import UNTOLD, verdict
from tracker.core.weights import RELEVANT
from tracker.core.zones import zones
from tracker.record.lexicon import load_lexicon
from tracker.view.lexicon import as_json, plain

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def real() -> Lexicon:
    return load_lexicon(ROOT / "db" / "lexicon")


def made_up() -> list[str]:
    files = [ROOT / "tests/corpus" / f"{name}.jsonl" for name in ("heldout", "second", "third")]
    lines = [line for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    return [json.loads(line)["title"] for line in lines]


def test_the_sums_are_those_of_the_judgement(real: Lexicon) -> None:
    """Headlines of the made-up corpus, read both ways."""
    asked = 0
    for title in made_up():
        found, told = balance(title, real), verdict(zones(fold(title), fold(""), real), real)
        assert found.told == told, title
        if found.relevance is not None:
            asked += 1
            total = -UNTOLD if found.alone else 0.0 if found.plain else found.total
            assert total + RELEVANT == pytest.approx(told.score, abs=ROUNDED), title
        if found.kinds:
            taken = (found.kinds[0].outcome, found.directions[0].outcome)
            turned = any(one.name == "turn" for one in told.reasons)
            assert taken[0] == told.kind, title
            assert (taken[1] == told.direction) != turned, title
    assert asked > 100


def test_a_plain_headline_that_roles_refuse_says_why_it_stands(real: Lexicon) -> None:
    found = balance("Affiliates rule back in force as truce collapses", real)
    assert found.told.relevant
    assert found.plain
    assert not found.kept
    assert "a headline that stands alone and says so plainly is not refused" in plain(found)


def test_a_headline_that_takes_something_back_says_so(real: Lexicon) -> None:
    found = balance("US scraps affiliates rule suspension a year early", real)
    assert found.told.direction == "tighten"
    assert plain(found).endswith("the headline takes something back: tighten")


def test_each_number_has_its_name() -> None:
    found = balance("US adds Huawei to Entity List", words())
    assert found.relevance is not None
    assert found.relevance.terms == (Term("cn-firm", 2.0), Term("title:subj-us", 1.0))
    by_name = {one.outcome: one for one in (*found.kinds, *found.directions)}
    assert by_name["listing"].terms == (Term("title:subj-us", 0.4),)
    assert by_name["rule"].terms == (Term("cn-firm", 0.5),)


def test_a_kind_that_roles_turn_is_shown_beside_that_of_the_rules() -> None:
    """The rules tell nothing, so their kind is a statement; the roles make it a rule."""
    found = balance("US turns screws on Huawei", words())
    lines = plain(found).splitlines()
    assert [line.split()[0] for line in lines[-4:-2]] == ["rule", "statement"]
    assert "tighten" in lines[-2]
    assert "kind:rule +0.30" in lines[-2]


def test_a_word_of_the_user_is_said_to_be_kept() -> None:
    assert "never voted down" in plain(balance("US: NXT:1980i, this essay, Entity List", words()))


def test_without_subject_the_roles_are_not_asked() -> None:
    found = balance("Huawei", words())
    assert found.relevance is None
    assert plain(found).splitlines()[-1].startswith("with roles  the same")
    assert as_json("Huawei", found)["roles"] is None


def test_the_contract_of_json(real: Lexicon) -> None:
    text = "美国批准英伟达对华销售H20"
    body = as_json(text, balance(text, real))
    assert json.loads(json.dumps(body)) == body
    assert set(body) == {
        "schema_version", "text", "names", "read_as", "rules", "by_rules", "told", "roles"
    }  # fmt: skip
    assert body["read_as"] == ["subj-us", "eases"]
    assert body["told"]["kind"] == body["roles"]["kinds"][0]["outcome"] == "licence"
    assert {"outcome", "total", "rules", "always", "terms"} == set(body["roles"]["relevance"])
    assert all({"role", "value"} == set(term) for term in body["roles"]["relevance"]["terms"])


def test_nothing_found_says_so() -> None:
    assert plain(balance("Rain in the hills", words())) == "nothing found"
