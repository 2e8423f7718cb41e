"""A page in the open: its author works with pandas, seaborn and matplotlib, and shows what comes of it.

    page = open_page("handicraft_exports", globals())
    exports = page.series("handicraft_exports")
    growth = exports.assign(growth=exports["value"].pct_change())
    page.table(growth, caption=_("Exports and their growth"), columns={"growth": (_("Growth"), page.percent)})

    def draw(ax):
        sns.lineplot(exports, x="year", y="value", marker="o", ax=ax)
        charts.targets(ax, page.targets("handicraft_exports"))
    page.figure(draw, title=_("Exports stay near {latest}", latest=exports["shown"].iloc[-1]), data=exports)

Whatever a method shows is on the page at once, also from a loop or the middle of a cell. A picture given to `figure`
gets alt text, its numbers as a table, its sources, downloads, and a version for a phone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import matplotlib as mpl
import pandas as pd
from IPython.display import display

from promotion_book.charts.style import SETTINGS
from promotion_book.report.author_figures import author_figure
from promotion_book.report.chapter import Chapter, open_chapter
from promotion_book.report.frame_tables import Columns, describe, file_name, frame_table, value_format
from promotion_book.report.frames import Frames


class OpenPage(Frames):
    """A page of an edition while its notebook runs: its frames, and what is shown of them."""

    def __init__(self, chapter: Chapter) -> None:
        super().__init__(chapter.edition, chapter.context)
        self.chapter = chapter
        self.text = chapter.context.language.text

    def say(self, *sentences: str) -> None:
        """Show findings in plain language, as a list."""
        display(self.chapter.say(sentences))

    def table(
        self,
        frame: pd.DataFrame,
        *,
        caption: str,
        columns: Columns | None = None,
        sources: Sequence[str] = (),
        name: str = "",
    ) -> None:
        """Show a frame as a table of the report, with a CSV of all its columns.

        Args:
            columns: of the author's own, each with its heading and what writes its values.
            sources: the ids of those that it was computed from, where the frame has no `source_id`.
            name: of its files; without, that of the one indicator in the frame.
        """
        table = frame_table(
            self.context,
            frame,
            name=name or file_name(frame, "_table"),
            caption=caption,
            columns=columns or {},
        )
        display(self.chapter.show(replace(table, sources=self.context.sources(sources))))

    def figure(
        self,
        picture: Any,
        *,
        title: str,
        data: pd.DataFrame,
        finding: str = "",
        columns: Columns | None = None,
        sources: Sequence[str] = (),
        name: str = "",
    ) -> None:
        """Show a picture as a figure of the report; where there are no data, that is said instead.

        Args:
            picture: a function `draw(ax)`, which is called for a desk and for a phone; or what was drawn: an Axes, a
                Figure, or what `df.plot()` and seaborn return.
            data: the numbers of the picture.
            finding: what it shows; without, what its numbers did.
            columns: as those of a table, and so `sources` and `name`.

        Raises:
            PictureError: what was given is no picture, or nothing was drawn.
            ValueError: the data have no numbers, and no finding says what the picture shows.
        """
        if data.empty:
            display(self.chapter.show(None))
            return
        own, name = columns or {}, name or file_name(data)
        figure = author_figure(
            picture,
            value_format(self.context, data),
            name=name,
            title=title,
            kind=self.text("Chart"),
            finding=finding or describe(self.context, data, columns=own),
            table=frame_table(self.context, data, name=name, caption=title, columns=own),
            sources=self.context.sources(sources or data.get("source_id", ())),
        )
        display(self.chapter.show(figure))

    def check(self, claims: Mapping[str, Iterable[bool]]) -> None:
        """Show what must hold on this page, as a list of sentences. Raises CheckError for those that do not."""
        display(self.chapter.check(claims))

    def finish(self, **results: Any) -> None:
        """Write the results and the tables of the page, and show the link to them."""
        display(self.chapter.finish(**results))

    def percent(self, share: float) -> str:
        """A fraction as readers have it: 0.0815 is 8.2%."""
        return self.context.numbers.percent(share, 1)


def open_page(name: str, namespace: Mapping[str, Any], tables: Collection[str] = ()) -> OpenPage:
    """The page of a running notebook, by the parameters of its namespace; its box is shown.

    From here on all that is drawn in the notebook has the style of the report, whatever the user's own settings are.

    Args:
        tables: those of `facts.package.APART` that the page reads.

    Raises:
        ParameterError: a parameter does not fit its type.
        PackageError: the place's data cannot be read.
    """
    page = OpenPage(open_chapter(name, namespace, tables=tables))
    mpl.rcParams.update(SETTINGS)
    display(page.chapter.header())
    return page
