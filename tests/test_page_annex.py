"""The foot of a page: what it rests on."""

from __future__ import annotations

import matplotlib as mpl
import pytest

from places import figure, put_place, source
from promotion_book.facts.package import APART
from promotion_book.report.page import open_page
from promotion_book.report.parameters import LanguageCode, PeriodLabel, Place

NONE = "No figure or target of Lang Moi as it is now was found for this page."


@pytest.mark.parametrize(("area", "said"), [("vietnam", True), ("hanoi", False)])
def test_a_page_says_when_all_that_is_known_is_of_other_areas(tmp_path, monkeypatch, area, said):
    there = figure("ocop_total", 2022, 1500, "products", "src_001", area=area)
    put_place(tmp_path / "data", tables={"sources": [source("src_001", "2023-02-01")], "observations": [there]})
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    shown: list[str] = []
    monkeypatch.setattr("promotion_book.report.page.display", lambda block: shown.append(block.text))
    kinds = {"place": Place, "period": PeriodLabel, "language": LanguageCode}
    with mpl.rc_context():
        given = {"__annotations__": kinds, "place": "lang_moi", "period": "2023", "language": "en"}
        open_page("ocop", given, tables=APART).annex()
    assert any(block.startswith(NONE) for block in shown) is said
