"""Areas lie in larger ones, follow each other, and figures are of areas that there were."""

from __future__ import annotations

import pandas as pd
import pytest
from small_tables import asked, found, tables

from promotion_book.facts.areas import in_its_territory

PROVINCE = {"area_id": "hanoi", "level": "province", "valid_from": "2008-08-01", "predecessor": "older"}
OLDER = {"area_id": "older", "level": "province", "valid_to": "2008-07-31", "successor": "hanoi"}
DISTRICT = {"area_id": "district", "parent": "hanoi", "level": "district", "valid_to": "2025-06-30"}


def test_a_district_lies_in_a_province_and_not_the_other_way_round():
    turned = [PROVINCE | {"parent": "district"}, DISTRICT | {"parent": ""}]
    assert found("areas:parent:level", areas=[PROVINCE, DISTRICT]) == []
    assert found("areas:parent:level", areas=turned) == [("areas.csv", line, "parent", "level") for line in (2, 3)]


@pytest.mark.parametrize(
    ("rows", "column"),
    [
        ([PROVINCE | {"valid_to": "2008-07-31"}], "valid_to"),
        ([PROVINCE, OLDER | {"valid_to": "2008-08-01", "successor": ""}], "valid_from"),
        ([PROVINCE | {"predecessor": ""}, OLDER | {"valid_to": "2008-08-01"}], "valid_to"),
        ([PROVINCE | {"valid_from": ""}, OLDER | {"successor": ""}], "valid_from"),
        ([PROVINCE, OLDER | {"valid_to": "1998-07-31"}], "valid_from"),
    ],
    ids=[
        "it ends before it begins",
        "its predecessor is still there",
        "its successor is there already",
        "nobody knows since when it is there",
        "its predecessor ended ten years before",
    ],
)
def test_days_that_do_not_follow_each_other_are_found(rows, column):
    assert [(where[2], where[3]) for where in found("areas:valid", areas=rows)] == [(column, "order")]


@pytest.mark.parametrize(
    ("area", "period", "rules"),
    [("hanoi", 2007, ["territory"]), ("hanoi", 2008, []), ("district", 2024, []), ("district", 2026, ["territory"])],
)
def test_a_figure_of_an_area_that_there_was_not_is_found(area, period, rules):
    days = {"period": str(period), "period_start": f"{period}-01-01", "period_end": f"{period}-12-31"}
    rows = {"areas": [PROVINCE, OLDER, DISTRICT], "observations": [days | {"area": area}]}
    assert [where[3] for where in found("observations:area", **rows)] == rules


def test_a_figure_whose_area_ended_within_its_period_is_noted():
    days = {"period": "2025", "period_start": "2025-01-01", "period_end": "2025-12-31"}
    given = tables(areas=[PROVINCE, DISTRICT], observations=[days | {"area": "district"}])
    (noted,) = [finding for rule in asked("observations:area") for finding in rule(given)]
    assert (noted.rule, noted.note, noted.allowed) == (
        "ended",
        True,
        "a figure up to 2025-06-30, the last day of the area",
    )


def test_figures_from_before_the_first_day_of_an_area_are_not_compared_with_later_ones():
    areas = pd.DataFrame([PROVINCE]).assign(valid_from=pd.Timestamp(2008, 8, 1))
    figures = pd.DataFrame({"period_end": [pd.Timestamp(2007, 12, 31), pd.Timestamp(2008, 12, 31)]})
    assert list(in_its_territory(figures, areas, area="hanoi").index) == [1]
    assert list(in_its_territory(figures, areas, area="elsewhere").index) == [0, 1]


def test_a_part_of_a_province_without_a_parent_is_found():
    rows = [{"area_id": level, "level": level} for level in ("country", "region", "province", "district", "commune")]
    assert [line for _, line, _, _ in found("areas:parent:level", areas=rows)] == [5, 6]
