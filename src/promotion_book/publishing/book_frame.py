"""The theme's frame around the pages: light, and strict enough for a Content-Security-Policy without exceptions.

* Inline scripts are left out; `book/_templates/layout.html` takes what is needed of them from files.
* What no page asks for is not published: the icon script and its fonts, catalogues and pictures of the theme.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

LAST = 900  # after the theme, which adds its scripts to each page
UNUSED = (
    "images/logo_*",
    "locales",
    "scripts/fontawesome.js*",
    "styles/*.map",
    "scripts/*.map",
    "vendor",
    "*webpack-macros.html",
)


def _only_files(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Leave out scripts that stand in the page itself."""
    context["script_files"] = [script for script in context["script_files"] if script.filename]


def _prune(app: Sphinx, error: Exception | None) -> None:
    """Remove what no page asks for."""
    if error is None and app.builder.format == "html":
        for path in (path for name in UNUSED for path in (Path(app.outdir) / "_static").glob(name)):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def setup(app: Sphinx) -> None:
    """Called by the extension of the book."""
    app.connect("html-page-context", _only_files, priority=LAST)
    app.connect("build-finished", _prune)
