"""What parts of the book do once Sphinx has written the HTML of it."""

from __future__ import annotations

from collections.abc import Callable

from sphinx.application import Sphinx


def when_built(app: Sphinx, write: Callable[[Sphinx], None]) -> None:
    """Let a part do its work when a book in HTML is written; after an error, and for catalogues, nothing is done."""

    def finish(app: Sphinx, error: Exception | None) -> None:
        if error is None and app.builder.format == "html":
            write(app)

    app.connect("build-finished", finish)
