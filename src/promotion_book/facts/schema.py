"""The tables that a place must have: columns, types, allowed values, keys. What a place may add stands in its
`datapackage.json`, which repeats this schema for others to read and is compared with it.

Foreign keys lead to the key of another table. What was added to the
tables in a later version is named in `LATER`: a package that does not declare it is read as before.
"""

from __future__ import annotations

from collections.abc import Mapping

from promotion_book.facts.columns import (
    ADDRESS,
    ID,
    NAME,
    PROSE,
    SHORT,
    TITLE,
    TableSchema,
    choice,
    day,
    number,
    required_id,
    required_text,
    required_texts,
    text,
    texts,
    whole,
)

ROW = "[a-z][a-z0-9_.-]*"
PROFILE = r"(0|[1-9][0-9]*)(\.[0-9]+)?(;(0|[1-9][0-9]*)(\.[0-9]+)?)*"
TARGET_KINDS = ["level", "cumulative", "flow", "growth", "share", "milestone"]
RULES = "support_rules"  # the programme whose figures are limits by law
INDICATOR_KINDS = [*TARGET_KINDS, "ratio"]
FUNDS = ["support", "national", "local", "own"]  # support: the national and the local programme together
LEVELS = ["country", "region", "province", "district", "commune", "village"]
CHECKED = ["confirmed", "contradicted", "not_found", "ambiguous", "wrong", "not_rechecked"]


_PERIOD = (required_text("period"), day("period_start", required=True), day("period_end"))
_FIGURE = (number("value"), number("low"), number("high"), required_text("unit"))
_CONFIRMED = (text("confirmed_by", NAME), text("confirmed_why", PROSE))
_FACT = text("fact_id", SHORT * 2, pattern=ROW, unique=True)
_OF = {"indicator_id": "indicators", "area": "areas", "scope": "scopes", "unit": "units", "source_id": "sources"}

_TABLES = (
    TableSchema(
        "programmes",
        (
            required_id("programme_id"),
            required_id("chapter"),
            choice("role", "programme", "context", "rules"),
            whole("position", 1, required=None),
            text("leading_indicator"),
            *required_texts("name", NAME),
            *required_texts("lead", NAME),
            required_text("basis", PROSE),
            *required_texts("description", PROSE),
        ),
        key=("programme_id",),
        foreign={"leading_indicator": "indicators"},
    ),
    TableSchema(
        "units",
        (
            required_id("unit_id"),
            *required_texts("name", NAME),
            text("one_en", NAME),
            *texts("symbol", SHORT),
            choice("dimension", "count", "money", "percent", "index", "rate"),
        ),
        key=("unit_id",),
    ),
    TableSchema(
        "areas",
        (
            required_id("area_id"),
            *required_texts("name", NAME),
            text("parent"),
            choice("level", *LEVELS, required=None),
            day("valid_from"),
            day("valid_to"),
            text("predecessor"),
            text("successor"),
        ),
        key=("area_id",),
        foreign=dict.fromkeys(("parent", "predecessor", "successor"), "areas"),
    ),
    TableSchema("scopes", (required_id("scope_id"), *required_texts("name", NAME)), key=("scope_id",)),
    TableSchema(
        "indicators",
        (
            required_id("indicator_id"),
            required_text("programme_id"),
            *required_texts("name", NAME),
            *required_texts("definition", PROSE),
            required_text("unit"),
            choice("kind", *INDICATOR_KINDS),
            choice("measured", "at", "during", "event"),
            choice("direction", "increase", "decrease", "maintain", "none"),
            number("limit_low"),
            number("limit_high"),
            whole("decimals", 0, 6),
            text("part_of"),
            text("breakdown", SHORT, pattern=ID),
            text("derivation", pattern=f"(total|last|change|growth):{ID}:[0-9]+|(ratio|sum):{ID}:{ID}"),
            choice("series", "yes", "no"),
            choice("expected_every", "year", "half", "quarter", "month", required=None),
            whole("expected_months", 0, 24, required=None),
            *texts("expected_from", NAME),
        ),
        key=("indicator_id",),
        foreign={"programme_id": "programmes", "unit": "units"},
    ),
    TableSchema(
        "funds",
        (required_text("indicator_id"), choice("fund", *FUNDS), required_text("pays_for")),
        key=("indicator_id", "pays_for"),
        foreign={"indicator_id": "indicators", "pays_for": "indicators"},
    ),
    TableSchema(
        "sources",
        (
            required_text("source_id", pattern="[a-z][a-z0-9]*_[0-9]{3}"),
            required_text("title", TITLE),
            text("publisher", NAME),
            *texts("publisher_name", NAME),
            choice("type", "legal_act", "official_statistics", "statistics_copy", "agency_report", "press"),
            day("published_on", required=True),
            choice("precision", "day", "month", "year", "assumed"),
            text("address", ADDRESS),
            *texts("note", PROSE),
            *_CONFIRMED,
        ),
        key=("source_id",),
    ),
    TableSchema(
        "observations",
        (
            required_text("observation_id", NAME, pattern=ROW),
            required_text("indicator_id"),
            required_text("area"),
            text("scope"),
            *_PERIOD,
            *_FIGURE,
            choice("status", "actual", "to_date", "estimate", "provisional", "plan"),
            required_text("source_id"),
            day("known_on"),
            choice("checked", *CHECKED),
            *_CONFIRMED,
            *texts("note", PROSE),
            _FACT,
        ),
        key=("observation_id",),
        foreign=_OF,
    ),
    TableSchema(
        "targets",
        (
            required_text("target_id", NAME, pattern=ROW),
            required_text("indicator_id"),
            required_text("area"),
            text("scope"),
            *_PERIOD,
            *_FIGURE,
            choice("kind", *TARGET_KINDS),
            choice("reading", "at_least", "at_most", "maintain", "stay_within", "at_least_low_stretch_high"),
            choice("path", "linear", "geometric", "profile", "per_period", "ceiling", "band"),
            whole("base_year", 1900, 2100, required=None),
            number("base_value"),
            choice("base_status", "observed", "shifted", "implied", "none", required=None),
            number("tolerance"),
            text("profile", TITLE, pattern=PROFILE),
            text("superseded_by"),
            required_text("source_id"),
            day("known_on"),
            choice("checked", *CHECKED),
            day("plan_start"),
            text("same_as"),
            *_CONFIRMED,
            *texts("note", PROSE),
            _FACT,
        ),
        key=("target_id",),
        foreign=_OF,
    ),
    TableSchema(
        "readings",
        (*map(required_text, ("target_id", "indicator_id")), number("base_value"), *required_texts("counts", PROSE)),
        key=("target_id", "indicator_id"),
        foreign={"target_id": "targets", "indicator_id": "indicators"},
    ),
    TableSchema(
        "legal_acts",
        (
            required_id("act_id"),
            text("number", NAME),
            text("signed", SHORT),
            *required_texts("issuer", NAME),
            *required_texts("title", TITLE),
            required_text("programmes", TITLE),
            text("replaced_by"),
            required_text("source_id"),
        ),
        key=("act_id",),
        foreign={"replaced_by": "legal_acts", "source_id": "sources"},
    ),
    TableSchema(
        "measures",
        (
            required_id("measure_id"),
            required_text("programme_id"),
            *required_texts("measure", TITLE),
            required_text("period"),
            required_text("source_id"),
            *texts("evidence", TITLE),
            text("evidence_source_id"),
        ),
        key=("measure_id",),
        foreign={"programme_id": "programmes", "source_id": "sources", "evidence_source_id": "sources"},
    ),
    TableSchema(
        "searches",
        (required_text("programme_id"), text("indicator_id"), text("period"), *required_texts("searched", PROSE)),
        key=("programme_id", "indicator_id", "period"),
        foreign={"programme_id": "programmes", "indicator_id": "indicators"},
    ),
    TableSchema(
        "scenarios",
        (
            required_id("scenario"),
            *required_texts("name", NAME),
            required_text("indicator_id"),
            whole("position", 1),
            required_text("kind"),
            required_text("parameters", TITLE),
            whole("since", 1990, 2100, required=None),
            number("start"),
            whole("until", 1990, 2100),
            text("source_id"),
            *texts("author", NAME),
            *required_texts("reason", PROSE),
        ),
        key=("scenario", "indicator_id", "position"),
        foreign={"indicator_id": "indicators", "source_id": "sources"},
    ),
    TableSchema(
        "corrections",
        (
            choice("table", "observations", "targets"),
            required_text("row_id"),
            required_text("column"),
            required_text("printed", PROSE),
            text("used", PROSE),
            *required_texts("reason", PROSE),
        ),
        key=("table", "row_id", "column"),
    ),
    TableSchema(
        "conflict_notes",
        (
            required_text("indicator_id"),
            required_text("area"),
            required_text("period"),
            choice("nature", "unresolved", "revision", "scope", "rounding", "plan"),
            *required_texts("note", PROSE),
        ),
        key=("indicator_id", "area", "period"),
        foreign={"indicator_id": "indicators", "area": "areas"},
    ),
    TableSchema(
        "release_calendar",
        (
            required_text("period"),
            day("cut_off", required=True),
            day("announced_on", required=True),
            day("release_on", required=True),
            *texts("note", PROSE),
        ),
        key=("period",),
    ),
    TableSchema(
        "left_out", (required_text("fact_id", SHORT * 2, pattern=ROW), required_text("reason", PROSE)), key=("fact_id",)
    ),
    TableSchema(
        "forecast_vintages",
        (
            required_text("period"),
            day("cut_off", required=True),
            required_text("indicator_id"),
            choice("method", "projected", "combined", "naive", "drift"),
            whole("origin_year", 1900, 2100),
            whole("target_year", 1900, 2100),
            whole("years_ahead", 1, 6),
            number("value", required=True),
            *(number(name) for name in ("low80", "high80", "low95", "high95")),
            whole("version", 1),
        ),
        key=("period", "indicator_id", "method", "target_year", "version"),
        foreign={"indicator_id": "indicators"},
    ),
)
TABLES: Mapping[str, TableSchema] = {table.name: table for table in _TABLES}

EXPECTED = ("expected_every", "expected_months", "expected_from_en", "expected_from_vi")
LATER: Mapping[str, Mapping[str, str]] = {
    "programmes": {"role": "programme", "position": "", "leading_indicator": ""},
    "units": {"one_en": ""},
    "areas": dict.fromkeys(("parent", "level", "valid_from", "valid_to", "predecessor", "successor"), ""),
    "indicators": dict.fromkeys(("breakdown", *EXPECTED), ""),
    "sources": dict.fromkeys(("publisher_name_en", "publisher_name_vi", "confirmed_by", "confirmed_why"), ""),
    "observations": dict.fromkeys(("confirmed_by", "confirmed_why"), ""),
    "targets": dict.fromkeys(("plan_start", "same_as", "confirmed_by", "confirmed_why"), ""),
    **{
        name: dict.fromkeys(TABLES[name].names, "")
        for name in ("funds", "readings", "legal_acts", "measures", "searches")
    },
}
"""By table the columns that packages of earlier versions do not have, each with what is read where it is not declared."""
