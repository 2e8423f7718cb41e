"""The texts of an edition that its language has no words for: they are in English until it has.

    untranslated_texts(source, "vi") == ["notebooks/ocop: What the total is made of"]

Sphinx finds those of the pages that it reads. A message of the code or of a notebook counts for every edition, whichever
page says it; one that has no entry yet is named by the file where it stands.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.transforms.i18n import Locale
from sphinx.util.i18n import docname_to_domain
from sphinx.util.nodes import extract_messages

from promotion_book.words import translation
from promotion_book.words.language import SOURCE
from promotion_book.words.translation import (
    REPORT,
    THEME,
    incomplete_entries,
    is_complete,
    read_catalogue,
    read_entries,
)

FOUND = "untranslated"
FILE = f"{FOUND}.json"


def untranslated_texts(source: Path, code: str) -> list[str]:
    """The texts without words in a language, each with its page or catalogue, once Sphinx has read an assembled book."""
    if code == SOURCE:
        return []
    found = json.loads((source / FILE).read_text(encoding="utf-8")) if (source / FILE).is_file() else {}
    prose = [f"{page}: {text}" for page, texts in found.items() for text in texts]
    return [*prose, *_without_entry(translation.ROOT, code), *_waiting(translation.ROOT, code)]


@cache
def _waiting(_: Path, code: str) -> list[str]:
    """The entries of the catalogues of the project that have no translation yet."""
    return [f"{name}.po: {text}" for name in (REPORT, THEME) for text in incomplete_entries(code, name)]


@cache
def _without_entry(root: Path, code: str) -> list[str]:
    """The messages of the project that the catalogue of a language has no entry for, or that cannot be followed."""
    from promotion_book.book.messages import MessageError, find_messages

    try:
        said = find_messages(root)
    except MessageError as error:
        return str(error).splitlines()
    entries = read_entries(code, REPORT)
    return list(dict.fromkeys(f"{message.file}: {message.text}" for message in said if message.text not in entries))


class Search(SphinxTransform):
    """Notes which texts of a page have no complete entry, before Sphinx translates the others."""

    default_priority = Locale.default_priority - 1

    def apply(self, **kwargs: Any) -> None:
        """Called by Sphinx for each page."""
        if self.config.language != SOURCE:
            domain = docname_to_domain(self.env.docname, self.config.gettext_compact)
            translated = _translated(Path(self.env.srcdir), self.config.language, domain)
            page = self.env.docname
            given = page.count("/") > 1 or page in self.config.sources_pages  # a title in the language of the book
            title = self.document.next_node(nodes.title) if given else None
            texts = (text for node, text in extract_messages(self.document) if node is not title)
            found = dict.fromkeys(text for text in texts if text not in translated)
            self.env.metadata[self.env.docname][FOUND] = list(found)


@cache
def _translated(source: Path, code: str, domain: str) -> set[str]:
    try:
        return {str(entry.id) for entry in read_catalogue(source, code, domain=domain) if is_complete(entry)}
    except FileNotFoundError:
        return set()


def _write(app: Sphinx, error: Exception | None) -> None:
    if error is None:
        found = {page: told[FOUND] for page, told in sorted(app.env.metadata.items()) if told.get(FOUND)}
        (Path(app.srcdir) / FILE).write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Called by the extension of the book."""
    app.add_transform(Search)
    app.connect("build-finished", _write)
