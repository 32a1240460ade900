"""How Chinese headlines put acts, on the mainland, in Hong Kong and in Taiwan. All are made up."""

from __future__ import annotations

import pytest

from tests.core.conftest import Reader

SAID = {
    "某晶片商營收大跌 長江存儲將美國國防部告上法院 要求除名": ("company", "neutral"),
    "寒武纪就列入中国军事企业清单起诉美国国防部": ("company", "neutral"),
    "经济部将三十家中国实体列入战略高科技货品出口实体管理名单": ("listing", "tighten"),
    "川習會落幕 中美休兵一年 稀土管制暫緩": ("talks", "ease"),
    "美国对H200开绿灯 英伟达获准对华出口": ("licence", "ease"),
    "美國打回票 輝達H200銷中許可遭拒": ("licence", "tighten"),
    "防堵漏洞 美擬管制中企海外子公司取得AI晶片": ("rule", "tighten"),
    "中微公司披露被移出美国军事企业清单 美国国防部已更新": ("listing", "ease"),
    "日本解除對韓光阻劑出口管制": ("rule", "ease"),
    "商务部暂停对十六家美国实体的管控措施一年": ("countermeasure", "ease"),
    "中国商务部暂停对高通、博通的反垄断调查": ("countermeasure", "ease"),
    "美延长三星、SK海力士在华工厂豁免": ("licence", "ease"),
}


@pytest.mark.parametrize("title", SAID)
def test_an_act_is_read_however_it_is_put(title: str, read: Reader) -> None:
    told = read(title)
    assert (told.kind, told.direction) == SAID[title]
