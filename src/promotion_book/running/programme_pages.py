"""The pages of programmes: one notebook, and a page for every programme of a place that has no notebook of its own.

The table of contents names `notebooks/programme` once. In its place stand the pages of the place, in the order of its
programmes, each beside the chapters at an address of its own: `notebooks/training`. A programme whose chapter has a
notebook (`notebooks/ocop`) needs no such page, and a programme that the place does not have gets none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from promotion_book.facts import Package
from promotion_book.facts.place_programmes import place_programmes
from promotion_book.facts.rows import each
from promotion_book.report.parameters import PROGRAMME
from promotion_book.running.contents import replace_page
from promotion_book.running.grid import GridPage

ADDRESS = f"notebooks/{PROGRAMME}"
TITLE = f"{{{PROGRAMME}}}"


def with_programmes(found: Sequence[GridPage], package: Package) -> list[GridPage]:
    """The pages of a book, in the place of the notebook of programmes those of the programmes of a place."""
    rows, chapters = place_programmes(package), {page.chapter for page in found}
    missing = rows[~rows["chapter"].isin(chapters)]
    return [one for page in found for one in (_pages(page, missing) if page.address == ADDRESS else [page])]


def _pages(page: GridPage, programmes: pd.DataFrame) -> list[GridPage]:
    """A page for each programme, at the address of its chapter."""
    return [
        GridPage(page.notebook, f"notebooks/{row.chapter}", {PROGRAMME: row.programme_id}, TITLE)
        for row in each(programmes)
    ]


def name_programmes(contents: Mapping[str, Any], found: Sequence[GridPage]) -> dict[str, Any]:
    """The table of contents with the pages of the programmes in the place of their notebook."""
    pages = [page.address for page in found if PROGRAMME in page.parameters]
    return replace_page(contents, ADDRESS, pages=pages)
