"""Files that people keep are written whole or not at all, whatever stops the program."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path


def replace_files(contents: Mapping[Path, bytes]) -> None:
    """Put files in their places, also in those of others, whose permissions they keep: all of them are written before the
    first one is in place, and whoever asks the program to end then waits until the last one is.

    Raises:
        OSError: one cannot be written, which it names; none is in its place then.
    """
    drafts = {path.with_name(f".{path.name}.draft"): path for path in contents}
    try:
        for draft, path in drafts.items():
            try:
                draft.write_bytes(contents[path])
                if path.exists():
                    shutil.copymode(path, draft)
            except OSError as error:
                raise OSError(error.errno, error.strerror, str(path)) from error
        try:
            _put(drafts)
        except KeyboardInterrupt:
            _put({draft: path for draft, path in drafts.items() if draft.exists()})
            raise
    finally:
        for draft in drafts:
            with suppress(OSError):  # of a disk that cannot be written, the file is named and not its draft
                draft.unlink(missing_ok=True)


def _put(drafts: Mapping[Path, Path]) -> None:
    """Put drafts in their places."""
    for draft, path in drafts.items():
        draft.replace(path)
