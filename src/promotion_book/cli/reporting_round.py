"""Commands of the reporting round: a form goes out, figures come in, and what they change is seen before it is published."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from promotion_book.cli.common import (
    LanguagesOption,
    PeriodOption,
    PlaceOption,
    check_package,
    choose_place,
    chosen_edition,
    chosen_languages,
    count,
    ending_with,
    escape_controls,
    project_folder,
    require_place,
    stop,
    today,
)

if TYPE_CHECKING:
    from promotion_book.facts import Package
    from promotion_book.intake.incoming import Incoming
    from promotion_book.intake.new_rows import NewRows

Output = Annotated[
    Path,
    typer.Option("--output", "-o", help="The workbook to write.", dir_okay=False, callback=ending_with(".xlsx")),
]


def form(
    period: Annotated[str, typer.Option(help="The period that is reported: 2026-H1.")],
    output: Output,
    place: PlaceOption = "",
    area: Annotated[str, typer.Option(help="The part of the place that fills it in; the whole place by default.")] = "",
    language: Annotated[
        str, typer.Option(help="The language of headings and names; the last of the place by default.")
    ] = "",
) -> None:
    """Write the form of a period as an Excel workbook: what is planned and expected, and cells to fill in."""
    from promotion_book.facts import edition, read
    from promotion_book.facts.known import known_in
    from promotion_book.facts.suggestion import did_you_mean
    from promotion_book.intake.form_items import form_items
    from promotion_book.intake.form_writer import write_form
    from promotion_book.report.context import Context
    from promotion_book.whole_files import replace_files
    from promotion_book.words.translation import load_language

    require_place(place)
    language = chosen_languages(language, place=place)[-1]
    package = read(place)
    known = known_in(package, edition(package, period))
    areas = list(package["areas"]["area_id"])
    if area and area not in areas:
        stop(f"no area {area!r} in areas.csv; write its row there first{did_you_mean(area, areas)}", 2)
    items = form_items(known, period, area=area or package.area)
    content = write_form(Context(known, load_language(language)), items, period=period, area=area or package.area)
    if output.exists() and not (output.is_file() and output.read_bytes() == content):
        stop(f"{output}: found a file that is there, which may be filled in; give the form another name", 2)
    replace_files({output: content})
    programmes = items["programme_id"].nunique()
    typer.echo(escape_controls(f"{output}: {count(len(items), 'content item')} of {count(programmes, 'programme')}"))


def take(
    files: Annotated[list[Path], typer.Argument(help="Forms that came back, or other workbooks and CSV files.")],
    place: Annotated[str, typer.Option(help="The place that they have to be of.")] = "",
    period: Annotated[str, typer.Option(help="The period that they have to be for.")] = "",
    sender: Annotated[str, typer.Option(help="Who sent them, as readers are told; the area by default.")] = "",
    received: Annotated[str, typer.Option(help="The day on which they came, 2026-07-10; today by default.")] = "",
    mapping: Annotated[
        Path | None, typer.Option(help="What stands where in files that are no forms.", dir_okay=False)
    ] = None,
    language: Annotated[str, typer.Option(help="The language of findings; that of the form by default.")] = "",
) -> None:
    """Take in forms that came back: all their figures, or none and everything that is wrong, by sheet and cell."""
    from promotion_book.alone import alone_in
    from promotion_book.facts import read
    from promotion_book.facts.package import data_folder
    from promotion_book.facts.schema import NAME
    from promotion_book.facts.texts import flaw
    from promotion_book.intake.outcome import outcome_lines
    from promotion_book.intake.taking_in import changed_files
    from promotion_book.whole_files import replace_files

    if sender and (wrong := flaw(sender, NAME, drawn=True)):
        stop(f"--sender: found {wrong[1]}; allowed {wrong[2]}; {wrong[3]}", 2)
    with alone_in(data_folder()):
        incoming = _incoming(files, place=place, period=period, language=language, mapping=mapping)
        package, added = _examined(incoming, sender=sender, received=received)
        changed = changed_files(package, added)
        replace_files(changed)
    for line in outcome_lines(read(package.place), incoming, added, received=_day(received)):
        typer.echo(escape_controls(line))
    if changed:
        text, names = incoming[0].words.text, " ".join(os.path.relpath(path) for path in changed)
        typer.echo(
            text(
                "To take it back, with all else in these files that is not committed: {command}",
                command=f"git restore {names}",
            )
        )


def preview(
    files: Annotated[list[Path] | None, typer.Argument(help="Forms that are not taken in yet.")] = None,
    place: Annotated[str, typer.Option(help="The place; that of the forms, the only one, or hanoi by default.")] = "",
    period: Annotated[
        str, typer.Option(help="The edition to come; that of the forms, or the next of the calendar by default.")
    ] = "",
    received: Annotated[str, typer.Option(help="The day on which the forms came; today by default.")] = "",
    language: Annotated[
        str, typer.Option(help="The language of what is told; that of the forms, or English by default.")
    ] = "",
) -> None:
    """Print what the tables, or forms that are not taken in yet, change beside the published edition."""
    from promotion_book.facts import edition, read
    from promotion_book.facts.calendar import next_release, releases
    from promotion_book.facts.known import known_in
    from promotion_book.intake.effects import effect_lines, effects
    from promotion_book.report.context import Context
    from promotion_book.site.earlier import published_package
    from promotion_book.words.language import SOURCE
    from promotion_book.words.translation import load_language

    chosen_languages(language)
    if files:
        incoming = _incoming(files, place=place, period=period, language=language, mapping=None)
        package, period = _with_forms(incoming, received=received)
        language = incoming[0].words.code
    else:
        place = choose_place(place)
        require_place(place)
        package = read(place)
    published, was = published_package(project_folder(), package.place)
    coming = next_release(releases(package), published)
    coming_edition = edition(package, period or (coming.period if coming else published))
    found = effects(was, package, published=edition(was, published), coming=coming_edition)
    typer.echo(f"{package.place} {coming_edition.period} beside {published} as it is published")
    for line in effect_lines(Context(known_in(package, coming_edition), load_language(language or SOURCE)), found):
        typer.echo(line)


def _with_forms(incoming: list[Incoming], *, received: str) -> tuple[Package, str]:
    """The package as it is once forms are taken in, and the period that they are of."""
    from promotion_book.facts import read
    from promotion_book.facts.package import data_from
    from promotion_book.intake.taking_in import package_with

    package, added = _examined(incoming, sender="", received=received)
    with package_with(package, added) as folder, data_from(folder.parent):
        return read(package.place), next(one.mapping.period for one in incoming if one.mapping)


def commentary(
    period: Annotated[str, typer.Option(help="The period that is commented on: 2026-H1.")],
    place: PlaceOption = "",
) -> None:
    """Lay out the commentary of a period, with the text of the last period as a start; what is there stays."""
    from promotion_book.alone import alone_in
    from promotion_book.facts import edition, read
    from promotion_book.facts.commentary import FOLDER, on_commentary
    from promotion_book.facts.package import data_folder
    from promotion_book.intake.commentary_layout import chapters_without_text, lay_out_commentary

    require_place(place)
    package = read(place)
    report = edition(package, period)
    if report.period.label not in (announced := list(package["release_calendar"]["period"])):
        found = f"no edition {period} of {place} is announced; announced: {', '.join(announced) or 'none'}"
        stop(f"{found}; give it a row in data/{place}/release_calendar.csv first", 2)
    with alone_in(data_folder()):
        begun = lay_out_commentary(package, report)
    typer.echo(f"laid out with the text of the last period: {count(len(begun), 'file')}")
    for finding in on_commentary(check_package(package.folder), report.period.label):
        typer.echo(escape_controls(finding.below(f"data/{place}")))
    silent = chapters_without_text(package, report)
    typer.echo(f"chapters without commentary: {', '.join(silent) or 'none'}")
    if silent:
        typer.echo(
            f"write one as data/{place}/{FOLDER}/{report.period}/{silent[0]}.{package.languages[-1]}.md, in every language"
        )


def _incoming(files: list[Path], *, place: str, period: str, language: str, mapping: Path | None) -> list[Incoming]:
    """Files as they were read, each once; the first says of which place, period and language all are."""
    from promotion_book.intake.incoming import read_incoming
    from promotion_book.intake.mapping import SheetMapping
    from promotion_book.running.declarations import read_declaration

    chosen_languages(language)
    if place:
        require_place(place)
    described = read_declaration(mapping, mapping.name, model=SheetMapping).value if mapping else None
    if lacking := [str(path) for path in files if not path.is_file()]:
        stop("\n".join(f"{name!r}: found no such file; allowed an Excel workbook or a CSV file" for name in lacking), 2)
    found: dict[str, Incoming] = {}
    for path in files:
        one = read_incoming(path, place=place, period=period, language=language, given=described)
        language = language or one.words.code
        if one.mapping:
            place, period = place or one.mapping.place, period or one.mapping.period
        found.setdefault(one.sha256 or str(path), one)
    return list(found.values())


def _examined(incoming: list[Incoming], *, sender: str, received: str) -> tuple[Package, NewRows]:
    """The package and what files add to it; where anything is wrong with them that is said, and nothing is done."""
    from promotion_book.facts import read
    from promotion_book.intake.outcome import late_lines
    from promotion_book.intake.taking_in import examine

    words, day = incoming[0].words, _day(received)
    whole = next((one.mapping for one in incoming if one.mapping), None)
    found = [finding for one in incoming for finding in one.findings]
    if whole:
        package = read(whole.place)
        for line in late_lines(package, whole.period, received=day, words=words):
            typer.echo(line)
        added, found = examine(package, incoming, sender=sender, received=day, check=check_package)
        if not found:
            return package, added
    end = words.text("Findings: {number}; nothing was taken in.", number=len(found))
    stop("\n".join([*(finding.line(words) for finding in found), end]), 1)


def _day(text: str) -> date:
    """A day of the command line; today where none is given."""
    try:
        return date.fromisoformat(text) if text else today()
    except ValueError:
        stop(f"no day {text!r}; write it as 2026-07-10", 2)


def sign_off(
    place: PlaceOption = "",
    period: PeriodOption = "",
    read_by: Annotated[str | None, typer.Option(help="Who has read the pages as they are built.")] = None,
    language: LanguagesOption = "",
) -> None:
    """Sign that the pages of a built edition were read, and print what is still missing before it is published."""
    from promotion_book.facts.package import data_folder
    from promotion_book.facts.schema import NAME
    from promotion_book.facts.texts import flaw
    from promotion_book.running.plan import locate_build
    from promotion_book.site.sign_off import sign, sign_off_items
    from promotion_book.site.store import SiteError

    edition, root = chosen_edition(place, period), project_folder()
    name = None if read_by is None else read_by.strip()
    if name == "":
        stop("--read-by: found nothing; allowed the name of who has read the pages", 2)
    if name and (wrong := flaw(name, NAME)):
        stop(f"--read-by: found {wrong[1]}; allowed {wrong[2]}; {wrong[3]}", 2)
    try:
        chosen = chosen_languages(language, place=place)
        for code in chosen if name else []:
            sign(locate_build(root, edition, language=code), name=name or "", day=str(today()))
        items = list(sign_off_items(root, edition, findings=check_package(data_folder() / place)))
    except SiteError as error:
        stop(error, 1)
    for item in items:
        typer.echo(escape_controls(item))
    raise typer.Exit(0 if all(item.done for item in items) else 1)
