"""The form of an act: no quick look passes over the words that name it."""

from __future__ import annotations

import pytest

from tracker.core.particulars import instrument_of
from tracker.model import Kind


@pytest.mark.parametrize(
    ("kind", "form", "words"),
    [
        ("rule", "is-informed-letter", "an is-informed notice|letters sent|in a letter|来函|致函该企业"),
        ("rule", "executive-order", "signs an executive order|行政命令|行政令"),
        ("rule", "proclamation", "a proclamation|总统公告"),
        ("listing", "federal-register-rule", "a final rule|a proposed rule|proposes a new chip rule|federal register|最终规则"),
        ("listing", "mofcom-announcement", "第61号公告|公告2025年第61号|announcement no|商务部今日公告"),
        ("countermeasure", "summons", "summoned nvidia|约谈英伟达|传唤"),
        ("countermeasure", "customs-action", "the customs|海关"),
        ("rule", "guidance", "new guidance|an advisory|指南|指引"),
        ("talks", "joint-statement", "a joint statement|a fact sheet|联合声明"),
        ("enforcement", "court-filing", "the complaint|court papers|诉状"),
        ("enforcement", "settlement", "settled it|a settlement|to pay $3m|和解"),
        ("enforcement", "indictment", "was indicted|charged with|起诉|公诉|被控"),
        ("company", "company-filing", "a regulatory filing|an 8-k|a 10-q|公告称"),
        ("statement", "interview", "an interview|专访|访谈|受访"),
    ],
)  # fmt: skip
def test_every_form_is_read_by_each_of_its_words(kind: Kind, form: str, words: str) -> None:
    found = {one: instrument_of(one, kind, "other") for one in words.split("|")}
    assert found == dict.fromkeys(words.split("|"), form)
