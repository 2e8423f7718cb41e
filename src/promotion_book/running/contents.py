"""The table of contents, `_toc.yml`, in every form that sphinx-external-toc reads.

Entries are pages (`file:`), patterns of pages (`glob:`) and links (`url:`), in parts, chapters and sections. Here
each page is named once, as Sphinx names it: with slashes, without `./` and ending; in the place of a pattern stand
its pages. What cannot be used is a finding with its line. Chapters are the notebooks of `notebooks/`, wherever they
stand in it; all other pages lie in `book/`.
"""

from __future__ import annotations

import copy
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from promotion_book.facts.declaration import Declaration, KeyPath
from promotion_book.facts.findings import Finding
from promotion_book.facts.schema import NAME
from promotion_book.facts.texts import WEB, flaw
from promotion_book.running.configuration import CONTENTS, INDEX
from promotion_book.running.declarations import read_settings, refuse
from promotion_book.words.language import Language

GROUPS, LISTS = ("parts", "subtrees"), ("chapters", "sections", "entries")
KINDS = ("file", "glob", "url")
TOLD = ("caption", "title")
OPTIONS = ("hidden", "maxdepth", "numbered", "reversed", "titlesonly")  # of a group, for sphinx-external-toc
RULE = "contents"  # the rule of what is found in them
NOTEBOOKS = "notebooks/"
CHAPTERS, PAGES = f"{NOTEBOOKS}*.ipynb", "book/**/*.md"
ENDING = re.compile(r"\.(ipynb|md)$")

Contents = Mapping[str, Any]


def read_contents(root: Path) -> dict[str, Any]:
    """The table of contents, its pages as Sphinx names them.

    Raises:
        DeclarationError: it is no table of contents, or names what is no page of the book.
    """
    toc = read_settings(root / CONTENTS, CONTENTS)
    refuse(_form(toc, toc.value, place=()))
    present = _present(root)
    refuse([*_misnamed(toc, present), *_unshown(toc)])
    made = dict(_expanded(toc.value, present, named=_named(toc.value)))
    refuse(_refused(toc, made))
    return made


def chapter_notebooks(root: Path) -> list[Path]:
    """The notebooks that the table of contents names, in its order.

    Raises:
        DeclarationError: the table of contents cannot be used.
    """
    files = [entry["file"] for entry in entries(read_contents(root)) if "file" in entry]
    return [root / f"{name}.ipynb" for name in files if name.startswith(NOTEBOOKS)]


def entries(contents: Contents) -> Iterator[dict[str, Any]]:
    """Every page, pattern and link of a table of contents, in its order."""
    yield from (entry for place, entry in _items(contents, ()) if place[-2] in LISTS)


def contents_texts(contents: Contents) -> list[str]:
    """What the contents say in words of their own: captions and titles."""
    return [item[key] for item, key in _told(contents)]


def _told(contents: Contents) -> list[tuple[dict[str, Any], str]]:
    """The groups and entries that have words of their own, each with what these are: a caption or a title."""
    return [(item, key) for _, item in _items(contents, ()) for key in TOLD if key in item]


def without_texts(contents: Contents) -> dict[str, Any]:
    """A table of contents without its captions and titles."""
    result = copy.deepcopy(dict(contents))
    for item, key in _told(result):
        del item[key]
    return result


def translate_contents(contents: Contents, language: Language) -> dict[str, Any]:
    """A table of contents with its captions and titles in a language."""
    result = copy.deepcopy(dict(contents))
    for item, key in _told(result):
        item[key] = language.message(item[key])
    return result


def place_pages(contents: Contents, made: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """A table of contents with the pages that each notebook makes, by its name there, in its place: those that have a folder
    of their own below it, and none of a notebook that makes none."""
    result = copy.deepcopy(dict(contents))
    below = "sections" if "format" in result else "entries"
    for node in [*reversed([item for _, item in _items(result, ())]), result]:  # what stands lower first
        for key in (key for key in LISTS if key in node):
            node[key] = [one for entry in node[key] for one in _placed(entry, made, below=below)]
    return result


def _placed(entry: dict[str, Any], made: Mapping[str, Sequence[str]], *, below: str) -> list[dict[str, Any]]:
    """An entry, or for a notebook the entries of its pages."""
    name = entry.get("file", "")
    if not name.startswith(NOTEBOOKS):
        return [entry]
    apart = [{"file": page} for page in made.get(name, ()) if page.endswith(f"/{INDEX}")]
    beside = [{"file": page} for page in made.get(name, ()) if not page.endswith(f"/{INDEX}")]
    if beside != [{"file": name}]:
        return beside
    if apart and "subtrees" in entry:
        return [entry | {"subtrees": [*entry["subtrees"], {below: apart}]}]
    return [entry | ({below: [*entry.get(below, []), *apart]} if apart else {})]


def list_contents(pages: Sequence[str]) -> dict[str, Any]:
    """A table of contents of some pages, the first of which is the start."""
    first, *others = pages
    return {"format": "jb-book", "root": first, **({"chapters": [{"file": name} for name in others]} if others else {})}


def _items(node: Contents, place: KeyPath) -> Iterator[tuple[KeyPath, dict[str, Any]]]:
    """The groups and entries below a part of the contents, each with its place."""
    for key in (key for key in (*GROUPS, *LISTS) if key in node):
        for number, item in enumerate(node[key]):
            yield (*place, key, number), item
            yield from _items(item, (*place, key, number))


def _form(toc: Declaration[Any], node: Contents, *, place: KeyPath) -> Iterator[Finding]:
    """Lists that are none or empty, groups without entries, and entries that are not one of a page, pattern or link."""
    for key in (key for key in (*GROUPS, *LISTS) if key in node):
        items = node[key]
        if not isinstance(items, list) or not items:
            found, action = f"{key} without entries", "add one or leave it out"
            yield toc.finding((*place, key), RULE, found, "a list of entries", action)
            continue
        for number, item in enumerate(items):
            here = (*place, key, number)
            kinds = [kind for kind in KINDS if kind in item] if isinstance(item, dict) else []
            lists = [name for name in LISTS if name in item] if isinstance(item, dict) else []
            if key in GROUPS and len(lists) != 1:
                yield toc.finding(here, RULE, "a part without one list", "one list: chapters", "add its chapters")
            elif key in LISTS and (len(kinds) != 1 or not isinstance(item[kinds[0]], str)):
                allowed = "one of file, glob and url, with a text"
                yield toc.finding(here, RULE, repr(item), allowed, "name a page or a link")
            else:
                yield from _form(toc, item, place=here)


def _misnamed(toc: Declaration[Any], present: Sequence[str]) -> Iterator[Finding]:
    """Pages that are not there or named twice, patterns of no page, and links that do not lead into the web."""
    seen, root = set[str](), toc.value.get("root")
    if isinstance(root, str) and _name(root) not in present:
        yield toc.finding(("root",), RULE, repr(root), "a page of the book that is there", "name the first page")
    for place, item in _items(toc.value, ()):
        kind = next((kind for kind in KINDS if kind in item and place[-2] in LISTS), "")
        here, found = (*place, kind), repr(item.get(kind))
        if kind == "file":
            name = _name(item["file"])
            if name not in present:
                allowed = "notebooks/<name> or book/<name> of a file that is there"
                yield toc.finding(here, RULE, found, allowed, "name a page, or take the entry out")
            elif name in seen:
                yield toc.finding(here, RULE, f"{found} again", "each page once", "keep one")
            seen.add(name)
        elif kind == "glob" and not _matching(item["glob"], present):
            yield toc.finding(here, RULE, found, f"a pattern of pages, as {CHAPTERS}", "mend the pattern")
        elif kind == "url" and not WEB.fullmatch(item["url"]):
            yield toc.finding(here, RULE, found, "an address of http or https", "mend the address")


def _unshown(toc: Declaration[Any]) -> Iterator[Finding]:
    """Keys of a group that nobody reads, and captions and titles that no reader could read."""
    for place, item in _items(toc.value, ()):
        of_group = (*TOLD, *GROUPS, *LISTS, *OPTIONS) if place[-2] in GROUPS else item
        for key in [key for key in item if key not in of_group]:
            yield toc.finding((*place, key), RULE, repr(key), ", ".join(map(str, of_group)), "mend the key")
        for key in [key for key in TOLD if key in item]:
            told = item[key]
            if not isinstance(told, str):
                yield toc.finding((*place, key), RULE, repr(told), "a text", "mend it")
            elif problem := flaw(told, NAME):
                yield toc.finding((*place, key), RULE, *problem[1:])


def _refused(toc: Declaration[Any], made: dict[str, Any]) -> Iterator[Finding]:
    """What sphinx-external-toc itself does not read; it stops at its first mistake."""
    from sphinx_external_toc.parsing import MalformedError, parse_toc_data

    try:
        parse_toc_data(made)
    except (MalformedError, TypeError, ValueError) as error:
        said, _, where = str(error).partition(" @ ")
        steps = [step for step in where.strip("'").split("/") if step]
        place = tuple(int(step) if step.isdigit() else step for step in steps)
        yield toc.finding(place, RULE, said, "the keys of sphinx-external-toc", "mend this part")


def _name(file: str) -> str:
    """A page as Sphinx names it."""
    return ENDING.sub("", posixpath.normpath(file.replace("\\", "/")))


def _present(root: Path) -> list[str]:
    """The names of all pages that there are."""
    found = [path for pattern in (CHAPTERS, PAGES) for path in sorted(root.glob(pattern))]
    return [_name(path.relative_to(root).as_posix()) for path in found]


def _named(toc: Contents) -> set[str]:
    """The pages that stand in the contents by their own name."""
    return {_name(str(toc.get("root", ""))), *(_name(entry["file"]) for entry in entries(toc) if "file" in entry)}


def _matching(pattern: str, present: Sequence[str]) -> list[str]:
    return [name for name in present if fnmatchcase(name, _name(pattern))]


def _expanded(node: Contents, present: Sequence[str], *, named: set[str]) -> Iterator[tuple[str, Any]]:
    """A part of the contents with the names of its pages, and pages in the place of patterns."""
    for key, value in node.items():
        if key in GROUPS:
            yield key, [dict(_expanded(item, present, named=named)) for item in value]
        elif key in LISTS:
            pages = [page for item in value for page in _pages(item, present, named=named)]
            yield key, [dict(_expanded(page, present, named=named)) for page in pages]
        else:
            yield key, _name(value) if key in ("file", "root") and isinstance(value, str) else value


def _pages(entry: dict[str, Any], present: Sequence[str], *, named: set[str]) -> list[dict[str, Any]]:
    """An entry, or for a pattern those pages that are not named elsewhere."""
    if "glob" not in entry:
        return [entry]
    return [{"file": name} for name in _matching(entry["glob"], present) if name not in named]
