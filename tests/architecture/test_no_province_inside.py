"""The engine knows no province: no name, document or article of one is in its sources."""

import re
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from support.sources import ENGINE, ROOT

from engine.provinces.load import Provinces

KINDS = (".py", ".toml", ".json", ".html", ".txt", ".csv")
LOCALE = ENGINE / "locale"
PREFIXES = ENGINE / "provinces" / "prefixes.csv"
"""The one list that names provinces: all of them, with the letters of their clubs' ids, no rule."""
SOURCES = [
    path
    for folder in (ENGINE, ROOT / "schemas")
    for path in sorted(folder.rglob("*"))
    if path.suffix in KINDS and LOCALE not in path.parents and path != PREFIXES
]
NAMES = re.compile(
    r"hoa_binh|bac_ninh|hai_phong|ha_noi"
    r"|H(?:òa|oà) Bình|Bắc Ninh|Hải Phòng|Hà Nội|Bắc Giang|Hải Dương"
    r"|\b(?:Hoa Binh|Bac Ninh|Hai Phong|Ha Noi|Hanoi)\b"
)
DOCUMENTS = re.compile(
    r"\b(?:47/KH|1740/QĐ|276/KH|933/QĐ|141/TTr|249/KH|1648/QĐ|1336/QĐ|202/2025/QH15)"
)
GENERAL = ENGINE / "policy" / "general.toml"
NATIONAL = re.compile(r"\d+/QĐ-TTg")
"""Decisions of the prime minister hold in every province: the general policy alone states them."""
ARTICLES = re.compile(r"Phần thứ (?:nhất|hai|ba)|\b[IVX]+\.\d+(?:\.\d+)+")
SUMS = re.compile(r"\b[18]00_000_000\b|\b4_000_000_000\b")
PATTERNS = {"name": NAMES, "document": DOCUMENTS, "article": ARTICLES, "sum of money": SUMS}


@pytest.mark.parametrize("kind", PATTERNS)
def test_no_source_of_the_engine_speaks_of_a_province(kind: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in SOURCES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if PATTERNS[kind].search(NATIONAL.sub("", line) if path == GENERAL else line)
        and '"examples"' not in line
    ]
    assert found == []


def test_the_sources_that_are_searched_are_all_there() -> None:
    names = {path.relative_to(ROOT).as_posix() for path in SOURCES}
    assert {"engine/lifecycle/lifecycle.py", "engine/policy/general.toml"} <= names
    assert "schemas/forms/open.schema.json" in names


def test_every_installed_province_comes_through_the_one_door() -> None:
    installed = {point.name for point in entry_points(group="clb.provinces")}
    assert set(Provinces().found()) == installed
    assert "bac_ninh" in installed


def test_the_patterns_find_what_they_are_for(tmp_path: Path) -> None:
    for kind, text in (
        ("name", 'if province == "bac_ninh":'),
        ("name", "Thành phố Hà Nội"),
        ("document", "theo QĐ 933/QĐ-UBND"),
        ("article", "Phần thứ ba, I.2.2"),
        ("sum of money", "GRANT = 100_000_000"),
    ):
        assert PATTERNS[kind].search(text)
