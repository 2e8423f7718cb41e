"""The reference outputs that the committed notebooks hold, for their default parameters.

CI compares every cell of every notebook against them (nbval). They hold what each cell says in plain text, so that a
difference can be read; pictures are files under `results/`, and the HTML of a page is compared where it is built.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from promotion_book.report.parameters import check_parameters, read_contract
from promotion_book.running.configuration import BUILD
from promotion_book.running.contents import chapter_notebooks
from promotion_book.running.execution import Job, describe_failure
from promotion_book.running.notebooks import keep_text, notebook_text, read_notebook
from promotion_book.running.pool.local import LocalRunner
from promotion_book.whole_files import replace_files


def renew_references(root: Path, progress: Callable[[str, int, int], None]) -> list[str]:
    """Run every notebook with its defaults and keep the outputs in it; nothing changes if one fails.

    Returns the lines on what failed.

    Raises:
        DeclarationError, NotebookError, ParameterError: the contents or a notebook cannot be used; nothing has run.
    """
    folder = root / BUILD / "references"
    shutil.rmtree(folder, ignore_errors=True)
    jobs = [Job(notebook, {}, folder / notebook.name, root / "data") for notebook in chapter_notebooks(root)]
    for job in jobs:
        check_parameters(read_contract(job.source), job.parameters)
    problems = []
    with LocalRunner() as runner:
        for job in jobs:
            runner.submit(job)
        for done, outcome in enumerate(runner.as_completed(), start=1):
            progress("notebooks", done, len(jobs))
            problems += [describe_failure(outcome)] if outcome.problems else []
    if not problems:
        replace_files({job.source: reference_text(job.output).encode("utf-8") for job in jobs})
    return problems


def reference_text(executed: Path) -> str:
    """An executed notebook with what its cells say in plain text, and not again as HTML."""
    return notebook_text(keep_text(read_notebook(executed)))
