"""English verbs whose words stand apart. All headlines here are made up."""

from __future__ import annotations

import pytest

from tracker.core.lexicon import Lexicon
from tracker.core.parted import parted
from tracker.core.text import fold
from tracker.core.verdict import verdict
from tracker.core.zones import zones

CASES = [
    ("US takes memory maker off Pentagon list", {"remove"}),
    ("Lawmakers drop chip amendment from defence bill", {"drop-bill"}),
    ("Senate leaves priority clause out of the NDAA", {"drop-bill"}),
    ("Washington cuts Huawei off from American chips", {"ban"}),
    ("Trump waves Nvidia's H20 through to China", {"grant"}),
    ("Commerce gives Samsung its nod for China tools", {"grant"}),
    ("US gives Korean chipmakers one-year reprieve", {"lift"}),
    ("Dutch put Nexperia order on hold", {"suspend"}),
    ("White House calls planned chip curbs off", {"withdraw-plan"}),
    ("US strips TSMC of its waiver", {"revoke"}),
    ("Hague brings servicing of tools under licence rules", {"impose"}),
    ("Malaysia makes AI chips subject to permits", {"require"}),
    ("Magnet makers need Beijing's written permission to export", {"require"}),
    ("Design houses no longer need Washington's approval for updates", set()),
    ("Smelters did not need Beijing's approval to ship", set()),
    ("TSMC gets annual U.S. licence for Nanjing", {"annual-licence"}),
    ("Nvidia restarts H20 production", {"resume-production"}),
    ("Suzuki halts Swift output over rare earths", {"halt-production"}),
    ("China slows export licence approvals", {"licence-stop"}),
    ("US adds 20 firms to Entity List", set()),
    ("Nvidia cuts jobs, moves out", set()),
]


@pytest.mark.parametrize(("title", "roles"), CASES)
def test_verbs_whose_words_stand_apart(title: str, roles: set[str]) -> None:
    assert parted(fold(title).text) == roles


def test_their_roles_reach_the_rules(lexicon: Lexicon) -> None:
    parts = zones(fold("US takes YMTC off Pentagon list of military companies"), fold(""), lexicon)
    told = verdict(parts, lexicon)
    assert (told.kind, told.direction) == ("listing", "ease")


@pytest.mark.parametrize("asks", ["asks", "presses", "wants"])
def test_what_beijing_asks_of_others_is_no_easing_of_its_own(lexicon: Lexicon, asks: str) -> None:
    told = verdict(
        zones(fold(f"China {asks} US to lift chip export curbs"), fold(""), lexicon), lexicon
    )
    assert told.direction != "ease"
    assert told.kind != "countermeasure"
