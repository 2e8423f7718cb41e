"""The first and the last line of a chapter: what it is of, and, folded at the foot, how it came about.

The revision stands in a mark, which publication fills; a what-if has none. The extension of the book puts the
executed notebook where the link leads, and leads pages in deeper folders to the methods.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from promotion_book.facts.periods import real_days
from promotion_book.report.chapter import Block, Chapter
from promotion_book.report.marks import METHODS, READING, REVISION, mark
from promotion_book.report.sentences import boundaries_sentence
from promotion_book.words.markup import Html, escape, fill, join, link_download, link_page

PLACE = "about-this-page"


def dateline(chapter: Chapter) -> Block:
    """Place, period, the day to which figures were public, and the revision; a what-if says first that it is one.

    Below it stands since when the place is what it is, if it was formed in the last years.
    """
    text, context, assumed = chapter.context.language.text, chapter.context, chapter.known.package.what_if
    what_if = [text("What-if, not published: {name}", name=assumed)] if assumed else []
    known = text("Figures public by {day}", day=context.day(chapter.edition.cut_off))
    place = context.known.package.place_name(context.language.code)
    said = [*what_if, place, context.period_title(str(chapter.edition.period)), *_days(chapter), known]
    revision = [] if assumed else [Html(mark(REVISION, escape(text("Not published."))))]
    lines = [join(" · ", [*said, *revision]), *filter(None, [boundaries_sentence(context)])]
    html = join("\n", [fill('<p class="dateline">{line}</p>', line=line) for line in lines])
    return Block(html, "\n".join([" · ".join(said), *lines[1:]]))


def _days(chapter: Chapter) -> list[str]:
    """The days of the period, where the years of the place are not those of the calendar."""
    period, month = chapter.edition.period, chapter.known.package.year_begins
    days = real_days(period, month)
    return [] if days == period else [chapter.context.period(f"{days.start}/{days.end}")]


def about_page(chapter: Chapter, checks: Sequence[str]) -> Block:
    """The assumptions of a page, what was checked (a sentence each), how to run it again, and where its files are."""
    text, command = chapter.context.language.text, chapter.command()
    parts = [
        _named(chapter.assumptions()),
        _checked(text("These checks hold for the figures of this page:"), checks),
        _ways(chapter),
        fill(
            '<div class="rerun"><p>{how}</p>\n<p><code>{command}</code></p></div>',
            how=text("To run this page with other parameters, in the folder of the project:"),
            command=command,
        ),
    ]
    html = fill(
        '<details class="about-page" id="{place}"><summary>{title}</summary>\n{parts}\n</details>',
        place=PLACE,
        title=text("About this page"),
        parts=join("\n", [part for part in parts if part]),
    )
    return Block(html, "\n".join([*(f"- {said}" for said in checks), command]))


def _named(facts: Mapping[str, str]) -> Html:
    rows = [
        fill("<div><dt>{label}</dt>\n<dd>{said}</dd></div>", label=label, said=said) for label, said in facts.items()
    ]
    return fill("<dl>{rows}</dl>", rows=join("\n", rows)) if rows else Html("")


def _checked(heading: str, sentences: Sequence[str]) -> Html:
    items = join("\n", (fill("<li>{said}</li>", said=said) for said in sentences))
    return fill("<p>{heading}</p>\n<ul>{items}</ul>", heading=heading, items=items) if sentences else Html("")


def _ways(chapter: Chapter) -> Html:
    text, where = chapter.context.language.text, chapter.results.as_posix()
    ways = [
        link_page(METHODS, text("Methods")),
        link_page(READING, text("How to read a status")),
        link_download(f"{where}/{chapter.name}.ipynb", text("Executed notebook")),
        link_download(f"{where}/{chapter.name}.json", text("Results of this page as JSON")),
    ]
    return fill('<p class="figure-files">{ways}</p>', ways=join(" · ", ways))
