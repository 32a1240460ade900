"""Names in three scripts, the longest wins; each written alias is found."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker import config
from tracker.core import examples
from tracker.core.aliases import VOID
from tracker.core.doers import capitals_of
from tracker.core.keys import UNNAMED, named
from tracker.core.lexicon import (
    ADDED,
    MARKS,
    WATCHED,
    WAYS,
    Act,
    Lexicon,
    LexiconEntry,
    build,
)
from tracker.core.recognise import recognise
from tracker.core.text import fold, language
from tracker.core.unfound import findings
from tracker.core.written import BARE
from tracker.core.zones import zones
from tracker.errors import RecordError, UsageProblem
from tracker.record.fitted import load_fitted
from tracker.record.lexicon import load_lexicon
from tracker.settings import Watch

LEXICON = Path(__file__).parents[2] / "db" / "lexicon"


def found(lexicon: Lexicon, text: str) -> set[str]:
    return {hit.entry.id for hit in lexicon.find(fold(text))}


@pytest.mark.parametrize("name", ["英伟达", "英偉達", "輝達", "辉达", "Nvidia", "NVIDIA's", "NVDA"])
def test_one_company_in_every_spelling(lexicon: Lexicon, name: str) -> None:
    assert "Nvidia" in found(lexicon, f"{name} H20")


def test_the_country_is_not_the_pronoun(lexicon: Lexicon) -> None:
    assert "United States" not in found(lexicon, "tell us more")
    assert "United States" in found(lexicon, "US tells Nvidia")


@pytest.mark.parametrize(
    ("text", "none"),
    [
        ("on sale on Chinese e-commerce platforms", "US Department of Commerce"),
        ("global commerce in chips slows", "US Department of Commerce"),
        ("Huawei shows them at Mobile World Congress", "US Congress"),
        ("the National People's Congress opens", "US Congress"),
        ("The Washington Post reported", "United States"),
        ("Warren Buffett sells", "Elizabeth Warren"),
        ("a five-micron film", "Micron"),
        ("their release cadence", "Cadence"),
        ("blue chips and potato chips", "semiconductors"),
    ],
)
def test_a_namesake_is_not_meant(lexicon: Lexicon, text: str, none: str) -> None:
    assert none not in found(lexicon, text)


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("Commerce adds 12 firms", "US Department of Commerce"),
        ("Congress passes it", "US Congress"),
        ("Washington adds 12 firms", "United States"),
        ("Micron sells", "Micron"),
        ("Cadence pleads guilty", "Cadence"),
    ],
)
def test_whom_a_namesake_is_not_is_found(lexicon: Lexicon, text: str, one: str) -> None:
    assert one in found(lexicon, text)


@pytest.mark.parametrize(
    ("text", "none", "one"),
    [
        # A cue that takes the last letter of a name for its first,
        ("上缴中国芯片销售收入", "domestic", "China"),
        ("中国有条件批准", "statefund", "China"),
        ("中國外交訪華", "abroad", "China"),
        ("回应美国企图全球禁用", "statefund", "United States"),
        ("副总理何立峰会见外资", "summit", "He Lifeng"),
        # a letter of a name,
        ("贸促会会长访美", "urge", "CCPIT"),
        ("列入未经核实清单", "negation", "UVL"),
        # a day of the month before a word,
        ("荷兰19日中止干预", "Japan", "suspend"),
        ("8日立案调查", "Hitachi", "probe"),
        # and a longer word that begins like a cue.
        ("网信办对美光审查", "us-target", "Micron"),
        ("李成钢赴华盛顿", "visit-china", "United States"),
        ("美国商务部将27家列入", "cn-gov-first", "US Department of Commerce"),
    ],
)
def test_words_that_share_a_letter_are_told_apart(
    lexicon: Lexicon, text: str, none: str, one: str
) -> None:
    assert none not in found(lexicon, text)
    assert one in found(lexicon, text)


def test_words_within_words_and_after_them_stand(lexicon: Lexicon) -> None:
    assert {"domestic", "semiconductors"} <= found(lexicon, "国产芯片")
    assert {"export controls", "export-verb"} <= found(lexicon, "对华出口管制")
    assert "Japan" in found(lexicon, "3月9日日本宣布")
    assert "state-rules" in found(lexicon, "商务部令2020年第4号")


def test_the_longest_name_wins(lexicon: Lexicon) -> None:
    assert "MOFCOM" not in found(lexicon, "美国商务部宣布")
    assert "MOFCOM" in found(lexicon, "商务部宣布")


def test_words_end_at_boundaries(lexicon: Lexicon) -> None:
    assert "H20" not in found(lexicon, "CH200X")
    assert "H20" in found(lexicon, "H20芯片")


def test_every_alias_is_found_by_itself(lexicon: Lexicon) -> None:
    assert not [one.what for one in findings(lexicon)]


def test_a_longer_word_without_meaning_hides_the_shorter() -> None:
    lexicon = build([
        LexiconEntry("US", "actor", ("美",)), LexiconEntry("not", "cue", ("未",)),
        LexiconEntry("no word", "cue", ("美元", "未来"), (VOID,)),
    ])  # fmt: skip
    assert found(lexicon, "美元的未来") == set()
    assert found(lexicon, "美未批准") == {"US", "not"}


def test_what_nothing_can_find_and_what_does_nothing_is_named() -> None:
    """Lint: a name that stands in no text, a word without roles, a name known already."""
    lexicon = build([
        LexiconEntry("ban", "cue", ("ban*", "im*pose"), (), "cues.toml:1"),
        LexiconEntry("DUV", "item", ("immersion DUV", "DUV"), ("tool",), "items.toml:1"),
        LexiconEntry("mine", "item", ("Immersion DUV", "DUV scanner"), ("watched",), "f.toml:3"),
        LexiconEntry("ours", "item", ("xyz", "x*"), ("tool", "watched"), "f.toml:6"),
        LexiconEntry("duv", "item", ("immersed",), ("tool", "watched"), "f.toml:9"),
        LexiconEntry("DUV", "item", ("芯",), ("tool", ADDED), "f.toml:12"),
    ])  # fmt: skip
    assert [(one.where, one.wrong, one.what) for one in findings(lexicon)] == [
        ("cues.toml:1", True, "'im*pose' of 'ban': only a * at the end takes longer words"),
        ("f.toml:12", False, "'芯' of 'DUV' is one letter: it is found where nobody means it"),
        ("f.toml:9", False, '"duv" is not "DUV" (items.toml:1): both stand beside each other'),
        ("f.toml:3", False, '"mine" has no roles: it is found, and no rule speaks of it'),
        ("f.toml:3", False,
         "'Immersion DUV' is known already as 'DUV' (items.toml:1): both are found"),
        ("f.toml:6", False, "'x*' of 'ours' is one letter: it is found where nobody means it"),
    ]  # fmt: skip


def test_a_name_of_two_own_words_or_of_another_kind_is_told_once() -> None:
    lexicon = build([
        LexiconEntry("Blackwell", "item", ("Blackwell",), ("chip",), "items.toml:1"),
        LexiconEntry("H20", "item", ("H20",), ("chip",), "items.toml:2"),
        LexiconEntry("H20", "item", ("Lite",), ("chip", ADDED), "f.toml:1"),
        LexiconEntry("firm", "actor", ("Blackwell",), ("chip", WATCHED), "f.toml:4"),
        LexiconEntry("one", "item", ("x y", "Lite"), ("chip", WATCHED), "f.toml:7"),
        LexiconEntry("two", "item", ("=X Y",), ("chip", WATCHED), "f.toml:10"),
    ])  # fmt: skip
    assert [(one.where, one.wrong, one.what) for one in findings(lexicon)] == [
        ("f.toml:4", False, "'Blackwell' of 'firm' is the item 'Blackwell' (items.toml:1) as well"),
        ("f.toml:7", False, "'Lite' is known already as 'H20' (f.toml:1): both are found"),
        ("f.toml:10", False, "'=X Y' of 'two' is the item 'one' (f.toml:7) as well"),
    ]


def test_order_of_entries_does_not_matter() -> None:
    one, two = LexiconEntry("a", "item", ("alpha",)), LexiconEntry("b", "item", ("beta",))
    assert build([one, two]).digest == build([two, one]).digest
    assert build([one]).digest != build([two]).digest


def test_a_watch_word_is_data_not_code(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('[item]\n"X" = { names = ["X99"] }\n', encoding="utf-8")
    lexicon = load_lexicon(tmp_path, [Watch("asml-tools", ("NXT:1980i", "浸潤式微影"))])
    assert found(lexicon, "ASML 浸润式微影設備") == {"asml-tools"}


def test_a_watched_firm_takes_the_role_it_is_given() -> None:
    """A firm that nobody knows is listed like any other once its role is said."""
    entry = replace(examples.entry(), title="US adds Xinhai Optics to trade blacklist", summary="")
    plain = load_lexicon(LEXICON)
    told = load_lexicon(LEXICON, [Watch("xinhai", ("Xinhai Optics",), "actor", ("cn-firm",))])
    before, after = (recognise(entry, lexicon)[0] for lexicon in (plain, told))
    assert "xinhai" in after.actors
    assert after.score > before.score


def test_a_watch_word_adds_names_to_an_entry_of_the_lexicon() -> None:
    """With its id, capitals and all: the new name is what the others are, and no word of its own."""
    told = load_lexicon(LEXICON, [Watch("H20", ("Hopper Lite",)), Watch("xyz", ("Hopper Mini",))])
    (own,) = [hit.entry for hit in told.find(fold("Hopper Lite")) if hit.entry.id == "H20"]
    (old,) = [hit.entry for hit in told.find(fold("H20"))]
    assert (own.kind, {*own.tags} - {ADDED}) == ("item", {*old.tags})
    assert told.mask(own) & told.bit(WATCHED) == 0


@pytest.mark.parametrize(
    ("word", "says", "hint"),
    [
        (Watch("Entity Lst", ("a list",)), "no such id", "Entity List"),
        (Watch("Quux Zyzzy", ("a chip",)), "no such id", "small letters"),
        (Watch("H20", ("a list",), "term"), "'item' in the lexicon", "item"),
        (Watch("new", ("*",)), "'*' is empty", "write"),
        (Watch("H20", ("x", "**")), "'**' is empty", "write"),
        (Watch("new", ("=",)), "'=' is empty", "write"),
        (Watch("new", ("=*",)), "'=*' is empty", "write"),
        (Watch("peru", ("Peru",), "place", capital="pe"), "'pe' is no code", 'capital = "PE"'),
        (Watch("kent", ("Kent",), "place", capital="UK"), "'UK' is no code", 'capital = "GB"'),
        (Watch("peru", ("Peru",), "place", capital="PERU"), "'PERU' is no code", "two letters"),
        (Watch("oz", ("Oz",), "place", capital="ZZ"), "'ZZ' is no code", "two letters"),
    ],
)
def test_a_wrong_watch_word_is_a_mistake_of_feeds_toml(word: Watch, says: str, hint: str) -> None:
    with pytest.raises(UsageProblem) as caught:
        load_lexicon(LEXICON, [replace(word, where="feeds.toml:3")])
    assert caught.value.what.startswith("feeds.toml:3: ")
    assert says in caught.value.what
    assert hint in caught.value.hint


def test_a_wrong_value_of_a_watch_word_is_named_at_its_own_line() -> None:
    text = """[[watch]]
id = "peru"
kind = "place"
names = ["Peru"]
roles = ["ally"]
capital = "PE"
adjectives = ["Peruvian"]
"""
    load_lexicon(LEXICON, config.parse(text, "feeds.toml").watch)
    for line, right, wrong in ((2, '"peru"', '"Peru Z"'), (4, '"Peru"', '"*"'), (5, "ally", "allly"),
                               (6, '"PE"', '"ZZ"'), (7, '"Peruvian"', '"="')):  # fmt: skip
        with pytest.raises(UsageProblem) as caught:
            load_lexicon(LEXICON, config.parse(text.replace(right, wrong), "feeds.toml").watch)
        assert caught.value.what.startswith(f"feeds.toml:{line}: ")


def test_an_unknown_role_is_named_with_the_nearest() -> None:
    with pytest.raises(UsageProblem) as caught:
        load_lexicon(LEXICON, [Watch("xinhai", ("Xinhai",), "actor", ("cn-frm",))])
    assert "'cn-frm'" in caught.value.what
    assert "cn-firm" in caught.value.hint


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[actor]\n"A" = { nams = ["a"] }\n', "a.toml:2: unknown key 'nams'"),
        ('[against]\n"b" = { weight = -1, all = ["a"], goods = "no" }\n', "true or false"),
        ('[actor]\n"A" = { tags = ["us"] }\n', "a.toml:2"),
        ('[actor]\n"A" = { names = ["*"] }\n', "a.toml:2"),
        ('[actr]\n"A" = { names = ["a"] }\n', "[actr]"),
        ('# ours\n[[actor]]\n"A" = { names = ["a"] }\n', "a.toml:2: [[actor]] is not how"),
        ("actor = 3\n", "a.toml:1: actor is not how a section begins"),
        ("[actor\n", "a.toml"),
        ('[actor]\n"A" = { names = [\n"a",\n\n', "a.toml:3: not valid TOML: "),
        ('[act]\n"r" = { kind = "rul", direction = "ease", weight = 1, all = ["x"] }\n', "'rul'"),
        (
            '[act]\n"r" = { kind = "rule", direction = "ease", weight = "1", all = ["x"] }\n',
            "weight",
        ),
        ('[act]\n"r" = { kind = "rule", direction = "ease", weight = 1, all = ["x"] }\n', "'x'"),
    ],
)
def test_mistakes_name_their_line(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "a.toml").write_text(text, encoding="utf-8")
    with pytest.raises(RecordError) as caught:
        load_lexicon(tmp_path)
    assert says in caught.value.what


def test_a_section_in_two_pairs_of_brackets_is_told_of_the_pair(tmp_path: Path) -> None:
    """The way out said the word that was refused."""
    (tmp_path / "a.toml").write_text('[[actor]]\n"A" = { names = ["a"] }\n', encoding="utf-8")
    with pytest.raises(RecordError) as caught:
        load_lexicon(tmp_path)
    assert caught.value.hint.startswith("[actor], with one pair of brackets")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("bas = 1.0\n", "unknown weight 'bas'"),
        ('base = "1"\n', "base must hold numbers"),
        ("base = true\n", "base must hold numbers"),
        ("subject = 1\n", "subject must hold numbers"),
        ('[subject]\nchip = "x"\n', "subject must hold numbers"),
        ("[base\n", "weights.toml"),
        ("[kinds]\nrul = 0.1\n", "weights.toml:2: no kind is called 'rul'"),
    ],
)
def test_mistakes_in_weights_are_named(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "a.toml").write_text('[actor]\n"A" = { names = ["a"] }\n', encoding="utf-8")
    (tmp_path / "weights.toml").write_text(text, encoding="utf-8")
    with pytest.raises(RecordError) as caught:
        load_lexicon(tmp_path)
    assert says in caught.value.what


def test_a_name_in_its_own_case_is_found_in_full_width_letters() -> None:
    folded = fold("ＵＳ　ａｐｐｒｏｖｅｓ　Ｈ２０, they told us")
    found = load_lexicon(LEXICON).find(folded)
    assert [hit.words for hit in found if hit.entry.kind in ("actor", "item")] == ["ＵＳ", "Ｈ２０"]
    assert language(folded.original) == "en"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[item]\n"A" = { names = ["b"] }\n', "b.toml:2: the item 'A' stands twice"),
        ('[against]\n"R" = { weight = -1, all = ["A"] }\n', "the rule 'R' stands twice"),
    ],
)
def test_what_stands_twice_is_named_with_both_places(tmp_path: Path, text: str, says: str) -> None:
    one = '[item]\n"A" = { names = ["a"] }\n[against]\n"R" = { weight = -1, all = ["A"] }\n'
    (tmp_path / "a.toml").write_text(one, encoding="utf-8")
    (tmp_path / "b.toml").write_text(text, encoding="utf-8")
    with pytest.raises(RecordError) as caught:
        load_lexicon(tmp_path)
    assert says in caught.value.what
    assert "a.toml:" in caught.value.what


def test_a_file_in_other_letters_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes('[actor]\n"é"'.encode("latin-1"))
    with pytest.raises(RecordError, match=r"a.toml is not UTF-8 \(byte 10\)"):
        load_lexicon(tmp_path)


def test_weights_are_data_and_part_of_the_digest(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('[actor]\n"A" = { names = ["a"] }\n', encoding="utf-8")
    plain = load_lexicon(tmp_path)
    (tmp_path / "weights.toml").write_text("base = 9.0\n", encoding="utf-8")
    told = load_lexicon(tmp_path)
    assert plain.digest != told.digest
    entry = replace(examples.entry(), title="Rain", summary="")
    assert recognise(entry, told)[0].score > recognise(entry, plain)[0].score


@pytest.mark.parametrize("mark", ["bars = true", "goods = true", "alone = 1.0"])
def test_marks_of_a_rule_are_part_of_the_digest(tmp_path: Path, mark: str) -> None:
    rule = '[cue]\n"a" = { names = ["a"] }\n[against]\n"r" = { weight = -2.0, all = ["a"]%s }\n'
    written = []
    for extra in ("", f", {mark}"):
        (tmp_path / "a.toml").write_text(rule % extra, encoding="utf-8")
        written.append(load_lexicon(tmp_path).digest)
    assert written[0] != written[1]


def test_a_rule_with_a_word_for_a_number_is_named(tmp_path: Path) -> None:
    rule = '[cue]\n"a" = { names = ["a"] }\n[against]\n"r" = { weight = -2.0, all = ["a"], alone = true }\n'
    (tmp_path / "a.toml").write_text(rule, encoding="utf-8")
    with pytest.raises(RecordError, match=r"a.toml:4: alone must be a number"):
        load_lexicon(tmp_path)


def test_no_name_stands_twice_in_an_entry(lexicon: Lexicon) -> None:
    twice = {
        one.id: sorted(name for name in one.names if one.names.count(name) > 1)
        for one in lexicon.entries
        if len(set(one.names)) < len(one.names)
    }
    assert twice == {}


def test_what_many_lines_say_is_held_once_and_as_it_was_written(
    lexicon: Lexicon, tmp_path: Path
) -> None:
    words = [
        *(tag for entry in lexicon.entries for tag in entry.tags),
        *(name for act in lexicon.acts for group in (*act.all, act.none) for name in group),
        *(name for row in lexicon.fitted.item.values() for name in row),
    ]
    assert len({id(word) for word in words}) == len(set(words)) < len(words)
    (tmp_path / "fitted.toml").write_text(
        "[title]\na = { rule = 1.0, tighten = 0.5, ease = -0.0 }\n"
        "b = { rule = 1, tighten = 0.5, ease = 0.0 }\n",
        encoding="utf-8",
    )
    first, second = load_fitted(tmp_path / "fitted.toml").title.values()
    assert repr([*first.values(), *second.values()]) == "[1.0, 0.5, -0.0, 1, 0.5, 0.0]"
    assert first["tighten"] is second["tighten"]


@given(st.text(alphabet="aZ9.'- *=<&(國É", max_size=8))
def test_a_bare_name_is_folded_by_its_case_alone(name: str) -> None:
    if BARE.fullmatch(name):
        assert fold(name).text == name.lower()


def test_one_automaton_finds_the_same_names_in_texts_of_either_script() -> None:
    known = build(
        [LexiconEntry("N", "actor", ("Nvidia’s", "輝達")), LexiconEntry("x", "cue", ("up",))]
    )
    for text in ("Nvidia's up", "Nvidia’s up", "輝達 up"):
        assert [hit.entry.id for hit in known.find(fold(text))] == ["N", "x"]


def test_names_of_one_text_come_by_their_entries_whatever_the_order_they_are_written_in() -> None:
    shared = [
        LexiconEntry("b", "item", ("H20", "=H20")),
        LexiconEntry("a", "term", ("h20",)),
        LexiconEntry("a", "cue", ("H20*",)),
    ]
    for entries in (shared, shared[::-1]):
        hits = build(entries).find(fold("The H20s"))
        assert [(hit.entry.id, hit.entry.kind) for hit in hits] == [
            ("a", "term"),
            ("a", "cue"),
            ("b", "item"),
        ]


def test_what_is_asked_for_has_the_low_bits_and_is_not_known_by_that() -> None:
    chip, firm = LexiconEntry("H20", "item", ("H20",)), LexiconEntry("N", "actor", ("N",), ("ceo",))
    rule = Act("a", "rule", "tighten", 1.0, (("ceo",), ("unheard",)))
    known = build([chip, firm], [rule])
    assert known.bit("ceo") == 1 == known.mask(firm) & known.mask_of(rule.all[0])
    assert known.mask_of((*MARKS, *WAYS)) < known.mask(chip)
    assert known.mask(chip).bit_count() == 2  # its id and its kind
    assert not known.knows("unheard")


def test_places_are_counted_in_letters_whatever_their_bytes() -> None:
    known = build(
        [LexiconEntry("N", "actor", ("輝達", "nvidia")), LexiconEntry("é", "cue", ("é",))]
    )
    text = fold("😀輝達é😀 Nvidia 涨é")
    places = [(hit.start, hit.words) for hit in known.find(text)]
    assert places == [(1, "輝達"), (3, "é"), (6, "Nvidia"), (14, "é")]


def printed(lexicon: Lexicon, title: str) -> tuple[tuple[str, ...], ...]:
    """Items, actors and terms that a headline names."""
    return named(zones(fold(title), fold(""), lexicon))


def test_a_slip_in_a_tag_is_named(lexicon: Lexicon) -> None:
    slip = LexiconEntry("H9000", "item", ("H9000",), ("chip-modle", "jp", "zz-gov"), "a.toml:1")
    found = findings(build([*lexicon.entries, slip], lexicon.acts, lexicon.weights, lexicon.fitted))
    assert [(one.where, one.what, one.hint) for one in found if one.wrong] == [
        ("a.toml:1", "no rule asks for the tag 'chip-modle' of 'H9000'", "did you mean chip-model?")
    ]


@pytest.mark.parametrize("number", ["inf", "nan", "-inf"])
def test_a_weight_that_is_no_finite_number_is_named(tmp_path: Path, number: str) -> None:
    (tmp_path / "a.toml").write_text('[actor]\n"A" = { names = ["a"] }\n', encoding="utf-8")
    (tmp_path / "weights.toml").write_text(f"base = {number}\n", encoding="utf-8")
    with pytest.raises(RecordError, match="base must hold numbers"):
        load_lexicon(tmp_path)


def test_a_name_of_two_actors_is_named_with_both_lines() -> None:
    lexicon = build([
        LexiconEntry("US", "actor", ("US", "US-China"), ("us",), "a.toml:1"),
        LexiconEntry("China", "actor", ("China", "US-China"), ("cn",), "a.toml:2"),
        LexiconEntry("SIA", "actor", ("=SIA", "industry group"), ("industry",), "a.toml:3"),
        LexiconEntry("CSIA", "actor", ("sia",), ("industry",), "a.toml:4"),
        LexiconEntry("ours", "actor", ("Industry group",), ("industry", "watched"), "f.toml:1"),
    ])  # fmt: skip
    wrong = [(one.where, one.what) for one in findings(lexicon) if one.wrong]
    assert wrong == [("a.toml:3", "'=SIA' of 'SIA' is a name of 'CSIA' (a.toml:4) as well")]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("四大行业协会称美国芯片不再安全", {"Chinese industry groups"}),
        ("中国汽车工业协会：谨慎采购美国芯片", {"CAAM"}),
        ("US customs holds DJI drones", {"US Customs and Border Protection", "DJI"}),
        ("CFIUS clears the deal", {"CFIUS"}),
        ("VDA warns of a chip shortage", {"VDA"}),
        ("China Telecom orders AI servers", {"China Telecom"}),
        ("General Electric sells engines", {"GE Aerospace"}),
    ],
)
def test_a_body_is_not_filed_under_another(lexicon: Lexicon, text: str, who: set[str]) -> None:
    assert set(printed(lexicon, text)[1]) == who


@pytest.mark.parametrize(
    "text",
    [
        "台檢方起訴東京威力科創",
        "An industry group warns of controls",
        "The Supreme Court hears a case",
    ],
)
def test_who_is_not_named_is_not_printed(lexicon: Lexicon, text: str) -> None:
    shown = printed(lexicon, text)[1]
    assert {"DOJ", "SIA", "US Supreme Court", "US federal court"}.isdisjoint(shown)
    assert UNNAMED.isdisjoint(shown)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Nvidia readies the B20 for China", "B20"),
        ("RTX 4090D复产", "RTX 4090D"),
        ("华为发布昇腾 Ascend 910D", "Ascend 910D"),
        ("中国对美国芯片发起反歧视调查", "反歧视"),
        ("COINS Act clears the Senate", "COINS Act"),
        ("AMD's MI350 and the cap", "MI350"),
    ],
)
def test_a_model_is_not_filed_under_its_neighbour(lexicon: Lexicon, text: str, what: str) -> None:
    items, _, terms = printed(lexicon, text)
    neighbours = {"B30A", "RTX 4090", "Ascend 910C", "反倾销", "ENFORCE Act", "MI325X"}
    assert what in items + terms
    assert neighbours.isdisjoint(items + terms)


def test_prosecutors_without_a_country_are_not_those_of_washington(lexicon: Lexicon) -> None:
    codes = capitals_of(lexicon).codes
    assert codes["DOJ"] == codes["US law enforcement"] == "US"
    assert codes.keys().isdisjoint({"prosecutors", "courts", "industry groups"})


def test_a_list_is_not_printed_as_that_of_another_capital(lexicon: Lexicon) -> None:
    text = "Taiwan adds Huawei and SMIC to export control list"
    assert printed(lexicon, text)[2] == ("export control list",)
    assert printed(lexicon, "列入管控名单")[2] == ("出口管制管控名单",)
