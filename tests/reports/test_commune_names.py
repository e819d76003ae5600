"""What a commune is called on a day: today's name, and after it the one at the founding."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from support.land import TOWN, Land, land
from support.step_forms import form

from engine import i18n
from engine.cli import run
from engine.documents.report_formats import render
from engine.model import Officer, Role
from engine.reports.building import build
from engine.reports.clubs import listing
from engine.reports.commune_names import called
from engine.rules.communes import Unit

OLD = Unit("1", "xã Cũ", "xã", "bac_ninh", date(2008, 1, 1), date(2025, 6, 30), successor="3")
OTHER = replace(OLD, id="2", name="xã Nọ")
NEW = Unit("3", "phường Mới", "phường", "bac_ninh", date(2025, 7, 1))
MORE = [
    replace(OLD, id=f"1{place}", name=name, valid_to=None, successor=None)
    for place, name in enumerate(("xã Tân Mai", "xã Tân", "xã Kia", "xã Sai"))
]
BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Land]:
    with land(tmp_path, "bac_ninh", date(2026, 6, 30)) as one:
        one.registry.province.import_units("bac_ninh", [OLD, OTHER, NEW, *MORE], by=TOWN)
        yield one


def report(here: Land, on: date) -> dict[str, Any]:
    return build(here.store, here.registry.provinces, "bac_ninh", "overview", None, on).document


def names(rows: list[dict[str, Any]]) -> list[tuple[str, Any]]:
    return [(row["commune"], row["formerly"]) for row in rows]


def answer(here: Land, capsys: pytest.CaptureFixture[str], *args: str) -> str:
    assert run([*args, "--database", str(here.store.target.path), "--lang", "en"]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("units", "on", "now", "formerly"),
    [
        ([OLD, NEW], BEFORE, "Xã Cũ", None),
        ([OLD, NEW], AFTER, "phường Mới", "Xã Cũ"),
        ([], AFTER, "Xã Cũ", None),
        ([NEW], AFTER, "Xã Cũ", None),
        ([OLD], AFTER, "Xã Cũ", None),
        ([OLD, replace(NEW, name="Mới")], AFTER, "phường Mới", "Xã Cũ"),
        ([OLD, replace(NEW, name="phường Cũ")], AFTER, "phường Cũ", "Xã Cũ"),
        ([OLD, replace(NEW, name="Xã Cũ", kind="xã")], AFTER, "Xã Cũ", None),
    ],
    ids=[
        "before",
        "after",
        "no list",
        "not in it",
        "no successor",
        "bare",
        "a ward now",
        "same name",
    ],
)
def test_a_name_changes_with_the_succession(
    units: list[Unit], on: date, now: str, formerly: str | None
) -> None:
    found = called(units, "Xã Cũ", date(2021, 8, 1), on)
    assert (found.name, found.formerly) == (now, formerly)


def test_a_name_that_two_communes_had_is_left_as_it_was_recorded() -> None:
    twin = replace(OLD, id="9", successor="8")
    third = replace(NEW, id="8", name="phường Khác")
    found = called([OLD, twin, NEW, third], "xã Cũ", date(2021, 8, 1), AFTER)
    assert (found.name, found.formerly) == ("xã Cũ", None)
    one_end = called([OLD, replace(twin, successor="3"), NEW], "xã Cũ", date(2021, 8, 1), AFTER)
    assert one_end.name == "phường Mới"


def test_a_succession_that_is_compiled_only_is_marked() -> None:
    found = called([replace(OLD, confirmed=False), NEW], "xã Cũ", date(2021, 8, 1), AFTER)
    assert not found.confirmed
    assert called([OLD, NEW], "xã Cũ", date(2021, 8, 1), AFTER).confirmed


def test_a_report_has_the_names_of_its_day_and_joins_communes_that_became_one(here: Land) -> None:
    here.club(date(2021, 9, 1), commune="Xã Cũ", village="Thôn Một")
    here.club(date(2021, 9, 1), commune="xã Nọ", village="Thôn Một")
    here.club(date(2026, 3, 1), commune="phường Mới", village="Thôn Hai")
    then, now = report(here, BEFORE), report(here, date(2026, 6, 30))
    assert names(then["clubs"]) == [("Xã Cũ", None), ("xã Nọ", None)]
    assert names(then["communes"]) == [("Xã Cũ", []), ("xã Nọ", [])]
    assert sorted(names(now["clubs"]), key=str) == [
        ("phường Mới", "Xã Cũ"),
        ("phường Mới", "xã Nọ"),
        ("phường Mới", None),
    ]
    (row,) = now["communes"]
    assert (row["commune"], row["clubs"], row["villages"]) == ("phường Mới", 3, 3)
    assert sorted(row["formerly"]) == ["Xã Cũ", "xã Nọ"]
    assert now["figures"]["communes_with_clubs"] == 1
    assert then["figures"]["communes_with_clubs"] == 2


def test_xa_and_phuong_of_one_name_are_two_communes_in_a_report(here: Land) -> None:
    ward = replace(MORE[3], id="14", name="phường Sai", kind="phường")
    here.registry.province.import_units("bac_ninh", [ward], by=TOWN)
    here.club(date(2021, 9, 1), commune="Xã Sai", village="Thôn Một")
    here.club(date(2021, 9, 1), commune="Phường Sai", village="Thôn Một")
    here.club(date(2021, 9, 1), commune="phường Sai", village="Thôn Một")
    made = report(here, BEFORE)
    assert [(row["commune"], row["clubs"]) for row in made["communes"]] == [
        ("Phường Sai", 2),
        ("Xã Sai", 1),
    ]
    assert made["figures"]["communes_with_clubs"] == 2
    assert made["figures"]["villages_with_clubs"] == 2
    found = listing(here.store, "bac_ninh", BEFORE, commune="Phường Sai")
    assert [one.commune for one in found] == ["Phường Sai", "phường Sai"]
    assert len(listing(here.store, "bac_ninh", BEFORE, commune="Sai")) == 3


def test_a_club_that_moved_keeps_the_name_of_its_founding_after_it(here: Land) -> None:
    club = here.club(date(2021, 9, 1), commune="xã Nọ")
    here.take(club, "rehome", date(2023, 1, 1), {"commune": "Xã Cũ", "document": "QĐ 1"})
    assert names(report(here, date(2022, 12, 31))["clubs"]) == [("xã Nọ", None)]
    assert names(report(here, date(2023, 1, 1))["clubs"]) == [("Xã Cũ", "xã Nọ")]
    assert names(report(here, AFTER)["clubs"]) == [("phường Mới", "xã Nọ")]


def test_a_name_that_holds_another_is_not_taken_for_it(here: Land) -> None:
    club = here.club(date(2021, 9, 1), commune="xã Tân Mai")
    here.take(club, "rehome", date(2023, 1, 1), {"commune": "xã Tân", "document": "QĐ 1"})
    assert names(report(here, date(2022, 12, 31))["clubs"]) == [("xã Tân Mai", None)]
    assert names(report(here, date(2023, 1, 1))["clubs"]) == [("xã Tân", "xã Tân Mai")]


def test_a_club_that_came_back_was_elsewhere_in_between(here: Land) -> None:
    club = here.club(date(2021, 9, 1), commune="xã Nọ")
    for on, commune in ((date(2022, 1, 1), "xã Kia"), (date(2024, 1, 1), "xã Nọ")):
        here.take(club, "rehome", on, {"commune": commune, "document": "QĐ 1"})
    assert names(report(here, date(2023, 1, 1))["clubs"]) == [("xã Kia", "xã Nọ")]
    assert names(report(here, date(2024, 1, 1))["clubs"]) == [("xã Nọ", None)]


def test_a_move_is_reported_as_it_was_corrected(here: Land) -> None:
    club = here.club(date(2021, 9, 1), commune="xã Nọ")
    mover = Officer("chuyen", "Hội tỉnh", Role.PROVINCE, "bac_ninh")
    here.registry.officers.add(mover, by=TOWN)
    for step, fields in (
        ("rehome", {"commune": "xã Sai", "document": "QĐ 1"}),
        ("correct", {"seq": 4, "changes": {"commune": "xã Kia", "date": "2023-02-01"}}),
    ):
        filled = form(step, date(2023, 1, 1), fields)
        here.registry.lifecycle.advance(club, step, filled, officer=mover.id)
    assert names(report(here, date(2023, 1, 31))["clubs"]) == [("xã Nọ", None)]
    assert names(report(here, date(2023, 2, 1))["clubs"]) == [("xã Kia", "xã Nọ")]


def text_of(format_: str, data: bytes) -> str:
    """Return what a report's file shows in its tables."""
    if format_ == "xlsx":
        sheets = openpyxl.load_workbook(BytesIO(data)).worksheets
        return str([list(sheet.iter_rows(values_only=True)) for sheet in sheets])
    if format_ == "docx":
        tables = docx.Document(BytesIO(data)).tables
        return "\n".join(cell.text for one in tables for row in one.rows for cell in row.cells)
    return data.decode()


@pytest.mark.parametrize("format_", ["html", "xlsx", "docx"])
def test_every_format_shows_both_names(here: Land, format_: str) -> None:
    here.club(date(2021, 9, 1), commune="Xã Cũ")
    text = text_of(format_, render(format_, report(here, AFTER)))
    # Tables whose rows all share the province leave it out.
    assert "phường Mới (" in text
    assert "xã Cũ)" in text


def test_the_list_and_the_page_of_a_club_show_both_names(
    here: Land, capsys: pytest.CaptureFixture[str]
) -> None:
    club = here.club(date(2021, 9, 1), commune="Xã Cũ")
    both = "phường Mới (formerly Xã Cũ)"
    assert both in answer(here, capsys, "club", "list", "--province", "bac_ninh")
    assert both in answer(here, capsys, "club", "show", club)
    assert both not in answer(here, capsys, "club", "show", club, "--on", "2025-06-30")
    shown = json.loads(answer(here, capsys, "club", "show", club, "--json"))
    assert [shown[one] for one in ("commune", "commune_now", "formerly")] == [
        *("Xã Cũ", "phường Mới", "Xã Cũ"),
    ]
    for commune in ("xã cũ", "Phường Mới"):
        listed = json.loads(
            answer(
                *(here, capsys, "club", "list", "--province", "bac_ninh", "--json"),
                *("--commune", commune),
            )
        )
        assert [one["club"] for one in listed] == [club]


# Hòa Bình's policy itself names what its communes became, so no list needs to be loaded.


@pytest.fixture
def hoa_binh(tmp_path: Path) -> Iterator[Land]:
    with land(tmp_path, "hoa_binh", date(2026, 6, 30)) as one:
        yield one


def overview(there: Land, on: date) -> dict[str, Any]:
    return build(there.store, there.registry.provinces, "hoa_binh", "overview", None, on).document


@pytest.mark.parametrize(
    ("on", "now", "formerly"),
    [
        (date(2019, 12, 31), "xã Yên Lạc", None),
        (date(2020, 1, 1), "Thị trấn Hàng Trạm", "xã Yên Lạc"),
        (date(2025, 6, 30), "Thị trấn Hàng Trạm", "xã Yên Lạc"),
        (date(2025, 7, 1), "Xã Yên Thủy", "xã Yên Lạc"),
        (date(2026, 6, 30), "Xã Yên Thủy", "xã Yên Lạc"),
    ],
)
def test_a_report_follows_the_provinces_succession_without_an_imported_list(
    hoa_binh: Land, on: date, now: str, formerly: str | None
) -> None:
    hoa_binh.club(date(2018, 9, 3), commune="xã Yên Lạc")
    (club,) = overview(hoa_binh, on)["clubs"]
    assert (club["commune"], club["formerly"]) == (now, formerly)


def test_clubs_founded_under_three_names_of_one_commune_are_one_commune_now(hoa_binh: Land) -> None:
    for decided, commune, village in (
        (date(2018, 9, 3), "xã Yên Lạc", "Xóm Một"),
        (date(2021, 9, 3), "Thị trấn Hàng Trạm", "Khu Hai"),
        (date(2026, 3, 2), "xã Yên Thủy", "Xóm Ba"),
    ):
        hoa_binh.club(decided, commune=commune, village=village)
    (row,) = overview(hoa_binh, date(2026, 6, 30))["communes"]
    assert (row["commune"], row["clubs"]) == ("Xã Yên Thủy", 3)
    assert sorted(row["formerly"]) == ["Thị trấn Hàng Trạm", "xã Yên Lạc"]


@pytest.mark.parametrize("format_", ["html", "xlsx", "docx"])
def test_every_format_has_a_hoa_binh_communes_two_names(hoa_binh: Land, format_: str) -> None:
    hoa_binh.club(date(2018, 9, 3), commune="xã Yên Lạc")
    text = text_of(format_, render(format_, overview(hoa_binh, date(2026, 6, 30))))
    assert "Xã Yên Thủy, tỉnh Phú Thọ (" in text
    assert "xã Yên Lạc, huyện Yên Thủy, tỉnh Hòa Bình; chưa xác nhận)" in text


@pytest.mark.parametrize("format_", ["html", "xlsx", "docx"])
def test_every_format_has_a_targets_days_as_people_write_them(here: Land, format_: str) -> None:
    document = report(here, AFTER)
    (target, *_others) = document["progress"]
    target["period"] = "2020-10-21/2025-12-31"
    text = text_of(format_, render(format_, document))
    assert "21/10/2020 - 31/12/2025" in text
    if format_ != "html":  # a page carries its data too, as JSON has it
        assert "2020-10-21/2025-12-31" not in text


def test_the_list_of_clubs_and_a_clubs_page_follow_the_provinces_succession(
    hoa_binh: Land, capsys: pytest.CaptureFixture[str]
) -> None:
    club = hoa_binh.club(date(2018, 9, 3), commune="xã Yên Lạc")
    both = "Xã Yên Thủy (formerly xã Yên Lạc)"
    assert both in answer(hoa_binh, capsys, "club", "list", "--province", "hoa_binh")
    assert both in answer(hoa_binh, capsys, "club", "show", club, "--on", "2026-06-30")
    then = answer(hoa_binh, capsys, "club", "show", club, "--on", "2021-06-30")
    assert "Thị trấn Hàng Trạm (formerly xã Yên Lạc)" in then


def hoa_binh_report(tmp_path: Path, on: date, commune: str = "Xã Phú Minh") -> dict[str, Any]:
    """A province without a list of units: its policy names what its communes became."""
    with land(tmp_path, "hoa_binh", date(2026, 6, 30)) as there:
        there.club(date(2019, 4, 8), commune=commune, launched=date(2019, 5, 6))
        provinces = there.registry.provinces
        return build(there.store, provinces, "hoa_binh", "overview", None, on).document


@pytest.mark.parametrize(
    ("on", "place"),
    [
        (date(2019, 12, 31), "Xã Phú Minh, huyện Kỳ Sơn, tỉnh Hòa Bình"),
        (
            date(2020, 6, 1),
            "Xã Thịnh Minh, tỉnh Hòa Bình "
            "(formerly xã Phú Minh, huyện Kỳ Sơn, tỉnh Hòa Bình; not confirmed)",
        ),
        (
            date(2026, 6, 1),
            "Xã Thịnh Minh, tỉnh Phú Thọ "
            "(formerly xã Phú Minh, huyện Kỳ Sơn, tỉnh Hòa Bình; not confirmed)",
        ),
    ],
)
def test_a_report_writes_a_commune_with_district_and_province_of_its_day(
    tmp_path: Path, on: date, place: str
) -> None:
    before = i18n.language()
    i18n.use("en")
    document = hoa_binh_report(tmp_path, on)
    for part in ("clubs", "communes", "attention"):
        assert {row["place"] for row in document[part]} == {place}, part
    assert place in {row["place"] for row in document["overdue"]}
    word = docx.Document(BytesIO(render("docx", document, None)))
    cells = {cell.text for one in word.tables for row in one.rows for cell in row.cells}
    # Tables leave out the one province that every row has, not two of one place.
    if "Phú Thọ" not in place:
        place = place.replace(", tỉnh Hòa Bình", "")
    assert place in cells
    book = openpyxl.load_workbook(BytesIO(render("xlsx", document, None)))
    for sheet in ("Clubs", "Communes", "Attention", "Overdue"):
        assert place in {cell for row in book[sheet].values for cell in row}, sheet
    page = render("html", document, None).decode()
    assert page.count(place) >= 4
    i18n.use(before)


def test_a_new_commune_of_the_same_name_is_another_one(tmp_path: Path) -> None:
    (row,) = hoa_binh_report(tmp_path, date(2026, 6, 1), "Xã An Bình")["clubs"]
    assert (row["commune"], row["formerly"]) == ("Xã An Bình", None)
    assert row["place"] == (
        "Xã An Bình, tỉnh Phú Thọ "
        "(trước là xã An Bình, huyện Lạc Thủy, tỉnh Hòa Bình; chưa xác nhận)"
    )
