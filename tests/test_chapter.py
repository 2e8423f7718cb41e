"""A chapter while it runs: what it shows, checks and leaves behind."""

from __future__ import annotations

import json
import math
import shlex
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from promotion_book.report.about_page import about_page, dateline
from promotion_book.report.chapter import Chapter, CheckError, open_chapter
from promotion_book.report.figures import ReportFigure
from promotion_book.report.parameters import LanguageCode, PeriodLabel, Place, YearlyGrowth, read_contract
from promotion_book.report.sources import Source
from promotion_book.report.tables import Column, Table, as_frame
from promotion_book.running.contents import chapter_notebooks
from promotion_book.words.status_words import PARAMETERS


@pytest.fixture
def chapter(tmp_path, monkeypatch) -> Chapter:
    kinds = {"place": Place, "period": PeriodLabel, "language": LanguageCode, "growth": YearlyGrowth}
    values = {"place": "hanoi", "period": "2025", "language": "en", "growth": 0.08}
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(Path("data").resolve()))
    monkeypatch.chdir(tmp_path)
    return open_chapter("handicraft_exports", {"__annotations__": kinds, **values})


def table(**changes) -> Table:
    return Table("t", "Jobs", columns=(Column("jobs", "Jobs"),), frame=as_frame([{"jobs": "70,000"}]), **changes)


HOSTILE = "a\"'><img src=x onerror=p()>#?&$(touch p);"


def test_the_name_of_a_notebook_is_text_on_its_page_in_its_addresses_and_in_a_shell(chapter):
    named = replace(chapter, name=HOSTILE)
    shown = BeautifulSoup(about_page(named, []).html + named.show(table()).html, "html.parser")
    assert not shown("img")
    addresses = [unquote(urlsplit(a["href"]).path) for a in shown("a", download=True)]
    assert addresses == [f"results/{HOSTILE}.{form}" for form in ("ipynb", "json")] + [f"results/{HOSTILE}/t.csv"]
    assert shlex.split(shown.code.get_text())[2] == f"notebooks/{HOSTILE}.ipynb"


def test_every_parameter_of_a_page_has_its_words():
    declared = {name for notebook in chapter_notebooks(Path()) for name in read_contract(notebook)}
    assert declared - {"place", "period", "language"} == set(PARAMETERS)


def test_a_computed_table_names_its_sources_and_is_kept_as_csv(chapter):
    block = chapter.show(table(sources=(Source("src_001", "A, 2020"),)))
    assert 'Source: <a href="sources_and_conflicts.html#src_001">A, 2020</a>.' in block.html
    assert Path("results/handicraft_exports/t.csv").read_text(encoding="utf-8") == 'jobs\n"70,000"\n'


def test_a_name_of_a_file_is_used_once(chapter):
    chapter.show(table())
    with pytest.raises(ValueError, match="written twice"):
        chapter.show(replace(table(), caption="Other jobs"))


@pytest.mark.parametrize("name", ["../t", "/tmp/t", "a b", "số", "CON", "a" * 101, "a.b", "", "-a", "a\n"])
def test_what_names_files_names_them_in_its_folder_and_on_every_disk(chapter, name):
    with pytest.raises(ValueError, match="cannot name the files of a table or figure"):
        chapter.show(replace(table(), name=name))


@pytest.fixture
def assumed(folder, tmp_path, monkeypatch) -> Chapter:
    """A chapter that reads the package of a what-if."""
    mark = b'"name": "hanoi-industrial-promotion", "what_if": "Slow years (A. Analyst)"'
    folder.bytes("datapackage.json", lambda text: text.replace(b'"name": "hanoi-industrial-promotion"', mark))
    monkeypatch.chdir(tmp_path)
    kinds = {"place": Place, "period": PeriodLabel, "language": LanguageCode}
    return open_chapter(
        "trade_promotion", {"__annotations__": kinds, "place": "hanoi", "period": "2025", "language": "en"}
    )


def test_a_chapter_of_a_what_if_says_so_on_the_page_and_in_its_results(assumed):
    line = dateline(assumed)
    assert line.text.startswith("What-if, not published: Slow years (A. Analyst) · Hanoi · ")
    assert "revision" not in line.html
    assumed.finish()
    assert (
        json.loads(Path("results/trade_promotion.json").read_text(encoding="utf-8"))["what_if"]
        == "Slow years (A. Analyst)"
    )


def test_a_cell_may_be_run_again(chapter):
    assert chapter.show(table()).html == chapter.show(table()).html


@pytest.mark.parametrize(
    ("holds", "told"), [([True, True], ["A."]), (True, ["A."]), (np.bool_(True), ["A."]), ([], [])]
)
def test_a_check_lists_what_holds_of_several_things_or_of_one_and_nothing_about_none(chapter, holds, told):
    assert chapter.hold({"A.": holds}) == told


def test_a_check_that_fails_names_everything_that_does_not_hold(chapter):
    with pytest.raises(CheckError, match=r"^does not hold: B\. C\.$"):
        chapter.hold({"A.": [True], "B.": [True, False], "C.": [False]})


@pytest.mark.parametrize(
    "holds", [[math.nan, True], pd.array([True, None], "boolean"), pd.DataFrame({"a": [True, False]}), None, "yes"]
)
def test_what_is_missing_or_false_anywhere_in_a_claim_does_not_hold(chapter, holds):
    with pytest.raises(CheckError, match=r"^does not hold: A\.$"):
        chapter.hold({"A.": holds})


def test_a_chapter_leaves_its_results(chapter):
    assert chapter.finish(exports=192e6).text == "Results: results/handicraft_exports.json"
    assert json.loads(Path("results/handicraft_exports.json").read_text(encoding="utf-8")) == {
        "chapter": "handicraft_exports",
        "cut_off": "2026-03-31",
        "parameters": {"place": "hanoi", "period": "2025", "language": "en", "growth": 0.08},
        "results": {"exports": 192e6},
    }


def test_results_are_json_that_every_program_reads_and_what_is_missing_is_null(chapter):
    rows = pd.DataFrame({"year": [2024, 2025], "value": [1.5, None]})
    held = {
        "chance": [np.float64(0.5), float("inf")],
        "by_year": rows.set_index("year")["value"],
        "years": np.array([2024]),
    }
    chapter.finish(latest=float("nan"), rows=rows, **held)
    content = Path("results/handicraft_exports.json").read_text(encoding="utf-8")
    assert json.loads(content, parse_constant=pytest.fail)["results"] == {
        "latest": None,
        "chance": [0.5, None],
        "by_year": {"2024": 1.5, "2025": None},
        "years": [2024],
        "rows": [{"year": 2024, "value": 1.5}, {"year": 2025, "value": None}],
    }


def left(chapter: Chapter) -> dict[str, list[str]]:
    """The tables that a chapter leaves, by name, with their sources."""
    chapter.finish()
    record = json.loads(Path(f"results/{chapter.name}.tables.json").read_text(encoding="utf-8"))
    return {made["name"]: made["sources"] for made in record["tables"]}


def test_a_chapter_leaves_every_table_in_the_order_of_the_page(chapter, sketched):
    figure = ReportFigure(
        "chart",
        "Chart",
        kind="Bar chart",
        finding="It grows.",
        picture=lambda ax, size: None,
        table=table(),
        sources=(),
    )
    chapter.show(replace(table(), name="shown", sources=(Source("s", "A, 2020"),)))
    chapter.fold(replace(table(), name="folded"))
    chapter.show(figure)
    chapter.keep(replace(table(), name="kept"))
    assert left(chapter) == {"shown": ["A, 2020"], "folded": [], "chart": ["all sources of this edition"], "kept": []}


def test_a_cell_that_is_run_again_leaves_its_table_once(chapter):
    for made in (table(), replace(table(), name="other"), table()):
        chapter.show(made)
    assert list(left(chapter)) == ["t", "other"]
