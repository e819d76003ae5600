"""What the demonstration leaves in its folder: pages, reports and papers that open."""

import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from support.demo_run import Shown

from engine.documents.papers import papers as all_papers

pytestmark = pytest.mark.slow


def files(demo: Shown, **like: str) -> list[dict[str, Any]]:
    return [one for one in demo.data["files"] if all(one[name] == like[name] for name in like)]


def test_each_province_has_its_overview_as_a_page_and_a_workbook(demo: Shown) -> None:
    written = Counter((one["province"], one["format"]) for one in files(demo, kind="overview"))
    provinces = [one["province"] for one in demo.data["provinces"]]
    assert written == {(one, form): 1 for one in provinces for form in ("html", "xlsx")}
    for one in files(demo, format="html"):
        text = Path(one["file"]).read_text(encoding="utf-8")
        name = demo.province(one["province"])["name"]
        assert name in text
        for club in demo.clubs(one["province"]):
            if club["state"] not in ("withdrawn", "rejected"):
                assert club["club"] in text


def test_reports_are_words_and_workbooks_of_one_period(demo: Shown) -> None:
    reports = files(demo, kind="report")
    assert {one["province"] for one in reports} == {
        one["province"] for one in demo.data["provinces"]
    }
    formats: dict[tuple[str, str, str], set[str]] = {}
    for one in reports:
        formats.setdefault((one["province"], one["id"], one["period"]), set()).add(one["format"])
    assert set(map(frozenset, formats.values())) == {frozenset({"docx", "xlsx"})}
    for one in reports:
        if one["format"] == "xlsx":
            assert openpyxl.load_workbook(one["file"]).sheetnames
        else:
            assert docx.Document(one["file"]).tables


def test_one_club_of_each_province_has_every_paper(demo: Shown) -> None:
    for one in demo.data["provinces"]:
        papers = files(demo, kind="paper", province=one["province"])
        assert {paper["id"] for paper in papers} == {one.id for one in all_papers()}
        assert all(zipfile.is_zipfile(paper["file"]) for paper in papers)


def test_the_folder_holds_what_the_answer_lists_and_the_database(demo: Shown) -> None:
    folder = demo.folder / "out"
    there = {str(path) for path in folder.rglob("*") if path.is_file()}
    assert there == {one["file"] for one in demo.data["files"]} | {demo.data["database"]}
