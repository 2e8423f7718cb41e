"""The methods page: what a statistic answers, its formula and source, and worked examples.

`{statistic} statistics.pace.cumulative_pace` prints them from the docstring of the function, and one sentence
for each worked case of its content:

    P001: To go from {base} to {current} takes growth of {result:.1%} a year.

The fields are filled from the same file as the tests. The function's source is read as text; nothing is
imported. Texts are said in the language of the book; symbols stand between dollar signs.
"""

from __future__ import annotations

import ast
import csv
import html
import json
import re
from pathlib import Path
from string import Formatter
from typing import Any

from latex2mathml.converter import convert

from promotion_book.words.language import MINUS, Language
from promotion_book.words.status_words import RESULTS

PACKAGE = Path(__file__).parent.parent
MATH = re.compile(r"\.\. math:: (.+?)(?:\n\s*\n|\Z)", re.DOTALL)
BARS = re.compile("<mo[^>]*>&#x0007C;</mo>(.*?)<mo[^>]*>&#x0007C;</mo>")
FIELD = re.compile(
    r"^(Symbols|Source|Worked cases): (.+?)(?=\n\s*\n|\n(?:Symbols|Source|Worked cases):|\Z)", re.DOTALL | re.MULTILINE
)
BLOCK = re.compile(r"^```\{statistic\} (\S+)\n(.*?)```", re.DOTALL | re.MULTILINE)
TEXT = re.compile(r"\\text\{([^}]*)\}")
LINES = re.compile(r"\\\\|\\qquad")
BEFORE, AFTER = re.compile(r"\s*\\text\{([^}]*)\}\s*(=?)"), re.compile(r"(:)\s*\\text\{([^}]*)\}\s*$")
NUMBER = re.compile(r"(?<=<mn>)[\d.]+(?=</mn>)")
YEAR = "d"  # how a number is written that has no separator of thousands
COMMA = "<mo>&#x0002C;</mo>"
WITH_MARKS = re.compile(r"\(?<math\b(?:(?!</math>).)*</math>[.,;:)]+")
EXAMPLE = re.compile(r"^([A-Z]\d+): (.+?)(?=^[A-Z]\d+: |\Z)", re.DOTALL | re.MULTILINE)


def mathml(latex: str, display: str = "block") -> str:
    """A formula as MathML.

    Raises:
        ValueError: a command that the converter does not know, which it would print as text.
    """
    result = BARS.sub(_upright_bars, convert(latex, display=display))
    unknown = re.search(r"\\[A-Za-z]+", re.sub(r"<annotation.*?</annotation>", "", result))
    if unknown:
        raise ValueError(f"unknown command {unknown.group()} in the formula {latex}")
    return result


def _upright_bars(pair: re.Match[str]) -> str:
    """The bars of an absolute value, both as high as a letter; a browser would stretch only those at an end."""
    left, right = (f'<mo form="{form}" stretchy="false">|</mo>' for form in ("prefix", "postfix"))
    return left + pair[1] + right


def blocks(page: str) -> list[tuple[str, str]]:
    """The blocks of a page: the name of the function, and the content."""
    return BLOCK.findall(page)


def docstring_parts(name: str) -> dict[str, str]:
    """First line, formula, symbols, source and worked cases of the docstring of a function or class.

    Args:
        name: room, module and function, as `statistics.growth.cagr`.

    Raises:
        ValueError: there is no such function.
    """
    *module, function = name.split(".")
    path = PACKAGE.joinpath(*module).with_suffix(".py")
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name == function:
            doc = ast.get_docstring(node) or ""
            formula = MATH.search(doc)
            fields = {key: " ".join(value.split()) for key, value in FIELD.findall(doc)}
            return {
                "question": doc.partition("\n")[0],
                "formula": " ".join(formula.group(1).split()) if formula else "",
                "symbols": fields.get("Symbols", ""),
                "source": fields.get("Source", ""),
                "cases": fields.get("Worked cases", ""),
            }
    raise ValueError(f"{path.name} has no function or class {function}")


def docstring_messages(parts: dict[str, str]) -> list[str]:
    """What of a docstring is said on the page, the words of its formula included."""
    words = [text.strip() for text in TEXT.findall(parts["formula"])]
    return [text for text in (parts["question"], *words, parts["symbols"], parts["source"]) if text]


def worked_cases(path: Path) -> dict[str, dict[str, str]]:
    """The worked cases of the tests, by id."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def sentences(content: str) -> list[tuple[str, str]]:
    """The worked cases of a block's content, each with its sentence on one line."""
    return [(case, " ".join(sentence.split())) for case, sentence in EXAMPLE.findall(content)]


def examples(content: str, named: str, *, cases: dict[str, dict[str, str]], language: Language) -> list[str]:
    """The sentences of a block's content, filled from the worked cases that they begin with.

    Raises:
        ValueError: a case that the docstring does not name, or a field that the case does not have.
    """
    found = sentences(content)
    for case, _ in found:
        if case not in named.split(", "):
            raise ValueError(f"{case} is not among the worked cases {named}")
    return [fill_example(language.message(sentence), cases[case], language) for case, sentence in found]


def fill_example(sentence: str, case: dict[str, str], language: Language) -> str:
    """A sentence with the numbers of a worked case: its inputs by name, what is expected as `result`.

    Raises:
        ValueError: a field that the case does not have.
    """
    fields = {**json.loads(case["inputs"]), "result": json.loads(case["expected"])}
    try:
        return _Reader(language).vformat(sentence, (), fields)
    except (LookupError, TypeError) as error:
        raise ValueError(f"case {case['id']} has no field {error}") from error


class _Reader(Formatter):
    """Fields as they are read: "a, b and c" for a list, classes in words, a true minus sign."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def format_field(self, value: Any, spec: str) -> str:
        if isinstance(value, list):
            return self.language.join_list([self.format_field(item, spec) for item in value])
        if isinstance(value, str):
            return self.language.text(RESULTS[value.replace(" ", "_")])
        grouped = spec if spec == YEAR else f",{spec or '.10g'}"
        return separate_thousands(format(value, grouped), self.language).replace("-", MINUS)


def separate_thousands(number: str, language: Language) -> str:
    """A number written by Python, with the separators of a language."""
    return number.translate(str.maketrans(",.", language.separators))


def method_html(name: str, parts: dict[str, str], *, sentences: list[str], language: Language) -> str:
    """A method as it stands on the methods page; a formula has a line for each of its lines."""
    said, text = language.message, language.text
    lines = "".join(_line(line, language) for line in LINES.split(parts["formula"]) if line)
    source = text("Source: {source}", source=said(parts["source"])) if parts["source"] else ""
    breaking = re.sub(r"([._])", r"\1<wbr>", html.escape(name))
    code = text("In the code: {name}", name=f"<code>{breaking}</code>")
    content = [
        ("method-question", html.escape(said(parts["question"]))),
        ("method-formula", lines),
        ("method-symbols", with_symbols(said(parts["symbols"]), language) if parts["symbols"] else ""),
        *(("method-example", f"<b>{text('Example.')}</b> {html.escape(sentence)}") for sentence in sentences),
        ("method-source", html.escape(source)),
        ("method-code", code),
    ]
    body = "".join(f'<div class="{kind}">{block}</div>' for kind, block in content if block)
    return f'<div class="method">{body}</div>'


def _line(latex: str, language: Language) -> str:
    """A line of a formula: the words at its begin or end are text in a language, which breaks where a page is narrow."""
    before, after = BEFORE.match(latex), AFTER.search(latex)
    symbols = latex[before.end() if before else 0 : after.start() if after else None]
    words = [f"{language.message(before[1].strip())} {before[2]}".strip() if before else ""]
    words += [language.message(after[2].strip())] if after else []
    first, *last = (f"<span>{html.escape(said)}</span>" if said else "" for said in words)
    return f'<div class="formula-line">{first}{formula(symbols + (after[1] if after else ""), language)}{"".join(last)}</div>'


def formula(latex: str, language: Language, display: str = "block") -> str:
    """A formula as MathML, its numbers with the separators of a language. Raises as `mathml`.

    Where numbers have decimal commas, semicolons part what commas part else.
    """
    told = NUMBER.sub(lambda found: separate_thousands(found[0], language), mathml(latex, display))
    return told.replace(COMMA, COMMA.replace("2C", "3B")) if re.search(r"<mn>\d+,", told) else told


def with_symbols(text: str, language: Language) -> str:
    """A sentence with its symbols, which stand between dollar signs, as MathML; no line begins with a mark after one."""
    parts = enumerate(text.split("$"))
    sentence = "".join(formula(part, language, "inline") if n % 2 else html.escape(part) for n, part in parts)
    return WITH_MARKS.sub(r'<span class="unbroken">\g<0></span>', sentence[:1].upper() + sentence[1:])
