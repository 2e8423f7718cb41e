"""The foot of a page: what it rests on."""

from __future__ import annotations

from datetime import date

import matplotlib as mpl
import pytest

from places import TABLES, figure, put_place, source
from promotion_book.facts import Known, edition, read
from promotion_book.facts.known import known_in
from promotion_book.facts.package import APART
from promotion_book.report.chapters.annex import annex_tables, searches_table, statements_table
from promotion_book.report.chapters.period_results import results_as_table
from promotion_book.report.context import Context
from promotion_book.report.page import open_page
from promotion_book.report.parameters import LanguageCode, PeriodLabel, Place
from promotion_book.report.sentences import boundaries_sentence
from promotion_book.statistics.results_table import content_items, results_table
from promotion_book.statistics.statuses import all_statuses
from promotion_book.words.language import Language
from promotion_book.words.translation import load_language

NONE = "No figure or target of Lang Moi as it is now was found."
ELSEWHERE = "What is known of other areas, including those that formed it, is in the tables below."


@pytest.mark.parametrize(("area", "said"), [("vietnam", True), ("hanoi", False)])
def test_a_page_begins_with_it_when_all_that_is_known_is_of_other_areas(tmp_path, monkeypatch, area, said):
    there = figure("ocop_total", 2022, 1500, "products", "src_001", area=area)
    put_place(tmp_path / "data", tables={"sources": [source("src_001", "2023-02-01")], "observations": [there]})
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    shown: list[str] = []
    monkeypatch.setattr("promotion_book.report.page.display", lambda block: shown.append(block.text))
    kinds = {"place": Place, "period": PeriodLabel, "language": LanguageCode}
    with mpl.rc_context():
        given = {"__annotations__": kinds, "place": "lang_moi", "period": "2023", "language": "en"}
        open_page("ocop", given, tables=APART).lead("A verdict.", "A sentence.")
    assert [block for block in shown if block in (NONE, ELSEWHERE)] == ([NONE, ELSEWHERE] if said else [])


@pytest.fixture
def formed_on(tmp_path, monkeypatch):
    """A place that followed another one on a day."""

    def make(day: str) -> Context:
        years = {"observation_id": "years", "period": "2021-2023", "period_start": "2021-01-01"}
        told = [figure("handicraft_exports", 2023, 15_000_000, "usd", "src_002") | years, *TABLES["observations"]]
        areas = put_place(tmp_path / "data", tables=TABLES | {"observations": told}) / "areas.csv"
        own = "hanoi,Hanoi,Hà Nội,vietnam,province,"
        there = areas.read_text(encoding="utf-8")
        areas.write_text(there.replace(f"{own},,,", f"{own}{day},,hanoi_before_2008,"), encoding="utf-8")
        monkeypatch.setenv("PROMOTION_BOOK_DATA", str(tmp_path / "data"))
        package = read("lang_moi")
        return Context(known_in(package, edition(package, "2023")), load_language("en"))

    return make


SAID = (
    "This report is on Hanoi, in the boundaries of 1 July 2023. "
    "Earlier figures are of the former area and are not joined to later ones."
)


@pytest.mark.parametrize(("day", "said", "scope"), [("2023-07-01", SAID, "Hanoi"), ("2008-08-01", "", "")])
def test_a_place_that_was_formed_in_the_last_years_says_so_and_its_figures_name_it(formed_on, day, said, scope):
    context = formed_on(day)
    figures = statements_table(context, context.known.observations, name="all", caption="")
    assert boundaries_sentence(context) == said
    assert set(figures.frame["scope"]) == {scope}


@pytest.mark.parametrize(
    ("day", "note"),
    [
        (
            "2023-07-01",
            "Figures for several years reach back before the boundaries of 1 July 2023 and may be of the former area alone.",
        ),
        ("2021-01-01", ""),
    ],
)
def test_results_of_years_from_before_a_place_was_formed_say_so(formed_on, day, note):
    context = formed_on(day)
    found = results_table(*content_items(context.known, ["handicraft_exports"]), period="2023")
    assert results_as_table(context, found, period="2023", name="results", note="").note == note


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
