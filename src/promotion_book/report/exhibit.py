"""What a chapter needs to know of something that it shows with files of its own."""

from __future__ import annotations

from typing import Protocol

from promotion_book.charts.caption import Caption
from promotion_book.report.tables import Table
from promotion_book.words.language import Language
from promotion_book.words.markup import Html


class Exhibit(Protocol):
    """What is shown with files of its own: a figure, or an explorer."""

    @property
    def title(self) -> str:
        """The title of the block and of its files."""

    @property
    def subtitle(self) -> str:
        """What is drawn, and its unit; or empty."""

    @property
    def twin(self) -> Table:
        """Its numbers as a table, with its name and sources; none stands for all sources."""

    def with_notice(self, words: str) -> Exhibit:
        """The same with words above its picture, which stay with what somebody passes on."""

    def files(self, caption: Caption) -> dict[str, bytes]:
        """Its files by name; pictures carry their caption."""

    def html(self, folder: str, language: Language, *, number: str) -> Html:
        """Its block on a page whose files lie in a folder."""

    def text(self) -> str:
        """The same in plain text."""
