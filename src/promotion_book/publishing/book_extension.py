"""The Sphinx extension of the book: small repairs, and the directive of the methods page.

* parallel builds: two extensions declare nothing about parallel safety, which is a warning;
* accessibility: an image without alt text is a warning, and warnings stop the build;
* mathematics as MathML at build time: no script, readable by screen readers;
* explorers: Vega is shipped once, made into one file at build time; only pages with an explorer load it;
* downloads: the files under `notebooks/**/results` are copied beside the pages;
* links: `sources_pages` says where a page of the grid finds the sources of its place;
* an edition: the switch to the others, its downloads and marks are those of `book_edition`;
* a what-if: what `what_if` of the configuration says stands on top of every page, and in its title;
* `{words} status` prints the words of the report with their meaning, from where the code has them;
* `{statistic} statistics.pace.cumulative_pace` prints what a function answers, its formula and its source, from
  its docstring, and one sentence for each worked case of its content. The fields of a sentence, such
  as `{base}` or `{result[pace]:.2f}`, are filled from the same file as the tests. The function's
  source is read as text; nothing is imported.
"""

from __future__ import annotations

import ast
import csv
import html
import json
import os
import posixpath
import re
import shutil
from importlib.metadata import version
from pathlib import Path
from string import Formatter
from typing import Any

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from promotion_book.display.sources import PAGE
from promotion_book.display.words import LISTS
from promotion_book.publishing import book_edition

logger = logging.getLogger(__name__)
PACKAGE = Path(__file__).parent.parent
NOTEBOOKS = "notebooks"
VEGA = "vega.js"
VEGA_LICENCE = (
    "Vega, Vega-Lite, Vega-Embed: copyright University of Washington Interactive Data Lab, BSD-3-Clause. "
    "D3: copyright Mike Bostock, ISC."
)
MATH = re.compile(r"\.\. math:: (.+?)(?:\n\s*\n|\Z)", re.DOTALL)
BARS = re.compile("<mo[^>]*>&#x0007C;</mo>(.*?)<mo[^>]*>&#x0007C;</mo>")
FIELD = re.compile(
    r"^(Symbols|Source|Worked cases): (.+?)(?=\n\s*\n|\n(?:Symbols|Source|Worked cases):|\Z)", re.DOTALL | re.MULTILINE
)
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


class Statistic(SphinxDirective):
    """`{statistic} room.module.function`: question, formula, source and worked examples of a statistic."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """The block of one function."""
        *module, name = self.arguments[0].split(".")
        parts = docstring_parts(PACKAGE.joinpath(*module).with_suffix(".py"), name)
        cases = worked_cases(Path(self.env.app.confdir) / self.config.worked_cases)
        block = method_html(self.arguments[0], parts, examples("\n".join(self.content), parts["cases"], cases))
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
    """First line, formula, symbols, source and worked cases of a function's docstring.

    Raises:
        ValueError: there is no such function, or it has no docstring.
    """
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name == name:
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
    raise ValueError(f"{path.name} has no function or class {name}")


def worked_cases(path: Path) -> dict[str, dict[str, str]]:
    """The worked cases of the tests, by id."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def examples(content: str, named: str, cases: dict[str, dict[str, str]]) -> list[str]:
    """The sentences of a directive's content, filled from the worked cases that they begin with.

    Raises:
        ValueError: a case that the docstring does not name, or a field that the case does not have.
    """
    found = EXAMPLE.findall(content)
    for case, _ in found:
        if case not in named.split(", "):
            raise ValueError(f"{case} is not among the worked cases {named}")
    return [filled(sentence, cases[case]) for case, sentence in found]


def filled(sentence: str, case: dict[str, str]) -> str:
    """A sentence with the numbers of a worked case: its inputs by name, what is expected as `result`.

    Raises:
        ValueError: a field that the case does not have.
    """
    fields = {**json.loads(case["inputs"]), "result": json.loads(case["expected"])}
    try:
        return " ".join(_Reader().vformat(sentence, (), fields).split())
    except (LookupError, TypeError) as error:
        raise ValueError(f"case {case['id']} has no field {error}") from error


class _Reader(Formatter):
    """Fields as they are read: "a, b and c" for a list, spaces in names, a true minus sign."""

    def format_field(self, value: Any, spec: str) -> str:
        if isinstance(value, list):
            *first, last = [self.format_field(item, spec) for item in value]
            return f"{', '.join(first)} and {last}"
        if isinstance(value, str):
            return value.replace("_", " ")
        return format(value, spec or ".10g").replace("-", "\N{MINUS SIGN}")


def method_html(name: str, parts: dict[str, str], sentences: list[str]) -> str:
    """A method as it stands on the methods page; a formula has a line for each of its lines."""
    lines = "".join(mathml(line) for line in parts["formula"].split(r"\\") if line)
    blocks = [
        ("method-question", html.escape(parts["question"])),
        ("method-formula", lines),
        ("method-symbols", with_symbols(parts["symbols"])),
        *(("method-example", f"<b>Example.</b> {html.escape(sentence)}") for sentence in sentences),
        ("method-source", f"Source: {html.escape(parts['source'])}" if parts["source"] else ""),
        ("method-code", f"In the code: <code>{html.escape(name)}</code>"),
    ]
    body = "".join(f'<div class="{kind}">{content}</div>' for kind, content in blocks if content)
    return f'<div class="method">{body}</div>'


def with_symbols(text: str) -> str:
    """A sentence with its symbols, which stand between dollar signs, as MathML."""
    parts = enumerate(text.split("$"))
    sentence = "".join(mathml(part, display="inline") if n % 2 else html.escape(part) for n, part in parts)
    return sentence[:1].upper() + sentence[1:]


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


def _ship_vega(app: Sphinx) -> None:
    """Making the script takes a second, so it is kept in the folder that `scripts` names, for other builds."""
    if app.builder.format == "html":
        kept = Path(app.config.scripts or app.doctreedir) / f"vega-{version('vl-convert-python')}.js"
        if not kept.is_file():
            kept.parent.mkdir(parents=True, exist_ok=True)
            draft = kept.with_suffix(f".{os.getpid()}")
            draft.write_text(vega(), encoding="utf-8")
            draft.replace(kept)
        static = Path(app.outdir) / "_static"
        static.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(kept, static / VEGA)


def vega() -> str:
    """Vega, Vega-Lite and Vega-Embed as one script without outside parts; it leaves only `vegaEmbed` behind."""
    import vl_convert

    bundle = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")
    return f"/*! {VEGA_LICENCE} */\n(() => {{{bundle}}})();\n"


def _load_vega(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    if 'class="report-figure report-explorer"' in context.get("body", ""):
        for name in (VEGA, "explorer.js"):
            app.add_js_file(name, loading_method="defer")


def _mark_what_if(app: Sphinx, config: Config) -> None:
    if config.what_if:
        config.html_theme_options["announcement"] = html.escape(config.what_if)


def _link_sources(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Notebooks link to the page of sources as if it lay beside them; for a page of the grid it lies elsewhere."""
    if page in app.config.sources_pages:
        found = posixpath.relpath(app.config.sources_pages[page], posixpath.dirname(page))
        context["body"] = context["body"].replace(f'<a href="{PAGE}#', f'<a href="{found}.html#')


def _copy_results(app: Sphinx, error: Exception | None) -> None:
    source = Path(app.srcdir)
    if error is None and app.builder.format == "html":
        for results in (source / NOTEBOOKS).rglob("results"):
            shutil.copytree(results, Path(app.outdir) / results.relative_to(source), dirs_exist_ok=True)


def setup(app: Sphinx) -> dict[str, object]:
    """Called by Sphinx."""
    app.add_config_value("worked_cases", "", "env")
    app.add_config_value("what_if", "", "html")
    app.add_config_value("sources_pages", {}, "html")
    app.add_config_value("scripts", "", "")
    app.add_directive("statistic", Statistic)
    app.add_directive("words", Words)
    app.add_html_math_renderer("mathml", (_visit_math, None), (_visit_math_block, None))
    book_edition.setup(app)
    app.connect("config-inited", _mark_what_if)
    app.connect("builder-inited", _parallel)
    app.connect("builder-inited", _ship_vega)
    app.connect("html-page-context", _load_vega)
    app.connect("html-page-context", _link_sources)
    app.connect("doctree-resolved", _needs_alt)
    app.connect("build-finished", _copy_results)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "version": "1"}
