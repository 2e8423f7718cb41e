"""An edition of a package whose every text is hostile, published with a corrected error, and a what-if of it."""

from __future__ import annotations

import csv
import io
import re
import shutil
from datetime import date
from itertools import count, cycle
from pathlib import Path

import yaml

from places import change_descriptor
from promotion_book.facts import read
from promotion_book.facts.package import data_from
from promotion_book.running.data_package import data_files
from promotion_book.running.named_files import write_files
from promotion_book.running.plan import EditionId
from promotion_book.running.what_if_file import prepare_what_if
from promotion_book.site.copies.pdf import find_chromium
from promotion_book.site.manifest import Note
from promotion_book.site.publish import publish
from promotion_book.site.seal import write_seal
from promotion_book.words.language import LANGUAGES
from sites import build_hanoi

ROOT = Path(__file__).parent.parent
HOSTILE = (
    "</title><img src=x onerror=p()>",
    '"><script>p()</script>',
    "'><svg onload=p()>",
    "{{7*7}}{% p %}${p()}{p}",
    "[a](javascript:p()) ![b](x) <https://p>",
    "=1+1 $x^2$ \\textbf{p}",
    "--> ]]> <!--/revision--> *p*",
    "# <b onclick=p()>`p`",
    "{% raw %} %(p)s {0} \\N{DASH} \\g<0>",
    "</script><script>p()</script> &copy &lt } </style>",
    "@SUM(1) | a | b | ~~p~~ :ref:`p` [^p] |p|",
    "-1|cmd ..%2f %00 BEGIN:VEVENT;p\\n \\input{p} @book{",
)
NAMES = ("<img src=x onerror=p()>", '"><script>p()//', "'><svg onload=p()>", "{{7*7}}${p()}{p}", "=[a](javascript:p())")
UNIT = "<u>"  # what stands beside numbers, of which a picture's words have many
ADDRESSES = (
    "javascript:p()",
    "data:text/html,<script>p()</script>",
    'https://p.vn/"onclick="p()',
    "//p.vn",
    "JAVASCRIPT:p()",
)


PLACE, TITLE, REASON, AUTHOR = (f"{HOSTILE[0]} {name} {HOSTILE[6]}" for name in ("place", "title", "reason", "author"))
CHAPTERS = ("summary", "handicraft_exports", "what_if", "sources_and_conflicts")
AT_NIGHT = (*CHAPTERS, "scenarios", "earlier_projections", "changes", "data_coverage")
TOLD = re.compile(r"_(en|vi)$")
OTHER = {"sources": ("title", "publisher"), "left_out": ("reason",)}
GRID = [
    {
        "notebook": "what_if",
        "address": "what_if/{case}",
        "title": "Industrial promotion in {place}: all editions",
        "grid": {"case": {"half": {"effort": "0.5"}}},
    }
]


def hostile(data: Path) -> None:
    """Make every text of a data package hostile; keys and numbers stay, and a correction of a text names what it was."""
    numbers, texts, names, addresses = count(), cycle(HOSTILE), cycle(NAMES), cycle(ADDRESSES)
    read_rows = {path.stem: rows(path) for path in data.glob("*.csv")}
    tables = {name: [dict(zip(head, row, strict=True)) for row in rest] for name, (head, *rest) in read_rows.items()}
    for name, table in tables.items():
        for row in table:
            told = [column for column in row if TOLD.search(column) or column in OTHER.get(name, ())]
            for column in (column for column in told if row[column] or column.startswith(("note", "author"))):
                text = next(names if column.startswith("name") else texts)
                row[column] = UNIT if name == "units" else f"{text} {next(numbers)}"
            row |= {column: next(addresses) for column in row if column == "address"}
    keys = {"observations": "observation_id", "targets": "target_id"}
    for row in tables["corrections"]:
        (printed,) = [of for of in tables[row["table"]] if of[keys[row["table"]]] == row["row_id"]]
        if TOLD.search(row["column"]):
            row |= {"printed": printed[row["column"]], "used": next(texts)}
    for name, table in tables.items():
        with (data / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(table[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(table)
    change_descriptor(data, lambda said: said["place"].update(name_en=PLACE, name_vi=PLACE))


def rows(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def contents(root: Path, *chapters: str) -> None:
    files = ["book/methods", "book/reading", *(f"notebooks/{name}" for name in chapters)]
    parts = [{"caption": "The report", "chapters": [{"file": name} for name in files]}]
    text = yaml.safe_dump({"format": "jb-book", "root": "book/index", "parts": parts}, sort_keys=False)
    (root / "_toc.yml").write_text(text, encoding="utf-8")


def put_book(root: Path) -> None:
    """Put a small book of the hostile package into a folder."""
    for name in ("book", "data", "notebooks"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("results", ".ipynb_checkpoints"))
    (root / "tests").mkdir()
    for name in ("requirements.lock", "tests/cases.csv"):
        shutil.copyfile(ROOT / name, root / name)
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    config |= {"author": AUTHOR, "html": {**config["html"], "baseurl": "https://example.org/"}}
    (root / "_config.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    (root / "notebooks" / "grid.yml").write_text(yaml.safe_dump(GRID), encoding="utf-8")
    (root / "book" / "index.md").write_text("# In {{ place }}, {{ period }}\n\n{{ place }} on {{ cut_off }}\n")
    for name in ("methods", "reading"):
        (root / "book" / f"{name}.md").write_text(f"# {name}\n")
    texts = ["In {{ place }}, {{ period }}", "{{ place }} on {{ cut_off }}", "methods", "reading"]
    with (root / "book" / "locale" / "vi" / "LC_MESSAGES" / "book.po").open("a", encoding="utf-8") as catalogue:
        catalogue.writelines(f'\nmsgid "{text}"\nmsgstr "{text}"\n' for text in texts)
    write_files(data_files(root / "data" / "hanoi"), root / "data" / "hanoi")
    shutil.rmtree(root / "data" / "vocabulary")
    hostile(root / "data" / "hanoi")


def publish_twice(root: Path, chapters: tuple[str, ...]) -> None:
    contents(root, *chapters)
    built = [build_hanoi(root, "2025", code) for code in LANGUAGES]
    publish(root, [EditionId("hanoi", "2025")], today=date(2026, 11, 24))
    for each in built:
        page = each.html / "notebooks" / "summary.html"
        page.write_text(page.read_text(encoding="utf-8").replace("</article>", "<p>Corrected.</p></article>"))
        write_seal(each, root, package=read("hanoi"))
    note = Note("error", {"en": REASON, "vi": REASON})
    publish(root, [EditionId("hanoi", "2025")], today=date(2026, 11, 25), note=note, printer=find_chromium())


def build_what_if(root: Path) -> None:
    contents(root, "scenarios", "what_if", "earlier_projections")
    (root / "notebooks" / "grid.yml").write_text("[]\n")
    row = {"scenario": "slow", "name_en": HOSTILE[1], "indicator_id": "handicraft_exports", "kind": "constant_growth"}
    row |= {"parameters": "growth=0.02", "until": "2025", "reason_en": HOSTILE[0]}
    said = {"title": TITLE, "author": AUTHOR, "scenarios": [row]}
    (root / "slow.yml").write_text(yaml.safe_dump(said), encoding="utf-8")
    found = prepare_what_if(root, "hanoi", path=root / "slow.yml")
    with data_from(found.data):
        build_hanoi(root, "2025", "en", found)
