"""A report's workbook, read back: the report's figures as numbers and days, text as text."""

import re
import zipfile
from datetime import date, datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook
from support.glance import FORMULA, HOSTILE, LONG, RIGHT_TO_LEFT, SCRIPT, built, hostile

from engine import i18n
from engine.reports.writers.xlsx import render


@pytest.fixture(autouse=True)
def english() -> Any:
    before = i18n.language()
    i18n.use("en")
    yield
    i18n.use(before)


TOTALS = ("Total", "Total of the clubs alive")


def book(document: dict[str, Any]) -> Any:
    return openpyxl.load_workbook(BytesIO(render(document)))


def records(sheet: Any) -> list[dict[str, Any]]:
    """Return the rows below a sheet's headings by their headings, without the row of totals."""
    _title, _empty, headings, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in rows if row[0] not in TOTALS]


def total(sheet: Any) -> dict[str, Any]:
    """Return a sheet's last row, which adds the others up, by its headings."""
    _title, _empty, headings, *rows = sheet.iter_rows(values_only=True)
    assert rows[-1][0] in TOTALS
    return dict(zip(headings, rows[-1], strict=True))


def test_one_row_a_club_with_real_numbers_and_days() -> None:
    clubs = built(37)["clubs"]
    rows = records(book(built(37))["Clubs"])
    assert [row["Club"] for row in rows] == [one["club"] for one in clubs]
    for row, one in zip(rows, clubs, strict=True):
        assert (row["Members"], row["Women"]) == (one["members"], one["women"])
        assert row["Income fund (đồng)"] == one["income_fund"]
        day = row["Decided"]
        assert (day.date().isoformat() if day else None) == one["decided_on"]
    assert {type(row["Members"]) for row in rows} == {int}
    assert {type(row["Decided"]) for row in rows} == {datetime, type(None)}


def test_one_row_a_commune_whose_sums_are_the_summary() -> None:
    document = built(37)
    made = book(document)
    communes = records(made["Communes"])
    summary = {row["Figure"]: row["Value"] for row in records(made["Summary"])}
    assert len(communes) == len(document["communes"]) == 7
    for name in ("Members", "Women", "Elderly members"):
        assert sum(row[name] for row in communes) == summary[name]
    assert summary["Clubs alive"] == document["figures"]["clubs"]
    assert summary["Grants and contributions up to the day (đồng)"] == document["received"]["total"]
    made_of = summary["How this page was made"]
    assert f"head {document['log']['head'][:12]}" in made_of
    assert max(map(len, re.findall("[0-9a-f]+", made_of))) == 12, "no hash that nobody can read"


def test_the_summary_has_the_change_since_the_period_before() -> None:
    document = built(37)
    day = date.fromisoformat(document["previous"]["end"]).strftime("%d/%m/%Y")
    rows = {row["Figure"]: row for row in records(book(document)["Summary"])}
    for name, label in (("clubs", "Clubs alive"), ("members", "Members"), ("women", "Women")):
        grown = document["figures"][name] - document["previous"]["figures"][name]
        assert rows[label][f"Change since {day}"] == grown
    document["previous"] = None
    first = next(iter(records(book(document)["Summary"])))
    assert list(first) == ["Figure", "Value"]


def test_the_clubs_are_added_up_that_are_alive_as_in_the_summary() -> None:
    made, figures = book(built(37)), built(37)["figures"]
    sums = total(made["Clubs"])
    alive = [row for row in records(made["Clubs"]) if row["Decided"] and not row["Ended"]]
    assert len(alive) == figures["clubs"]
    for name in ("Members", "Women", "Income fund (đồng)"):
        assert sums[name] == sum(row[name] or 0 for row in alive), name
    assert sums["Members"] == figures["members"]


def test_a_row_of_totals_adds_up_the_communes_and_the_money() -> None:
    made = book(built(37))
    for sheet in (made["Communes"], made["Money received"]):
        rows, sums = records(sheet), total(sheet)
        added = {name for name, value in sums.items() if isinstance(value, int)}
        assert added
        for name in added:
            assert sums[name] == sum(row[name] for row in rows if row[name] is not None), name


def test_a_target_has_its_unit_and_a_limit_is_the_most() -> None:
    rows = records(book(built(37))["Targets"])
    assert {row["Unit"] for row in rows} <= {"clubs", "people", "%", "đồng"}
    limits = [row for row in rows if row["Unit"] == "đồng"]
    assert limits
    for row in limits:
        assert row["Asked at least"] is None
        assert row["Asked at most"] > 0


def test_a_sheet_without_a_row_is_left_out() -> None:
    assert book(built(0)).sheetnames == ["Summary", "Targets", "Overdue", "Earlier reports"]
    assert all(len(records(sheet)) for sheet in book(built(37)))


def test_a_list_of_many_columns_is_printed_in_letters_that_can_be_read() -> None:
    """Fitted to so many pages across, the letters of 12 points are 8 points at least."""
    for sheet in book(built(37)):
        across = sheet.page_setup.fitToWidth or 1
        widths = [0.0] * sheet.max_column
        for one in sheet.column_dimensions.values():
            for place in range(one.min, min(one.max, sheet.max_column) + 1):
                widths[place - 1] = one.width
        room = 145 if sheet.page_setup.orientation != "landscape" else 215
        assert sum(widths) + (across - 1) * widths[0] <= across * room + 2 * len(widths)
        assert (sheet.print_title_cols == "$A:$A") is (across > 1)


def test_only_the_clubs_take_several_pages_side_by_side_and_each_has_the_title_whole() -> None:
    made = book(built(37))
    assert [one.title for one in made if (one.page_setup.fitToWidth or 1) > 1] == ["Clubs"]
    for sheet in made:
        merged = [one.max_col for one in sheet.merged_cells.ranges if one.min_row == 1]
        last = max(merged, default=1)
        assert (last == 1) is (sheet.title == "Clubs")
        wide = sum(
            one.width * (min(one.max, last) - one.min + 1)
            for one in sheet.column_dimensions.values()
            if one.min <= last
        )
        lines = -(-len(sheet["A1"].value) * 1.4 // wide)
        assert sheet.row_dimensions[1].height > 18 * lines


def test_the_province_of_all_communes_is_in_the_title_and_in_no_row() -> None:
    document = built(37)
    for name in ("clubs", "communes", "overdue", "attention"):
        for row in document[name]:
            row["place"] = f"{row['commune']}, tỉnh Bắc Ninh"
    document["sections"] = [
        {
            "title": "Nơi được nêu tên",
            "headings": ["Xã"],
            "rows": [[document["communes"][0]["place"]]],
            "source": None,
        }
    ]
    made = book(document)
    assert {row["Commune"] for row in records(made["Communes"])} == {
        one["commune"] for one in document["communes"]
    }
    assert made["Communes"]["A1"].value.startswith("Bắc Ninh province: ")
    cells = (cell.value for sheet in made for row in sheet.iter_rows(min_row=3) for cell in row)
    assert [one for one in cells if isinstance(one, str) and "tỉnh Bắc Ninh" in one] == []


def test_a_long_name_of_a_sheet_ends_with_a_word() -> None:
    document = built(0)
    title = "Kế hoạch phân bổ kinh phí theo từng năm"
    document["sections"] = [{"title": title, "headings": ["Ô"], "rows": [["1"]], "source": None}]
    assert book(document).sheetnames[-1] == "Kế hoạch phân bổ kinh phí theo…"


def test_targets_have_their_article_and_the_same_figures() -> None:
    document = built(37)
    rows = records(book(document)["Targets"])
    assert [
        (row["Target"], row["Reached so far"], row["Percent"], row["Article"]) for row in rows
    ] == [
        (one["label"], one["actual"], one["percent"], one["source"]) for one in document["progress"]
    ]


def test_what_is_late_and_the_stages_are_the_reports() -> None:
    document = built(37)
    made = book(document)
    assert [row["Days late"] for row in records(made["Overdue"])] == [
        one["overdue_days"] for one in document["overdue"]
    ]
    assert [(row["Median (days)"], row["Slowest (days)"]) for row in records(made["Stages"])] == [
        (one["median_days"], one["slowest_days"]) for one in document["durations"]
    ]
    reasons = sum(len(one["reasons"]) for one in document["attention"])
    assert len(records(made["Attention"])) == reasons > 0


def test_earlier_reports_and_received_money_have_a_row_each() -> None:
    document = built(37)
    made = book(document)
    assert [row["Received (đồng)"] for row in records(made["Money received"])] == [
        one["amount"] for one in document["received"]["parts"]
    ]
    earlier = records(made["Earlier reports"])
    assert [row["Days late"] for row in earlier] == [
        one["days_late"] for one in document["earlier_reports"]
    ]
    assert {row["Sent"] for row in earlier} == {"not sent"}


def test_another_reader_finds_the_same_days_and_numbers() -> None:
    data = render(built(37))
    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name("Clubs").to_python()
    headings = [str(one) for one in rows[2]]
    members, decided = headings.index("Members"), headings.index("Decided")
    *clubs, last = rows[3:]
    assert [int(str(row[members]).split(".")[0]) for row in (*clubs, last)] == [
        *(one["members"] for one in built(37)["clubs"]),
        built(37)["figures"]["members"],
    ]
    assert {type(row[decided]) for row in clubs if row[decided] != ""} == {date}


def test_each_sheet_prints_on_a4_with_its_headings_on_every_page() -> None:
    for sheet in book(built(37)):
        assert sheet.page_setup.paperSize == 9
        assert (sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (
            0,
            True,
        )
        assert sheet.print_title_rows == "$3:$3"
        assert sheet.freeze_panes == "B4"
        widths = [one.width for one in sheet.column_dimensions.values()]
        assert min(widths) >= 8
        assert max(widths) <= 60


def test_hostile_text_stays_text() -> None:
    made = book(hostile())
    for sheet in made:
        kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
        assert "f" not in kinds, sheet.title
    names = {row["Club's name"] for row in records(made["Clubs"])}
    assert {SCRIPT, FORMULA, RIGHT_TO_LEFT, LONG, "+1", "-1", "@x"} <= names
    assert len(names) == len(HOSTILE)
    cells = {cell.value: cell for (cell,) in made["Clubs"].iter_rows(max_col=1)}
    assert all(cells[one].quotePrefix for one in (FORMULA, "+1", "-1", "@x"))
    with zipfile.ZipFile(BytesIO(render(hostile()))) as parts:
        links = [name for name in parts.namelist() if "rels" in name and "sheet" in name]
    assert links == []


def test_two_sections_of_one_name_get_a_sheet_each() -> None:
    names = book(hostile()).sheetnames
    assert len(names) == len({one.lower() for one in names}) == 12
    assert all(len(one) <= 31 for one in names)


def test_a_text_longer_than_its_column_has_the_lines_it_needs() -> None:
    """Not every program fits rows to their text by itself."""
    for sheet in book(built(37)):
        widths = {
            place: one.width
            for one in sheet.column_dimensions.values()
            for place in range(one.min, one.max + 1)
        }
        for row in sheet.iter_rows(min_row=3):
            height = sheet.row_dimensions[row[0].row].height or sheet.sheet_format.defaultRowHeight
            for cell in row:
                if isinstance(cell.value, str):
                    needed = min(409, 15 * -(-len(cell.value) // int(widths[cell.column])))
                    assert height >= needed, (sheet.title, cell.coordinate)


def test_what_the_clubs_own_books_have_is_a_sheet_of_its_own() -> None:
    document = built(37)
    first = document["communes"][0]
    first["loans_lent"] = document["figures"]["loans_lent"] = 5_000_000
    (row,) = [
        one
        for one in records(book(document)["Books of clubs"])
        if one["Commune"] == first["commune"]
    ]
    assert row["Lent in the period (đồng)"] == 5_000_000
    assert "Lent in the period (đồng)" not in records(book(document)["Communes"])[0]
