"""Files that people keep are written whole or not at all, whatever stops the program."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def replace_files(contents: Mapping[Path, bytes]) -> None:
    """Put files in their places, also in those of others: all of them are written before the first one is in place.

    Raises:
        OSError: one cannot be written, which it names; none is in its place then.
    """
    drafts = {path.with_name(f".{path.name}.draft"): path for path in contents}
    try:
        for draft, path in drafts.items():
            try:
                draft.write_bytes(contents[path])
            except OSError as error:
                raise OSError(error.errno, error.strerror, str(path)) from error
        for draft, path in drafts.items():
            draft.replace(path)
    finally:
        for draft in drafts:
            draft.unlink(missing_ok=True)
