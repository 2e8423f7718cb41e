"""The pages of the book: the extension's directives, and warnings that stop an edition."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path

import pytest

from promotion_book.publishing.book import BookError, chapters, render
from promotion_book.publishing.book_extension import docstring_parts, mathml, method_html, worked_cases

STATISTICS = Path("src/promotion_book/statistics")
REFERRED = re.findall(r"```\{statistic\} (\w+)\.(\w+)", Path("book/methods.md").read_text(encoding="utf-8"))


def documented() -> list[tuple[str, str]]:
    functions = []
    for path in sorted(STATISTICS.glob("*.py")):
        names = re.findall(r"^def ([a-z]\w+)\(", path.read_text(encoding="utf-8"), re.MULTILINE)
        functions += [(path.stem, name) for name in names if docstring_parts(path, name)["cases"]]
    return functions


def test_every_formula_becomes_mathml():
    for module, name in REFERRED:
        formula = docstring_parts(STATISTICS / f"{module}.py", name)["formula"]
        assert not formula or mathml(formula).startswith("<math")


def test_an_unknown_command_in_a_formula_is_refused():
    with pytest.raises(ValueError, match="unknown command"):
        mathml(r"\nonsense{x}")


@pytest.mark.parametrize(("module", "name"), documented(), ids=lambda value: value)
def test_the_worked_cases_that_a_docstring_names_exist(module, name):
    named = re.findall(r"[A-Z]\d+", docstring_parts(STATISTICS / f"{module}.py", name)["cases"])
    assert named
    assert set(named) <= set(worked_cases(Path("tests/cases.csv")))


def test_a_block_shows_formula_source_and_worked_example():
    cases = worked_cases(Path("tests/cases.csv"))
    block = method_html(
        "pace.cumulative_pace", docstring_parts(STATISTICS / "pace.py", "cumulative_pace"), [cases["P126"]]
    )
    assert "<math" in block
    assert "Share achieved against share of time." in block
    assert "target 300; actual cumulative 150; years elapsed 3; years total 5" in block
    assert "pace 0.8333" in block


def test_an_unknown_function_is_refused():
    with pytest.raises(ValueError, match="has no function nothing"):
        docstring_parts(STATISTICS / "pace.py", "nothing")


def test_the_chapters_are_those_of_the_table_of_contents():
    assert [path.stem for path in chapters(Path())][:2] == ["summary", "key_industrial_products"]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A book of one page with the real configuration."""
    source = tmp_path / "source"
    (source / "book" / "_static").mkdir(parents=True)
    (source / "tests").mkdir()
    shutil.copyfile("_config.yml", source / "_config.yml")
    shutil.copytree("book/_static", source / "book" / "_static", dirs_exist_ok=True)
    shutil.copyfile("tests/cases.csv", source / "tests" / "cases.csv")
    (source / "_toc.yml").write_text("format: jb-book\nroot: book/index\n", encoding="utf-8")
    return source


def test_a_small_book_is_rendered_with_mathematics_and_the_words_of_the_code(small, tmp_path):
    page = "# T\n\n$a^2$\n\n```{words} status\n```\n\n```{statistic} growth.cagr\n```\n"
    (small / "book" / "index.md").write_text(page, encoding="utf-8")
    render(small, tmp_path / "html", {})
    html = (tmp_path / "html" / "book" / "index.html").read_text(encoding="utf-8")
    assert html.count("<math") == 2
    assert "acceleration needed" in html
    assert "url=book/index.html" in (tmp_path / "html" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("page", "warning"),
    [
        ("# T\n\n[nowhere](nowhere.md)\n", "nowhere.md"),
        ("# T\n\n![](../book/_static/x.png)\n", "image"),
        ("# T\n\n```{statistic} growth.nothing\n```\n", "has no function nothing"),
    ],
)
def test_a_warning_stops_the_book_and_is_named(small, tmp_path, page, warning):
    (small / "book" / "index.md").write_text(page, encoding="utf-8")
    (small / "book" / "_static" / "x.png").write_bytes(b"")
    with pytest.raises(BookError, match=warning):
        render(small, tmp_path / "html", {})


def test_the_glossary_has_each_term_once_with_its_vietnamese():
    lines = Path("book/glossary.md").read_text(encoding="utf-8").splitlines()
    terms = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    bilingual = [row for row in terms if len(row) == 3 and row[0] not in ("English", "---")]
    assert len(bilingual) > 40
    assert len({row[0] for row in bilingual}) == len(bilingual)
    assert all(all(row) for row in bilingual)


def test_the_cases_of_the_tests_are_well_formed():
    rows = list(csv.DictReader(Path("tests/cases.csv").read_text(encoding="utf-8").splitlines()))
    assert all(json.loads(row["inputs"]) and row["source"] for row in rows)
    assert len({row["id"] for row in rows}) == len(rows)
