"""What readers get as a zip: the data package of an edition, and a revision in one language to read from a disk.

    hanoi/README.md, hanoi/LICENSE.txt, hanoi/datapackage.json, hanoi/observations.csv, ...
    hanoi-2025-r0-en/index.html, ...

Below a folder `data` the package is where the software looks for it. The same data of an edition give the same bytes in
each revision. In the copy for a disk links that lead out of the book are left out, and so are the charts as PNG: those
that can be enlarged are there.
"""

from __future__ import annotations

from collections.abc import Mapping

from promotion_book.facts.place_settings import LICENCE_ADDRESS
from promotion_book.report.marks import ONLINE, REVISION, fill_marks
from promotion_book.report.results import RESULTS
from promotion_book.running.data_package import TEXTS, in_folders
from promotion_book.running.named_files import make_zip, read_zip
from promotion_book.site.about import about, licence
from promotion_book.site.manifest import Manifest
from promotion_book.words.markup import escape
from promotion_book.words.translation import load_language


def data_zip(manifest: Manifest, package: bytes) -> bytes:
    """The zip of a sealed package, with a text in each language of the edition."""
    told = "\n".join(_readme(manifest, code) for code in manifest.languages)
    texts = dict(zip(TEXTS, (told, f"{manifest.author}. CC BY 4.0. {LICENCE_ADDRESS}\n"), strict=True))
    return make_zip(
        in_folders(read_zip(package), manifest.place)
        | {f"{manifest.place}/{name}": text.encode("utf-8") for name, text in texts.items()}
    )


def _readme(manifest: Manifest, code: str) -> str:
    """What the package is, in a language."""
    words = load_language(code)
    told = about([manifest], words)
    holds = words.text(
        "The tables that this edition was computed from, as CSV in UTF-8 with a decimal point. datapackage.json "
        "describes each column. Unpack the folder below a folder data/ to use it with the software of the edition."
    )
    return f"# {told.title}\n\n{told.known}\n\n{holds}\n\n{licence(words)}\n"


def offline_zip(manifest: Manifest, code: str, *, files: Mapping[str, bytes]) -> bytes:
    """The zip of the files of a book, as they are published, by their names in it."""
    folder, words = f"{manifest.place}-{manifest.period}-r{manifest.revision}-{code}", load_language(code)
    said = f"{about([manifest], words).revision} {words.text('A copy to read offline.')}"
    kept = {name: content for name, content in files.items() if not (name.endswith(".png") and RESULTS.name in name)}
    return make_zip({f"{folder}/{name}": _alone(name, content, said=said) for name, content in kept.items()})


def _alone(name: str, content: bytes, *, said: str) -> bytes:
    if not name.endswith(".html"):
        return content
    page = fill_marks(content.decode("utf-8"), ONLINE, content="")
    return fill_marks(page, REVISION, content=escape(said)).encode("utf-8")
