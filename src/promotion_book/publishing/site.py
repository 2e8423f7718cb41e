"""The published site: every edition at its own address, changed in one atomic switch.

    _site -> _site.versions/<n>          a link; a reader always sees one complete version
        index.html                       start page with all editions
        hanoi/2025/en/...                an edition, with its edition.json

Publishing makes a new version beside the old one (unchanged editions are hard links, so they cost
nothing), checks it, and moves the link. A stopped publisher leaves the old site as it was.
"""

from __future__ import annotations

import fcntl
import html
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from promotion_book.display.language import LANGUAGES
from promotion_book.facts.package import read
from promotion_book.facts.periods import parse
from promotion_book.publishing.archive import archive
from promotion_book.publishing.plan import Built
from promotion_book.publishing.seal import SEAL, unsealed
from promotion_book.publishing.translation import language

SITE, VERSIONS = "_site", "_site.versions"


class SiteError(Exception):
    """The site cannot be changed as asked; it stays as it was."""


def publish(root: Path, built: Built) -> Path:
    """Put a built edition on the site and its projections into the archive; its address is returned.

    Raises:
        ArchiveError: its projections do not fit the archive.
        SiteError: the edition is not finished, or another publisher is at work.
    """
    reason = unsealed(built)
    if reason:
        raise SiteError(reason)
    with _alone(root):
        draft = _copied(root)
        address = draft / built.place / built.period / built.language
        shutil.rmtree(address, ignore_errors=True)
        shutil.copytree(built.html, address)
        shutil.copyfile(built.folder / SEAL, address / SEAL)
        (draft / "index.html").unlink(missing_ok=True)
        (draft / "index.html").write_text(start_page(draft), encoding="utf-8")
        archive(root, built)
        _switch(root, draft)
    return root / SITE / built.place / built.period / built.language


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """One publisher at a time."""
    (root / VERSIONS).mkdir(parents=True, exist_ok=True)
    with (root / VERSIONS / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise SiteError("another publisher is changing the site; try again when it is done") from error
        yield


def _copied(root: Path) -> Path:
    """A new version with the editions of the present one as hard links."""
    present = root / SITE
    numbers = [int(p.name) for p in (root / VERSIONS).iterdir() if p.name.isdigit()]
    draft = root / VERSIONS / f"{max(numbers, default=0) + 1}.draft"
    for leftover in (root / VERSIONS).glob("*.draft"):
        shutil.rmtree(leftover)
    if present.exists():
        shutil.copytree(present, draft, copy_function=os.link)
    else:
        draft.mkdir()
    return draft


def _switch(root: Path, draft: Path) -> None:
    """Make a draft the site: one rename of a link. Older versions but the last are removed."""
    version = draft.with_suffix("")
    previous = (root / SITE).resolve().name if (root / SITE).is_symlink() else ""
    draft.rename(version)
    link = root / f"{SITE}.link"
    link.unlink(missing_ok=True)
    link.symlink_to(Path(VERSIONS) / version.name)
    link.replace(root / SITE)
    for old in (root / VERSIONS).iterdir():
        if old.is_dir() and old.name not in (version.name, previous):
            shutil.rmtree(old)


def editions(site: Path) -> list[dict[str, str]]:
    """The seals of all editions of a site, places in order, newest period first."""
    seals = [json.loads(path.read_text(encoding="utf-8")) for path in site.glob(f"*/*/*/{SEAL}")]
    newest = sorted(seals, key=lambda s: (parse(s["period"]).end, parse(s["period"]).start), reverse=True)
    return sorted(newest, key=lambda s: s["place"])


def start_page(site: Path) -> str:
    """The start page: a list of all editions in each language that they have, readable without scripts."""
    found = editions(site)
    spoken = [code for code in LANGUAGES if any(seal["language"] == code for seal in found)]
    links = [f'<a href="#{code}" lang="{code}" hreflang="{code}">{LANGUAGES[code]}</a>' for code in spoken]
    switch = (
        f'<nav aria-label="{" / ".join(language(code).text("Language") for code in spoken)}">{" ".join(links)}</nav>'
    )
    parts = [_section(code, [seal for seal in found if seal["language"] == code]) for code in spoken]
    title = " / ".join(language(code).text("Industrial promotion: all editions") for code in spoken)
    return _PAGE.format(code=spoken[0], title=title, body="\n".join([switch] * (len(spoken) > 1) + parts))


def _section(code: str, seals: list[dict[str, str]]) -> str:
    """The editions of a language."""
    text, parts = language(code).text, []
    for place in dict.fromkeys(seal["place"] for seal in seals):
        items = "\n".join(_item(seal) for seal in seals if seal["place"] == place)
        parts.append(f"<h2>{html.escape(read(place).place_name(code))}</h2>\n<ul>\n{items}\n</ul>")
    title = text("Industrial promotion: all editions")
    said = text(
        "One report for each place and period. An edition keeps its address and shows what was public on its cut-off day."
    )
    body = "\n".join(parts)
    return f'<section id="{code}" lang="{code}">\n<h1>{title}</h1>\n<p>{said}</p>\n{body}\n</section>'


def _item(seal: dict[str, str]) -> str:
    words = language(seal["language"])
    address = f"{seal['place']}/{seal['period']}/{words.code}/book/index.html"
    name = words.text("Report {period}", period=seal["period"])
    day = words.text("figures public by {day}", day=words.day(parse(seal["cut_off"]).start))
    return f'<li><a href="{address}" hreflang="{words.code}">{name}</a> <span>{day}</span></li>'


_PAGE = """<!doctype html>
<html lang="{code}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
<style>
body {{ font: 1.05rem/1.6 system-ui, sans-serif; max-width: 42rem; margin: 0 auto; padding: 2rem 1rem; color: #1a1a1a; background: #fff; }}
a {{ color: #12436d; }} /* 10.2:1 on white */
li {{ margin: .6rem 0; }}
span {{ color: #595959; display: block; font-size: .95rem; }} /* 7.0:1 on white */
@media (prefers-color-scheme: dark) {{ body {{ background: #14181e; color: #e6e6e6; }} a {{ color: #9cc8f0; }} span {{ color: #b5b5b5; }} }}
</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""


def server(root: Path, port: int) -> ThreadingHTTPServer:
    """A server of the site on this machine only; port 0 takes any free one.

    Raises:
        SiteError: nothing has been published.
    """
    if not (root / SITE).exists():
        raise SiteError("nothing has been published; run 'promotion-book build' and 'promotion-book publish'")
    handler = partial(_Quiet, directory=str(root / SITE))
    return ThreadingHTTPServer(("127.0.0.1", port), handler)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Requests are not written to the terminal."""
