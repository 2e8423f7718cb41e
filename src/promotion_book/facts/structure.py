"""The structure of the tables: columns, types, allowed values, keys and foreign keys.

Frictionless examines the rows against the schemas of the descriptor; its errors become findings
in our own form. A table that could not be read is left out, with the keys that point to it.
"""

from __future__ import annotations

from typing import Any

from frictionless import Package, Report

from promotion_book.facts.files import Rows
from promotion_book.facts.findings import Finding

_ACTIONS = {
    "type-error": ("type", "write the value in the form of the column, or leave the cell empty"),
    "constraint-error": ("allowed-value", "use an allowed value, or add it to the schema in datapackage.json"),
    "unique-error": ("duplicate-value", "keep one of the two rows"),
    "primary-key": ("duplicate-key", "give each row its own key, or delete one of the two"),
    "foreign-key": ("dangling-key", "add the row that the key names, or mend the key"),
    "extra-cell": ("extra-cell", "put text with a comma into quotation marks"),
    "missing-cell": ("missing-cell", "give the row a cell for every column"),
    "blank-row": ("blank-row", "delete the row"),
    "incorrect-label": ("column-name", "name the columns as datapackage.json does, in the same order"),
    "missing-label": ("column-name", "name the columns as datapackage.json does, in the same order"),
    "extra-label": ("column-name", "name the columns as datapackage.json does, in the same order"),
    "duplicate-label": ("column-name", "name each column once"),
}


def structure(descriptor: dict[str, Any], tables: dict[str, Rows]) -> list[Finding]:
    """Findings on the rows of the tables, by the schemas of the descriptor."""
    resources = [
        {"name": r["name"], "data": tables[r["name"]], "schema": _schema(r["schema"], tables)}
        for r in descriptor["resources"]
        if r["name"] in tables
    ]
    if not resources:
        return []
    report = Package.from_descriptor({"name": "package", "resources": resources}).validate()
    paths = {r["name"]: r["path"] for r in descriptor["resources"]}
    return _findings(report, paths, descriptor)


def _schema(schema: dict[str, Any], tables: dict[str, Rows]) -> dict[str, Any]:
    keys = [k for k in schema.get("foreignKeys", []) if k["reference"]["resource"] in tables]
    return {**schema, "foreignKeys": keys}


def _findings(report: Report, paths: dict[str, str], descriptor: dict[str, Any]) -> list[Finding]:
    found = [_finding(paths[task.name], error, descriptor) for task in report.tasks for error in task.errors]
    general = [
        Finding("datapackage.json", 0, "", "schema", e.note, "a valid schema", "mend the schema") for e in report.errors
    ]
    return found + general


def _finding(path: str, error: Any, descriptor: dict[str, Any]) -> Finding:
    row, column = getattr(error, "row_number", None) or 1, getattr(error, "field_name", None) or ""
    if error.type == "foreign-key":
        column = ", ".join(error.field_names)
    elif error.type == "primary-key":
        column = ", ".join(_primary_key(path, descriptor))
    rule, action = _ACTIONS.get(error.type, (error.type, "mend the row"))
    cell = getattr(error, "cell", "")
    return Finding(path, row, column, rule, _found(error, cell), _allowed(error), action)


def _primary_key(path: str, descriptor: dict[str, Any]) -> list[str]:
    return next(list(r["schema"]["primaryKey"]) for r in descriptor["resources"] if r["path"] == path)


def _found(error: Any, cell: str) -> str:
    if error.type == "foreign-key":
        return repr(", ".join(str(c) for c in error.field_cells))
    if error.type == "primary-key":
        return str(error.note)
    return repr(cell) if cell not in ("", None) else error.note or "nothing"


def _allowed(error: Any) -> str:
    if error.type == "foreign-key":
        return f"a key of {error.reference_name}"
    return {"primary-key": "each key once", "unique-error": "each value once"}.get(
        error.type, error.note or "see the schema"
    )
