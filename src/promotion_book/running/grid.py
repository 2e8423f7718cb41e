"""The pages of a book: a page for each chapter, and those that the grid makes of one notebook.

`notebooks/grid.yml` declares them:

    - notebook: what_if
      address: what_if/{case}                 # below notebooks/; made of the names, so it stays when a value changes
      title: "What if money grows by {money_growth} a year"
      grid:
        case:                                 # a name and its values
          slow: {money_growth: 0.05, effort: 0.5}
          fast: {money_growth: 0.08, effort: 1.5}

There is a page for each combination of the names of all axes. An axis that is a parameter itself may
be a plain list (`place: [hanoi, hue]`) or give one value a name (`money_growth: {slow: 0.05}`). A page
has a folder of its own, with its own results, and stands in the table of contents below its notebook.
What a title fills in is a parameter of the page, as readers write it. Findings name the line; two pages
with one address are one.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from promotion_book.facts.declaration import Declaration
from promotion_book.facts.findings import Finding
from promotion_book.facts.suggestion import did_you_mean
from promotion_book.report.chapter import open_edition, write_parameter
from promotion_book.report.parameters import (
    Contract,
    ParameterError,
    check_parameters,
    find_unordered,
    parse_values,
    read_contract,
)
from promotion_book.report.results import RESULTS
from promotion_book.report.sources import PAGE
from promotion_book.running.configuration import INDEX
from promotion_book.running.contents import NOTEBOOKS, chapter_notebooks
from promotion_book.running.declarations import NonEmpty, read_declaration, refuse

GRID = Path("notebooks/grid.yml")
SOURCES = Path(PAGE).stem
ADDRESS = re.compile(r"[a-z0-9][a-z0-9_-]*(/[a-z0-9][a-z0-9_-]*)*")


def _named(axes: Any) -> Any:
    """Axes with a name for every value and a parameter for every value of a name."""
    if not isinstance(axes, dict):
        return axes
    return {axis: _values(axis, values) for axis, values in axes.items()}


def _values(axis: str, values: Any) -> Any:
    if isinstance(values, list):
        values = {value: value for value in values if isinstance(value, str)} if values else values
    if not isinstance(values, dict):
        return values
    return {name: {axis: value} if isinstance(value, str) else value for name, value in values.items()}


def _template(text: str) -> str:
    list(Formatter().parse(text))
    return text


Template = Annotated[NonEmpty, AfterValidator(_template)]
Named = Annotated[dict[str, dict[str, str]], Field(min_length=1)]
Axes = Annotated[dict[str, Named], Field(min_length=1), BeforeValidator(_named)]


class GridEntry(BaseModel):
    """One notebook and the axes of its pages: for each axis, the parameters by the name of their values."""

    model_config = ConfigDict(extra="forbid")

    notebook: NonEmpty
    address: Template
    title: Template
    grid: Axes


@dataclass(frozen=True)
class GridPage:
    """A page of a book: its notebook, its address without ending, its own parameters and its title.

    A chapter has no parameters of its own, and the title that its notebook gives it: `title` is empty.
    """

    notebook: Path
    address: str
    parameters: Mapping[str, Any]
    title: str = ""

    @property
    def chapter(self) -> str:
        """The name of its results: that of its address, and in a folder of its own that of its notebook."""
        name = Path(self.address).name
        return self.notebook.stem if name == INDEX else name

    @property
    def short(self) -> str:
        """Its address as a person names it: ocop, what_if/slow."""
        return self.address.removeprefix(NOTEBOOKS).removesuffix(f"/{INDEX}")


def list_pages(root: Path) -> list[GridPage]:
    """The pages of a book, each chapter followed by those that the grid adds to it.

    Raises:
        DeclarationError: the grid is not sound.
        ParameterError: a notebook's parameters cannot be read.
    """
    notebooks = {path.stem: path for path in chapter_notebooks(root)}
    grid: Declaration[list[GridEntry]] = read_declaration(root / GRID, str(GRID), model=list[GridEntry])
    refuse(finding for number in range(len(grid.value)) for finding in _form(grid, number, notebooks=notebooks))
    made = [page for number, entry in enumerate(grid.value) for page in _made(number, entry, notebooks=notebooks)]
    plain = [GridPage(path, f"{NOTEBOOKS}{path.stem}", {}) for path in notebooks.values()]
    refuse(_addresses(grid, made))
    return [page for one in plain for page in (one, *(p for _, p in made if p.notebook == one.notebook))]


class NoPageError(ValueError):
    """A page that a book does not have; the message says which was meant, or which it has."""


def choose_pages(found: Sequence[GridPage], names: Sequence[str]) -> list[GridPage]:
    """The pages of some names, in the order of the names: that of a chapter, or what its address says; all for no names.

    Raises:
        NoPageError: a page that is not there.
    """
    known = {page.short: page for page in found}
    unknown = [
        f"no page {name!r}{_not_named(name, found) or did_you_mean(name, known)}" for name in names if name not in known
    ]
    if unknown:
        raise NoPageError("\n".join([*unknown, f"pages: {', '.join(known)}"]))
    return [known[name] for name in dict.fromkeys(names)] if names else [*found]


def _not_named(name: str, found: Sequence[GridPage]) -> str:
    """What to do for a notebook that lies beside those of the pages and is the notebook of none of them."""
    folders = {page.notebook.parent for page in found if page.notebook.stem != name}
    there = len(folders) == 1 and (folders.pop() / f"{name}.ipynb").is_file()
    made = any(page.notebook.stem == name for page in found)
    return f"; write 'file: notebooks/{name}' into _toc.yml" if there and not made else ""


def _form(grid: Declaration[list[GridEntry]], number: int, *, notebooks: Mapping[str, Path]) -> Iterator[Finding]:
    """What is wrong with one entry by itself: its notebook, its parameters, the fields of its texts."""
    entry = grid.value[number]
    if entry.notebook not in notebooks:
        where, allowed = (number, "notebook"), ", ".join(notebooks)
        yield grid.finding(where, "no-chapter", repr(entry.notebook), allowed, "name a notebook of _toc.yml")
        return
    declares = read_contract(notebooks[entry.notebook])
    refused = list(_parameters(grid, number, declares=declares))
    yield from refused or _disorder(grid, number, declares=declares)
    for key, fields in (("address", set(entry.grid)), ("title", set(declares))):
        for unknown in _fields(getattr(entry, key)) - fields:
            allowed = ", ".join(sorted(fields))
            yield grid.finding((number, key), "unknown-field", repr(unknown), allowed, "name one of these")


def _parameters(grid: Declaration[list[GridEntry]], number: int, *, declares: Contract) -> Iterator[Finding]:
    """Parameters of an entry that its notebook does not take, and those that two axes set."""
    axes: dict[str, str] = {}
    for axis, names in grid.value[number].grid.items():
        for name, values in names.items():
            where = (number, "grid", axis, name)
            for line in _refused(declares, values):
                yield grid.finding(where, "parameter", line, "what 'promotion-book parameters' prints", "mend it")
            for key in (key for key in values if axes.setdefault(key, axis) != axis):
                found, allowed = f"{key} set by {axis}", f"only by {axes[key]}"
                yield grid.finding((*where, key), "two-axes", found, allowed, "keep it in one axis")


def _refused(declares: Contract, values: Mapping[str, str]) -> list[str]:
    try:
        parse_values(declares, values)
    except ParameterError as error:
        return str(error).splitlines()
    return []


def _combined(entry: GridEntry) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """Each combination of the names of the axes, with the parameters that they give."""
    for names in itertools.product(*entry.grid.values()):
        chosen = dict(zip(entry.grid, names, strict=True))
        yield chosen, {key: value for axis, name in chosen.items() for key, value in entry.grid[axis][name].items()}


def _disorder(grid: Declaration[list[GridEntry]], number: int, *, declares: Contract) -> Iterator[Finding]:
    """Parameters that fit one by one and not together, as two axes combine them."""
    for chosen, given in _combined(grid.value[number]):
        for line in find_unordered(declares, parse_values(declares, given)):
            where = (number, "grid", *list(chosen.items())[-1])
            yield grid.finding(where, "parameter", line, "what 'promotion-book parameters' prints", "mend it")


def _fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def _made(number: int, entry: GridEntry, *, notebooks: Mapping[str, Path]) -> Iterator[tuple[int, GridPage]]:
    """A page for each combination of the names of the axes, with the number of its entry."""
    notebook = notebooks[entry.notebook]
    for chosen, given in _combined(entry):
        address = f"{NOTEBOOKS}{entry.address.format(**chosen)}/{INDEX}"
        yield number, GridPage(notebook, address, check_parameters(read_contract(notebook), given), entry.title)


def _addresses(grid: Declaration[list[GridEntry]], made: list[tuple[int, GridPage]]) -> Iterator[Finding]:
    """Addresses that cannot be written, and those that two pages of the grid would have; a chapter has no such one."""
    addresses = [page.address for _, page in made]
    for number, page in made:
        where = (number, "address")
        if not ADDRESS.fullmatch(page.short) or RESULTS.name in page.short.split("/"):
            allowed = f"lower-case letters, digits, - and _ between slashes; not {RESULTS.name!r}"
            yield grid.finding(
                where, "address", repr(page.short), allowed, "mend the names of the axes, or the address"
            )
        elif addresses.count(page.address) > 1:
            action = "let the address hold every axis, or give a name of its own"
            yield grid.finding(where, "one-address", f"{page.short!r} for more than one page", "one page", action)


def page_title(page: GridPage, parameters: Mapping[str, Any]) -> str:
    """The title of a page, with all parameters that it is run with as readers write them.

    Raises:
        PackageError: the place's data cannot be read.
    """
    if not page.title:
        return ""
    _, context = open_edition(parameters["place"], parameters["period"], language=parameters["language"])
    values = {key: write_parameter(key, value, context=context) for key, value in parameters.items()}
    words = any(literal.strip() for literal, *_ in Formatter().parse(page.title))  # a name alone needs no translation
    return (context.language.message(page.title) if words else page.title).format(**values)


def sources_pages(found: list[GridPage], place: str) -> dict[str, str]:
    """For each page of the grid, the page with the sources of its place, both as addresses.

    Raises:
        DeclarationError: the book of a place has pages of another one, and none with its sources.
    """
    places = {page.address: str(page.parameters.get("place", place)) for page in found}
    sources = {places[page.address]: page.address for page in reversed(found) if page.notebook.stem == SOURCES}
    action = f"let the grid make {SOURCES} for it too"
    allowed = "places with a page of sources"
    missing = [name for name in places.values() if name not in (place, *sources)]
    refuse(Finding(str(GRID), 0, "place", "no-sources", repr(name), allowed, action) for name in missing)
    return {p.address: sources[places[p.address]] for p in found if p.title and places[p.address] in sources}


def addresses_by_notebook(found: Sequence[GridPage]) -> dict[str, list[str]]:
    """The addresses of pages, by the name of their notebook in the table of contents."""
    made: dict[str, list[str]] = {}
    for page in found:
        made.setdefault(f"{NOTEBOOKS}{page.notebook.stem}", []).append(page.address)
    return made
