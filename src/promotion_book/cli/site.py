"""Commands on the published site."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from promotion_book.cli.common import (
    PeriodOption,
    PlaceOption,
    check_package,
    chosen_edition,
    count,
    due_editions,
    escape_controls,
    progress_bar,
    project_folder,
    stop,
    today,
)

if TYPE_CHECKING:
    from promotion_book.running.plan import EditionId
    from promotion_book.site.manifest import Note


def due() -> None:
    """Print place and period of every edition whose release day has come, the oldest of a place first."""
    for edition in due_editions():
        typer.echo(edition)


def publish(
    place: PlaceOption = "",
    period: PeriodOption = "",
    everything: Annotated[
        bool, typer.Option("--all", help="Publish every edition of every place that is due and built.")
    ] = False,
    revise: Annotated[bool, typer.Option("--revise", help="Publish other content as the next revision.")] = False,
    reason: Annotated[
        list[str] | None,
        typer.Option(help="Why it is revised: a text, or one for each language as en='...'; may be repeated."),
    ] = None,
    kind: Annotated[
        str,
        typer.Option(help="Of revision: new_source, error, redefinition or method; else it follows from the figures."),
    ] = "",
) -> None:
    """Publish built editions to _site/, in all their languages and in one atomic switch."""
    from promotion_book.running.configuration import CONFIG, empty_settings
    from promotion_book.site.copies.pdf import MISSING, PrintError, find_chromium
    from promotion_book.site.publish import publish as put
    from promotion_book.site.store import SiteError

    root, note, printer = project_folder(), _note(revise, kind, reasons=reason or []), find_chromium()
    editions = _built(root) if everything else [chosen_edition(place, period)]
    try:
        done = put(root, editions, today=today(), note=note, printer=printer)
    except (OSError, PrintError) as error:
        stop(f"{escape_controls(error)}; the site stays as it was", 2)
    except SiteError as error:
        stop(f"{error}; the site stays as it was", 1)
    for one in done:
        typer.echo(one)
    if note and all(one.already for one in done):
        stop("what is built is published already, and is no revision; build what was mended, and publish it then", 1)
    if not printer and not all(one.already for one in done):
        typer.echo(MISSING)
    if empty := empty_settings(root):
        typer.echo(f"{CONFIG}: {', '.join(empty)}: empty, so that no page tells it")
    typer.echo("look at it with 'promotion-book serve'")


def changes(
    was: Annotated[str, typer.Argument(help="A published period, 2023, or a revision of it, 2023/r0.")],
    now: Annotated[str, typer.Argument(help="The one to compare it with.")],
    place: PlaceOption = "",
    language: Annotated[str, typer.Option(help="The language of what is told.")] = "en",
    site: Annotated[Path | None, typer.Option(help="The site of the first, such as that of another checkout.")] = None,
) -> None:
    """Print what changed between two published editions, or two revisions of one."""
    from promotion_book.facts.difference import compare
    from promotion_book.site.result_changes import change_lines, differing_results, read_state
    from promotion_book.site.store import SITE, refuse_lost

    here = project_folder() / SITE
    for one in (site or here, here):
        refuse_lost(one)
    before, after = (site or here) / place / was / language, here / place / now / language
    found = compare(read_state(before), read_state(after))
    for line in change_lines(found):
        typer.echo(line)
    if was.partition("/")[0] == now.partition("/")[0]:
        others = list(differing_results(before, after))
        typer.echo("\n".join([f"{len(others)} other results differ", *others]))


def rebuild(
    period: Annotated[str, typer.Argument(help="The period of a published edition.")],
    place: PlaceOption = "",
    revision: Annotated[int, typer.Option(help="A revision of it; the newest one by default.")] = -1,
    verify: Annotated[bool, typer.Option("--verify", help="End with 1 where a byte differs.")] = False,
) -> None:
    """Build a published edition again, from its own data, and compare it byte by byte."""
    from promotion_book.running.plan import EditionId
    from promotion_book.running.pool.local import LocalRunner
    from promotion_book.site.copies.pdf import find_chromium
    from promotion_book.site.edition import EditionError
    from promotion_book.site.rebuild import rebuild as again

    try:
        with LocalRunner() as runner, progress_bar() as bar:
            number = None if revision < 0 else revision
            edition, printer = EditionId(place, period), find_chromium()
            found = again(project_folder(), edition, revision=number, progress=bar, runner=runner, printer=printer)
    except EditionError as error:
        stop(error, 1)
    for name in found.inputs:
        typer.echo(f"other than at its publication: {name}")
    if found.advice:
        typer.echo(found.advice)
    if found.unprinted:
        typer.echo(f"its PDFs are not compared; they were printed by {found.unprinted}")
    for name in found.different:
        typer.echo(f"differs: {name}")
    typer.echo(
        f"{found.manifest.folder}: {len(found.different)} of {found.files} files differ; rebuilt in {found.folder}"
    )
    raise typer.Exit(1 if verify and found.different else 0)


def verify(
    place: Annotated[str, typer.Option(help="Look at one place only.")] = "",
    period: Annotated[str, typer.Option(help="Look at one period only.")] = "",
) -> None:
    """Compare every byte of the published site with its manifests."""
    from promotion_book.site.store import SITE
    from promotion_book.site.verify import verify as compare

    wrong = compare(project_folder() / SITE, place, period)
    for line in wrong:
        typer.echo(escape_controls(line))
    typer.echo(f"not as they were published: {len(wrong)}" if wrong else "all is as it was published")
    raise typer.Exit(1 if wrong else 0)


def doctor() -> None:
    """Examine what the book needs on this machine: Python, packages, Chromium, fonts, data, the site; and say what to do."""
    from promotion_book.facts.findings import refusing
    from promotion_book.facts.package import places
    from promotion_book.site.setup_check import SetupPart, examine_setup, examine_version

    root = project_folder()
    parts = [*examine_setup(root)]
    wrong = {name: len(refusing(check_package(root / "data" / name))) for name in places()}
    data = [
        SetupPart(
            f"data/{name}", count(number, "finding"), f"see 'promotion-book check --place {name}'" if number else ""
        )
        for name, number in wrong.items()
    ]
    for part in (*parts, *data, *(examine_version(root / "data" / name) for name in wrong)):
        typer.echo(escape_controls(part))
    if any(part.advice and part.needed for part in parts):
        raise typer.Exit(2)
    raise typer.Exit(1 if any(wrong.values()) else 0)


def _built(root: Path) -> list[EditionId]:
    """The editions that are due and built in any language; the others are named."""
    from promotion_book.running.plan import locate_build
    from promotion_book.words.language import LANGUAGES

    built = {
        edition: any(locate_build(root, edition, language=code).folder.is_dir() for code in LANGUAGES)
        for edition in due_editions()
    }
    for edition, there in built.items():
        if not there:
            typer.echo(f"{edition} is due and not built")
    return [edition for edition, there in built.items() if there]


def _note(revise: bool, kind: str, *, reasons: list[str]) -> Note | None:
    """The note of a revision, or None."""
    from promotion_book.facts.schema import PROSE
    from promotion_book.facts.texts import flaw
    from promotion_book.site.manifest import Note
    from promotion_book.words.language import LANGUAGES, SOURCE
    from promotion_book.words.status_words import CHANGES

    if revise != bool(reasons) or (kind and not revise):
        stop("a revision needs --revise and --reason '...'; --kind goes with them", 2)
    if kind and kind not in CHANGES:
        stop(f"no kind {kind!r} of revision; kinds: {', '.join(CHANGES)}", 2)
    told = [reason.split("=", 1) if reason.partition("=")[0] in LANGUAGES else [SOURCE, reason] for reason in reasons]
    codes = [code for code, _ in told]
    wrong = [
        f"--reason {code}=: give one reason in a language" for code in dict.fromkeys(codes) if codes.count(code) > 1
    ]
    for code, text in told:
        if flawed := flaw(text, PROSE) if text else ("", "nothing", "why it is revised", "write the reason"):
            wrong.append(f"--reason {code}=: found {flawed[1]}; allowed {flawed[2]}; {flawed[3]}")
    if wrong:
        stop("\n".join(wrong), 2)
    return Note(kind, dict(told)) if revise else None


def serve(
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port on this machine; 0 takes any free one.")] = 8000,
) -> None:
    """Show the published site on this machine."""
    from promotion_book.site.preview.serving import site_server

    running = site_server(project_folder(), port)
    typer.echo(f"http://127.0.0.1:{running.server_port}/  (stop with Ctrl-C)")
    try:
        running.serve_forever()
    except KeyboardInterrupt:
        running.server_close()
