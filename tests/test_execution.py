"""Running notebooks on this machine: what counts as complete, and everything that does not."""

from __future__ import annotations

import json
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
    "unnamed": (WRITE, "value + 1"),  # without the name of a kernel, as a script writes it
    "bare": (
        WRITE,
        "from matplotlib import pyplot\npyplot.plot([1, 2]);",
        "pd = __import__('pandas'); pd.DataFrame({'a': [1]}).style",
    ),
    "error": (WRITE, "1 / 0", "print('never')"),
    "exit": (WRITE, "import sys; sys.exit(0)", "print('never')"),
    "quit": (WRITE, "quit()"),
    "command": (WRITE, "!false"),
    "coloured": (WRITE, "import pandas as pd; pd.DataFrame({'a': [1, 2]}).style.background_gradient()"),
    "elsewhere": (WRITE, "from IPython.display import Image; Image(url='https://example.org/a.png')"),
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
        written = json.loads(notebook("value = 1", first, *rest, tags=("parameters",)))
        source.write_text(json.dumps(written | ({"metadata": {}} if name == "unnamed" else {})), encoding="utf-8")
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


def test_a_notebook_that_names_no_kernel_is_run_with_that_of_python(outcomes):
    assert outcomes["unnamed"].problems == []


def test_what_a_cell_shows_bare_is_there_although_the_parent_has_drawn_before(outcomes):
    *_, picture, table = read_notebook(outcomes["bare"].job.output).cells
    shown = [sorted(output.data) for cell in (picture, table) for output in cell.outputs]
    assert shown == [["image/png", "text/plain"], ["text/html", "text/plain"]]
    assert 'id="T_"' in table.outputs[0].data["text/html"]  # its name is drawn anew in each run


def test_an_error_is_told_once_and_alone(outcomes):
    assert len(outcomes["exit"].problems) == 1


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("error", "cell 3 (1 / 0): ZeroDivisionError: division by zero"),
        ("exit", "cell 3 (import sys; sys.exit(0)): SystemExit: 0; it ends the notebook; leave that out"),
        ("quit", "cell 3 (quit()): NameError: name 'quit' is not defined"),
        ("command", "cell 3 (!false): CalledProcessError: Command 'false' returned non-zero exit status 1."),
        (
            "coloured",
            "its output holds a style of its own, as a Styler with colours, which no page has; say in a column",
        ),
        ("elsewhere", "its output holds a picture, sound or film that lies elsewhere, which no page loads; save a"),
        ("warning", "cell 3 (import warnings; warnings.warn('careful')): wrote to standard error"),
        ("half", "cell 3 (print('a\\ud800b')): its output holds text that is not Unicode (U+FFFD); take it out"),
        (
            "killed",
            "cell 3 (import os, signal; os.kill(os.getpid(), signal.SIGKILL)): DeadKernelError: Kernel died; its kernel ended: "
            "by the code itself, or for want of memory\ntried",
        ),
        ("odd", "NotebookValidationError: {'1': 2} is not valid under any of the given schemas"),
        ("greedy", "cell 3 (kept = bytearray(8 << 30)): MemoryError"),
        ("endless", f"cell 3 (while True: pass): took longer than {LIMIT:g} seconds and was stopped"),
        (
            "empty",
            "left no result: never.json was not written; a page is opened by the name of its notebook, 'empty', and ends",
        ),
    ],
)
def test_a_notebook_that_is_not_complete_is_named_with_its_cell_and_error(outcomes, name, problem):
    assert problem in "\n".join(outcomes[name].problems)
    assert not outcomes[name].job.output.exists()


@pytest.mark.parametrize("name", [name for name in NOTEBOOKS if name not in ("good", "unnamed", "bare")])
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
