"""What people write besides the data, examined without running it: configuration, contents, notebooks, translations, grid."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from promotion_book.facts import PackageError, read
from promotion_book.facts.findings import Finding
from promotion_book.facts.package import places
from promotion_book.report.cells import NotebookError
from promotion_book.report.parameters import ParameterError, check_parameters, parse_values, read_contract
from promotion_book.running.contents import chapter_notebooks
from promotion_book.running.declarations import DeclarationError, refuse
from promotion_book.running.grid import list_pages
from promotion_book.running.inputs import declared_tables
from promotion_book.running.notebook_names import check_names
from promotion_book.running.repeatable import check_repeatable
from promotion_book.running.settings import check_settings
from promotion_book.words.translation import REPORT, catalogue_path, translated_languages, wrong_fields

READ: tuple[Callable[[Path], object], ...] = (lambda root: refuse(check_settings(root)), chapter_notebooks)
ALLOWED = "a notebook of Python whose cell of parameters is a contract"
OF_PLACES = ("Place", "Places")  # types whose defaults a repository of another place does not have


def check_project(root: Path) -> list[str]:
    """Everything wrong with what a book is written in, a line each; the grid is looked at when the rest is sound."""
    found = [line for read in READ for line in _refused(read, root)]
    found = found or [line for notebook in chapter_notebooks(root) for line in _unsound(notebook, root)]
    found = found or [str(finding) for finding in (*_in_cells(root), *_in_translations(root))]
    return list(dict.fromkeys(found or _refused(list_pages, root)))


def _in_cells(root: Path) -> Iterator[Finding]:
    """What another run may answer otherwise, and names that a place does not know, of those places that can be read."""
    packages = {}
    for place in places():
        with suppress(PackageError):
            packages[place] = read(place)
    for notebook in chapter_notebooks(root):
        file = notebook.relative_to(root).as_posix()
        try:
            yield from check_repeatable(notebook, file=file)
            yield from check_names(notebook, packages, file=file)
        except NotebookError as error:
            yield _no_notebook(file, str(error).removeprefix(f"{notebook}: "))


def _in_translations(root: Path) -> Iterator[Finding]:
    """Messages whose translation would end a notebook; a repository of places alone has no catalogues."""
    for code in translated_languages():
        path = catalogue_path(root, code, domain=REPORT)
        for line, found, fields in wrong_fields(root, code) if path.is_file() else ():
            file = path.relative_to(root).as_posix()
            yield Finding(
                file, line, "", "field", found, f"the fields of the English: {fields}", "mend the translation"
            )


def _refused(read: Callable[[Path], object], root: Path) -> list[str]:
    try:
        read(root)
    except DeclarationError as error:
        return str(error).splitlines()
    return []


def _unsound(notebook: Path, root: Path) -> Iterator[str]:
    """What is wrong with a notebook before it runs."""
    try:
        declared = read_contract(notebook)
        parse_values(declared, {name: one.default for name, one in declared.items() if one.type not in OF_PLACES})
        check_parameters(declared, {})
        declared_tables(notebook)
    except (NotebookError, ParameterError) as error:
        file = notebook.relative_to(root).as_posix()
        for line in str(error).splitlines():
            yield str(_no_notebook(file, line.removeprefix(f"{notebook}: ")))


def _no_notebook(file: str, found: str) -> Finding:
    return Finding(file, 0, "", "notebook", found, ALLOWED, "mend it")
