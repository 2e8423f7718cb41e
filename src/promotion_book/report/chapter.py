"""A chapter while its notebook runs: what it knows, what it shows, and what it leaves behind.

    chapter = open_chapter("handicraft_exports", globals())
    chapter.show(figure)                  # on the page, and as files under results/<chapter>/
    chapter.hold({"no export is negative": True})
    chapter.finish(exports=192e6)         # results/<chapter>.json, and <chapter>.tables.json with all tables

The files lie under `results/` in the working directory, which is where the page finds them; a rerun by the command
has a folder of its own, which the environment names.
"""

from __future__ import annotations

import json
import math
import re
import shlex
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from promotion_book.charts.caption import Caption
from promotion_book.facts import Edition, Known, edition, read
from promotion_book.facts.ahead import known_ahead
from promotion_book.facts.known import require_reported
from promotion_book.facts.package import listed_places
from promotion_book.facts.published_projections import TABLE, add_published_projections
from promotion_book.report.context import Context
from promotion_book.report.figures import ReportFigure
from promotion_book.report.numbering import Numbering
from promotion_book.report.parameters import PLACES, PROGRAMME, ParameterError, check_namespace
from promotion_book.report.results import results_folder
from promotion_book.report.sources import name_sources, source_line
from promotion_book.report.tables import Table, is_missing
from promotion_book.report.tables_file import ENDING, table_record
from promotion_book.words.language import NON_BREAKING, SOURCE
from promotion_book.words.markup import Html, fill, join, link_download
from promotion_book.words.status_words import PARAMETERS
from promotion_book.words.translation import load_language

OF_EDITION = ("place", "period", "language")  # parameters of every page
FILE = re.compile(
    r"(?!(?:con|prn|aux|nul|com\d|lpt\d)\Z)[a-z0-9][\w-]{0,99}", re.ASCII | re.IGNORECASE
)  # on every disk


class CheckError(Exception):
    """Something that must hold on a page does not; the message names all of it."""


@dataclass(frozen=True)
class Block:
    """Something shown on a page: HTML, and the same in plain text."""

    html: Html
    text: str

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/html": self.html, "text/plain": self.text}


@dataclass
class Chapter:
    """One chapter of one edition."""

    name: str
    edition: Edition
    context: Context
    parameters: dict[str, Any]
    files: dict[str, str] = field(default_factory=dict)
    tables: dict[str, dict[str, Any]] = field(default_factory=dict)
    numbering: Numbering = field(default_factory=Numbering)
    results: Path = field(default_factory=results_folder)

    @property
    def known(self) -> Known:
        """What is known on the cut-off day of the edition."""
        return self.context.known

    @property
    def since(self) -> date:
        """The first day of the reporting period."""
        return self.edition.period.start

    def command(self) -> str:
        """The command that makes this page again, as a shell takes it."""
        spoken = {} if self.context.language.code == SOURCE else {"language": self.context.language.code}
        given = {"place": self.edition.place, "period": self.edition.period, **spoken, **self._own()}
        options = [part for name, value in given.items() if value != "" for part in ("-p", f"{name}={value}")]
        notebook = PROGRAMME if PROGRAMME in self.parameters else self.name
        return shlex.join(["promotion-book", "run", f"notebooks/{notebook}.ipynb", *options])

    def assumptions(self) -> dict[str, str]:
        """The parameters that only this page has, by their names in words."""
        text, context = self.context.language.text, self.context
        own = self._own().items()
        return {text(PARAMETERS[name]): write_parameter(name, value, context=context) for name, value in own}

    def _own(self) -> dict[str, Any]:
        """The parameters that only this page has."""
        return {k: v for k, v in self.parameters.items() if k not in ("place", "period", "language")}

    def show(self, item: ReportFigure | Table) -> Block:
        """A figure, an explorer or a table, with its files written."""
        number = self._number(item)
        self._remember(item, number)
        where = f"{self.results}/{self.name}"
        if not isinstance(item, Table):
            return self._picture(item, where, number=number)
        self._write(Path(self.name) / f"{item.name}.csv", item.csv_file(), item.caption)
        text = self.context.language.text
        below = [_files(text("Download"), f"{where}/{item.name}.csv", label="CSV")]
        if item.sources:
            below = [source_line(item.sources, self.context.language), *below]
        return Block(join("", [item.html(number), *below]), item.text())

    def _picture(self, item: ReportFigure, where: str, *, number: str) -> Block:
        """A figure or an explorer, with its files written."""
        text, package = self.context.language.text, self.known.package
        if package.what_if:
            item = replace(item, notice=text("What-if, not published"))
        place, period = package.place_name(self.context.language.code), self.context.period(str(self.edition.period))
        edition = text("Industrial promotion in {place}, {period}", place=place, period=period)
        known = text("Figures public by {day}.", day=self.context.day(self.edition.cut_off))
        sources = name_sources(item.twin.sources, self.context.language).text()
        caption = Caption(f"{number}. {item.title}", item.subtitle, (sources, f"{edition}. {known} CC BY 4.0"))
        block = Block(item.html(where, self.context.language, number=number), item.text())
        for name, content in item.files(caption).items():
            self._write(Path(self.name) / name, content, item.title)
        return block

    def _number(self, item: ReportFigure | Table) -> str:
        """By what an item is quoted: Figure 3.2, Table 3.2."""
        text = self.context.language.text
        if isinstance(item, Table):
            return text("Table {number}", number=self.numbering.number("table", item.name))
        return text("Figure {number}", number=self.numbering.number("figure", item.twin.name))

    def fold(self, table: Table, *, place: str = "") -> Block:
        """A long table, folded away behind its caption and number of rows; `place` is its address on the page."""
        block = self.show(table)
        label = self.context.language.text(
            "{caption} ({n} {n:row|rows})", caption=f"{self._number(table)}. {table.caption}", n=len(table.frame)
        )
        label = NON_BREAKING.join(label.rsplit(" ", 2))  # no number stands alone on a line
        folded = '<details class="long-table" {place}><summary>{label}</summary>\n{table}\n</details>'
        address = fill(' id="{place}"', place=place) if place else Html("")
        return Block(fill(folded, label=label, table=block.html, place=address), block.text)

    def keep(self, *tables: Table) -> Block:
        """Tables as files only, for machines and other pages, with links to them."""
        for table in tables:
            self._remember(table)
            self._write(Path(self.name) / f"{table.name}.csv", table.csv_file(), table.caption)
        named = [(table.caption, f"{self.results}/{self.name}/{table.name}.csv") for table in tables]
        lines = join("", (_files(caption, address, label="CSV") for caption, address in named))
        return Block(lines, "\n".join(f"{caption}: {address}" for caption, address in named))

    def hold(self, claims: Mapping[str, Iterable[bool] | bool]) -> list[str]:
        """What must hold on this page and holds, a sentence each.

        Args:
            claims: sentences, each with whether it holds, or holds for each of the things it is about; one about nothing is not
                told.

        Raises:
            CheckError: claims that do not hold, all of them named.
        """
        held = {claim: [*map(_is_true, _each(holds))] for claim, holds in claims.items()}
        failed = [claim for claim, holds in held.items() if not all(holds)]
        if failed:
            raise CheckError("does not hold: " + " ".join(failed))
        return [self.context.language.message(claim) for claim, holds in held.items() if holds]

    def finish(self, **results: Any) -> Block:
        """Write the results of the page as `results/<chapter>.json`, and its tables beside it; the link to the former."""
        self._record(Path(f"{self.name}.json"), results=results)
        self._record(Path(f"{self.name}{ENDING}"), tables=list(self.tables.values()))
        label, address = self.context.language.text("Results"), f"{self.results}/{self.name}.json"
        return Block(_files(label, address, label="JSON"), f"{label}: {address}")

    def _record(self, name: Path, **held: Any) -> None:
        """Write what the page holds, with what the page is."""
        record = {
            "chapter": self.name,
            "parameters": self.parameters,
            "cut_off": self.edition.cut_off.isoformat(),
            **({"what_if": self.known.package.what_if} if self.known.package.what_if else {}),
            **held,
        }
        content = json.dumps(_plain(record), ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False) + "\n"
        self._write(name, content.encode("utf-8"), self.name)

    def _remember(self, item: ReportFigure | Table, number: str = "") -> None:
        """Keep a table, or the one of a figure, for the record of the page's tables."""
        table = item if isinstance(item, Table) else item.twin
        if not FILE.fullmatch(table.name):
            raise ValueError(
                f"{table.name!r} cannot name the files of a table or figure: write letters without marks, digits, - and _, as in ocop_stars"
            )
        sources = [source.link.text() for source in table.sources]
        about: dict[str, Any] = {"number": number, "units": self._units(table.frame)}
        if not isinstance(item, Table):
            subtitle = table.caption if table.caption != item.title else ""
            about |= {"caption": item.title, "subtitle": subtitle, "alt": item.alt}
            sources = sources or [self.context.language.text("all sources of this edition")]
        self.tables[table.name] = table_record(table, sources, **about)

    def _units(self, frame: pd.DataFrame) -> list[str | None]:
        """The units of the rows of a frame in words; none where it does not have them."""
        if "unit" not in frame:
            return []
        units = self.known.package["units"].set_index("unit_id")[f"name_{self.context.language.code}"]
        return [units.get(unit) for unit in frame["unit"]]

    def _write(self, name: Path, content: bytes, title: str) -> None:
        """Write a file; running a cell again is fine, two figures or tables of one name are not."""
        path = self.results / name
        if self.files.setdefault(str(name), title) != title:
            raise ValueError(f"{path} is written twice; give each figure and table its own name")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _is_true(one: Any) -> bool:
    """Whether something is true and no text, which says nothing."""
    return not (is_missing(one) or isinstance(one, str)) and bool(one)


def _each(holds: Iterable[bool] | bool) -> Iterable[Any]:
    """Whether a claim holds, of each thing that it is about; of a frame those are its cells."""
    if isinstance(holds, pd.DataFrame):
        return holds.to_numpy().flat
    return holds if isinstance(holds, Iterable) else [holds]


def open_chapter(name: str, namespace: Mapping[str, Any], *, tables: Collection[str] = ()) -> Chapter:
    """The chapter of a running notebook, by the parameters of its namespace.

    Args:
        name: that of the notebook; a page of the notebook of programmes has that of the chapter of its programme.
        tables: those of `facts.package.APART` that the page reads; `running.inputs` reads this declaration.

    Raises:
        ParameterError: a parameter does not fit its type, or is not declared.
        PackageError: the place's data cannot be read.
    """
    parameters = check_namespace(namespace)
    if lacking := [name for name in OF_EDITION if name not in parameters]:
        raise ParameterError(
            f"a page is of a place, a period and a language: declare {', '.join(lacking)} above open_page"
        )
    place, period, language = (parameters[name] for name in OF_EDITION)
    report, context = open_edition(place, period, language=language, tables=tables)
    if PROGRAMME in parameters:
        name = context.known.package.row("programmes", parameters[PROGRAMME])["chapter"]
    return Chapter(name, report, context, parameters)


def open_edition(place: str, period: str, *, language: str, tables: Collection[str] = ()) -> tuple[Edition, Context]:
    """The edition of a place and period, and what it knows, in a language; `tables` as those of `open_chapter`.

    Raises:
        PackageError: the place's data cannot be read.
        ValueError: the period cannot be reported on, or is not announced, and nothing is known of it or later.
    """
    package = read(place)
    report = edition(package, period)
    whole = add_published_projections(package) if TABLE in tables else package
    known = known_ahead(whole, report, tables=tables)
    require_reported(report, known)
    return report, Context(known, load_language(language))


def write_parameter(name: str, value: Any, *, context: Context) -> str:
    """A parameter as readers write it: the place by its name, the period in words, a fraction as per cent."""
    if name == "place":
        return context.known.package.place_name(context.language.code)
    if name == "period":
        return context.period(value)
    if name == PROGRAMME:
        return context.programme(value)
    if name == PLACES:
        return context.language.join_list([read(one).place_name(context.language.code) for one in listed_places(value)])
    return context.numbers.percent(value, 1) if isinstance(value, float) else str(value)


def _files(said: str, address: str, *, label: str) -> Html:
    """A line that leads to a file of the page."""
    return fill('<p class="figure-files">{said}: {link}</p>', said=said, link=link_download(address, label))


def _plain(value: Any) -> Any:
    """A result as JSON can hold it: a frame as its rows, a series by its index, a number that is missing or not finite as null."""
    if isinstance(value, pd.DataFrame):
        return [_plain(row) for row in value.to_dict("records")]
    value = value.to_dict() if isinstance(value, pd.Series) else value
    value = value.tolist() if hasattr(value, "tolist") else value
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if value is None or value is pd.NaT or (isinstance(value, float) and not math.isfinite(value)):
        return None
    return value if isinstance(value, str | int | float) else str(value)
