"""Where a notebook leaves its figures and tables: in `results/` beside it; a rerun in a folder of its own name."""

from __future__ import annotations

import json
import os
from pathlib import Path

RESULTS = Path("results")
VERDICT = "notebooks/results/summary.json"  # in a book: what the page with the verdict leaves
VARIABLE = "PROMOTION_BOOK_RESULTS"
OWN = ".results"  # the ending of the folder of a rerun
KEPT = (".ipynb_checkpoints", "__pycache__")  # folders in which programs keep what they made of a file


def results_folder() -> Path:
    """The folder of the notebook that runs, as the environment names it."""
    return Path(os.environ.get(VARIABLE) or RESULTS)


def is_record(path: Path) -> bool:
    """Whether a file of results is the record of a page, and not that of its tables: economy.json, not economy.tables.json."""
    return path.suffix == ".json" and "." not in path.stem


def result_records(folder: Path) -> list[Path]:
    """The records of the pages that left their results in a folder."""
    return sorted(filter(is_record, folder.iterdir())) if folder.is_dir() else []


def read_verdict(book: Path) -> list[str]:
    """The verdict of an edition, a sentence each, as its book holds it; none where its pages left none."""
    path = book / VERDICT
    told = json.loads(path.read_text(encoding="utf-8"))["results"] if path.is_file() else {}
    return [*told.get("verdict", [])]


def is_result(path: Path) -> bool:
    """Whether a file is one that a notebook, or a program that has read it, leaves."""
    return any(part in (RESULTS.name, *KEPT) or part.endswith(OWN) for part in path.parts)
