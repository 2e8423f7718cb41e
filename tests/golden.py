"""Golden files: what is written must be what tests/golden holds. `RENEW_GOLDEN=1` writes them anew; review them like code."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def golden(name: str, text: str) -> None:
    """Compare a text with the golden file of a name, or renew the file."""
    path = FOLDER / name
    if os.environ.get("RENEW_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
