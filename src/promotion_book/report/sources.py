"""A source as figures and tables name it: with a short label, and a link to its entry."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from promotion_book.words.language import Language
from promotion_book.words.markup import Html, escape, fill, join

PAGE = "sources_and_conflicts.html"
MANY = 6
BELOW = '<br>\n<span class="cell-source">'
IN_SMALL = re.compile(r'(?:<br>\n| )<span class="cell-source">(.*?)</span>')


@dataclass(frozen=True)
class Source:
    """A source: its id, and the label that lines and tables use; one that only another place has is without an id here."""

    source_id: str
    label: str

    @property
    def link(self) -> Html:
        """The label as a link to the entry of the source, in HTML."""
        if not self.source_id:
            return escape(self.label)
        return fill('<a href="{page}#{name}">{label}</a>', page=PAGE, name=self.source_id, label=self.label)


def name_sources(sources: Sequence[Source], language: Language) -> Html:
    """The line that names the sources of a figure or table, in HTML; none stands for all."""
    everything = Source("sources", language.text("all sources of this edition"))
    named = sources or [everything]
    label = language.text("Source") if len(sources) == 1 else language.text("Sources")
    return fill("{label}: {links}.", label=label, links=link_sources(named))


def source_line(sources: Sequence[Source], language: Language) -> Html:
    """The line that names the sources of a figure or table, as a block; many are folded behind their number."""
    if len(sources) < MANY:
        return fill('<p class="figure-sources">{said}</p>', said=name_sources(sources, language))
    return fill(
        '<details class="figure-sources"><summary>{label}</summary>\n<p>{links}.</p></details>',
        label=language.text("{n} sources", n=len(sources)),
        links=link_sources(sources),
    )


def link_sources(sources: Sequence[Source], between: str = "; ") -> Html:
    """Links to sources, one after the other."""
    return join(between, (source.link for source in sources))


def add_source(shown: object, source: object) -> Html:
    """What a cell says, and below it in small letters where it is from."""
    return fill(f"{{shown}}{BELOW}{{source}}</span>", shown=shown, source=source)


def split_source(shown: str) -> tuple[str, str]:
    """What a cell says, and what `add_source` set below it, without markup; that is empty where nothing is."""
    said, _, below = shown.partition(BELOW)
    return Html(said).text(), Html(below).text()


def in_brackets(shown: Html) -> Html:
    """What a cell says, with brackets around what it has in small letters, for where all letters are of one size."""
    return Html(IN_SMALL.sub(r" (\1)", shown))
