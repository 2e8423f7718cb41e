"""The pages of programmes: one notebook, and a page for every programme of a place that has no notebook of its own.

The table of contents names `notebooks/programme` once. In its place stand the pages of the place, in the order of its
programmes, each beside the chapters at an address of its own: `notebooks/training`. A programme whose chapter has a
notebook (`notebooks/ocop`) needs no such page. A programme of which the place knows nothing has no page at all.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from promotion_book.facts import Package
from promotion_book.facts.place_programmes import place_programmes, told_programmes
from promotion_book.facts.rows import each
from promotion_book.report.parameters import PROGRAMME
from promotion_book.running.contents import NOTEBOOKS
from promotion_book.running.grid import GridPage

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
