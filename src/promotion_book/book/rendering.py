"""From executed notebooks to the HTML of an edition, with Jupyter Book's own Sphinx configuration.

Sphinx runs in a process of its own and every warning is an error: an edition with a broken link or
a picture without alt text is not built. The output holds no clock, host name or path.
"""

from __future__ import annotations

import gc
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from promotion_book.book.templates import render_template
from promotion_book.fault import Fault
from promotion_book.report.cells import read_cells
from promotion_book.running.configuration import CONFIG, CONTENTS
from promotion_book.words.language import SOURCE
from promotion_book.words.translation import load_language

ANSI = re.compile(r"\x1b\[[0-9;]*m")
DOCTREES = ".doctrees"
WARNING = re.compile(r".*(?:WARNING|ERROR|CRITICAL): .*")
OF_CELL = re.compile(r"^(.+\.ipynb):(\d+)(\d{4}): ")  # as MyST-NB counts cells and, from 2, their lines


class BookError(Fault):
    """Sphinx stopped or warned; the message has one line for each warning."""


def assemble_source(root: Path, source: Path, *, contents: Mapping[str, Any]) -> None:
    """Put what the book needs beside the executed notebooks: pages, configuration, worked cases, the contents."""
    shutil.copytree(root / "book", source / "book", dirs_exist_ok=True)
    (source / CONTENTS).write_text(yaml.safe_dump(dict(contents), sort_keys=False), encoding="utf-8")
    for name in (CONFIG, "tests/cases.csv"):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / name, source / name)


def render_book(
    source: Path, output: Path, *, given: Mapping[str, Any], start: str = "book/index", clean: bool = True
) -> None:
    """The HTML of an assembled book with Sphinx settings `given` for this edition; `clean`, or only what changed.
    `start` is the page to which its address leads.

    Raises:
        BookError: Sphinx stopped, or warned.
    """
    if clean:
        for folder in (output, source / DOCTREES):
            shutil.rmtree(folder, ignore_errors=True)
    run_sphinx(source, output, given=given, builder="html")
    (output / "index.html").write_text(_start(given.get("language", SOURCE), start), encoding="utf-8")
    for name in (".buildinfo", "objects.inv") if clean else ():
        (output / name).unlink(missing_ok=True)
    for source_map in output.rglob("*.map"):
        source_map.unlink()  # no reader needs it, and it is a fifth of a book


def run_sphinx(source: Path, output: Path, *, given: Mapping[str, Any], builder: str) -> None:
    """What a builder of Sphinx, html or gettext, makes of an assembled book with settings `given`.

    Raises:
        BookError: Sphinx stopped, or warned.
    """
    arguments = [str(source), str(output), json.dumps(dict(given)), builder]
    command = [sys.executable, "-m", "promotion_book.book.rendering", *arguments]
    environment = {**os.environ, "PYTHONHASHSEED": "0", "NO_COLOR": "1"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        said = ANSI.sub("", done.stdout + done.stderr).replace(str(source) + os.sep, "")
        told = [_name_cell(source, line) for line in dict.fromkeys(WARNING.findall(said))]
        raise BookError("\n".join(told or said.splitlines()[-5:]))


def _name_cell(source: Path, line: str) -> str:
    """A warning on a cell of a notebook, with what that cell begins with."""
    if not (found := OF_CELL.match(line)):
        return line
    cells = read_cells(source / found[1])
    begun = cells[int(found[2]) - 1].source.strip().partition("\n")[0]
    return f"{found[1]}: cell ({begun}), line {int(found[3]) - 1}: {line.removeprefix(found[0])}"


def _start(code: str, page: str) -> str:
    """The page at the address of a book, which leads to its first one."""
    words = load_language(code)
    return (
        render_template("start.html", words, title=words.text("Report"), label=words.text("Open the report"), page=page)
        + "\n"
    )


def _sphinx(source: Path, output: Path, *, settings: dict[str, Any], builder: str) -> int:
    gc.disable()  # the process ends with the book; looking for garbage would take a fifth of its time
    from jupyter_book.sphinx import build_sphinx

    overrides = {
        "external_toc_path": str(source / CONTENTS),
        "nb_execution_mode": "off",
        "latex_individualpages": False,
        **settings,
    }
    result = build_sphinx(
        source,
        output,
        noconfig=True,
        path_config=source / CONFIG,
        confoverrides=overrides,
        doctreedir=source / DOCTREES,
        builder=builder,
        warningiserror=True,
        keep_going=True,
        jobs=2,
    )
    return result if isinstance(result, int) else 1


if __name__ == "__main__":
    sys.exit(_sphinx(Path(sys.argv[1]), Path(sys.argv[2]), settings=json.loads(sys.argv[3]), builder=sys.argv[4]))
