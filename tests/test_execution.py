"""Running notebooks on this machine: what counts as complete, and everything that does not."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from builders import notebook
from promotion_book.running.execution import Job, Outcome
from promotion_book.running.notebooks import read_notebook
from promotion_book.running.pool.local import Limits, LocalRunner

pytestmark = pytest.mark.xdist_group("one run of all notebooks")
LIMIT = 5.0  # seconds that an endless notebook has in a kernel of a warm parent
WRITE = "from pathlib import Path\nPath('results').mkdir(exist_ok=True)\nPath('results/x.json').write_text('{}')"
NOTEBOOKS = {
    "good": (WRITE, "value + 1"),
    "error": (WRITE, "1 / 0", "print('never')"),
    "exit": (WRITE, "import sys; sys.exit(0)", "print('never')"),
    "killed": (WRITE, "import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "print('never')"),
    "endless": (WRITE, "while True: pass", "print('never')"),
    "odd": (WRITE, "from IPython.display import display; display({'text/plain': {1: 2}}, raw=True)"),
    "warning": (WRITE, "import warnings; warnings.warn('careful')"),
    "half": (WRITE, "print('a\\ud800b')", "print('never mind')"),
    "empty": ("1 + 1",),
    "greedy": (WRITE, "kept = bytearray(8 << 30)"),
}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """All of them side by side, so that one failure never hides another; the endless one when the parent is warm."""
    folder = tmp_path_factory.mktemp("run")
    jobs = {}
    for name, (first, *rest) in NOTEBOOKS.items():
        source = folder / "source" / f"{name}.ipynb"
        source.parent.mkdir(exist_ok=True)
        source.write_text(notebook("value = 1", first, *rest, tags=("parameters",)), encoding="utf-8")
        result = None if name != "empty" else Path("results", "never.json")
        jobs[name] = Job(source, {"value": 41}, folder / "out" / source.name, folder, result)
    endless = [jobs.pop("endless")]
    return completed(jobs.values(), Limits()) | completed(endless, Limits(seconds=LIMIT))


def completed(jobs: Iterable[Job], limits: Limits) -> dict[str, Outcome]:
    with LocalRunner(limits) as runner:
        for job in jobs:
            runner.submit(job)
        return {outcome.job.name: outcome for outcome in runner.as_completed()}


def test_a_good_notebook_is_put_in_place_with_its_parameters(outcomes):
    good = outcomes["good"]
    made = read_notebook(good.job.output)
    assert good.problems == []
    assert made.cells[-1].outputs[0].data["text/plain"] == "42"
    assert "papermill" not in made.metadata
    assert not good.job.log.exists()


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("error", "cell 3 (1 / 0): ZeroDivisionError: division by zero"),
        ("exit", "cell 3 (import sys; sys.exit(0)): SystemExit: 0"),
        ("warning", "cell 3 (import warnings; warnings.warn('careful')): wrote to standard error"),
        ("half", "cell 3 (print('a\\ud800b')): its output holds text that is not Unicode (U+FFFD); take it out"),
        (
            "killed",
            "cell 3 (import os, signal; os.kill(os.getpid(), signal.SIGKILL)): DeadKernelError: Kernel died\ntried",
        ),
        ("odd", "NotebookValidationError: {'1': 2} is not valid under any of the given schemas"),
        ("greedy", "cell 3 (kept = bytearray(8 << 30)): MemoryError"),
        ("endless", f"cell 3 (while True: pass): took longer than {LIMIT:g} seconds and was stopped"),
        ("empty", "left no result: never.json was not written"),
    ],
)
def test_a_notebook_that_is_not_complete_is_named_with_its_cell_and_error(outcomes, name, problem):
    assert problem in "\n".join(outcomes[name].problems)
    assert not outcomes[name].job.output.exists()


@pytest.mark.parametrize("name", [name for name in NOTEBOOKS if name != "good"])
def test_a_failed_notebook_is_kept_beside_its_log(outcomes, name):
    assert outcomes[name].job.failed.is_file()
    assert outcomes[name].job.log.is_file()


def test_no_kernel_outlives_its_run(outcomes):
    folder = outcomes["good"].job.folder

    def kernels() -> list[str]:
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if (process / "cwd").readlink() == folder:
                    found.append(process.name)
            except OSError:
                continue
        return found

    deadline = time.monotonic() + 10
    while kernels() and time.monotonic() < deadline:
        os.sched_yield()
    assert kernels() == []
