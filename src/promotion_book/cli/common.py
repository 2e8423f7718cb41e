"""What all commands share: options, the project's folder, and how they end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta, timezone
from functools import wraps
from io import IOBase
from pathlib import Path
from shutil import Error as CopyError
from traceback import walk_tb
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from promotion_book.fault import Fault

if TYPE_CHECKING:
    from promotion_book.facts.findings import Finding
    from promotion_book.running.plan import EditionId

UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060\ufeff\u2066-\u2069\ud800-\udfff]"
)
ERROR_NUMBER = re.compile(r"\[Errno -?\d+\] ")
VIETNAM = timezone(timedelta(hours=7))
errors = Console(stderr=True, highlight=False, soft_wrap=True)


def choose_place(named: str) -> str:
    """The place that is named; without a name the only one that there is, or Hanoi."""
    from promotion_book.facts.package import PackageError, places

    try:
        there = [] if named else places()
    except (PackageError, OSError) as error:
        stop(error, 2)
    return named or (there[0] if len(there) == 1 else "hanoi")


PlaceOption = Annotated[
    str,
    typer.Option(help="The place: a folder of data/.", callback=choose_place, show_default="the only one, or hanoi"),
]
PeriodOption = Annotated[
    str, typer.Option(help="The reporting period: 2024, 2024-H1 or 2024-Q3; the newest released one by default.")
]
LanguagesOption = Annotated[
    str, typer.Option("--language", help="One language of the edition; all of them by default.")
]


def escape_controls(message: object) -> str:
    """A message without what would steer a terminal or cannot be written, which stand as escapes, and without numbers of the system's errors."""
    told = describe_refusal(message) if isinstance(message, OSError) else str(message)
    return UNPRINTABLE.sub(lambda found: ascii(found[0])[1:-1], ERROR_NUMBER.sub("", told))


def describe_refusal(error: OSError) -> str:
    """What the system refused, in words, and of which file; of many files that were copied, of the first.

    Of two files it is the one that was to be written. The error of a write, as on a full disk, has no file: it is the one
    that was open where the error was raised.
    """
    if isinstance(error, CopyError):
        return str(error.args[0][0][2] if isinstance(error.args[0], list) else error)
    held = [value for frame, _ in walk_tb(error.__traceback__) for value in frame.f_locals.values()]
    files = [one for one in held if isinstance(one, IOBase) and {*getattr(one, "mode", "")} & {*"wax+"}]
    name = error.filename2 or error.filename or (getattr(files[-1], "name", "") if files else "")
    return f"{name}: {error.strerror}" if name else str(error)


def stop(message: object, code: int) -> NoReturn:
    """Say what is wrong, and end with a code."""
    errors.print(escape_controls(message), markup=False)
    raise typer.Exit(code)


def ending_with(ending: str) -> Callable[[Path | None], Path | None]:
    """What looks at the name of a file that a command is to write, so that none of another kind is written over."""

    def named(path: Path | None) -> Path | None:
        if path is not None and path.suffix.lower() != ending:
            stop(f"{path}: found the name of another kind of file; allowed one that ends with {ending}; mend it", 2)
        return path

    return named


def tell_faults(command: Callable[..., None]) -> Callable[..., None]:
    """A command that ends with two, and with what is wrong, where the call or the setup is at fault."""

    @wraps(command)
    def run(*arguments: Any, **named: Any) -> None:
        try:
            command(*arguments, **named)
        except BrokenPipeError:
            raise  # who reads the output has seen enough, as `head`: the command ends without a word
        except (Fault, ValueError, OSError) as error:
            stop(error, 2)

    return run


def today() -> date:
    """The day in Viet Nam, wherever this machine is: on it releases fall due, and editions are published."""
    return datetime.now(VIETNAM).date()


def project_folder() -> Path:
    """The folder of the project: the one that holds data/, which may be a link."""
    from promotion_book.facts.package import data_folder

    return data_folder().absolute().parent.resolve()


def require_place(place: str) -> None:
    """Stop where there is no such place."""
    from promotion_book.facts.package import places

    if place not in places():
        stop(f"no place {place!r}; places: {', '.join(places())}", 2)


def chosen_edition(place: str, period: str) -> EditionId:
    """The edition of a place and period, that of the newest released period where none is given."""
    from promotion_book.facts import edition, read
    from promotion_book.facts.calendar import released_periods
    from promotion_book.running.plan import EditionId

    require_place(place)
    package = read(place)
    if period:
        return EditionId(place, str(edition(package, period).period))
    released = released_periods(package, today())
    if not released:
        stop(f"no edition of {place} is released yet; name one that release_calendar.csv announces with --period", 2)
    return EditionId(place, released[-1])


def due_editions() -> list[EditionId]:
    """Every place with every period whose release day has come."""
    from promotion_book.facts import read
    from promotion_book.facts.calendar import released_periods
    from promotion_book.facts.package import places
    from promotion_book.running.plan import EditionId

    return [EditionId(place, period) for place in places() for period in released_periods(read(place), today())]


def chosen_languages(chosen: str, *, place: str = "") -> list[str]:
    """The language that was chosen, or all of the place; without one, of the report."""
    from promotion_book.facts.descriptor import languages_in
    from promotion_book.words.language import LANGUAGES

    spoken = list(languages_in(project_folder() / "data" / place) if place else LANGUAGES)
    if chosen and chosen not in spoken:
        stop(f"no language {chosen!r}; languages: {', '.join(spoken)}", 2)
    return [chosen] if chosen else spoken


def check_package(folder: Path) -> list[Finding]:
    """Everything wrong with a data package, its scenarios included."""
    from promotion_book.facts.check import check
    from promotion_book.scenarios.place_scenarios import check_scenarios

    return check(folder, [check_scenarios], today=today())


def count(number: int, noun: str) -> str:
    """A number with its noun: 1 finding, 2 findings."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


@contextmanager
def progress_bar() -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar on the terminal; quiet where there is none."""
    columns = (TextColumn("{task.description:10}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    tasks: dict[str, Any] = {}
    with Progress(*columns, console=errors, disable=not errors.is_terminal) as bar:

        def report(name: str, done: int, total: int) -> None:
            if name not in tasks:
                tasks[name] = bar.add_task(name, total=total)
            bar.update(tasks[name], completed=done, total=total)

        yield report
