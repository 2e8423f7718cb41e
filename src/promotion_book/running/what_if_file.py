"""A what-if: an edition under the assumptions of an analyst, private and never published.

    promotion-book build --period 2025 --scenario slow_years.yml

    title: Slow years
    author: Planning division
    parameters:                       # of the notebooks; each page takes those that it has
      money_growth: 0.03
    scenarios:                        # more rows of data/<place>/scenarios.csv, with its columns
      - scenario: slow_handicrafts
        name_en: Handicraft exports grow by 2% a year
        indicator_id: handicraft_exports
        kind: constant_growth
        parameters: growth=0.02
        until: 2025
        reason_en: The growth of the last bad year, kept up.

`_build/what-if/slow_years/data/` gets a copy of the data package with these rows and the title in its
descriptor, which is what marks every page. A column that is left out is empty; the position is 1, the
author that of the file, and texts in the other languages are the English ones. Out of scope: other figures and targets.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path

from pydantic import BaseModel, ConfigDict, model_validator

from promotion_book.facts.declaration import Declaration
from promotion_book.facts.descriptor import DESCRIPTOR
from promotion_book.facts.findings import Finding
from promotion_book.facts.suggestion import did_you_mean
from promotion_book.report.parameters import ParameterError, find_unordered, parse_values, read_contract
from promotion_book.running.configuration import BUILD
from promotion_book.running.contents import chapter_notebooks
from promotion_book.running.data_package import data_files
from promotion_book.running.declarations import Drawn, read_declaration, refuse
from promotion_book.running.named_files import write_files
from promotion_book.words.language import LANGUAGES, SOURCE

WHAT_IFS = "what-if"
TABLE = "scenarios.csv"
EDITION = ("place", "period", "language")


class WhatIfFile(BaseModel):
    """What the file of a what-if says."""

    model_config = ConfigDict(extra="forbid")

    title: Drawn
    author: Drawn
    parameters: dict[str, str] = {}
    scenarios: list[dict[str, str]] = []

    @model_validator(mode="after")
    def _assumes_something(self) -> WhatIfFile:
        if not self.parameters and not self.scenarios:
            raise ValueError("parameters, scenarios or both")
        return self


@dataclass(frozen=True)
class WhatIf:
    """A what-if that is ready: its name, the folder of its data packages, and its parameters as texts.

    `declared` is what its file says; its scenarios begin in these `lines` of the table.
    """

    name: str
    data: Path
    declared: Declaration[WhatIfFile]
    lines: Sequence[int]

    @property
    def parameters(self) -> Mapping[str, str]:
        """The parameters of notebooks, as texts."""
        return self.declared.value.parameters

    def locate(self, place: str, finding: Finding) -> Finding:
        """A finding on the copied package of a place, where a person mends it: in the file of the what-if or in data/."""
        number = bisect(self.lines, finding.row) - 1
        if finding.file != TABLE or number < 0:
            return replace(finding, file=f"data/{place}/{finding.file}")
        cell = ("scenarios", number, finding.column.partition(" ")[0])
        return replace(finding, file=self.declared.file, row=self.declared.line(cell))


def prepare_what_if(root: Path, place: str, *, path: Path) -> WhatIf:
    """Read the file of a what-if and put its data package into its folder.

    Raises:
        DeclarationError: the file is not sound; its scenarios are examined with the package.
        ParameterError: a notebook's parameters cannot be read.
        OSError: the package cannot be copied.
    """
    package, copied = root / "data" / place, root / BUILD / WHAT_IFS / path.stem / "data" / place
    files = data_files(package)
    table = files[TABLE].decode("utf-8")
    columns = next(csv.reader([table.partition("\n")[0]]))
    content: Declaration[WhatIfFile] = read_declaration(path, path.name, model=WhatIfFile)
    refuse([*_parameters(root, content), *_columns(content, columns)])
    shutil.rmtree(copied.parent, ignore_errors=True)
    write_files(files, copied)
    rows = [_written(_row(content.value, given, columns=columns), columns) for given in content.value.scenarios]
    (copied / TABLE).write_text(table + "".join(rows), encoding="utf-8", newline="")
    _mark(copied / DESCRIPTOR, content.value)
    lines = accumulate((row.count("\n") for row in rows[:-1]), initial=table.count("\n") + 1)
    return WhatIf(path.stem, copied.parent, content, list(lines) if rows else [])


def _parameters(root: Path, content: Declaration[WhatIfFile]) -> Iterator[Finding]:
    """Parameters that no page has, that the edition itself gives, that do not fit, or not together."""
    declares = {
        name: p for path in chapter_notebooks(root) for name, p in read_contract(path).items() if name not in EDITION
    }
    problems: list[tuple[tuple[str, ...], str]] = []
    values: dict[str, object] = {}
    for name, value in content.value.parameters.items():
        try:
            values |= parse_values(declares, {name: value})
        except ParameterError as error:
            problems.append((("parameters", name), str(error)))
    problems += [(("parameters",), line) for line in find_unordered(declares, values)]
    for where, found in problems:
        yield content.finding(where, "parameter", found, "what 'promotion-book parameters' prints", "mend it")


def _columns(content: Declaration[WhatIfFile], columns: list[str]) -> Iterator[Finding]:
    for number, row in enumerate(content.value.scenarios):
        for name in row:
            if name not in columns:
                where, found = ("scenarios", number, name), repr(name) + did_you_mean(name, columns)
                yield content.finding(where, "column-name", found, ", ".join(columns), f"use a column of {TABLE}")


def _row(content: WhatIfFile, given: Mapping[str, str], *, columns: list[str]) -> dict[str, str]:
    author = {} if "source_id" in given else {"author_en": content.author}
    told = {"position": "1", **author, **given}
    others = tuple(f"_{code}" for code in LANGUAGES if code != SOURCE)
    return {name: told.get(f"{name[:-3]}_{SOURCE}", "") for name in columns if name.endswith(others)} | told


def _written(row: Mapping[str, str], columns: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([row.get(name, "") for name in columns])
    return out.getvalue()


def _mark(descriptor: Path, content: WhatIfFile) -> None:
    said = json.loads(descriptor.read_text(encoding="utf-8")) | {"what_if": f"{content.title} ({content.author})"}
    descriptor.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
