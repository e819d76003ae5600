"""A club's year kept in the workbook alone, by commands alone, and added up by hand: one result."""

from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
from support.roster_cli import Office, row

pytestmark = pytest.mark.slow
FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ")
GIVEN = ("An", "Bình", "Cúc", "Dung", "Hà", "Hoa", "Lan", "Mai", "Nga", "Yến")
NAMES = [f"{family} Thị {given}" for given in GIVEN for family in FAMILIES]
SHEETS = {
    "roster": "Members",
    "fund": "Money in and out",
    "lend": "Loans",
    "repay": "Repayments",
    "meeting": "Meetings",
    "care": "Home care",
}
ACTIVITIES = (
    *("income_generation", "health_care", "home_care", "community_support"),
    *("rights", "knowledge", "culture_sport", "resource_building"),
)
ON = "2022-12-31"
Row = tuple[str, dict[str, Any]]


def money(day: str, kind: str, source: str, fund: str, amount: int) -> Row:
    entry = {"date": day, "kind": kind, "source": source, "fund": fund, "amount": amount}
    return "fund", {**entry, "document": f"CT {day} {kind} {fund}"}


def loan(number: int) -> tuple[int, str, int, bool]:
    """Return the month of a loan, who borrows, how much, and whether in kind."""
    return number // 3 + 1, NAMES[number], 1_000_000 * (1 + number % 3), number % 5 == 1


def month(number: int) -> Iterator[Row]:
    """Yield what happens in a month of 2022."""
    first, later = f"2022-{number:02}-05", f"2022-{number:02}-20"
    yield money(first, "contribution", "member", "operating", 600_000)
    yield money(later, "expense", "member", "operating", 150_000)
    met = {f"activities.{id_}": True for id_ in ACTIVITIES}
    yield "meeting", {"date": later, "attendance": 40 + number, **met}
    yield "care", {"date": later, "volunteers": 6, "cared_for": 3 + number % 3}
    for which in range(25):
        given, who, amount, in_kind = loan(which)
        if given == number:
            terms = {"amount": amount, "months": 12, "rate": "0,5%", "purpose": "Chăn nuôi"}
            kind = {"in_kind": True} if in_kind else {}
            paper = f"PC {which}"
            yield "lend", {"date": first, "member": who, **terms, **kind, "document": paper}
        if given + 2 == number and which % 2 == 0:
            paid = {"principal": amount // 2, "interest": 10_000 + which}
            yield "repay", {"date": later, "member": who, **paid, "document": f"PT {which}"}
        if given + 3 == number and which % 10 == 0:
            paid = {"principal": amount // 2, "interest": 5_000}
            yield "repay", {"date": later, "member": who, **paid, "document": f"PT {which} b"}
    if number == 12:
        owes = {"date": later, "member": NAMES[24], "amount": 100_000}
        yield "repay", {**owes, "document": "BB 1"}


GRANT = money("2022-01-03", "grant", "commune_budget", "income", 40_000_000)[1]
GIFTS = (money("2022-01-04", "contribution", "donor", "income", 20_000_000),)


def by_hand() -> dict[str, int]:
    """Add the year up, row by row."""
    lent = sum(loan(which)[2] for which in range(25))
    halves = [loan(which) for which in range(0, 25, 2)]
    rests = [loan(which) for which in range(0, 25, 10) if loan(which)[0] + 3 <= 12]
    repaid = sum(amount // 2 for _month, _who, amount, _kind in halves if _month + 2 <= 12)
    repaid += sum(amount // 2 for _month, _who, amount, _kind in rests)
    interest = sum(10_000 + which for which in range(0, 25, 2)) + 5_000 * len(rests)
    settled = {who for _month, who, _amount, _kind in rests}
    return {
        "income": 60_000_000 - lent + repaid + interest,
        "operating": 12 * (600_000 - 150_000),
        "lent": lent,
        "repaid": repaid,
        "interest": interest,
        "written_off": 100_000,
        "outstanding": lent - repaid - 100_000,
        "borrowers": 25 - len(settled),
    }


def launched(office: Office) -> str:
    club = office.decided_club()
    office.advance(
        *(club, "launch", "date=2021-10-01", "place=Nhà văn hóa", "attendance=60"),
        *("funds_opened=income,operating", "charter_adopted=true"),
        *("--ack", "CLB-TRAIN-MISSING=tập huấn sau"),
    )
    # Who gives a grant records it; the club's own office could not.
    grant = (f"{path}={value}" for path, value in GRANT.items())
    office.advance(club, "fund", *grant, "--as", "ubnd")
    return club


def by_workbook(office: Office, club: str) -> None:
    """Write each month into a new workbook and send it in."""
    members = [
        ("roster", {"name": name, "born": 1940 + place % 20, "sex": "Nữ"})
        for place, name in enumerate(NAMES)
    ]
    for number in range(1, 13):
        path = office.folder / f"thang-{number}.xlsx"
        office.json("book-export", "book", "export", club, path)
        book = openpyxl.load_workbook(path)
        rows = [*members, *GIFTS, *month(1)] if number == 1 else list(month(number))
        for sheet, values in rows:
            append(book[SHEETS[sheet]], values)
        book.save(path)
        command = ("book", "import", club, path, "--on", "2022-01-02")
        answer = office.json("book-import", *command)
        assert answer["recorded"] == len(rows)
        assert office.json("book-import", *command)["recorded"] == 0


def append(cells: Any, values: dict[str, Any]) -> None:
    places = {cell.value: cell.column for cell in cells[1] if cell.value}
    line = 4
    while any(cells.cell(line, column).value for column in places.values()):
        line += 1
    for path, value in values.items():
        cells.cell(line, places[path]).value = "x" if value is True else value


def by_commands(office: Office, club: str) -> None:
    """Record the same year row by row."""
    path = office.csv(
        "ds.csv", [row(n, name, str(1940 + (n - 1) % 20)) for n, name in enumerate(NAMES, start=1)]
    )
    assert office.run("member", "import", club, path, "--on", "2022-01-02").code == 0
    loans: dict[str, int] = {}
    for step, values in [*GIFTS, *(one for number in range(1, 13) for one in month(number))]:
        form = {path: value for path, value in values.items() if "." not in path}
        name = step
        if step == "meeting":
            form["activities"] = ",".join(ACTIVITIES)
        if step == "repay":
            form["loan"] = loans[form.pop("member")]
            name = "write_off" if "amount" in form else "repay"
        office.advance(club, name, *(f"{path}={value}" for path, value in form.items()))
        if step == "lend":
            loans[values["member"]] = office.events(club)[-1]["seq"]


def result(office: Office, club: str) -> dict[str, Any]:
    book = office.json("loan-list", "loan", "list", club, "--on", ON)
    fund = office.json("fund-show", "fund", "show", club, "--on", ON)
    progress = office.run("progress", "bac_ninh", "--on", ON, "--json").data
    owed = sorted((one["name"], one["outstanding"], one["due_on"]) for one in book["loans"])
    return {"sums": book["sums"], "funds": fund["balances"], "targets": progress, "owed": owed}


def test_the_workbook_the_commands_and_the_sum_by_hand_agree(office: Office) -> None:
    club = office.prepared("year", lambda: launched(office))
    before = office.database.read_bytes()
    by_workbook(office, club)
    written = result(office, club)
    assert office.run("db", "rebuild", "--as", "quan_tri").code == 0
    assert result(office, club) == written
    assert office.run("db", "check").code == 0
    office.database.write_bytes(before)
    by_commands(office, club)
    assert result(office, club) == written
    hand = by_hand()
    assert written["funds"] == {"income": hand["income"], "operating": hand["operating"]}
    assert {name: written["sums"][name] for name in hand if name in written["sums"]} == {
        name: value for name, value in hand.items() if name in written["sums"]
    }
    assert len(written["owed"]) == 25
