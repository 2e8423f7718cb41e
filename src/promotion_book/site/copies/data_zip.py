"""The data package of an edition as readers get it: a folder with the name of its place, and what it is and may be used for.

    hanoi/README.md, hanoi/LICENSE.txt, hanoi/datapackage.json, hanoi/observations.csv, ...

Below a folder `data` it is where the software looks for it. The same data of an edition give the same bytes in each
revision.
"""

from __future__ import annotations

import io
from zipfile import ZipFile

from promotion_book.running.data_package import TEXTS, in_folders
from promotion_book.running.zips import make_zip
from promotion_book.site.copies.citation import LICENCE_ADDRESS, title
from promotion_book.site.copies.stamp import day_in_words
from promotion_book.site.manifest import Manifest
from promotion_book.words.translation import load_language


def data_zip(manifest: Manifest, package: bytes) -> bytes:
    """The zip of a sealed package, with a text in each language of the edition."""
    with ZipFile(io.BytesIO(package)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    told = "\n".join(_readme(manifest, code) for code in manifest.languages)
    texts = dict(zip(TEXTS, (told, f"{manifest.author}. CC BY 4.0. {LICENCE_ADDRESS}\n"), strict=True))
    return make_zip(
        in_folders(files, manifest.place)
        | {f"{manifest.place}/{name}": text.encode("utf-8") for name, text in texts.items()}
    )


def _readme(manifest: Manifest, code: str) -> str:
    """What the package is, in a language."""
    words = load_language(code)
    known = words.text("Figures public by {day}.", day=day_in_words(manifest.cut_off, words))
    holds = words.text(
        "The tables that this edition was computed from, as CSV in UTF-8 with a decimal point. datapackage.json "
        "describes each column. Unpack the folder below a folder data/ to use it with the software of the edition."
    )
    licence = words.text(
        "Licence: Creative Commons Attribution 4.0 (CC BY 4.0), https://creativecommons.org/licenses/by/4.0/"
    )
    return f"# {title(manifest, words)}\n\n{known}\n\n{holds}\n\n{licence}\n"
