"""Which targets the method knows: kind, reading and path, and the kind of the indicator they are set for."""

from __future__ import annotations

_ON_A_WAY = ("linear", "geometric")
_LEVEL: dict[str, tuple[str, ...]] = {
    "at_least": _ON_A_WAY,
    "at_least_low_stretch_high": _ON_A_WAY,
    "at_most": _ON_A_WAY,
    "maintain": ("band",),
    "stay_within": ("band",),
}
_EACH_YEAR: dict[str, tuple[str, ...]] = {
    "at_least": ("per_period",),
    "at_least_low_stretch_high": ("per_period",),
    "at_most": ("per_period", "ceiling"),
    "maintain": ("per_period", "band"),
    "stay_within": ("per_period", "band"),
}
METHOD: dict[str, dict[str, tuple[str, ...]]] = {
    "level": _LEVEL,
    "share": _LEVEL,
    "cumulative": {
        "at_least": ("linear", "profile"),
        "at_least_low_stretch_high": ("linear", "profile"),
        "at_most": ("linear", "ceiling"),
    },
    "flow": _EACH_YEAR,
    "growth": _EACH_YEAR | {"at_most": ("per_period",)},
    "milestone": {"at_least": ("linear",)},
}
"""The paths that a target may take, by its kind and its reading."""
