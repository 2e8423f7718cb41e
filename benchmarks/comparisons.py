"""What is compared: each function runs its sides in turn and gives a part of the results with its aims.

Six small chapters stand for a project that begins, as in the measurements from which the aims came; six chapters of
this report, or all of its pages, stand for what it has become: most of their time is drawing charts.
"""

from __future__ import annotations

import json
import os
import statistics
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from itertools import chain

import execution as run
from measure import Aim, Comparison, Part, command, medians, proportional, seconds

from papermill_warm.owner import OWNER
from promotion_book.running.execution import Job
from promotion_book.running.pool import open_runner
from promotion_book.running.pool.local import LocalRunner

CORES = len(os.sched_getaffinity(0))
ROW, POOL, OURS = "papermill's command, in a row", f"papermill in a pool of {CORES}", "this project"
FUNCTION = "papermill's function"
RUNNING, STARTED = f"{OURS}, from a running process", f"{OURS}, started for it"
SETS: Mapping[str, Callable[[], dict[str, Job]]] = {
    "six small chapters": run.small,
    "six chapters of the report": run.report,
}


def edition() -> Comparison:
    """(1) Everything from nothing, execution alone and with the book."""
    planned = run.edition()
    sets = [("six small chapters", run.small(), 3), ("all pages", run.apart(planned), 1)]
    rows, aims = [], []
    for name, chapters, repeats in sets:
        jobs = list(chapters.values())
        with run.open_runner() as running:
            sides = {ROW: partial(run.by_command, jobs), POOL: partial(run.in_pool, jobs, CORES)}
            sides |= {STARTED: partial(run.from_nothing, jobs), RUNNING: partial(run.by_runner, jobs, running)}
            times = medians(sides, repeats)
        rows += _rows(f"{name}: run", times)
        alone = _alone(jobs, times[RUNNING])
        why = {RUNNING: alone, STARTED: f"{alone}, and the warm parent imports for {run.warming():.1f} s before them"}
        aims += [
            Aim(f"cold edition, {side}, against {other}: {name}", times[other] / times[side], least, why=why[side])
            for side in (RUNNING, STARTED)
            for other, least in ((ROW, 10), (POOL, 5))
        ]
    folder = run.project()
    stock = "papermill's command and jupyter-book build"
    sides = {stock: partial(run.build_stock, planned), OURS: partial(run.build, folder, cold=True)}
    rows += _rows("all pages: run, and the book", medians(sides, 1))
    question = (
        "An edition with an empty cache: from a running process, as where several editions are built or one is "
        "watched, and with the start of the warm parent, which imports the libraries once. For the book the start of "
        "the command counts too."
    )
    return Comparison(Part("An edition from nothing", question, ("What", "Side", "s", "times"), rows), aims)


def _alone(jobs: Iterable[Job], took: float, processes: int = CORES) -> str:
    """Why this project is not faster: what the cells take by themselves."""
    return f"the cells alone take {run.cells(jobs) / processes:.2f} s of {took:.2f} s"


def changed() -> Comparison:
    """(2) The same edition again: after one parameter changed, and with nothing changed."""
    jobs = run.apart(run.edition())
    page = next(name for name in jobs if name.endswith("what_if"))
    numbers = iter(range(1, 100))

    def other() -> None:
        parameters = {**jobs[page].parameters, "money_growth": 0.03 + next(numbers) / 1000}
        run.pages({**jobs, page: replace(jobs[page], parameters=parameters)})

    kinds = {"cold": partial(run.pages, jobs, cold=True), "one parameter changed": other}
    pages = medians(kinds | {"nothing changed": partial(run.pages, jobs)}, 3)
    folder = run.project()

    def edited() -> None:
        run.parameter_changed(folder, next(numbers))
        run.build(folder)

    kinds = {"cold": partial(run.build, folder, cold=True), "one parameter changed": edited}
    commands = medians(kinds | {"nothing changed": partial(run.build, folder)}, 3)
    rows = _rows("all pages: made or from the cache", pages) + _rows("`promotion-book build`, one language", commands)
    aims = [
        Aim("nothing changed, pages", pages["cold"] / pages["nothing changed"], 10),
        Aim("nothing changed, the command", commands["cold"] / commands["nothing changed"], 10),
    ]
    question = "The edition again. The book is rendered anew where any page is another one, and not where none is."
    return Comparison(Part("An edition again", question, ("What", "State", "s", "times"), rows), aims)


def rerun() -> Comparison:
    """(3) One chapter again, from a running process and as a fresh command."""
    rows, aims = [], []
    for name, jobs in SETS.items():
        times: dict[str, list[float]] = {}
        with run.open_runner() as running:
            run.by_runner(jobs().values(), running)
            for job in jobs().values():
                sides = {FUNCTION: partial(run.by_function, job)}
                for side, found in medians(sides | {OURS: partial(run.by_runner, [job], running)}, 3).items():
                    times.setdefault(side, []).append(found)
        rows += _rows(
            f"{name}, from a running process", {side: statistics.fmean(found) for side, found in times.items()}
        )
        ratio = statistics.geometric_mean([a / b for a, b in zip(*times.values(), strict=True)])
        why = _alone(jobs().values(), sum(times[OURS]), 1)
        aims.append(Aim(f"a chapter from a running process: {name}, geometric mean", ratio, 8, why=why))
        job = next(iter(jobs().values()))
        fresh = medians({"papermill's command": partial(run.by_command, [job]), OURS: partial(_command, job)}, 5)
        rows += _rows(f"{job.name}, as a fresh command", fresh)
        aims.append(Aim(f"a chapter as a fresh command: {job.name}", fresh["papermill's command"] / fresh[OURS], 1))
    question = "One chapter with parameters. From a running process: the mean of the six."
    return Comparison(Part("One chapter again", question, ("What", "Side", "s", "times"), rows), aims)


def _command(job: Job) -> None:
    given = [word for name, value in job.parameters.items() for word in ("-p", f"{name}={value}")]
    run.fresh(job)
    words = ("run", job.source, *given, "-o", job.output)
    command(run.BIN / "promotion-book", *words, PROMOTION_BOOK_DATA=str(job.data))


def provinces() -> Comparison:
    """(4) The six small chapters of each of 34 synthetic provinces, on this machine and on Dask."""
    jobs = list(chain.from_iterable(run.small(*one).values() for one in run.provinces()))
    sides: dict[str, Callable[[], object]] = {POOL: partial(run.in_pool, jobs, CORES)}
    sides |= {OURS: partial(run.from_nothing, jobs)}
    sides |= {f"Dask, {n} worker{'s' * (n > 1)}": partial(_on_dask, jobs, n) for n in (1, 2)}
    times = medians(sides, 1)
    rows = _rows(f"{len(jobs)} notebooks", times)
    some = jobs[: len(jobs) // 4]
    on = {n: seconds(partial(run.from_nothing, some, n)) for n in (1, 2)}
    scaled = f"without Dask, a pool of two processes against one gains {on[1] / on[2]:.2f} here"
    aims = [
        Aim(f"{len(jobs)} notebooks against the pool", times[POOL] / times[OURS], 12, why=_alone(jobs, times[OURS])),
        Aim("Dask, two workers against one", times["Dask, 1 worker"] / times["Dask, 2 workers"], 1.7, why=scaled),
    ]
    question = (
        "A roll-up of 34 synthetic provinces, run once with each side. The start of the pool, of the warm parents and of Dask counts. "
        "Dask's workers take their notebooks and data from the scheduler and send the results back."
    )
    return Comparison(Part("Many notebooks", question, ("What", "Side", "s", "times"), rows), aims)


def _on_dask(jobs: list[Job], workers: int) -> None:
    with open_runner(workers=workers) as on_dask:
        run.by_runner(jobs, on_dask)


def overhead() -> Comparison:
    """(5) What a notebook costs above its cells."""
    rows, aims = [], []
    for name, jobs in SETS.items():
        cells, standard, ours = run.cells(jobs().values(), 5), 0.0, 0.0
        with run.open_runner(workers=1) as one:
            run.by_runner(jobs().values(), one)
            for job in jobs().values():
                sides = {ROW: partial(run.by_function, job), OURS: partial(run.by_runner, [job], one)}
                times = medians(sides, 3)
                standard, ours = standard + times[ROW], ours + times[OURS]
        count = len(jobs())
        above = {FUNCTION: (standard - cells) / count, OURS: (ours - cells) / count}
        rows.append((name, "`exec` of the cells", f"{cells / count:.3f}", ""))
        rows += [(what, f"above that: {side}", *told) for what, side, *told in _rows(name, above, ".3f")]
        ratio = (standard - cells) / (ours - cells)
        why = f"papermill's start and imports take {above[FUNCTION]:.2f} s here, so a twentieth is {above[FUNCTION] / 20:.3f} s"
        aims.append(Aim(f"overhead, papermill's against ours: {name}", ratio, 20, why=why))
    question = (
        "Seconds of one notebook above plain `exec` of its cells in a process that has imported the libraries; "
        "means of six chapters, each the median of three (of five for `exec`). Papermill's are mostly the start and the imports of a kernel."
    )
    return Comparison(
        Part("Overhead of a notebook", question, ("What", "Side", "s a notebook", "times less"), rows), aims
    )


def memory() -> Comparison:
    """(6) The memory of the warm parent and of its children, and whether it grows."""
    few = list(run.small().values())
    many = list(chain.from_iterable(run.small(*one).values() for one in run.provinces()))
    with run.open_runner() as running:
        run.by_runner(few, running)
        assert OWNER.parent
        parent, owner = OWNER.parent.process.pid, os.getpid()
        rows = [
            ("the process that owns the warm parent", "6 notebooks", f"{proportional(owner):.0f}"),
            ("the warm parent", "6 notebooks", f"{proportional(parent):.0f}"),
        ]
        before = proportional(parent) + proportional(owner)
        run.by_runner(many, running)
        after = proportional(parent) + proportional(owner)
        rows.append(("both", f"{len(few) + len(many)} notebooks", f"{after:.0f}"))
        for name, jobs in SETS.items():
            rows.append((f"the last kernel of {name}", "this project", f"{_kernel(jobs(), running):.0f}"))
            rows.append((f"the last kernel of {name}", "papermill", f"{_kernel(jobs()):.0f}"))
    question = (
        "Memory in MB, what processes share divided among them (PSS). A kernel is measured in its last cell; what it "
        "shares with the warm parent counts half or less for it."
    )
    aims = [Aim(f"memory after {len(few) + len(many)} notebooks against 6", after / before, 0, 1.05)]
    return Comparison(Part("Memory", question, ("Of", "When", "MB"), rows), aims)


def _kernel(jobs: Mapping[str, Job], running: LocalRunner | None = None) -> float:
    """The memory of a kernel at the end of a chapter, which tells it in a file."""
    job = list(jobs.values())[-1]
    notebook = json.loads(job.source.read_text(encoding="utf-8"))
    told = "import re, pathlib\ntext = pathlib.Path('/proc/self/smaps_rollup').read_text()"
    told += "\npathlib.Path('pss').write_text(re.search(r'Pss: +([0-9]+)', text)[1])"
    notebook["cells"].append({**notebook["cells"][-1], "id": "told", "source": told, "outputs": [], "metadata": {}})
    telling = replace(job, source=run.WORK / "telling.ipynb")
    telling.source.write_text(json.dumps(notebook), encoding="utf-8")
    if running:
        run.by_runner([telling], running)
    else:
        run.by_function(telling)
    return int((job.folder / "pss").read_text(encoding="utf-8")) / 1024


def _rows(what: str, times: Mapping[str, float], form: str = ".2f") -> list[tuple[str, ...]]:
    """A row for each side: its seconds, and how many times faster than the first it is."""
    first = next(iter(times.values()))
    return [(what, side, f"{found:{form}}", f"{first / found:.1f}") for side, found in times.items()]


ALL = (edition, changed, rerun, provinces, overhead, memory)
