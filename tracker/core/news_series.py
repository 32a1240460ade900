"""Which series a news event bears on, by its items and actors (``docs/figures.md``, last table)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_NVIDIA: Final = (
    "cn-accel-domestic-units-share", "cn-nvda-units-share", "cn-aiserver-import-share",
    "cn-aiserver-local-share", "cn-gpu-self-sufficiency", "cn-ai-chip-local-sales-share",
    "cn-nvda-sales-share", "cn-nvda-share-claims", "nvda-cn-revenue", "nvda-cn-revenue-share",
    "nvda-cn-revenue-hq", "nvda-cn-chip-revenue", "cn-dc-domestic-share",
)  # fmt: skip
_AMD: Final = (
    "amd-mi308-revenue", "amd-cn-revenue-share", "cn-aiserver-import-share",
    "cn-local-vendor-units",
)  # fmt: skip
_HUAWEI: Final = (
    "huawei-ascend-units", "huawei-ai-chip-revenue", "cn-accel-domestic-units-share",
    "cn-aiserver-local-share", "cn-vendor-sales-share",
)  # fmt: skip
_VENDORS: Final = (
    "cn-local-vendor-units", "cn-vendor-sales-share", "cn-accel-domestic-units-share",
    "local-ai-chip-growth",
)  # fmt: skip
_QUOTAS: Final = (
    "cn-domestic-chip-target", "cn-accel-domestic-units-share", "cn-aiserver-local-share",
)  # fmt: skip

# Rows in the order of the table: the names of one row, and the series they bring.
_TABLE: Final[tuple[tuple[frozenset[str], tuple[str, ...]], ...]] = (
    (frozenset({"H20", "H200", "Nvidia", "Jensen Huang"}), _NVIDIA),
    (frozenset({"H20", "H200"}), ("nvda-cn-chip-units",)),
    (frozenset({"MI308", "AMD"}), _AMD),
    (frozenset({"Ascend", "Huawei"}), _HUAWEI),
    (
        frozenset({"Cambricon", "Hygon", "MetaX", "Moore Threads", "Kunlunxin", "T-Head"}),
        _VENDORS,
    ),
)


def series_for(names: Iterable[str], *, quota: bool = False) -> tuple[str, ...]:
    """The union of the table's rows that the items and actors of a news event touch.

    ``quota`` is set for domestic-chip quotas and procurement rules, which name no maker.

    >>> series_for(["AMD"])[:2]
    ('amd-mi308-revenue', 'amd-cn-revenue-share')
    >>> series_for(["Ascend 910C"]) == series_for(["Huawei"])
    True
    >>> series_for(["gallium"]), series_for([], quota=True)[0]
    ((), 'cn-domestic-chip-target')
    """
    found = {"Ascend" if name.startswith("Ascend ") else name for name in names}
    rows = [series for words, series in _TABLE if words & found]
    if quota:
        rows.append(_QUOTAS)
    return tuple(dict.fromkeys(name for row in rows for name in row))
