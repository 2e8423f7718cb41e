"""Rows that break a rule of the table on single rows, and rows beside them that do not, by the rule."""

from __future__ import annotations

Cells = dict[str, str]
SOURCE = {"source_id": "src_001"}


def year(label: str | int, end: str | int = "", **cells: str) -> Cells:
    """A year, or years, with their days."""
    last = end or label
    return {
        "period": f"{label}-{end}" if end else f"{label}",
        "period_start": f"{label}-01-01",
        "period_end": f"{last}-12-31",
        **cells,
    }


def each(column: str, *cells: str, **more: str) -> list[Cells]:
    """A row for each of some cells of a column."""
    return [{column: cell, **more} for cell in cells]


def of(**cells: str) -> dict[str, list[Cells]]:
    """The indicator that the rows are of."""
    return {"indicators": [{"indicator_id": "jobs", **cells}]}


AREAS = {
    "areas": [
        {"area_id": "hanoi", "level": "province", "valid_from": "2008-08-01", "predecessor": "older"},
        {"area_id": "older", "level": "province", "valid_to": "2008-07-31", "successor": "hanoi"},
        {"area_id": "district", "parent": "hanoi", "level": "district", "valid_to": "2025-06-30"},
    ]
}
UNITS = {"units": [{"unit_id": name, "dimension": name} for name in ("count", "money", "percent", "index", "rate")]}
INDICATORS = {
    **UNITS,
    "indicators": [
        {"indicator_id": "whole", "unit": "count"},
        {"indicator_id": "money", "unit": "money"},
        {"indicator_id": "stock", "unit": "money", "kind": "level"},
    ],
}
PLAN = year(2021, 2023, kind="cumulative", path="profile")
PROGRAMMES = {"indicators": [{"indicator_id": "jobs", "programme_id": "work"}]}

Case = tuple[list[Cells], list[Cells], dict[str, list[Cells]]]  # rows that break a rule, rows that do not, other tables
CASES: dict[str, Case] = {
    "areas:parent:level": (
        [{"level": "district"}, {"level": "commune"}, {"level": "province", "parent": "district"}],
        [*each("level", "country", "region", "province"), {"level": "district", "parent": "hanoi"}],
        AREAS,
    ),
    "areas:parent:order": (
        [
            {"parent": "district", "valid_from": "2025-07-01"},
            {"parent": "hanoi", "valid_to": "2008-07-31"},
        ],
        [{"parent": "district", "valid_from": "2025-06-30"}, {"parent": "district"}, {"parent": "hanoi"}],
        AREAS,
    ),
    "areas:valid_to:order": (
        [
            {"valid_from": "2008-08-01", "valid_to": "2008-07-31"},
            {"valid_to": "2008-08-01", "successor": "hanoi"},
            {"valid_to": "", "successor": "hanoi"},
        ],
        [{"valid_from": "2008-08-01", "valid_to": "2008-08-01"}, {"valid_to": "2008-07-31", "successor": "hanoi"}],
        AREAS,
    ),
    "areas:valid_from:order": (
        each("valid_from", "2008-07-31", "2018-08-01", "", predecessor="older"),
        each("valid_from", "2008-08-01", predecessor="older"),
        AREAS,
    ),
    "observations:area:territory": (
        [year(2007), year(2026, area="district")],
        [year(2008), year(2024, area="district")],
        AREAS,
    ),
    "observations:area:ended": (
        [year(2025, area="district")],
        [year(2024, area="district"), year(2026, area="district")],
        AREAS,
    ),
    "observations:period:period": (each("period", "9999", "soon"), each("period", "2022", "2022-H1"), {}),
    "measures:period:period": (each("period", "soon"), each("period", "2020"), {}),
    "observations:period:label": (
        each("period", "2022-2022", "2022-12M", "2022-01-01/2022-12-31", "2022-6M", "2022-3M", "2022-1M")
        + each("period", "2022-04-01/2022-04-01", "2020-01-01/2021-12-31"),
        each("period", "2022", "2022-H2", "2022-Q4", "2022-07", "2022-9M", "2020-2022", "2022-02-28")
        + each("period", "2022-02-02/2022-03-01", "2022-02-01/..", "2022-02-01/2022-05-31"),
        {},
    ),
    "observations:low:one-end": (each("low", "1"), [{"low": "10"}, {"low": "1", "high": "10"}], {}),
    "observations:high:one-end": (each("high", "100"), [{"high": "10"}, {"low": "1", "high": "100"}], {}),
    "observations:known_on:known-after-source": (
        each("known_on", "2023-03-01"),
        [{"known_on": "2023-02-01"}, {"known_on": "2023-03-01", "source_id": "src_of_no_day"}],
        {"sources": [SOURCE, {"source_id": "src_of_no_day", "published_on": ""}]},
    ),
    "observations:period:future": (
        each("known_on", "2021-12-31"),
        [*each("known_on", "2022-01-01"), {"period": "2024-05-15/..", "period_start": "2024-05-15", "period_end": ""}],
        {"sources": [SOURCE]},
    ),
    "observations:status:future": (
        each("known_on", "2022-01-01", "2022-12-30"),
        each("known_on", "2021-12-31", "2022-12-31"),
        of(measured="during"),
    ),
    "observations:status:past": (
        [{"status": "to_date", "known_on": "2023-01-01"}],
        each("known_on", "2022-11-30", "2022-12-31", status="to_date"),
        {},
    ),
    **{
        f"observations:{column}:rate": (
            each(column, "0", "-23160", unit="rate"),
            [{column: "0.00004", "unit": "rate"}, {column: "0", "unit": "count"}],
            UNITS,
        )
        for column in ("value", "low", "high")
    },
    "sources:published_on:tomorrow": (each("published_on", "2026-11-29"), each("published_on", "2026-11-28"), {}),
    "release_calendar:announced_on:tomorrow": (
        each("announced_on", "2026-12-01"),
        each("announced_on", "2026-11-28"),
        {},
    ),
    "targets:known_on:tomorrow": (each("known_on", "2099-01-01"), each("known_on", ""), {}),
    "sources:published_on:address": (
        [
            {"address": "https://lang.vn/2020/11/a.htm", "published_on": "2020-10-31"},
            {"address": "https://lang.vn/2020-11-03-a.htm", "published_on": "2021-11-30"},
            {"address": "https://lang.vn/a-20201103.htm", "published_on": "2019-11-03"},
        ],
        [
            {"address": "https://lang.vn/2020/11/a.htm", "published_on": "2020-11-30"},
            {"address": "https://lang.vn/2020/03/a.htm", "published_on": "2020-12-31", "precision": "year"},
            {"address": "https://lang.vn/2020/11/a.htm", "published_on": ""},
            {"address": "https://lang.vn/d-2020130044.htm", "published_on": "2019-01-01"},
            {"address": "", "published_on": "2019-01-01"},
        ],
        {},
    ),
    "sources:published_on:precision": (
        [{"precision": "year", "published_on": "2020-06-30"}, {"precision": "month", "published_on": "2020-02-28"}],
        [
            {"precision": "year", "published_on": "2020-12-31"},
            {"precision": "month", "published_on": "2020-02-29"},
            {"precision": "day", "published_on": "2020-02-28"},
        ],
        {},
    ),
    "indicators:limit_high:high-below-low": (
        each("limit_high", "5", "4", limit_low="5"),
        each("limit_high", "6", limit_low="5"),
        {},
    ),
    "indicators:derivation:form": (
        each("derivation", "total:jobs:0", "total:jobs:9999", "last:jobs:0", "last:jobs", "sum:jobs:2018")
        + each("derivation", "total:jobs:2018\n", "total:Jobs:2018"),
        each("derivation", "", "total:jobs:2018", "last:jobs:3", "change:jobs:2021", "growth:jobs:2021"),
        {},
    ),
    "indicators:derivation:ratio": (
        [{"kind": "ratio"}, {"derivation": "ratio:jobs:firms"}],
        [{"kind": "ratio", "derivation": "ratio:jobs:firms"}, {}],
        {},
    ),
    "indicators:measured:measured": (
        each("kind", "flow", "cumulative", measured="at"),
        [{"kind": "level", "measured": "at"}, {"kind": "flow", "measured": "event"}],
        {},
    ),
    "indicators:unit:unit": (
        [{"kind": "share", "unit": "count"}, {"kind": "growth", "unit": "money"}],
        [
            {"kind": "share", "unit": "percent"},
            {"kind": "growth", "unit": "index"},
            {"kind": "share", "unit": "nothing"},
        ],
        UNITS,
    ),
    "indicators:kind:unit": (
        each("kind", "level", unit="percent"),
        each("kind", "share", "growth", unit="percent"),
        UNITS,
    ),
    "indicators:limit_high:share": (
        [
            {"kind": "share", "unit": "percent", "limit_low": low, "limit_high": high}
            for low, high in (("0", "101"), ("-1", "100"), ("0", "10"))
        ],
        [{"kind": "share", "unit": "percent", "limit_low": "0", "limit_high": high} for high in ("100", "")],
        UNITS,
    ),
    "indicators:part_of:unit": (
        each("unit", "money", part_of="whole"),
        each("unit", "count", part_of="whole"),
        INDICATORS,
    ),
    "indicators:breakdown:breakdown": (
        each("breakdown", "trade"),
        each("breakdown", "trade", part_of="whole"),
        INDICATORS,
    ),
    "indicators:expected_months:expected": (
        [{"expected_every": "year"}, {"expected_months": "3"}],
        [{"expected_every": "year", "expected_months": "3"}, {}],
        {},
    ),
    "programmes:position:order": ([{"position": "1", "role": "rules"}], [{"position": "1"}, {"role": "rules"}], {}),
    "programmes:leading_indicator:led": (
        [{"programme_id": "trade", "leading_indicator": "jobs"}],
        each("leading_indicator", "jobs", "", programme_id="work"),
        PROGRAMMES,
    ),
    "funds:indicator_id:money": (each("indicator_id", "whole"), each("indicator_id", "money"), INDICATORS),
    "funds:indicator_id:kind": (each("indicator_id", "stock"), each("indicator_id", "money"), INDICATORS),
    "targets:reading:direction": (
        each("reading", "at_least", "at_least_low_stretch_high"),
        each("reading", "at_most", "stay_within"),
        of(direction="decrease"),
    ),
    "targets:low:range": (
        [{"reading": "stay_within", "low": "", "high": "20"}, {"reading": "at_least_low_stretch_high", "value": "10"}],
        [{"reading": "stay_within", "value": "", "low": "0", "high": "20"}],
        {},
    ),
    "targets:reading:range": (
        each("reading", "at_most", "maintain", value="", low="10", high="20"),
        [{"reading": "at_least", "value": "10", "low": "10"}],
        {},
    ),
    "targets:tolerance:range": (
        [*each("tolerance", "-1", "11", reading="maintain"), {"tolerance": "1", "reading": "at_least"}],
        each("tolerance", "0", "10", reading="maintain"),
        {},
    ),
    "targets:base_year:territory": (
        [{"base_year": "2007", "area": "hanoi"}],
        [
            {"base_year": "2008", "area": "hanoi"},
            {"base_year": "", "area": "hanoi"},
            {"base_year": "1990", "area": "older"},
        ],
        AREAS,
    ),
    "targets:base_year:base": (
        [{"base_year": "2022"}, {"base_value": "5"}],
        [{"base_year": "2021", "base_value": "5"}],
        {},
    ),
    "targets:base_year:years": (each("base_year", "2019", period="2050"), each("base_year", "2020", period="2050"), {}),
    **{
        f"targets:{column}:years": (
            each(column, "2019-01-01", period="2050"),
            each(column, "2020-01-01", period="2050"),
            {},
        )
        for column in ("plan_start", "known_on")
    },
    "targets:plan_start:plan-start": (each("plan_start", "2022-01-02"), each("plan_start", "2022-01-01", ""), {}),
    "targets:profile:profile": (
        [PLAN | row for row in each("profile", "1;2", "1;2;3;4", "1;2;three", "1;2;", "1;2;inf", "")]
        + [PLAN | {"path": "linear", "profile": "1;2;3"}],
        [
            PLAN | {"profile": "1;2;3"},
            PLAN | {"path": "linear"},
            year(2024, path="profile", profile="1;2;3", plan_start="2022-01-01"),
        ],
        {},
    ),
    "targets:kind:flow": (
        [year(2021, 2025, kind="level")],
        [year(2025, kind="level"), year(2021, 2025, kind="cumulative")],
        of(kind="flow"),
    ),
    "targets:path:rate": (
        [
            {"path": "geometric", "base_value": base, "value": value}
            for base, value in (("", "0"), ("0", "10"), ("-5", "10"))
        ],
        [
            {"path": "geometric", "base_value": base, "value": value}
            for base, value in (("", "10"), ("5", "10"), ("-5", "-10"))
        ]
        + [{"path": "linear", "base_value": "0", "value": "10"}],
        {},
    ),
    "targets:superseded_by:order": (
        [{"target_id": "t1", "superseded_by": "older"}],
        [{"target_id": "t1", "superseded_by": "same"}],
        {"targets": [{"target_id": "older", "known_on": "2020-01-01"}, {"target_id": "same"}], "sources": [SOURCE]},
    ),
    "readings:indicator_id:unit": (
        each("indicator_id", "firms", target_id="t1"),
        each("indicator_id", "people", target_id="t1"),
        {"targets": [{}], "indicators": [{"indicator_id": name, "unit": name} for name in ("firms", "people")]},
    ),
}
