"""The executed notebook of a chapter as readers download it: in their language, with what its cells came to as text.

The blocks of the report, of which the pages are made, would look for pictures and sources beside the notebook, where a
reader has none; a rerun shows them again.
"""

from __future__ import annotations

from pathlib import Path

from promotion_book.running.notebooks import keep_text, notebook_text, read_notebook
from promotion_book.words.prose import read_prose, translate_notebook


def notebook_download(executed: Path, language: str) -> str:
    """The text of the file."""
    return notebook_text(keep_text(translate_notebook(read_notebook(executed), read_prose(language))))
