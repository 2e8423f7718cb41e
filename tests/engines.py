"""Notebooks as papermill's engines leave them, so that tests can compare the warm one with the standard one."""

from __future__ import annotations

import difflib
import json
import re
import shutil
from pathlib import Path

import nbformat
import papermill
from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError

from builders import notebook
from papermill_warm.owner import OWNER, Inherited
from promotion_book.running.notebooks import normalise, notebook_text

PACKING = "warm/wire.py"  # a step of the traceback when a message cannot be packed: only the warm engine takes it
CHANCE = re.compile(r"0x[0-9a-f]{6,}|<dc:date>.*?</dc:date>|ipykernel_\d+/\d+|(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")
PATIENCE = 60  # seconds for a cell; none here takes a tenth of it
STOPPED = (PapermillExecutionError, CellTimeoutError, DeadKernelError)


class EncryptedKernelManager(AsyncKernelManager):
    """A kernel with its own key; without it ipykernel warns on every start."""

    transport_encryption = "auto"


def own_parent() -> None:
    """A parent without the settings of a runner that has run in this process before."""
    if OWNER.environment:
        OWNER.close()
        OWNER.environment.clear()


def written(folder: Path, *sources: str, tag: str = "", kernel: str = "python3") -> Path:
    """A notebook file of code cells, all of them with a tag."""
    made = json.loads(notebook(*sources))
    for cell in made["cells"]:
        cell["metadata"]["tags"] = [tag] if tag else []
    made["metadata"]["kernelspec"]["name"] = kernel
    path = folder / "in.ipynb"
    path.write_text(json.dumps(made), encoding="utf-8")
    return path


def run(engine: str | None, path: Path, **options: object) -> nbformat.NotebookNode:
    """A notebook run in its folder. Once in some thousand cells papermill's standard engine waits for ever for a
    kernel that has answered; such a notebook is run again.

    Raises:
        PapermillExecutionError, CellTimeoutError, DeadKernelError: it did not come to its end.
    """
    own_parent()
    out, asked = path.with_name("out.ipynb"), "execution_timeout" in options
    common = {"cwd": path.parent, "kernel_manager_class": EncryptedKernelManager, "execution_timeout": PATIENCE}
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
    parent.fork(Inherited(folder))[1].close()


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
    lines = (stopped + notebook_text(normalise(found))).replace(str(path.parent), "").splitlines()
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


def widget_states(found: nbformat.NotebookNode) -> list[dict[str, object]]:
    """The states of the widgets that a notebook keeps."""
    kept = found.metadata.get("widgets", {}).get("application/vnd.jupyter.widget-state+json", {"state": {}})
    return list(kept["state"].values())


def results(executed: nbformat.NotebookNode) -> list[str]:
    """The results of the cells of an executed notebook."""
    return [output["data"]["text/plain"] for cell in executed.cells for output in cell.outputs if "data" in output]
