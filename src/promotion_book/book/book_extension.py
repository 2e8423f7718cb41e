"""The Sphinx extension of the book: small repairs, and the directive of the methods page.

* parallel builds: two extensions declare nothing about parallel safety, which is a warning;
* accessibility: an image without alt text is a warning, and warnings stop the build; a figure that a cell shows bare
  is named by its section;
* mathematics as MathML at build time: no script, readable by screen readers;
* downloads: the files under `notebooks/**/results` are copied beside the pages, with the executed notebooks;
* links: `sources_pages` says where a page of the grid finds the sources of its place, and it finds the methods;
* a light and strict frame of the theme is that of `book_frame`;
* the words in charts have the font of `chart_font`;
* scripts: what a page shows brings its own, by `page_scripts`; sections without anything are left out by `empty_sections`;
* an edition: the switch to the others, its downloads and marks are those of `book_edition`; what is shown of its pages
  where they are shared is that of `share_card`;
* a what-if: what `what_if` of the configuration says stands on top of every page, and in its title;
* what has no translation yet is noted by `untranslated`; what no reader would see is refused by `unshown`;
* what a notebook leaves for a page of the book is put there by `result_directive`;
* a search looks through what `search_texts` writes;
* two languages: the switch and the words of the theme are those of `book_language`;
* `{words} status` prints the words of the report with their meaning, from where the code has them;
* `{statistic} statistics.pace.cumulative_pace` prints a method, as `methods` describes it.
"""

from __future__ import annotations

import html
import posixpath
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from promotion_book.book import (
    book_edition,
    book_frame,
    book_language,
    chart_font,
    empty_sections,
    page_scripts,
    result_directive,
    search_texts,
    share_card,
    unshown,
    untranslated,
)
from promotion_book.book.methods import docstring_parts, examples, formula, method_html, worked_cases
from promotion_book.book.when_built import when_built
from promotion_book.report.marks import METHODS, READING
from promotion_book.report.results import result_records
from promotion_book.report.sources import PAGE
from promotion_book.running.configuration import INDEX
from promotion_book.running.notebooks import keep_text, notebook_text, read_notebook
from promotion_book.words.prose import read_prose, translate_notebook
from promotion_book.words.status_words import list_words
from promotion_book.words.translation import load_language

logger = logging.getLogger(__name__)
NOTEBOOKS = "notebooks"
PARTS = (
    book_edition,
    chart_font,
    empty_sections,
    page_scripts,
    book_frame,
    book_language,
    result_directive,
    search_texts,
    share_card,
    unshown,
    untranslated,
)


class Statistic(SphinxDirective):
    """`{statistic} room.module.function`: question, formula, source and worked examples of a statistic."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """The block of one function."""
        name, words = self.arguments[0], load_language(self.config.language)
        parts, cases = docstring_parts(name), worked_cases(Path(self.env.app.confdir) / self.config.worked_cases)
        told = examples("\n".join(self.content), parts["cases"], cases=cases, language=words)
        return [nodes.raw("", method_html(name, parts, sentences=told, language=words), format="html")]


class Words(SphinxDirective):
    """`{words} status`: a list of the report's words with their meaning."""

    required_arguments = 1
    has_content = False

    def run(self) -> list[nodes.Node]:
        """The table of one list."""
        (first, second), words = list_words(self.arguments[0], load_language(self.config.language))
        head = f'<th scope="col">{first}</th><th scope="col">{second}</th>'
        rows = "".join(_word_row(word, second, meaning=meaning) for word, meaning in words.items())
        table = f'<table class="report-table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
        return [nodes.raw("", table, format="html")]


def _word_row(word: str, heading: str, *, meaning: str) -> str:
    cell = f'<td data-label="{html.escape(heading)}">{html.escape(meaning)}</td>'
    return f'<tr><th scope="row">{html.escape(word)}</th>{cell}</tr>'


def _parallel(app: Sphinx) -> None:
    for name in ("sphinx_multitoc_numbering", "sphinx_jupyterbook_latex"):
        if name in app.extensions:
            app.extensions[name].parallel_read_safe = True
            app.extensions[name].parallel_write_safe = True


def _needs_alt(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    words = load_language(app.config.language)
    for image in doctree.findall(nodes.image):
        section = _around(image, lambda node: isinstance(node, nodes.section))
        if not image.get("alt") and section and _around(image, lambda node: "cell_output" in node.get("classes", [])):
            image["alt"] = words.text("Chart in the section “{title}”", title=section.next_node(nodes.title).astext())
        if not image.get("alt"):
            logger.warning("image without alt text: %s", image.get("uri"), location=image, type="book", subtype="alt")


def _around(node: nodes.Node, fits: Callable[[Any], bool]) -> Any:
    """The nearest part of a page around a node that fits, or None."""
    outer = node.parent
    while outer is not None and not fits(outer):
        outer = outer.parent
    return outer


def _visit_math(self: Any, node: nodes.math) -> None:
    self.body.append(formula(node.astext(), load_language(self.config.language), "inline"))
    raise nodes.SkipNode


def _visit_math_block(self: Any, node: nodes.math_block) -> None:
    self.body.append(self.starttag(node, "div", CLASS="math notranslate nohighlight"))
    self.body.append(formula(node.astext(), load_language(self.config.language)) + "</div>\n")
    raise nodes.SkipNode


def _mark_what_if(app: Sphinx, config: Config) -> None:
    if config.what_if:
        config.html_theme_options["announcement"] = html.escape(config.what_if)


def _link(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Notebooks link to the page of sources, and to pages of the book, from the folder of chapters; a page of the grid
    lies deeper, and its sources elsewhere."""
    if page in app.config.sources_pages:
        found = posixpath.relpath(app.config.sources_pages[page], posixpath.dirname(page))
        context["body"] = context["body"].replace(f'<a href="{PAGE}#', f'<a href="{found}.html#')
    for name in (METHODS, READING) if page.count("/") > 1 else ():
        deeper = "../" * (page.count("/") - 1) + name
        context["body"] = context["body"].replace(f'<a href="{name}"', f'<a href="{deeper}"')


def _copy_results(app: Sphinx) -> None:
    """Put result files beside the pages, and each executed notebook by the name of its chapter, told in the language."""
    source = Path(app.srcdir)
    for results in (source / NOTEBOOKS).rglob("results"):
        target = Path(app.outdir) / results.relative_to(source)
        shutil.copytree(results, target, dirs_exist_ok=True)
        for name in (path.stem for path in result_records(results)):
            found = [results.parent / f"{stem}.ipynb" for stem in (name, INDEX)]
            for executed in filter(Path.is_file, found[::-1]):
                told = notebook_download(executed, app.config.language)
                (target / f"{name}.ipynb").write_text(told, encoding="utf-8")


def notebook_download(executed: Path, language: str) -> str:
    """An executed notebook as readers download it: in their language, with what its cells came to as text.

    The blocks of the report, of which the pages are made, would look for pictures and sources beside the notebook, where a
    reader has none; a rerun shows them again.
    """
    return notebook_text(keep_text(translate_notebook(read_notebook(executed), read_prose(language))))


def setup(app: Sphinx) -> dict[str, object]:
    """Called by Sphinx."""
    app.add_config_value("worked_cases", "", "env")
    app.add_config_value("what_if", "", "html")
    app.add_config_value("sources_pages", {}, "html")
    app.add_directive("statistic", Statistic)
    app.add_directive("words", Words)
    app.add_html_math_renderer("mathml", (_visit_math, None), (_visit_math_block, None))
    app.connect("config-inited", _mark_what_if)
    app.connect("builder-inited", _parallel)
    app.connect("html-page-context", _link)
    app.connect("doctree-resolved", _needs_alt)
    when_built(app, _copy_results)
    for part in PARTS:
        part.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "version": "1"}
