"""The report book on industrial-promotion programmes: facts, statistics, pictures, editions.

    from promotion_book import charts, open_page, scenarios, statistics     # in a notebook of the book
    frames = promotion_book.open("hanoi", "2025")                            # anywhere else

What takes long to import is imported when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from promotion_book.report.frames import open_frames as open
    from promotion_book.report.page import open_page

__all__ = ["open", "open_page"]
__version__ = "1.0.0"

_MODULES = {"open": ("report.frames", "open_frames"), "open_page": ("report.page", "open_page")}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        from promotion_book.facts.suggestion import did_you_mean

        rooms = [one.name for one in iter_modules(__path__)]
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}{did_you_mean(name, [*__all__, *rooms])}")
    module, there = _MODULES[name]
    return getattr(import_module(f"{__name__}.{module}"), there)
