"""The verdict of each edition in its own words, from the results that its pages left; of one without such there is none."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from promotion_book.site.manifest import Manifest, newest_revisions

RESULTS = "notebooks/results/summary.json"


def read_verdicts(site: Path, found: Sequence[Manifest]) -> Mapping[str, str]:
    """The verdict of the newest revision of each edition, by the address of the edition in a language: hanoi/2025/en."""
    verdicts = {}
    for manifest in newest_revisions(found):
        for code in manifest.languages:
            path = site / manifest.folder / code / RESULTS
            told = json.loads(path.read_text(encoding="utf-8"))["results"] if path.is_file() else {}
            if "verdict" in told:
                verdicts[f"{manifest.edition.folder}/{code}"] = " ".join(told["verdict"])
    return verdicts
