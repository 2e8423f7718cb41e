"""The theme's frame around the pages: light, and strict enough for a Content-Security-Policy without exceptions.

* Inline scripts are left out; `book/_templates/layout.html` takes what is needed of them from files.
* Texts that templates print as they are, such as the title of the book, are escaped, and each page has its policy.
* What no page asks for is not published: the icon script and its fonts, catalogues and pictures of the theme.
* What a listener meets has a name of its own: a button that folds, a table that scrolls.
* A range of numbers or years stands in one line.
* What pandas writes into a table is left out where the policy lets no browser follow it, or it differs in each run.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from promotion_book.book.policy import META
from promotion_book.book.when_built import when_built
from promotion_book.words.markup import escape, keep_ranges

REGION = 'role="region" aria-label="'
UNSAID = '<summary aria-label="Toggle hidden content">'  # while "Show code" stands there
FORMULA = 'class="method-formula'
SCROLLED = "pst-scrollable-table-container"  # the theme's script lets a keyboard reach these while they scroll
OF_PANDAS = re.compile(r'<style.*?</style>\s*|(?<=<tr) style="[^"]*"| id="T_[0-9a-f]{5}[^"]*"', re.S)
LAST = 900  # after the theme, which adds its scripts to each page
TEXTS = ("author", "copyright", "docstitle", "pagetitle", "project", "root_title", "shorttitle")
UNUSED = (
    "images/logo_*",
    "language_data.js",
    "locales",
    "scripts/fontawesome.js*",
    "searchtools.js",
    "styles/*.map",
    "scripts/*.map",
    "vendor",
    "*webpack-macros.html",
)


def _guard(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Leave out scripts that stand in the page itself, escape the texts that templates print, and let the page say what a
    browser may do on it before anything else.
    """
    context["script_files"] = [script for script in context["script_files"] if script.filename]
    context |= {name: escape(context[name]) for name in TEXTS if context.get(name)}
    context["metatags"] = META + context.get("metatags", "")


def _name(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Give names to the parts of a page and of its table of contents."""
    if "body" in context:
        context["body"] = keep_ranges(name_parts(context["body"]))
    if tree := context.get("generate_toctree_html"):
        context["generate_toctree_html"] = lambda *levels, **options: name_openers(str(tree(*levels, **options)))


def name_parts(body: str) -> str:
    """A page on which code unfolds by the words that stand there, and no two regions have the same name.

    A formula that is wider than the page can be scrolled with a keyboard; a table of pandas has no style of its own.
    """
    seen: Counter[str] = Counter()

    def numbered(found: re.Match[str]) -> str:
        seen[found[1]] += 1
        return found[0] if seen[found[1]] == 1 else f'{REGION}{found[1]} ({seen[found[1]]})"'

    body = OF_PANDAS.sub("", body).replace(UNSAID, "<summary>").replace(FORMULA, f"{FORMULA} {SCROLLED}")
    return re.sub(f'{REGION}([^"]*)"', numbered, body)


def name_openers(contents: str) -> str:
    """A table of contents in which the button that shows what lies below a page is called as the page."""
    return re.sub(
        r"(<a [^>]*>\s*([^<]*?)\s*</a>\s*<details[^>]*>\s*)<summary>", r'\1<summary aria-label="\2">', contents
    )


def _prune(app: Sphinx) -> None:
    """Remove what no page asks for."""
    for path in (path for name in UNUSED for path in (Path(app.outdir) / "_static").glob(name)):
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def setup(app: Sphinx) -> None:
    """Called by the extension of the book."""
    app.connect("html-page-context", _guard, priority=LAST)
    app.connect("html-page-context", _name, priority=LAST)
    when_built(app, _prune)
