"""Commands that run notebooks: one, an edition, the preview of one, the references."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from promotion_book.cli.common import (
    LanguagesOption,
    PeriodOption,
    PlaceOption,
    check_package,
    chosen_edition,
    chosen_languages,
    count,
    describe_refusal,
    due_editions,
    ending_with,
    errors,
    escape_controls,
    progress_bar,
    project_folder,
    require_place,
    stop,
)

if TYPE_CHECKING:
    from promotion_book.running.plan import EditionBuild, EditionId
    from promotion_book.running.what_if_file import WhatIf
    from promotion_book.site.preview import Preview

ScenarioOption = Annotated[
    Path | None, typer.Option(help="A file of assumptions: builds a private what-if.", exists=True, dir_okay=False)
]
MOST = 1000  # values that differ and are printed


def run(
    notebook: Annotated[Path, typer.Argument(help="The notebook to run: notebooks/ocop.ipynb.")],
    parameter: Annotated[
        list[str] | None, typer.Option("--parameter", "-p", help="name=value; may be repeated.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="The executed notebook.", callback=ending_with(".ipynb")),
    ] = None,
) -> None:
    """Rerun one notebook with other parameters."""
    from promotion_book.report.results import OWN
    from promotion_book.running.execution import Job, describe_failure
    from promotion_book.running.pool.local import LocalRunner

    _require_notebook(notebook)
    target = (output or Path(f"{notebook.stem}.out.ipynb")).resolve()
    _keep_notebooks(target, notebook)
    results = target.with_suffix(OWN)
    try:
        with LocalRunner() as runner:  # it warms up while the parameters are checked
            values = _checked(notebook, parameter or [])
            from promotion_book.site.store import SITE

            asked = Job(
                notebook.resolve(),
                values,
                target,
                project_folder() / "data",
                site=project_folder() / SITE,
                results=results.name,
            )
            runner.submit(asked)
            (outcome,) = runner.as_completed()
    except OSError as error:
        stop(f"{target} cannot be written: {describe_refusal(error)}", 2)
    if outcome.problems:
        stop(describe_failure(outcome), 1)
    typer.echo(f"{target} ({outcome.seconds:.1f} s); figures and tables in {results}")


def _require_notebook(notebook: Path) -> None:
    """Stop where there is no such file, and name the notebook that may be meant."""
    from promotion_book.facts.suggestion import did_you_mean

    if not notebook.is_file():
        chapters = {path.stem: str(path) for path in sorted(Path("notebooks").glob("*.ipynb"))}
        near = did_you_mean(notebook.stem, chapters)
        stop(f"{notebook} is no notebook that is there; run one as notebooks/ocop.ipynb{near}", 2)


def _keep_notebooks(target: Path, notebook: Path) -> None:
    """Stop where the output of a run would replace its notebook, or another one of the book."""
    from promotion_book.running.configuration import CONTENTS
    from promotion_book.running.contents import chapter_notebooks

    root = project_folder()
    chapters = chapter_notebooks(root) if (root / CONTENTS).is_file() else []
    if target in (notebook.resolve(), *chapters):
        stop(f"{target}: the output would replace a notebook of the book; name another file with -o", 2)


def compare(
    runs: Annotated[
        list[Path], typer.Argument(help="Executed notebooks, or folders of built books such as _build/hanoi/2025/en.")
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="A page (HTML) with what differs.", callback=ending_with(".html")),
    ] = None,
) -> None:
    """Print what differs between runs, how much of each kind first: parameters, results and cells of tables, side by side."""
    from promotion_book.running.run_comparison import compare_runs
    from promotion_book.whole_files import replace_files

    if len(runs) < 2:
        stop("give two runs or more: promotion-book compare out.ipynb other.ipynb", 2)
    found = compare_runs(runs)
    typer.echo(f"{count(len(found), 'value')} of {count(len(runs), 'run')} differ")
    for kind, number in found.groupby(level="kind", sort=False).size().items():
        typer.echo(escape_controls(f"  {kind}: {number}"))
    rows = [
        (": ".join(what), cells) for what, cells in zip(found.index.tolist(), found.to_numpy().tolist(), strict=True)
    ]
    if output:
        replace_files({output: _comparison_page([*found.columns], rows).encode("utf-8")})
        typer.echo(str(output))
    elif len(rows) > MOST:
        typer.echo(f"more than {MOST}; write all of them with -o differences.html")
    else:
        for name, cells in rows:
            typer.echo(escape_controls(f"{name}: {' | '.join(cells)}"))


def _comparison_page(runs: list[str], rows: list[tuple[str, list[str]]]) -> str:
    from promotion_book.book.templates import render_template
    from promotion_book.words.language import SOURCE
    from promotion_book.words.translation import load_language

    title = f"What differs between {', '.join(runs)}"
    return render_template("comparison.html", load_language(SOURCE), title=title, runs=runs, rows=rows)


def _checked(notebook: Path, texts: list[str]) -> dict[str, Any]:
    """Parameters that were given as name=value, as their types read them."""
    from promotion_book.report.parameters import check_parameters, read_contract

    wrong = [text for text in texts if "=" not in text]
    if wrong:
        stop(f"write parameters as name=value: {', '.join(wrong)}", 2)
    names = [text.partition("=")[0] for text in texts]
    if twice := [name for name in dict.fromkeys(names) if names.count(name) > 1]:
        stop(f"write each parameter once: {', '.join(twice)}", 2)
    declared, given = read_contract(notebook), dict(text.split("=", 1) for text in texts)
    values = check_parameters(declared, given)
    check_parameters(declared, {name: one.default for name, one in declared.items()} | values)
    return values


OnlyOption = Annotated[
    list[str] | None, typer.Option(help="A few pages alone, to look at and never to publish: ocop,economy.")
]
ExplainOption = Annotated[bool, typer.Option("--explain", help="Print a line a page: cached, or which input changed.")]


def build(
    place: PlaceOption = "",
    period: PeriodOption = "",
    language: LanguagesOption = "",
    everything: Annotated[bool, typer.Option("--all", help="Build every edition of every place that is due.")] = False,
    scenario: ScenarioOption = None,
    only: OnlyOption = None,
    explain: ExplainOption = False,
    scheduler: Annotated[str, typer.Option(help="Run on the workers of this Dask scheduler: tcp://host:8786.")] = "",
    workers: Annotated[int, typer.Option(help="Start so many Dask workers here and run on them.", min=0)] = 0,
) -> None:
    """Build an edition under _build/: check the data, run the notebooks that changed, assemble the book."""
    from promotion_book.facts.package import data_from
    from promotion_book.running.pool import open_runner
    from promotion_book.running.what_if_file import prepare_what_if
    from promotion_book.site.edition import EditionError, build_edition
    from promotion_book.site.store import SiteError

    root, tell = project_folder(), typer.echo if explain else None
    pages = _pages(only, alone=not everything and not scenario)
    require_place(place)
    try:
        editions = due_editions() if everything else [chosen_edition(place, period)]
        assumed = prepare_what_if(root, place, path=scenario) if scenario else None
        wanted = _located(root, editions, language=language, assumed=assumed, alone=bool(pages))
        wanted = [one for one in wanted if assumed or pages or not _is_current(root, one, tell=tell)]
        if not wanted:
            return
        folders = dict.fromkeys(one.edition.folder for one in wanted)
        data = assumed.data if assumed else root / "data"
        with data_from(data), open_runner(scheduler, workers, editions=folders) as running:
            _sound({built.edition.place for built in wanted}, assumed)
            for one in wanted:
                with progress_bar() as bar:
                    build_edition(root, one, progress=bar, runner=running, what_if=assumed, only=pages, tell=tell)
                typer.echo(_named(one, assumed, alone=bool(pages)))
    except (EditionError, SiteError) as error:
        stop(f"{error}\nThis edition was not built; it cannot be published.", 1)


def _pages(only: list[str] | None, *, alone: bool) -> list[str]:
    """The pages that are wanted alone."""
    if only and not alone:
        stop("--only goes with neither --all nor --scenario", 2)
    return [name.strip() for names in only or [] for name in names.split(",")]


def _located(
    root: Path, editions: list[EditionId], *, language: str, assumed: WhatIf | None, alone: bool
) -> list[EditionBuild]:
    """Where editions are built, in the language that was chosen or in all of their place."""
    from promotion_book.running.plan import locate_build

    name = assumed.name if assumed else ""
    return [
        locate_build(root, edition, language=code, what_if=name, alone=alone)
        for edition in editions
        for code in chosen_languages(language, place=edition.place)
    ]


def _named(built: EditionBuild, assumed: WhatIf | None, *, alone: bool = False) -> str:
    from promotion_book.book.untranslated import untranslated_texts

    kind = "pages" if alone else "what-if" if assumed else "edition"
    aside = ", not to be published," if alone or assumed else ""
    texts = untranslated_texts(built.source, built.language)
    named = f"{kind}{aside} {built.edition} {built.language}: {built.html / 'index.html'}"
    english = [f"{count(len(texts), 'text')} in English until translated; publish refuses them:"] if texts else []
    return "\n".join([named, *english, *(f"  {text}" for text in texts)])


def _is_current(root: Path, built: EditionBuild, *, tell: Callable[[object], None] | None) -> bool:
    """Whether an edition is there, and nothing has changed since it was built; that is said."""
    from promotion_book.site.edition import is_current

    current = is_current(root, built, tell=tell)
    if current:
        typer.echo(f"unchanged: {_named(built, None)}")
    return current


def _sound(places: set[str], assumed: WhatIf | None) -> None:
    """Stop where a package that is read has findings; those of a what-if are on its own file."""
    from promotion_book.facts.findings import refusing
    from promotion_book.facts.package import data_folder

    found = [(place, finding) for place in sorted(places) for finding in refusing(check_package(data_folder() / place))]
    if found:
        stop("\n".join(str(assumed.locate(p, f)) if assumed else str(f.below(f"data/{p}")) for p, f in found), 1)


def watch(
    place: PlaceOption = "",
    period: PeriodOption = "",
    language: Annotated[str, typer.Option(help="The language of the preview; the first of the place by default.")] = "",
    only: OnlyOption = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port on this machine; 0 takes any free one.")] = 8001,
) -> None:
    """Show the book while it is written: a saved file is on its page a moment later."""
    import os
    import sys
    from threading import Thread

    from promotion_book.running.inputs import PACKAGE
    from promotion_book.running.pool.local import LocalRunner
    from promotion_book.site.preview import open_preview, saved_files
    from promotion_book.site.preview.live import PreviewServer
    from promotion_book.words.translation import REPORT

    root = project_folder()
    edition = chosen_edition(place, period)
    language = chosen_languages(language, place=place)[0]
    with LocalRunner(editions=[edition.folder]) as runner:
        preview = open_preview(root, edition, language=language, runner=runner, only=_pages(only, alone=True))
        with PreviewServer(preview.built.html, port) as server:
            Thread(target=server.serve_forever, daemon=True).start()
            _refresh(preview)
            typer.echo(f"http://127.0.0.1:{server.server_port}/  (stop with Ctrl-C)")
            for saved in saved_files(root):
                if any(path.is_relative_to(PACKAGE) or path.name == f"{REPORT}.po" for path in saved):
                    os.execv(sys.executable, sys.orig_argv)  # the package itself or its messages have changed
                _refresh(preview)
                server.changed()


def _refresh(preview: Preview) -> None:
    from promotion_book.facts import PackageError
    from promotion_book.running.cache import CacheError
    from promotion_book.site.store import SiteError

    try:
        for line in preview.refresh():
            typer.echo(line)
    except (PackageError, CacheError, SiteError, ValueError, OSError) as error:
        errors.print(escape_controls(error), markup=False)


def references() -> None:
    """Renew the reference outputs that the notebooks hold, by running them with their defaults."""
    from promotion_book.alone import alone_in
    from promotion_book.running.references import renew_references

    with alone_in(project_folder() / "notebooks"), progress_bar() as bar:
        problems = renew_references(project_folder(), bar)
    if problems:
        stop("\n".join(problems), 1)
