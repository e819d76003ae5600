"""Members ticked on the sheet of who was present, and pairs of home care, as ids in the log."""

from pathlib import Path

import openpyxl
import pytest
from support import needs
from support.pages import convert
from support.roster_cli import Office
from support.workbook import CARE, CARED, MEETINGS, MEMBERS, TICKED, at_work, exported, taken, write

pytestmark = pytest.mark.slow
MET = {"date": "15/11/2021", "activities.health_care": "x"}


@pytest.fixture
def club(office: Office) -> str:
    return at_work(office)


def tick(path: Path, day: str, *rows: int, column: int = 3) -> None:
    """Write a day above a column and tick some rows below."""
    book = openpyxl.load_workbook(path)
    book[TICKED].cell(3, column).value = day
    for row in rows:
        book[TICKED].cell(row, column).value = "x"
    book.save(path)


def ids(office: Office, club: str) -> list[str]:
    return sorted(one["id"] for one in office.members(club))


def test_who_is_ticked_was_present_and_is_counted(office: Office, club: str) -> None:
    path = exported(office, club)
    write(path, MEETINGS, MET)
    tick(path, "15/11/2021", 4, 5)
    assert taken(office, club, path)["recorded"] == 1
    form = office.events(club)[-1]["form"]
    assert (form["attendance"], sorted(form["present"])) == (2, ids(office, club))
    assert taken(office, club, path)["rows"] == []
    path = exported(office, club)
    book = openpyxl.load_workbook(path)
    assert [book[TICKED].cell(row, 3).value for row in (4, 5)] == ["x", "x"]
    assert taken(office, club, path)["rows"] == []


def test_a_day_typed_without_its_year_is_the_meeting_of_that_day(office: Office, club: str) -> None:
    """The heading shows day and month; whoever types them gets the year of the typing."""
    path = exported(office, club)
    write(path, MEETINGS, MET)
    tick(path, "15/11/2025", 4, 5)
    assert taken(office, club, path)["recorded"] == 1
    assert office.events(club)[-1]["form"]["attendance"] == 2
    path = exported(office, club)
    write(path, MEETINGS, {**MET, "date": "15/11/2022"}, {**MET, "date": "15/11/2023"})
    tick(path, "15/11/2025", 4, column=4)
    rows = taken(office, club, path, code=1)["rows"]
    shown = " ".join(one["message"] for one in rows)
    assert "no meeting of 15/11/2025" in shown, "one of two meetings is not guessed"


def test_no_name_of_those_present_is_in_the_log(office: Office, club: str) -> None:
    office.advance(
        *(club, "meeting", "date=2021-11-15", "attendance=2", "activities=health_care"),
        "present=Trần Văn Đức; le thi cuc",
    )
    assert sorted(office.events(club)[-1]["form"]["present"]) == ids(office, club)
    seq = office.events(club)[-1]["seq"]
    office.advance(
        *(club, "correct", f"seq={seq}", 'changes.present=["Trần Văn Đức"]'),
        *("reason=Ghi nhầm", "document=BB 1"),
    )
    log = office.registry().store.rows("SELECT body FROM event WHERE stream = ?", (f"club:{club}",))
    assert "Trần" not in str(log)
    assert office.run("db", "rebuild", "--as", "quan_tri").code == 0
    assert office.run("db", "check").code == 0


def test_a_tick_taken_away_of_a_recorded_meeting_is_a_proposal(office: Office, club: str) -> None:
    path = exported(office, club)
    write(path, MEETINGS, MET)
    tick(path, "15/11/2021", 4, 5)
    taken(office, club, path)
    path = exported(office, club)
    book = openpyxl.load_workbook(path)
    book[TICKED].cell(4, 3).value = None
    book.save(path)
    (row,) = taken(office, club, path, code=1)["rows"]
    assert row["outcome"] == "changed"
    assert "changes.present=" in row["fix"]


def test_ticks_without_a_meeting_and_without_a_day_are_marked(office: Office, club: str) -> None:
    path = exported(office, club)
    tick(path, "15/11/2021", 4)
    book = openpyxl.load_workbook(path)
    book[TICKED].cell(5, 4).value = "x"
    book.save(path)
    copy = office.folder / "sua.xlsx"
    rows = taken(office, club, path, "--corrections", str(copy), code=1)["rows"]
    assert [one["outcome"] for one in rows] == ["wrong", "wrong"]
    book = openpyxl.load_workbook(copy)
    assert book[TICKED]["C3"].comment is not None
    assert book[TICKED]["D5"].comment is not None


def test_a_new_member_is_ticked_by_name(office: Office, club: str) -> None:
    path = exported(office, club)
    write(path, MEMBERS, {"name": "Phạm Thị Mơ", "born": 1952, "sex": "nữ"})
    write(path, MEETINGS, MET)
    book = openpyxl.load_workbook(path)
    book[TICKED].cell(6, 2).value = "Phạm Thị Mơ"
    book.save(path)
    tick(path, "15/11/2021", 4, 6)
    assert taken(office, club, path)["recorded"] == 2
    assert office.events(club)[-1]["form"]["attendance"] == 2
    assert taken(office, club, path)["rows"] == []


def test_more_ticked_than_counted_wants_a_reason(office: Office, club: str) -> None:
    path = exported(office, club)
    write(path, MEETINGS, {**MET, "attendance": 1})
    tick(path, "15/11/2021", 4, 5)
    (row,) = taken(office, club, path, code=1)["rows"]
    assert row["code"] == "CLB-NOT-ACKNOWLEDGED"
    assert "2 members are ticked" in row["message"]


def test_pairs_of_home_care_are_ids_and_come_back_as_names(office: Office, club: str) -> None:
    path = exported(office, club)
    write(path, CARE, {**CARED, "pairs": "Lê Thị Cúc – Trần Văn Đức"})
    assert taken(office, club, path)["recorded"] == 1
    (pair,) = office.events(club)[-1]["form"]["pairs"]
    assert sorted(pair.split(":")) == ids(office, club)
    assert taken(office, club, path)["rows"] == []
    path = exported(office, club)
    column = next(
        one.column for one in openpyxl.load_workbook(path)[CARE][1] if one.value == "pairs"
    )
    cell = openpyxl.load_workbook(path)[CARE].cell(4, column)
    assert cell.value == "Lê Thị Cúc – Trần Văn Đức"
    assert taken(office, club, path)["rows"] == []


@pytest.mark.parametrize("typed", ["Lê Thị Cúc", "Lê Thị Cúc – ", "Lê Thị Cúc – Người Lạ"])
def test_what_is_no_pair_of_members_is_refused_in_its_cell(
    office: Office, club: str, typed: str
) -> None:
    path = exported(office, club)
    write(path, CARE, {**CARED, "pairs": typed})
    copy = office.folder / "sua.xlsx"
    (row,) = taken(office, club, path, "--corrections", str(copy), code=1)["rows"]
    assert row["code"] in ("CLB-CARE-PAIR", "CLB-MEMBER-UNKNOWN")
    assert openpyxl.load_workbook(copy)[CARE]["E4"].comment is not None


def test_more_named_than_counted_wants_a_reason(office: Office, club: str) -> None:
    path = exported(office, club)
    write(path, CARE, {**CARED, "cared_for": 0, "pairs": "Lê Thị Cúc – Trần Văn Đức"})
    (row,) = taken(office, club, path, code=1)["rows"]
    assert row["code"] == "CLB-NOT-ACKNOWLEDGED"


def test_ticks_and_pairs_that_libreoffice_saved_are_read_the_same(
    office: Office, club: str
) -> None:
    path = exported(office, club)
    write(path, MEETINGS, MET)
    tick(path, "15/11/2021", 4, 5)
    write(path, CARE, {**CARED, "pairs": "Lê Thị Cúc – Trần Văn Đức"})
    taken(office, club, path)
    path = exported(office, club)
    tick(path, "15/12/2021", 4, column=4)
    write(path, MEETINGS, {**MET, "date": "15/12/2021"})
    needs.pages()
    convert([path], office.folder / "lo", "xlsx")
    saved = office.folder / "lo" / path.name
    assert taken(office, club, saved)["recorded"] == 1
    assert office.events(club)[-1]["form"]["attendance"] == 1
    assert taken(office, club, saved)["rows"] == []
