"""The start page of Hanoi's editions: its figures lead to their sources and chapters."""

from __future__ import annotations

import math
from datetime import date

import pytest

from promotion_book.report.chapters.overview import headline_tiles, programmes_table
from promotion_book.report.context import Context
from promotion_book.statistics.leading import leading_figures
from promotion_book.statistics.statuses import statuses_in_force
from promotion_book.words.language import Language


@pytest.mark.parametrize("period", ["2020", "2024-H1", "2025"])
def test_each_figure_of_the_start_page_leads_to_its_source_and_its_chapter(known_in, period):
    known = known_in(period)
    context, judged = Context(known, Language("en")), statuses_in_force(known, date(int(period[:4]), 1, 1))
    leading = leading_figures(known, judged)
    tiles = headline_tiles(context, judged, leading=leading)["html"]
    assert len(tiles) == 6
    assert all('href="sources_and_conflicts.html#' in tile for tile in tiles)
    rows = programmes_table(context, judged, leading=leading).frame
    assert [str(row).count(".html") for row in rows["programme"]] == [1] * len(leading)
    assert rows["figure"].map(lambda cell: cell.startswith("no figure") or "sources_and_conflicts.html#" in cell).all()


def test_a_figure_whose_target_has_several_readings_leads_as_their_span_under_a_name_of_all(known_in):
    known = known_in("2025")
    context, judged = Context(known, Language("en")), statuses_in_force(known, date(2025, 1, 1))
    leading = leading_figures(known, judged)
    tiles = headline_tiles(context, judged, leading=leading)["html"]
    (tile,) = [tile for tile in tiles if "depends on the reading" in tile]
    values = [one.assessment.latest.value for row in judged.itertuples() for one in row.readings]
    span = f"{min(values):.0f} to {max(values):.0f}"
    assert f'<p class="tile-figure">{span}</p>' in tile
    assert ">Key industrial products, by what is counted</a>" in tile
    assert "<svg" not in tile
    row = (
        programmes_table(context, judged, leading=leading)
        .frame.set_index("programme_id")
        .loc["key_industrial_products"]
    )
    assert row["figure"].startswith(
        f"<strong>{span}</strong> (2025, derived)<br>\nKey industrial products, by what is counted<br>"
    )
    assert (math.isnan(row["value"]), row["low"], row["high"]) == (True, min(values), max(values))
