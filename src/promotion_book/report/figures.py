"""A figure as a reader meets it: picture, table, sources and downloads in one block.

Every chart of the book goes through `ReportFigure`: its title says what it shows, and stands above the picture with what is
drawn. It has an alt text of chart type and a `finding` made from its numbers, these as a table, the sources it was
computed from, and CSV, SVG and PNG, whose pictures carry their title and where they are from. The files are given as
bytes; `report.chapter` writes them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass, replace
from functools import cached_property

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture

from promotion_book.charts.caption import Caption, draw_with_caption
from promotion_book.charts.page_svg import page_svg
from promotion_book.charts.pen import Drawing
from promotion_book.charts.redrawing import draw_anew, draw_panels, resize
from promotion_book.charts.style import MUTED, NARROW_WIDTH, WIDE_WIDTH, Draw, Size, drawing
from promotion_book.report.marks import ONLINE, mark
from promotion_book.report.numbering import link_number
from promotion_book.report.sources import Source, source_line
from promotion_book.report.tables import Table
from promotion_book.words.language import Language
from promotion_book.words.markup import Html, escape, fill, join, link_download

ALT_LIMIT = 250
HIGHEST = 100  # inches for which a page has room
HEAVIEST = 3_000_000  # characters of a picture as it stands on a page


class PictureError(TypeError):
    """What was given as a picture is none, nothing is drawn in it, or more than a page has room for."""


@dataclass(frozen=True)
class ReportFigure:
    """A chart with all that belongs to it.

    `picture` is what draws it in each size, or each of its panels by their names, or a picture that is finished. `height` and
    `narrow_height` are in inches; `notice` are words above the chart, which stay with a picture that somebody passes on.
    """

    name: str
    title: str
    _: KW_ONLY
    kind: str
    finding: str
    picture: Draw | Mapping[str, Callable[[Axes], object]] | Picture
    table: Table
    sources: tuple[Source, ...]
    subtitle: str = ""
    notice: str = ""
    height: float = 3.9
    narrow_height: float = 4.2

    def __post_init__(self) -> None:
        if not self.finding:
            raise ValueError(f"figure {self.name}: nothing is said of what it shows, so its alt text would be empty")
        refuse_more(max(self.height, self.narrow_height), HIGHEST, "inches of height")

    @property
    def alt(self) -> str:
        """What a reader who cannot see the picture is told: chart type, subject, and as much of the finding as fits."""
        whole = f"{self.kind}: {self.title}. {self.finding}"
        return whole if len(whole) <= ALT_LIMIT else f"{whole[:ALT_LIMIT].rpartition(' ')[0]}…"

    @property
    def twin(self) -> Table:
        """Its numbers as a table with the name and the sources of the figure."""
        return replace(self.table, name=self.name, sources=self.sources)

    @property
    def sizes(self) -> tuple[Size, Size]:
        """Of the picture for desk and phone."""
        return Size("wide", WIDE_WIDTH, self.height), Size("narrow", NARROW_WIDTH, self.narrow_height)

    @cached_property
    def drawn(self) -> tuple[Picture, dict[str, Drawing]]:
        """The picture for a desk, which is drawn last, and its drawings for desk and phone."""
        wide, narrow = self.sizes
        phone = drawing(self.draw_at(narrow))
        desk = self.draw_at(wide)
        return desk, {wide.name: drawing(desk), narrow.name: phone}

    def files(self, caption: Caption) -> dict[str, bytes]:
        """The downloads: the picture with a caption, and the table."""
        picture, drawings = self.drawn
        svg, png = draw_with_caption(picture, drawings["wide"], caption)
        return {f"{self.name}.svg": svg, f"{self.name}.png": png, f"{self.name}.csv": self.table.csv_file()}

    def draw_at(self, size: Size) -> Picture:
        """The picture in a size; that of another size is gone then, if it was finished."""
        if isinstance(self.picture, Picture):
            picture = resize(self.picture, size)
        elif isinstance(self.picture, Mapping):
            picture = draw_panels(self.picture, size)
        else:
            picture = draw_anew(self.picture, size)
        if self.notice:
            picture.suptitle(self.notice, x=1, ha="right", fontsize="small", color=MUTED)
        return picture

    @property
    def address(self) -> str:
        """Where it stands on its page."""
        return f"figure-{self.name}"

    def heading(self, number: str) -> Html:
        """Its number and title."""
        label = link_number(number, self.address)
        return fill('<p class="figure-title">{label}{title}</p>', label=label, title=self.title)

    def html(self, folder: str, language: Language, *, number: str) -> Html:
        """The block for a page, where its files lie in a `folder` beside it: title and subtitle, the picture, and on one line
        where it is from and its files.
        """
        drawings = self.drawn[1].items()
        charts = join("\n", (page_svg(drawn, self.name, size=size, alt=self.alt) for size, drawn in drawings))
        refuse_more(len(charts), HEAVIEST, "characters on the page")
        subtitle = fill('<p class="figure-subtitle">{said}</p>', said=self.subtitle) if self.subtitle else ""
        return Html(f"""<figure class="report-figure" id="{escape(self.address)}">
<figcaption>{self.heading(number)}{subtitle}</figcaption>
{charts}
{source_line(self.sources, language)}
<div class="figure-foot"><p class="figure-files">{link_files(self.name, folder, language)}</p>
{self.details(language)}</div>
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


def refuse_more(there: float, most: int, what: str) -> None:
    """Raise PictureError where there is more of something than a page has room for."""
    if there > most:
        raise PictureError(
            f"the picture has {there:,.0f} {what}, and a page has room for {most:,}: draw fewer marks, or the largest"
        )
