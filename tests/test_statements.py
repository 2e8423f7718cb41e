"""What several sources say of the same thing is compared only where it is the same thing."""

from __future__ import annotations

import pandas as pd
import pytest

from promotion_book.report.chapters.statements import statements_figure
from promotion_book.report.tables import Table

NAN = float("nan")


def test_one_statement_is_no_comparison(context):
    rows = context.known.statements("handicraft_exports").tail(1)
    assert isinstance(statements_figure(context, rows, name="x", title="x"), Table)
    assert statements_figure(context, rows.head(0), name="x", title="x") is None


def said(period: str = "2021-2025", scope: str = "", source_id: str = "src_024", **figure: float) -> dict[str, object]:
    base = {"indicator_id": "rural_jobs", "area": "hanoi", "scope": scope, "period": period, "source_id": source_id}
    blank = {"value": NAN, "low": NAN, "high": NAN, "reading": "at_least", "unit": "jobs", "note_en": "", "checked": ""}
    return {**base, **blank, **figure}


@pytest.mark.parametrize(
    ("rows", "finding"),
    [
        (
            [said(value=7e4), said(value=7e4, source_id="src_012")],
            "2 sources give 70,000.",
        ),
        (
            [said(value=5e4), said(low=6e4, high=7e4)],
            "2 statements between 50,000 and 70,000.",
        ),
        (
            [said(value=7e4), said(value=7e4, high=7e4)],
            "2 statements name 70,000, for different periods or less exactly.",
        ),
        (
            [said(value=5e4), said(value=7e4, period="2022-2025")],
            "2 statements for periods of different length; they are not compared.",
        ),
        (
            [said(value=5e4), said(value=7e4, scope="for_export")],
            "2 statements, not all of the same scope; they are not compared.",
        ),
    ],
    ids=["agree", "differ", "precision", "period", "scope"],
)
def test_statements_are_compared_only_where_they_are_about_the_same(context, rows, finding):
    figure = statements_figure(context, pd.DataFrame(rows), name="jobs", title="Jobs")
    assert figure is not None
    assert figure.finding == finding
