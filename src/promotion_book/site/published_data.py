"""The data package that an edition was published with, to compare the tables of today with."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from promotion_book.book.downloads import data_name
from promotion_book.facts import Package, read
from promotion_book.facts.package import data_from
from promotion_book.running.data_package import unpack_data
from promotion_book.site.manifest import newest_revisions, read_manifests
from promotion_book.site.store import SITE, SiteError


def published_package(root: Path, place: str) -> tuple[str, Package]:
    """The period and the data package of the newest published edition.

    Raises:
        SiteError: there is no such edition on the site.
    """
    found = [m for m in newest_revisions(read_manifests(root / SITE)) if m.place == place]
    if not found:
        raise SiteError(f"no edition of {place} is published with which anything could be compared; publish one first")
    manifest = found[0]
    package = root / SITE / manifest.folder / data_name(place, manifest.period)
    with TemporaryDirectory() as folder, data_from(Path(folder)):
        unpack_data(package, Path(folder), place=place)
        return manifest.period, read(place)
