"""The committed notebooks: how they are written, and that every edition of them runs."""

from __future__ import annotations

import ast
import itertools
import re
from collections import Counter
from pathlib import Path
from symtable import symtable

import nbformat
import pytest
from jupyter_client.session import json_unpacker

from builders import notebook
from folders import ROOT, run_cells
from papermill_warm.wire import pack_content
from promotion_book.facts import package
from promotion_book.report.parameters import PROGRAMME
from promotion_book.running.contents import chapter_notebooks
from promotion_book.running.notebooks import (
    LONGEST,
    MOST,
    find_problems,
    normalise,
    notebook_text,
    read_notebook,
    set_title,
)
from promotion_book.words.language import LANGUAGES

NOTEBOOKS = [pytest.param(path, id=path.stem) for path in chapter_notebooks(Path())]
CALENDAR = [*package.read("hanoi")["release_calendar"]["period"], "2024-Q3"]
TELLING = ("changes", "programme", "scenarios", "summary")  # of what an old period lacks, or a part of a year
ALWAYS = [*itertools.product(TELLING, ("2020", "2026-H1"), ("en",))]  # built editions run all in the newest one
EDITIONS = [
    pytest.param(
        path,
        period,
        code,
        id=f"{path.stem}-{period}-{code}",
        marks=() if (path.stem, period, code) in ALWAYS else pytest.mark.nightly,
    )
    for path, period, code in itertools.product(chapter_notebooks(Path()), CALENDAR, LANGUAGES)
]
MERGED = [  # places whose edition of 2024 is of the area before they merged, with figures that sources print differently
    pytest.param(path, place, id=f"{path.stem}-{place}", marks=() if path.stem == "ocop" else pytest.mark.nightly)
    for path, place in itertools.product(chapter_notebooks(Path()), ("dong_thap", "dak_lak"))
]
NUMBER_WORDS = r"\b(two|three|four|five|six|seven|eight|nine|ten|hundred|thousand|million|billion)\b"
every_notebook = pytest.mark.parametrize("path", NOTEBOOKS)


def code(path: Path) -> list[nbformat.NotebookNode]:
    return [cell for cell in read_notebook(path).cells if cell.cell_type == "code"]


def given_names(source: str) -> set[str]:
    """The names of a notebook to which a cell gives a meaning."""
    table = symtable(source, "cell", "exec")
    return {symbol.get_name() for symbol in table.get_symbols() if symbol.is_assigned() and symbol.is_local()}


def test_every_notebook_is_in_the_table_of_contents():
    assert {path.name for path in chapter_notebooks(Path())} == {
        path.name for path in Path("notebooks").glob("*.ipynb")
    }


@every_notebook
def test_prose_stands_before_every_cell_of_code_but_the_imports(path):
    cells = read_notebook(path).cells
    pairs = itertools.pairwise(cells)
    assert [b.source for a, b in pairs if b.cell_type == "code" and a.cell_type == "code"] == []


@every_notebook
def test_a_cell_is_a_glance_long(path):
    assert {type(node) for node in ast.parse(code(path)[0].source).body} <= {ast.Import, ast.ImportFrom}
    assert [c.source for c in code(path)[1:] if len(c.source.splitlines()) > 14] == []


@every_notebook
def test_a_name_is_given_by_one_cell_so_that_any_cell_can_be_run_again(path):
    given = Counter(name for cell in code(path) for name in given_names(cell.source))
    assert [name for name, cells in given.items() if cells > 1] == []


@every_notebook
def test_prose_holds_no_typed_in_number(path):
    prose = "\n".join(c.source for c in read_notebook(path).cells if c.cell_type == "markdown").replace("5S", "")
    assert re.findall(rf"\d+|{NUMBER_WORDS}", re.sub(r"\(.*?\)", "", prose)) == []


@every_notebook
def test_code_holds_no_prose_for_readers(path):
    assert [c.source for c in code(path) if "language.text(" in c.source] == []


@every_notebook
def test_a_notebook_states_what_must_hold(path):
    said = [c.source.replace("\n", "").replace(" ", "") for c in code(path)]
    assert [source for source in said if re.search(r"(chapter|page)\.check\(\{", source)] != []


@every_notebook
def test_reference_outputs_are_plain_text_whose_differences_can_be_read(path):
    kinds = {kind for cell in code(path) for output in cell.outputs for kind in output.get("data", {})}
    assert kinds == {"text/plain"}


@every_notebook
def test_reference_outputs_are_there_and_normalised(path):
    committed = read_notebook(path)
    assert find_problems(committed) == []
    assert notebook_text(normalise(committed)) == path.read_text(encoding="utf-8")


@every_notebook
def test_nothing_of_this_machine_is_in_a_notebook(path):
    assert not re.search(r"/(home|root|tmp|work|Users)/", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("path", "period", "language"), EDITIONS)
def test_every_chapter_of_every_edition_runs(path, period, language, tmp_path, monkeypatch, sketched):
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(Path("data").resolve()))
    monkeypatch.chdir(tmp_path)
    left = run_cells(ROOT / path, period=period, language=language)
    assert (tmp_path / "results" / f"{left.get(PROGRAMME, path.stem)}.json").is_file()


@pytest.mark.parametrize(("path", "place"), MERGED)
def test_every_chapter_runs_for_places_as_they_were_before_they_merged(path, place, tmp_path, monkeypatch, sketched):
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(Path("data").resolve()))
    monkeypatch.chdir(tmp_path)
    left = run_cells(ROOT / path, place=place, period="2024")
    assert (tmp_path / "results" / f"{left.get(PROGRAMME, path.stem)}.json").is_file()


HOLDS, SHOW = "its output holds", "show a picture or a table"


def executed(**changes) -> nbformat.NotebookNode:
    made = nbformat.reads(notebook("x = 1", "print(x)"), as_version=4)
    for number, cell in enumerate(made.cells, start=1):
        cell.execution_count = number
    made.cells[1] |= changes
    return made


def output(kind: str, **rest) -> list[nbformat.NotebookNode]:
    return [nbformat.from_dict({"output_type": kind, **rest})]


def test_a_complete_notebook_has_no_problems():
    assert find_problems(executed()) == []


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"execution_count": None}, "was not run"),
        ({"outputs": output("error", ename="ValueError", evalue="no", traceback=[])}, "ValueError: no"),
        ({"outputs": output("stream", name="stderr", text="careful\nmore")}, "wrote to standard error: careful"),
        (
            {"outputs": output("stream", name="stdout", text="a\0b")},
            f"{HOLDS} a control character (U+0000); take it out",
        ),
        (
            {"outputs": output("display_data", data={"text/html": "\x1b[1m"})},
            f"{HOLDS} a control character (U+001B); take it out",
        ),
        (
            {"outputs": output("execute_result", data={"application/json": {"a": ["\x9b"]}})},
            f"{HOLDS} a control character (U+009B); take it out",
        ),
        (
            {"outputs": output("stream", name="stdout", text="a\ufffd")},
            f"{HOLDS} text that is not Unicode (U+FFFD); take it out",
        ),
        (
            {"outputs": output("stream", name="stdout", text="x" * MOST)},
            f"its output has {MOST + 12:,} characters, and a page has room for {MOST:,}; print or show less",
        ),
        *(
            ({"outputs": output("display_data", data=data)}, f"{HOLDS} a script or a frame, which no page runs; {SHOW}")
            for data in (
                {"text/html": "<div></div><SCRIPT>p()</SCRIPT>"},
                {"text/html": '<iframe src="https://example.org">'},
                {"application/javascript": "p()", "text/plain": "p"},
                {"application/vnd.jupyter.widget-view+json": {"model_id": "1"}, "text/plain": "IntSlider()"},
            )
        ),
        ({"outputs": output("error", ename="E", evalue="x" * 9999, traceback=[])}, f"E: {'x' * LONGEST} …"),
    ],
)
def test_an_incomplete_notebook_names_its_cell(changes, error):
    (problem,) = find_problems(executed(**changes))
    assert (problem.cell, problem.source, problem.error) == (2, "print(x)", error)


def test_cells_are_numbered_as_their_author_sees_them_without_prose_and_what_papermill_puts_in():
    made = executed(outputs=output("stream", name="stderr", text="careful"))
    injected = nbformat.v4.new_code_cell("x = 2", execution_count=1, metadata={"tags": ["injected-parameters"]})
    made.cells[1:1] = [nbformat.v4.new_markdown_cell("# Title"), injected]
    assert [problem.cell for problem in find_problems(made)] == [2]


def test_of_cells_that_were_not_run_the_first_is_named():
    made = executed(execution_count=None)
    made.cells[0].execution_count = None
    assert [problem.cell for problem in find_problems(made)] == [1]


def test_a_title_that_takes_the_place_of_another_is_no_markup():
    made = executed()
    made.cells.insert(0, nbformat.v4.new_markdown_cell("# One\n\nProse.\n\n# Two"))
    assert set_title(made, "a_b_ *c*").cells[0].source == "# a\\_b\\_ \\*c\\*\n\nProse.\n\n# Two"


def test_what_a_page_can_print_is_no_problem():
    said = "Làng nghề 😀\tvà\r\n\N{NO-BREAK SPACE}\N{SOFT HYPHEN}"
    assert find_problems(executed(outputs=output("stream", name="stdout", text=said))) == []


def test_half_a_character_is_sent_as_the_replacement_character():
    for half in map(chr, (0xD800, 0xDC80)):
        assert set(json_unpacker(pack_content({"text": half}))["text"]) == {"\N{REPLACEMENT CHARACTER}"}
    assert pack_content({"text": "Làng"}) == '{"text": "Làng"}'.encode()


def test_normalising_takes_out_what_differs_between_equal_runs():
    raw = executed()
    raw.metadata["papermill"] = {"start_time": "now"}
    raw.cells[0].metadata |= {"papermill": {"duration": 1}, "execution": {}, "tags": ["injected-parameters"]}
    clean = normalise(raw)
    assert "papermill" not in clean.metadata
    assert (clean.cells[0].id, clean.cells[0].metadata) == (
        "injected-parameters",
        {"tags": ["injected-parameters", "remove-cell"]},
    )
    assert raw.metadata["papermill"] == {"start_time": "now"}
