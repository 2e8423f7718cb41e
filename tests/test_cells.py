"""Notebooks as they are written: what is none, and what no page could show, is said before anything runs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from builders import notebook
from forms import call
from promotion_book.report.cells import NotebookCell, NotebookError, read_cells
from promotion_book.report.parameters import ParameterError, read_contract
from promotion_book.running.inputs import declared_tables
from promotion_book.running.project_check import check_project
from promotion_book.words.translation import catalogue_path

GOOD = notebook("x = 1", "x", tags=("parameters",))
MERGED = GOOD.replace('"cells": [', '"cells": [\n<<<<<<< HEAD\n')


def changed(**parts: object) -> str:
    return json.dumps(json.loads(GOOD) | parts)


def cell(**parts: object) -> str:
    return changed(cells=[json.loads(GOOD)["cells"][0] | parts])


BROKEN = {
    "merge": (MERGED, "line 2: conflict marks of a merge; keep one side of it"),
    "empty": ("", "it is empty"),
    "blank": ("\n \n", "it is empty"),
    "mark": ("\ufeff" + GOOD, "it begins with a byte-order mark; save it as UTF-8 without one"),
    "text": ("# Chapter", "it is no notebook: no JSON from line 1 on"),
    "cut": (GOOD[:-1].replace(",", ",\n", 2), "it is no notebook: no JSON from line 3 on"),
    "deep": ("[" * 100_000, "it is no notebook: its parts lie too deep"),
    "list": ("[]", "it is no notebook: it does not say its format"),
    "old": (changed(nbformat=3, worksheets=[]), "a notebook of format 3; open and save it in JupyterLab, for format 4"),
    "half a format": (changed(nbformat_minor=None), "it is no notebook: its nbformat_minor is None, no number"),
    "no cells": (changed(cells=None), "it is no notebook: it has no cells or no metadata"),
    "R": (changed(metadata={"kernelspec": {"name": "ir", "language": "R"}}), "a notebook of R; only Python is run"),
    "kind": (cell(cell_type="heading"), "cell 1: it is no cell of code, text or raw text"),
    "number": (cell(source=3), "cell 1: its source is no text"),
    "tags": (cell(metadata={"tags": "parameters"}), "cell 1: its metadata or tags are of another form"),
    "outputs": (cell(outputs=None), "cell 1: it has no list of outputs"),
    "half a character": (
        cell(source="'\ud800'"),
        "cell 1: a control character or half a character in its source; take it out",
    ),
    "escape code": (
        cell(source="'\x1b[31m'"),
        "cell 1: a control character or half a character in its source; take it out",
    ),
    "picture": (
        cell(cell_type="markdown", attachments={"image.png": {"image/png": "AA=="}}),
        "cell 1: a pasted picture; save it in book/, and show it by ![what it shows](../book/picture.png)",
    ),
    "a mistyped tag": (
        cell(metadata={"tags": ["slow", "hide-inptu"]}),
        "cell 1: the tag 'hide-inptu', which nothing reads; did you mean hide-input?",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_file_that_is_no_notebook_is_named_with_what_is_wrong(case, tmp_path):
    written, said = BROKEN[case]
    path = tmp_path / "a.ipynb"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(NotebookError) as error:
        read_cells(path)
    assert str(error.value) == f"{path}: {said}"


def test_a_file_of_another_encoding_or_none_at_all_is_no_notebook(tmp_path):
    (tmp_path / "a.ipynb").write_bytes(b'{"a": "\xe9"}')
    for name, said in (("a.ipynb", "can't decode byte 0xe9"), ("b.ipynb", "there is no such file")):
        with pytest.raises(NotebookError, match=said):
            read_cells(tmp_path / name)


def test_a_notebook_is_read_as_its_cells(tmp_path):
    path = tmp_path / "a.ipynb"
    path.write_text(GOOD, encoding="utf-8")
    assert read_cells(path) == [NotebookCell("code", "x = 1", {"tags": ["parameters"]}), NotebookCell("code", "x", {})]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("%matplotlib inline", "parameters line 1: invalid syntax; write name: Type = value  # help"),
        ("growth: YearlyGrowth = 8/100  # help", "parameters line 1: 8 / 100; write the value itself, as 0.08"),
        ("growth: YearlyGrowth = (0.08  # help", "parameters line 1: '(' was never closed; write name: Type"),
        ("growth: YearlyGrowth = 0.1  # a\ngrowth: YearlyGrowth = 0.2  # b", "parameters line 2: growth again"),
        ("  growth: YearlyGrowth = 0.1  # a", "parameters line 1: unexpected indent"),
        ("'''", "parameters line 1: "),
    ],
)
def test_a_cell_of_parameters_that_is_none_is_named_with_its_line(source, said, tmp_path):
    path = tmp_path / "a.ipynb"
    path.write_text(notebook(source, tags=("parameters",)), encoding="utf-8")
    with pytest.raises(ParameterError) as error:
        read_contract(path)
    assert str(error.value).startswith(f"{path}: {said}")


@pytest.mark.parametrize(
    ("source", "tables"),
    [
        ("%matplotlib inline\nif True:\n    %time\nopen_page('a', globals(), tables=['scenarios'])", {"scenarios"}),
        ("open_page('a', globals())", set()),
    ],
)
def test_magics_beside_the_opening_of_a_chapter_are_left_out(source, tables, tmp_path):
    path = tmp_path / "a.ipynb"
    path.write_text(notebook(source), encoding="utf-8")
    assert declared_tables(path) == tables


@pytest.mark.parametrize("source", ["open_page('a', globals(", "open_page('a', globals(), tables=TABLES)"])
def test_an_opening_of_a_chapter_that_cannot_be_read_is_named(source, tmp_path):
    path = tmp_path / "a.ipynb"
    path.write_text(notebook(source), encoding="utf-8")
    with pytest.raises(NotebookError, match=f"^{path}: .*open_page"):
        declared_tables(path)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of one chapter that is no notebook, beside the data of Hanoi."""
    for folder in ("data", "book", "notebooks"):
        (tmp_path / folder).mkdir()
    (tmp_path / "_toc.yml").write_text(
        "format: jb-book\nroot: book/index\nchapters:\n- file: notebooks/a\n", encoding="utf-8"
    )
    (tmp_path / "book" / "index.md").write_text("# A\n", encoding="utf-8")
    (tmp_path / "_config.yml").write_text("title: A\n", encoding="utf-8")
    (tmp_path / "notebooks" / "grid.yml").write_text("[]\n", encoding="utf-8")
    (tmp_path / "notebooks" / "a.ipynb").write_text(MERGED, encoding="utf-8")
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(tmp_path / "data"))
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (
            ["check"],
            1,
            "notebooks/a.ipynb:0:-: notebook: found line 2: conflict marks of a merge; keep one side of it;",
        ),
        (["parameters"], 2, "a.ipynb: line 2: conflict marks of a merge"),
        (["references"], 2, "a.ipynb: line 2: conflict marks of a merge"),
        (["run", "{root}/notebooks/a.ipynb"], 2, "a.ipynb: line 2: conflict marks of a merge"),
    ],
    ids=["check", "parameters", "references", "run"],
)
def test_every_command_says_in_one_line_that_a_file_is_no_notebook(root, arguments, code, said):
    ended, output = call(*(argument.format(root=root) for argument in arguments))
    lines = [line for line in output.splitlines() if said in line]
    assert (ended, len(lines)) == (code, 1), output


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("author: A", []),
        ("contact:\nhtml:\n  baseurl:\n", []),
        ("contact: https://a.example/b\nhtml:\n  baseurl: https://a.example\nparse:\n  myst_substitutions: {a: b}", []),
        ("contact: a@b.example\nauthor_vi: B\nsphinx:\n  config: {anything: 1}", []),
        ("author:", ["1:author: form: found None; allowed a text"]),
        ("author: ''", ["1:author: spaces: found ''"]),
        (
            "author: [A]\ncopyright: 2026",
            ["1:author: form: found ['A']", "2:copyright: form: found 2026; allowed a text"],
        ),
        ("title: a \u4e2d", ["1:title: letters: found 'a \u4e2d'; allowed letters that a chart can write"]),
        ("title: a\u200bb", ["1:title: character: found invisible character U+200B"]),
        ("sign_off_required: 'true'", ["1:sign_off_required: form: found 'true'; allowed true or false"]),
        (
            "contact: javascript:p()",
            ["1:contact: form: found 'javascript:p()'; allowed an e-mail address or one of the web"],
        ),
        (
            "html:\n  baseurl: example.org",
            ["2:html.baseurl: form: found 'example.org'; allowed an address of http or https"],
        ),
        ("repository: {url: 5}", ["1:repository.url: form: found 5; allowed a text or nothing"]),
        ("html:\n  base_url: ''", ["2:html.base_url: key: found 'base_url'"]),
        ("titel: A", ["1:titel: key: found 'titel'"]),
        (
            "title: A \N{ROCKET}",
            ["1:title: letters: found 'A \N{ROCKET}'; allowed letters that a chart can write"],
        ),
        ("parse:\n  myst_substitution: {}", ["2:parse.myst_substitution: key: found 'myst_substitution'"]),
        ("parse: {myst_substitutions: {place: Hue}}", []),
        ("5: A", ["1:5: key: found '5'"]),
    ],
)
def test_settings_that_nobody_reads_or_that_cannot_be_read_are_found(root, written, found):
    (root / "notebooks" / "a.ipynb").write_text(notebook("", tags=("parameters",)), encoding="utf-8")
    (root / "_config.yml").write_text(written, encoding="utf-8")
    lines = [line.removeprefix("_config.yml:") for line in check_project(root)]
    assert [line[: len(one)] for line, one in zip(lines, found, strict=True)] == found


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("x = 5 if", "line 1: no Python: invalid syntax"),
        ("a = " + "-" * 9_000 + "1", "no Python: its parts lie too deep"),
    ],
    ids=["an open end", "too deep"],
)
def test_a_notebook_that_is_no_python_is_a_finding(root, cell, said):
    written = json.loads(notebook("", cell))
    written["cells"][0]["metadata"] = {"tags": ["parameters"]}
    (root / "notebooks" / "a.ipynb").write_text(json.dumps(written), encoding="utf-8")
    (line,) = check_project(root)
    assert line.startswith(f"notebooks/a.ipynb:0:-: notebook: found {said}")


def test_a_default_that_is_not_of_its_type_is_a_finding(root):
    cell = 'place: Place = "nowhere"  # a\ngrowth: YearlyGrowth = 9  # b\nperiod: PeriodLabel = "2025-13"  # c'
    (root / "notebooks" / "a.ipynb").write_text(notebook(cell, tags=("parameters",)), encoding="utf-8")
    found = [line.split(": found ")[1].split(":")[0] for line in check_project(root)]
    assert found == ["parameter growth = 9", "parameter period = '2025-13'"]


@pytest.mark.parametrize(
    ("file", "written", "found"),
    [
        ("_toc.yml", "&a [*a]", "_toc.yml:1:-: yaml: found the anchor &a"),
        ("_config.yml", "html: [a]", "_config.yml:1:html: form: found ['a']"),
        ("_config.yml", "title: 'A", "_config.yml:1:-: yaml: found unexpected end of stream"),
        ("notebooks/grid.yml", "a: b", "notebooks/grid.yml:1:-: form: found {'a': 'b'}"),
    ],
)
def test_what_a_book_is_written_in_is_examined_as_a_whole(root, file, written, found):
    (root / "notebooks" / "a.ipynb").write_text(notebook("", tags=("parameters",)), encoding="utf-8")
    assert check_project(root) == []
    (root / file).write_text(written, encoding="utf-8")
    (line,) = check_project(root)
    assert line.startswith(found)


@pytest.mark.parametrize(
    ("translated", "found"),
    [
        ("{n:mục tiêu|mục tiêu} năm {period}", []),
        ("{nam}", ["2:-: field: found the field {nam}; allowed the fields of the English: {n}, {period}"]),
        ("{n:{ky}|mục tiêu}", ["2:-: field: found the field {ky}"]),
        ("{period", ["2:-: field: found expected '}' before end of string"]),
    ],
)
def test_a_translation_that_cannot_be_filled_in_as_the_english_is_a_finding(root, translated, found):
    (root / "notebooks" / "a.ipynb").write_text(notebook("", tags=("parameters",)), encoding="utf-8")
    catalogue = catalogue_path(root, "vi", domain="report")
    catalogue.parent.mkdir(parents=True)
    entry = f'#: a.py\nmsgid "{{n}} {{n:target|targets}} of {{period}}"\nmsgstr "{translated}"\n'
    catalogue.write_text(entry, encoding="utf-8")
    lines = [line.removeprefix("book/locale/vi/LC_MESSAGES/report.po:") for line in check_project(root)]
    assert [line[: len(one)] for line, one in zip(lines, found, strict=True)] == found
