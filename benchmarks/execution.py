"""The sides of the comparisons: papermill as it comes, and this project's runner, cache and commands.

Both sides run the same notebooks with the same parameters in the same environment, one thread for each process.
"""

from __future__ import annotations

import csv
import gc
import importlib
import json
import multiprocessing
import os
import re
import shutil
import statistics
import sys
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from chapters import put_chapters
from measure import command

from papermill_warm.owner import OWNER, Inherited
from papermill_warm.parent import FIXED, LIBRARIES, WARM_UP
from promotion_book.book.rendering import assemble_source
from promotion_book.running.cache import Cache
from promotion_book.running.configuration import CONFIG
from promotion_book.running.execution import Job
from promotion_book.running.pages import make_pages
from promotion_book.running.plan import EditionBuild, EditionId, Plan, plan_edition
from promotion_book.running.pool import Runner
from promotion_book.running.pool.local import STEPS, LocalRunner, settings
from promotion_book.running.warm_up import EDITIONS, steps

ROOT = Path(__file__).parent.parent
WORK = ROOT / "_build" / "benchmarks"
BIN = Path(sys.executable).parent
PLACE, PERIOD, LANGUAGE = "hanoi", "2025", "en"
EDITION = EditionId(PLACE, PERIOD)
REPORT = ("ocop", "programme", "craft_villages", "handicraft_exports", "economy", "data_coverage")
PROVINCES = 34

Jobs = Mapping[str, Job]


def edition() -> Plan:
    """The newest edition of the report, in a folder of the benchmarks."""
    return plan_edition(ROOT, EditionBuild(WORK / PLACE / PERIOD / LANGUAGE, EDITION, LANGUAGE))


def small(place: str = PLACE, data: Path = ROOT / "data") -> dict[str, Job]:
    """The six small chapters of a place."""
    parameters = {"place": place, "period": PERIOD}
    return {path.stem: Job(path, parameters, _output(place, path.stem), data) for path in put_chapters(WORK / "small")}


def report(place: str = PLACE, data: Path = ROOT / "data") -> dict[str, Job]:
    """Six chapters of this report for a place."""
    parameters = {"place": place, "period": PERIOD, "language": LANGUAGE}
    paths = [ROOT / "notebooks" / f"{name}.ipynb" for name in REPORT]
    return {path.stem: Job(path, parameters, _output(place, path.stem), data) for path in paths}


def provinces() -> list[tuple[str, Path]]:
    """The synthetic provinces with their data folder: copies of Hanoi, every figure multiplied by a number of its own."""
    data = WORK / "provinces"
    names = [f"p{number:02}" for number in range(1, PROVINCES + 1)]
    for number, name in enumerate(names, start=1):
        put_province(ROOT / "data" / PLACE, data / name, factor=0.5 + number / PROVINCES)
    return [(name, data) for name in names]


def _output(place: str, chapter: str) -> Path:
    return WORK / "out" / place / chapter / "page.ipynb"


def put_province(hanoi: Path, folder: Path, factor: float) -> None:
    """A synthetic province: a copy of a place, every figure multiplied by a number."""
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
                row[place] = f"{float(row[place]) * factor:.2f}".rstrip("0").rstrip(".")
    with (folder / "observations.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([columns, *rows])


def by_command(jobs: Iterable[Job], engine: str = "") -> None:
    """Run jobs one after the other, each with papermill's command."""
    for job in jobs:
        job.folder.mkdir(parents=True, exist_ok=True)
        given = [word for name, value in job.parameters.items() for word in _option(name, value)]
        options = ["--no-progress-bar", "--cwd", job.folder, "-k", "python3", *(["--engine", engine] if engine else [])]
        command(BIN / "papermill", job.source, job.output, *given, *options, **environment(job))


def _option(name: str, value: object) -> tuple[str, str, str]:
    return ("-r" if isinstance(value, str) else "-p", name, str(value))


def by_function(job: Job) -> None:
    """Run a job with papermill's function, in this process."""
    import papermill

    fresh(job)
    os.environ.update(environment(job))
    papermill.execute_notebook(
        job.source, job.output, parameters=job.parameters, cwd=job.folder, kernel_name="python3", progress_bar=False
    )


def in_pool(jobs: Iterable[Job], workers: int) -> None:
    """Run jobs with papermill's function in a pool of processes that import it once."""
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        pool.map(_until_started, jobs, chunksize=1)


def _until_started(job: Job) -> None:
    """Run a job; once more where its kernel did not start, as when two of papermill's kernels take one port."""
    try:
        by_function(job)
    except RuntimeError:
        by_function(job)


def open_runner(workers: int = 0) -> LocalRunner:
    """A runner of this project on this machine, as for a build of the newest edition."""
    return LocalRunner(workers=workers, editions=[EDITION.folder])


def by_runner(jobs: Iterable[Job], runner: Runner) -> None:
    """Run jobs with a runner of this project.

    Raises:
        RuntimeError: one failed.
    """
    for job in jobs:
        runner.submit(job)
    for outcome in runner.as_completed():
        if outcome.problems:
            raise RuntimeError(outcome.problems)


def from_nothing(jobs: Iterable[Job], workers: int = 0) -> None:
    """Run jobs on this machine, the start of the warm parent included."""
    OWNER.close()
    with open_runner(workers) as runner:
        by_runner(jobs, runner)


def pages(jobs: Jobs, cold: bool = False) -> None:
    """Make pages with the cache of the benchmarks, which is emptied first or not."""
    OWNER.close()
    store = Cache(WORK / "cache")
    if cold:
        shutil.rmtree(store.folder, ignore_errors=True)
    with open_runner() as runner:
        for made in make_pages(jobs, store, runner=runner, root=ROOT):
            if made.outcome.problems:
                raise RuntimeError(made.outcome.problems)


def warming() -> float:
    """The seconds until a new warm parent has imported everything."""
    OWNER.close()
    begun = time.perf_counter()
    parent = OWNER.start(**{WARM_UP: STEPS, EDITIONS: EDITION.folder})
    assert parent
    parent.fork(Inherited(WORK)).connection.close()
    return time.perf_counter() - begun


def cells(jobs: Iterable[Job], repeats: int = 3) -> float:
    """The seconds of the cells of jobs, one after the other, in a process that has imported what the warm parent has."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return float(pool.apply(_cells, (list(jobs), repeats)))


def _cells(jobs: list[Job], repeats: int) -> float:
    for name in LIBRARIES:
        importlib.import_module(name)
    os.environ[EDITIONS] = EDITION.folder
    for _ in steps():
        pass
    gc.collect()
    gc.freeze()
    return sum(statistics.median(_executed(job) for _ in range(repeats)) for job in jobs)


def _executed(job: Job) -> float:
    """The seconds of a job's cells in a forked process: nothing but `exec`."""
    told, theirs = os.pipe()
    child = os.fork()
    if not child:
        try:
            fresh(job)
            os.environ.update(environment(job))
            os.chdir(job.folder)
            os.write(theirs, repr(_plain(job)).encode())
        finally:
            os._exit(0)
    os.close(theirs)
    os.waitpid(child, 0)
    with os.fdopen(told) as found:
        return float(found.read())


def _plain(job: Job) -> float:
    cells = json.loads(job.source.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    compiled = [compile("".join(cell["source"]), "cell", "exec", dont_inherit=True) for cell in code]
    names: dict[str, Any] = {"__name__": "__main__"}
    begun = time.perf_counter()
    for cell, ready in zip(code, compiled, strict=True):
        exec(ready, names)
        if "parameters" in cell["metadata"].get("tags", []):
            names.update(job.parameters)
    return time.perf_counter() - begun


def environment(job: Job) -> dict[str, str]:
    """What the kernels of both sides have in their environment."""
    return {**FIXED, **settings(), "PROMOTION_BOOK_DATA": str(job.data)}


def fresh(job: Job) -> None:
    """An empty folder for the output of a job."""
    shutil.rmtree(job.folder, ignore_errors=True)
    job.folder.mkdir(parents=True)


def project() -> Path:
    """A copy of the report as it was written, to be built by commands."""
    folder = WORK / "project"
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("book", "data", "notebooks"):
        left = shutil.ignore_patterns("results", ".ipynb_checkpoints")
        shutil.copytree(ROOT / name, folder / name, ignore=left)
    (folder / "tests").mkdir()
    for name in (CONFIG, "_toc.yml", "requirements.lock", "tests/cases.csv"):
        shutil.copyfile(ROOT / name, folder / name)
    return folder


def build(folder: Path, cold: bool = False) -> None:
    """Build the edition of a project in one language with this project's command."""
    if cold:
        shutil.rmtree(folder / "_build", ignore_errors=True)
    options = ["--period", PERIOD, "--language", LANGUAGE]
    command(BIN / "promotion-book", "build", *options, PROMOTION_BOOK_DATA=str(folder / "data"))


def build_stock(planned: Plan) -> None:
    """The same edition with papermill's command in a row, and Jupyter Book's."""
    source = planned.built.source
    shutil.rmtree(source, ignore_errors=True)
    by_command(planned.jobs.values())
    assemble_source(ROOT, source, contents=planned.contents)
    config = source / CONFIG
    text = config.read_text(encoding="utf-8").replace("execute_notebooks: force", 'execute_notebooks: "off"')
    config.write_text(text, encoding="utf-8")
    command(BIN / "jupyter-book", "build", source)


def parameter_changed(folder: Path, number: int) -> None:
    """Give a parameter of one notebook of a project another default."""
    path = folder / "notebooks" / "what_if.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cell = next(c for c in notebook["cells"] if "parameters" in c["metadata"].get("tags", []))
    lines = "".join(cell["source"]).splitlines(keepends=True)
    value = f"\\g<1>{0.03 + number / 1000}"
    cell["source"] = [re.sub(r"^(money_growth: YearlyGrowth = )[0-9.]+", value, line) for line in lines]
    path.write_text(json.dumps(notebook), encoding="utf-8")


def apart(planned: Plan) -> dict[str, Job]:
    """The jobs of an edition, each with its output in a folder of its own."""
    jobs = planned.jobs.items()
    return {page: replace(job, output=WORK / "out" / page / "page.ipynb") for page, job in jobs}
