"""The pages of the book: the extension's directives, and warnings that stop an edition."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path

import nbformat
import pandas as pd
import pytest
import yaml
from bs4 import BeautifulSoup
from docutils.utils import new_document
from nbformat.v4 import new_markdown_cell, new_notebook

from builders import ENGLISH
from folders import ROOT
from promotion_book.book.book_frame import name_parts
from promotion_book.book.methods import (
    blocks,
    docstring_parts,
    examples,
    fill_example,
    formula,
    mathml,
    method_html,
    worked_cases,
)
from promotion_book.book.rendering import BookError, render_book
from promotion_book.book.unshown import find_unshown
from promotion_book.report.marks import CITE, DATASET, NOTICE, REVISION
from promotion_book.running.contents import chapter_notebooks
from promotion_book.running.plan import EditionId, locate_build, plan_edition
from promotion_book.statistics.pace import pace_class
from promotion_book.words.language import LANGUAGES
from promotion_book.words.status_words import STATUS
from promotion_book.words.translation import load_language

pytestmark = pytest.mark.xdist_group("a small book")

PACKAGE = Path("src/promotion_book")
ROOMS = ("statistics", "scenarios")
METHODS = Path("book/methods.md").read_text(encoding="utf-8")
BLOCKS = blocks(METHODS)
REFERRED = [name for name, _ in BLOCKS]
CASES = worked_cases(Path("tests/cases.csv"))
OWN_FORGE = "https://git.example.org/report"  # no service that the theme knows
CASE = {
    "id": "X1",
    "inputs": '{"base": 100, "values": [-1.5, 2.0, 3], "by": {"craft": 0.25}}',
    "expected": '{"ratio": 0.6344943251, "status": "limited"}',
}


def documented() -> list[str]:
    functions = []
    for path in sorted(path for room in ROOMS for path in (PACKAGE / room).glob("*.py")):
        names = re.findall(r"^(?:def|class) ([A-Za-z]\w+)[(:]", path.read_text(encoding="utf-8"), re.MULTILINE)
        module = f"{path.parent.name}.{path.stem}"
        functions += [f"{module}.{name}" for name in names if docstring_parts(f"{module}.{name}")["cases"]]
    return functions


def letters(latex: str) -> set[str]:
    """The symbols of a formula: single letters and Greek ones, without words and commands."""
    found = re.findall(r"\\[A-Za-z]+|[A-Za-z]", re.sub(r"\\text\{[^}]*\}", "", latex))
    return {symbol for symbol in found if len(symbol) == 1 or symbol == r"\tau"}


def defined(text: str) -> set[str]:
    return set().union(*(letters(symbol) for symbol in re.findall(r"\$([^$]+)\$", text)))


def lines(formula: str) -> list[str]:
    return [line for line in formula.split(r"\\") if line.strip()]


@pytest.mark.parametrize("name", REFERRED)
def test_every_method_has_a_question_a_source_and_a_formula_of_known_symbols(name):
    parts = docstring_parts(name)
    assert "?" in parts["question"]
    assert parts["source"].endswith(".")
    assert all(mathml(line).startswith("<math") for line in lines(parts["formula"]))
    common = METHODS.partition("## Symbols")[2].partition("\n## ")[0]
    assert letters(parts["formula"]) <= defined(common) | defined(parts["symbols"])


@pytest.mark.parametrize("name", REFERRED)
def test_no_index_holds_a_decimal_since_commas_of_decimals_and_of_indices_would_be_taken_for_one_another(name):
    parts = docstring_parts(name)
    assert re.findall(r"_\{[^}]*\d\.\d[^}]*\}", parts["formula"] + parts["symbols"]) == []


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (r"\text{at most: } y \le L", "|at most:|M|"),
        (r"\text{mean} = x", "|mean =|M|"),
        (r"R < 0: \text{ moving away}", "|M|moving away|"),
        ("y = x", "|M|"),
    ],
)
def test_the_words_at_an_end_of_a_formula_are_text_that_can_break(line, told):
    block = method_html(
        "a.b", {"question": "?", "formula": line, "symbols": "", "source": ""}, sentences=[], language=ENGLISH
    )
    (shown,) = re.findall('<div class="formula-line">(.*?)</div>', block)
    assert re.sub(r"(<[^>]+>)+", "|", re.sub(r"<math.*?</math>", "|M|", shown)).replace("||", "|") == told


def test_bars_around_a_figure_are_a_pair():
    assert mathml("|y|") == mathml(r"\lvert y\rvert ")


def test_an_unknown_command_in_a_formula_is_refused():
    with pytest.raises(ValueError, match="unknown command"):
        mathml(r"\nonsense{x}")


@pytest.mark.parametrize("name", documented())
def test_the_worked_cases_that_a_docstring_names_exist(name):
    named = re.findall(r"[A-Z]\d+", docstring_parts(name)["cases"])
    assert named
    assert set(named) <= set(CASES)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(("name", "content"), BLOCKS, ids=REFERRED)
def test_every_example_is_filled_from_a_worked_case_that_tests_the_function(name, content, code):
    named = docstring_parts(name)["cases"]
    sentences = examples(content, named, cases=CASES, language=load_language(code))
    assert len(sentences) == len(re.findall(r"^[A-Z]\d+: ", content, re.MULTILINE))
    assert not [sentence for sentence in sentences if re.search(r"[{}_\[\]]|None|True|False", sentence)]


def test_no_number_is_typed_into_a_worked_example():
    typed = [re.sub(r"^[A-Z]\d+:|\{[^}]*\}", "", content, flags=re.MULTILINE) for _, content in BLOCKS]
    assert [text for text in typed if re.search(r"\d", text)] == []


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("From {base} the ratio is {result[ratio]:.2f}.", "From 100 the ratio is 0.63."),
        ("It is {result[status]}.", "It is limited progress."),
        ("{values} and {by[craft]:.0%}", "−1.5, 2 and 3 and 25%"),
        ("{values:.1f}", "−1.5, 2.0 and 3.0"),
    ],
)
def test_a_sentence_is_filled_with_the_numbers_of_a_case(sentence, told):
    assert fill_example(sentence, CASE, ENGLISH) == told


def test_large_numbers_of_an_example_have_separators_and_years_have_none():
    case = CASE | {"inputs": '{"base": 1200, "year": 2030, "target": 1012.6}'}
    assert fill_example("{base} by {year:d}, then {target:.0f}", case, ENGLISH) == "1,200 by 2030, then 1,013"


def test_in_vietnamese_the_numbers_and_words_of_a_case_are_vietnamese():
    told = fill_example(
        "{base}: {values}, {result[ratio]:.2f}, {by[craft]:.1%}: {result[status]}", CASE, load_language("vi")
    )
    assert told == "100: −1,5; 2 và 3, 0,63, 25,0%: tiến bộ hạn chế"


def test_where_numbers_have_decimal_commas_semicolons_part_the_terms_of_a_formula():
    assert re.sub("<[^>]+>", "", formula("(2.5, 5)", load_language("vi"))) == "&#x00028;2,5&#x0003B;5&#x00029;"
    assert re.sub("<[^>]+>", "", formula("(x, 5)", load_language("vi"))) == "&#x00028;x&#x0002C;5&#x00029;"


def test_in_vietnamese_a_formula_has_a_decimal_comma_and_vietnamese_words():
    block = method_html(
        "pace.pace_class", docstring_parts("statistics.pace.pace_class"), sentences=[], language=load_language("vi")
    )
    assert "<mn>0,95</mn>" in block
    assert "đúng tiến độ" in block.replace("&#x000A0;", " ")
    assert "0.95" not in block


@pytest.mark.parametrize("sentence", ["{current}", "{result[pace]}", "{base[0]}", "{by}"])
def test_a_field_that_a_case_does_not_have_is_refused(sentence):
    with pytest.raises(ValueError, match="case X1 has no field"):
        fill_example(sentence, CASE, ENGLISH)


def test_a_case_that_does_not_test_the_function_is_refused():
    with pytest.raises(ValueError, match="X1 is not among the worked cases P001, P002"):
        examples("X1: From {base}.\n", "P001, P002", cases={"X1": CASE}, language=ENGLISH)


def test_the_words_beside_a_bound_are_those_of_the_class():
    on_bound, standstill = (json.loads(CASES[case]["inputs"])["ratio"] for case in ("P017", "P019"))
    assert (STATUS[pace_class(on_bound)], STATUS[pace_class(standstill)]) == ("on track", "limited progress")


def test_a_block_shows_question_formula_symbols_example_and_source():
    parts = docstring_parts("statistics.pace.cumulative_pace")
    block = method_html("pace.cumulative_pace", parts, sentences=["A < B."], language=ENGLISH)
    text = re.sub(r"<[^>]+>", "|", re.sub(r"<math.*?</math>", "M", block.replace("<wbr>", "")))
    assert [part for part in text.split("|") if part] == [
        "Is a total that is collected over a period growing fast enough?",
        "M",
        "required a year =",
        "M",
        "M is what was achieved so far, in M of the M years of the period.",
        "Example.",
        " A &lt; B.",
        "Source: the share achieved against the share of time, a rule of this report.",
        "In the code: ",
        "pace.cumulative_pace",
    ]


def test_an_unknown_function_is_refused():
    with pytest.raises(ValueError, match="has no function or class nothing"):
        docstring_parts("statistics.pace.nothing")


def test_the_chapters_are_those_of_the_table_of_contents():
    assert [path.stem for path in chapter_notebooks(Path())][:2] == ["summary", "key_industrial_products"]


def put_book(folder: Path) -> Path:
    """The source of a book with the real configuration, of a repository of its own, and no page."""
    source = folder / "source"
    (source / "book" / "_static").mkdir(parents=True)
    (source / "tests").mkdir()
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    config["repository"] = {"url": OWN_FORGE}
    (source / "_config.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    shutil.copytree(ROOT / "book" / "_static", source / "book" / "_static", dirs_exist_ok=True)
    shutil.copytree(ROOT / "book" / "_templates", source / "book" / "_templates")
    shutil.copyfile(ROOT / "tests" / "cases.csv", source / "tests" / "cases.csv")
    (source / "_toc.yml").write_text("format: jb-book\nroot: book/index\n", encoding="utf-8")
    return source


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return put_book(tmp_path)


@pytest.fixture(scope="module")
def rendered(tmp_path_factory) -> Path:
    """A book of one page with a formula, words, a method and a link to another one, as a page of the edition of 2024."""
    folder = tmp_path_factory.mktemp("rendered")
    page = (
        "# T\n\n$a^2$\n\n```{words} status\n```\n\n```{statistic} statistics.growth.cagr\nP001: To {current}.\n```\n\n"
        "[elsewhere](elsewhere.md)\n"
    )
    (put_book(folder) / "book" / "index.md").write_text(page, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("promotion_book.running.plan.base_address", lambda root: "https://example.org/report/")
        edition = EditionId("hanoi", "2024")
        planned = plan_edition(ROOT, locate_build(ROOT, edition, language="en"))
        few = plan_edition(ROOT, locate_build(ROOT, edition, language="en", alone=True), only=["ocop"])
    settings = {name: planned.settings[name] for name in ("edition", "html_baseurl")}
    settings["suppress_warnings"] = few.settings["suppress_warnings"]
    render_book(folder / "source", folder / "html", given=settings)
    return folder / "html"


def test_a_small_book_is_rendered_with_mathematics_and_the_words_of_the_code(rendered):
    html = (rendered / "book" / "index.html").read_text(encoding="utf-8")
    assert html.count("<math") == 2
    assert "acceleration needed" in html
    assert "To 120." in html
    assert "Data and text: CC BY 4.0. Code: MIT." in html
    assert "url=book/index.html" in (rendered / "index.html").read_text(encoding="utf-8")


def test_the_source_of_a_project_may_lie_anywhere_in_the_web(small, tmp_path):
    assert OWN_FORGE in (small / "_config.yml").read_text(encoding="utf-8")
    (small / "book" / "index.md").write_text("# T\n", encoding="utf-8")
    render_book(small, tmp_path / "html", given={})


def test_a_table_of_pandas_is_the_same_in_every_run_and_styles_nothing_on_its_page():
    frame = pd.DataFrame({"products": [4, 9]}, index=[2024, 2025])
    pages = [name_parts(frame.style.background_gradient().to_html() + frame.to_html(notebook=True)) for _ in range(2)]
    assert (pages[0] == pages[1], "style" in pages[0], pages[0].count("<table")) == (True, False, 2)


def test_the_search_stands_with_the_title(rendered):
    page = BeautifulSoup((rendered / "book" / "index.html").read_bytes(), "html.parser")
    assert len(page.select(".sidebar-primary-item:has(> header) > .search-button-field")) == 1


def test_a_page_of_an_edition_says_what_it_is_and_leaves_marks_for_its_publication(rendered):
    html = (rendered / "book" / "index.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://example.org/report/hanoi/2024/en/book/index.html"' in html
    assert "Figures public by 31 March 2025." in html
    assert "Next release: 15 January 2027 (the first half of 2026)." in html
    assert [html.count(f"<!--{name}-->") for name in (REVISION, NOTICE, DATASET, CITE)] == [2, 1, 1, 1]
    assert 'data-page="book/index"' in html


def test_a_page_of_an_edition_has_a_card_with_the_picture_of_the_edition_and_its_title_once(rendered):
    page = BeautifulSoup((rendered / "book" / "index.html").read_bytes(), "html.parser")
    said = {tag.get("property") or tag["name"]: tag["content"] for tag in page.select("meta[property], meta[name]")}
    address = "https://example.org/report/hanoi/2024/en/"
    assert {name: said.get(name) for name in ("og:title", "og:url", "og:image", "twitter:card")} == {
        "og:title": "T",
        "og:url": f"{address}book/index.html",
        "og:image": f"{address}_static/share.png",
        "twitter:card": "summary_large_image",
    }
    assert (rendered / "_static" / "share.png").is_file()
    assert "\N{EM DASH}" not in page.title.get_text()


@pytest.mark.parametrize(
    ("page", "warnings"),
    [
        ("[nowhere](nowhere.md)\n\n![](../book/_static/x.png)\n", ["nowhere.md", "image"]),
        ("```{statistic} statistics.growth.cagr\nP001: {nothing}\n```\n", ["case P001 has no field 'nothing'"]),
    ],
)
def test_a_warning_stops_the_book_and_is_named(small, tmp_path, page, warnings):
    (small / "book" / "index.md").write_text(f"# T\n\n{page}", encoding="utf-8")
    (small / "book" / "_static" / "x.png").write_bytes(b"")
    with pytest.raises(BookError) as error:
        render_book(small, tmp_path / "html", given={})
    assert [warning for warning in warnings if warning not in str(error.value)] == []


def test_a_warning_on_a_cell_of_a_notebook_says_what_the_cell_begins_with(small, tmp_path):
    prose = [new_markdown_cell(text) for text in ("# T", "(here)=\n\n## One", "(here)=\n\n## Two")]
    nbformat.write(new_notebook(cells=prose), small / "book" / "index.ipynb")
    with pytest.raises(BookError) as error:
        render_book(small, tmp_path / "html", given={})
    assert 'book/index.ipynb: cell ((here)=), line 1: WARNING: Duplicate explicit target name: "here"' in str(
        error.value
    )


def test_what_no_reader_of_a_page_would_see_stops_the_book_and_is_named_with_its_cell(small, tmp_path):
    prose = (
        '# T\n\n`<b style="color:red">`\n\n<b>bold</b>',
        'One <b style="color:red">red</b>',
        "Two\n\n![a picture](https://example.org/a.png)",
        "Three\n\n```{raw} html\n<iframe src='a'></iframe>\n```",
        "# Four",
    )
    nbformat.write(new_notebook(cells=[new_markdown_cell(text) for text in prose]), small / "book" / "index.ipynb")
    with pytest.raises(BookError) as error:
        render_book(small, tmp_path / "html", given={})
    found = {line.split(";")[0].removeprefix("book/index.ipynb: cell ") for line in str(error.value).splitlines()}
    assert found == {
        '(One <b style="color:red">red</b>), line 1: WARNING: the page holds a style of its own, as a Styler with colours, '
        "which no page has",
        "(Two), line 3: WARNING: the page holds a picture, sound or film that lies elsewhere, which no page loads",
        "(Three), line 3: WARNING: the page holds a script or a frame, which no page runs",
        "(# Four), line 1: WARNING: a second title, 'Four', and a page has one",
    }


def test_a_page_without_a_title_is_named():
    (sentence, _), *more = find_unshown(new_document("a page"))
    assert (sentence, more) == ("the page has no title; begin it with a line '# ' and its title", [])


def test_a_link_to_a_page_that_is_not_among_a_few_stops_nothing(rendered):
    assert "elsewhere" in (rendered / "book" / "index.html").read_text(encoding="utf-8")


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
