"""What a browser may do on the pages of the site: everything comes from the site itself, and nothing is inline.

Each page says so itself, in `META`, which holds wherever the page lies. `serve` sends the same as headers. A static host
sends them where it reads the file `_headers` of the site, as several do, or where they are written into its
configuration; only a header can say that no other page may frame this one.
Source: W3C, Content Security Policy Level 3.
"""

from __future__ import annotations

from collections.abc import Mapping

from promotion_book.words.markup import Html

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",  # icons in style sheets
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
ON_DISK = "file:"  # a page that is opened from a disk has no site of its own; on the web no page can load a file
PAPER = {"default-src": "'none'", "style-src": "'unsafe-inline' file:", "img-src": "file: data:", "font-src": "file:"}
FILE = "_headers"


def policy_text(policy: Mapping[str, str]) -> str:
    """A policy as headers and pages have it."""
    return "; ".join(f"{name} {allowed}" for name, allowed in policy.items())


def policy_meta(policy: Mapping[str, str]) -> Html:
    """A policy as an element of the head of a page; it stands before all that it is about."""
    return Html(f'<meta http-equiv="Content-Security-Policy" content="{policy_text(policy)}">')


HEADERS = {
    "Content-Security-Policy": policy_text(POLICY),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
IN_PAGE = {
    name: allowed.replace("'self'", f"'self' {ON_DISK}")
    for name, allowed in POLICY.items()
    if name != "frame-ancestors"
}
META = policy_meta(IN_PAGE)


def headers_text() -> str:
    """The headers of all pages as static hosts read them."""
    return "\n".join(["/*", *(f"  {name}: {value}" for name, value in HEADERS.items())]) + "\n"
