"""The `promotion-book` command. It reads the arguments, calls one function, and prints.

Exit codes: 0 done; 1 the content is at fault (findings, a failed notebook); 2 the call or the
setup is at fault (unknown parameter, missing file).
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from promotion_book.facts.findings import Finding
    from promotion_book.publishing.what_if import WhatIf

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
errors = Console(stderr=True, highlight=False, soft_wrap=True)

PlaceOption = Annotated[str, typer.Option(help="The place: a folder of data/.")]
PeriodOption = Annotated[
    str, typer.Option(help="The reporting period: 2024, 2024-H1 or 2024-Q3; the newest released one by default.")
]
LanguageOption = Annotated[str, typer.Option(help="One language of the edition; all of them by default.")]


def _stop(message: object, code: int) -> NoReturn:
    errors.print(str(message), markup=False)
    raise typer.Exit(code)


def _root() -> Path:
    from promotion_book.facts.package import PackageError, data_folder

    try:
        return data_folder().resolve().parent
    except PackageError as error:
        _stop(error, 2)


def _known(place: str) -> None:
    from promotion_book.facts.package import places

    if place not in places():
        _stop(f"no place {place!r}; places: {', '.join(places())}", 2)


def _newest(place: str) -> str:
    from promotion_book.facts import PackageError, read
    from promotion_book.facts.calendar import released

    try:
        return released(read(place), date.today())[-1]
    except PackageError as error:
        _stop(error, 2)


def _findings(folder: Path) -> list[Finding]:
    """Everything wrong with a data package, its scenarios included."""
    from promotion_book.facts.check import check
    from promotion_book.scenarios import table, vintages

    return check(folder, [table.findings, vintages.findings])


@app.command()
def check(place: Annotated[str, typer.Option(help="Check one place only.")] = "") -> None:
    """Check the data packages: all findings of all tables at once."""
    from promotion_book.facts.package import places

    root = _root()
    if place:
        _known(place)
    found = {name: _findings(root / "data" / name) for name in ([place] if place else places())}
    for name, findings in found.items():
        for finding in findings:
            typer.echo(f"data/{name}/{finding}")
    count = sum(map(len, found.values()))
    typer.echo(f"{count} findings in {len(found)} data packages")
    raise typer.Exit(1 if count else 0)


@app.command()
def parameters() -> None:
    """Print the parameters of every notebook: name, type, default, what is allowed, help."""
    from promotion_book.publishing.book import chapters
    from promotion_book.publishing.parameters import ParameterError, contract

    try:
        for notebook in chapters(_root()):
            typer.echo(f"notebooks/{notebook.name}")
            for p in contract(notebook).values():
                typer.echo(f"  {p.name}: {p.type} = {p.default!r}  {p.help} ({p.allowed})")
    except ParameterError as error:
        _stop(error, 2)


@app.command()
def run(
    notebook: Annotated[Path, typer.Argument(help="The notebook to run.", exists=True, dir_okay=False)],
    parameter: Annotated[
        list[str] | None, typer.Option("--parameter", "-p", help="name=value; may be repeated.")
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="The executed notebook.")] = None,
) -> None:
    """Rerun one notebook with other parameters."""
    from promotion_book.publishing.edition import failure
    from promotion_book.publishing.execution import Job, execute_all
    from promotion_book.publishing.parameters import ParameterError, contract
    from promotion_book.publishing.parameters import check as checked

    try:
        values = checked(contract(notebook), _pairs(parameter or []))
    except ParameterError as error:
        _stop(error, 2)
    target = (output or Path(f"{notebook.stem}.out.ipynb")).resolve()
    if target == notebook.resolve():
        _stop(f"{notebook}: the output would replace the notebook itself; name another file with -o", 2)
    with _bar() as bar:
        bar(notebook.stem, 0, 1)
        (outcome,) = execute_all([Job(notebook.resolve(), values, target.parent, target)])
        bar(notebook.stem, 1, 1)
    if outcome.problems:
        _stop(failure(outcome), 1)
    typer.echo(f"{target} ({outcome.seconds:.1f} s); figures and tables in {target.parent / 'results'}")


def _pairs(texts: list[str]) -> dict[str, str]:
    from promotion_book.publishing.parameters import ParameterError

    wrong = [text for text in texts if "=" not in text]
    if wrong:
        raise ParameterError(f"write parameters as name=value: {', '.join(wrong)}")
    return dict(text.split("=", 1) for text in texts)


@app.command()
def build(
    place: PlaceOption = "hanoi",
    period: PeriodOption = "",
    language: LanguageOption = "",
    scenario: Annotated[
        Path | None,
        typer.Option(help="A file of assumptions: builds a private what-if.", exists=True, dir_okay=False),
    ] = None,
) -> None:
    """Build an edition under _build/: check the data, run every notebook, assemble the book."""
    from promotion_book.facts import PackageError
    from promotion_book.facts.package import data_from
    from promotion_book.publishing import edition, what_if

    root = _root()
    _known(place)
    chosen = period or _newest(place)
    try:
        assumed = what_if.prepare(root, place, scenario) if scenario else None
        with data_from(assumed.data if assumed else root / "data"), _bar() as bar:
            _sound(place, assumed)
            built = [edition.build(root, place, chosen, one, bar, what_if=assumed) for one in _languages(language)]
    except (PackageError, ValueError, OSError) as error:
        _stop(error, 2)
    except edition.EditionError as error:
        _stop(f"{error}\nNothing was built that could be published.", 1)
    kind = "what-if, not to be published," if assumed else "edition"
    for one in built:
        typer.echo(f"{kind} {place} {chosen} {one.language}: {one.html / 'index.html'}")


def _languages(chosen: str) -> list[str]:
    """The language that was chosen, or all."""
    from promotion_book.display.language import LANGUAGES

    return [chosen] if chosen else list(LANGUAGES)


def _sound(place: str, assumed: WhatIf | None) -> None:
    """Stop where the package that is read has findings; those of a what-if are on its own file."""
    from promotion_book.facts.package import data_folder

    found = _findings(data_folder() / place)
    if found:
        _stop("\n".join(str(assumed.located(place, f)) if assumed else f"data/{place}/{f}" for f in found), 1)


@app.command()
def publish(place: PlaceOption = "hanoi", period: PeriodOption = "", language: LanguageOption = "") -> None:
    """Publish a built edition to _site/, each language in one atomic switch."""
    from promotion_book.publishing.archive import ArchiveError
    from promotion_book.publishing.edition import Built, work_folder
    from promotion_book.publishing.site import SiteError
    from promotion_book.publishing.site import publish as put

    root = _root()
    _known(place)
    chosen = period or _newest(place)
    try:
        for one in _languages(language):
            address = put(root, Built(work_folder(root, place, chosen, one), place, chosen, one))
            typer.echo(f"published {address.relative_to(root)}")
    except (SiteError, ArchiveError, OSError) as error:
        _stop(f"{error}; the site stays as it was", 1)
    typer.echo("look at it with 'promotion-book serve'")


@app.command()
def serve(port: Annotated[int, typer.Option(help="The port on this machine; 0 takes any free one.")] = 8000) -> None:
    """Show the published site on this machine."""
    from promotion_book.publishing.site import SiteError, server

    try:
        running = server(_root(), port)
    except (SiteError, OSError) as error:
        _stop(error, 2)
    typer.echo(f"http://127.0.0.1:{running.server_port}/  (stop with Ctrl-C)")
    try:
        running.serve_forever()
    except KeyboardInterrupt:
        running.server_close()


@app.command()
def references() -> None:
    """Renew the reference outputs that the notebooks hold, by running them with their defaults."""
    from promotion_book.publishing.references import renew

    with _bar() as bar:
        problems = renew(_root(), bar)
    if problems:
        _stop("\n".join(problems), 1)


@app.command()
def catalogues() -> None:
    """Renew the catalogues of the languages from their sources; new entries wait for a translation."""
    from promotion_book.publishing.book import BookError
    from promotion_book.publishing.catalogues import renew
    from promotion_book.publishing.messages import MessageError

    try:
        lines = renew(_root())
    except (MessageError, BookError) as error:
        _stop(error, 1)
    typer.echo("\n".join(lines or ["every entry has a translation"]))


def _bar() -> Any:
    """A progress bar on the terminal; quiet where there is none."""
    return _Bar()


class _Bar:
    def __enter__(self) -> Any:
        columns = (TextColumn("{task.description:10}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self.progress = Progress(*columns, console=errors, disable=not errors.is_terminal)
        self.tasks: dict[str, Any] = {}
        self.progress.start()
        return self._report

    def _report(self, name: str, done: int, total: int) -> None:
        if name not in self.tasks:
            self.tasks[name] = self.progress.add_task(name, total=total)
        self.progress.update(self.tasks[name], completed=done, total=total)

    def __exit__(self, *_: object) -> None:
        self.progress.stop()


if __name__ == "__main__":
    app()
