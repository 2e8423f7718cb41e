"""The pages of programmes: one notebook, and a page for every programme of a place that has no notebook of its own.

The table of contents names `notebooks/programme` once. In its place stand the pages of the place, in the order of its
programmes, each beside the chapters at an address of its own: `notebooks/training`. A programme whose chapter has a
notebook (`notebooks/ocop`) needs no such page. A programme of which the place knows nothing has no page at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from promotion_book.facts import Package
from promotion_book.facts.place_programmes import place_programmes, told_programmes
from promotion_book.facts.rows import each
from promotion_book.report.parameters import PROGRAMME
from promotion_book.running.contents import entries, replace_page
from promotion_book.running.grid import GridPage

NOTEBOOKS = "notebooks/"
ADDRESS = f"{NOTEBOOKS}{PROGRAMME}"
TITLE = f"{{{PROGRAMME}}}"


def with_programmes(found: Sequence[GridPage], package: Package) -> list[GridPage]:
    """The pages of a book for a place: in the place of the notebook of programmes those of its own, and none of others."""
    rows, chapters = place_programmes(package), {page.chapter for page in found}
    missing = rows[~rows["chapter"].isin(chapters)]
    others = {*package["programmes"]["chapter"]} - {*told_programmes(package)["chapter"]}
    mine = [page for page in found if page.notebook.stem not in others]
    return [one for page in mine for one in (_pages(page, missing) if page.address == ADDRESS else [page])]


def _pages(page: GridPage, programmes: pd.DataFrame) -> list[GridPage]:
    """A page for each programme, at the address of its chapter."""
    return [
        GridPage(page.notebook, f"{NOTEBOOKS}{row.chapter}", {PROGRAMME: row.programme_id}, TITLE)
        for row in each(programmes)
    ]


def name_programmes(contents: Mapping[str, Any], found: Sequence[GridPage]) -> dict[str, Any]:
    """The table of contents with the pages of the programmes in the place of their notebook, and no chapter without a page."""
    pages, there = [page.address for page in found if PROGRAMME in page.parameters], {page.address for page in found}
    for name in [entry.get("file", "") for entry in entries(contents)]:
        if name.startswith(NOTEBOOKS) and name not in there:
            contents = replace_page(contents, name, pages=pages if name == ADDRESS else [])
    return dict(contents)
