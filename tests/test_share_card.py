"""What a page says of itself where it is shared: its first sentences, and the picture of its edition."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from promotion_book.book.share_card import HEIGHT, WIDTH, describe_page, picture_of

VERDICT = "Of the 70 targets of the programmes, 5 are met and 64 cannot be judged."
LONG = " ".join(["word"] * 60)


@pytest.mark.parametrize(
    ("body", "described"),
    [
        (f'<h1>T</h1><p class="dateline">Figures public by 31 March 2026, and more words.</p><p class="v">{VERDICT}</p>', VERDICT),
        (f'<p class="figure-title">{LONG}.</p><p class="headline" id="findings">{VERDICT}</p>', VERDICT),
        (f"<p>Short.</p><p>{VERDICT} {LONG}.</p>", VERDICT),
        (f"<p><a href='x'>{VERDICT}</a> R&amp;D stays.</p>", f"{VERDICT} R&D stays."),
        (f"<p>{LONG}</p>", " ".join(["word"] * 40) + "…"),
        ("<h1>Nothing</h1>", ""),
    ],
)  # fmt: skip
def test_a_page_is_described_by_the_first_sentences_that_fit(body, described):
    assert describe_page(body) == described


def test_the_picture_of_an_edition_has_the_size_that_services_show_and_the_same_bytes_each_time():
    first, again = (picture_of("Khuyến công Hà Nội, 2025", VERDICT, foot="The book · 2026") for _ in range(2))
    assert Image.open(io.BytesIO(first)).size == (WIDTH, HEIGHT)
    assert first == again
