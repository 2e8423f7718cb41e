"""The reference outputs of all notebooks, against the newest edition: it has executed them with their default parameters.

nbval executes each of them once more, with a kernel of its own: `make test` does so for one, `make nightly` for all.
"""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from promotion_book.report.parameters import PROGRAMME, read_contract
from promotion_book.running.contents import chapter_notebooks
from promotion_book.running.notebooks import read_notebook
from promotion_book.running.plan import EditionBuild
from promotion_book.running.references import reference_text

pytestmark = pytest.mark.xdist_group("the newest edition")
every_notebook = pytest.mark.parametrize(
    "path", [pytest.param(path, id=path.stem) for path in chapter_notebooks(Path())]
)


@pytest.fixture(scope="module")
def built(newest_edition) -> EditionBuild:
    return newest_edition("en")


def said(notebook: nbformat.NotebookNode) -> list[tuple[str, list[dict[str, object]]]]:
    """The cells of code with what they say, without those that papermill puts in, which also moves the counts."""
    return [
        (cell.source, [dict(output, execution_count=None) for output in cell.outputs])
        for cell in notebook.cells
        if cell.cell_type == "code" and "injected-parameters" not in cell.metadata.get("tags", [])
    ]


@every_notebook
def test_a_notebook_reports_by_default_on_the_newest_edition_in_english(path, built):
    declared = read_contract(path)
    assert {name: declared[name].default for name in ("place", "period", "language")} == {
        "place": built.edition.place,
        "period": built.edition.period,
        "language": built.language,
    }


@every_notebook
def test_every_cell_says_what_its_reference_says(path, built):
    declared = read_contract(path)
    page = declared[PROGRAMME].default if PROGRAMME in declared else path.stem
    executed = reference_text(built.source / "notebooks" / f"{page}.ipynb")
    assert said(nbformat.reads(executed, as_version=4)) == said(read_notebook(path))
