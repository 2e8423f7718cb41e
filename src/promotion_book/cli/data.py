"""Commands on the data, the notebooks and the catalogues as they are written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from promotion_book.cli.common import check_package, count, escape_controls, project_folder, require_place, stop, today

if TYPE_CHECKING:
    from promotion_book.facts.new_place import NewPlace


def check(place: Annotated[str, typer.Option(help="Check one place only.")] = "") -> None:
    """Check the data packages, and what the book is written in: all findings at once."""
    from promotion_book.facts.findings import refusing
    from promotion_book.facts.package import places
    from promotion_book.running import project_check as written
    from promotion_book.running.configuration import CONTENTS

    root = project_folder()
    if place:
        require_place(place)
    found = {name: check_package(root / "data" / name) for name in ([place] if place else places())}
    for name, findings in found.items():
        for finding in findings:
            typer.echo(escape_controls(str(finding.below(f"data/{name}"))))
    book = written.check_project(root) if not place and (root / CONTENTS).is_file() else []
    for line in book:
        typer.echo(escape_controls(line))
    everything = [finding for findings in found.values() for finding in findings]
    wrong, notes = len(refusing(everything)) + len(book), len(everything) - len(refusing(everything))
    noted = f", {count(notes, 'note')}" if notes else ""
    typer.echo(f"{count(wrong, 'finding')}{noted} in {count(len(found), 'data package')}")
    raise typer.Exit(1 if wrong else 0)


def new_place(
    name: Annotated[str, typer.Argument(help="Its folder of data/: bac_ninh.")],
    name_en: Annotated[str, typer.Option(help="Its name in English; a place has the languages of its names.")] = "",
    name_vi: Annotated[str, typer.Option(help="Its name in Vietnamese.")] = "",
    kind: Annotated[str, typer.Option(help="What it is: region, province, district, commune, village.")] = "province",
    country: Annotated[str, typer.Option(help="Its country, where that is not vietnam: kenya.")] = "",
    country_en: Annotated[str, typer.Option(help="The name of that country in English.")] = "",
    country_vi: Annotated[str, typer.Option(help="The name of that country in Vietnamese.")] = "",
    currency: Annotated[str, typer.Option(help="Its money, where that is not vnd: kes.")] = "",
    currency_en: Annotated[str, typer.Option(help="The name of that money in English: Kenyan shillings.")] = "",
    currency_vi: Annotated[str, typer.Option(help="The name of that money in Vietnamese.")] = "",
    year_begins: Annotated[int, typer.Option(help="The month with which its years begin: 7 for July.")] = 1,
    repository: Annotated[
        Path | None, typer.Option(help="The folder of a repository of its own, which links to this software.")
    ] = None,
) -> None:
    """Begin a place: a folder of data/ with all tables, which is sound and can be built at once."""
    from promotion_book.facts.new_place import DONG, VIETNAM, Called, NewPlace

    begun = NewPlace(
        name,
        {"en": name_en, "vi": name_vi},
        kind,
        Called(country, {"en": country_en, "vi": country_vi}) if country or country_en or country_vi else VIETNAM,
        Called(currency, {"en": currency_en, "vi": currency_vi}) if currency or currency_en or currency_vi else DONG,
        year_begins,
    )
    typer.echo("\n".join(_begin(begun, repository)))


def _begin(place: NewPlace, repository: Path | None) -> list[str]:
    """Write a place, and the repository that it is to have of its own; what was written comes back, and what to do next."""
    from promotion_book.facts.new_place import GUIDE, refuse_place, write_place
    from promotion_book.facts.vocabulary import VOCABULARY
    from promotion_book.running.configuration import CONFIG
    from promotion_book.running.new_repository import write_repository
    from promotion_book.words.translation import ROOT

    data, software = (repository or project_folder()) / "data", ROOT.resolve()
    common = (software if repository else project_folder()) / "data" / VOCABULARY
    refuse_place(data, place, vocabulary=common)
    title = place.names[place.languages[0]]
    written = write_repository(repository, software, name=title, today=today()) if repository else []
    files = write_place(data, place, today=today(), vocabulary=common)
    own = [f"{repository}: {', '.join(written)}; say in {CONFIG} who makes the book and where it will be"]
    return [
        *(own if written else []),
        f"data/{place.name}: {count(len(files), 'file')}; {GUIDE} says what a first row of each table holds",
        f"fill its tables, and build it with 'promotion-book build --place {place.name}'",
    ]


def parameters() -> None:
    """Print the parameters of every notebook: name, type, default, what is allowed, help."""
    from promotion_book.report.parameters import read_contract
    from promotion_book.running.contents import chapter_notebooks

    for notebook in chapter_notebooks(project_folder()):
        typer.echo(f"notebooks/{notebook.name}")
        for p in read_contract(notebook).values():
            typer.echo(f"  {p.name}: {p.type} = {p.default!r}  {p.help} ({p.allowed})")


def catalogues() -> None:
    """Renew the catalogues of the languages from their sources; new entries wait for a translation."""
    from promotion_book.alone import alone_in
    from promotion_book.book.catalogues import renew_catalogues
    from promotion_book.book.messages import MessageError
    from promotion_book.book.rendering import BookError
    from promotion_book.words.translation import LOCALE

    try:
        with alone_in(project_folder() / LOCALE):
            lines = renew_catalogues(project_folder())
    except (MessageError, BookError) as error:
        stop(error, 1)
    typer.echo("\n".join(lines or ["every entry has a translation"]))
