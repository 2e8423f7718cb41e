"""Many provinces from one declaration: a page of the report for each, on this machine, on Dask and in papermill's pool.

    python benchmarks/provinces.py --provinces 34

The declaration is an entry of `notebooks/grid.yml`; the provinces are synthetic, copies of Hanoi whose figures are multiplied
by a number of their own. Told are the seconds of a third, two thirds and all of them, each from nothing, and the memory
of the warm parent and its owner after each: time grows with the pages, and memory does not.
"""

from __future__ import annotations

import argparse
import os
import shutil
from collections.abc import Iterator
from functools import partial

import execution as run
from measure import Part, machine, proportional, seconds

from papermill_warm.owner import OWNER
from promotion_book.facts.package import data_from
from promotion_book.running.execution import Job
from promotion_book.running.plan import EditionBuild, EditionId, plan_edition
from promotion_book.running.pool import open_runner
from promotion_book.running.pool.local import LocalRunner

FOLDER = run.WORK / "many_places"
LINKS = ("book", "_toc.yml", "_config.yml", "requirements.lock", "tests")
CHAPTER, SOURCES = "data_coverage", "sources_and_conflicts"  # the second is not run: each place has to have one
DECLARATION = """- notebook: {chapter}
  address: {chapter}/{{place}}
  title: "{{place}}"
  grid:
    place: [{places}]
"""


def declared_jobs(names: list[str]) -> list[Job]:
    """The jobs of one page for each province, from the declaration in the folder of the benchmark."""
    built = EditionBuild(FOLDER / "_build" / "out", EditionId(run.PLACE, run.PERIOD), run.LANGUAGE)
    with data_from(FOLDER / "data"):
        planned = plan_edition(FOLDER, built, only=[f"{CHAPTER}/{name}" for name in names])
    for job in planned.jobs.values():
        job.folder.mkdir(parents=True, exist_ok=True)
    return list(planned.jobs.values())


def put_provinces(count: int) -> list[str]:
    """A project with so many synthetic provinces, and the declaration of their pages."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    shutil.copytree(run.ROOT / "notebooks", FOLDER / "notebooks", ignore=shutil.ignore_patterns("results", "grid.yml"))
    for name in LINKS:
        (FOLDER / name).symlink_to(run.ROOT / name)
    for name in (run.PLACE, "vocabulary"):
        shutil.copytree(run.ROOT / "data" / name, FOLDER / "data" / name)
    names = [f"p{number:02}" for number in range(1, count + 1)]
    for number, name in enumerate(names, start=1):
        run.put_province(run.ROOT / "data" / run.PLACE, FOLDER / "data" / name, factor=0.5 + number / count)
        corrections = FOLDER / "data" / name / "corrections.csv"  # of figures that are others now
        corrections.write_text(corrections.read_text(encoding="utf-8").partition("\n")[0] + "\n", encoding="utf-8")
    places = ", ".join(names)
    entries = [DECLARATION.format(chapter=chapter, places=places) for chapter in (CHAPTER, SOURCES)]
    (FOLDER / "notebooks" / "grid.yml").write_text("".join(entries), encoding="utf-8")
    return names


def measured_rows(jobs: list[Job]) -> Iterator[tuple[str, ...]]:
    """A row a side and number of provinces: what it took, a page and in all, and the memory afterwards."""
    third = max(1, len(jobs) // 3)
    with LocalRunner() as runner:
        run.by_runner(jobs[:1], runner)
        for some in (jobs[:third], jobs[: 2 * third], jobs):
            took = seconds(partial(run.by_runner, some, runner))
            assert OWNER.parent
            memory = proportional(os.getpid()) + proportional(OWNER.parent.process.pid)
            yield _row("this project", some, took, f"{memory:.0f}")
    OWNER.close()
    with open_runner(workers=2) as on_dask:
        yield _row("Dask, two workers", jobs, seconds(partial(run.by_runner, jobs, on_dask)), "")
    took = seconds(partial(run.in_pool, jobs, len(os.sched_getaffinity(0))))
    yield _row("papermill in a pool", jobs, took, "")


def _row(side: str, jobs: list[Job], took: float, memory: str) -> tuple[str, ...]:
    return side, str(len(jobs)), f"{took:.1f}", f"{took / len(jobs):.2f}", memory


def main(count: int) -> None:
    """Measure, and print a table."""
    os.environ["PYTHONHASHSEED"] = "0"
    described = machine()
    rows = []
    for row in measured_rows(declared_jobs(put_provinces(count))):
        print(*row, flush=True)
        rows.append(row)
    question = f"The chapter {CHAPTER} of each of {count} synthetic provinces, from one declaration."
    print(described, Part("Many places", question, ("Side", "Provinces", "s", "s a page", "MB"), rows), sep="\n\n")
    shutil.rmtree(FOLDER, ignore_errors=True)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--provinces", type=int, default=run.PROVINCES, help="how many, three or more")
    main(max(3, options.parse_args().provinces))
