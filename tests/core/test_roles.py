"""What fitted roles say beside the rules. The numbers here are made up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tracker.core.acts import fired
from tracker.core.lexicon import MARKS, WAYS, Act, Lexicon, LexiconEntry, build
from tracker.core.recognise import recognise
from tracker.core.roles import Roles, direction_by_roles, kind_by_roles, moved, roles_of
from tracker.core.text import fold
from tracker.core.verdict import ALONE, BARE, UNTOLD, verdict
from tracker.core.weights import RELEVANT, Fitted
from tracker.core.zones import zones
from tracker.errors import RecordError
from tracker.record.fitted import load_fitted

FITTED = Fitted(
    line=0.5, pull=0.5, most=2.0, firm=0.5, turn=1.0,
    always={"relevant": 0.0, "listing": 0.0, "rule": 0.0, "tighten": 0.0, "ease": 0.0},
    title={"subj-us": {"relevant": 1.0, "listing": 0.4}},
    item={"cn-firm": {"relevant": 2.0, "rule": 0.5}, "x-view": {"relevant": -4.0}},
    kind={"rule": {"tighten": 0.3}},
)  # fmt: skip


def words(fitted: Fitted = FITTED) -> Lexicon:
    entries = [
        LexiconEntry("United States", "place", ("=US",), ("us",)),
        LexiconEntry("Huawei", "actor", ("Huawei", "华为"), ("cn-firm", "cn")),
        LexiconEntry("Entity List", "term", ("Entity List",), ("list-us", "control")),
        LexiconEntry("curb", "cue", ("curbs",), ("control",)),
        LexiconEntry("essay", "cue", ("this essay",), ("x-view",)),
        LexiconEntry("lens", "item", ("NXT:1980i",), ("watched",)),
    ]
    listing = Act("us-list", "listing", "tighten", 4.0, (("us",), ("list-us",)))
    return build(entries, [listing], fitted=fitted)


def found(text: str, lexicon: Lexicon, summary: str = "") -> Roles:
    return roles_of(zones(fold(text), fold(summary), lexicon))


def test_roles_move_the_score_and_say_so() -> None:
    lexicon = words()
    told = moved(RELEVANT, found("US takes aim at Huawei", lexicon), lexicon)
    assert told.value == pytest.approx(1.0 + 2.0 - 0.5)
    assert told.reason
    assert told.reason.why == "cn-firm +2.0, title:subj-us +1.0 (db/lexicon/fitted.toml)"


@pytest.mark.parametrize(("score", "kept"), [(RELEVANT + 9, 1.0), (RELEVANT - 9, -1.0)])
def test_rules_count_no_more_than_most(score: float, kept: float) -> None:
    lexicon = words()
    told = moved(score, Roles(0, 0), lexicon)
    assert score + told.value == pytest.approx(RELEVANT + kept - 0.5)


def test_words_of_the_user_are_never_voted_down() -> None:
    lexicon = words()
    essay = found("US: NXT:1980i, this essay", lexicon)
    assert essay.item & lexicon.bit("x-view")
    assert moved(RELEVANT, essay, lexicon).value == 0.0


def test_an_act_that_no_rule_knows_is_heard() -> None:
    lexicon = words()
    parts = zones(fold("US turns screws on Huawei"), fold(""), lexicon)
    assert not fired(parts, lexicon)
    told = verdict(parts, lexicon)
    assert told.relevant
    assert (told.kind, told.direction, told.leading) == ("rule", "tighten", None)
    assert not verdict(parts, words(Fitted())).relevant


@pytest.mark.parametrize(
    ("title", "margin"),
    [("US turns screws on Huawei with curbs", ALONE), ("US turns screws on Huawei", BARE)],
)
@pytest.mark.parametrize("surer", [False, True])
def test_roles_alone_must_be_surer_than_beside_a_rule(
    title: str, margin: float, surer: bool
) -> None:
    above, relevant = margin + (0.1 if surer else -0.1), surer
    parts = zones(fold(title), fold(""), words())
    line = FITTED.line + verdict(parts, words()).score - (RELEVANT + above)
    told = verdict(parts, words(replace(FITTED, line=line)))
    assert told.relevant is relevant
    assert told.score == pytest.approx(RELEVANT + (above if relevant else -UNTOLD))
    assert ("roles alone" in [one.name for one in told.reasons]) is not relevant


def test_a_view_of_an_act_is_voted_down() -> None:
    parts = zones(fold("US adds Huawei to Entity List"), fold("this essay"), words())
    assert not verdict(parts, words()).relevant
    assert verdict(parts, words(Fitted())).relevant


def test_rules_and_roles_are_weighed_together() -> None:
    lexicon = words()
    parts = zones(fold("US adds Huawei to Entity List"), fold(""), lexicon)
    rules, roles = fired(parts, lexicon), roles_of(parts)
    kind, leading = kind_by_roles("rule", rules, roles, lexicon)
    assert kind == "listing"
    assert leading is rules[0]
    silent = build(lexicon.entries, lexicon.acts, fitted=replace(FITTED, firm=0.0))
    assert kind_by_roles("listing", rules, roles, silent) == ("rule", None)
    eased = replace(FITTED, kind={"rule": {"ease": 0.3}})
    lexicon = build(lexicon.entries, lexicon.acts, fitted=eased)
    assert direction_by_roles("neutral", "rule", rules, roles, lexicon) == "tighten"
    assert direction_by_roles("neutral", "rule", [], roles, lexicon) == "ease"


def test_numbers_are_part_of_the_digest() -> None:
    assert words().digest != words(Fitted()).digest
    assert words(Fitted()).digest == build(words().entries, words().acts).digest


def test_shipped_numbers_speak_of_roles_that_exist(lexicon: Lexicon) -> None:
    known = {name for one in lexicon.entries for name in (one.id, *one.tags)}
    known |= {*MARKS, *WAYS}
    assert lexicon.fitted.always
    assert set(lexicon.fitted.title) | set(lexicon.fitted.item) <= known


def test_scan_shows_the_roles(lexicon: Lexicon) -> None:
    from tracker.core.examples import entry

    names = [one.name for one in recognise(entry(), lexicon)[0].reasons]
    assert "roles" in names


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[title\n", "fitted.toml"),
        ("pul = 1.0\n", "'pul'"),
        ("pull = '1'\n", "pull must be a number"),
        ("[title]\nus = 1.0\n", "title.us must be a table"),
        ("[title]\nus = { relevent = 1.0 }\n", "'relevent'"),
        ("[always]\nrelevant = true\n", "always relevant must be a number"),
        ("title = 1\n", "title must be a table"),
    ],
)
def test_a_mistake_in_the_file_is_named(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "fitted.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RecordError, match=said):
        load_fitted(path)
