"""What stands twice is found, however it is written; what only looks alike in part is not."""

from __future__ import annotations

import pytest
from small_tables import columns, found

from promotion_book.facts.rules.duplicate_rules import (
    keys_look_different,
    names_are_given_once,
    publishers_have_one_name,
    statements_are_made_once,
)


@pytest.mark.parametrize(
    "twin",
    [
        "SRC_001",
        "src_001 ",
        "src_001\u200b",
        "ѕrc_001".replace("ѕ", "s") + "\u00ad",
        "sгc_001".replace("г", "r\u200d"),
        "srс_001",
    ],
)
def test_a_key_that_looks_like_another_is_found(twin):
    rows = [{"source_id": "src_001"}, {"source_id": twin, "title": "Another"}]
    assert found(keys_look_different, sources=rows) == [("sources.csv", 3, "source_id", "look-alike")]


def test_the_same_key_twice_is_left_to_the_rule_of_keys():
    assert found(keys_look_different, sources=[{"source_id": "src_001"}, {"source_id": "src_001"}]) == []


@pytest.mark.parametrize("name", ["HÀ NỘI", "Ha Noi", "Hà  Nội", " Hà Nội", "Hà\u200b Nội", "Ha\u0300 No\u0323\u0302i"])
def test_a_name_in_another_writing_is_found(name):
    rows = [
        {"area_id": "hanoi", "name_en": "Hanoi", "name_vi": "Hà Nội"},
        {"area_id": "b", "name_en": "B", "name_vi": name},
    ]
    assert found(names_are_given_once, areas=rows) == [("areas.csv", 3, "name_vi", "twice")]


def test_a_source_given_twice_is_found():
    rows = [{"source_id": "src_001", "title": "Đề án"}, {"source_id": "src_002", "title": "ĐỀ ÁN"}]
    assert found(names_are_given_once, sources=rows) == [("sources.csv", 3, "title", "twice")]


def test_two_articles_of_one_title_and_two_days_are_two_sources():
    rows = [{"source_id": "src_001"}, {"source_id": "src_002", "published_on": "2024-02-01"}]
    assert found(names_are_given_once, sources=rows) == []


@pytest.mark.parametrize("table", ["observations", "targets"])
def test_a_statement_made_twice_by_a_source_is_found(table):
    key = {"observations": "observation_id", "targets": "target_id"}[table]
    assert found(statements_are_made_once, **{table: [{key: "a"}, {key: "b", "value": "11"}]}) == [
        (f"{table}.csv", 3, key, "twice")
    ]


@pytest.mark.parametrize("other", [{"source_id": "src_002"}, {"scope": "new"}, {"area": "vietnam"}, {"status": "plan"}])
def test_another_source_scope_area_or_a_plan_is_another_statement(other):
    assert found(statements_are_made_once, observations=[{}, {"observation_id": "o2", **other}]) == []


@pytest.mark.parametrize(
    "name", ["Hội nhập và doanh nghiệp", "The HỘI NHẬP & DOANH NGHIỆP", "Báo Hội nhập  Doanh nghiệp"]
)
def test_a_publisher_in_another_spelling_is_found_also_where_another_one_carries_it(name):
    rows = [{"source_id": "a", "publisher": "Hội nhập & Doanh nghiệp (printed)"}, {"publisher": f"{name} via A mirror"}]
    assert found(publishers_have_one_name, sources=rows) == [("sources.csv", 3, "publisher", "spelling")]


def test_publishers_of_other_words_are_others_and_the_name_that_readers_see_counts():
    rows = [
        {"publisher": "Tạp chí Công Thương"},
        {"publisher": "Báo Công Thương"},
        {"publisher": "Công thương", "publisher_name_en": "Industry", "publisher_name_vi": "Ngành"},
    ]
    assert found(publishers_have_one_name, sources=rows) == []


@pytest.mark.parametrize(
    ("table", "key", "column", "cells"),
    [
        ("sources", "source_id", "address", {"address": "https://paper.vn/1.htm"}),
        ("legal_acts", "act_id", "number", {"number": "45/2012/NĐ-CP", "signed": "2012"}),
        ("scenarios", "scenario", "name_en", {"name_en": "Growth of 5%"}),
    ],
)
def test_one_address_number_or_name_under_two_keys_is_found(table, key, column, cells):
    rows = [{key: "a", "title": "A", "title_en": "A"} | cells, {key: "b", "title": "B", "title_en": "B"} | cells]
    expected = [(f"{table}.csv", 3, column, "twice")]
    rows = [{k: v for k, v in row.items() if k in columns(table)} for row in rows]
    assert found(names_are_given_once, **{table: rows}) == expected
    assert found(names_are_given_once, **{table: [row | {column: ""} for row in rows]}) == []
