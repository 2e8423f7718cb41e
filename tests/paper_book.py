"""A small book, of which tests make a document for paper."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from promotion_book.site.about import About

START, OCOP, DEEP = "book/index", "notebooks/ocop", "notebooks/what_if/half/index"
PAGES = [START, OCOP, DEEP]
ABOUT = About(
    title="Report, 2024",
    place="Clay",
    period="2024",
    known="Figures public by 31 March.",
    revision="Revision r1.",
    published=date(2026, 4, 30),
    author="A. Potter",
    citation="A. Potter, Report, 2024, r1.",
)
STYLE = Path("book/_static/book.css")
SQUARE = b'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60"><rect width="90" height="60"/></svg>'


def html_page(title: str, body: str = "", around: str = "") -> bytes:
    article = f'<article class="bd-article">\n<section id="top"><h1>{title}</h1>{body}</section>\n</article>'
    return f"<!doctype html><html><body>{around}<main>{article}</main></body></html>".encode()


def book(**bodies: str) -> dict[str, bytes]:
    """A book of three pages; `start`, `ocop`, `deep` are what they say."""
    said = {START: ("Report", "start"), OCOP: ("Communes &amp; products", "ocop"), DEEP: ("What if", "deep")}
    pages = {f"{name}.html": html_page(title, bodies.get(key, "")) for name, (title, key) in said.items()}
    return pages | {"_static/book.css": STYLE.read_bytes(), "notebooks/results/a.svg": SQUARE}
