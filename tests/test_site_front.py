"""What the site itself says: archive, revision log, feed, sitemap, switcher, and the ways to the newest edition."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path
from urllib.parse import urljoin
from xml.etree.ElementTree import fromstring
from zipfile import ZipFile

import pytest
import yaml
from bs4 import BeautifulSoup

from golden import golden
from places import NAME, put_place
from promotion_book.book.book_edition import contact_line
from promotion_book.report.results import VERDICT
from promotion_book.running.data_package import csvw
from promotion_book.running.hashing import folder_sha256
from promotion_book.running.named_files import make_zip
from promotion_book.running.plan import EditionId, locate_build, plan_edition
from promotion_book.site.copies.citation import bibtex
from promotion_book.site.front.site_pages import home_page, read_verdicts, revision_log
from promotion_book.site.histories import read_manifests
from promotion_book.site.manifest import Note
from promotion_book.site.publish import publish
from promotion_book.words.language import LANGUAGES
from promotion_book.words.translation import load_language
from sites import ERROR, EXPORTS, finish, make, page, published, put_project

pytestmark = pytest.mark.xdist_group("small sites")

ADDRESS = "https://example.org/report/"
FIRST, LATER = date(2026, 6, 1), date(2026, 11, 24)


def put_site(root: Path, address: str = ADDRESS) -> Path:
    """A site of three editions, one of them with a corrected error, and a second place with one edition."""
    put_project(root, address)
    put_place(root / "data", "lang_cu")
    published(root, "2022", "2023", "2024", today=FIRST, exports="wrong", figure="4400000")
    make(root, "2023", "lang_cu")
    publish(root, [EditionId("lang_cu", "2023")], today=FIRST)
    published(root, "2023", today=LATER, note=ERROR, exports="right", figure="4000000")
    return root / "_site"


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Iterator[Path]:
    root = tmp_path_factory.mktemp("front")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PROMOTION_BOOK_DATA", str(root / "data"))
        yield put_site(root)


@pytest.mark.parametrize(
    "name",
    [
        "index.html",
        "index.vi.html",
        "archive.en.html",
        "lang_moi/archive.en.html",
        "lang_moi/2023/archive.en.html",
        "revisions.en.html",
        "feed.en.xml",
        "sitemap.xml",
        "robots.txt",
        "lang_moi/editions.en.json",
        "archive.vi.html",
        "revisions.vi.html",
        "feed.vi.xml",
        "lang_moi/editions.vi.json",
        "lang_moi/latest/en/index.html",
        "latest/index.html",
        "lang_moi/2023/r1/CITATION.cff",
    ],
)
def test_a_file_of_the_site_is_as_it_was_reviewed(site, name):
    golden(name.replace("/", "-"), (site / name).read_text(encoding="utf-8"))


def test_a_manifest_is_as_it_was_reviewed(site):
    text = (site / NAME / "2023" / "r1" / "manifest.json").read_text(encoding="utf-8")
    manifest = json.loads(re.sub("[0-9a-f]{64}", "<sha256>", text))
    manifest["inputs"] = {n: sha for n, sha in manifest["inputs"].items() if not n.startswith(("package/", "python"))}
    manifest["names"]["en"]["programmes"] = manifest["names"]["en"]["programmes"][:1]
    golden("manifest.json", json.dumps(manifest | {"version": "<version>"}, indent=1, ensure_ascii=False) + "\n")


def test_the_table_of_contents_is_as_it_was_reviewed():
    built = locate_build(Path.cwd(), EditionId("hanoi", "2025"), language="en")
    golden("toc.yml", yaml.safe_dump(dict(plan_edition(Path.cwd(), built).contents), sort_keys=False))


def test_a_site_published_elsewhere_in_the_same_way_has_the_same_bytes(site, tmp_path, monkeypatch):
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(tmp_path / "data"))
    again = put_site(tmp_path)
    assert folder_sha256(again) == folder_sha256(site)


def test_the_archive_says_what_comes_next_and_links_every_revision(site):
    archive = (site / "archive.en.html").read_text(encoding="utf-8")
    assert "<li>15 January 2027: edition of 2025</li>" in archive
    linked = re.findall(r'<a href="(lang_moi/\S+/book/index.html)"', archive)
    assert linked == [f"lang_moi/{where}/en/book/index.html" for where in ("2024", "2023", "2023/r0", "2022")]


def test_the_archive_says_why_an_edition_was_announced_as_it_was_in_the_language_of_the_page(site):
    told = [
        re.findall(r'<p class="quiet">((?:Announced|Thông báo) .*)</p>', (site / name).read_text(encoding="utf-8"))
        for name in ("archive.en.html", "archive.vi.html")
    ]
    assert told == [
        ["Announced on 1 April 2026 for 1 June 2026. First release."],
        ["Thông báo ngày 01/4/2026, dự kiến công bố ngày 01/6/2026. Lần công bố đầu tiên."],
    ]


def test_the_revision_log_counts_editions_once_and_leads_to_what_changed_between_them(site):
    first, *_ = found = read_manifests(site)
    names = {code: {**told, "pages": {"notebooks/changes": "What changed"}} for code, told in first.names.items()}
    log = revision_log([replace(first, names=names), *found[1:]], load_language("en"))
    assert re.findall("<(?:p|li)>(.*(?:edition|changes).*)</(?:p|li)>", log) == [
        "Of 4 editions, 1 has been revised.",
        "How first figures changed from edition to edition:",
        '<a href="lang_cu/2023/en/notebooks/changes.html">Industrial promotion in Lang Cu, 2023: What changed</a>',
    ]
    assert "<p>No edition has been revised.</p>" in revision_log([first], load_language("en"))


def test_the_home_of_the_site_tells_the_verdict_of_the_newest_edition_point_by_point(site, tmp_path):
    said = {"results": {"verdict": ["1 < 2.", "Nothing else."]}}
    for folder in ("2024/r0", "2023/r1"):
        path = tmp_path / NAME / folder / "en" / VERDICT
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(said), encoding="utf-8")
    found = read_manifests(site)
    verdicts = read_verdicts(tmp_path, found)
    assert verdicts == {f"{NAME}/{year}/en": ["1 < 2.", "Nothing else."] for year in ("2024", "2023")}
    home = home_page(found, load_language("en"), verdicts=verdicts)
    points = '<p><strong>1 &lt; 2.</strong></p>\n<ul class="points">\n<li>Nothing else.</li>\n</ul>'
    assert home.count(points) == 1


def test_a_site_of_one_place_leads_from_latest_straight_to_its_newest_edition(root):
    published(root, "2022", "2023")
    way = root / "_site" / "latest" / "index.html"
    (target,) = re.findall('url=(.*?)"', way.read_text(encoding="utf-8"))
    assert (way.parent / target).resolve() == (root / "_site" / NAME / "2023" / "en" / "book" / "index.html").resolve()


def test_the_feed_has_an_entry_for_each_revision_with_a_name_that_lasts(site, root):
    atom = "{http://www.w3.org/2005/Atom}"
    feed = fromstring((site / "feed.en.xml").read_text(encoding="utf-8"))
    names = [entry.findtext(f"{atom}id") for entry in feed.iter(f"{atom}entry")]
    assert (len(names), len(set(names))) == (5, 5)
    published(root, "2022", today=FIRST)
    other = fromstring((root / "_site" / "feed.en.xml").read_text(encoding="utf-8"))
    assert other.findtext(f"{atom}entry/{atom}id") in names


def test_a_reason_with_signs_that_xml_cannot_write_leaves_the_feed_sound(root):
    published(root, "2022")
    published(root, "2022", note=Note("error", {"en": "a\x1b[31m\x00<b>\ufffe"}), exports="right")
    feed = fromstring((root / "_site" / "feed.en.xml").read_text(encoding="utf-8"))
    assert feed.findtext("{*}entry/{*}summary") == "a[31m<b>"


def test_the_revision_log_begins_with_the_last_revision(root):
    published(root, "2022", exports="a", today=FIRST)
    for exports, reason, day in (("b", "Counted twice.", FIRST), ("c", "Counted anew.", LATER)):
        published(root, "2022", exports=exports, note=Note("error", {"en": reason}), today=day)
    log = (root / "_site" / "revisions.en.html").read_text(encoding="utf-8")
    assert 0 < log.index("Counted anew.") < log.index("Counted twice.")


def test_without_an_address_the_feed_has_relative_links_and_there_is_no_sitemap(root):
    published(root, "2022")
    site = root / "_site"
    assert 'href="lang_moi/2022/r0/en/book/index.html"' in (site / "feed.en.xml").read_text(encoding="utf-8")
    assert not (site / "sitemap.xml").exists()
    assert (site / "robots.txt").read_text(encoding="utf-8") == "User-agent: *\nAllow: /\n"


def test_the_sitemap_names_pages_that_exist(site):
    found = re.findall("<loc>(.*?)</loc>", (site / "sitemap.xml").read_text(encoding="utf-8"))
    assert len(found) == 8 * len(LANGUAGES)
    assert [url for url in found if not (site / url.removeprefix(ADDRESS)).is_file()] == []


def test_the_sitemap_leaves_out_pages_that_only_lead_to_others_and_languages_that_do_not_have_a_page(
    tmp_path, monkeypatch
):
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(tmp_path / "data"))
    root = put_project(tmp_path, ADDRESS)
    make(root, "2022", pages=("index", "search"))
    finish(root, locate_build(root, EditionId(NAME, "2022"), language="en"), ("index", "search", "book/english"))
    publish(root, [EditionId(NAME, "2022")], today=FIRST)
    pages = fromstring((root / "_site" / "sitemap.xml").read_text(encoding="utf-8")).findall("{*}url")
    start = f"{ADDRESS}{NAME}/2022/"
    assert {one.findtext("{*}loc", "").removeprefix(start): len(one.findall("{*}link")) for one in pages} == {
        **{f"{code}/{name}.html": 2 for code in LANGUAGES for name in ("book/index", EXPORTS)},
        "en/book/english.html": 0,
    }


def test_the_start_page_of_a_revision_describes_it_as_a_dataset_whose_files_exist(site):
    start = (site / NAME / "2023" / "en" / "book" / "index.html").read_text(encoding="utf-8")
    (text,) = re.findall('<script type="application/ld\\+json">(.*?)</script>', start, re.DOTALL)
    described = json.loads(text)
    told = {key: described[key] for key in ("@type", "name", "version", "datePublished", "dateModified", "url")}
    assert told == {
        "@type": "Dataset",
        "name": "Industrial promotion in Lang Moi, 2023",
        "version": "r1",
        "datePublished": "2026-06-01",
        "dateModified": "2026-11-24",
        "url": f"{ADDRESS}lang_moi/2023/en/",
    }
    files = [site / file["contentUrl"].removeprefix(ADDRESS) for file in described["distribution"]]
    assert all(file.is_file() for file in files)


def test_without_an_address_the_files_of_a_dataset_are_found_from_its_page(root):
    published(root, "2022")
    described = re.findall('"contentUrl": "(.*?)"', page(root, "2022/r0/en"))
    address = "http://host/below/lang_moi/2022/r0/en/book/index.html"
    found = [urljoin(address, url).removeprefix("http://host/below/") for url in described]
    assert [(root / "_site" / name).is_file() for name in found] == [True] * 4


def test_the_start_page_of_a_revision_says_how_it_is_cited_as_a_sentence_and_for_bibtex(site):
    start = BeautifulSoup((site / NAME / "2023" / "r1" / "vi" / "book" / "index.html").read_bytes(), "html.parser")
    sentence, entry = (found.get_text() for found in start.select(".how-to-cite pre"))
    assert sentence == (
        f"Báo cáo & bạn bè, Khuyến công Làng Mới, kỳ báo cáo năm 2023, r1, 24/11/2026. {ADDRESS}lang_moi/2023/r1/"
    )
    assert entry.splitlines() == [
        "@misc{lang_moi-2023-r1-vi,",
        r"  author = {{Báo cáo \& bạn bè}},",
        "  title = {{Khuyến công Làng Mới, kỳ báo cáo năm 2023}},",
        "  year = {2026},",
        "  edition = {r1},",
        "  language = {vi},",
        f"  url = {{{ADDRESS}lang_moi/2023/r1/}},",
        "}",
    ]


def test_braces_and_signs_of_tex_in_a_name_leave_an_entry_for_bibtex_whole(site):
    (shown, *_) = read_manifests(site)
    names = {"en": shown.names["en"] | {"author": "A } {{b}} {, 5% @c"}}
    author = bibtex(replace(shown, names=names), load_language("en")).splitlines()[1]
    left, right = r"\textbraceleft{}", r"\textbraceright{}"
    assert author == f"  author = {{{{A {right} {left}{left}b{right}{right} {left}, 5\\% @c}}}},"


def test_whom_to_write_to_and_where_the_source_is_are_told_as_links_and_what_is_empty_is_left_out():
    line = contact_line("desk@example.org", "https://example.org/source", words=load_language("en"))
    assert line == (
        'Contact: <a href="mailto:desk@example.org">desk@example.org</a> · '
        'Source of the project: <a href="https://example.org/source" rel="external">https://example.org/source</a>'
    )
    assert contact_line("javascript:alert(1)", "", words=load_language("en")) == "Contact: javascript:alert(1)"
    assert contact_line("", "", words=load_language("en")) == ""


def test_only_the_start_page_describes_the_dataset(site):
    assert "ld+json" not in (site / NAME / "2023" / "en" / f"{EXPORTS}.html").read_text(encoding="utf-8")


def test_a_reason_in_one_language_only_is_marked_as_such(root, monkeypatch):
    published(root, "2022", exports="wrong")
    published(root, "2022", exports="right", note=Note("error", {"vi": "Số liệu bị tính hai lần."}))
    assert '<span lang="vi">Số liệu bị tính hai lần.</span>' in page(root, "2022/en", EXPORTS)


def test_the_data_package_says_what_it_is_of_and_how_it_may_be_used_in_each_language(site):
    with ZipFile(site / NAME / "2023" / f"{NAME}-2023-data.zip") as package:
        told, licence = (package.read(f"{NAME}/{name}").decode("utf-8") for name in ("README.md", "LICENSE.txt"))
        assert {name.split("/")[0] for name in package.namelist()} == {NAME}
    assert ("# Industrial promotion in Lang Moi, 2023" in told, "# Khuyến công " in told) == (True, True)
    assert licence == "The report book & friends. CC BY 4.0. https://creativecommons.org/licenses/by/4.0/\n"


def test_the_data_package_is_one_for_frictionless_and_its_csvw_has_the_same_columns(site, tmp_path):
    folder = tmp_path / NAME
    with ZipFile(site / NAME / "2023" / f"{NAME}-2023-data.zip") as package:
        package.extractall(tmp_path)
    frictionless = import_module("frictionless")  # here, for it is slow, and every process of a run reads this module
    assert frictionless.validate(str(folder / "datapackage.json")).valid
    described = json.loads((folder / "csv-metadata.json").read_text(encoding="utf-8"))
    columns = {table["url"]: [c["name"] for c in table["tableSchema"]["columns"]] for table in described["tables"]}
    heads = {name: (folder / name).read_text(encoding="utf-8").split("\n")[0].split(",") for name in columns}
    assert columns == heads
    assert described["@context"] == "http://www.w3.org/ns/csvw"


def test_a_foreign_key_is_one_in_csv_on_the_web():
    schema = {
        "fields": [{"name": "a", "type": "string"}],
        "foreignKeys": [{"fields": ["a"], "reference": {"resource": "other", "fields": ["b"]}}],
    }
    tables = [{"name": "one", "path": "one.csv", "schema": schema}]
    tables += [{"name": "other", "path": "other.csv", "schema": {"fields": []}}]
    (key,) = csvw({"title": "t", "resources": tables})["tables"][0]["tableSchema"]["foreignKeys"]
    assert key == {"columnReference": ["a"], "reference": {"resource": "other.csv", "columnReference": ["b"]}}


def test_a_zip_of_the_same_files_has_the_same_bytes_in_whatever_order_they_come():
    assert make_zip({"a": b"1", "b": b"2"}) == make_zip({"b": b"2", "a": b"1"})
