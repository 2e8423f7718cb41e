"""Notebooks as files: the same bytes for the same run, and complete or not at all.

`normalise` takes out what differs between two equal runs (times, versions, random ids). A
notebook counts as complete only when every cell with code was run, raised nothing, wrote
nothing to standard error and left no text that steers a terminal or is none: papermill's own record says "completed"
for a killed kernel and treats `sys.exit` as success.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from promotion_book.words.markup import escape_markdown

if TYPE_CHECKING:
    from nbformat import NotebookNode  # imported where it is used: that takes longer than all else of a command

NOT_RUN = "was not run"
MOST = 5_000_000  # characters of the output of a cell
LONGEST = 2_000  # characters of an error that is told
RANDOM = re.compile(r" at 0x[0-9a-f]+(?=>)|(?<=\bT_)[0-9a-f]{5}(?=[_\"])")  # addresses in memory, and names of a Styler
HEADING = re.compile(r"^# .*$", re.MULTILINE)
UNPRINTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd-\uffff]")
SCRIPTED = {"application/javascript", "application/vnd.jupyter.widget-view+json"}  # what only a script shows
OTHERS = r"(?:\s+[\w:-]+(?:=(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?)*?\s+"  # the attributes before one, whatever their values hold
ELSEWHERE = "a picture, sound or film that lies elsewhere, which no page loads; save a picture in book/"
UNSHOWN = {  # by what a page does not do with it
    r"<(?:script(?![^>]*\btype=[\"'][^\"']*json)|i?frame|object|embed|meta|base)\b"
    rf"|<\w+{OTHERS}(?:on\w+=|href=[\"']?\s*javascript:)": (
        "a script or a frame, which no page runs; show a picture or a table"
    ),
    rf"<style(?! scoped)[^>]*>[^<]*\{{|<(?!tr )\w+{OTHERS}style=|<link\b": (
        "a style of its own, as a Styler with colours, which no page has; say in a column or in words what it tells"
    ),
    rf"<(?:audio|video)\b|<img{OTHERS}src=(?![\"']?data:)": ELSEWHERE,
}
ENDINGS = {  # by what is raised where a cell ends its kernel
    "SystemExit": "it ends the notebook; leave that out: a page ends with its last cell",
    "DeadKernelError": "its kernel ended: by the code itself, or for want of memory",
}
ANSI = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class CellProblem:
    """What is wrong with an executed notebook: the cell (as JupyterLab numbers those with code), its first line, the error."""

    cell: int
    source: str
    error: str

    def __str__(self) -> str:
        return f"cell {self.cell} ({self.source}): {self.error}"


def read_notebook(path: Path) -> NotebookNode:
    """A notebook file."""
    import nbformat

    return nbformat.read(path, as_version=4)  # type: ignore[no-any-return, no-untyped-call]


def notebook_text(notebook: NotebookNode) -> str:
    """A notebook as the text of its file."""
    import nbformat

    written: str = nbformat.writes(notebook, version=nbformat.NO_CONVERT)  # type: ignore[no-untyped-call]
    return written + "\n"


def normalise(notebook: NotebookNode) -> NotebookNode:
    """A copy without times, versions, machine names, addresses in memory and random ids, its streams in one piece;
    injected cells are hidden."""
    import nbformat

    result = copy.deepcopy(notebook)
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    result.metadata = nbformat.from_dict({"kernelspec": kernel, "language_info": {"name": "python"}})  # type: ignore[no-untyped-call]
    for cell in result.cells:
        for key in ("papermill", "execution"):
            cell.metadata.pop(key, None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell["id"] = "injected-parameters"
            cell.metadata["tags"] = ["injected-parameters", "remove-cell"]
        if not cell.metadata.get("tags"):
            cell.metadata.pop("tags", None)
        if cell.cell_type == "code":
            cell.outputs = merge_streams(cell.outputs)
            for output in cell.outputs:
                data = output.get("data", {})
                for held, key in ((output, "text"), (data, "text/plain"), (data, "text/html")):
                    if key in held:
                        held[key] = RANDOM.sub("", held[key])
    return result


def merge_streams(outputs: Iterable[NotebookNode]) -> list[NotebookNode]:
    """Outputs in which the text of a stream is whole: a kernel's timer cuts it in pieces, now here, now there."""
    kept: list[NotebookNode] = []
    for output in outputs:
        if kept and output.output_type == kept[-1].output_type == "stream" and output.name == kept[-1].name:
            kept[-1].text += output.text
        else:
            kept.append(output)
    return kept


def keep_text(notebook: NotebookNode) -> NotebookNode:
    """The notebook, its outputs without the HTML of what they say in plain text, too."""
    for output in (output for cell in notebook.cells for output in cell.get("outputs", [])):
        if "text/plain" in output.get("data", {}):
            output.data.pop("text/html", None)
    return notebook


def set_title(notebook: NotebookNode, title: str) -> NotebookNode:
    """A copy whose first heading is the title."""
    result = copy.deepcopy(notebook)
    heading = next(c for c in result.cells if c.cell_type == "markdown" and HEADING.search(c.source))
    heading.source = HEADING.sub(lambda _: f"# {escape_markdown(title)}", heading.source, count=1)
    return result


def find_problems(notebook: NotebookNode) -> list[CellProblem]:
    """Every reason why an executed notebook is not complete; empty when it is."""
    found, code = [], _code(notebook)
    for number, cell in code:
        found += [CellProblem(number, _first_line(cell), error) for error in _errors(cell)]
    if not found:
        found = [CellProblem(n, _first_line(c), NOT_RUN) for n, c in code if c.execution_count is None][:1]
    return found


def stopped_at(notebook: NotebookNode, error: str) -> CellProblem | None:
    """The error of a notebook that was stopped, at the cell that papermill began last; None if it began none."""
    begun = [(n, c) for n, c in _code(notebook) if c.metadata.get("papermill", {}).get("start_time")]
    return CellProblem(begun[-1][0], _first_line(begun[-1][1]), error) if begun else None


def _code(notebook: NotebookNode) -> list[tuple[int, NotebookNode]]:
    """The cells with code, each with its number."""
    written = [c for c in notebook.cells if "injected-parameters" not in c.metadata.get("tags", [])]
    numbered = enumerate((c for c in written if c.cell_type == "code"), start=1)
    return [(number, cell) for number, cell in numbered if cell.source.strip()]


def describe_error(name: str, said: str) -> str:
    """What was raised, by its name, and what it means where that ended the notebook."""
    told = said if len(said) <= LONGEST else f"{said[:LONGEST]} …"
    return "; ".join(filter(None, [f"{name}: {told}".removesuffix(": "), ENDINGS.get(name, "")]))


def _errors(cell: NotebookNode) -> list[str]:
    """What is wrong with the outputs of a cell, each thing once; what was raised says all of it."""
    raised = [output for output in cell.outputs if output.output_type == "error"]
    return [*dict.fromkeys(filter(None, map(_error, raised or cell.outputs))), *_too_much(cell)]


def _too_much(cell: NotebookNode) -> Iterator[str]:
    size = sum(map(len, _strings(cell.outputs)))
    if size > MOST:
        yield f"its output has {size:,} characters, and a page has room for {MOST:,}; print or show less"


def _error(output: Any) -> str:
    if output.output_type == "error":
        return describe_error(output.ename, ANSI.sub("", output.evalue))
    if output.output_type == "stream" and output.name == "stderr":
        return f"wrote to standard error: {output.text.strip().splitlines()[0][:LONGEST]}"
    data = output.get("data", {})
    html = "<script>" if SCRIPTED & {*data} else data.get("text/html", "")
    for pattern, what in UNSHOWN.items():
        if re.search(pattern, html, re.IGNORECASE):
            return f"its output holds {what}"
    for text in _strings(output.get("data", output.get("text", ""))):
        if found := UNPRINTED.search(text):
            kind = "text that is not Unicode" if found[0] >= "\ufffd" else "a control character"
            return f"its output holds {kind} (U+{ord(found[0]):04X}); take it out"
    return ""


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


def _first_line(cell: NotebookNode) -> str:
    return str(cell.source.strip().splitlines()[0])
