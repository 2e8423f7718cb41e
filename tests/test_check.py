"""Every finding is provoked by one broken cell or row, and is the only one that this provokes.

All broken rows of `BROKEN` stand in one small package, each beside none that it has to do with, and are looked for at once.
"""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

import pandas as pd
import pytest

from places import NAME, Row, calendar, figure, put_place, source
from promotion_book.facts import PackageError, read
from promotion_book.facts.check import check
from promotion_book.facts.findings import Finding
from promotion_book.running.data_package import data_files

pytestmark = pytest.mark.xdist_group("a package full of errors")

OBSERVATION = "kip_recognised-2022-src_001"


def exports(year: int, **cells: object) -> Row:
    return figure("handicraft_exports", year, 4_000_000, "usd", "src_003") | cells


def ocop(year: int, **cells: object) -> Row:
    return figure("ocop_total", year, 3, "products", "src_003", kind="level") | cells


def correction(year: int, column: str, printed: object, used: object) -> Row:
    """An entry for a cell of the exports of a year, which stand among the figures."""
    entry = {"table": "observations", "row_id": exports(year)["observation_id"], "column": column}
    return {**entry, "printed": printed, "used": used, "reason_en": "A slip.", "reason_vi": "Lỗi."}


NOTE = {"nature": "revision", "note_en": "A later count.", "note_vi": "Số đếm sau."}
COUNTS = {"counts_en": "graded since 2019", "counts_vi": "phân hạng từ năm 2019"}
BROKEN: dict[str, tuple[str, Row, str, str]] = {  # table, row, and the column and rule of its finding
    "a source that does not exist": ("observations", exports(2001, source_id="src_999"), "source_id", "dangling-key"),
    "a status that does not exist": ("observations", exports(2002, status="guess"), "status", "allowed-value"),
    "no status": ("observations", exports(2011, status=""), "status", "allowed-value"),
    "a unit that does not exist": ("observations", exports(2016, unit="usb"), "unit", "dangling-key"),
    "a value below its low": ("observations", exports(2003, low=4_100_000), "value", "value-below-low"),
    "a value above its high": ("observations", exports(2004, high=3_900_000), "high", "value-above-high"),
    "a value outside the limits": ("observations", exports(2005, value=-1), "value", "outside-limits"),
    "no figure": ("observations", exports(2006, value=""), "value", "no-figure"),
    "an end before the start": ("observations", exports(2007, period_end="2006-12-31"), "period_end", "end-before-start"),
    "days of another period": ("observations", exports(2008, period_start="2008-02-01"), "period_start", "period-days"),
    "a period that does not exist": ("observations", exports(2009, period="2009-Q7"), "period", "period"),
    "another unit": ("observations", exports(2010, unit="vnd"), "unit", "unit"),
    "a year to come": ("observations", exports(2026), "period", "future"),
    "complete before the end": ("observations", exports(2012, known_on="2012-12-01"), "status", "future"),
    "known after its page": ("observations", exports(2013, known_on="2025-02-02"), "known_on", "known-after-source"),
    "a part of a product": ("observations", ocop(2014, value="1.350"), "value", "decimals"),
    "a word as number": ("observations", exports(2015, value="four"), "value", "type"),
    "a base without a status": ("targets", ocop(2031, base_year=2030, base_value=1), "base_status", "base"),
    "a base year after the end": ("targets", ocop(2032, base_year=2033, base_value=1, base_status="implied"), "base_year", "base"),
    "a base of the last year": ("targets", ocop(2033, base_year=2033, base_value=1, base_status="implied"), "base_year", "base"),
    "a base of no year": ("targets", ocop(2038, base_value=1, base_status="implied"), "base_year", "base"),
    "a range turned round": ("targets", ocop(2034, value="", low=4, high=3, reading="at_least_low_stretch_high"), "high", "high-below-low"),
    "replaced by no target": ("targets", ocop(2035, superseded_by="none"), "superseded_by", "dangling-key"),
    "replaced by a target of another": ("targets", ocop(2036, superseded_by="handicraft_exports-2030-src_003"), "superseded_by", "dangling-key"),
    "a plan after its period": ("targets", ocop(2037, plan_start="2037-01-02"), "plan_start", "plan-start"),
    "tied to nothing": ("targets", ocop(2039, same_as="none"), "same_as", "dangling-key"),
    "one reading alone": ("readings", {"target_id": "ocop_total-2040-src_003", "indicator_id": "ocop_total"} | COUNTS, "target_id", "readings"),
    "an unknown type": ("sources", source("src_011", "2024-05-01") | {"type": "gossip"}, "type", "allowed-value"),
    "a note in one language": ("sources", source("src_012", "2024-05-02") | {"note_vi": "Bản sao."}, "note_en", "one-language"),
    "cut off before the end": ("release_calendar", calendar("2015", "2015-12-30"), "cut_off", "calendar"),
    "released before cut off": ("release_calendar", calendar("2016", "2017-03-31", "2017-03-01", "2016-01-01"), "release_on", "calendar"),
    "short notice for no reason": ("release_calendar", calendar("2017", "2018-03-31", "2026-04-02"), "note_en", "calendar"),
    "a corrected cell": ("corrections", correction(2017, "status", "actual", "guess"), "used", "allowed-value"),
    "a corrected key": ("corrections", correction(2018, "observation_id", "handicraft_exports-2018-src_003", "new"), "column", "stale"),
    "corrected already": ("corrections", correction(2019, "value", 1, 2), "printed", "stale"),
    "a correction that changes nothing": ("corrections", correction(2017, "unit", "usd", "usd"), "used", "stale"),
    "a note on no conflict": ("conflict_notes", {"indicator_id": "ocop_total", "area": "hanoi", "period": 2024, **NOTE}, "period", "stale"),
}  # fmt: skip
SOUND: dict[str, list[Row]] = {
    "sources": [source("src_003", "2025-02-01"), source("src_004", "2025-02-02")],
    "observations": [
        *map(exports, (2017, 2018, 2019, 2021)),
        exports(2022, known_on="2025-02-01"),
        exports(2021, observation_id="other", source_id="src_004", value=5_000_000),
    ],
    "targets": [exports(2030, kind="flow", path="per_period"), ocop(2040)],
    "release_calendar": [calendar("2018", "2019-03-31", "2019-03-31", "2019-03-03"), calendar("2024", "2025-03-31")],
}


@pytest.fixture(scope="module")
def findings(tmp_path_factory) -> dict[tuple[str, int], list[Finding]]:
    """All that is found, by file and line."""
    rows = defaultdict(list, {table: list(sound) for table, sound in SOUND.items()})
    for table, row, _, _ in BROKEN.values():
        rows[table].append(row)
    found = defaultdict(list)
    for finding in check(put_place(tmp_path_factory.mktemp("data"), tables=rows)):
        found[finding.file, finding.row].append(finding)
    return found


def line(name: str) -> tuple[str, int]:
    """File and line of a broken row."""
    table = BROKEN[name][0]
    return f"{table}.csv", 2 + len(SOUND.get(table, [])) + [n for n in BROKEN if BROKEN[n][0] == table].index(name)


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_with_a_row_is_one_finding_on_its_line(findings, name):
    _, _, column, rule = BROKEN[name]
    assert [(found.column, found.rule) for found in findings[line(name)]] == [(column, rule)]


@pytest.mark.parametrize(
    ("name", "allowed", "action"),
    [
        ("a status that does not exist", "actual, to_date, estimate, provisional, plan", ""),
        ("no status", "actual, to_date, estimate, provisional, plan", ""),
        ("a unit that does not exist", "", "add the row to units, or mend the key; did you mean usd?"),
        ("a part of a product", "", "write 1350 if this is a thousands point"),
    ],
)
def test_a_finding_says_which_words_are_allowed_and_what_may_be_meant(findings, name, allowed, action):
    (found,) = findings[line(name)]
    assert (allowed or found.allowed, found.action[: len(action)]) == (found.allowed, action)


def test_a_rule_that_a_cell_stops_is_named_and_the_others_are_asked(small_folder):
    def stopping(tables):
        raise ZeroDivisionError("a cell")

    small_folder.change("observations", "ocop_total-2024-src_003", value="many")
    found = check(small_folder.path, [stopping])
    assert [(f.file, f.rule) for f in found] == [("datapackage.json", "not-asked"), ("observations.csv", "type")]


def test_besides_only_the_conflict_without_a_note_is_found(findings):
    others = [one for where, found in findings.items() if where not in map(line, BROKEN) for one in found]
    assert [(one.file, one.row, one.rule) for one in others] == [("conflict_notes.csv", 0, "no-note")]


def test_the_data_of_hanoi_has_no_findings(folder):
    assert check(folder.path) == []


def test_the_package_validates_with_the_frictionless_command(folder):
    command = [str(Path(sys.executable).parent / "frictionless"), "validate", "datapackage.json", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder.path)
    assert (done.returncode, json.loads(done.stdout)["valid"]) == (0, True)


def test_a_finding_says_where_what_and_what_to_do():
    finding = Finding("a.csv", 3, "unit", "unit", "'people'", "'jobs'", "mend the unit")
    assert str(finding) == "a.csv:3:unit: unit: found 'people'; allowed 'jobs'; mend the unit"


def excel(text: bytes) -> bytes:
    """A table as Excel saves it where commas are decimal: with a mark, semicolons and Windows line ends."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(csv.reader(io.StringIO(text.decode("utf-8"))))
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def test_what_excel_saves_is_read_and_said(small_folder, monkeypatch):
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(small_folder.path.parent))
    before = read(NAME).tables["observations"]
    small_folder.bytes("observations.csv", excel)
    found = check(small_folder.path)
    assert [(f.rule, f.row, f.note) for f in found] == [
        ("byte-order-mark", 1, True), ("line-ending", 1, True), ("semicolons", 1, True)
    ]  # fmt: skip
    pd.testing.assert_frame_equal(read(NAME).tables["observations"], before)


def test_what_excel_saved_is_published_with_commas_and_line_feeds(folder):
    before = data_files(folder.path)
    for name in ("observations.csv", "units.csv"):
        folder.bytes(name, excel)
    folder.bytes("datapackage.json", lambda text: b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n"))
    assert data_files(folder.path) == before


def test_what_excel_makes_of_numbers_and_days_is_named(small_folder):
    first, second, *_ = small_folder.rows("observations")
    meant = {"value": ("28,4", "28.4"), "period_start": ("30/11/2020", "2020-11-30")}
    small_folder.change("observations", first["observation_id"], value="28,4")
    small_folder.change("observations", second["observation_id"], period_start="30/11/2020")
    small_folder.bytes("observations.csv", excel)
    found = {finding.column: finding for finding in check(small_folder.path) if finding.rule == "type"}
    assert {column: each.found for column, each in found.items()} == {
        column: repr(cell) for column, (cell, _) in meant.items()
    }
    assert all(f"write {meant[column][1]}:" in each.action for column, each in found.items())


def test_decomposed_vietnamese_an_unknown_whole_and_a_key_given_twice_are_found(small_folder):
    name = small_folder.change("areas", "hanoi", name_vi=unicodedata.normalize("NFD", "Hà Nội"))
    part = small_folder.change("indicators", "kip_food", part_of="kip_everything")
    units = small_folder.rows("units")
    small_folder.write("units", [*units, dict(units[0])])
    assert [(f.file, f.row, f.column, f.rule) for f in check(small_folder.path)] == [
        ("areas.csv", name, "name_vi", "decomposed-text"),
        ("indicators.csv", part, "part_of", "dangling-key"),
        ("units.csv", len(units) + 2, "unit_id", "duplicate-key"),
    ]


def test_the_book_refuses_a_cell_that_the_check_finds(folder):
    line = folder.change("observations", OBSERVATION, value="1,350")
    with pytest.raises(PackageError, match=f"observations.csv:{line}:value: type: found '1,350'"):
        read("hanoi")
