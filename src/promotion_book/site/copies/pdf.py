"""A published book as a PDF for paper and for keeping, printed by Debian's Chromium.

    printer = chromium()
    content = printer(files, pages, about(history, words), words)

The document is tagged, has an outline and a language, and holds no clock and no name of a machine: the same book
gives the same bytes with the same Chromium and the same fonts. Nothing is asked of the network. It is printed
twice, since only the first print tells on which sheet each section begins.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pikepdf

from promotion_book.fault import Fault
from promotion_book.site.about import About
from promotion_book.site.copies.accessible_pdf import make_accessible
from promotion_book.site.copies.print_page import headings, number_sheets, print_page
from promotion_book.site.store import write
from promotion_book.words.language import Language

MISSING = "no PDF was made: Chromium is not installed (Debian: apt-get install chromium fonts-dejavu-extra)"
PAGE, PDF, LOG = "print.html", "print.pdf", "chromium.log"
SECONDS = 300.0
LINES = 5
OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-breakpad",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
)
DRAFT = ("--disable-pdf-tagging",)
FINAL = ("--export-tagged-pdf", "--generate-pdf-document-outline")
NODE = re.compile(rb"\(node(\d{8})\)")


class PrintError(Fault):
    """Chromium failed, or did not finish in time; the message ends with its last lines."""


@dataclass(frozen=True)
class Chromium:
    """The printer that is a program named chromium; `seconds` it may take to print a book once."""

    program: str
    seconds: float = SECONDS

    def version(self) -> str:
        """What it says of itself: Chromium 156.0.8078.108 built on Debian GNU/Linux 12.

        With another version the same book may have other bytes.
        """
        done = subprocess.run([self.program, "--version"], capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def __call__(self, files: Mapping[str, bytes], pages: Sequence[str], about: About, words: Language) -> bytes:
        """The PDF of the files of a book, with its pages in this order.

        Raises:
            PrintError: it cannot be printed.
        """
        with TemporaryDirectory() as name:
            folder = Path(name)
            for file, content in files.items():
                if not file.endswith(".html"):
                    write(folder / "book" / file, content)
            marked = print_page(files, pages, about=about, words=words)
            draft = self._printed(folder, number_sheets(marked, {}), options=DRAFT)
            document = number_sheets(marked, _numbers(draft))
            return _steady(self._printed(folder, document, options=FINAL), headings(document), about)

    def _printed(self, folder: Path, document: str, *, options: Sequence[str]) -> bytes:
        """The PDF of a document that lies at the start of the book in a folder."""
        page, pdf, log = folder / "book" / PAGE, folder / PDF, folder / LOG
        write(page, document)
        pdf.unlink(missing_ok=True)
        own = [f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={pdf}", page.as_uri()]
        command = [self.program, *OPTIONS, *options, *own]
        with log.open("w") as lines:
            code = _run(command, {**os.environ, "HOME": str(folder)}, log=lines.fileno(), seconds=self.seconds)
        if code or not pdf.is_file():
            reason = f"took longer than {self.seconds:g} s" if code is None else f"ended with {code} and no PDF"
            last = log.read_text(encoding="utf-8", errors="replace").splitlines()[-LINES:]
            raise PrintError("\n".join([f"Chromium {reason} ({self.program})", *last]))
        return pdf.read_bytes()


def find_chromium() -> Chromium | None:
    """The Chromium of this machine, or None where it is not installed (`MISSING` says what to do)."""
    program = shutil.which("chromium")
    return Chromium(program) if program else None


def _run(command: list[str], environment: Mapping[str, str], *, log: int, seconds: float) -> int | None:
    """The exit code of a command, or None if it took too long; none of its processes is left."""
    process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    finally:
        process.wait()


def _numbers(pdf: bytes) -> dict[str, int]:
    """On which sheet each place of a PDF is, by its name."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        sheets: dict[Any, int] = {page.objgen: number for number, page in enumerate(document.pages, start=1)}
        places = document.Root.get("/Dests", pikepdf.Dictionary()).items()
        return {name.removeprefix("/"): sheets[place[0].objgen] for name, place in places}


def _steady(pdf: bytes, titles: Sequence[str], about: About) -> bytes:
    """A PDF without the clock, the program and the numbers of this run, in half of its bytes, as PDF/UA asks."""
    nodes = {name: rank for rank, name in enumerate(sorted(set(NODE.findall(pdf))), start=1)}
    plain, out = NODE.sub(lambda found: b"(node%08d)" % nodes[found[1]], pdf), io.BytesIO()
    with pikepdf.open(io.BytesIO(plain)) as document:
        for name in set(document.docinfo.keys()) - {"/Title"}:
            del document.docinfo[name]
        _share_pictures(document)
        make_accessible(document, titles, author=about.author, subject=f"{about.known} {about.revision}")
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return out.getvalue()


def _share_pictures(document: pikepdf.Pdf) -> None:
    """Let equal pictures be one: Chromium holds the hatching of a chart once for each place where it is seen."""
    first: dict[tuple[bytes, str], Any] = {}
    holders: list[Any] = [page.obj for page in document.pages]
    for holder in holders:
        resources = holder.get("/Resources", pikepdf.Dictionary())
        holders += [pattern for _, pattern in resources.get("/Pattern", pikepdf.Dictionary()).items()]
        pictures = resources.get("/XObject", pikepdf.Dictionary())
        for name, picture in pictures.items():
            told = sorted((key, repr(value)) for key, value in picture.stream_dict.items())
            content = picture.read_raw_bytes(), str(told)
            holders += [] if content in first else [picture]
            pictures[name] = first.setdefault(content, picture)
