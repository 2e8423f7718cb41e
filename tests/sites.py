"""Small editions of a made-up place, finished as a build would finish them, and ready to be published."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader
from lxml import html

from builders import notebook
from places import NAME, put_place
from promotion_book.book.book_edition import edition_words
from promotion_book.facts import read
from promotion_book.facts.package import data_folder
from promotion_book.facts.published_projections import FILE
from promotion_book.report.marks import CITE, DATASET, NOTICE, mark
from promotion_book.running.hashing import file_sha256, folder_sha256
from promotion_book.running.plan import EditionBuild, EditionId, locate_build
from promotion_book.running.pool.local import LocalRunner
from promotion_book.running.what_if_file import WhatIf
from promotion_book.site.earlier import earlier_projections
from promotion_book.site.edition import build_edition
from promotion_book.site.manifest import Note
from promotion_book.site.publish import Published, publish
from promotion_book.site.seal import write_seal
from promotion_book.site.software import read_commit
from promotion_book.words.language import LANGUAGES
from promotion_book.words.translation import load_language

TODAY = date(2026, 11, 24)
BOOK = Path(__file__).parent.parent / "book"
STATIC = ("book.css", "editions.js")
TEMPLATES = Environment(loader=FileSystemLoader(BOOK / "_templates"))
CONFIG = (
    "author: The report book & friends\nauthor_vi: Báo cáo & bạn bè\n"
    "contact: desk@example.org\nhtml:\n  baseurl: '{address}'\n"
)
SEALS: dict[str, dict[str, bytes]] = {}
ERROR = Note("error", {"en": "Exports were counted twice."})
FIGURES = "indicator_id,area,scope,period,plan,unit,value,low,high,source_id,name,told,source"
START, EXPORTS = "book/index", "notebooks/exports"


def build_hanoi(root: Path, period: str, code: str, what_if: WhatIf | None = None) -> EditionBuild:
    """The edition of Hanoi of a period, built by kernels of its own."""
    built = locate_build(root, EditionId("hanoi", period), language=code, what_if=what_if.name if what_if else "")
    with LocalRunner() as runner:
        return build_edition(root, built, progress=lambda *_: None, runner=runner, what_if=what_if)


@cache
def page_tree(path: Path) -> html.HtmlElement:
    """A built page, read once for all tests that only look at it."""
    return html.document_fromstring(path.read_text(encoding="utf-8"))


def small_book(project: Path, root: Path, *chapters: str) -> Path:
    """A copy of a project whose book has these chapters alone."""
    shutil.copytree(project, root, ignore=shutil.ignore_patterns("_build", "_site*", "copied_site", "other"))
    files = [{"file": f"notebooks/{name}"} for name in chapters]
    contents = {"format": "jb-book", "root": "book/index", "parts": [{"caption": "A", "chapters": files}]}
    (root / "_toc.yml").write_text(json.dumps(contents), encoding="utf-8")
    (root / "notebooks" / "grid.yml").write_text("[]\n", encoding="utf-8")
    return root


def put_project(root: Path, address: str = "") -> Path:
    """The folder of a project with one small place; tests name it by PROMOTION_BOOK_DATA."""
    put_place(root / "data")
    (root / "requirements.lock").write_text("", encoding="utf-8")
    (root / "_config.yml").write_text(CONFIG.format(address=address), encoding="utf-8")
    return root


def html_page(text: str, name: str, place: str, period: str, code: str) -> str:
    """A page with the header, footer and marks of a built page, by the templates of the book."""
    up = "../" * name.count("/")
    days = {"cut_off": "31 March", "next": "Next release: 15 January 2027 (2025).", "contact": "", "repository": ""}
    edition = {"place": place, "period": period, "place_name": place, "period_name": period, **days}
    words = edition_words(edition, load_language(code), up=up)
    header, footer = (TEMPLATES.get_template(f"edition-{part}.html") for part in ("switcher", "footer"))
    scripts = (
        f'<link rel="stylesheet" href="{up}_static/book.css"><script defer src="{up}_static/editions.js"></script>'
    )
    return (
        f'<!doctype html>\n<html lang="{code}" data-content_root="{up or "./"}">\n<head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{name} \N{EM DASH} Report</title>'
        f"{scripts}{mark(DATASET)}</head>\n<body>\n<header>{header.render(edition=words, pagename=name)}</header>\n"
        f'<main><article class="bd-article">{mark(NOTICE)}<h1>{text}</h1>{mark(CITE)}</article></main>\n'
        f"<footer>{footer.render(edition=words)}</footer>\n</body>\n</html>\n"
    )


def make(root: Path, period: str, place: str = NAME, pages: Iterable[str] = (), **texts: str) -> None:
    """A finished edition in every language, of a start page, a page on exports, and others.

    Args:
        texts: what the pages say, `start` and `exports`; and the `figure` and the `projections` of the edition.
    """
    for code in LANGUAGES:
        finish(root, locate_build(root, EditionId(place, period), language=code), pages, **texts)


def finish(root: Path, built: EditionBuild, pages: Iterable[str] = (), **texts: str) -> None:
    """A finished edition in one language, as `make`."""
    said = {START: texts.get("start", "hello"), EXPORTS: texts.get("exports", "exports")} | dict.fromkeys(pages, "more")
    shutil.rmtree(built.folder, ignore_errors=True)
    of = (built.edition.place, built.edition.period, built.language)
    for name, text in said.items():
        put(built.html / f"{name}.html", html_page(f"{text} {built.edition.period}", name, *of))
    for name in STATIC:
        put(built.html / "_static" / name, (BOOK / "_static" / name).read_text(encoding="utf-8"))
    put(
        built.html / "notebooks" / "results" / "exports.json",
        json.dumps(result(built.edition.place, built.edition.period)),
    )
    put(built.html / "notebooks" / "results" / "exports.ipynb", notebook("exports"))
    if "projections" in texts:
        put(built.html / FILE, texts["projections"])
    put_state(built.html / "notebooks" / "results" / "changes", texts.get("figure", "4400000"))
    seal(built, root)


def seal(built: EditionBuild, root: Path) -> None:
    """Seal an edition. The seal of the same files is written once for all tests: it takes most of their time."""
    package = read(built.edition.place)
    of_site = earlier_projections(root, package, period=built.edition.period)
    written = {path.name: file_sha256(path) for path in sorted(root.iterdir()) if path.is_file()}
    made_of = [written, of_site, *map(folder_sha256, (data_folder(), built.html))]
    key = repr((built.edition, built.language, read_commit(root), made_of))
    if key not in SEALS:
        write_seal(built, root, package=package)
        SEALS[key] = {
            name: (built.folder / name).read_bytes()
            for name in folder_sha256(built.folder)
            if not name.startswith("html/")
        }
    for name, content in SEALS[key].items():
        (built.folder / name).parent.mkdir(exist_ok=True)
        (built.folder / name).write_bytes(content)


def put_state(folder: Path, figure: str) -> None:
    """The files of the chapter `changes`: one figure, one target."""
    row = f"handicraft_exports,hanoi,,2022,False,usd,{figure},,,src_002,Handicraft exports (2022),USD {figure},Paper"
    put(folder / "figures.csv", f"{FIGURES}\n{row}\n")
    put(folder / "statuses.csv", "target_id,indicator_id,period,status,source_id\na,ocop_total,2025,met,src_001\n")


def result(place: str, period: str) -> Mapping[str, object]:
    """What a chapter leaves."""
    return {"chapter": "exports", "parameters": {"place": place, "period": period}, "results": {"exports": 4.4e6}}


def copy_site(root: Path, folder: Path) -> Path:
    """The site of a project as a host has it, with files in the place of links."""
    return shutil.copytree(root / "_site", folder)


def put(path: Path, text: str) -> None:
    """Write a file and its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def published(
    root: Path, *periods: str, note: Note | None = None, today: date = TODAY, **texts: str
) -> list[Published]:
    """Make editions of the small place, and publish them together."""
    for period in periods:
        make(root, period, **texts)
    return publish(root, [EditionId(NAME, period) for period in periods], today=today, note=note)


def set_day(patch: pytest.MonkeyPatch, day: date) -> None:
    """Let commands run on a day, and without the printer."""
    for module in ("common", "reporting_round", "site"):
        patch.setattr(f"promotion_book.cli.{module}.today", lambda: day)
    patch.setattr("promotion_book.site.copies.pdf.find_chromium", lambda: None)


def page(root: Path, address: str, name: str = START) -> str:
    """A page of the site, by the address of its edition or revision: 2023/en or 2023/r0/en."""
    return (root / "_site" / NAME / address / f"{name}.html").read_text(encoding="utf-8")


def revise(root: Path, period: str = "2023", note: Note = ERROR, **texts: str) -> list[Published]:
    """An edition published as the next revision."""
    return published(root, period, note=note, **texts)
