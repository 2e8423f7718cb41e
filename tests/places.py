"""A small made-up place: a data package with the indicators of Hanoi and a handful of figures of its own."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from promotion_book.facts import Known
from promotion_book.facts.descriptor_check import check_descriptor
from promotion_book.facts.findings import Finding, refusing
from promotion_book.facts.package import read
from promotion_book.facts.reader import load
from promotion_book.running.data_package import data_files

NAME = "lang_moi"
HANOI = Path(__file__).parent.parent / "data" / "hanoi"
KEPT = ("programmes", "units", "areas", "indicators", "scopes")
USUAL = {"area": "hanoi", "checked": "confirmed", "status": "actual", "reading": "at_least", "path": "linear"}
Row = Mapping[str, object]


def source(name: str, published: str) -> Row:
    """An article of the local paper."""
    paper = {"title": f"Article {name}", "publisher": "Lang Moi Paper", "type": "press"}
    return {"source_id": name, "published_on": published, "precision": "day", **paper}


def figure(indicator: str, year: int, value: float, unit: str, source_id: str, **rest: object) -> Row:
    """What a source says of a year."""
    days = {"period_start": f"{year}-01-01", "period_end": f"{year}-12-31"}
    name = f"{indicator}-{year}-{source_id}"
    said = {"indicator_id": indicator, "period": year, "value": value, "unit": unit, "source_id": source_id}
    return {"observation_id": name, "target_id": name, **USUAL, **days, **said, **rest}


def calendar(period: str, cut_off: str, release_on: str = "2026-06-01", announced_on: str = "2026-04-01") -> Row:
    """A row of the release calendar."""
    return {"period": period, "cut_off": cut_off, "announced_on": announced_on, "release_on": release_on}


TABLES: dict[str, list[Row]] = {
    "sources": [
        source("src_001", "2023-02-01"),
        source("src_002", "2024-02-01"),
        source("src_003", "2025-02-01"),
    ],
    "observations": [
        figure("handicraft_exports", 2022, 4_000_000, "usd", "src_001"),
        figure("handicraft_exports", 2022, 4_400_000, "usd", "src_002"),
        figure("handicraft_exports", 2023, 5_000_000, "usd", "src_002"),
        figure("ocop_total", 2024, 12, "products", "src_003"),
    ],
    "targets": [figure("ocop_total", 2025, 10, "products", "src_001", kind="level")],
    "searches": [
        {"programme_id": programme, "searched_en": "Nothing was found.", "searched_vi": "Không tìm thấy."}
        for programme in ("handicraft", "ocop")
    ],
    "conflict_notes": [
        {"indicator_id": "handicraft_exports", "area": "hanoi", "period": 2022, "nature": "revision"}
        | {"note_en": "A later count.", "note_vi": "Số đếm sau."}
    ],
    "release_calendar": [
        calendar("2022", "2023-03-31") | {"note_en": "First release.", "note_vi": "Lần công bố đầu tiên."},
        calendar("2023", "2024-03-31"),
        calendar("2024", "2025-03-31"),
        calendar("2025", "2026-03-31", release_on="2027-01-15"),
    ],
}

# An indicator with two figures, the later one an estimate, and a target.
OCOP: dict[str, list[Row]] = {
    "sources": [source("src_001", "2023-02-01"), source("src_002", "2024-02-01")],
    "observations": [
        figure("ocop_total", 2021, 1000, "products", "src_001"),
        figure("ocop_total", 2022, 1500, "products", "src_002", status="estimate"),
    ],
    "targets": [figure("ocop_total", 2023, 1200, "products", "src_001", kind="level", low=1200)],
}
LONGER_OCOP = OCOP | {"observations": [figure("ocop_total", 2020, 800, "products", "src_001"), *OCOP["observations"]]}
LONGER_FINDING = "From 800 products in 2020 to 1,500 products in 2022 (estimate)."


@cache
def hanoi_files() -> Mapping[str, bytes]:
    """The package of Hanoi as it is published, of which every made-up place has a part."""
    return data_files(HANOI)


def put_place(data: Path, name: str = NAME, tables: Mapping[str, list[Row]] = TABLES) -> Path:
    """Write the package of a place into a data folder; tables that are not given are empty or those of Hanoi."""
    files = hanoi_files()
    descriptor = json.loads(files["datapackage.json"])
    descriptor |= {"name": name, "title": "A made-up place", "description": "For tests."}
    english = name.replace("_", " ").title()
    descriptor["place"] |= {"name_en": english, "name_vi": {"Lang Moi": "Làng Mới"}.get(english, english)}
    folder = data / name
    folder.mkdir(parents=True, exist_ok=True)
    for resource in descriptor["resources"]:
        if resource["name"] in KEPT:
            (folder / resource["path"]).write_bytes(files[resource["path"]])
        else:
            columns = [field["name"] for field in resource["schema"]["fields"]]
            put_table(folder / resource["path"], columns, tables.get(resource["name"], []))
    areas = list(csv.DictReader((folder / "areas.csv").read_text(encoding="utf-8").splitlines()))
    put_table(folder / "areas.csv", list(areas[0]), [row | {"valid_from": "", "predecessor": ""} for row in areas])
    (folder / "datapackage.json").write_text(json.dumps(descriptor, ensure_ascii=False, indent=1), encoding="utf-8")
    return folder


def put_known(folder: Path, **added: list[Row]) -> Known:
    """What a made-up place in a folder of data knows at the end of 2024: `TABLES`, with more rows in some."""
    put_place(folder, tables={name: [*rows, *added.get(name, [])] for name, rows in TABLES.items()})
    return Known(read(NAME), date(2025, 3, 31), date(2024, 12, 31))


def change_descriptor(place: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Let a function change what the descriptor of a place says."""
    path = place / "datapackage.json"
    said = json.loads(path.read_text(encoding="utf-8"))
    change(said)
    path.write_text(json.dumps(said, indent=1), encoding="utf-8")


def put_table(path: Path, columns: list[str], rows: list[Row]) -> None:
    """Write a table; what a row does not say is empty."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n", extrasaction="ignore", restval="")
        writer.writeheader()
        writer.writerows({key: str(value) for key, value in row.items()} for row in rows)


def read_findings(folder: Path) -> list[Finding]:
    """What is found on files and descriptor, before the figures are looked at."""
    loaded = load(folder)
    return refusing([*loaded.findings, *(check_descriptor(loaded.descriptor) if loaded.descriptor else [])])
