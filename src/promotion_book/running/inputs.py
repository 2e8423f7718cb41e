"""What makes a rerun: everything that can change an executed notebook, by name and in one place.

    page_inputs(job, root) == {
        "notebook": "5f0c…",                 # its cells; the outputs that it holds do not count
        "parameters": "91ab…",               # and the title that takes the place of its own, and the number of its chapter
        "data/hanoi/observations.csv": "…",  # the files of its place, but of the tables apart only those it declares
        "data/vocabulary/units.csv": "…",    # what every place uses, and the files of places that it sets beside its own
        "site/hanoi/2024/r0/en/….csv": "…",  # projections of published editions, where it declares their table
        "src/promotion_book/charts/layers.py": "…",     # the source of the rooms that pages are made in
        "book/locale/vi/LC_MESSAGES/report.po": "…",  # its messages, for a page that is not in English
        "requirements.lock": "…",            # and the version of Python
    }

`cache_key` is their common hash, under which the cache keeps what came of them; `changed_names` says which of them is
new. What a notebook reads besides is not seen: a chapter reads its package, these projections, and nothing else.
"""

from __future__ import annotations

import ast
import json
import platform
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from promotion_book.facts.package import APART, data_from, listed_places
from promotion_book.facts.published_projections import TABLE
from promotion_book.facts.vocabulary import VOCABULARY
from promotion_book.report.cells import NotebookError, parse_code, read_cells
from promotion_book.report.parameters import PLACES, read_contract
from promotion_book.running.configuration import LOCK
from promotion_book.running.data_package import TEMPLATES, TEXTS
from promotion_book.running.execution import Job
from promotion_book.running.hashing import file_sha256, folder_sha256, sha256
from promotion_book.words.language import SOURCE
from promotion_book.words.translation import REPORT, ROOT, catalogue_path

Inputs = dict[str, str]
PACKAGE = Path(__file__).parent.parent
SOURCE_CODE = PACKAGE.parent
LATER_ROOMS = ("book", "cli", "intake", "site")  # what they do, no executed notebook sees
OPENS = re.compile(r"\bopen_page\(")


def page_inputs(job: Job, root: Path) -> Inputs:
    """The digests of all that can change what comes of a job, by name, the nearest to its author first.

    Raises:
        NotebookError, ParameterError: the notebook or its parameters cannot be read.
        OSError: a file cannot be read.
    """
    return {
        "notebook": sha256(_cells(job.source)),
        "parameters": sha256(_text({"parameters": job.parameters, "title": job.title, "number": job.number})),
        **_data(job),
        **_published(job),
        **below("src", code_sha256()),
        **_messages(str(job.parameters.get("language", SOURCE))),
        LOCK: sha256((root / LOCK).read_bytes() + platform.python_version().encode("utf-8")),
    }


def code_sha256() -> dict[str, str]:
    """The sha256 of every file of code, and of the schema, that can change a page: of all rooms but the later ones, and of
    the engine.
    """
    found = folder_sha256(SOURCE_CODE, "*.py") | folder_sha256(SOURCE_CODE, "tables.json")
    apart = (".", *(f"promotion_book/{room}/" for room in LATER_ROOMS))
    return {name: sha for name, sha in found.items() if not name.startswith(apart)}


def cache_key(needs: Inputs) -> str:
    """The name under which the cache keeps what came of these inputs."""
    return sha256(_text(needs))


def changed_names(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """The names of the inputs that are new, other or gone, in their order."""
    return [name for name in dict.fromkeys([*now, *before]) if now.get(name) != before.get(name)]


def declared_tables(notebook: Path) -> set[str]:
    """The tables apart that a notebook declares where it opens its page, which refuses any other."""
    code = [cell.source for cell in read_cells(notebook) if cell.kind == "code" and OPENS.search(cell.source)]
    trees = [parse_code(source, f"{notebook}: the cell of open_page") for source in code]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    given = [word.value for call in calls for word in call.keywords if word.arg == "tables"]
    try:
        return {table for tables in given for table in ast.literal_eval(tables)}
    except (ValueError, TypeError) as error:
        raise NotebookError(f"{notebook}: write the tables of open_page as a list of their names") from error


def place_of(job: Job) -> str:
    """The place whose data package a job reads; empty for a notebook that has no place.

    Raises:
        ParameterError: the notebook's parameters cannot be read.
    """
    declares = read_contract(job.source)
    return str(job.parameters.get("place", declares["place"].default)) if "place" in declares else ""


def _data(job: Job) -> Inputs:
    place = place_of(job)
    if not place:
        return {}
    closed = {*TEMPLATES, *TEXTS, *(f"{table}.csv" for table in APART - declared_tables(job.source))}
    found = folder_sha256(job.data / place)
    own = below(f"data/{place}", {name: sha for name, sha in found.items() if name not in closed})
    common = job.data / VOCABULARY
    beside = [below(f"data/{name}", folder_sha256(job.data / name)) for name in places_set_beside(job) if name != place]
    own |= {name: sha for found in beside for name, sha in found.items()}
    return own | (below(f"data/{VOCABULARY}", folder_sha256(common)) if common.is_dir() else {})


def places_set_beside(job: Job) -> list[str]:
    """The places that a page sets side by side; none for a notebook that sets none."""
    declares = read_contract(job.source)
    if PLACES not in declares:
        return []
    with data_from(job.data):
        return listed_places(str(job.parameters.get(PLACES, declares[PLACES].default)))


def _published(job: Job) -> Inputs:
    """What a page may read of the published site: the projections of earlier editions of its place."""
    place = place_of(job)
    if not job.site or not place or TABLE not in declared_tables(job.source):
        return {}
    return below(f"site/{place}", folder_sha256(job.site / place))


def _messages(language: str) -> Inputs:
    path = catalogue_path(ROOT, language, domain=REPORT)
    return {} if language == SOURCE else {path.relative_to(ROOT).as_posix(): file_sha256(path)}


def below(folder: str, found: Mapping[str, str]) -> Inputs:
    """The digests of the files of a folder, by names that begin with its own."""
    return {f"{folder}/{name}": sha for name, sha in found.items()}


def _cells(notebook: Path) -> bytes:
    """What is written in the cells of a notebook, without outputs, counts and random ids."""
    return _text([(cell.kind, cell.source, cell.metadata) for cell in read_cells(notebook)])


def _text(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, ensure_ascii=False).encode("utf-8")
