"""A server of a preview, whose pages load themselves again when the preview has changed.

Each page is sent with one script more than its file has, which asks time and again whether the preview is still the one that
the page shows. It has an address of its own, since the policy of the pages allows nothing inline.
"""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from time import time_ns

from promotion_book.site.preview.serving import FolderPages, LocalServer

VERSION, SCRIPT = "/version", "/version.js"
LOADED = '<script src="{address}?{shown}"></script>\n'
ASKS = f"""const shown = new URL(document.currentScript.src).search;
setInterval(async () => {{
  const answer = await fetch("{VERSION}");
  if (`?${{await answer.text()}}` !== shown) location.reload();
}}, 300);
"""


class PreviewServer(LocalServer):
    """A server of a book; `changed` lets all open pages load themselves again."""

    def __init__(self, folder: Path, port: int) -> None:
        super().__init__(folder, port, _LivePage)
        self.changed()

    def changed(self) -> None:
        """Note that the preview is another one now, also than that of a server before this one."""
        self.version = time_ns()


class _LivePage(FolderPages):
    server: PreviewServer

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        page = path / "index.html" if path.is_dir() and self.path.endswith("/") else path
        if self.path == VERSION:
            self._send("text/plain", str(self.server.version).encode())
        elif self.path.startswith(f"{SCRIPT}?"):
            self._send("text/javascript", ASKS.encode())
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
