"""The targets of an indicator and the ways to them, as the chart of its projection has them."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

from builders import ENGLISH, yearly
from promotion_book.charts.projection_charts import Goal, Path
from promotion_book.report.chapters.own_projections import required_paths, target_goals
from promotion_book.report.context import Context


def test_targets_that_a_known_one_replaced_are_neither_marked_nor_led_to(context):
    rows = yearly((2025, 150.0), (2025, 180.0)).assign(
        target_id=["old", "new"], indicator_id="ocop_total", base_year=2020, base_value=117.0, scope=""
    )
    known = SimpleNamespace(
        statements=lambda indicator, **_: rows,
        current=frozenset(rows.tail(1)["target_id"]),
        series=lambda indicator: yearly((2020, 117.0)),
        until=date(2020, 12, 31),
        package=context.known.package,
        indicators=context.known.indicators,
        computed={},
    )
    replaced = Context(known, ENGLISH)
    assert target_goals(replaced, "ocop_total") == [Goal(2025, 2025, 180.0, 180.0, "180")]
    assert required_paths(replaced, "ocop_total") == [Path([2020, 2025], [117.0, 180.0], "required")]
