"""A repository of a place of its own: its data and settings, and links to the software, which it follows without forking it.

    report/
      software/            a checkout of this project, as a submodule
      data/bac_ninh/       the place; data/vocabulary is a link
      _config.yml          the settings of its book, with its own name
      book, notebooks, …   links into the software

What the place wants to be other than in the software, it puts in the place of a link.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from promotion_book.facts.vocabulary import VOCABULARY
from promotion_book.running.configuration import CONFIG, CONTENTS, LOCK
from promotion_book.whole_files import replace_files

LINKS = ("book", "notebooks", CONTENTS, LOCK, "tests/cases.csv", f"data/{VOCABULARY}", ".github/publish_site.sh")
COPIES = (CONFIG, ".gitignore")
WORKFLOW = ".github/workflows/publish.yml"


class NewRepositoryError(ValueError):
    """A repository that cannot be begun; the message says why."""


def write_repository(folder: Path, software: Path, *, name: str, today: date) -> list[str]:
    """Put what a place needs beside its data into a folder; what is there already stays. The names of what was written.

    Args:
        software: a checkout of this project, best within the folder.
        name: the name of the place for readers, which its settings say.

    Raises:
        NewRepositoryError: the software is none of a checkout.
        OSError: something cannot be written.
    """
    lacking = [name for name in (*LINKS, *COPIES, WORKFLOW) if not (software / name).exists()]
    if lacking:
        raise NewRepositoryError(
            f"{software} has no {', '.join(lacking)}; run the command of a checkout of the software"
        )
    settings = {"title": f"Industrial promotion in {name}", "place": name, "copyright": str(today.year)}
    written = [part for part in (*LINKS, *COPIES, WORKFLOW) if not (folder / part).exists()]
    for part in written:
        path = folder / part
        path.parent.mkdir(parents=True, exist_ok=True)
        if part in LINKS:
            path.unlink(missing_ok=True)  # a link that leads to nothing
            path.symlink_to(os.path.relpath(software / part, path.parent))
        else:
            text = (software / part).read_text(encoding="utf-8")
            text = _of_place(text, settings) if part == CONFIG else text
            text = _of_checkout(text, os.path.relpath(software, folder)) if part == WORKFLOW else text
            replace_files({path: text.encode("utf-8")})
    return written


def _of_place(settings: str, said: Mapping[str, str]) -> str:
    """Settings with other values of some of them, whatever signs these have."""
    keys = re.compile(rf"^( *)({'|'.join(said)}): .*$", re.MULTILINE)
    return keys.sub(lambda line: f"{line[1]}{line[2]}: {json.dumps(said[line[2]], ensure_ascii=False)}", settings)


def _of_checkout(workflow: str, software: str) -> str:
    """A workflow whose software lies in a folder of the repository."""
    text = workflow.replace(".venv/bin/", f"{software}/.venv/bin/").replace("make env", f"make -C {software} env")
    text = text.replace("inputs.period }}", "inputs.period || 'new' }}")
    checkout = "      - uses: actions/checkout@v4\n"
    return text.replace(checkout, f"{checkout}        with:\n          submodules: true\n")
