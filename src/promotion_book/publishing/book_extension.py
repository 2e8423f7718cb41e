"""The Sphinx extension of the book: small repairs, and the directive of the methods page.

* parallel builds: two extensions declare nothing about parallel safety, which is a warning;
* accessibility: an image without alt text is a warning, and warnings stop the build;
* mathematics as MathML at build time: no script, readable by screen readers;
* downloads: the files under `notebooks/results` are copied beside the pages;
* `{words} status` prints the words of the report with their meaning, from where the code has them;
* `{statistic} pace.cumulative_pace` prints the formula of a function from its docstring and the
  worked cases that test it, read from the same file as the tests. The function's source is read as
  text; nothing is imported.
"""

from __future__ import annotations

import ast
import csv
import html
import json
import re
import shutil
from pathlib import Path
from typing import Any

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from promotion_book.display.words import LISTS

logger = logging.getLogger(__name__)
STATISTICS = Path(__file__).parent.parent / "statistics"
MATH = re.compile(r"\.\. math:: (.+?)(?:\n\s*\n|\Z)", re.DOTALL)
LISTED = re.compile(
    r"^\s*(Source|Worked cases): (.+?)(?=\n\s*(?:Worked cases|Raises|Args)|\Z)", re.DOTALL | re.MULTILINE
)


def mathml(latex: str, display: str = "block") -> str:
    """A formula as MathML.

    Raises:
        ValueError: a command that the converter does not know, which it would print as text.
    """
    result = convert(latex, display=display)
    unknown = re.search(r"\\[A-Za-z]+", re.sub(r"<annotation.*?</annotation>", "", result))
    if unknown:
        raise ValueError(f"unknown command {unknown.group()} in the formula {latex}")
    return result


class Statistic(SphinxDirective):
    """`{statistic} module.function`: formula, source and worked cases of a statistic."""

    required_arguments = 1
    has_content = False

    def run(self) -> list[nodes.Node]:
        """The block of one function."""
        module, _, name = self.arguments[0].partition(".")
        parts = docstring_parts(STATISTICS / f"{module}.py", name)
        cases = worked_cases(Path(self.env.app.confdir) / self.config.worked_cases)
        chosen = [cases[case] for case in re.findall(r"[A-Z]\d+", parts["cases"])][:2]
        block = method_html(self.arguments[0], parts, chosen)
        return [nodes.raw("", block, format="html")]


class Words(SphinxDirective):
    """`{words} status`: a list of the report's words with their meaning."""

    required_arguments = 1
    has_content = False

    def run(self) -> list[nodes.Node]:
        """The table of one list."""
        (first, second), words = LISTS[self.arguments[0]]
        head = f'<th scope="col">{first}</th>' + (f'<th scope="col">{second}</th>' if second else "")
        rows = "".join(_word_row(word, meaning) for word, meaning in words.items())
        table = f'<table class="report-table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
        return [nodes.raw("", table, format="html")]


def _word_row(word: str, meaning: str) -> str:
    cell = f'<td data-label="Meaning">{html.escape(meaning)}</td>' if meaning else ""
    return f'<tr><th scope="row">{html.escape(word)}</th>{cell}</tr>'


def docstring_parts(path: Path, name: str) -> dict[str, str]:
    """Formula, source and worked cases that a function's docstring names.

    Raises:
        ValueError: there is no such function, or it has no docstring.
    """
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            doc = ast.get_docstring(node) or ""
            formula = MATH.search(doc)
            listed = {key: " ".join(value.split()) for key, value in LISTED.findall(doc)}
            return {
                "formula": " ".join(formula.group(1).split()) if formula else "",
                "source": listed.get("Source", ""),
                "cases": listed.get("Worked cases", ""),
            }
    raise ValueError(f"{path.name} has no function {name}")


def worked_cases(path: Path) -> dict[str, dict[str, str]]:
    """The worked cases of the tests, by id."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def method_html(name: str, parts: dict[str, str], cases: list[dict[str, str]]) -> str:
    """Formula and worked cases as they stand on the methods page."""
    formula = f'<div class="method-formula" tabindex="0">{mathml(parts["formula"])}</div>' if parts["formula"] else ""
    origin = parts["source"].replace("`", "")
    source = f'<p class="method-source">{html.escape(origin[:1].upper() + origin[1:])}</p>' if origin else ""
    rows = "".join(_case_row(case) for case in cases)
    caption = "Worked example" if len(cases) == 1 else "Worked examples"
    table = (
        f'<table class="report-table"><caption>{caption}</caption><thead><tr><th scope="col">Case</th>'
        f'<th scope="col">Given</th><th scope="col">Result</th></tr></thead><tbody>{rows}</tbody></table>'
    )
    code = f'<p class="method-code">Computed and tested by <code>{html.escape(name)}</code></p>'
    return f'<div class="method">{formula}{source}{table if cases else ""}{code}</div>'


def _case_row(case: dict[str, str]) -> str:
    given, result = _told(json.loads(case["inputs"])), _told(json.loads(case["expected"]))
    return f'<tr><th scope="row">{case["id"]}</th><td data-label="Given">{given}</td><td data-label="Result">{result}</td></tr>'


def _told(value: Any) -> str:
    """A JSON value as a reader reads it: names with spaces, numbers with four digits."""
    if isinstance(value, dict):
        return "; ".join(f"{key.replace('_', ' ')} {_told(item)}" for key, item in value.items())
    if isinstance(value, list):
        return ", ".join(_told(item) for item in value)
    if isinstance(value, float):
        return f"{value:.4g}" if abs(value) < 1e6 else f"{value:,.0f}"
    return html.escape(str(value).replace("_", " "))


def _parallel(app: Sphinx) -> None:
    for name in ("sphinx_multitoc_numbering", "sphinx_jupyterbook_latex"):
        if name in app.extensions:
            app.extensions[name].parallel_read_safe = True
            app.extensions[name].parallel_write_safe = True


def _needs_alt(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    for image in doctree.findall(nodes.image):
        if not image.get("alt"):
            logger.warning("image without alt text: %s", image.get("uri"), location=image, type="book", subtype="alt")


def _visit_math(self: Any, node: nodes.math) -> None:
    self.body.append(mathml(node.astext(), display="inline"))
    raise nodes.SkipNode


def _visit_math_block(self: Any, node: nodes.math_block) -> None:
    self.body.append(self.starttag(node, "div", CLASS="math notranslate nohighlight"))
    self.body.append(mathml(node.astext()) + "</div>\n")
    raise nodes.SkipNode


def _copy_results(app: Sphinx, error: Exception | None) -> None:
    results = Path(app.srcdir) / "notebooks" / "results"
    if error is None and app.builder.format == "html" and results.is_dir():
        shutil.copytree(results, Path(app.outdir) / "notebooks" / "results", dirs_exist_ok=True)


def setup(app: Sphinx) -> dict[str, object]:
    """Called by Sphinx."""
    app.add_config_value("worked_cases", "", "env")
    app.add_directive("statistic", Statistic)
    app.add_directive("words", Words)
    app.add_html_math_renderer("mathml", (_visit_math, None), (_visit_math_block, None))
    app.connect("builder-inited", _parallel)
    app.connect("doctree-resolved", _needs_alt)
    app.connect("build-finished", _copy_results)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "version": "1"}
