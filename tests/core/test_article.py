"""Articles sentence by sentence: where a sentence ends, which days it names, what the record has."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.core import article, claims, page, prose
from tracker.core.article_acts import ONLY_SAID
from tracker.core.article_days import days_named, distance, years_named
from tracker.core.article_nouns import Checked, Desk, Finding
from tracker.core.places import places_in
from tracker.core.recognise import annotate, recognise
from tracker.core.text import fold
from tracker.model import Entry, Mention, Record
from tracker.record import lexicon
from tracker.record.load import load

ROOT = Path(__file__).parents[2]
ARTICLE = (ROOT / "tests" / "data" / "article.txt").read_text(encoding="utf-8")
NOW = datetime(2026, 11, 24, tzinfo=UTC)


@cache
def record() -> Record:
    return load(ROOT / "db" / "record")


@cache
def desk(published: date | None = None) -> Desk:
    words = lexicon.load_lexicon(ROOT / "db" / "lexicon")
    moment = (
        datetime(published.year, published.month, published.day, tzinfo=UTC) if published else None
    )

    def read(text: str) -> tuple[Mention, ...]:
        entry = Entry("x", "d", "added", "g", "", text, "", moment, 0, "", NOW, "en", "")
        return recognise(entry, words)

    return Desk(
        read=read,
        record=annotate(record().events, words),
        beside=lambda one: claims.beside(one, record().observations, record().series),
        seeds=record().claims,
        aliases=article.aliases_of(record().measures),
        published=published,
        places=lambda text: places_in(text, words),
        firms=article.firms_of(words.entries),
    )


def check(text: str, published: str | None = "2026-07-01") -> tuple[Checked, ...]:
    day = date.fromisoformat(published) if published else None
    return article.check(page.read(text).paragraphs, desk(day))


def events(one: Checked) -> list[str]:
    told = [f.statement.event.id for f in one.findings if f.statement and f.statement.event]
    return [*told, *(event.id for f in one.findings for event in f.events)]


def remarks(one: Checked) -> str:
    said = [f.statement.remark for f in one.findings if f.statement]
    return "; ".join([*said, *(f.remark for f in one.findings)])


# ---- where a sentence ends ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("It rose to 34.6%. Then it fell.", ["It rose to 34.6%.", "Then it fell."]),
        ("The U.S. Commerce Department said so.", ["The U.S. Commerce Department said so."]),
        ("It was made in the U.S. The rule is new.", ["It was made in the U.S.", "The rule is new."]),
        ("Notice No. 46 of Dec. 3 holds.", ["Notice No. 46 of Dec. 3 holds."]),
        ("They said no. It went on.", ["They said no.", "It went on."]),
        ("Nvidia Inc. said so. AMD did.", ["Nvidia Inc. said so.", "AMD did."]),
        ("It was Nvidia Corp. The end.", ["It was Nvidia Corp.", "The end."]),
        ("Mr. Huang met Gen. Lee at 3 p.m. on Monday.", ["Mr. Huang met Gen. Lee at 3 p.m. on Monday."]),
        ("J. P. Morgan cut it.", ["J. P. Morgan cut it."]),
        ("It fell to 6000D. On Monday it rose.", ["It fell to 6000D.", "On Monday it rose."]),
        ('"We will ship." He left.', ['"We will ship."', "He left."]),
        ('"Will you?" she asked.', ['"Will you?" she asked.']),
        ("Really?! Yes.", ["Really?!", "Yes."]),
        ("1. First point. 2. Second point.", ["1. First point.", "2. Second point."]),
        ("15 C.F.R. 744 covers H20.", ["15 C.F.R. 744 covers H20."]),
        ("他来了。他走了！真的？", ["他来了。", "他走了！", "真的？"]),
        ("他说：“会的。”然后走了。", ["他说：“会的。”", "然后走了。"]),
        ("“会的。”他说。", ["“会的。”他说。"]),
        ("他說「不會。」，然後離開。", ["他說「不會。」，然後離開。"]),
        ("约34.6%。2025年7月14日。", ["约34.6%。", "2025年7月14日。"]),
        ("商务部公告2025年第61号。H20获批。", ["商务部公告2025年第61号。", "H20获批。"]),
        ("因?yàn)橐徊渴謾C(jī),全面布局。", ["因?yàn)橐徊渴謾C(jī),全面布局。"]),
        ("他们会找到答案。?/p>", ["他们会找到答案。"]),
        ("中文。English follows. 再来。", ["中文。", "English follows.", "再来。"]),
        ("…", []),
    ],
)  # fmt: skip
def test_where_sentences_end(text: str, parts: list[str]) -> None:
    assert [one.text for one in prose.sentences([text])] == parts


@pytest.mark.parametrize("words", ["U.S. ", "a.b ", ". ", "!? ", "。”说"])
def test_no_sentence_is_read_again_at_each_stop(words: str) -> None:
    """A million letters; to read what stands before and behind each stop took their square."""
    text = words * (1_000_000 // len(words))
    found = "".join(one.text for one in prose.sentences([text]))
    assert len(found.replace(" ", "")) <= len(text)


def test_a_line_of_its_own_is_a_heading() -> None:
    found = prose.sentences(["How the H20 came back", "It came back."])
    assert [one.heading for one in found] == [True, False]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="aB1 .。!?？！“”\"'」()U.S.NoInc中文,，%\n", max_size=60))
def test_no_letter_is_lost_or_made(text: str) -> None:
    paragraphs = text.split("\n")
    kept = "".join("".join(one.text.split()) for one in prose.sentences(paragraphs))
    given_ = Counter(
        letter for line in paragraphs for letter in prose.mended(line) if letter.isalnum()
    )
    assert Counter(letter for letter in kept if letter.isalnum()) == given_


# ---- days -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("On April 9, 2025 it did", None, ["2025-04-09..2025-04-09 plain"]),
        ("on 14 July 2025", None, ["2025-07-14..2025-07-14 plain"]),
        ("2025年7月14日", None, ["2025-07-14..2025-07-14 plain"]),
        ("2025年7月", None, ["2025-07-01..2025-07-31 plain"]),
        ("7月", None, []),
        ("7月", "2025-08-01", ["2025-07-01..2025-07-31 plain"]),
        ("In December", "2025-08-01", ["2024-12-01..2024-12-31 plain"]),
        ("it may ship more", "2025-08-01", []),
        ("effective 15 January 2026", None, ["2026-01-15..2026-01-15 effective"]),
        ("suspended until 10 November 2026", None, ["2026-11-10..2026-11-10 until"]),
        ("on Monday", "2025-07-15", ["2025-07-14..2025-07-14 plain"]),
        ("on Monday", None, []),
        ("10-11 May 2025", None, ["2025-05-10..2025-05-11 plain"]),
        ("5月10日至11日", "2025-06-01", ["2025-05-10..2025-05-11 plain"]),
        ("a 12月球 model", "2025-06-01", []),
    ],
)
def test_days_named(text: str, published: str | None, expected: list[str]) -> None:
    day = date.fromisoformat(published) if published else None
    found = days_named(fold(text), years_named([text], day), day)
    assert [f"{one.first}..{one.last} {one.role}" for one in found] == expected


@pytest.mark.parametrize(
    ("text", "days", "fits"),
    [
        ("a month after the ban", 31, True),
        ("a month after the ban", 96, False),
        ("three months after the ban", 96, True),
        ("two weeks later", 14, True),
        ("two weeks later", 40, False),
        ("the next day", 1, True),
        ("10 days before the talks", -10, True),
        ("10 days before the talks", 10, False),
        ("一个月后", 33, True),
        ("三周前", -21, True),
        ("半年后", 180, True),
        ("一年后", 90, False),
    ],
)
def test_distances_in_words(text: str, days: int, fits: bool) -> None:
    found = distance(fold(text))
    assert found is not None
    assert found.fits(days) is fits


def test_no_distance_no_answer() -> None:
    assert distance(fold("H20 came back")) is None


# ---- the founding article -------------------------------------------------------------------

FOUNDING = {
    1: "in part", 4: "conflicts", 7: "in part", 10: "in part", 12: "agrees",
    14: "not in the record", 16: "conflicts", 19: "agrees", 21: "in part", 25: "in part",
    26: "in part", 28: "not in the record", 29: "not in the record", 33: "in part",
    34: "not in the record", 36: "conflicts", 39: "conflicts", 42: "not in the record",
    44: "in part", 49: "in part", 50: "conflicts", 59: "agrees", 60: "agrees",
}  # fmt: skip
"""Every sentence of the article in which there is something to check, judged by hand."""


def test_every_sentence_of_the_founding_article() -> None:
    found = check(ARTICLE, None)
    assert len(found) == 62
    verdicts = {n: one.verdict for n, one in enumerate(found, 1)}
    assert {n: v for n, v in verdicts.items() if v != "nothing to check"} == FOUNDING
    seeds = [f.seed.id for one in found for f in one.findings if f.seed]
    assert sorted(seeds) == [f"seed-{n:02}" for n in range(1, 34)]


def test_our_own_verdicts_never_contradict_the_person_s() -> None:
    """Where both speak of one event or figure: agreement is never set against contradiction."""
    for one in check(ARTICLE, None):
        own = {f.statement.event.id: f.verdict for f in one.findings
               if f.statement and f.statement.event}  # fmt: skip
        for finding in one.findings:
            if finding.seed and finding.seed.verdict == "contradicted":
                assert own.get(finding.seed.event_id or "") in (None, "conflicts")


def test_a_month_before_is_counted_from_the_month_named() -> None:
    (one,) = [c for c in check(ARTICLE, None) if c.sentence.text.startswith("一個月前")]
    assert remarks(one).startswith(
        "article: 一個月前 (a month before July 2025); record: from 2025-07-14 to 2025-07-18"
    )


# ---- other articles -------------------------------------------------------------------------

H20 = "2025-04-09-us-h20-licence-requirement"
BACK = "2025-07-14-h20-mi308-licences-promised"
CASES = [
    ("After two days of talks in Geneva from 10 to 12 May 2025, the US and China agreed to cut"
     " tariffs.", "agrees", "2025-05-10-geneva-talks", ""),
    ("The Supreme Court upheld the IEEPA tariffs on 20 February 2026.", "conflicts",
     "2026-02-20-scotus-ieepa-tariffs", "article: upheld; record: voids"),
    ("2025年7月31日，国家网信办就H20后门风险约谈AMD。", "conflicts",
     "2025-07-31-cac-summons-nvidia-h20", "article: AMD; record: Nvidia"),
    ("The Paris talks were held in Rome on 15 March 2026.", "conflicts", "2026-03-15-paris-talks",
     "article: in Rome; record: in Paris"),
    ("The Stockholm talks took place from 28 to 29 July 2025.", "agrees",
     "2025-07-28-stockholm-talks", ""),
    ("The Geneva talks took place on 10 and 11 May 2025.", "agrees", "2025-05-10-geneva-talks", ""),
    ("The Geneva talks were held in London on 10 May 2025.", "conflicts",
     "2025-05-10-geneva-talks", "article: in London; record: in Geneva"),
    ("China's rare-earth controls of October 2025 are suspended until 10 November 2026.", "agrees",
     "2025-11-07-mofcom-suspends-october-controls", ""),
    ("On 15 May 2019 the US removed Huawei from the Entity List.", "conflicts",
     "2019-05-15-huawei-entity-list", "article: eases; record: tightens"),
    ("The Senate rejected the Stop Stealing Our Chips Act on 20 May 2026.", "conflicts",
     "2026-05-21-senate-passes-stop-stealing-chips", "article: rejected; record: passed"),
    ("The US did not tell Nvidia on 9 April 2025 that H20 exports need a licence.", "conflicts",
     "2025-04-09-us-h20-licence-requirement", "article: it was not done; record: it was"),
    ("The tariff truce was extended for 180 days on 11 August 2025.", "conflicts",
     "2025-08-11-truce-extended-90-days", "article: 180 days; record: 90 days"),
    ("On 24 July 2026 China put 7 EU entities on its export-control list.", "conflicts",
     "2026-07-24-cn-control-list-14-eu", "article: 7 firms; record: 14"),
    ("BIS fined GlobalFoundries USD 5 million on 1 November 2024.", "conflicts",
     "2024-11-01-bis-fines-globalfoundries", "article: usd 5 million; record: usd 500,000"),
    ("On 12 September 2025 BIS added 23 Chinese firms to the Entity List.", "agrees",
     "2025-09-12-entity-list-32-fudan-gmc", ""),
    ("On April 9, 2025 the U.S. government told Nvidia that exports of its H20 chip to China need"
     " a licence.", "agrees", H20, ""),
    ("The ban on the H20 was lifted on 14 July 2025, when Washington assured Nvidia that licences"
     " would be granted.", "agrees", BACK, ""),
    ("Nvidia Corp. later booked a $4.5 billion charge on H20 inventory.", "agrees",
     "2025-05-28-nvidia-q1-4-5bn-charge", ""),
    ("Jensen Huang visited Beijing in June 2025.", "conflicts", "2025-07-14-huang-trip-beijing-cisce",
     "article: June 2025; record: from 2025-07-14 to 2025-07-18"),
    ("The U.S. and China held trade talks in Geneva on 10-11 May 2025.", "agrees",
     "2025-05-10-geneva-talks", ""),
    ("Trade talks followed in Stockholm on 28 July 2025.", "agrees", "2025-07-28-stockholm-talks", ""),
    ("The two sides met again in Madrid on 14 September 2025.", "agrees", "2025-09-14-madrid-talks", ""),
    ("2025年7月28日，双方在斯德哥尔摩会谈。", "agrees", "2025-07-28-stockholm-talks", ""),
    ("An office was opened in Stockholm on 28 July 2025.", "nothing to check", None, ""),
    ("Talks were held in Stockholm on 28 June 2025.", "nothing to check", None, ""),
    ("SAMR opened an antitrust probe of Nvidia in December 2023.", "not in the record", None,
     "nearest: 2024-12-09"),
    ("The 50% affiliates rule took effect on 29 October 2025.", "conflicts",
     "2025-09-29-bis-affiliates-50-percent-rule",
     "article: 29 October 2025; record: effective 2025-09-29"),
    ("The AI diffusion rule was rescinded on 13 June 2025.", "conflicts",
     "2025-05-13-bis-rescinds-ai-diffusion-rule", "article: 13 June 2025; record: 2025-05-13"),
    ("2025年4月16日，AMD预计MI308出口管制将造成约8亿美元损失。", "agrees",
     "2025-04-16-amd-800m-mi308-charge", ""),
    ("The AI OVERWATCH Act was approved by the House Foreign Affairs Committee on 21 January 2026.",
     "agrees", "2026-01-21-hfac-advances-ai-overwatch", ""),
    ("The GAIN AI Act was left out of the defence bill in December 2025.", "agrees",
     "2025-12-03-gain-ai-dropped-from-ndaa", ""),
    ("On 15 May 2026 China was said to stop import permits for Nvidia's RTX 5090D V2.", "agrees",
     "2026-05-15-cn-blocks-rtx-5090d-v2", ""),
    ("The Senate passed the Chip Security Act on 1 June 2025.", "not in the record", None, ""),
    ("Japan was hit by a dual-use export ban on January 6, 2026.", "agrees",
     "2026-01-06-cn-dual-use-ban-japan", ""),
    ("The S&P 500 fell 34.6% in a model portfolio a month before.", "nothing to check", None, ""),
    ("On 14 July 2025 the US told Nvidia and AMD that H20 and MI308 licences will not be granted.",
     "conflicts", BACK, "article: tightens; record: eases"),
    ("On 31 January 2025 Japan widened its chip controls and listed 42 more entities.", "agrees",
     "2025-01-31-jp-chip-quantum-controls", ""),
    ("On 17 December 2025 MetaX shares fell 70% on their first day in Shanghai.",
     "nothing to check", None, ""),
    ("2025年6月在日内瓦举行中美经贸会谈。", "conflicts", "2025-06-09-london-talks",
     "article: in Geneva; record: in London"),
    ("On 13 January 2026 BIS published a rule on H200 exports, effective 1 February 2026.",
     "conflicts", "2026-01-13-bis-h200-case-by-case-rule",
     "article: effective 1 February 2026; record: 2026-01-15"),
    ("On 13 January 2026 BIS published a rule on H200 exports, effective 15 January 2026.",
     "agrees", "2026-01-13-bis-h200-case-by-case-rule", ""),
    ("President Trump said in December 2025 that he would allow H200 sales to China.", "agrees",
     "2025-12-08-trump-allows-h200-25pct", ""),
    ("On 3 March 2021 the Commerce Department added 40 Chinese firms to the Entity List.",
     "not in the record", None, ""),
    ("In September 2025 the U.S. banned H20 sales to China.", "not in the record", None, ""),
    ("On December 3, 2024 China banned exports of gallium, germanium and antimony to the United"
     " States.", "agrees", "2024-12-03-cn-bans-ga-ge-sb-to-us", ""),
    ("The U.S. rescinded the AI diffusion rule on May 13, 2025.", "agrees",
     "2025-05-13-bis-rescinds-ai-diffusion-rule", ""),
    ("On 15 January 2025 BIS issued the foundry due diligence rule.", "agrees",
     "2025-01-15-bis-foundry-due-diligence-rule", ""),
    ("2025年4月9日，美国政府通知英伟达，向中国出口H20须获得许可证。", "agrees", H20, ""),
    ("2025年7月14日，英伟达表示将恢复向中国销售H20。", "agrees", BACK, ""),
    ("2025年7月31日，国家网信办约谈英伟达，要求就H20安全风险作出说明。", "agrees",
     "2025-07-31-cac-summons-nvidia-h20", ""),
    ("2025年10月31日，网信办约谈英伟达H20。", "not in the record", None, "nearest: 2025-07-31"),
    ("2024年12月2日，美国将140家中国企业列入实体清单。", "agrees",
     "2024-12-02-entity-list-140-semiconductor", ""),
    ("2024年12月2日，美国将36家中国企业列入实体清单。", "conflicts",
     "2024-12-02-entity-list-140-semiconductor", "article: 36 firms; record: 140"),
    ("穿透规则于2025年9月29日生效。", "agrees", "2025-09-29-bis-affiliates-50-percent-rule", ""),
    ("2025年11月10日，穿透规则暂停一年。", "agrees", "2025-11-10-bis-suspends-affiliates-rule", ""),
    ("Shares of Nvidia rose 3.5% to $170 on 14 July 2025.", "nothing to check", None, ""),
    ("Nobody knows what the U.S. will do.", "nothing to check", None, ""),
    ("天气很好！", "nothing to check", None, ""),
    ("2025年春天，人们在公园里散步。", "nothing to check", None, ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "verdict", "event", "remark"), CASES)
def test_one_sentence(text: str, verdict: str, event: str | None, remark: str) -> None:
    (one,) = check(text)
    assert one.verdict == verdict
    assert events(one)[:1] == ([event] if event else [])
    assert remark in remarks(one)


def test_the_move_is_what_was_told_last() -> None:
    told = "Washington assured Nvidia on 14 July 2025 that H20 licences would be granted. "
    _, wrong = check(told + "The move came a month after the H20 licence requirement.")
    _, right = check(told + "It came three months after the H20 ban.")
    assert (wrong.verdict, right.verdict) == ("conflicts", "agrees")
    assert "a month after; record: 2025-04-09 and 2025-07-14, 96 days after" in remarks(wrong)
    assert events(wrong) == [H20, BACK]


def test_a_sentence_of_several_acts_has_a_verdict_for_each() -> None:
    (one,) = check(
        "After the US added dozens of Chinese firms to the Entity List on 12 September 2025 and"
        " extended the list to subsidiaries with the 50% rule on 29 September 2025, China announced"
        " sweeping rare-earth controls on 9 November 2025."
    )
    found = [(f.statement.event.id, f.verdict) for f in one.findings
             if f.statement and f.statement.event]  # fmt: skip
    assert found == [
        ("2025-09-12-entity-list-32-fudan-gmc", "agrees"),
        ("2025-09-29-bis-affiliates-50-percent-rule", "agrees"),
        ("2025-10-09-cn-rare-earth-extraterritorial", "conflicts"),
    ]


def test_the_company_the_first_licences_and_its_order_lean_on_what_was_told() -> None:
    chips = check(
        "On 9 April 2025 the US told Nvidia that exports of its H20 to China would require a"
        " licence. The company disclosed the notice on 15 April and warned of a charge. The first"
        " licences were issued on 8 August."
    )
    assert [events(one)[:1] for one in chips[1:]] == [
        ["2025-04-15-nvidia-5-5bn-h20-charge"], ["2025-08-08-bis-starts-issuing-h20-licences"],
    ]  # fmt: skip
    dutch = check(
        "The Dutch government took control of Nexperia on 30 September 2025. On 19 November 2025"
        " the Hague suspended its order."
    )
    assert events(dutch[1]) == ["2025-11-19-nl-suspends-nexperia-order"]


def test_talks_in_a_city_on_another_day_conflict_after_talks() -> None:
    geneva = "The US and China held trade talks in Geneva on 10-11 May 2025. "
    _, wrong = check(geneva + "Talks followed in Stockholm on 28 June 2025.")
    assert (wrong.verdict, events(wrong)) == ("conflicts", ["2025-07-28-stockholm-talks"])
    assert remarks(wrong).startswith("article: 28 June 2025; record: from 2025-07-28")


def test_what_those_measures_are_is_told_by_the_sentence_before() -> None:
    _, later = check(
        "2025年10月9日，商务部宣布对稀土实施出口管制。一个月后，中方宣布暂停实施上述措施。"
    )
    assert events(later) == ["2025-11-07-mofcom-suspends-october-controls"]
    _, suspended = check(
        "On December 3, 2024 China banned exports of gallium to the United States. China suspended"
        " the ban until 27 November 2026."
    )
    assert events(suspended) == ["2025-11-09-cn-suspends-ga-ge-sb-ban"]


def test_the_named_house_is_asked_for_its_own_figure() -> None:
    right, wrong = check(
        "IDC says domestic chips took a 41% share of the Chinese accelerator market in 2025."
        " IDC says domestic chips took a 60% share of the Chinese accelerator market in 2025."
    )
    assert (right.verdict, wrong.verdict) == ("agrees", "conflicts")


def test_a_day_relative_to_nothing_is_no_day() -> None:
    (one,) = check("A month earlier, Jensen Huang visited Beijing.", None)
    assert one.verdict == "nothing to check"


def test_mixed_findings_are_in_part() -> None:
    seed = record().claims[0]
    found = [
        Finding("person", "agrees", seed=seed),
        Finding("person", "not in the record", seed=seed),
    ]
    assert Checked(prose.Sentence("x"), tuple(found)).verdict == "in part"
    assert (
        Checked(prose.Sentence("x"), (*found, Finding("act", "conflicts"))).verdict == "conflicts"
    )


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        alphabet="H20 Nvidia在2025年7月14日.。,banned approved三个月前后the move after a month ",
        max_size=90,
    )
)
def test_any_text_is_checked_without_a_verdict_out_of_nothing(text: str) -> None:
    for one in check(text, None):
        assert one.verdict == "nothing to check" or one.findings
        for finding in one.findings:
            if finding.statement and finding.statement.verdict in ("agrees", "conflicts"):
                assert finding.statement.event


def own_titles(shift: int) -> Counter[str]:
    """The record's own titles as sentences, ``shift`` days after their day: what comes of each."""
    found: Counter[str] = Counter()
    for event in record().events:
        if event.precision == "day":
            day = event.date + timedelta(shift)
            (one,) = check(f"On {day.day} {day:%B %Y}, {event.title}.", "2026-11-01")
            own = events(one)[:1] == [event.id]
            found[f"{one.verdict}{' own' if own else ' other' if events(one) else ''}"] += 1
    return found


def test_the_record_told_again_agrees_with_itself() -> None:
    found = own_titles(0)
    assert found["agrees own"] >= 415
    assert found["agrees other"] <= 8
    assert sum(n for words, n in found.items() if words.startswith("conflicts")) <= 7


def test_the_record_told_of_another_day_does_not() -> None:
    found = own_titles(12)
    assert found["conflicts own"] >= 160
    assert sum(n for words, n in found.items() if words.startswith("agrees")) <= 9


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("On 6 November 2025 the White House said it will not allow the B30A for China.", "agrees"),
        ("On 6 November 2025 the White House approved the B30A for China.", "conflicts"),
        ("On 15 April 2025 Nvidia announced a charge of up to $5.5 billion on H20.", "agrees"),
    ],
)
def test_refusals_and_days_that_are_no_periods(text: str, verdict: str) -> None:
    (one,) = check(text)
    assert one.verdict == verdict


RULE, PAUSE = "2025-09-29-bis-affiliates-50-percent-rule", "2025-11-10-bis-suspends-affiliates-rule"


@pytest.mark.parametrize(
    ("length", "verdict"), [("一年", "agrees"), ("两年", "conflicts"), ("12个月", "agrees")]
)
def test_a_pause_has_its_own_day_and_length(length: str, verdict: str) -> None:
    for text in (
        f"9月29日，美国商务部工业和安全局发布穿透规则，11月10日起暂停{length}。",
        f"9月29日，美国商务部工业和安全局发布穿透规则。11月10日起暂停{length}。",
    ):
        found = check(text, "2026-02-01")
        assert [id_ for one in found for id_ in events(one)] == [RULE, PAUSE]
        assert found[-1].verdict == verdict
        said = " ".join(remarks(one) for one in found)
        assert ("article: suspended for" in said) == (verdict == "conflicts")
        assert "effective" not in said


def test_when_a_rule_took_effect_is_not_when_it_was_suspended() -> None:
    (one,) = check(
        "The BIS affiliates rule took effect on October 15, 2025 and was suspended in November"
        " for two years.", None,
    )  # fmt: skip
    assert events(one) == [RULE, PAUSE]
    assert "article: October 15, 2025; record: 2025-09-29" in remarks(one)
    assert "article: suspended for two years" in remarks(one)
    (one,) = check(
        "The BIS affiliates rule took effect on September 29, 2025 and was suspended on"
        " November 10 for one year."
    )
    assert (one.verdict, events(one)) == ("agrees", [RULE, PAUSE])


@pytest.mark.parametrize(("said", "verdict"), [("20%", "conflicts"), ("15%", "agrees")])
def test_an_act_told_in_the_records_words_has_its_per_cent(said: str, verdict: str) -> None:
    text = f"In August Nvidia and AMD agreed to pay Washington {said} of their China sales."
    (one,) = check(text, "2026-02-01")
    assert (one.verdict, events(one)) == (verdict, ["2025-08-11-us-15pct-revenue-share"])
    assert ("article: 20%; record: 15%" in remarks(one)) == (verdict == "conflicts")


@pytest.mark.parametrize(("day", "verdict"), [("29", "conflicts"), ("30", "agrees")])
def test_a_summit_in_a_city_on_a_day_near_its_own(day: str, verdict: str) -> None:
    (one,) = check(f"The Busan summit took place on October {day}, 2025.", None)
    assert (one.verdict, events(one)) == (verdict, ["2025-10-30-busan-trump-xi-summit"])


@pytest.mark.parametrize(("day", "verdict"), [("31", "conflicts"), ("30", "agrees")])
def test_who_met_in_a_city_on_a_day_near_its_own(day: str, verdict: str) -> None:
    """No word for a summit stands there, but both names and the city."""
    for text in (
        f"Trump and Xi met in Busan on October {day}.",
        f"特朗普与习近平10月{day}日在釜山会晤。",
    ):
        (one,) = check(text, "2025-11-12")
        assert (one.verdict, events(one)) == (verdict, ["2025-10-30-busan-trump-xi-summit"])


def test_licences_are_for_what_the_sentence_before_names() -> None:
    found = check(
        "2025年4月，美国要求英伟达H20对华出口须获许可。7月14日，英伟达称美国政府已保证将发放许可证。",
        "2025-08-01",
    )
    assert events(found[1]) == ["2025-07-14-h20-mi308-licences-promised"]


@pytest.mark.parametrize(
    "text",
    [
        "Huang said Nvidia's share in China went from 95% to zero.",
        "黄仁勋表示，英伟达在中国的市场份额从95%降至零。",
    ],
)
def test_a_known_remark_is_found_without_a_day(text: str) -> None:
    (one,) = check(text, "2025-11-01")
    assert (one.verdict, events(one)) == ("agrees", ["2025-10-06-huang-market-share-zero"])


def test_the_house_that_is_named_is_the_first_witness_in_both_scripts() -> None:
    for text in (
        "TrendForce预计2025年国产芯片在中国AI服务器市场的份额将达到四成。",
        "TrendForce expects domestic chips to reach 40% of China's AI server market in 2025.",
    ):
        (figure,) = [f for f in check(text, "2025-12-01")[0].findings if f.beside]
        assert figure.beside is not None
        assert figure.beside.agrees[0].publisher == "TrendForce"


def test_accelerator_cards_are_read_in_both_scripts() -> None:
    for text in (
        "IDC says Nvidia had 55% of accelerator cards in China in 2025.",
        "IDC称，2025年英伟达占中国加速卡的55%。",
    ):
        assert check(text)[0].verdict == "agrees"


def test_a_figure_published_after_the_article_is_said_to_be() -> None:
    text = "IDC says Nvidia had 55% of accelerator cards in China in 2025."
    (early,), (late,) = check(text, "2026-02-01"), check(text, "2026-06-01")
    assert (early.verdict, remarks(early)) == ("agrees", "published later, 2026-04-01")
    assert (late.verdict, remarks(late)) == ("agrees", "")


@pytest.mark.parametrize(("day", "verdict"), [("10", "agrees"), ("22", "conflicts")])
def test_a_day_that_opens_the_sentence_is_that_of_the_pause(day: str, verdict: str) -> None:
    for text in (
        f"On {day} November 2025, BIS suspended the 50% affiliates rule for one year.",
        f"2025年11月{day}日，美国暂停穿透规则一年。",
        f"2025年11月{day}日，美国宣布穿透规则暂停一年。",
    ):
        (one,) = check(text)
        assert (one.verdict, events(one)) == (verdict, [PAUSE]), text
    (one,) = check(f"2025年11月{day}日，美国暂停穿透规则两年。")
    assert "article: suspended for 两年" in remarks(one)
    (one,) = check(f"2025年11月{day}日，美国暂停穿透规则至2026年11月。")
    assert "suspended for" not in remarks(one)


# ---- what an end is, and who says so --------------------------------------------------------


@pytest.mark.parametrize(
    ("end", "verdict"), [("2026年11月27日", "agrees"), ("2027年11月27日", "conflicts")]
)
def test_the_end_of_a_pause_gives_its_day_no_year(end: str, verdict: str) -> None:
    """On 9 November is a day of the article's own year, whatever November the pause runs to."""
    text = f"商务部11月9日发布公告2025年第72号，暂停对美镓、锗、锑出口禁令至{end}。"
    (one,) = check(text, "2025-11-09")
    assert one.verdict == verdict
    assert events(one) == ["2025-11-09-cn-suspends-ga-ge-sb-ban"]
    assert ("record: 2026-11-27" in remarks(one)) == (verdict == "conflicts")


def test_a_month_soon_to_come_still_gives_its_year() -> None:
    text = "The rule takes effect in January 2026, and comments close on January 15."
    years = years_named([text], date(2025, 12, 20))
    assert years[1] == 2026


@pytest.mark.parametrize(
    ("text", "as_fact"),
    [
        ("Nvidia在华份额从95%降至零。", True),
        ("黄仁勋称Nvidia在华份额从95%降至零。", False),
        ("Nvidia's share in China fell from 95% to zero.", True),
        ("Huang said that Nvidia's share of China fell from 95% to zero.", False),
    ],
)
def test_what_the_record_has_as_words_is_no_fact(text: str, as_fact: bool) -> None:
    (one,) = check(text, "2025-11-09")
    assert events(one) == ["2025-10-06-huang-market-share-zero"]
    assert (ONLY_SAID in remarks(one)) == as_fact
