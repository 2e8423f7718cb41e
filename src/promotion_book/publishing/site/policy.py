"""What a browser may do on the pages of the site: everything comes from the site itself, and nothing is inline.

`serve` sends these headers. A static host sends them where it reads the file `_headers` of the site, as several do, or
where they are written into its configuration.
Source: W3C, Content Security Policy Level 3.
"""

from __future__ import annotations

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
HEADERS = {
    "Content-Security-Policy": "; ".join(f"{name} {allowed}" for name, allowed in POLICY.items()),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
FILE = "_headers"


def headers_file() -> str:
    """The headers of all pages as static hosts read them."""
    return "\n".join(["/*", *(f"  {name}: {value}" for name, value in HEADERS.items())]) + "\n"
