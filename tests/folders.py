"""The folder of the project, the cells of its notebooks, and a data package that a test may break."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

from promotion_book.running.notebooks import read_notebook

ROOT = Path(__file__).parent.parent


def run_cells(path: Path, **parameters: object) -> dict[str, object]:
    """The names that a notebook leaves; its cells are run as they are, in this process: fast, and enough to see that they run."""
    names: dict[str, object] = {"__name__": "__main__"}
    for cell in read_notebook(path).cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, f"{path.name}:{cell.id}", "exec", dont_inherit=True), names)
            if "parameters" in cell.metadata.get("tags", []):
                names |= parameters
    return names


class Folder:
    """A data package that a test may break."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def rows(self, table: str) -> list[dict[str, str]]:
        with (self.path / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def write(self, table: str, rows: list[dict[str, str]]) -> None:
        with (self.path / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    def change(self, table: str, row_id: str, **cells: str) -> int:
        """Change cells of the row with this id (its first column); the line of the row comes back."""
        rows = self.rows(table)
        key = next(iter(rows[0]))
        place = next(i for i, row in enumerate(rows) if row[key] == row_id)
        rows[place] |= cells
        self.write(table, rows)
        return place + 2

    def bytes(self, name: str, change: Callable[[bytes], bytes]) -> None:
        path = self.path / name
        path.write_bytes(change(path.read_bytes()))
