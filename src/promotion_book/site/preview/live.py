"""A server of a preview, whose pages load themselves again when the preview has changed.

Each page is sent with one script more than its file has, which waits for a change after the one that the page
shows. It has an address of its own, since the policy of the pages allows nothing inline.
"""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Condition
from urllib.parse import urlsplit

from promotion_book.site.preview.serving import FolderPages

CHANGES, SCRIPT = "/changes", "/changes.js"
LOADED = '<script src="{address}?{shown}"></script>\n'
WAITS = (
    f'new EventSource("{CHANGES}" + new URL(document.currentScript.src).search).onmessage = () => location.reload();\n'
)
BEAT = 15.0  # seconds after which a browser that has gone is noticed


class PreviewServer(ThreadingHTTPServer):
    """A server on this machine only; `changed` tells all open pages."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, folder: Path, port: int) -> None:
        super().__init__(("127.0.0.1", port), partial(_LivePage, directory=str(folder)))
        self.version, self.news = 0, Condition()

    def changed(self) -> None:
        """Let all open pages load themselves again."""
        with self.news:
            self.version += 1
            self.news.notify_all()


class _LivePage(FolderPages):
    server: PreviewServer

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        page = path / "index.html" if path.is_dir() and self.path.endswith("/") else path
        asked = urlsplit(self.path)
        if asked.path == CHANGES:
            self._changes(int(asked.query) if asked.query.isdecimal() else 0)
        elif asked.path == SCRIPT:
            self._send("text/javascript", WAITS.encode())
        elif page.suffix == ".html" and page.is_file():
            script = LOADED.format(address=SCRIPT, shown=self.server.version).encode()
            self._send("text/html; charset=utf-8", page.read_bytes().replace(b"</body>", script + b"</body>"))
        else:
            super().do_GET()

    def _send(self, kind: str, content: bytes) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def _changes(self, shown: int) -> None:
        """An event for each change after the one that is shown, until the browser goes."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        try:
            while True:
                news, shown = self._news(shown)
                self.wfile.write(b"data: changed\n\n" if news else b": here\n\n")
        except OSError:
            return  # the browser has gone

    def _news(self, shown: int) -> tuple[bool, int]:
        with self.server.news:
            news = self.server.news.wait_for(lambda: self.server.version > shown, timeout=BEAT)
            return news, self.server.version
