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

from promotion_book.publishing.notebooks import normalised, problems, text

LIMIT_SECONDS = 300.0
WORKERS = 2


@dataclass(frozen=True)
class Job:
    """One notebook to run: its source, parameters, working folder and output, all absolute."""

    source: Path
    parameters: dict[str, Any]
    folder: Path
    output: Path
    result: Path | None = None

    @property
    def name(self) -> str:
        """The chapter's name."""
        return self.source.stem


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
                yield Outcome(job, _collect(connection, process, limit), time.monotonic() - begun)
    finally:
        for _, _, process, _ in running.values():
            process.kill()
            process.join()


Running = tuple[Job, Connection, BaseProcess, float]


def _start(context: Any, job: Job) -> Running:
    parent, child = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(job, child), daemon=False)
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


def _work(job: Job, connection: Connection) -> None:
    """What the process of a job does: run, check, put the notebook in place, and tell the parent.

    What the kernel itself writes goes to `<name>.log` beside the notebook.
    """
    job.folder.mkdir(parents=True, exist_ok=True)
    log = os.open(job.output.with_suffix(".log"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.environ.update(PYTHONHASHSEED="0", OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MPLBACKEND="agg")
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
    draft = job.output.with_suffix(".running.ipynb")
    stopped = []
    try:
        papermill.execute_notebook(
            str(job.source),
            str(draft),
            parameters=job.parameters,
            cwd=str(job.folder),
            progress_bar=False,
            request_save_on_cell_execute=False,
            kernel_name="python3",
            kernel_manager_class=_kernel_manager(),
        )
    except (PapermillException, CellTimeoutError, DeadKernelError) as error:
        stopped = [f"{type(error).__name__}: {str(error).strip().splitlines()[-1]}"]
    return _placed(job, draft, stopped)


def _placed(job: Job, draft: Path, stopped: list[str]) -> list[str]:
    from promotion_book.publishing.notebooks import read

    notebook = read(draft)
    notebook.cells = [c for c in notebook.cells if "papermill-error-cell-tag" not in c.metadata.get("tags", [])]
    cells = [f"cell {p.cell} ({p.source}): {p.error}" for p in problems(notebook)]
    found = cells or stopped
    if not found and job.result is not None and not job.result.is_file():
        found = [f"left no result: {job.result.name} was not written"]
    if found:
        draft.replace(job.output.with_suffix(".failed.ipynb"))
        return found
    draft.write_text(text(normalised(notebook)), encoding="utf-8")
    draft.replace(job.output)
    return []


def _kernel_manager() -> Any:
    from jupyter_client.manager import AsyncKernelManager

    class EncryptedKernelManager(AsyncKernelManager):
        """A kernel with its own key; without it ipykernel warns on every start."""

        transport_encryption = "auto"

    return EncryptedKernelManager
