"""The published site: every edition at its own address for ever, changed in one switch.

    _site/
        index.html archive.en.html ...      the archive, the revision log, the feed, the sitemap
        latest/                             leads to the newest edition
        hanoi/2025/en/...                   an edition: its newest revision
        hanoi/2025/r0/en/...                a revision, with its manifest and downloads

`publish` puts editions there, `server` shows them on this machine. A revision is never changed once it is
published: what must be newer than a page, such as the way to a newer edition, its script reads from
`editions.en.json` when the page is looked at.
"""

from promotion_book.site.manifest import Note
from promotion_book.site.publisher import Published, publish
from promotion_book.site.server import server
from promotion_book.site.store import SITE, SiteError

__all__ = ["SITE", "Note", "Published", "SiteError", "publish", "server"]
