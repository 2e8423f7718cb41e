"""Where the parts of a project stand, and what its `_config.yml` says of the book as a whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

CONFIG, CONTENTS, LOCK = "_config.yml", "_toc.yml", "requirements.lock"
INDEX = "index"  # the page of a folder that holds no other
BUILD = Path("_build")


def author(root: Path) -> str:
    """Who makes the book, as its configuration says."""
    return str(_config(root).get("author", ""))


def base_address(root: Path) -> str:
    """The address of the site in the world, `html.baseurl` of the configuration, with a slash at its end; or empty."""
    found = str((_config(root).get("html") or {}).get("baseurl") or "")
    return found and found.rstrip("/") + "/"


def _config(root: Path) -> dict[str, Any]:
    from promotion_book.running.declarations import DeclarationError, read_settings  # not above: Sphinx needs no pandas

    found = read_settings(root / CONFIG, CONFIG)
    if not isinstance(found.value.get("html") or {}, dict):
        raise DeclarationError([found.finding(("html",), "form", repr(found.value["html"]), "a mapping", "mend it")])
    return found.value
