"""HTML of our own, from the templates under `book/_templates` of the project; each value is escaped there."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from promotion_book.book.policy import META
from promotion_book.words.language import LANGUAGES, Language
from promotion_book.words.markup import Html
from promotion_book.words.translation import ROOT

FOLDER = ROOT / "book" / "_templates"


def render_template(name: str, words: Language, **values: object) -> Html:
    """A template with values, in a language; what is not `Html` is escaped."""
    return Html(_templates().get_template(name).render(words=words, **values))


@cache
def _templates() -> Environment:
    found = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals |= {"policy": META, "languages": LANGUAGES}
    return found
