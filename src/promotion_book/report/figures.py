"""A figure as a reader meets it: picture, finding, table, sources and downloads in one block.

Every chart of the book goes through `ReportFigure`: it says what it shows in a `finding` made from its
numbers, has an alt text of chart type and finding, its numbers as a table, the sources it was
computed from, and CSV, SVG and PNG, whose pictures carry their title and where they are from. The files are given as
bytes; `report.chapter` writes them.
"""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass, replace
from functools import cached_property

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture

from promotion_book.charts.caption import Caption, draw_with_caption
from promotion_book.charts.page_pen import page_drawing
from promotion_book.charts.redrawing import draw_anew
from promotion_book.charts.style import MUTED, NARROW_WIDTH, WIDE_WIDTH, Draw, Size, figure_of
from promotion_book.report.marks import ONLINE, mark
from promotion_book.report.numbering import link_number
from promotion_book.report.sources import Source, source_line
from promotion_book.report.tables import Table
from promotion_book.words.language import Language
from promotion_book.words.markup import Html, escape, fill, join, link_download

ALT_LIMIT = 250


@dataclass(frozen=True)
class ReportFigure:
    """A chart with all that belongs to it. `height` and `narrow_height` are in inches."""

    name: str
    title: str
    _: KW_ONLY
    kind: str
    finding: str
    draw: Draw
    table: Table
    sources: tuple[Source, ...]
    subtitle: str = ""
    height: float = 3.9
    narrow_height: float = 4.2

    def __post_init__(self) -> None:
        if not self.finding:
            raise ValueError(f"figure {self.name}: nothing is said of what it shows, so its alt text would be empty")

    @property
    def alt(self) -> str:
        """What a reader who cannot see the picture is told: chart type, subject, and as much of the finding as fits.

        The whole finding stands below the picture.
        """
        whole = f"{self.kind}: {self.title}. {self.finding}"
        return whole if len(whole) <= ALT_LIMIT else f"{whole[:ALT_LIMIT].rpartition(' ')[0]}…"

    @property
    def twin(self) -> Table:
        """Its numbers as a table with the name and the sources of the figure."""
        return replace(self.table, name=self.name, sources=self.sources)

    def with_notice(self, words: str) -> ReportFigure:
        """The figure with words above the chart, which stay with a picture that somebody passes on."""

        def draw(ax: Axes, size: Size) -> None:
            figure_of(ax).suptitle(words, x=1, ha="right", fontsize="small", color=MUTED)
            self.draw(ax, size)

        return replace(self, draw=draw)

    @property
    def sizes(self) -> tuple[Size, Size]:
        """Of the picture for desk and phone."""
        return Size("wide", WIDE_WIDTH, self.height), Size("narrow", NARROW_WIDTH, self.narrow_height)

    @cached_property
    def drawn(self) -> tuple[Html, Picture]:
        """The picture as a page has it, for desk and phone, and the one for a desk itself, which is drawn last."""
        wide, narrow = self.sizes
        phone = page_drawing(self.draw_at(narrow), self.name, size=narrow.name, alt=self.alt)
        desk = self.draw_at(wide)
        return join("\n", [page_drawing(desk, self.name, size=wide.name, alt=self.alt), phone]), desk

    def files(self, caption: Caption) -> dict[str, bytes]:
        """The downloads: the picture with a caption, and the table."""
        svg, png = draw_with_caption(self.drawn[1], caption)
        return {f"{self.name}.svg": svg, f"{self.name}.png": png, f"{self.name}.csv": self.table.csv_file()}

    def draw_at(self, size: Size) -> Picture:
        """The picture in a size; that of another size may be gone then."""
        return draw_anew(self.draw, size)

    @property
    def address(self) -> str:
        """Where it stands on its page."""
        return f"figure-{self.name}"

    def heading(self, number: str) -> Html:
        """Its number and title."""
        label = link_number(number, self.address)
        return fill('<p class="figure-title">{label}{title}</p>', label=label, title=self.title)

    def html(self, folder: str, language: Language, *, number: str) -> Html:
        """The block for a page; `folder` is where its files lie, relative to the page."""
        return Html(f"""<figure class="report-figure" id="{escape(self.address)}">
{self.heading(number)}
{self.drawn[0]}
<figcaption>{escape(self.finding)}</figcaption>
{self.details(language)}
{source_line(self.sources, language)}
<p class="figure-files">{link_files(self.name, folder, language)}</p>
</figure>""")

    def details(self, language: Language) -> Html:
        """The table, folded."""
        return Html(f"""<details class="figure-table"><summary>{escape(language.text("Numbers of this figure"))}</summary>
{self.table.html()}
</details>""")

    def text(self) -> str:
        """The figure in plain text: title, what it shows, and its numbers."""
        return f"{self.alt}\n{self.table.text()}"


def link_files(name: str, folder: str, language: Language) -> Html:
    """The links to the files of a figure; a copy to read from a disk has no PNG."""
    endings = {"csv": "CSV", "svg": "SVG", "png": "PNG"}
    csv, svg, png = (link_download(f"{folder}/{name}.{end}", label) for end, label in endings.items())
    pictures = join(" · ", [csv, svg]) + mark(ONLINE, f" · {png}")
    return fill("{label}: {files}", label=language.text("Download"), files=Html(pictures))
