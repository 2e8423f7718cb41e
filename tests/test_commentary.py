"""Commentary: what a place says is shown with its figures; what no page shows, and every typed number, is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from places import TABLES, figure, put_place
from promotion_book.facts.check import ORDER, check
from promotion_book.facts.commentary import check_commentary
from promotion_book.facts.findings import Finding
from promotion_book.facts.reader import load
from promotion_book.facts.schema import LANGUAGES as COMMENTED
from promotion_book.report.chapter import Chapter, open_chapter
from promotion_book.report.commentary_block import CommentaryError, commentary
from promotion_book.report.parameters import LanguageCode, PeriodLabel, Place
from promotion_book.running.data_package import data_files
from promotion_book.words.language import LANGUAGES

EXPORTS = figure("handicraft_exports", 2022, 192000000, "usd", "src_001")


@pytest.fixture
def place(tmp_path, monkeypatch) -> Path:
    """A place with a figure of handicraft exports."""
    put_place(tmp_path, tables=TABLES | {"observations": [EXPORTS]})
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "lang_moi"


def say(place: Path, english: str, name: str = "2023/handicraft_exports", vietnamese: str = "Nhận định.") -> None:
    """Put a commentary in both languages into a place."""
    for language, text in (("en", english), ("vi", vietnamese)):
        path = place / "commentary" / f"{name}.{language}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def chapter(name: str = "handicraft_exports") -> Chapter:
    kinds = {"place": Place, "period": PeriodLabel, "language": LanguageCode}
    return open_chapter(name, {"__annotations__": kinds, "place": "lang_moi", "period": "2023", "language": "en"})


def findings(place: Path) -> list[Finding]:
    return sorted(check_commentary(place, load(place).texts, area="hanoi", languages=COMMENTED), key=ORDER)


def found(place: Path) -> list[tuple[str, int, str, str]]:
    return [(f.file, f.row, f.rule, f.found) for f in findings(place)]


def test_commentary_that_cannot_be_read_is_never_taken_for_none(place):
    say(place, "Growing.")
    (place / "commentary" / "2023" / "ocop.en.md").symlink_to("nowhere")
    unread = ("commentary/2023/ocop.en.md", 0, "encoding", "a file that cannot be read")
    assert unread in found(place)
    (place / "commentary").rename(place / "texts")
    (place / "commentary").touch()
    unread = ("commentary", 0, "unreadable", "Not a directory")
    assert found(place) == [unread]
    with pytest.raises(NotADirectoryError):
        data_files(place)


def test_figures_and_sources_stand_where_they_are_referred_to(place):
    say(place, "## Outlook\n\nExports were **{handicraft_exports 2022}** ({src_001}).\n")
    (block,) = commentary(chapter())
    assert (
        block.text.replace("\N{NO-BREAK SPACE}", " ") == "Outlook\nExports were USD 192 million (Lang Moi Paper, 2023)."
    )
    assert "<h3>Outlook</h3>" in block.html
    assert '<a href="sources_and_conflicts.html#src_001">' in block.html


def test_what_stands_below_the_heading_of_a_section_of_the_report_belongs_to_it(place):
    text = "Good.\n\n## DIFFICULTIES and causes\n\n### Clay\n\n* Clay is\n  dear.\n* Rain.\n\n## Outlook\n\nFair.\n\n## Proposals\n\n`Buy`  \nclay."
    say(place, text)
    (block,) = commentary(chapter())
    assert block.sections == {
        "assessment": ["Good.", "Fair."],
        "difficulties": ["Clay", "Clay is dear.", "Rain."],
        "tasks": [],
        "proposals": ["Buy\nclay."],
    }


def test_a_reference_that_is_code_moves_no_other_one_and_signs_of_our_own_are_dropped(place):
    say(place, "\ue0001\ue000 `{src_001}` {handicraft_exports 2022}")
    (block,) = commentary(chapter())
    assert "USD" in block.text
    assert "Lang Moi Paper" not in block.text


def test_a_figure_of_another_scope_or_a_plan_is_no_figure_of_the_page(place):
    rows = [
        EXPORTS | {"scope": "other_definition"},
        figure("ocop_total", 2022, 5, "products", "src_001", status="plan"),
    ]
    put_place(place.parent, tables=TABLES | {"observations": rows})
    say(place, "{handicraft_exports 2022} {ocop_total 2022}")
    told = [said for file, *_, said in found(place) if ".en." in file]
    assert told == ["{handicraft_exports 2022}", "{ocop_total 2022}"]


def test_commentary_is_written_in_the_languages_of_the_report():
    assert [*COMMENTED] == [*LANGUAGES]


def test_a_chapter_without_commentary_shows_none(place):
    say(place, "Words.")
    assert commentary(chapter("ocop")) == []


def test_what_is_written_is_text_and_leads_nowhere_but_to_the_web(place):
    say(place, '<script>alert()</script> ![x](http://x.example/x.png) [a](javascript:alert()) [b](c "{src_001}")')
    (block,) = commentary(chapter())
    assert [sign for sign in ("<script", "<img", 'href="javascript', 'title="<') if sign in block.html] == []


def test_a_figure_that_the_edition_does_not_know_stops_the_page(place):
    say(place, "{handicraft_exports 2024}")
    with pytest.raises(CommentaryError, match=r"commentary/2023/handicraft_exports: \{handicraft_exports 2024\}"):
        commentary(chapter())


def test_a_sound_commentary_has_no_finding_and_goes_with_the_published_package(place):
    english = "1. In 2022, by Decree 45/2012/NĐ-CP and with 5S, {handicraft_exports 2022} ({src_001})."
    say(place, english, vietnamese="Năm 2022: {handicraft_exports 2022} ({src_001}).")
    assert found(place) == []
    assert "commentary/2023/handicraft_exports.en.md" in data_files(place)


@pytest.mark.parametrize(("period", "there"), [("2022", False), ("2023", True), ("2024-H1", True)])
def test_commentary_on_a_period_to_come_is_not_published_with_an_edition(place, period, there):
    say(place, "Words.")
    assert ("commentary/2023/handicraft_exports.en.md" in data_files(place, until=period)) is there


@pytest.mark.parametrize(
    ("english", "typed"),
    [
        ("Three hundred products were named, ten per cent of all.", ["Three hundred", "ten per cent"]),
        ("Half of it, ½, grew by 5⁰ and by ².", ["5⁰", "²", "½"]),
        ("Hundreds of firms, two of them new, have rooms of 20 m².", ["20"]),
    ],
)
def test_numbers_in_words_and_in_small_signs_are_typed_too(place, english, typed):
    say(place, english)
    assert [said for file, _, rule, said in found(place) if rule == "commentary"] == [
        f"the number {one!r}" for one in typed
    ]


def test_numbers_in_vietnamese_words_are_typed_too(place):
    say(place, "Words.", vietnamese="Có ba trăm sản phẩm, năm nay thêm hai.")
    assert [said for *_, said in found(place)] == ["the number 'ba trăm'"]


@pytest.mark.parametrize(
    ("english", "vietnamese", "said"),
    [
        ("Words of it.", "The words of it in the first one.", "words without marks"),
        ("Những nhận định của địa phương.", "Nhận định.", "words with marks of Vietnamese"),
        ("Words.", "Words.", "the text of handicraft_exports.en.md"),
        ("Words.", " \n", "no words"),
        ("word " * 5000, "Nhận định.", "25000 characters"),
    ],
    ids=["English for Vietnamese", "Vietnamese for English", "not translated", "nothing", "a book"],
)
def test_a_text_is_in_the_language_of_its_file_and_has_an_end(place, english, vietnamese, said):
    say(place, english, vietnamese=vietnamese)
    assert [one for *_, one in found(place)] == [said]


def test_typed_numbers_and_references_to_nothing_are_found_with_their_line(place):
    say(place, "Words.\nIt grew by 8.5% to 200 million.\n{exports 2022} {handicraft_exports 2021} {src_9} {")
    file = "commentary/2023/handicraft_exports.en.md"
    assert [one for one in found(place) if one[0] == file] == [
        (file, 2, "commentary", "the number '200'"),
        (file, 2, "commentary", "the number '8.5'"),
        (file, 3, "commentary", "a single '{'"),
        (file, 3, "commentary", "{exports 2022}"),
        (file, 3, "commentary", "{handicraft_exports 2021}"),
        (file, 3, "commentary", "{src_9}"),
    ]
    assert [finding for finding in check(place) if finding.row > 0 and finding.file == file] == [
        finding for finding in findings(place) if finding.file == file
    ]


LEVEL = "a heading of a level that no page has, or without words"
HTML, LINK, MARK = (
    "HTML, which is shown as text",
    "a link that does not lead to the web",
    "a mark that a page shows as text",
)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('<img src="https://x.example/x.png">', HTML),
        ('<a href="https://x.example" onclick="p()">', HTML),
        ("<img src=x", HTML),
        ("<!-- aside", HTML),
        ("a</b>", HTML),
        ("![x](http://x.example/x.png)", "a picture, which no page loads"),
        ("[a](javascript:alert)", LINK),
        ("[a]: javascript:p()", LINK),
        ("[a]: ../index.html", LINK),
        ("<ftp://x.example>", LINK),
        ("::: note", MARK),
        ("<<<<<<< HEAD", MARK),
        (">>>>>>> other", MARK),
        ("% aside", MARK),
        ("| a | b |", MARK),
        ("---", "which begins settings that no page reads"),
        ("# Outlook", LEVEL),
        ("===", LEVEL),
        ("#### Outlook", LEVEL),
        ("## ##", LEVEL),
        ("USD 1.5bn", ""),
        ("5-8%", ""),
        ("-5%", ""),
        ("12km", ""),
        ("seen\u200b", ""),
    ],
)
def test_what_a_line_of_commentary_must_not_have_is_found(place, line, told):
    say(place, line, vietnamese="Lời.")
    assert [(row, rule, said.partition(", ")[2]) for _, row, rule, said in found(place)] == [(1, "commentary", told)]


def test_marks_links_and_numbers_that_a_page_shows_as_meant_have_no_finding(place):
    lines = ["A heading", "---", "2021-2025, the 1990s, 5S3D, COVID-19, 45/2012/NĐ-CP, a < b", "<https://x.example/a>"]
    lines += ["### Outlook #", "#outlook", "- [c](https://c.example)"]
    say(place, "\n".join([*lines, "<a@x.example>", "[a]: https://x.example"]), vietnamese="Lời.")
    assert found(place) == []


def test_a_file_that_no_page_shows_and_a_missing_language_are_found(place):
    say(place, "Words.", name="1999/handicraft_exports")
    say(place, "Words.", name="2023/nothing")
    say(place, "Words.", name="2023/ocop")
    (place / "commentary/2023/ocop.vi.md").unlink()
    (place / "commentary/note.txt").write_text("x", encoding="utf-8")
    assert [(file, rule, said) for file, _, rule, said in found(place)] == [
        ("commentary/1999/handicraft_exports.en.md", "unused", "period '1999'"),
        ("commentary/1999/handicraft_exports.vi.md", "unused", "period '1999'"),
        ("commentary/2023/nothing.en.md", "unused", "chapter 'nothing'"),
        ("commentary/2023/nothing.vi.md", "unused", "chapter 'nothing'"),
        ("commentary/2023/ocop.en.md", "language", "no commentary in vi"),
        ("commentary/note.txt", "unused", "a file that no page shows"),
    ]


def test_the_mark_that_a_text_of_windows_begins_with_is_no_part_of_it(place):
    say(place, "\N{ZERO WIDTH NO-BREAK SPACE}Exports grew.")
    (block,) = commentary(chapter())
    assert (block.text, found(place)) == ("Exports grew.", [])


def stale(place: Path) -> list[tuple[str, int, str]]:
    return [(f.file, f.row, f.found) for f in findings(place) if f.rule == "stale"]


def test_a_text_that_is_still_that_of_the_period_before_is_noted_until_it_is_brought_up_to_date(place):
    say(place, "Exports grew.", name="2022/handicraft_exports", vietnamese="Xuất khẩu tăng.")
    say(place, "Exports grew.", vietnamese="Xuất khẩu giảm.")
    assert stale(place) == [("commentary/2023/handicraft_exports.en.md", 0, "the text of 2022")]


def test_a_figure_that_a_newer_one_overtook_is_noted_where_that_is_of_the_period_or_earlier(place):
    put_place(place.parent, tables=TABLES)
    say(place, "{handicraft_exports 2022}", name="2022/handicraft_exports", vietnamese="Xuất khẩu.")
    say(place, "{handicraft_exports 2022} {handicraft_exports 2023}")
    file = "commentary/2023/handicraft_exports.en.md"
    assert stale(place) == [(file, 1, "{handicraft_exports 2022}, an older figure")]


@pytest.mark.parametrize(
    ("vietnamese", "said"),
    [
        ("Năm {handicraft_exports 2022}.", []),
        ("Nhận định.", ["no {handicraft_exports 2022} in handicraft_exports.vi.md"]),
        ("Năm {handicraft_exports 2022} ({src_001}).", ["no {src_001} in handicraft_exports.en.md"]),
    ],
)
def test_both_languages_refer_to_the_same_figures(place, vietnamese, said):
    say(place, "In the year {handicraft_exports 2022}.", vietnamese=vietnamese)
    name = "commentary/2023/handicraft_exports.vi.md"
    assert found(place) == [(name, 0, "language", one) for one in said]
