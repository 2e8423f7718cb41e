"""The vocabulary: the units, programmes, indicators, funds and scopes that every place may use, in `data/vocabulary/`.

A place adds rows of its own in its folder and redefines none. Where its currency is another one (`place_settings`), the
money of the vocabulary is in that; where it lies in another country, what rests on the agencies and acts of Viet Nam is
left out (`OF_COUNTRY`). The tables of a place are read with the rows of the
vocabulary before its own (`with_vocabulary`), and published so (`join_vocabulary`): a published package needs no vocabulary.
Where the places lie without a vocabulary, each has all rows itself.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from promotion_book.facts.findings import Finding, quote
from promotion_book.facts.place_settings import COUNTRY, CURRENCY, country_of, currency_of
from promotion_book.facts.schema import EXPECTED, TABLES, TableSchema

VOCABULARY = "vocabulary"
COMMON = ("units", "programmes", "indicators", "funds", "scopes")
MONEY_IN = "indicators"  # the table that says in what money is counted
OF_COUNTRY = {"programmes": ("lead_en", "lead_vi", "description_en", "description_vi"), "indicators": EXPECTED}
"""By table the columns of the vocabulary that hold only in its country."""


def vocabulary_folder(place: Path) -> Path | None:
    """The folder of the vocabulary beside a place; None where there is none."""
    folder = place.parent / VOCABULARY
    return folder if folder.is_dir() else None


def with_vocabulary(
    own: pd.DataFrame, common: pd.DataFrame, *, table: TableSchema, content: Mapping[str, Any]
) -> tuple[pd.DataFrame, list[Finding]]:
    """The rows of the vocabulary and those of a place, and findings on rows of the place that redefine one.

    The lines of the vocabulary are counted below zero, so that `locate` tells them from those of the place.

    Args:
        content: what the descriptor of the place says.
    """
    key = table.key[0]
    twice = own[key].isin(common[key])
    action = "delete the row, or give it an id of its own"
    findings = [
        Finding(table.file, line, key, "redefined", quote(name), "ids that the vocabulary does not have", action)
        for name, line in zip(own.loc[twice, key], own.loc[twice, "line"], strict=True)
    ]
    shared = _shared(common.assign(line=-common["line"]), own, table=table.name, content=content)
    return pd.concat([shared, own[~twice]], ignore_index=True).astype({"line": int}), findings


def _shared(common: pd.DataFrame, own: pd.DataFrame, *, table: str, content: Mapping[str, Any]) -> pd.DataFrame:
    """The rows of the vocabulary as they hold for a place, with the columns of its own."""
    if table == MONEY_IN:
        common = common.assign(unit=[unit_in(unit, currency_of(content)) for unit in common["unit"]])
    return common.assign(**dict.fromkeys(left_out(table, content), "")).reindex(columns=own.columns, fill_value="")


def unit_in(unit: str, currency: str) -> str:
    """A unit of the vocabulary in another currency: vnd_person_year is kes_person_year."""
    return re.sub(rf"^{CURRENCY}(?=$|_)", currency, unit)


def left_out(table: str, content: Mapping[str, Any]) -> tuple[str, ...]:
    """The columns of a table of the vocabulary that are empty for a place, because they hold only in another country."""
    return () if country_of(content) == COUNTRY else OF_COUNTRY.get(table, ())


def locate(finding: Finding) -> Finding:
    """A finding on a row of the vocabulary, with its file and line there; others as they are."""
    if finding.row >= 0:
        return finding
    return replace(finding, file=f"../{VOCABULARY}/{finding.file}", row=-finding.row)


def line_told(line: int) -> str:
    """The number of a line, in words where it is one of the vocabulary."""
    return str(line) if line >= 0 else f"{-line} of the vocabulary"


def join_vocabulary(files: Mapping[str, bytes], place: Path, *, content: Mapping[str, Any]) -> dict[str, bytes]:
    """The files of a place by name, canonical, its tables with the rows of the vocabulary, as `with_vocabulary` reads them."""
    folder, result = vocabulary_folder(place), dict(files)
    for table in COMMON:
        name = TABLES[table].file
        if folder and name in files:
            own, common = _rows(files[name]), _rows((folder / name).read_bytes())
            rows = pd.concat([_shared(common, own, table=table, content=content), own])
            result[name] = rows.to_csv(index=False, lineterminator="\n").encode("utf-8")
    return result


def _rows(content: bytes) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False, encoding="utf-8-sig")
