"""A source as figures and tables name it: with a short label, and a link to its entry."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

from promotion_book.display.language import Language

PAGE = "sources_and_conflicts.html"


@dataclass(frozen=True)
class Source:
    """A source: its id, and the label that lines and tables use."""

    source_id: str
    label: str

    @property
    def link(self) -> str:
        """The label as a link to the entry of the source, in HTML."""
        return f'<a href="{PAGE}#{self.source_id}">{html.escape(self.label)}</a>'


def computed_from(sources: Sequence[Source], language: Language) -> str:
    """The line that names the sources of a figure or table, in HTML; none stands for all."""
    everything = language.text("all sources of this edition")
    links = [source.link for source in sources] or [f'<a href="{PAGE}#sources">{html.escape(everything)}</a>']
    return f"{language.text('Computed from')}: {'; '.join(links)}."
