"""What is read of the published site: by an edition the projections of earlier ones, copied beside its pages, and the data
package of a published edition, to compare the tables of today with.

    _build/hanoi/2025/en/published/hanoi/2024/r0/en/notebooks/results/earlier_projections/projections.csv

An edition that is published reads what it read then, by its manifest, so that it is the same whenever it is built.
A new one reads the first revision of each published edition with an earlier cut-off day.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from promotion_book.book.downloads import data_name
from promotion_book.facts import Package, edition, read
from promotion_book.facts.package import data_from
from promotion_book.facts.published_projections import FILE
from promotion_book.running.data_package import unpack_data
from promotion_book.running.hashing import file_sha256
from promotion_book.running.inputs import place_of
from promotion_book.running.plan import Plan
from promotion_book.site.histories import newest_revisions, read_manifests
from promotion_book.site.manifest import Manifest
from promotion_book.site.store import SITE, SiteError, write

INPUT = "site/"


def copy_earlier_projections(root: Path, planned: Plan) -> None:
    """Copy what the pages of an edition read of the published site.

    Raises:
        SiteError: as `earlier_projections`.
    """
    shutil.rmtree(planned.built.published, ignore_errors=True)
    places = sorted({place_of(job) for job in planned.jobs.values()} - {""})
    for package in (planned.package if place == planned.package.place else read(place) for place in places):
        for name in earlier_projections(root, package, period=planned.built.edition.period):
            write(planned.built.published / name, (root / SITE / name).read_bytes())


def earlier_projections(root: Path, package: Package, *, period: str) -> dict[str, str]:
    """The sha256 of the projections that the edition of a package and period reads, by their paths in the site.

    Raises:
        SiteError: one of them is missing or another one, or a manifest cannot be read.
    """
    site, place = root / SITE, package.place
    found = [manifest for manifest in read_manifests(site) if manifest.place == place]
    own = [manifest for manifest in found if manifest.period == period]
    if own:
        begun = f"{INPUT}{place}/"
        files = {name.removeprefix(INPUT): sha for name, sha in own[0].inputs.items() if name.startswith(begun)}
    else:
        cut_off = edition(package, period).cut_off.isoformat()
        first = [manifest for manifest in found if manifest.revision == 0 and manifest.cut_off < cut_off]
        named = [(manifest, f"{manifest.languages[0]}/{FILE}") for manifest in first]
        files = {
            f"{manifest.folder}/{name}": manifest.files[name] for manifest, name in named if name in manifest.files
        }
    _refuse_other(site, files, f"{place} {period} is built from this")
    return files


def _refuse_other(site: Path, files: Mapping[str, str], reason: str) -> None:
    """Refuse files of a site that do not have the sha256 of their publication, with the reason why they are read."""
    wrong = [
        f"{SITE}/{name}: missing, or not as it was published"
        for name, sha in files.items()
        if not (site / name).is_file() or file_sha256(site / name) != sha
    ]
    if wrong:
        raise SiteError("\n".join([*wrong, f"{reason}; put the published file back"]))


def unpack_published(site: Path, manifest: Manifest, data: Path) -> None:
    """Put the data package of a published revision into a folder of data.

    Raises:
        SiteError: it is not as it was published.
    """
    name = data_name(manifest.place, manifest.period)
    _refuse_other(site, {f"{manifest.folder}/{name}": manifest.files.get(name, "")}, "the data are read from it")
    unpack_data(site / manifest.folder / name, data, place=manifest.place)


def published_package(root: Path, place: str) -> tuple[str, Package]:
    """The period and the data package of the newest published edition.

    Raises:
        SiteError: there is no such edition on the site, or its data are not as they were published.
    """
    found = [m for m in newest_revisions(read_manifests(root / SITE)) if m.place == place]
    if not found:
        raise SiteError(f"no edition of {place} is published with which anything could be compared; publish one first")
    manifest = found[0]
    with TemporaryDirectory() as folder, data_from(Path(folder)):
        unpack_published(root / SITE, manifest, Path(folder))
        return manifest.period, read(place)
