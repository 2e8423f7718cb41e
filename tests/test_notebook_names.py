"""What notebooks name exists: a wrong name is found by notebook, cell and name before anything runs."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from promotion_book.running.notebook_names import NamedRow, check_names, named_rows

PARAMETERS = 'place: Place = "hanoi"  # the place\n'


def put_notebook(path: Path, *cells: str, parameters: str = PARAMETERS) -> Path:
    first = nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]})
    book = nbformat.v4.new_notebook(cells=[first, *map(nbformat.v4.new_code_cell, cells)])
    nbformat.write(book, path)
    return path


def lines(notebook: Path, package, places: tuple[str, ...] = ("hanoi",)) -> list[str]:
    packages = dict.fromkeys(places, package)
    return [str(finding) for finding in check_names(notebook, packages, file=f"notebooks/{notebook.name}")]


def test_a_name_that_the_place_does_not_know_is_found_with_its_cell_and_what_may_be_meant(tmp_path, package):
    notebook = put_notebook(tmp_path / "mine.ipynb", 'a = page.series("ocop_total")', 'b = page.verdict("ocop_totl")')
    assert lines(notebook, package, ("hanoi", "hue")) == [
        "notebooks/mine.ipynb:3:cell: name: found 'ocop_totl', which is in no indicators.csv of hanoi, hue; allowed a row of the "
        "place or of data/vocabulary (did you mean ocop_total?); mend the name in this cell, or add the row"
    ]


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ('page.targets("a", "b")', [("indicators", "a"), ("indicators", "b")]),
        ('page.names(["a", "b"])', [("indicators", "a"), ("indicators", "b")]),
        ('page.parts("a", "star")', [("indicators", "a")]),
        ('page.series("a", area="country", scope="s")', [("indicators", "a"), ("scopes", "s")]),
        ('page.series(name); frames.series("a"); page.text("a")', []),
        ('for x in y:\n    page.figures("a")', [("indicators", "a")]),
    ],
)
def test_what_methods_of_the_page_are_given_as_texts_are_names(tmp_path, source, named):
    notebook = put_notebook(tmp_path / "mine.ipynb", source)
    assert list(named_rows(notebook)) == [NamedRow(2, table, name) for table, name in named]


def test_the_programme_that_a_notebook_begins_with_exists(tmp_path, package):
    parameters = PARAMETERS + 'programme: Programme = "trainng"  # the programme\n'
    notebook = put_notebook(tmp_path / "mine.ipynb", parameters=parameters)
    (line,) = lines(notebook, package)
    assert "found 'trainng', which is in no programmes.csv of hanoi" in line
    assert "did you mean training?" in line
