"""The gallery: three charts of the report drawn another way, with pandas, seaborn and matplotlib alone."""

from __future__ import annotations

import ast
from pathlib import Path

import matplotlib as mpl
import pytest
from matplotlib import pyplot

from promotion_book.running.notebooks import read_notebook

GALLERY = Path("examples/gallery.ipynb").resolve()


@pytest.fixture(scope="module")
def pictures():
    """What its cells draw, run one after the other where the notebook lies."""
    cells = [cell.source for cell in read_notebook(GALLERY).cells if cell.cell_type == "code"]
    with pytest.MonkeyPatch.context() as patch, mpl.rc_context({"backend": "agg"}):
        patch.chdir(GALLERY.parent)
        space: dict[str, object] = {}
        for source in cells:
            exec(compile(ast.parse(source), GALLERY.name, "exec"), space)
        yield [pyplot.figure(number) for number in pyplot.get_fignums()]
        pyplot.close("all")


def test_the_gallery_draws_three_charts_that_say_what_they_show(pictures):
    titles = [figure.axes[0].get_title() for figure in pictures]
    assert len(titles) == len(set(filter(None, titles))) == 3
    assert all(figure.axes[0].get_xlabel() or figure.axes[0].get_ylabel() for figure in pictures)


def test_the_gallery_takes_one_name_of_ours():
    code = "\n".join(cell.source for cell in read_notebook(GALLERY).cells if cell.cell_type == "code")
    named = [line for line in code.splitlines() if "promotion_book" in line]
    assert named == ["import promotion_book", 'frames = promotion_book.open("hanoi", "2025")']
