"""Two acts of one form, days apart, each told by two papers in words of their own: two events."""

from __future__ import annotations

import json
from collections import defaultdict
from itertools import combinations

import pytest

from benchmarks.record_ids import ROOT
from tracker.core.lexicon import Lexicon
from tracker.jobs.scan import scan
from tracker.record.lexicon import load_lexicon

ONE, OTHER = 0, 1
TWINS: dict[str, list[tuple[int, str, str, str]]] = {
    "licences of two buyers, days apart": [
        (ONE, "2026-11-20", "US clears Nvidia H200 sales to Alibaba",
         "Commerce has granted Nvidia a licence to sell H200 chips to Alibaba, people familiar said."),
        (OTHER, "2026-11-23", "US clears Nvidia H200 sales to ByteDance",
         "Commerce has granted Nvidia a licence to sell H200 chips to ByteDance, two people said."),
    ],
    "a chamber's bill and an agency's rule": [
        (ONE, "2026-11-19", "US House passes Remote Access Security Act 369-22",
         "The House voted to extend export controls to cloud computing used by Chinese firms."),
        (OTHER, "2026-11-18", "US proposes rule requiring cloud providers to check Chinese customers",
         "The Commerce Department proposed a rule on remote access to AI chips by Chinese firms."),
    ],
    "an agency's rule and a chamber's bill": [
        (ONE, "2026-11-24", "BIS proposes rule requiring location verification for AI chips",
         "The Bureau of Industry and Security proposed a rule to stop chips reaching China."),
        (OTHER, "2026-11-23", "Senate passes Chip Security Act",
         "The Senate passed the Chip Security Act, which requires location verification for chips."),
    ],
    "probes": [
        (ONE, "2026-09-14", "China opens antitrust probe into Nvidia",
         "The market regulator said on Monday it is investigating the chipmaker."),
        (ONE, "2026-09-15", "Beijing launches antitrust investigation of Nvidia",
         "China's market regulator announced the inquiry a day earlier."),
        (OTHER, "2026-09-16", "China opens antitrust probe into Qualcomm",
         "The market regulator said on Wednesday it is investigating the chipmaker."),
        (OTHER, "2026-09-17", "Qualcomm faces antitrust investigation in China",
         "China's market regulator announced the inquiry a day earlier."),
    ],
    "penalties": [
        (ONE, "2026-07-28", "US fines Cadence $140 million over exports to China",
         "The Commerce Department announced the settlement on Tuesday."),
        (ONE, "2026-07-29", "Cadence to pay $140 million for illegal exports to China",
         "The settlement with the Commerce Department came on Tuesday."),
        (OTHER, "2026-07-30", "US fines Seagate $300 million over exports to Huawei",
         "The Commerce Department announced the settlement on Thursday."),
        (OTHER, "2026-07-31", "Seagate to pay $300 million for illegal exports to Huawei",
         "The settlement with the Commerce Department came on Thursday."),
    ],
    "countries": [
        (ONE, "2026-03-10", "Japan tightens export controls on chipmaking tools",
         "The trade ministry published the new rules on Tuesday."),
        (ONE, "2026-03-10", "日本收紧半导体设备出口管制", "日本经济产业省3月10日公布新规。"),
        (OTHER, "2026-03-12", "Netherlands tightens export controls on chipmaking tools",
         "The government published the new rules on Thursday."),
        (OTHER, "2026-03-12", "荷兰收紧半导体设备出口管制", "荷兰政府3月12日公布新规。"),
    ],
    "lists": [
        (ONE, "2026-06-02", "US adds 12 Chinese firms to Entity List",
         "The Commerce Department listed the companies on Tuesday."),
        (ONE, "2026-06-03", "美国将12家中国企业列入实体清单", "美国商务部6月2日公布名单。"),
        (OTHER, "2026-06-16", "US adds 8 Chinese firms to Entity List",
         "The Commerce Department listed the companies on Tuesday."),
        (OTHER, "2026-06-17", "美国将8家中国企业列入实体清单", "美国商务部6月16日公布名单。"),
    ],
    "lists of two days": [
        (ONE, "2026-09-10", "US adds 12 Chinese chip firms to Entity List",
         "The Commerce Department on Thursday added 12 Chinese chip firms to its Entity List."),
        (ONE, "2026-09-10", "美国将12家中国芯片企业列入实体清单", "美国商务部9月10日公布名单。"),
        (OTHER, "2026-09-11", "US adds 29 Chinese drone firms to Entity List",
         "The Commerce Department on Friday added 29 Chinese drone firms to its Entity List."),
        (OTHER, "2026-09-11", "美国将29家中国无人机企业列入实体清单", "美国商务部9月11日公布名单。"),
    ],
    "targets": [
        (ONE, "2026-09-10", "China bans exports of gallium to the United States",
         "The commerce ministry on Thursday banned exports of gallium to the United States."),
        (ONE, "2026-09-10", "中国禁止对美出口镓", "商务部9月10日公告。"),
        (OTHER, "2026-09-10", "China bans exports of gallium to Japan",
         "The commerce ministry on Thursday banned exports of gallium to Japan."),
        (OTHER, "2026-09-10", "中国禁止对日本出口镓", "商务部9月10日公告。"),
    ],
    "a rule and its pause": [
        (ONE, "2026-09-10", "US issues rule on quantum computer exports to China", ""),
        (ONE, "2026-09-10", "美国发布量子计算机对华出口新规", ""),
        (OTHER, "2026-09-11", "US suspends rule on quantum computer exports to China", ""),
        (OTHER, "2026-09-11", "美国暂停量子计算机对华出口新规", ""),
    ],
    "bills": [
        (ONE, "2026-10-09", "Senate passes GAIN AI Act",
         "Senators approved the export bill on Friday."),
        (ONE, "2026-10-10", "US Senate approves GAIN AI Act on chip exports",
         "The vote on the export bill was on Friday."),
        (OTHER, "2026-10-10", "Senate passes Chip Security Act",
         "Senators approved the export bill on Saturday."),
        (OTHER, "2026-10-11", "US Senate approves Chip Security Act on chip exports",
         "The vote on the export bill was on Saturday."),
    ],
    "visits": [
        (ONE, "2026-04-17", "Jensen Huang arrives in Beijing",
         "The chief executive of Nvidia began his visit on Friday."),
        (ONE, "2026-04-18", "黄仁勋抵达北京", "英伟达首席执行官4月17日开始访问。"),
        (OTHER, "2026-04-19", "Lisa Su arrives in Beijing",
         "The chief executive of AMD began her visit on Sunday."),
        (OTHER, "2026-04-20", "苏姿丰抵达北京", "AMD首席执行官4月19日开始访问。"),
    ],
    "matters": [
        (ONE, "2026-08-10", "Beijing hits back with rare earth controls",
         "The commerce ministry announced it on Monday in answer to US curbs."),
        (ONE, "2026-08-11", "中国对稀土实施出口管制", "商务部8月10日公告。"),
        (OTHER, "2026-08-10", "Beijing hits back with unreliable entity list",
         "The commerce ministry announced it on Monday in answer to US curbs."),
        (OTHER, "2026-08-11", "中国将美企列入不可靠实体清单", "商务部8月10日公告。"),
    ],
    "metals": [
        (ONE, "2026-05-07", "China suspends export controls on rare earths",
         "The commerce ministry announced it on Thursday."),
        (ONE, "2026-05-08", "中国暂停稀土出口管制", "商务部5月7日公告。"),
        (OTHER, "2026-05-07", "China suspends export controls on gallium and germanium",
         "The commerce ministry announced it on Thursday."),
        (OTHER, "2026-05-08", "中国暂停镓锗出口管制", "商务部5月7日公告。"),
    ],
    "wares": [
        (ONE, "2026-05-07", "US restricts exports of chipmaking tools to China",
         "The Commerce Department announced it on Thursday."),
        (ONE, "2026-05-08", "美国限制对华出口芯片制造设备", "美国商务部5月7日宣布。"),
        (OTHER, "2026-05-07", "US restricts exports of chip design software to China",
         "The Commerce Department announced it on Thursday."),
        (OTHER, "2026-05-08", "美国限制对华出口芯片设计软件", "美国商务部5月7日宣布。"),
    ],
    "governments": [
        (ONE, "2026-03-10", "Japan restricts exports of chipmaking tools",
         "The trade ministry published the rule on Tuesday."),
        (ONE, "2026-03-11", "日本限制芯片设备出口", "日本经济产业省3月10日公布新规。"),
        (OTHER, "2026-03-10", "US restricts exports of chipmaking tools to China",
         "The Commerce Department published the rule on Tuesday."),
        (OTHER, "2026-03-11", "美国限制对华出口芯片制造设备", "美国商务部3月10日公布新规。"),
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon(ROOT / "db" / "lexicon")


@pytest.mark.parametrize("name", TWINS)
def test_they_are_two_events(name: str, lexicon: Lexicon) -> None:
    lines = [
        json.dumps({"id": f"{number}", "title": title, "summary": summary, "published": day,
                    "url": f"https://paper{number}.example/{name}"})
        for number, (_, day, title, summary) in enumerate(TWINS[name])
    ]  # fmt: skip
    events = defaultdict(set)
    for said, (act, *_) in zip(scan(lines, lexicon), TWINS[name], strict=True):
        assert said["relevant"], said["reasons"]
        events[act].add(said["event_id"])
    assert [len(ids) for ids in events.values()] == [1, 1], dict(events)
    assert events[ONE].isdisjoint(events[OTHER])


def test_a_busy_day(lexicon: Lexicon) -> None:
    """Fifty acts of one day, each told in English and the day after in Chinese.

    What is still taken for one: acts and their opposites (a licence asked for and granted), one
    ware of two waivers, two lists of one capital, talks and a call; no labelled pair tells those
    apart from one act told twice.
    """
    lines = (ROOT / "tests" / "data" / "busy_day.jsonl").read_text("utf-8").splitlines()
    acts = [json.loads(line)["act"] for line in lines]
    said = [one["event_id"] for one in scan(lines, lexicon)]
    found = [(acts[i] == acts[j], {acts[i], acts[j]}) for i, j in combinations(range(len(lines)), 2)
             if said[i] and said[i] == said[j]]  # fmt: skip
    assert sum(right for right, _ in found) == 49
    wrong = [both for right, both in found if not right]
    assert len(wrong) <= 42, wrong
