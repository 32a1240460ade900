"""Languages that no rule reads are told as such; English and Chinese never are.

All texts are made up.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.core.conftest import Reader
from tracker.core.examples import entry, lexicon
from tracker.core.recognise import recognise
from tracker.core.text import language, language_of_item
from tracker.core.tongues import foreign

FOREIGN = {
    "Nvidia darf H20-Chips wieder nach China liefern": "German",
    "KI-Brille im Test: Meta Ray-Ban zeigt Text beim Gehen, der Akku ist schwach": "German",
    "Les États-Unis durcissent les contrôles sur les puces avec une nouvelle règle": "French",
    "Estados Unidos prohíbe la venta de chips de Nvidia a China por una nueva norma": "Spanish",
    "Os EUA não permitem mais a venda de chips para a China": "Portuguese",
    "Gli Stati Uniti vietano alla Cina i chip della Nvidia": "Italian",
    "ASML mag geen machines naar China uitvoeren": "Dutch",
    "China verhängt Exportkontrollen für Gallium": "German",
    "Les États-Unis interdisent l'exportation de puces vers la Chine": "French",
    "Nvidia suspend la production de puces H20": "French or Spanish",
    "EE.UU. prohíbe la exportación de chips a China": "Spanish",
    "Gli Usa vietano l'export di chip verso la Cina": "Italian",
    "China legt exportbeperkingen op voor gallium": "Dutch",
    "ABD, Çin'e çip ihracatını yasakladı": "Turkish",
    "Mỹ cấm xuất khẩu chip sang Trung Quốc": "Vietnamese",
    "米、半導体輸出規制を強化": "Japanese",
    "米商務省、華為を制裁対象に追加": "Japanese",
    "アメリカ、エヌビディアのH20の対中輸出を許可": "Japanese",
    "米国が中国企業をエンティティ・リストに追加": "Japanese",
    "미국, 엔비디아 H20 대중 수출 허가": "Korean",
    "США разрешили Nvidia продавать H20 в Китай": "Cyrillic letters",
    "أمريكا تسمح لشركة Nvidia بتصدير الرقائق إلى الصين": "Arabic letters",
}
READ = {
    "Nvidia H20": "en",
    "Von der Leyen: EU de-risking, no decoupling": "en",
    "Trump-Xi: chips, soybeans, rare earths": "en",
    "MIT, ETH und TSMC": "en",
    "Bundestag ratifies chip act; Die Zeit reports": "en",
    "Rio de Janeiro hosts BRICS chip talks": "en",
    "Las Vegas: Huang touts Blackwell at CES": "en",
    "São Paulo and Türkiye: protégé of Müller on a de minimis regime": "en",
    "China's communiqué: coup d'état, raison d'être, café": "en",
    "Los Angeles port, las vegas, la land, de facto ban, en route": "en",
    "輝達(NVIDIA) H20 晶片獲准銷往中國": "zh-Hant",
    "优の良品被列入实体清单": "zh-Hans",
    "Nvidia、AMD、Intel:H20、MI308对华出口": "zh-Hans",
    "三星(삼성)获美国许可": "zh-Hans",
}


@pytest.mark.parametrize(("text", "name"), FOREIGN.items())
def test_a_language_that_is_not_read_is_told(text: str, name: str) -> None:
    told = foreign(text)
    assert told is not None
    assert told.name == name
    assert all(word in text for word in told.shown_by)
    assert (language(text, "en"), language_of_item(text, "en")) == ("other", "other")


@pytest.mark.parametrize(("text", "lang"), READ.items())
def test_english_and_chinese_are_never_taken_for_another(text: str, lang: str) -> None:
    assert (foreign(text), language(text)) == (None, lang)


def test_what_is_not_read_is_no_event_and_says_why(read: Reader) -> None:
    one = read("Nvidia darf H20-Chips wieder nach China liefern", "Die USA erteilen eine Lizenz.")
    assert (one.relevant, one.lang) == (False, "other")
    assert one.reasons[-1].name in ("language", "date")
    why = next(reason.why for reason in one.reasons if reason.name == "language")
    assert why.startswith("German ('darf'")


def test_names_alone_make_no_event_of_a_language_that_is_not_read() -> None:
    text = "US: Huawei steht auf der Entity List und darf nicht kaufen"
    assert not recognise(replace(entry(text), lang="en"), lexicon())[0].relevant
