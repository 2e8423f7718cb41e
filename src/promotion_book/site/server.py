"""A server of the published site, on this machine only, with the headers of `policy`."""

from __future__ import annotations

from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

from promotion_book.book.policy import HEADERS
from promotion_book.site.serving import Files
from promotion_book.site.store import SITE, SiteError


def server(root: Path, port: int) -> ThreadingHTTPServer:
    """A server of the site; port 0 takes any free one.

    Raises:
        SiteError: nothing has been published.
    """
    if not (root / SITE).exists():
        raise SiteError("nothing has been published; run 'promotion-book build' and 'promotion-book publish'")
    return ThreadingHTTPServer(("127.0.0.1", port), partial(_Page, directory=str(root / SITE)))


class _Page(Files):
    def end_headers(self) -> None:
        for name, value in HEADERS.items():
            self.send_header(name, value)
        super().end_headers()
