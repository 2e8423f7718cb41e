"""Rows that break a rule on single rows, and rows beside them that do not: of acts, measures, searches, editions and scenarios."""

from __future__ import annotations

from row_cases import PROGRAMMES, SOURCE, Case, each, of

ACTS = {
    "legal_acts": [
        {"act_id": "older", "signed": "2020-01"},
        {"act_id": "unknown"},
        {"act_id": "same", "signed": "2020-02"},
    ]
}
RANGES = {"low95": "1", "low80": "2", "value": "3", "high80": "8", "high95": "9"}
PAST = [{**SOURCE, "published_on": "2019-12-31"}]
TITLES = ("45/2012/NĐ-CP về khuyến công", "45/2012/NĐ-CP sửa đổi Nghị định số 1/2010/NĐ-CP", "liệu khuyến công")

RECORD_CASES: dict[str, Case] = {
    "legal_acts:signed:period": (
        each("signed", "2020-H1", "January 2020", "2020-13", "2018-2020"),
        each("signed", "2020-05-21", "2020-05", "2020", ""),
        {},
    ),
    "legal_acts:signed:order": (each("signed", "2020", **SOURCE), each("signed", "2019", **SOURCE), {"sources": PAST}),
    "legal_acts:replaced_by:order": (
        each("replaced_by", "older", signed="2020-02-10"),
        each("replaced_by", "same", "unknown", signed="2020-02-10"),
        ACTS,
    ),
    "legal_acts:title_vi:number": (
        [{"number": "45/2012/NĐ-CP", "title_vi": "Nghị định số 54/2012/NĐ-CP về khuyến công"}],
        [{"number": "45/2012/NĐ-CP", "title_vi": f"Nghị định số {title}"} for title in TITLES],
        {},
    ),
    "measures:evidence_source_id:evidence": (
        [{"evidence_en": "It was held."}, {"evidence_source_id": "src_001"}],
        [{}],
        {},
    ),
    "measures:evidence_source_id:order": (
        each("period", "2020", evidence_source_id="src_001"),
        each("period", "2019", evidence_source_id="src_001"),
        {"sources": PAST},
    ),
    "searches:period:outcome": (
        [{"indicator_id": "jobs"}, {"period": "2022"}],
        [{"indicator_id": "jobs", "period": "2022"}, {}],
        {},
    ),
    "searches:programme_id:outcome": (
        [{"indicator_id": "jobs", "programme_id": "fairs"}],
        [{"indicator_id": "jobs", "programme_id": "work"}, {"programme_id": "fairs"}],
        PROGRAMMES,
    ),
    "release_calendar:period:calendar": (
        each("period", "2024-01-01/..", "2021-2025", "2024-09-10"),
        each("period", "2024", "2024-H1"),
        {},
    ),
    "release_calendar:announced_on:calendar": (
        each("announced_on", "2026-07-01"),
        each("announced_on", "2026-05-01"),
        {},
    ),
    "release_calendar:release_on:calendar": (each("release_on", "2029-01-02"), each("release_on", "2029-01-01"), {}),
    "release_calendar:cut_off:calendar": (
        each("cut_off", "2026-01-01", "2024-12-30", period="2024"),
        each("cut_off", "2025-12-31", "2024-12-31", period="2024"),
        {},
    ),
    "forecast_vintages:value:range": (
        [RANGES | {"high95": "7"}, {"value": "3", "low95": "1", "high95": "2"}],
        [{}, RANGES, RANGES | {"low80": "", "high80": ""}],
        {},
    ),
    "forecast_vintages:low80:range": ([RANGES | {"low80": ""}], [{}, RANGES], {}),
    "forecast_vintages:low95:range": ([RANGES | {"high95": ""}], [{}, RANGES], {}),
    "forecast_vintages:value:outside-limits": (
        [*each("value", "-33", "1000"), RANGES | {"low95": "-1"}],
        [{}, RANGES],
        of(limit_low="0", limit_high="100"),
    ),
    "forecast_vintages:years_ahead:years": (each("years_ahead", "2"), each("years_ahead", "1"), {}),
    "forecast_vintages:origin_year:years": (each("origin_year", "2024"), each("origin_year", "2023"), {}),
    "scenarios:source_id:no-origin": ([{"source_id": ""}], [SOURCE, {"source_id": "", "author_en": "A. N."}], {}),
    "scenarios:source_id:two-origins": (
        [SOURCE | {"author_en": "A. N."}, SOURCE | {"author_vi": "A. N."}],
        [SOURCE, {"source_id": "", "author_en": "A. N."}],
        {},
    ),
    "scenarios:name_en:name": (
        [
            {"name_en": "By 9% a year", "parameters": "growth=0.05"},
            {"name_en": "5% or 9%", "parameters": "growth=0.05"},
        ],
        [
            {"name_en": "By 5.1% a year", "parameters": "growth=0.051"},
            {"name_en": "Down by 5% a year", "parameters": "growth=-0.05"},
            {"name_en": "40% by 2025", "parameters": "target=40; year=2025"},
            {"name_en": "As before", "parameters": ""},
        ],
        {},
    ),
    "scenarios:since:no-year": ([{"start": "5"}], [{"start": "5", "since": "2020"}, {"since": "2020"}], {}),
    "scenarios:until:end-before-start": (
        each("until", "2019", "2020", since="2020"),
        [{"since": "2020", "until": "2021"}, {"until": "1999"}],
        {},
    ),
    "scenarios:until:past": (
        each("until", "2018", **SOURCE),
        each("until", "2019", "", **SOURCE),
        {"sources": PAST},
    ),
}
