"""A page in the open: its author works with pandas, seaborn and matplotlib, and shows what comes of it.

    page = open_page("handicraft_exports", globals())
    _ = page.text
    exports, wanted = page.series("handicraft_exports"), page.targets("handicraft_exports")
    now = page.last(exports)
    page.lead(page.verdict("handicraft_exports").words, _("In {year} they stood at {latest}.", year=now["period"], latest=now["shown"]))

    def draw(ax):
        sns.lineplot(exports, x="year", y="value", ax=ax)
        charts.targets(charts.marks(ax, exports), wanted)
    page.figure(draw, title=page.verdict("handicraft_exports").title, data=exports, targets=wanted)

Whatever a method shows is on the page at once, also from a loop or the middle of a cell. A picture given to `figure`
gets alt text, its numbers as a table, its sources, downloads, and a version for a phone.

What is not known is not shown: a sentence in which a number is missing is empty, an empty sentence is not said, and a
figure or table without data is left out. A section in which nothing is left has no
heading (`book.empty_sections`).
"""

from __future__ import annotations

import math
import random
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from IPython.display import display
from matplotlib import pyplot

from promotion_book.charts.style import SETTINGS
from promotion_book.facts.rows import each
from promotion_book.report.about_page import about_page, dateline
from promotion_book.report.author_figures import author_figure, refuse_huge, row_heights
from promotion_book.report.author_frames import own_frame, refuse_unknown
from promotion_book.report.calls import answer_in_words, methods_answer_in_words
from promotion_book.report.chapter import Block, Chapter, open_chapter
from promotion_book.report.chapters.annex import annex_tables, not_of_the_place
from promotion_book.report.chapters.edition_verdict import count_ahead, count_former, nothing_to_follow
from promotion_book.report.chapters.own_projections import projection_figure, refusal_sentences
from promotion_book.report.chapters.period_results import results_as_table, silent_plans
from promotion_book.report.chapters.programme_plans import search_sentences
from promotion_book.report.chapters.scenario_tables import scenario_table
from promotion_book.report.chapters.support_tables import added_up_table, is_done, support_table
from promotion_book.report.chapters.target_tables import status_record
from promotion_book.report.chapters.years_ahead import yearly_table
from promotion_book.report.commentary_block import commentary
from promotion_book.report.frame_tables import Columns, count_different, describe, file_name, frame_table, value_format
from promotion_book.report.headline import Headline, count_targets, headline
from promotion_book.report.page_words import PageWords
from promotion_book.report.parameters import PROGRAMME
from promotion_book.report.programme_box import programme_box
from promotion_book.report.sources import Source
from promotion_book.report.tables import Table, first_lines
from promotion_book.scenarios.outlook import aimed_outlook
from promotion_book.scenarios.whole_years import last_whole_year
from promotion_book.statistics.results_table import COLUMNS, period_results
from promotion_book.statistics.statuses import all_statuses, statuses_in_force
from promotion_book.words.markup import fill

VALUES = 3  # different ones, below which a table says as much as a picture
ROWS = 12  # of a table without another beside it, beyond which it is folded


@methods_answer_in_words
class OpenPage(PageWords):
    """A page of an edition while its notebook runs: its frames, and what is shown of them.

    `mine` are the indicators of its programmes, `period` is the label of the reporting period, and `last_year` the last
    year that is over at its end.
    """

    def __init__(self, chapter: Chapter, programmes: Sequence[str]) -> None:
        super().__init__(chapter.edition, chapter.context)
        self.chapter = chapter
        self.programmes = programmes
        self.mine = self.indicators.index[self.indicators["programme_id"].isin(programmes)]
        self.period = str(chapter.edition.period)
        self.last_year = last_whole_year(chapter.known)
        self.checks: list[str] = []
        self.told: dict[str, Any] = {}  # what it says in sentences, for its results

    def verdict(self, indicator: str) -> Headline:
        """The verdict on the target of an indicator in a few words, and as the title of a chart."""
        statuses = all_statuses(self.context.known, self.edition.period.start, indicators=[indicator])
        return headline(self.context, self.series(indicator), statuses)

    def count_targets(self) -> tuple[str, str]:
        """The sign of the verdict that all targets of the page in force share, where they do, and a sentence that counts them."""
        judged, results = statuses_in_force(self.context.known, self.chapter.since), self.results()
        mine = judged[judged["indicator_id"].isin(self.mine)]
        plans = int((results["plan"].notna() & results["fund"].eq("")).sum())
        return count_targets(self.context, mine, period=self.period, plans=plans)

    def results(self) -> pd.DataFrame:
        """The results table of the period (`statistics.results_table`) of the page's programmes; `table` shows it."""
        return period_results(self.context.known, tuple(self.mine), period=self.period)

    def show_results(self, results: pd.DataFrame, *, note: str = "") -> None:
        """Show rows of `results`: what was done, what the money brought and what the parts of the place report together; then
        what was planned and has no figure.
        """
        done = is_done(results)
        self.table(results[done], name="period_results", note=note)
        self.show(support_table(self.context, results, period=self.period))
        self.show(added_up_table(self.context, self.mine, period=self.period))
        silent = silent_plans(self.context, results, indicators=self.mine, period=self.period)
        self.show(silent, fold=bool(done.any()) or len(silent.frame) > ROWS)

    def brief(self) -> None:
        """Show what each programme of the page is."""
        for programme in self.programmes:
            display(programme_box(self.context, programme))

    def lead(self, verdict: str, *sentences: str) -> None:
        """Show the verdict in a few words and sentences on it; or only that nothing of the place itself is known."""
        unknown, elsewhere = not_of_the_place(self.context, self.mine) if self.programmes else ("", "")
        verdict, sentences = ("", (unknown,)) if unknown else (verdict, sentences)
        said = " ".join(filter(None, sentences))
        if verdict or said:
            self.told["finding"] = {"verdict": verdict, "said": said}
            template = '<p class="headline" id="findings"><strong>{verdict}</strong> {said}</p>'
            display(Block(fill(template, verdict=verdict, said=said), f"{verdict} {said}".strip()))
        self.say(elsewhere)

    def say(self, *sentences: str) -> None:
        """Show a paragraph."""
        said = " ".join(sentence for sentence in sentences if sentence)
        if said:
            display(Block(fill('<p class="said">{said}</p>', said=said), said))

    def table(
        self,
        frame: pd.DataFrame,
        *,
        caption: str = "",
        columns: Columns | None = None,
        sources: Iterable[str] = (),
        name: str = "",
        note: str = "",
        fold: bool = False,
    ) -> None:
        """Show a frame as a table of the report, with a CSV of all its columns.

        Args:
            columns: of the author's own, each with its heading and what writes its values.
            sources: the ids of those that it was computed from, where the frame has no `source_id`.
            name: of its files; without, that of the one indicator in the frame.
            fold: only its caption is seen until a reader opens it.
        """
        if own_frame(frame).empty:
            return
        caption, note = map(self.context.language.message, (caption, note))
        if {*COLUMNS} <= {*frame}:
            table = results_as_table(self.context, frame, period=self.period, name=name, note=note)
            table = replace(table, caption=caption or table.caption)
        else:
            name = name or file_name(frame, "_table")
            table = frame_table(self.context, frame, name=name, caption=caption, columns=columns, sources=sources)
            table = replace(table, note=" ".join(filter(None, (note, table.note))))
        self.show(table, fold=fold)

    def figure(
        self,
        picture: Any,
        *,
        title: str,
        data: pd.DataFrame,
        subtitle: str = "",
        finding: str = "",
        by: str = "",
        rows: int = 0,
        columns: Columns | None = None,
        targets: pd.DataFrame | None = None,
        sources: Iterable[str] = (),
        name: str = "",
    ) -> None:
        """Show a picture as a figure of the report; one of fewer than three different numbers as a table.

        Args:
            picture: a function `draw(ax)`, called for a desk and for a phone; or an Axes, a Figure, or what seaborn returns.
                Anything else raises PictureError.
            title: what the picture shows, in a sentence without a full stop; where that is empty, the subtitle.
            data: the numbers of the picture; in its table and sources, `targets` that are drawn beside stand after them.
            subtitle: what is drawn, and its unit.
            finding: what those who cannot see it are told besides the title; else what its numbers did, or ValueError.
            by: a column of the data: the picture has a panel for each of its values, and `draw(ax, rows)` draws one.
            rows: how many rows the picture has, one below the other; its height follows.
            columns: as those of a table, and so `sources` and `name`.
        """
        if own_frame(data).empty:
            return
        title, subtitle, finding = map(self.context.language.message, (title, subtitle, finding))
        every = data if targets is None else pd.concat([data, own_frame(targets)], ignore_index=True)[[*data]]
        said = {"name": name or file_name(data), "caption": subtitle or title}
        table = frame_table(self.context, every, **said, columns=columns, sources=sources)
        if count_different(data) < VALUES:
            self.show(replace(table, caption=title or subtitle))
            return
        told = finding or describe(self.context, data, columns=columns)
        said = {"title": title or subtitle, "subtitle": "" if title in ("", subtitle) else subtitle, "finding": told}
        self._show_picture(picture, data, table=table, by=by, **said, **row_heights(rows))

    def ahead(self, *, fold: bool = False) -> None:
        """Show what every target still to come asks of each year, folded below their number where these are many; without
        one, where one was searched for. A page of no programme has those of the place and its scenarios, or why none.
        """
        if not self.programmes:
            self.show(scenario_table(self.context), fold=True)
        table = yearly_table(self.context, self.mine if self.programmes else None)
        if len(table.frame):
            folded = fold or len(table.frame) > ROWS
            self.say(count_ahead(self.context, self.mine) if folded and self.programmes else "")
            self.show(table, fold=folded)
        elif self.programmes:
            searched = search_sentences(self.context, self.programmes, period=self.period)
            self.say(*searched, count_former(self.context, self.mine))
        else:
            self.say(nothing_to_follow(self.context))

    def projection(self, indicator: str) -> None:
        """Show what may come of the figures of an indicator alone, with its range; or why nothing is projected."""
        found = aimed_outlook(self.context.known, indicator)
        figures, wanted = self.series(indicator), self.targets(indicator)
        fan = projection_figure(self.context, found, figures=figures, wanted=wanted)
        if fan:
            display(self.chapter.show(fan))
        self.say(*refusal_sentences(self.context, indicator, found=found))

    def annex(self) -> None:
        """Show, folded, what the page rests on: targets, acts, measures, where sources differ, all figures."""
        for table in annex_tables(self.context, self.programmes, since=self.chapter.since):
            if len(table.frame):
                self.show(table, fold=True)

    def commentary(self) -> None:
        """Show what the place itself says of the chapter in the period, if it says something."""
        for said in commentary(self.chapter):
            self.told["commentary"] = {"sections": said.sections, "sources": [*said.html.links()]}
            display(said)

    def assessment(self) -> str:
        """What the place itself says of the edition, as HTML for another page; empty where it says nothing."""
        return "".join(said.html for said in commentary(self.chapter))

    def check(self, claims: Mapping[str, Iterable[bool] | bool]) -> None:
        """See to what must hold on this page; `finish` lists it. Raises CheckError for what does not."""
        self.checks += self.chapter.hold(claims)

    def finish(self, *, statuses: pd.DataFrame | None = None, **results: Any) -> None:
        """Write the verdicts, `statuses` or those on all targets of the page, its sentences, results and tables, and show at its
        foot how it came about.
        """
        known, since = self.context.known, self.chapter.since
        judged = all_statuses(known, since, indicators=self.mine) if statuses is None else statuses
        self.chapter.finish(**{"statuses": status_record(judged), **self.told, **results})
        display(about_page(self.chapter, self.checks))

    def _show_picture(self, picture: Any, data: pd.DataFrame, *, table: Table, by: str, **said: Any) -> None:
        """Show a picture of data that a table has; `said` are other fields of its figure."""
        refuse_unknown(own_frame(data), [by] if by else [])
        refuse_huge(data.select_dtypes("number").to_numpy(float, na_value=math.nan))
        shown = author_figure(
            picture,
            value_format(self.context, data),
            panels={str(part): some for part, some in data.groupby(by, sort=False)} if by else {},
            name=table.name,
            kind=self.text("Chart"),
            table=table,
            sources=table.sources or self._sources_of(table.frame),
            **said,
        )
        display(self.chapter.show(shown))

    def _sources_of(self, data: pd.DataFrame) -> tuple[Source, ...]:
        """The sources of a frame: by their ids, or by their labels where they are those of several places."""
        if "source_id" in data:
            return self.context.sources(data["source_id"].dropna())
        return tuple(Source("", label) for label in dict.fromkeys(data.get("source", [])))

    def show(self, table: Table, *, fold: bool = False) -> None:
        """Show a table that is ready, with its CSV, folded below its caption where that is asked; of an empty one what it says."""
        if table.frame.empty:
            self.say(table.empty)
            return
        block = self.chapter.fold(table, place=table.name.replace("_", "-")) if fold else self.chapter.show(table)
        display(Block(block.html, first_lines(block.text)))


@answer_in_words
def open_page(name: str, namespace: Mapping[str, Any], tables: Collection[str] = ()) -> OpenPage:
    """The page of a running notebook, by the parameters of its namespace; its dateline is shown.

    The page is on the programme that the parameter of this name says; without one, on those whose chapter it is. From
    here on all that is drawn in the notebook has the style of the report, whatever the user's own settings are, and what numpy
    and seaborn draw by chance is the same at each run.

    Args:
        tables: those of `facts.package.APART` that the page reads.

    Raises:
        ParameterError: a parameter does not fit its type.
        PackageError: the place's data cannot be read.
    """
    chapter = open_chapter(name, namespace, tables=tables)
    known = chapter.known.package["programmes"]
    mine = [row.programme_id for row in each(known) if row.chapter == chapter.name and row.role != "rules"]
    page = OpenPage(chapter, [chapter.parameters[PROGRAMME]] if PROGRAMME in chapter.parameters else mine)
    mpl.rcParams.update(SETTINGS)
    random.seed(0)
    np.random.seed(0)
    # begun while a picture is drawn, what shows pictures in a notebook would show none that a cell shows bare
    pyplot.draw_if_interactive()  # type: ignore[no-untyped-call]
    display(dateline(chapter))
    return page
