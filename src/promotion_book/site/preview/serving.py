"""Servers on this machine only: of any folder, and of the published site with the headers of `policy`.

Text is in UTF-8, a folder is not listed, and nothing is said of a reader who has gone.
"""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from promotion_book.book.policy import HEADERS
from promotion_book.site.store import SITE, SiteError, refuse_lost
from promotion_book.site.verify import NOTHING


class FolderPages(SimpleHTTPRequestHandler):
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


class LocalServer(ThreadingHTTPServer):
    """A server of a folder, on this machine only; port 0 takes any free one.

    Raises:
        OSError: the port cannot be had.
    """

    def __init__(self, folder: Path, port: int, pages: type[FolderPages]) -> None:
        try:
            super().__init__(("127.0.0.1", port), partial(pages, directory=str(folder)))
        except OSError as error:
            raise OSError(error.errno, f"{error.strerror}; name another one with --port", f"port {port}") from error


def site_server(root: Path, port: int) -> LocalServer:
    """A server of the site.

    Raises:
        SiteError: nothing has been published, or it is gone.
        OSError: as `LocalServer`.
    """
    refuse_lost(root / SITE)
    if not (root / SITE).is_dir():
        raise SiteError(NOTHING)
    return LocalServer(root / SITE, port, _SitePage)


class _SitePage(FolderPages):
    def end_headers(self) -> None:
        for name, value in HEADERS.items():
            self.send_header(name, value)
        super().end_headers()
