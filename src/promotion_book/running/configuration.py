"""Where the parts of a project stand, and what its `_config.yml` says of the book as a whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

CONFIG, CONTENTS, LOCK = "_config.yml", "_toc.yml", "requirements.lock"
INDEX = "index"  # the page of a folder that holds no other
BUILD, ONLY = Path("_build"), "only"  # what is built, and the folder in it of a few pages alone


def author(root: Path, code: str = "") -> str:
    """Who makes the book: `author_vi` of the configuration in Vietnamese, if it has that, else `author`."""
    found = _config(root)
    return str(found.get(f"author_{code}") or found.get("author", ""))


def base_address(root: Path) -> str:
    """The address of the site in the world, `html.baseurl` of the configuration, with a slash at its end; or empty."""
    found = str((_config(root).get("html") or {}).get("baseurl") or "")
    return found and found.rstrip("/") + "/"


def contact(root: Path) -> str:
    """Whom readers can write to: an e-mail address, or one of the web; or empty."""
    return str(_config(root).get("contact") or "")


def repository(root: Path) -> str:
    """Where the source of the project is, `repository.url` of the configuration; or empty."""
    return str((_config(root).get("repository") or {}).get("url") or "")


def sign_off_required(root: Path) -> bool:
    """Whether an edition is published only after named persons have read it: `sign_off_required` of the configuration."""
    return _config(root).get("sign_off_required") is True


def empty_settings(root: Path) -> list[str]:
    """The settings that say where the book is in the world and are empty, by their names in the configuration."""
    settings = {"html.baseurl": base_address, "contact": contact, "repository.url": repository}
    return [name for name, read in settings.items() if not read(root)]


def _config(root: Path) -> dict[str, Any]:
    from promotion_book.running.declarations import DeclarationError, read_settings  # not above: Sphinx needs no pandas

    found = read_settings(root / CONFIG, CONFIG)
    for name in ("html", "repository"):
        if not isinstance(found.value.get(name) or {}, dict):
            raise DeclarationError([found.finding((name,), "form", repr(found.value[name]), "a mapping", "mend it")])
    return found.value
