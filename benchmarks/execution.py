"""Running the notebooks of an edition: with papermill as it comes, and with this project's runner.

The jobs are the pages of the newest edition, and for the provinces six chapters of each of 34 synthetic ones,
which are copies of Hanoi with every figure multiplied by a number of their own. Both sides run the same
notebooks with the same parameters in the same environment, one thread for each process.
"""

from __future__ import annotations

import csv
import json
import multiprocessing
import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from promotion_book.publishing.cache import Cache
from promotion_book.publishing.execution import Job
from promotion_book.publishing.pages import make
from promotion_book.publishing.plan import Built, Plan, plan
from promotion_book.publishing.runner import Runner
from promotion_book.publishing.runner.local import HASHES, LocalRunner
from promotion_book.publishing.warm.parent import FIXED

BIN = Path(sys.executable).parent
CHAPTERS = ("ocop", "training", "craft_villages", "trade_promotion", "supporting_industries", "cleaner_production")
PROVINCES = 34


def planned(root: Path, period: str, language: str = "en") -> Plan:
    """The newest edition, in a folder of the benchmarks."""
    return plan(root, Built(root / "_build" / "benchmarks" / "hanoi" / period / language, "hanoi", period, language))


def cold(jobs: dict[str, Job], runner: Runner, root: Path) -> None:
    """Make pages with an empty cache."""
    cache = Cache(root / "_build" / "benchmarks" / "cache")
    shutil.rmtree(cache.folder, ignore_errors=True)
    again(jobs, runner, root)


def again(jobs: dict[str, Job], runner: Runner, root: Path) -> None:
    """Make pages with the cache as it is."""
    for made in make(jobs, Cache(root / "_build" / "benchmarks" / "cache"), runner, root):
        if made.outcome.problems:
            raise RuntimeError(made.outcome.problems)


def by_command(jobs: Iterable[Job], folder: Path) -> None:
    """Run jobs one after the other, each with papermill's command."""
    from measure import command

    for number, job in enumerate(jobs):
        out = fresh(folder / str(number))
        given = [word for name, value in job.parameters.items() for word in ("-r" if isinstance(value, str) else "-p", name, str(value))]
        options = ["--no-progress-bar", "--cwd", str(out), "-k", "python3"]
        command(BIN / "papermill", job.source, out / "page.ipynb", *given, *options, **environment(job))


def by_function(job: Job, folder: Path, engine: str | None = None) -> None:
    """Run a job with papermill's function, in this process."""
    import papermill

    os.environ.update(environment(job))
    papermill.execute_notebook(
        job.source,
        fresh(folder) / "page.ipynb",
        parameters=job.parameters,
        cwd=folder,
        engine_name=engine,
        kernel_name="python3",
        progress_bar=False,
    )


def in_pool(jobs: Sequence[Job], folder: Path, workers: int) -> None:
    """Run jobs with papermill's function in a pool of processes that import it once."""
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        calls = [(job, folder / str(number)) for number, job in enumerate(jobs)]
        pool.starmap(by_function, calls, chunksize=1)


def environment(job: Job) -> dict[str, str]:
    """What the kernels of both sides have in their environment."""
    return {**FIXED, **HASHES, "MPLBACKEND": "agg", "PROMOTION_BOOK_DATA": str(job.data)}


def fresh(folder: Path) -> Path:
    """An empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def provinces(root: Path, data: Path, period: str) -> dict[str, Job]:
    """The jobs of six chapters of each of the synthetic provinces, whose packages are written below `data`."""
    jobs = {}
    for number in range(1, PROVINCES + 1):
        name = f"p{number:02}"
        _province(root / "data" / "hanoi", data / name, factor=0.5 + number / PROVINCES)
        for chapter in CHAPTERS:
            output = data.parent / "out" / name / chapter / "page.ipynb"
            parameters = {"place": name, "period": period, "language": "en"}
            jobs[f"{name}/{chapter}"] = Job(root / "notebooks" / f"{chapter}.ipynb", parameters, output, data)
    return jobs


def _province(hanoi: Path, folder: Path, factor: float) -> None:
    shutil.copytree(hanoi, folder, dirs_exist_ok=True)
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["title"] = f"Synthetic province {folder.name}"
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    with (folder / "observations.csv").open(encoding="utf-8", newline="") as file:
        columns, *rows = csv.reader(file)
    places = [columns.index(name) for name in ("value", "low", "high")]
    for row in rows:
        for place in places:
            with suppress(ValueError):
                row[place] = repr(float(row[place]) * factor)
    with (folder / "observations.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([columns, *rows])


def moved(jobs: dict[str, Job], folder: Path) -> dict[str, Job]:
    """The same jobs with their outputs below another folder."""
    return {page: replace(job, output=folder / page / "page.ipynb") for page, job in jobs.items()}


def local(workers: int = 0) -> LocalRunner:
    """A runner on this machine."""
    return LocalRunner(workers=workers)
