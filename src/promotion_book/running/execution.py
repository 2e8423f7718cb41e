"""Running one notebook with papermill: complete and normalised, or not at all.

`execute(job)` gives an `Outcome`: the executed notebook in its place, or what stopped it. A failed notebook
is kept beside the place where it would have gone, as `<name>.failed.ipynb`, with the log of its kernel.
It needs a process of its own, because papermill changes the working folder and a kernel can hang where
papermill's own timeout does not reach: a runner gives it one, and stops it.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from traceback import print_exc
from typing import Any

from promotion_book.report.results import RESULTS
from promotion_book.running.notebooks import (
    NOT_RUN,
    describe_error,
    find_problems,
    normalise,
    notebook_text,
    read_notebook,
    set_title,
    stopped_at,
)

ENGINE = "warm"
PACKER = "papermill_warm.wire.pack_content"


@dataclass(frozen=True)
class Job:
    """One notebook to run: its source, parameters, output, and the folder of the places; paths are absolute.

    It runs in the folder of its output, and leaves its figures and tables in `results` there. A `title` takes the
    place of the notebook's own; `result` is a file that the run has to leave, relative to that folder. `site` is the
    published site, or what the notebook may read of it. `number` is that of its chapter in the book, by which its
    figures are quoted, or zero.
    """

    source: Path
    parameters: dict[str, Any]
    output: Path
    data: Path
    result: Path | None = None
    title: str = ""
    site: Path | None = None
    results: str = RESULTS.name
    number: int = 0

    @property
    def name(self) -> str:
        """The chapter's name."""
        return self.source.stem

    @property
    def folder(self) -> Path:
        """Where the notebook runs."""
        return self.output.parent

    @property
    def draft(self) -> Path:
        """Where the notebook lies until it is complete."""
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
    """What came of a job. `problems` is empty when the notebook is complete and in place.

    `broken` says that the notebook is not to blame: its kernel, or the process that ran it, died.
    """

    job: Job
    problems: list[str] = field(default_factory=list)
    broken: bool = False
    seconds: float = 0.0


def describe_failure(outcome: Outcome) -> str:
    """The lines on a failed notebook: what stopped it, and where it was kept."""
    kept = outcome.job.failed
    where = f"; kept as {kept}" if kept.exists() else ""
    return "\n".join(f"notebooks/{outcome.job.source.name}: {problem}{where}" for problem in outcome.problems)


def execute(job: Job) -> Outcome:
    """Run a job in this process.

    The output appears in one step once it is complete. Papermill's exceptions end here, as those of a disk that is full
    and of an output that no file can hold: they become the reasons, because the caller reports all failed notebooks
    together.
    """
    from nbformat import ValidationError

    try:
        stopped, broken = _run(job)
        return Outcome(job, _placed(job, stopped), broken)
    except (OSError, TypeError, ValueError, ValidationError) as error:
        with suppress(OSError):  # the disk of the log may be full, too
            print_exc()
        return Outcome(job, [f"{type(error).__name__}: {str(error).strip().splitlines()[0]}"])


def _run(job: Job) -> tuple[list[str], bool]:
    """What stopped the notebook of a job, if anything, and whether the notebook is not to blame."""
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillException

    try:
        papermill.execute_notebook(
            str(job.source),
            str(job.draft),
            parameters=job.parameters,
            engine_name=ENGINE,
            cwd=str(job.folder),
            progress_bar=False,
            kernel_name="python3",
            language="python",
            kernel_manager_class=_kernel_manager(),
        )
    except (PapermillException, CellTimeoutError, DeadKernelError) as error:
        said = describe_error(type(error).__name__, str(error).strip().splitlines()[-1])
        return [said], isinstance(error, DeadKernelError)
    return [], False


def _placed(job: Job, stopped: list[str]) -> list[str]:
    """Put a complete notebook in place in one step; else say what is wrong with it."""
    notebook = read_notebook(job.draft)
    notebook.cells = [c for c in notebook.cells if "papermill-error-cell-tag" not in c.metadata.get("tags", [])]
    problems = find_problems(notebook)
    if stopped and all(problem.error == NOT_RUN for problem in problems):
        at = stopped_at(notebook, stopped[0])
        return [str(at)] if at else stopped
    found = [*map(str, problems)]
    if not found and job.result is not None and not (job.folder / job.result).is_file():
        opened = f"a page is opened by the name of its notebook, {job.name!r}, and ends with page.finish(...)"
        found = [f"left no result: {job.result.name} was not written; {opened}"]
    if not found:
        kept = normalise(set_title(notebook, job.title) if job.title else notebook)
        job.draft.write_text(notebook_text(kept), encoding="utf-8")
        job.draft.replace(job.output)
    return found


def begun_last(job: Job, error: str) -> str:
    """The error of a job that was stopped, with the cell that was begun last where the draft tells it."""
    with suppress(OSError, ValueError):
        return str(stopped_at(read_notebook(job.draft), error) or error)
    return error


def _kernel_manager() -> Any:
    from jupyter_client.manager import AsyncKernelManager

    class KernelManager(AsyncKernelManager):
        """A kernel with its own key, without which ipykernel warns on every start, and that sends whatever is printed."""

        transport_encryption = "auto"

        def format_kernel_cmd(self, extra_arguments: list[str] | None = None) -> list[str]:
            """The command that starts it."""
            return super().format_kernel_cmd([*(extra_arguments or []), f"--Session.packer={PACKER}"])

    return KernelManager
