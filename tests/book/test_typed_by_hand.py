"""What people type into a club's workbook, what the import makes of it and where it says so."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from support.roster_cli import Office
from support.workbook import (
    BACK,
    BACK_AGAIN,
    CARE,
    CARED,
    FUND,
    GIFT,
    LOAN,
    LOANS,
    MEMBERS,
    at_work,
    exported,
    month,
    taken,
    write,
)

pytestmark = pytest.mark.slow


@pytest.fixture
def club(office: Office) -> str:
    return at_work(office)


def notes(path: Path) -> dict[str, str]:
    """Return the notes in a workbook by sheet and cell."""
    return {
        f"{sheet.title} {cell.coordinate}": cell.comment.text
        for sheet in openpyxl.load_workbook(path)
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def marked(office: Office, club: str, path: Path) -> dict[str, str]:
    """Take a workbook with something wrong in it and return the notes that came back."""
    copy = office.folder / "sua.xlsx"
    taken(office, club, path, "--corrections", str(copy), code=1)
    return notes(copy)


def test_fees_are_a_contribution_and_a_term_may_have_its_unit(office: Office, club: str) -> None:
    path = exported(office, club)
    write(path, FUND, GIFT, {**GIFT, "kind": "hội phí", "source": "thành viên", "amount": "600k"})
    write(path, LOANS, {**LOAN, "months": "12 tháng"})
    assert taken(office, club, path)["recorded"] == 3
    (loan,) = office.json("loan-list", "loan", "list", club, "--on", "2022-03-01")["loans"]
    assert loan["months"] == 12


def test_what_a_fund_held_at_first_is_an_opening_balance_of_no_source(
    office: Office, club: str
) -> None:
    path = exported(office, club)
    first = {**GIFT, "kind": "số dư ban đầu", "source": "", "donor": ""}
    write(path, FUND, first)
    assert taken(office, club, path)["recorded"] == 1
    (entry,) = office.json("fund-show", "fund", "show", club)["entries"]
    assert (entry["kind"], entry["source"]) == ("opening", "other")


@pytest.mark.parametrize("text", ["12 năm", "tháng", "1 2 tháng người"])
def test_another_unit_is_no_number_of_months(office: Office, club: str, text: str) -> None:
    path = exported(office, club)
    write(path, LOANS, {**LOAN, "months": text})
    assert list(marked(office, club, path)) == [f"{LOANS} E4"]


def test_each_cell_that_is_wrong_is_marked_itself(office: Office, club: str) -> None:
    path = exported(office, club)
    write(path, FUND, GIFT)
    write(path, LOANS, {**LOAN, "months": "lâu", "document": None, "rate": None})
    write(path, BACK, {**BACK_AGAIN, "document": None})
    write(path, CARE, {**CARED, "volunteers": -1})
    found = marked(office, club, path)
    assert list(found) == [f"{LOANS} {one}4" for one in "EFH"] + [f"{BACK} I4", f"{CARE} C4"]
    assert "0 without interest" in found[f"{LOANS} F4"]
    assert not any("try again" in text for text in found.values())


def test_what_is_in_no_list_is_answered_with_what_its_cell_offers(
    office: Office, club: str
) -> None:
    path = exported(office, club)
    write(path, FUND, {**GIFT, "kind": "lăng xăng"})
    (note,) = marked(office, club, path).values()
    offered = "đóng góp, chi, hỗ trợ, opening balance"
    assert note == f"Kind: “lăng xăng” is not in the list of the cell: {offered}."


def test_an_expense_has_no_source_and_money_in_may_be_called_so(office: Office, club: str) -> None:
    path = exported(office, club)
    spent = {**GIFT, "kind": "chi", "source": None, "amount": 100_000, "document": "PC 9"}
    write(path, FUND, {**GIFT, "kind": "thu"}, spent, {**GIFT, "source": None, "document": "PT 2"})
    rows = taken(office, club, path, code=1)["rows"]
    assert {one["row"]: one["outcome"] for one in rows} == {4: "new", 5: "new", 6: "wrong"}
    kinds = [(one["form"]["kind"], one["form"]["source"]) for one in office.events(club)[-2:]]
    assert kinds == [("contribution", "donor"), ("expense", "other")]
    again = taken(office, club, path, code=1)
    assert again["recorded"] == 0


def test_an_old_debt_from_before_the_file_is_answered_with_how_to_write_it(
    office: Office, club: str
) -> None:
    path = exported(office, club)
    old = {**LOAN, "date": "10/6/2021", "opening": "x"}
    write(path, LOANS, old)
    (row,) = taken(office, club, path, code=1)["rows"]
    assert "the months that are left" in row["fix"]
    write(path, LOANS)
    book = openpyxl.load_workbook(path)
    book[LOANS].cell(4, 2).value = "2/10/2021"
    book.save(path)
    assert taken(office, club, path)["recorded"] == 1
    fund = office.json("fund-show", "fund", "show", club)
    assert fund["balances"]["income"] is None


def test_a_refusal_marks_the_cell_it_is_about(office: Office, club: str) -> None:
    path = exported(office, club)
    write(path, FUND, GIFT)
    write(path, LOANS, LOAN, {**LOAN, "member": "Lê Thị Cúc", "amount": "90tr"})
    write(path, BACK, {**BACK_AGAIN, "principal": "7tr"}, {**BACK_AGAIN, "member": "Người Lạ"})
    found = marked(office, club, path)
    assert list(found) == [f"{LOANS} D5", f"{BACK} E4", f"{BACK} D5"]


def test_a_warning_passes_with_a_reason_in_the_row(office: Office, club: str) -> None:
    path = exported(office, club)
    write(path, LOANS, LOAN)
    (note,) = marked(office, club, path).values()
    assert "Reason, where a warning asks for one" in note
    assert "--ack" not in note
    write(path, LOANS)
    book = openpyxl.load_workbook(path)
    column = next(cell.column for cell in book[LOANS][1] if cell.value == "why")
    book[LOANS].cell(4, column).value = "Tiền tài trợ đến ngày mai"
    book.save(path)
    assert taken(office, club, path)["recorded"] == 1
    assert office.events(club)[-1]["acknowledged"][0]["reason"] == "Tiền tài trợ đến ngày mai"
    assert taken(office, club, path)["rows"] == []


def test_a_reason_makes_nothing_allowed_that_is_refused(office: Office, club: str) -> None:
    path = exported(office, club)
    write(path, LOANS, {**LOAN, "member": "Người Lạ", "why": "người quen"})
    assert taken(office, club, path, code=1)["recorded"] == 0


def test_a_row_is_named_by_who_or_by_its_day(office: Office, club: str) -> None:
    taken(office, club, month(office, club))
    path = exported(office, club, "moi.xlsx")
    book = openpyxl.load_workbook(path)
    book[MEMBERS].delete_rows(4)
    book[CARE].delete_rows(4)
    book.save(path)
    shown = [one["message"] for one in taken(office, club, path)["rows"]]
    assert "The member Lê Thị Cúc" in shown[0]
    assert "30/11/2021" in shown[1]


def test_a_workbook_with_rows_to_take_in_is_not_written_over(office: Office, club: str) -> None:
    path = month(office, club)
    before = path.read_bytes()
    assert office.error("book", "export", club, path, code=2) == "CLB-BOOK-UNREAD"
    assert path.read_bytes() == before
    taken(office, club, path)
    exported(office, club)
    other = office.open_club("Thôn Tây")
    assert office.error("book", "export", other, path, code=2) == "CLB-BOOK-CLUB"


def test_a_file_that_is_no_workbook_of_a_club_may_be_written_over(
    office: Office, club: str
) -> None:
    openpyxl.Workbook().save(office.folder / "so.xlsx")
    exported(office, club)


def test_a_whole_communes_workbooks_are_written_into_a_folder(office: Office, club: str) -> None:
    other = office.open_club("Thôn Tây")
    folder = office.folder / "xa"
    command: tuple[Any, ...] = ("book", "export", "--commune", "phường Đình Bảng", "--to", folder)
    answer = office.json("book-export", *command)
    assert sorted(one["club"] for one in answer["workbooks"]) == sorted([club, other])
    path = next(Path(one["file"]) for one in answer["workbooks"] if one["club"] == club)
    write(path, CARE, CARED)
    again = office.json("book-export", *command, code=1)
    assert {one.get("code") for one in again["workbooks"]} == {None, "CLB-BOOK-UNREAD"}
    both = office.json("book-import-all", "book", "import-all", folder)
    assert sorted(one["recorded"] for one in both["workbooks"]) == [0, 1]
    assert office.error("book", "export", "--commune", "xã Lạ", "--to", folder, code=2)
    assert office.error("book", "export", club, code=2)
