"""The data package of an edition, for download and for building the edition again.

data.zip
    datapackage.json, observations.csv, ...     the package as the edition read it
    csv-metadata.json                           the same tables as CSV on the Web (CSVW)
    places/dong_thap/datapackage.json, ...      the packages of places that a page sets beside its own

Published, each package lies in a folder with the name of its place, beside texts on it (`site.copies.zip_copies`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from promotion_book.facts.commentary import commentary_files
from promotion_book.facts.descriptor import DESCRIPTOR, paths, read_descriptor, tables_of
from promotion_book.facts.files import canonical
from promotion_book.facts.package import PackageError
from promotion_book.facts.vocabulary import join_vocabulary
from promotion_book.running.named_files import make_zip, read_zip, write_files
from promotion_book.words.language import LANGUAGES

CSVW, TEXTS = "csv-metadata.json", ("README.md", "LICENSE.txt")  # beside a package
BESIDE = "places/"  # the folder of other places in the package of an edition


def template_name(language: str) -> str:
    """The template of the report in Word: that of an office in the folder of its place, else the one in `book/`."""
    return f"report.{language}.docx"


TEMPLATES = tuple(map(template_name, LANGUAGES))


def unpack_data(package: Path, data: Path, *, place: str) -> None:
    """Put the data package of an edition of a place, sealed or published, into a folder of data, with those beside it."""
    files = read_zip(package.read_bytes())
    published = files if DESCRIPTOR not in files else in_folders(files, place)
    tables = {name: content for name, content in published.items() if name.partition("/")[2] not in (CSVW, *TEXTS)}
    write_files(tables, data)


def in_folders(files: Mapping[str, bytes], place: str) -> dict[str, bytes]:
    """The files of a sealed package of a place, each in the folder of its own place."""
    return {
        name.removeprefix(BESIDE) if name.startswith(BESIDE) else f"{place}/{name}": content
        for name, content in files.items()
    }


def data_files(folder: Path, *, until: str = "") -> dict[str, bytes]:
    """The files of the data package in a folder, by name: its descriptor, its tables, what else this names, commentary, and
    templates of the report in Word.

    All are as they are published: tables in UTF-8 with commas and line feeds, whatever program saved them, and with
    the rows of the vocabulary.

    Args:
        until: a period; commentary on a later one, which is not published yet, is left out.

    Raises:
        PackageError: the descriptor cannot be read.
        OSError: a file cannot be read.
    """
    descriptor, findings = read_descriptor(folder)
    if descriptor is None:
        raise PackageError(f"{folder}: cannot be read ({findings[-1]})")
    columns = {DESCRIPTOR: [], **{table.file: table.names for table in tables_of(descriptor)}}
    further = {name: (folder / name).read_bytes() for name in paths(descriptor) if name not in columns}
    tables = {name: canonical((folder / name).read_bytes(), names) for name, names in columns.items()}
    said = {path.relative_to(folder).as_posix(): path.read_bytes() for path in commentary_files(folder, until=until)}
    templates = {path.name: path.read_bytes() for name in TEMPLATES if (path := folder / name).is_file()}
    return join_vocabulary({**tables, **further, **said, **templates}, folder, content=descriptor.value)


def zip_package(folder: Path, beside: Iterable[Path] = (), *, until: str = "") -> bytes:
    """The data package in a folder as a zip, with its description as CSV on the Web beside it.

    Args:
        beside: the packages of other places that pages of the edition read.
        until: as that of `data_files`.
    """
    whole = {f"{BESIDE}{one.name}/": data_files(one, until=until) for one in beside}
    others = {f"{at}{name}": content for at, there in whole.items() for name, content in there.items()}
    files = data_files(folder, until=until) | others
    described = json.dumps(csvw(json.loads(files[DESCRIPTOR])), ensure_ascii=False, indent=1) + "\n"
    return make_zip(files | {CSVW: described.encode("utf-8")})


def csvw(descriptor: Mapping[str, Any]) -> dict[str, Any]:
    """A data package as a table group of CSV on the Web.

    Source: W3C, Metadata Vocabulary for Tabular Data, 2015.
    """
    paths = {resource["name"]: resource["path"] for resource in descriptor["resources"]}
    tables = [_table(resource, paths) for resource in descriptor["resources"]]
    about = {"dc:title": descriptor["title"], "dc:description": descriptor.get("description", "")}
    licences = [licence["path"] for licence in descriptor.get("licenses", []) if "path" in licence]
    licence = {"dc:license": {"@id": licences[0]}} if licences else {}
    return {"@context": "http://www.w3.org/ns/csvw", **about, **licence, "tables": tables}


def _table(resource: Mapping[str, Any], paths: Mapping[str, str]) -> dict[str, Any]:
    schema = resource["schema"]
    keys = [_foreign_key(key, paths) for key in schema.get("foreignKeys", [])]
    key = schema.get("primaryKey", [])
    columns = [_column(field) for field in schema["fields"]]
    described = {"columns": columns, **({"primaryKey": key} if key else {}), **({"foreignKeys": keys} if keys else {})}
    return {"url": resource["path"], "dc:title": resource.get("title", resource["name"]), "tableSchema": described}


def _column(field: Mapping[str, Any]) -> dict[str, Any]:
    about = {"dc:description": field["description"]} if "description" in field else {}
    required = bool(field.get("constraints", {}).get("required", False))
    return {"name": field["name"], "titles": field["name"], "datatype": field["type"], "required": required} | about


def _foreign_key(key: Mapping[str, Any], paths: Mapping[str, str]) -> dict[str, Any]:
    reference = key["reference"]
    return {
        "columnReference": key["fields"],
        "reference": {"resource": paths[reference["resource"]], "columnReference": reference["fields"]},
    }
