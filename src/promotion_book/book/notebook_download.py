"""The executed notebook of a chapter as readers download it: in their language, with what its cells came to as text.

The blocks of the report, of which the pages are made, would look for pictures and sources beside the notebook, where a
reader has none; a rerun shows them again.
"""

from __future__ import annotations

from pathlib import Path

from nbformat import NotebookNode

from promotion_book.running.notebooks import notebook_text, read_notebook
from promotion_book.words.prose import read_prose, translate_notebook

BLOCK, TEXT = "text/html", "text/plain"


def notebook_download(executed: Path, language: str) -> str:
    """The text of the file."""
    notebook = translate_notebook(read_notebook(executed), read_prose(language))
    for cell in (cell for cell in notebook.cells if cell.cell_type == "code"):
        for output in cell.outputs:
            _keep_text(output)
    return notebook_text(notebook)


def _keep_text(output: NotebookNode) -> None:
    """Leave out the block of an output that says the same as text."""
    if TEXT in output.get("data", {}):
        output.data.pop(BLOCK, None)
