"""Files of a folder as a server on this machine shows them: text in UTF-8, no lists of files, and no word of a reader
who has gone."""

from __future__ import annotations

from contextlib import suppress
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler
from typing import Any


class Files(SimpleHTTPRequestHandler):
    """Answers requests for the files of a folder."""

    def handle(self) -> None:
        """Answer until the browser is served or has hung up."""
        with suppress(ConnectionError):
            super().handle()

    def send_head(self) -> Any:
        """Send the head of an answer; an address that no file can have is a bad request."""
        try:
            return super().send_head()
        except ValueError:
            self.send_error(HTTPStatus.BAD_REQUEST)
            return None

    def list_directory(self, path: Any) -> None:
        """A folder without a page is not found."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def guess_type(self, path: Any) -> str:
        """The type of a file; text is in UTF-8."""
        kind = str(super().guess_type(path))
        return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind

    def log_message(self, format: str, *args: object) -> None:
        """Requests are not written to the terminal."""
