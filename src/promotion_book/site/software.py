"""The software that makes an edition: its commit, and for those who make the edition again its wheel and its lock.

The wheel holds its packages as they run, the catalogues that chapters need, and what the installed package says of itself; the same package gives the
same bytes. Source: PyPA, Binary distribution format.
"""

from __future__ import annotations

import base64
import hashlib
import subprocess
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

from promotion_book import __version__
from promotion_book.book.downloads import wheel_name
from promotion_book.running.configuration import LOCK
from promotion_book.running.inputs import SOURCE_CODE
from promotion_book.running.named_files import make_zip
from promotion_book.words.translation import REPORT, ROOT, catalogue_path, translated_languages

NAME = "promotion_book"
PACKAGES = (NAME, "papermill_warm")
KIND = f"Wheel-Version: 1.0\nGenerator: {NAME}\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def read_commit(root: Path) -> tuple[str, bool]:
    """The commit of a checkout, and whether nothing in it was changed; an empty one where the project is in no git."""
    try:
        head = _git(root, "rev-parse", "HEAD", f"HEAD:./{LOCK}").splitlines()[0]
        return head, not _git(root, "status", "--porcelain", "--", ".")
    except (OSError, subprocess.CalledProcessError):
        return "", False


def _git(root: Path, *words: str) -> str:
    done = subprocess.run(["git", "-C", str(root), *words], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def software_files(root: Path) -> dict[str, bytes]:
    """What is offered of the software: the wheel, and the versions of all packages that it ran with."""
    return {wheel_name(__version__): build_wheel(), LOCK: (root / LOCK).read_bytes()}


@cache
def build_wheel() -> bytes:
    """The wheel of this package. It is made once: what a process has imported stays what it was."""
    about = f"{NAME}-{__version__}.dist-info"
    told = distribution(NAME)
    licences = {path.name: path.read_binary() for path in told.files or () if path.parent.name == "licenses"}
    found = sorted(path for name in PACKAGES for path in (SOURCE_CODE / name).rglob("*"))
    paths = (path for path in found if path.is_file() and path.suffix != ".pyc")
    files = {path.relative_to(SOURCE_CODE).as_posix(): path.read_bytes() for path in paths}
    said = (catalogue_path(ROOT, code, domain=REPORT) for code in translated_languages())
    files |= {f"{NAME}/{path.relative_to(ROOT).as_posix()}": path.read_bytes() for path in said}
    files |= {
        f"{about}/METADATA": (told.read_text("METADATA") or "").partition("\n\n")[0].encode("utf-8") + b"\n",
        f"{about}/WHEEL": KIND.encode("utf-8"),
        f"{about}/entry_points.txt": (told.read_text("entry_points.txt") or "").encode("utf-8"),
        **{f"{about}/licenses/{name}": content for name, content in licences.items()},
    }
    rows = [f"{name},sha256={_digest(content)},{len(content)}" for name, content in sorted(files.items())]
    record = "\n".join([*rows, f"{about}/RECORD,,", ""])
    return make_zip(files | {f"{about}/RECORD": record.encode("utf-8")})


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode("ascii")
