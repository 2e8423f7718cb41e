"""Publishing one more edition of a site that has 10, 50 or 200: seconds of the processor and megabytes, with small made-up editions.

    python benchmarks/publishing.py [10 50 200]

Each edition has the pages of `PAGES`, and the same data; the site lies in a temporary folder.
Megabytes are those that the disk holds more, with the version of the site before, whose files are the same ones.
"""

from __future__ import annotations

import argparse
import os
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from places import put_place
from promotion_book.running.plan import EditionId
from promotion_book.site.publish import publish
from sites import make, put_project

SIZES = (10, 50, 200)
PERIODS = ("2022", "2023", "2024")
PAGES = [f"notebooks/page_{number}" for number in range(20)]
TODAY = date(2026, 11, 24)


def disk(folder: Path) -> int:
    """The bytes that a folder takes on the disk, a file of several names counted once."""
    found = {path.lstat().st_ino: path.lstat().st_blocks * 512 for path in folder.rglob("*")}
    return sum(found.values())


def made_edition(root: Path, number: int) -> EditionId:
    """One of many small editions, built."""
    edition = EditionId(f"place_{number // len(PERIODS):03}", PERIODS[number % len(PERIODS)])
    put_place(root / "data", edition.place)
    make(root, edition.period, edition.place, PAGES)
    return edition


def main(sizes: list[int]) -> None:
    """Print a line for each size."""
    with TemporaryDirectory() as name:
        root = put_project(Path(name))
        os.environ["PROMOTION_BOOK_DATA"] = str(root / "data")
        made = [made_edition(root, number) for number in range(max(sizes))]
        print("editions  seconds  megabytes")
        for size, done in zip(sizes, [0, *sizes], strict=False):
            for several in (made[done : size - 2], made[size - 2 : size - 1]):  # two versions of a site are kept
                publish(root, several, today=TODAY)
            before, begun = disk(root / "_site.versions"), process_time()
            publish(root, made[size - 1 : size], today=TODAY)
            seconds, more = process_time() - begun, disk(root / "_site.versions") - before
            print(f"{size:8}  {seconds:7.2f}  {more / 1e6:9.2f}", flush=True)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("sizes", nargs="*", type=int, default=list(SIZES))
    main(options.parse_args().sizes)
