"""What publication writes into the pages of a revision: which one it is, and what was corrected on a page; and into its
notebooks: of which one they are, and how they run."""

from __future__ import annotations

import json
from collections.abc import Sequence

from promotion_book.book.downloads import data_name, pdf_link, wheel_name
from promotion_book.book.templates import render_template
from promotion_book.report import marks
from promotion_book.report.marks import CITE, DATASET, NOTICE, PDF, REVISION
from promotion_book.running.configuration import LOCK
from promotion_book.site.about import about, day_of_correction
from promotion_book.site.copies.citation import bibtex, dataset
from promotion_book.site.histories import corrections
from promotion_book.site.manifest import START, Manifest
from promotion_book.words.language import Language
from promotion_book.words.markup import Html, escape, join, link_page
from promotion_book.words.translation import load_language

INSTALL = """python3 -m venv .venv
.venv/bin/pip install --requirement {lock}
.venv/bin/pip install --no-deps {wheel}"""


def stamp_page(page: str, name: str, *, history: Sequence[Manifest]) -> str:
    """A page, named by language and name, of the first of an edition's revisions, newest first."""
    code, _, rest = name.partition("/")
    words, up = load_language(code), "../" * rest.count("/")
    told = [notice(m, words, up) for m in corrections(history) if name in m.touched]
    page = marks.fill_marks(page, REVISION, content=escape(about(history, words).revision))
    page = marks.fill_marks(page, NOTICE, content=join("\n", told))
    page = marks.fill_marks(page, PDF, content=_way_to_pdf(history[0], words, up=up))
    if rest == START:
        page = marks.fill_marks(page, CITE, content=how_to_cite(history[0], words))
        page = marks.fill_marks(page, DATASET, content=dataset(history, words))
    return page


def stamp_notebook(notebook: str, code: str, *, manifest: Manifest) -> str:
    """The executed notebook of a page, with a first cell that says of which revision it is and what it needs to run."""
    given = json.loads(notebook)
    cell = {
        "cell_type": "markdown",
        "id": "edition",
        "metadata": {},
        "source": _how_to_run(manifest, load_language(code)),
    }
    given["cells"] = [cell, *given["cells"]]
    return json.dumps(given, ensure_ascii=False, indent=1) + "\n"


def _how_to_run(manifest: Manifest, words: Language) -> str:
    text, place = words.text, manifest.place
    told = about([manifest], words)
    wheel = wheel_name(manifest.version)
    said = [
        text("Industrial promotion in {place}, {period}.", place=told.place, period=told.period),
        told.revision,
        text("Made with the software of commit {commit}.", commit=f"`{manifest.commit}`") if manifest.commit else "",
    ]
    how = text(
        "To run this notebook, take the data package {data}, {lock} and {wheel} from the downloads of the edition, unpack the data package so that its tables lie in {folder} beside the notebook, and install the software with the versions that it ran with:",
        data=f"`{data_name(place, manifest.period)}`",
        lock=f"`{LOCK}`",
        wheel=f"`{wheel}`",
        folder=f"`data/{place}`",
    )
    return f"{' '.join(filter(None, said))}\n\n{how}\n\n```\n{INSTALL.format(lock=LOCK, wheel=wheel)}\n```"


def how_to_cite(manifest: Manifest, words: Language) -> Html:
    """How a revision is cited, as a sentence and for BibTeX; the theme gives both a button that copies them."""
    said = {"sentence": about([manifest], words).citation, "bibtex": bibtex(manifest, words)}
    return render_template("site/cite.html", words, title=words.text("How to cite"), **said)


def _way_to_pdf(manifest: Manifest, words: Language, *, up: str) -> Html:
    """The way from a page to its edition on paper; empty where that was not printed."""
    name, label = pdf_link(manifest.place, manifest.period, words=words)
    return join("", [link_page(f"{up}../{name}", label), " "]) if manifest.printer else Html()


def notice(correction: Manifest, words: Language, up: str) -> Html:
    """What a page says of an error that was corrected on it."""
    return render_template(
        "site/notice.html",
        words,
        title=day_of_correction(correction, words),
        note=correction.note,
        before=words.text("This page said something else in r{n}.", n=correction.revision - 1),
        revisions=(f"{up}../../archive.{words.code}.html", words.text("All revisions")),
    )
