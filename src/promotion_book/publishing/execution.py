"""Running one notebook with papermill, in a process of its own, with a limit on the clock.

`execute(job)` gives an `Outcome`: the executed notebook, normalised, or what stopped it. A failed
notebook is kept beside the place where it would have gone, as `<name>.failed.ipynb`. The process
exists because a kernel can hang where papermill's own timeout does not reach; the parent kills it.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from promotion_book.facts.package import DATA_VARIABLE, data_folder
from promotion_book.publishing.notebooks import NOT_RUN, CellProblem, normalised, problems, read, text, titled

LIMIT_SECONDS = 300.0
WORKERS = 2


@dataclass(frozen=True)
class Job:
    """One notebook to run: its source, parameters, working folder and output, all absolute.

    A `title` takes the place of the notebook's own; `result` is a file that the run has to leave.
    """

    source: Path
    parameters: dict[str, Any]
    folder: Path
    output: Path
    result: Path | None = None
    title: str = ""

    @property
    def name(self) -> str:
        """The chapter's name."""
        return self.source.stem

    @property
    def draft(self) -> Path:
        """Where the notebook lies while it runs; papermill saves it after every cell."""
        return self.output.with_suffix(".running.ipynb")

    @property
    def failed(self) -> Path:
        """Where a notebook that failed is kept."""
        return self.output.with_suffix(".failed.ipynb")

    @property
    def log(self) -> Path:
        """What the kernel itself writes; kept only with a notebook that failed."""
        return self.output.with_suffix(".log")


@dataclass(frozen=True)
class Outcome:
    """What came of a job. `problems` is empty when the notebook is complete and in place."""

    job: Job
    problems: list[str] = field(default_factory=list)
    seconds: float = 0.0


def execute_all(jobs: Sequence[Job], workers: int = WORKERS, limit: float = LIMIT_SECONDS) -> Iterator[Outcome]:
    """Run the jobs side by side and give each outcome as it comes; a failure never hides the others."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["papermill.execute", "promotion_book.publishing.execution"])
    waiting, running = list(jobs), {}  # type: ignore[var-annotated]
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                started = _start(context, waiting.pop(0))
                running[started[1]] = started
            for connection in _ready(running, limit):
                job, _, process, begun = running.pop(connection)
                problems = _collect(connection, process, limit)
                _tidy(job, failed=bool(problems))
                yield Outcome(job, problems, time.monotonic() - begun)
    finally:
        for _, _, process, _ in running.values():
            process.kill()
            process.join()


Running = tuple[Job, Connection, BaseProcess, float]


def _start(context: Any, job: Job) -> Running:
    parent, child = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(job, child, data_folder().resolve()), daemon=False)
    process.start()
    child.close()
    return job, parent, process, time.monotonic()


def _ready(running: dict[Connection, Running], limit: float) -> list[Connection]:
    """The connections that have something to say or have used up their time."""
    oldest = min(begun for *_, begun in running.values())
    spoken = wait(list(running), timeout=max(0.0, oldest + limit - time.monotonic()))
    now = time.monotonic()
    return [c for c, (*_, begun) in running.items() if c in spoken or now - begun >= limit]


def _collect(connection: Connection, process: BaseProcess, limit: float) -> list[str]:
    try:
        if not connection.poll():
            return [f"took longer than {limit:g} seconds and was stopped"]
        return list(connection.recv())
    except EOFError:
        process.join()
        return [f"the process that ran it ended with {process.exitcode} before it was done"]
    finally:
        process.kill()
        process.join()
        connection.close()


def _tidy(job: Job, failed: bool) -> None:
    """Keep a failed notebook and its log under their names; a good one needs no log."""
    if failed and job.draft.exists():
        job.draft.replace(job.failed)
    if not failed:
        job.log.unlink(missing_ok=True)


def _work(job: Job, connection: Connection, data: Path) -> None:
    """What the process of a job does: run, check, put the notebook in place, and tell the parent."""
    job.folder.mkdir(parents=True, exist_ok=True)
    log = os.open(job.log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.environ.update(
        {DATA_VARIABLE: str(data)}, PYTHONHASHSEED="0", OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MPLBACKEND="agg"
    )
    connection.send(execute(job))
    connection.close()


def execute(job: Job) -> list[str]:
    """Run a job in this process; what stopped it, or nothing.

    The output appears in one step once it is complete. Papermill's exceptions end here: they become
    the reasons, because the caller reports all failed notebooks together.
    """
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillException

    job.folder.mkdir(parents=True, exist_ok=True)
    stopped = []
    try:
        papermill.execute_notebook(
            str(job.source),
            str(job.draft),
            parameters=job.parameters,
            cwd=str(job.folder),
            progress_bar=False,
            kernel_name="python3",
            kernel_manager_class=_kernel_manager(),
        )
    except (PapermillException, CellTimeoutError, DeadKernelError) as error:
        stopped = [f"{type(error).__name__}: {str(error).strip().splitlines()[-1]}"]
    return _placed(job, stopped)


def _placed(job: Job, stopped: list[str]) -> list[str]:
    """Put a complete notebook in place in one step; else say what is wrong with it."""
    notebook = read(job.draft)
    notebook.cells = [c for c in notebook.cells if "papermill-error-cell-tag" not in c.metadata.get("tags", [])]
    found = [f"cell {p.cell} ({p.source}): {_cause(p, stopped)}" for p in problems(notebook)] or stopped
    if not found and job.result is not None and not job.result.is_file():
        found = [f"left no result: {job.result.name} was not written"]
    if not found:
        kept = normalised(titled(notebook, job.title) if job.title else notebook)
        job.draft.write_text(text(kept), encoding="utf-8")
        job.draft.replace(job.output)
    return found


def _cause(problem: CellProblem, stopped: list[str]) -> str:
    """A cell that was not run tells nothing; what stopped the notebook there does."""
    return stopped[0] if stopped and problem.error == NOT_RUN else problem.error


def _kernel_manager() -> Any:
    from jupyter_client.manager import AsyncKernelManager

    class EncryptedKernelManager(AsyncKernelManager):
        """A kernel with its own key; without it ipykernel warns on every start."""

        transport_encryption = "auto"

    return EncryptedKernelManager
