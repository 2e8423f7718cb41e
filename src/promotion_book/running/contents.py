"""The table of contents, `_toc.yml`: parts with their chapters, or chapters alone, and sections below these.

    format: jb-book
    root: book/index
    parts:
      - caption: The report
        chapters:
          - file: notebooks/ocop          # a page as Sphinx names it, without ending
            sections: ...

What cannot be used is a finding with its line. Chapters are the notebooks of `notebooks/`, wherever they stand in it; all
other pages lie in `book/`.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from promotion_book.facts.declaration import Declaration, KeyPath
from promotion_book.facts.findings import Finding
from promotion_book.running.configuration import CONTENTS
from promotion_book.running.declarations import NonEmpty, read_declaration, refuse
from promotion_book.words.language import Language

LISTS = ("parts", "chapters", "sections")
TOLD = ("caption", "title")
RULE = "contents"  # the rule of what is found in them
PAGES = ("notebooks/*.ipynb", "book/**/*.md")

Contents = Mapping[str, Any]


class ContentsEntry(BaseModel):
    """A page, the title that takes the place of its own, and the pages below it."""

    model_config = ConfigDict(extra="forbid")

    file: NonEmpty
    title: NonEmpty = ""
    sections: list[ContentsEntry] = Field(default=[], min_length=1)


class ContentsPart(BaseModel):
    """Chapters under a caption."""

    model_config = ConfigDict(extra="forbid")

    caption: NonEmpty
    chapters: list[ContentsEntry] = Field(min_length=1)


class ContentsFile(BaseModel):
    """What `_toc.yml` says."""

    model_config = ConfigDict(extra="forbid")

    format: Literal["jb-book"]
    root: NonEmpty
    parts: list[ContentsPart] = Field(default=[], min_length=1)
    chapters: list[ContentsEntry] = Field(default=[], min_length=1)


def read_contents(root: Path) -> dict[str, Any]:
    """The table of contents.

    Raises:
        DeclarationError: it is no table of contents, or names what is no page of the book.
    """
    toc: Declaration[ContentsFile] = read_declaration(root / CONTENTS, CONTENTS, model=ContentsFile)
    made = toc.value.model_dump(exclude_unset=True)
    present = {path.relative_to(root).with_suffix("").as_posix() for pages in PAGES for path in root.glob(pages)}
    refuse(_misnamed(Declaration(toc.file, made, toc.lines), present))
    return made


def chapter_notebooks(root: Path) -> list[Path]:
    """The notebooks that the table of contents names, in its order.

    Raises:
        DeclarationError: the table of contents cannot be used.
    """
    files = [entry["file"] for entry in entries(read_contents(root))]
    return [root / f"{name}.ipynb" for name in files if name.startswith("notebooks/")]


def entries(contents: Contents) -> Iterator[dict[str, Any]]:
    """Every page of a table of contents, in its order."""
    yield from (entry for _, entry in _items(contents, ()) if "file" in entry)


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


def add_sections(contents: Contents, pages: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """A table of contents with more pages below some of its own, by the name of these."""
    result = copy.deepcopy(dict(contents))
    for entry in [entry for entry in entries(result) if pages.get(entry["file"])]:
        entry["sections"] = [*entry.get("sections", []), *({"file": name} for name in pages[entry["file"]])]
    return result


def replace_page(contents: Contents, name: str, *, pages: Sequence[str]) -> dict[str, Any]:
    """A table of contents with other pages in the place of one, beside each other."""
    result = copy.deepcopy(dict(contents))
    more = [{"file": page} for page in pages]
    for node in [result, *(item for _, item in _items(result, ()))]:
        for key in (key for key in LISTS if key in node):
            node[key] = [one for entry in node[key] for one in (more if entry.get("file") == name else [entry])]
    return result


def list_contents(pages: Sequence[str]) -> dict[str, Any]:
    """A table of contents of some pages, the first of which is the start."""
    first, *others = pages
    return {"format": "jb-book", "root": first, **({"chapters": [{"file": name} for name in others]} if others else {})}


def _items(node: Contents, place: KeyPath) -> Iterator[tuple[KeyPath, dict[str, Any]]]:
    """The groups and entries below a part of the contents, each with its place."""
    for key in (key for key in LISTS if key in node):
        for number, item in enumerate(node[key]):
            yield (*place, key, number), item
            yield from _items(item, (*place, key, number))


def _misnamed(toc: Declaration[dict[str, Any]], present: set[str]) -> Iterator[Finding]:
    """Pages that are not there or named twice."""
    seen = set[str]()
    for place, item in [((), {"root": toc.value["root"]}), *_items(toc.value, ())]:
        for key in (key for key in ("root", "file") if key in item):
            name = item[key]
            if name not in present:
                allowed = "notebooks/<name> or book/<name> of a file that is there"
                yield toc.finding((*place, key), RULE, repr(name), allowed, "name a page, or take the entry out")
            elif name in seen:
                yield toc.finding((*place, key), RULE, f"{name!r} again", "each page once", "keep one")
            seen.add(name)
