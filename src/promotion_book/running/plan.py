"""What an edition is made of, before anything runs: its folder, its pages as jobs, its contents and settings.

_build/hanoi/2025/en/        the work folder (of a what-if: _build/what-if/<name>/hanoi/2025/en/; of a few pages alone:
                             _build/only/hanoi/2025/en/, which no publication knows)
    source/                  pages and executed notebooks, with notebooks/results/
    html/                    the book
    published/               what its pages read of the published site
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from promotion_book.facts import Package, PackageError, read
from promotion_book.facts.package import data_folder, places
from promotion_book.report.chapter import open_edition
from promotion_book.report.parameters import PLACES, check_parameters, read_contract
from promotion_book.report.results import RESULTS
from promotion_book.report.sentences import next_release_sentence
from promotion_book.running.cache import Cache
from promotion_book.running.configuration import BUILD, ONLY, author, base_address, contact, repository
from promotion_book.running.contents import list_contents, place_pages, read_contents, translate_contents
from promotion_book.running.declarations import refuse
from promotion_book.running.execution import Job
from promotion_book.running.grid import (
    GridPage,
    addresses_by_notebook,
    choose_pages,
    list_pages,
    page_title,
    sources_pages,
)
from promotion_book.running.inputs import places_set_beside
from promotion_book.running.programme_pages import with_programmes
from promotion_book.running.settings import check_settings
from promotion_book.running.what_if_file import WHAT_IFS, WhatIf
from promotion_book.words.language import Language
from promotion_book.words.markup import escape_markdown
from promotion_book.words.translation import load_language

TO_OTHER_PAGES = "myst.xref_missing"  # Sphinx's name of the warning that a link leads to no page of the book


@dataclass(frozen=True, order=True)
class EditionId:
    """Which edition: of a place, for a period; it is built in each language."""

    place: str
    period: str

    def __str__(self) -> str:
        return f"{self.place} {self.period}"

    @property
    def folder(self) -> str:
        """Its folder in a site and among builds: hanoi/2025."""
        return f"{self.place}/{self.period}"


@dataclass(frozen=True)
class EditionBuild:
    """An edition in a language as it is built: where it is, and what it is of."""

    folder: Path
    edition: EditionId
    language: str

    @property
    def source(self) -> Path:
        """The folder that the book is made from."""
        return self.folder / "source"

    @property
    def published(self) -> Path:
        """The folder of what its pages read of the published site."""
        return self.folder / "published"

    @property
    def html(self) -> Path:
        """The folder of the book."""
        return self.folder / "html"


@dataclass(frozen=True)
class Plan:
    """An edition to build: its package, the jobs of its pages by name, its table of contents, and the settings of its book."""

    built: EditionBuild
    package: Package
    jobs: Mapping[str, Job]
    contents: Mapping[str, Any]
    settings: Mapping[str, Any]


def locate_build(
    root: Path, edition: EditionId, *, language: str, what_if: str = "", alone: bool = False
) -> EditionBuild:
    """Where an edition is built in a language: of the report, or of the what-if of a name; or a few of its pages `alone`."""
    folder = root / BUILD / WHAT_IFS / what_if if what_if else root / BUILD / (ONLY if alone else "")
    return EditionBuild(folder / edition.folder / language, edition, language)


def project_cache(root: Path) -> Cache:
    """The cache of executed notebooks of a project."""
    return Cache(root / BUILD / "cache")


def plan_edition(root: Path, built: EditionBuild, *, what_if: WhatIf | None = None, only: Sequence[str] = ()) -> Plan:
    """What the edition that is to be `built` is made of.

    Args:
        only: the pages that are wanted, by their names; all where it is empty.

    Raises:
        NoPageError: the edition has no such page.
        DeclarationError, ParameterError, PackageError: the settings, the grid, a parameter or the data cannot be used.
    """
    refuse(check_settings(root))
    values = {"place": built.edition.place, "period": built.edition.period, "language": built.language}
    values = {**(what_if.parameters if what_if else {}), **values}
    package = read(built.edition.place)
    found, name = with_programmes(list_pages(root), package), built.folder.relative_to(root / BUILD)
    found = found if len(places()) > 1 else [page for page in found if PLACES not in read_contract(page.notebook)]
    contents = place_pages(read_contents(root), addresses_by_notebook(found))
    settings = {**_settings(root, package, built=built), "sources_pages": sources_pages(found, built.edition.place)}
    chosen = choose_pages(found, only)
    if only:
        contents = list_contents([page.address for page in chosen])
        settings = {**preview_settings(settings, load_language(built.language)), "suppress_warnings": [TO_OTHER_PAGES]}
    jobs = {
        str(name / page.address): _job(page, built, values=values, number=number)
        for number, page in enumerate(found, start=1)
        if page in chosen
    }
    _refuse_unreadable(jobs.values())
    return Plan(built, package, jobs, translate_contents(contents, load_language(built.language)), settings)


def _refuse_unreadable(jobs: Iterable[Job]) -> None:
    """Refuse pages that set places beside their own of which one cannot be read; only they need it."""
    for job in jobs:
        for place in places_set_beside(job):
            try:
                read(place)
            except PackageError as error:
                around = f"or name the places that it compares in its parameter '{PLACES}'"
                raise PackageError(f"page {job.source.stem!r} compares {place}: {error}, {around}") from error


def preview_settings(settings: Mapping[str, Any], words: Language) -> dict[str, Any]:
    """The settings of a book that says on every page that it is a preview, in the place of what an edition says."""
    mark = words.text("Preview, not published: this is how the pages look while they are written.")
    return {**settings, "what_if": mark, "edition": {}, "html_baseurl": ""}


def _job(page: GridPage, built: EditionBuild, *, values: Mapping[str, object], number: int) -> Job:
    """A page as a job, in the folder of its address; its own parameters come before those of the edition."""
    declares = read_contract(page.notebook)
    parameters = check_parameters(
        declares, {name: value for name, value in {**values, **page.parameters}.items() if name in declares}
    )
    output = (built.source / page.address).with_suffix(".ipynb")
    result = RESULTS / f"{page.chapter}.json"
    title = page_title(page, {name: parameters.get(name, p.default) for name, p in declares.items()})
    return Job(
        page.notebook, parameters, output, data_folder().resolve(), result, title, built.published, number=number
    )


def _settings(root: Path, package: Package, *, built: EditionBuild) -> dict[str, Any]:
    """The settings of a book, with what its pages say of the edition; see `book_edition`."""
    edition = built.edition
    report, context = open_edition(edition.place, edition.period, language=built.language)
    words, place, period = context.language, package.place_name(built.language), context.period(edition.period)
    title = words.text("Industrial promotion in {place}, {period}", place=place, period=period)
    title = words.text("What-if: {title}", title=title) if package.what_if else title
    told = {"contact": contact(root), "repository": repository(root)}
    named = (
        words.text("Contact: {contact}.", **told)
        if told["contact"]
        else words.text("This edition gives no address to write to.")
    )
    said = {"period": period, "place": place, "cut_off": words.day(report.cut_off), "contact": named}
    settings = {
        "html_title": title,
        "project": title,
        "author": author(root, built.language),
        "language": built.language,
        "languages": list(package.languages),
        "myst_substitutions": {name: escape_markdown(text) for name, text in said.items()},
    }
    if package.what_if:
        return {**settings, "what_if": _mark(package, words), "html_baseurl": ""}
    about = {"place": edition.place, "period": edition.period, "place_name": place, "period_name": period}
    coming = next_release_sentence(context, edition.period) or words.text("No later release is announced.")
    about |= {"cut_off": said["cut_off"], "next": coming, **told}
    folder, address = f"{edition.folder}/{built.language}/", base_address(root)
    return {**settings, "edition": about, "html_baseurl": address and address + folder}


def _mark(package: Package, words: Language) -> str:
    """What stands on every page of a what-if."""
    return words.text(
        "What-if, not published: {what_if}. These pages show what would follow from the assumptions. "
        "They are neither the report nor a forecast.",
        what_if=package.what_if,
    )
