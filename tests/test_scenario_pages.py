"""What readers of the scenario pages stumbled over: words at lines and counts."""

from __future__ import annotations

from datetime import date

from worlds import world

from promotion_book.charts.scenario_chart import Course
from promotion_book.report.chapters.verdicts import status_sentences
from promotion_book.statistics.statuses import all_statuses

JOBS = {"indicator_id": "rural_jobs", "unit": "jobs", "kind": "flow", "source_id": "seed_000", "value": 900.0}


def test_on_a_phone_the_key_has_the_end_of_a_line_beside_its_letter():
    course = Course("A", "150 products by 2025", [2020, 2025], [117, 150], "150 products")
    assert [course.key(narrow).replace("\n", " ") for narrow in (True, False)] == [
        "A, 150 products: 150 products by 2025",
        "A: 150 products by 2025",
    ]


def test_statements_of_earlier_periods_are_counted_by_verdict(package):
    context = world(package, [{**JOBS, "period": "2019"}, {**JOBS, "period": "2020"}])
    judged = all_statuses(context.known, date(2023, 1, 1), indicators=["rural_jobs"])
    assert status_sentences(context, judged)[-1] == "Targets of earlier periods: cannot be judged (2)."
