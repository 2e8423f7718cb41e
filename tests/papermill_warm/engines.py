"""Notebooks as papermill's engines leave them, so that tests can compare the warm one with the standard one."""

from __future__ import annotations

import copy
import difflib
import json
import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import Any

import nbformat
import papermill
import pytest
from _pytest.mark import ParameterSet
from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError

from papermill_warm.owner import OWNER, Inherited
from papermill_warm.parent import WARM_UP

LIBRARIES = "matplotlib.backends.backend_agg matplotlib.pyplot pandas seaborn"  # what most tests let the parent import
PACKING = "warm/wire.py"  # a step of the traceback when a message cannot be packed: only the warm engine takes it
CHANCE = re.compile(r"0x[0-9a-f]{6,}|<dc:date>.*?</dc:date>|ipykernel_\d+/\d+|(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")
PATIENCE = 60  # seconds for a cell; none here takes a tenth of it
STOPPED = (PapermillExecutionError, CellTimeoutError, DeadKernelError)
CHANGING = Lock()  # what one thread closes, another may not be starting


class EncryptedKernelManager(AsyncKernelManager):
    """A kernel with its own key; without it ipykernel warns on every start."""

    transport_encryption = "auto"


def by_night(cases: Mapping[str, object], *names: str) -> list[ParameterSet]:
    """Cases of a test by their names; those that are named wait for `make nightly`."""
    return [
        pytest.param(case, id=name, marks=pytest.mark.nightly if name in names else ()) for name, case in cases.items()
    ]


def own_parent(warm_up: str = LIBRARIES) -> None:
    """A parent with this setting, and nothing of what has run in this process before; for one thread at a time."""
    environment = {WARM_UP: warm_up}
    with CHANGING:
        if OWNER.environment != environment:
            OWNER.close()
            OWNER.environment.clear()
            OWNER.start(**environment)


def notebook(*sources: str, tags: Sequence[str] = (), every: bool = False, kernel: str = "python3") -> str:
    """A notebook of code cells, the first or every one with tags, as the text of its file."""
    made = nbformat.v4.new_notebook(
        metadata={"kernelspec": {"display_name": "Python 3", "language": "python", "name": kernel}}
    )
    for number, source in enumerate(sources):
        tagged = {"tags": list(tags)} if tags and (every or not number) else {}
        made.cells.append(nbformat.v4.new_code_cell(source, id=f"cell-{number}", metadata=tagged))
    return nbformat.writes(made)


def written(folder: Path, *sources: str, tag: str = "", kernel: str = "python3") -> Path:
    """A notebook file of code cells, all of them with a tag."""
    path = folder / "in.ipynb"
    path.write_text(notebook(*sources, tags=[tag] * bool(tag), every=True, kernel=kernel), encoding="utf-8")
    return path


def run(engine: str | None, path: Path, warm_up: str = LIBRARIES, **options: object) -> nbformat.NotebookNode:
    """A notebook run in its folder. Once in some thousand cells papermill's standard engine waits for ever for a
    kernel that has answered; such a notebook is run again.

    Raises:
        PapermillExecutionError, CellTimeoutError, DeadKernelError: it did not come to its end.
    """
    own_parent(warm_up)
    out, asked = path.with_name("out.ipynb"), "execution_timeout" in options
    common: dict[str, Any] = {
        "iopub_timeout": PATIENCE,
        "cwd": path.parent,
        "kernel_manager_class": EncryptedKernelManager,
        "execution_timeout": PATIENCE,
    }
    try:
        papermill.execute_notebook(path, out, engine_name=engine, progress_bar=False, **common | options)
    except CellTimeoutError:
        if engine or asked:
            raise
        papermill.execute_notebook(path, out, engine_name=engine, progress_bar=False, **common | options)
    return nbformat.read(out, as_version=4)


def warm_up(folder: Path) -> None:
    """Wait until the parent is warm: a process that is in no hurry is forked then, and ends with its socket."""
    own_parent()
    parent = OWNER.start()
    assert parent
    parent.fork(Inherited(folder)).connection.close()


def left(engine: str | None, path: Path, **options: object) -> list[str]:
    """The lines of a notebook as an engine leaves it, with what stopped it; without all that chance decides."""
    stopped = ""
    try:
        run(engine, path, **options)
    except STOPPED as error:
        stopped = f"{type(error).__name__}: {error}"
    found = nbformat.read(path.with_name("out.ipynb"), as_version=4)
    found.cells = [cell for cell in found.cells if "papermill-error-cell-tag" not in cell.metadata.get("tags", [])]
    widgets = sorted(CHANCE.sub("", json.dumps(state, sort_keys=True)) for state in widget_states(found))
    lines = (stopped + plain_text(found)).replace(str(path.parent), "").splitlines()
    lines = [line for line in lines if PACKING not in line]
    return [CHANCE.sub("", line) for line in lines] + widgets


def differences(path: Path, **options: object) -> list[str]:
    """Where the warm engine leaves another notebook than the standard one: `+` and `-` lines, or none."""
    lines = []
    for engine in (None, "warm"):
        folder = path.parent / str(engine)
        folder.mkdir()
        lines.append(left(engine, Path(shutil.copy(path, folder)), **options))
    return list(difflib.unified_diff(*lines, "standard", "warm", n=1, lineterm=""))


def join_streams(executed: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The notebook with the text of each stream in one piece: a timer of the kernel cuts it, now here, now there."""
    for cell in executed.cells:
        if cell.cell_type == "code":
            kept: list[nbformat.NotebookNode] = []
            for output in cell.outputs:
                if kept and output.output_type == kept[-1].output_type == "stream" and output.name == kept[-1].name:
                    kept[-1].text += output.text
                else:
                    kept.append(output)
            cell.outputs = kept
    return executed


def plain_text(executed: nbformat.NotebookNode) -> str:
    """The text of an executed notebook without times, random ids and the states of widgets."""
    made = join_streams(copy.deepcopy(executed))
    for part in (made, *made.cells):
        for key in ("papermill", "execution", "widgets"):
            part.metadata.pop(key, None)
    for number, cell in enumerate(made.cells):
        cell.id = f"cell-{number}"
    return nbformat.writes(made)


def widget_states(found: nbformat.NotebookNode) -> list[dict[str, object]]:
    """The states of the widgets that a notebook keeps."""
    kept = found.metadata.get("widgets", {}).get("application/vnd.jupyter.widget-state+json", {"state": {}})
    return list(kept["state"].values())


def results(executed: nbformat.NotebookNode) -> list[str]:
    """The results of the cells of an executed notebook."""
    return [output["data"]["text/plain"] for cell in executed.cells for output in cell.outputs if "data" in output]
