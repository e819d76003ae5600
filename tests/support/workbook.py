"""A club's workbook in tests: a club at work, a month typed into its sheets, what came of it."""

from pathlib import Path
from typing import Any

import openpyxl
from support.roster_cli import Office

FUND, LOANS, BACK = "Money in and out", "Loans", "Repayments"
MEETINGS, CARE, MEMBERS = "Meetings", "Home care", "Members"
TICKED = "Who was present"


def at_work(office: Office) -> str:
    """Return a club at work with two members."""

    def build() -> str:
        club = office.decided_club()
        for name, sex, born in (("Trần Văn Đức", "nam", "1950"), ("Lê Thị Cúc", "nữ", "1948")):
            office.run("member", "add", club, "--name", name, "--sex", sex, "--born", born)
        office.advance(
            *(club, "launch", "date=2021-10-01", "place=Nhà văn hóa", "attendance=60"),
            *("funds_opened=income,operating", "charter_adopted=true"),
            *("--ack", "CLB-TRAIN-MISSING=tập huấn sau"),
        )
        return club

    return office.prepared("workbook", build)


def exported(office: Office, club: str, name: str = "so.xlsx") -> Path:
    path = office.folder / name
    office.json("book-export", "book", "export", club, path)
    return path


def write(path: Path, sheet: str, *rows: dict[str, Any]) -> None:
    """Write rows below the others, each cell under the path of its column."""
    book = openpyxl.load_workbook(path)
    cells = book[sheet]
    places = {cell.value: cell.column for cell in cells[1] if cell.value}
    line = 3
    while any(cells.cell(line + 1, column).value for column in places.values()):
        line += 1
    for number, row in enumerate(rows, start=line + 1):
        for column, value in row.items():
            cells.cell(number, places[column]).value = value
    book.save(path)


def taken(office: Office, club: str, path: Path, *more: str, code: int = 0) -> Any:
    return office.json("book-import", "book", "import", club, path, *more, code=code)


GIFT = {
    "date": "2/10/2021",
    "kind": "đóng góp",
    "source": "nhà tài trợ",
    "fund": "quỹ tăng thu nhập",
    "amount": "20tr",
    "document": "PT 1",
}
LOAN = {
    "date": "1/11/2021",
    "member": "Trần Văn Đức",
    "amount": 6_000_000,
    "months": 12,
    "rate": "0,5%/tháng",
    "purpose": "Nuôi gà",
    "document": "PC 1",
}
BACK_AGAIN = {
    "date": "1/2/2022",
    "member": "tran van duc",
    "principal": 2_000_000,
    "interest": "30k",
    "document": "PT 2",
}
MET = {"date": "15/11/2021", "attendance": 40}
CARED = {"date": "30/11/2021", "volunteers": 6, "cared_for": 4}


def month(office: Office, club: str) -> Path:
    """Return a workbook with a month written into it, one row a sheet."""
    path = exported(office, club)
    write(path, FUND, GIFT)
    write(path, LOANS, LOAN)
    write(path, BACK, BACK_AGAIN)
    write(path, MEETINGS, MET)
    write(path, CARE, CARED)
    return path
