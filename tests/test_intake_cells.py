"""What the file of a form holds besides what a person sees in it, and forms that meet a disk that cannot be written."""

from __future__ import annotations

from pathlib import Path
from resource import RLIMIT_FSIZE, getrlimit, setrlimit
from zipfile import ZipFile

import pytest

from forms import rows, take
from promotion_book.running.hashing import folder_sha256

pytestmark = pytest.mark.xdist_group("forms")


def rewrite(path: Path, part: str, old: bytes, new: bytes) -> None:
    """Put other bytes into the files of a workbook whose names have a part."""
    with ZipFile(path) as book:
        files = {name: book.read(name) for name in book.namelist()}
    with ZipFile(path, "w") as book:
        for name, content in files.items():
            book.writestr(name, content.replace(old, new) if part in name else content)


@pytest.mark.parametrize(("number", "code"), [("NaN", 1), ("1E+999", 1), ("-INF", 1), ("1.5E1", 0)])
def test_a_number_that_is_none_is_refused_and_the_notation_of_science_is_read(place, form, tmp_path, number, code):
    path = form.fill("ocop_total", 4711).save(tmp_path / "form.xlsx")
    rewrite(path, "", b"<v>4711</v>", f"<v>{number}</v>".encode())
    assert (take(path)[0], {row["value"] for row in rows(place, "observations") if "form" in row["source_id"]}) == (
        code,
        set() if code else {"15"},
    )


def test_spaces_and_marks_that_cannot_be_seen_are_no_matter(place, form, tmp_path):
    form.fill(
        "ocop_total", 15, standing=" final\N{NO-BREAK SPACE}", note="\N{RIGHT-TO-LEFT MARK}Counted.\N{ZERO WIDTH SPACE}"
    )
    form.cell("ocop_total", "code").value = " ocop_total\N{ZERO WIDTH NO-BREAK SPACE}  "
    assert take(form.save(tmp_path / "form.xlsx"))[0] == 0
    assert [row["note_en"] for row in rows(place, "observations") if "form" in row["source_id"]] == ["Counted."]


@pytest.mark.parametrize(
    ("done", "said"),
    [
        (120, "số liệu là 120, chênh lệch lớn so với các số liệu liền kề (khoảng chấp nhận: trên 1 và dưới 120)"),
        (15.5, "số liệu là 15,5; yêu cầu số nguyên"),
        ("12,5", "ô chứa số viết dạng chữ '12,5'; yêu cầu một số; đề nghị xóa ô và nhập lại 12,5\n"),
    ],
)
def test_a_finding_is_told_in_the_language_that_is_asked_for_with_numbers_as_it_writes_them(
    same, form, tmp_path, done, said
):
    path = form.fill("ocop_total", done).save(tmp_path / "form.xlsx")
    assert said in take(path, "--language", "vi")[1]


def test_a_link_to_another_workbook_is_not_followed(place, form, tmp_path):
    path = form.fill("ocop_total", 15).save(tmp_path / "form.xlsx")
    link = b'<Relationship Id="rId99" Type="x/externalLink" Target="file:///etc/passwd" TargetMode="External"/>'
    rewrite(path, "workbook.xml.rels", b"</Relationships>", link + b"</Relationships>")
    assert take(path)[0] == 0


def test_a_full_disk_leaves_every_file_as_it_was(place, form, tmp_path):
    path = form.fill("ocop_total", 15).save(tmp_path / "form.xlsx")
    before, (_, hard) = folder_sha256(place), getrlimit(RLIMIT_FSIZE)
    setrlimit(RLIMIT_FSIZE, (1000, hard))
    try:
        code, output = take(path)
    finally:
        setrlimit(RLIMIT_FSIZE, (hard, hard))
    assert (code, "File too large" in output) == (2, True)
    assert folder_sha256(place) == before


def test_a_folder_that_cannot_be_written_into_leaves_every_file_as_it_was(place, form, tmp_path, monkeypatch):
    path, write = form.fill("ocop_total", 15).save(tmp_path / "form.xlsx"), Path.write_bytes
    before = folder_sha256(place)

    def refused(self: Path, content: bytes) -> int:
        if self.name == ".observations.csv.draft":  # the last one
            raise OSError(30, "Read-only file system")
        return write(self, content)

    monkeypatch.setattr(Path, "write_bytes", refused)
    code, output = take(path)
    assert (code, "Read-only file system" in output) == (2, True)
    assert folder_sha256(place) == before


def test_a_number_has_the_digits_that_a_spreadsheet_shows(place, form, tmp_path):
    path = form.fill("handicraft_exports", 5.3999999999999995).save(tmp_path / "form.xlsx")
    assert take(path)[0] == 0
    assert [row["value"] for row in rows(place, "observations") if row["source_id"] == "form_001"] == ["5400000"]
