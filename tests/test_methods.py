"""The methods on their page: formula, symbols, worked cases and source of each function, as its docstring has them."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from builders import ENGLISH
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
from promotion_book.statistics.pace import pace_class
from promotion_book.words.language import LANGUAGES
from promotion_book.words.status_words import STATUS
from promotion_book.words.translation import load_language

PACKAGE = Path("src/promotion_book")
ROOMS = ("statistics", "scenarios")
METHODS = Path("book/methods.md").read_text(encoding="utf-8")
BLOCKS = blocks(METHODS)
REFERRED = [name for name, _ in BLOCKS]
CASES = worked_cases(Path("tests/cases.csv"))
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


def test_no_index_holds_a_decimal_since_commas_of_decimals_and_of_indices_would_be_taken_for_one_another():
    told = {name: docstring_parts(name) for name in REFERRED}
    decimal = re.compile(r"_\{[^}]*\d\.\d[^}]*\}")
    assert [name for name, parts in told.items() if decimal.search(parts["formula"] + parts["symbols"])] == []


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


def test_the_worked_cases_that_a_docstring_names_exist():
    named = {name: {*re.findall(r"[A-Z]\d+", docstring_parts(name)["cases"])} for name in documented()}
    assert [name for name, cases in named.items() if not cases or not cases <= set(CASES)] == []


@pytest.mark.parametrize(("name", "content"), BLOCKS, ids=REFERRED)
def test_every_example_is_filled_from_a_worked_case_that_tests_the_function(name, content):
    named, wanted = docstring_parts(name)["cases"], len(re.findall(r"^[A-Z]\d+: ", content, re.MULTILINE))
    for words in map(load_language, LANGUAGES):
        sentences = examples(content, named, cases=CASES, language=words)
        assert len(sentences) == wanted
        assert [said for said in sentences if re.search(r"[{}_\[\]]|None|True|False", said)] == []


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


def test_the_cases_of_the_tests_are_well_formed():
    rows = list(csv.DictReader(Path("tests/cases.csv").read_text(encoding="utf-8").splitlines()))
    assert all(json.loads(row["inputs"]) and row["source"] for row in rows)
    assert len({row["id"] for row in rows}) == len(rows)
