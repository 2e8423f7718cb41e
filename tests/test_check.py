"""Every finding is provoked by one broken cell or file, and is the only one that this provokes."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import unicodedata
from pathlib import Path

import pandas as pd
import pytest

from promotion_book.facts import PackageError, read
from promotion_book.facts.check import check
from promotion_book.facts.findings import Finding
from promotion_book.running.data_package import data_files

OBSERVATION = "kip_recognised-2022-src_001"
TARGET = "rural_jobs-2021-2025-seed_000"


def rules(findings: list[Finding]) -> list[tuple[str, int, str, str]]:
    return [(f.file, f.row, f.column, f.rule) for f in findings]


def test_the_data_of_hanoi_has_no_findings(folder):
    assert check(folder.path) == []


def test_the_package_validates_with_the_frictionless_command():
    command = [str(Path(sys.executable).parent / "frictionless"), "validate", "data/hanoi/datapackage.json", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, json.loads(done.stdout)["valid"]) == (0, True)


def test_a_finding_says_where_what_and_what_to_do():
    finding = Finding("a.csv", 3, "unit", "unit", "'people'", "'jobs'", "mend the unit")
    assert str(finding) == "a.csv:3:unit: unit: found 'people'; allowed 'jobs'; mend the unit"


def test_broken_json_is_found_with_its_line(folder):
    folder.bytes("datapackage.json", lambda text: text.replace(b'"name":', b'"name"', 1))
    assert [(f.file, f.row > 0, f.rule) for f in check(folder.path)] == [("datapackage.json", True, "json")]


def test_a_descriptor_without_resources_is_found(folder):
    (folder.path / "datapackage.json").write_text("{}", encoding="utf-8")
    assert rules(check(folder.path)) == [("datapackage.json", 1, "", "json")]


def test_a_missing_file_is_found_and_the_others_are_still_examined(folder):
    (folder.path / "areas.csv").unlink()
    line = folder.change("sources", "src_001", type="gossip")
    assert rules(check(folder.path)) == [
        ("areas.csv", 0, "", "missing-file"),
        ("areas.csv", 0, "", "not-examined"),
        ("sources.csv", line, "type", "allowed-value"),
    ]


def test_a_wrong_encoding_is_found_with_its_line(folder):
    folder.bytes("sources.csv", lambda text: text.decode("utf-8").encode("utf-16"))
    found = [(f.file, f.row, f.rule) for f in check(folder.path)]
    assert found == [("sources.csv", 0, "not-examined"), ("sources.csv", 1, "encoding")]


def excel(text: bytes) -> bytes:
    """A table as Excel saves it where commas are decimal: with a mark, semicolons and Windows line ends."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(csv.reader(io.StringIO(text.decode("utf-8"))))
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def test_what_excel_saves_is_read_and_said(folder):
    before = read("hanoi").tables["observations"]
    folder.bytes("observations.csv", excel)
    found = check(folder.path)
    assert [(f.rule, f.row, f.note) for f in found] == [
        ("byte-order-mark", 1, True), ("line-ending", 1, True), ("semicolons", 1, True)
    ]  # fmt: skip
    pd.testing.assert_frame_equal(read("hanoi").tables["observations"], before)


def test_what_excel_saved_is_published_with_commas_and_line_feeds(folder):
    before = data_files(folder.path)
    for name in ("observations.csv", "units.csv"):
        folder.bytes(name, excel)
    folder.bytes("datapackage.json", lambda text: b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n"))
    assert data_files(folder.path) == before


@pytest.mark.parametrize(
    ("column", "cell", "meant"), [("value", "28,4", "28.4"), ("period_start", "30/11/2020", "2020-11-30")]
)
def test_what_excel_makes_of_numbers_and_days_is_named(folder, column, cell, meant):
    line = folder.change("observations", "kip_share_of_output-2018-seed_002", **{column: cell})
    folder.bytes("observations.csv", excel)
    (finding,) = [finding for finding in check(folder.path) if finding.rule == "type"]
    assert (finding.row, finding.column, finding.found) == (line, column, repr(cell))
    assert f"write {meant}:" in finding.action


def test_decomposed_vietnamese_is_found_with_its_cell(folder):
    line = folder.change("areas", "hanoi", name_vi=unicodedata.normalize("NFD", "Hà Nội"))
    assert rules(check(folder.path)) == [("areas.csv", line, "name_vi", "decomposed-text")]


def test_an_empty_file_is_found(folder):
    folder.bytes("left_out.csv", lambda text: b"")
    assert ("left_out.csv", 1, "", "empty") in rules(check(folder.path))


def test_a_duplicate_key_is_found(folder):
    rows = folder.rows("areas")
    folder.write("areas", [*rows, dict(rows[0])])
    assert rules(check(folder.path)) == [("areas.csv", len(rows) + 2, "area_id", "duplicate-key")]


def test_a_dangling_key_is_found(folder):
    line = folder.change("observations", OBSERVATION, source_id="src_999")
    assert rules(check(folder.path)) == [("observations.csv", line, "source_id", "dangling-key")]


def test_a_number_that_is_none_is_found(folder):
    line = folder.change("observations", OBSERVATION, value="thirty-three")
    found = rules(check(folder.path))
    assert ("observations.csv", line, "value", "type") in found


def test_a_status_that_does_not_exist_is_found_with_the_allowed_ones(folder):
    line = folder.change("observations", OBSERVATION, status="guess")
    (finding,) = check(folder.path)
    assert (finding.row, finding.column, finding.rule) == (line, "status", "allowed-value")
    assert "provisional" in finding.allowed


def test_a_row_with_too_many_cells_is_found(folder):
    folder.bytes("areas.csv", lambda text: text.replace(b"hanoi,Hanoi", b"hanoi,Hanoi,", 1))
    assert ("areas.csv", 2, "extra-cell") in [(f.file, f.row, f.rule) for f in check(folder.path)]


def test_columns_in_another_order_are_found(folder):
    rows = [{key: row[key] for key in reversed(row)} for row in folder.rows("areas")]
    folder.write("areas", rows)
    assert {f.rule for f in check(folder.path) if f.file == "areas.csv"} >= {"column-name"}


def test_a_value_below_its_low_is_found(folder):
    line = folder.change("observations", OBSERVATION, low="40")
    assert rules(check(folder.path)) == [("observations.csv", line, "value", "value-below-low")]


def test_a_value_above_its_high_is_found(folder):
    line = folder.change("observations", OBSERVATION, high="30")
    assert rules(check(folder.path)) == [("observations.csv", line, "high", "value-above-high")]


def test_a_range_turned_round_is_found(folder):
    line = folder.change("targets", "rural_jobs-2021-2025-src_029", low="70000", high="60000")
    assert ("targets.csv", line, "high", "high-below-low") in rules(check(folder.path))


def test_a_value_outside_the_limits_of_its_indicator_is_found(folder):
    line = folder.change("observations", "kip_share_of_output-2018-seed_002", value="132.5")
    assert rules(check(folder.path)) == [("observations.csv", line, "value", "outside-limits")]


def test_a_row_without_a_figure_is_found(folder):
    line = folder.change("observations", OBSERVATION, value="")
    assert rules(check(folder.path)) == [("observations.csv", line, "value", "no-figure")]


def test_an_end_before_its_start_is_found(folder):
    line = folder.change("observations", OBSERVATION, period_end="2021-12-31")
    assert rules(check(folder.path)) == [("observations.csv", line, "period_end", "end-before-start")]


def test_days_that_are_not_those_of_the_period_are_found(folder):
    line = folder.change("observations", OBSERVATION, period_start="2022-02-01")
    assert rules(check(folder.path)) == [("observations.csv", line, "period_start", "period-days")]


def test_a_unit_that_is_not_the_indicators_is_found(folder):
    line = folder.change("observations", OBSERVATION, unit="people")
    assert rules(check(folder.path)) == [("observations.csv", line, "unit", "unit")]


def test_a_period_that_does_not_exist_is_found(folder):
    line = folder.change("targets", "handicraft_exports-2025-seed_000", period="2025-Q7")
    assert rules(check(folder.path)) == [("targets.csv", line, "period", "period")]


def test_a_period_in_the_future_of_its_source_is_found(folder):
    line = folder.change("observations", OBSERVATION, period="2030", period_start="2030-01-01", period_end="2030-12-31")
    assert ("observations.csv", line, "period", "future") in rules(check(folder.path))


def test_a_flow_called_actual_before_its_period_ended_is_found(folder):
    line = folder.change("observations", "exports-2022-src_068", status="actual", known_on="2022-12-01")
    assert rules(check(folder.path)) == [("observations.csv", line, "status", "future")]


def test_a_figure_known_after_the_page_it_was_read_on_is_found(folder):
    line = folder.change("observations", OBSERVATION, known_on="2024-01-01")
    assert rules(check(folder.path)) == [("observations.csv", line, "known_on", "known-after-source")]


def test_a_base_value_without_a_status_is_found(folder):
    line = folder.change("targets", TARGET, base_value="1")
    assert rules(check(folder.path)) == [("targets.csv", line, "base_status", "base")]


def test_a_replaced_target_must_name_one_of_its_indicator(folder):
    line = folder.change("targets", TARGET, superseded_by="kip_recognised_total-2025-seed_002")
    assert ("targets.csv", line, "superseded_by", "dangling-key") in rules(check(folder.path))


def test_a_plan_that_begins_after_the_period_of_its_target_is_found(folder):
    line = folder.change("targets", TARGET, plan_start="2021-01-02")
    assert rules(check(folder.path)) == [("targets.csv", line, "plan_start", "plan-start")]


@pytest.mark.parametrize(
    ("named", "rule"),
    [
        ("ocop_total-2025", "dangling-key"),
        ("rural_jobs-2021-2025-seed_002", "dangling-key"),
        ("rural_jobs-2019-src_058", "same-as"),
        ("ocop_total-2025-src_046", "same-as"),
        ("input_reduction-2021-2025-vietnam-src_084", "same-as"),
    ],
)
def test_a_target_is_tied_only_to_another_one_that_ends_with_it_and_is_not_tied_on(folder, named, rule):
    line = folder.change("targets", TARGET, same_as=named)
    assert rules(check(folder.path)) == [("targets.csv", line, "same_as", rule)]


def test_one_reading_alone_is_no_choice(folder):
    folder.write("readings", folder.rows("readings")[:1])
    assert rules(check(folder.path)) == [("readings.csv", 2, "target_id", "readings")]


def test_a_reading_counts_in_the_unit_of_its_target(folder):
    read = folder.rows("readings")
    read[2]["indicator_id"] = "kip_firms"
    folder.write("readings", read)
    assert rules(check(folder.path)) == [("readings.csv", 4, "indicator_id", "unit")]


def test_a_part_of_an_unknown_indicator_is_found(folder):
    line = folder.change("indicators", "kip_food", part_of="kip_everything")
    assert rules(check(folder.path)) == [("indicators.csv", line, "part_of", "dangling-key")]


def test_a_correction_that_no_longer_matches_the_data_is_found(folder):
    folder.change("observations", "energy_saved-2016-2018-src_094", unit="ktoe")
    (finding,) = check(folder.path)
    assert (finding.file, finding.rule) == ("corrections.csv", "stale")


def test_a_conflict_without_a_note_is_found(folder):
    folder.change("observations", "ocop_food-2020-src_043", value="686")
    assert [(f.file, f.rule) for f in check(folder.path)] == [("conflict_notes.csv", "stale")]


def test_a_new_conflict_asks_for_a_note(folder):
    rows = folder.rows("observations")
    other = next(dict(row) for row in rows if row["observation_id"] == OBSERVATION)
    other |= {"observation_id": "new", "value": "34", "source_id": "src_012", "fact_id": ""}
    folder.write("observations", [*rows, other])
    assert rules(check(folder.path)) == [("conflict_notes.csv", 0, "", "no-note")]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"cut_off": "2025-12-30"}, "cut_off"),
        ({"release_on": "2026-03-01", "announced_on": "2026-01-01"}, "release_on"),
        ({"note_en": "", "note_vi": ""}, "note_en"),
    ],
)
def test_an_impossible_release_calendar_is_found(folder, cells, column):
    line = folder.change("release_calendar", "2025", **cells)
    found = [rule for rule in rules(check(folder.path)) if rule[0] == "release_calendar.csv"]
    assert found == [("release_calendar.csv", line, column, "calendar")]


def test_a_note_in_one_language_only_is_found(folder):
    line = folder.change("sources", "src_006", note_vi="Đọc trên bản sao.")
    assert rules(check(folder.path)) == [("sources.csv", line, "note_en", "one-language")]


def test_all_findings_of_all_tables_come_at_once(folder):
    folder.change("observations", OBSERVATION, unit="people")
    folder.change("targets", TARGET, period="2021-20255")
    folder.change("sources", "src_001", type="gossip")
    assert {f.file for f in check(folder.path)} == {"observations.csv", "targets.csv", "sources.csv"}


def test_a_thousands_point_in_a_count_is_named(folder):
    line = folder.change("observations", OBSERVATION, value="1.350")
    (finding,) = [finding for finding in check(folder.path) if finding.rule == "decimals"]
    assert (finding.row, finding.column, finding.found) == (line, "value", "'1.350'")
    assert finding.action.startswith("write 1350 if this is a thousands point")


def test_what_is_wrong_with_a_corrected_cell_is_found_on_its_entry(folder):
    entries = folder.rows("corrections")
    entry = {"table": "observations", "row_id": OBSERVATION, "column": "status", "printed": "actual", "used": "guess"}
    folder.write("corrections", [*entries, entry | {"reason_en": "A slip.", "reason_vi": "Lỗi."}])
    assert rules(check(folder.path)) == [("corrections.csv", len(entries) + 2, "used", "allowed-value")]


def test_a_correction_changes_no_key(folder):
    entries = folder.rows("corrections")
    entry = {"table": "observations", "row_id": OBSERVATION, "column": "observation_id", "printed": OBSERVATION}
    folder.write("corrections", [*entries, entry | {"used": "new", "reason_en": "A slip.", "reason_vi": "Lỗi."}])
    assert rules(check(folder.path)) == [("corrections.csv", len(entries) + 2, "printed", "stale")]


def test_the_book_refuses_a_cell_that_the_check_finds(folder):
    line = folder.change("observations", OBSERVATION, value="1,350")
    with pytest.raises(PackageError, match=f"observations.csv:{line}:value: type: found '1,350'"):
        read("hanoi")
