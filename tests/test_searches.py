"""Where outcomes were searched for is told of the targets of the period that are over and have none."""

from __future__ import annotations

from datetime import date

from promotion_book.facts import Known
from promotion_book.report.chapters.annex import annex_tables, searches_table
from promotion_book.report.context import Context
from promotion_book.statistics.statuses import all_statuses
from promotion_book.words.language import Language
from promotion_book.words.translation import load_language

PROGRAMME = "rural_establishments"
MINE = ["rural_jobs", "establishments_supported"]


def shown(known: Known, *, since: date | None = None) -> list[tuple[str, str]]:
    tables = annex_tables(
        Context(known, Language("en")), [PROGRAMME], since=since or known.until.replace(month=1, day=1)
    )
    (frame,) = (table.frame for table in tables if table.name == "searches")
    frame = frame[frame["indicator_id"].isin(MINE)]
    return list(frame[["indicator_id", "period"]].itertuples(index=False, name=None))


def test_several_statements_of_a_target_share_a_row(known_in):
    assert shown(known_in("2025")) == [("establishments_supported", "2021-2025"), ("rural_jobs", "2021-2025")]


def test_nothing_is_told_while_the_period_runs_or_of_a_period_that_was_over_before(known_in):
    assert shown(known_in("2024")) == []
    assert shown(known_in("2025"), since=date(2026, 1, 1)) == []


def test_the_search_is_told_in_the_language_of_the_page(known_in, package):
    known = known_in("2025")
    judged = all_statuses(known, known.until.replace(month=1, day=1), indicators=["rural_jobs"])
    (row,) = package["searches"].query("indicator_id == 'rural_jobs'").itertuples()
    told = [searches_table(Context(known, load_language(code)), judged).frame["searched"][0] for code in ("en", "vi")]
    assert told == [row.searched_en, row.searched_vi]
