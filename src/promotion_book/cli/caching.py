"""The cache of executed notebooks: show, verify, prune."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from promotion_book.cli.common import project_folder

if TYPE_CHECKING:
    from promotion_book.running.cache import Cache


def show() -> None:
    """Print what the cache of executed notebooks holds."""
    from promotion_book.running.cache import folder_size

    kept = _cache()
    entries = kept.entries()
    typer.echo(f"{len(entries)} executed notebooks, {folder_size(kept.folder) / 1e6:.1f} MB in {kept.folder}")


def verify() -> None:
    """Compare every file of the cache with what was kept."""
    from promotion_book.running.cache import find_damage

    entries = _cache().entries()
    found = [f"{entry}: {what}; it will be made again" for entry in entries if (what := find_damage(entry))]
    for line in found:
        typer.echo(line)
    typer.echo(f"{len(found)} of {len(entries)} entries are damaged")
    raise typer.Exit(1 if found else 0)


def prune() -> None:
    """Remove the entries that no page was last made with, and what a killed build left."""
    typer.echo(f"{len(_cache().prune())} entries removed")


def _cache() -> Cache:
    from promotion_book.running.plan import project_cache

    return project_cache(project_folder())
