"""What a command writes for people is whole or not there: a disk that is full leaves what was, and the same call works later."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms import call
from places import NAME
from promotion_book.whole_files import replace_files

ROOT = Path(__file__).parent.parent
NO_ROOM = OSError(28, "No space left on device")


def fill_disk(patch: pytest.MonkeyPatch, room: int) -> None:
    """Let the disk have room for so many files more, and for a part of the next one."""
    left, write = iter(range(room)), Path.write_bytes

    def write_part(path: Path, content: bytes) -> int:
        if next(left, None) is not None:
            return write(path, content)
        write(path, content[: len(content) // 2])
        raise NO_ROOM

    patch.setattr(Path, "write_bytes", write_part)
    patch.setattr(Path, "write_text", lambda path, text, **_: write_part(path, text.encode("utf-8")))


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def commentary(place: Path) -> None:
    """What was said of a chapter in the period before."""
    for code in ("en", "vi"):
        path = place / "commentary" / "2024" / f"ocop.{code}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("It went well.\n", encoding="utf-8")


@pytest.mark.parametrize("room", [0, 1, 5, 23])
def test_a_place_with_its_repository_is_begun_whole_by_the_second_call(tmp_path, room):
    (tmp_path / "software").symlink_to(ROOT)
    report = tmp_path / "report"
    begun = ("new-place", "bac_ninh", "--name-en", "Bac Ninh", "--name-vi", "Bắc Ninh", "--repository")
    with pytest.MonkeyPatch.context() as patch:
        fill_disk(patch, room)
        assert call(*begun, report)[0] == 2
    assert not (report / "data" / "bac_ninh").exists()
    assert call(*begun, report)[0] == call(*begun, tmp_path / "other")[0] == 0
    assert files(report) == files(tmp_path / "other")


def test_a_form_that_could_not_be_written_is_not_there_and_can_be_asked_for_again(same, tmp_path):
    form = ("form", "--place", NAME, "--period", "2025", "-o", tmp_path / "form.xlsx")
    with pytest.MonkeyPatch.context() as patch:
        fill_disk(patch, 0)
        assert call(*form)[0] == 2
    assert list(tmp_path.glob("*.xlsx*")) == []
    assert call(*form)[0] == 0


def test_a_commentary_that_could_not_be_laid_out_is_laid_out_whole_by_the_next_call(place):
    commentary(place)
    before, laid_out = files(place), ("commentary", "--place", NAME, "--period", "2025")
    with pytest.MonkeyPatch.context() as patch:
        fill_disk(patch, 1)
        assert call(*laid_out)[0] == 2
    assert files(place) == before
    assert call(*laid_out)[0] == 0
    assert files(place / "commentary" / "2025") == files(place / "commentary" / "2024")


def test_of_several_files_none_is_replaced_where_one_cannot_be_written(tmp_path, monkeypatch):
    paths = [tmp_path / "a.po", tmp_path / "b.po"]
    replace_files(dict.fromkeys(paths, b"before"))
    fill_disk(monkeypatch, 1)
    with pytest.raises(OSError, match="No space left"):
        replace_files(dict.fromkeys(paths, b"after"))
    assert files(tmp_path) == {"a.po": b"before", "b.po": b"before"}


@pytest.mark.parametrize("moment", [1, 2])
def test_of_several_files_all_are_replaced_where_somebody_asks_to_end_in_between(tmp_path, monkeypatch, moment):
    paths, replaced, put = [tmp_path / f"{name}.csv" for name in "abc"], [], Path.replace
    replace_files(dict.fromkeys(paths, b"before"))

    def put_and_ask(draft: Path, path: Path) -> None:
        put(draft, path)
        replaced.append(path)
        if len(replaced) == moment:
            raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", put_and_ask)
    with pytest.raises(KeyboardInterrupt):
        replace_files(dict.fromkeys(paths, b"after"))
    assert (files(tmp_path), replaced) == ({path.name: b"after" for path in paths}, paths)


def test_of_a_disk_that_is_read_only_the_file_is_named_and_not_its_draft(tmp_path, monkeypatch):
    def refuse(path: Path, *_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system", str(path))

    for change in ("write_bytes", "unlink"):
        monkeypatch.setattr(Path, change, refuse)
    with pytest.raises(OSError, match="Read-only") as refused:
        replace_files({tmp_path / "form.xlsx": b"content"})
    assert refused.value.filename == str(tmp_path / "form.xlsx")


def test_a_table_that_a_group_may_write_stays_so(tmp_path):
    table = tmp_path / "targets.csv"
    table.write_text("old")
    table.chmod(0o664)
    replace_files({table: b"new"})
    assert (table.read_text(), table.stat().st_mode & 0o777) == ("new", 0o664)
