"""The cells of a notebook as they are written, or in one line why a file is no notebook that can be run.

Everything that looks into a notebook before it runs reads it here: no kernel is started for a file with conflict
marks of a merge, of an older format, or with a picture that no page could show.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from promotion_book.facts.suggestion import did_you_mean

CONFLICT = re.compile(r"^(<<<<<<<|=======|>>>>>>>)", re.MULTILINE)
MAGIC = re.compile(r"^([ \t]*)[%!].*$", re.MULTILINE)
FORMAT = 4
TAGS = (  # those that something reads
    *(f"{verb}-{what}" for verb in ("hide", "remove") for what in ("cell", "input", "output")),
    *("remove-stdout", "remove-stderr", "scroll-output", "full-width", "margin", "skip-execution"),
    *("parameters", "injected-parameters", "raises-exception"),
    *("nbval-check-output", "nbval-ignore-output", "nbval-raises-exception", "nbval-skip"),
)
MARK = b"\xef\xbb\xbf"


class NotebookError(ValueError):
    """A file that is no notebook that can be run; the message names it and says what is wrong."""


@dataclass(frozen=True)
class NotebookCell:
    """A cell as it is written: its kind (code, markdown or raw), its source and its metadata."""

    kind: str
    source: str
    metadata: dict[str, Any]

    @property
    def tags(self) -> list[str]:
        """Its tags."""
        return list(self.metadata.get("tags") or [])


def read_cells(notebook: Path) -> list[NotebookCell]:
    """The cells of a notebook file.

    Raises:
        NotebookError: it is none, or one that no page can show.
    """
    try:
        return list(_cells(_json(notebook)))
    except (OSError, ValueError, RecursionError) as error:
        raise NotebookError(f"{notebook}: {error}") from error


def parse_code(source: str, where: str) -> ast.Module:
    """The syntax tree of a code cell, without the lines that are magics.

    Raises:
        NotebookError: it is no Python.
    """
    try:
        return ast.parse("" if source.startswith("%%") else MAGIC.sub(r"\1pass", source))
    except (RecursionError, MemoryError) as error:
        raise NotebookError(f"{where}: no Python: its parts lie too deep") from error
    except (SyntaxError, ValueError) as error:
        line = f"line {error.lineno}: " if isinstance(error, SyntaxError) else ""
        raise NotebookError(f"{where}: {line}no Python: {getattr(error, 'msg', error)}") from error


def _json(notebook: Path) -> Any:
    """What a file holds. Raises ValueError where that is no JSON."""
    if not notebook.is_file():
        raise ValueError("there is no such file")
    content = notebook.read_bytes()
    if content.startswith(MARK):
        raise ValueError("it begins with a byte-order mark; save it as UTF-8 without one")
    text = content.decode("utf-8")
    if not text.strip():
        raise ValueError("it is empty")
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("it is no notebook: its parts lie too deep") from None
    except ValueError as error:
        mark = CONFLICT.search(text)
        if mark:
            line = text.count("\n", 0, mark.start()) + 1
            raise ValueError(f"line {line}: conflict marks of a merge; keep one side of it") from error
        found = f"no JSON from line {error.lineno} on" if isinstance(error, json.JSONDecodeError) else error
        raise ValueError(f"it is no notebook: {found}") from error


def _cells(written: Any) -> Iterator[NotebookCell]:
    """The cells of what a file holds. Raises ValueError where it is no notebook of Python."""
    if not isinstance(written, dict) or "nbformat" not in written:
        raise ValueError("it is no notebook: it does not say its format")
    if written["nbformat"] != FORMAT:
        raise ValueError(
            f"a notebook of format {written['nbformat']}; open and save it in JupyterLab, for format {FORMAT}"
        )
    if type(written.get("nbformat_minor")) is not int:
        raise ValueError(f"it is no notebook: its nbformat_minor is {written.get('nbformat_minor')!r}, no number")
    about, listed = written.get("metadata"), written.get("cells")
    if not isinstance(about, dict) or not isinstance(listed, list):
        raise ValueError("it is no notebook: it has no cells or no metadata")
    language = next(
        (
            found
            for part, key in (("kernelspec", "language"), ("language_info", "name"))
            if isinstance(about.get(part), dict) and (found := about[part].get(key))
        ),
        "python",
    )
    if language != "python":
        raise ValueError(f"a notebook of {language}; only Python is run")
    for number, cell in enumerate(listed, start=1):
        yield _cell(cell, f"cell {number}")


def _cell(cell: Any, where: str) -> NotebookCell:
    """A cell. Raises ValueError where it is none."""
    if not isinstance(cell, dict) or cell.get("cell_type") not in ("code", "markdown", "raw"):
        raise ValueError(f"{where}: it is no cell of code, text or raw text")
    lines, metadata = cell.get("source"), cell.get("metadata")
    lines = [lines] if isinstance(lines, str) else lines
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise ValueError(f"{where}: its source is no text")
    if not isinstance(metadata, dict) or not isinstance(metadata.get("tags") or [], list):
        raise ValueError(f"{where}: its metadata or tags are of another form")
    if cell["cell_type"] == "code" and not isinstance(cell.get("outputs"), list):
        raise ValueError(f"{where}: it has no list of outputs")
    if cell.get("attachments"):
        raise ValueError(
            f"{where}: a pasted picture; save it in book/, and show it by ![what it shows](../book/picture.png)"
        )
    for tag in metadata.get("tags") or []:
        if tag not in TAGS and (near := did_you_mean(str(tag), TAGS)):
            raise ValueError(f"{where}: the tag {tag!r}, which nothing reads{near}")
    source = "".join(lines)
    if not source.isprintable() and re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]", source):
        raise ValueError(f"{where}: a control character or half a character in its source; take it out")
    return NotebookCell(cell["cell_type"], source, metadata)
