"""Tables that are changed: rows at the end, other cells in rows, rows that go, and every other byte as it was."""

from __future__ import annotations

import pytest

from promotion_book.facts.files import BOM
from promotion_book.intake.table_files import change_table, lines_of

TABLE = BOM + b'id;note\r\n1;"on two\nlines"\r\n2;last'
NEW = {"id": "3", "note": "a; b", "other": "of no column"}


@pytest.mark.parametrize(
    ("mended", "made"),
    [
        ({}, 'id;note\r\n1;"on two\nlines"\r\n2;last\n3;"a; b"\n'),
        ({2: {"note": "mended"}}, 'id;note\r\n1;mended\n2;last\n3;"a; b"\n'),
        ({2: {}}, 'id;note\r\n2;last\n3;"a; b"\n'),
        ({4: {}}, 'id;note\r\n1;"on two\nlines"\r\n3;"a; b"\n'),
    ],
    ids=["nothing else", "a cell", "a row of two lines", "the last row"],
)
def test_a_table_keeps_its_sign_between_cells_and_every_row_that_is_not_changed(mended, made):
    assert change_table(TABLE, [NEW], mended=mended) == BOM + made.encode()


@pytest.mark.parametrize("content", [TABLE, TABLE + b"\r\n"])
def test_the_row_that_is_added_next_is_in_the_line_after_all_others(content):
    assert lines_of(content) == 4
