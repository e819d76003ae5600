"""``clb book``: a club's workbook goes out, is written in by hand, and comes back once."""

import openpyxl
import pytest
from openpyxl.utils import range_boundaries
from support import needs
from support.pages import convert
from support.roster_cli import Office
from support.terminal import at_terminal
from support.workbook import (
    CARE,
    CARED,
    FUND,
    GIFT,
    LOAN,
    LOANS,
    MEETINGS,
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


def test_a_month_written_by_hand_is_recorded_once(office: Office, club: str) -> None:
    path = month(office, club)
    preview = taken(office, club, path, "--dry-run")
    assert (preview["recorded"], preview["dry_run"]) == (5, True)
    assert "lend" not in [one["step"] for one in office.events(club)]
    assert taken(office, club, path)["recorded"] == 5
    before = office.events(club)
    again = taken(office, club, path)
    assert (again["recorded"], again["rows"]) == (0, [])
    assert office.events(club) == before
    sums = office.json("loan-list", "loan", "list", club, "--on", "2022-03-01")["sums"]
    assert (sums["outstanding"], sums["interest"]) == (4_000_000, 30_000)
    fund = office.json("fund-show", "fund", "show", club)
    assert fund["balances"]["income"] == 20_000_000 - 6_000_000 + 2_030_000
    assert office.run("db", "check").code == 0


def test_a_new_workbook_has_what_was_recorded_and_adds_nothing(office: Office, club: str) -> None:
    taken(office, club, month(office, club))
    path = exported(office, club, "moi.xlsx")
    assert taken(office, club, path) | {"file": ""} == {
        "club": club,
        "file": "",
        "dry_run": False,
        "recorded": 0,
        "rows": [],
        "corrections": None,
    }


def test_the_pages_that_are_read_have_headings_units_and_whose_loan_is_due(
    office: Office, club: str
) -> None:
    taken(office, club, month(office, club))
    book = openpyxl.load_workbook(exported(office, club, "moi.xlsx"))
    profile = {row[0].value: row[1].value for row in book["Profile"].iter_rows(min_row=3)}
    assert profile["Still owed"] == "4.000.000 đồng"
    assert book["Club board"]["A3"].value == "No board has been named yet."
    due = [row[0].value for row in book["To be done"].iter_rows(min_row=3)]
    (loan,) = office.json("loan-list", "loan", "list", club)["loans"]
    assert due[0] == "What"
    assert book["To be done"]["A3"].font.bold
    assert f"repayment of a loan, no. {loan['loan']}: {loan['name']}" in due


def test_two_rows_that_say_the_same_are_two(office: Office, club: str) -> None:
    path = exported(office, club)
    write(path, CARE, CARED, CARED)
    assert taken(office, club, path)["recorded"] == 2
    assert taken(office, club, path)["recorded"] == 0
    path = exported(office, club, "moi.xlsx")
    write(path, CARE, CARED)
    assert taken(office, club, path)["recorded"] == 1


def test_a_loan_taken_back_is_not_lent_again_by_the_same_file(office: Office, club: str) -> None:
    path = exported(office, club)
    write(path, FUND, GIFT)
    write(path, LOANS, LOAN)
    taken(office, club, path)
    loan = next(one["seq"] for one in office.events(club) if one["step"] == "lend")
    office.advance(
        *(club, "fund", "kind=reversal", "source=member", "fund=income", "amount=6000000"),
        *(f"reverses={loan}", "document=BB 1", "date=2021-11-02"),
    )
    taken(office, club, path)
    assert [one["step"] for one in office.events(club)].count("lend") == 1


def test_a_changed_row_is_a_proposal_and_never_an_edit(office: Office, club: str) -> None:
    taken(office, club, month(office, club))
    path = exported(office, club, "moi.xlsx")
    before = office.events(club)
    book = openpyxl.load_workbook(path)
    book[CARE]["C4"] = 7
    book[FUND]["F4"] = 21_000_000
    book[MEMBERS]["E4"] = "Thôn Đoài"
    book.save(path)
    rows = taken(office, club, path, code=1)["rows"]
    assert [(one["sheet"], one["outcome"]) for one in rows] == [
        ("roster", "changed"),
        ("fund", "changed"),
        ("care", "changed"),
    ]
    assert "member edit" in rows[0]["fix"]
    assert "--kind reversal --reverses" in rows[1]["fix"]
    assert "correct" in rows[2]["fix"]
    assert "changes.volunteers=7" in rows[2]["fix"]
    assert office.events(club) == before


def test_a_row_changed_after_it_was_taken_from_the_same_file_is_unclear(
    office: Office, club: str
) -> None:
    path = month(office, club)
    taken(office, club, path)
    book = openpyxl.load_workbook(path)
    book[MEETINGS]["C4"] = 41
    book.save(path)
    (row,) = taken(office, club, path, code=1)["rows"]
    assert (row["sheet"], row["outcome"]) == ("meeting", "unclear")


def test_a_deleted_row_deletes_nothing_and_is_named(office: Office, club: str) -> None:
    taken(office, club, month(office, club))
    path = exported(office, club, "moi.xlsx")
    book = openpyxl.load_workbook(path)
    book[MEETINGS].delete_rows(4)
    book.save(path)
    (row,) = taken(office, club, path)["rows"]
    assert (row["sheet"], row["outcome"], row["row"]) == ("meeting", "missing", None)


def test_what_others_recorded_meanwhile_is_kept_next_to_the_new_rows(
    office: Office, club: str
) -> None:
    path = exported(office, club)
    office.advance(club, "care", "date=2021-12-31", "volunteers=5", "cared_for=3")
    office.advance(club, "care", "date=2021-11-30", "volunteers=6", "cared_for=4")
    write(path, CARE, CARED)
    assert taken(office, club, path)["rows"] == []
    assert [one["step"] for one in office.events(club)].count("care") == 2


def test_what_was_corrected_meanwhile_stays_corrected(office: Office, club: str) -> None:
    taken(office, club, month(office, club))
    path = exported(office, club, "moi.xlsx")
    seq = next(one["seq"] for one in office.events(club) if one["step"] == "meeting")
    office.advance(
        *(club, "correct", f"seq={seq}", "changes.attendance=42"),
        *("reason=Ghi nhầm", "document=Biên bản 1"),
    )
    (row,) = taken(office, club, path)["rows"]
    assert (row["sheet"], row["outcome"]) == ("meeting", "older")
    book = openpyxl.load_workbook(path)
    book[MEETINGS]["C4"] = 43
    book.save(path)
    (row,) = taken(office, club, path, code=1)["rows"]
    assert row["outcome"] == "unclear"


def test_bad_cells_come_back_coloured_with_a_note(office: Office, club: str) -> None:
    path = exported(office, club)
    write(path, CARE, {**CARED, "volunteers": "sáu"}, CARED)
    write(path, LOANS, {**LOAN, "member": "Người Lạ Mặt"})
    copy = office.folder / "sua.xlsx"
    answer = taken(office, club, path, "--corrections", str(copy), code=1)
    assert answer["recorded"] == 1
    assert [one["outcome"] for one in answer["rows"] if one["outcome"] != "new"] == [
        "refused",
        "wrong",
    ]
    book = openpyxl.load_workbook(copy)
    assert book[CARE]["C4"].comment is not None
    assert book[CARE]["C4"].fill.fgColor.rgb == "FFFFEB3B"
    assert "Người Lạ Mặt" in book[LOANS]["C4"].comment.text
    book[CARE]["C4"] = 6
    book[LOANS]["C4"] = "Trần Văn Đức"
    book[CARE]["B4"] = "31/12/2021"
    book.save(copy)
    assert taken(office, club, copy, "--ack", "CLB-FUND-BALANCE=thu ghi sau")["recorded"] == 2


def test_rows_moved_columns_exchanged_and_a_sheet_renamed_change_nothing(
    office: Office, club: str
) -> None:
    path = exported(office, club)
    write(path, CARE, CARED, {**CARED, "date": "31/12/2021"})
    taken(office, club, path)
    path = exported(office, club, "moi.xlsx")
    book = openpyxl.load_workbook(path)
    cells = book[CARE]
    for row in cells.iter_rows(min_row=1, max_row=5):
        row[2].value, row[3].value = row[3].value, row[2].value
    for first, second in zip(cells[4], cells[5], strict=True):
        first.value, second.value = second.value, first.value
    cells.column_dimensions["B"].width = 40
    cells.title = "Chăm sóc người già"
    book.save(path)
    assert taken(office, club, path)["rows"] == []


def test_a_copied_row_is_a_new_row(office: Office, club: str) -> None:
    path = exported(office, club)
    write(path, CARE, CARED)
    taken(office, club, path)
    path = exported(office, club, "moi.xlsx")
    book = openpyxl.load_workbook(path)
    for cell in book[CARE][4]:
        book[CARE].cell(5, cell.column).value = cell.value
    book[CARE]["B5"] = "31/12/2021"
    book.save(path)
    assert taken(office, club, path)["recorded"] == 1


def test_a_new_member_borrows_in_the_same_file(office: Office, club: str) -> None:
    path = exported(office, club)
    write(
        path, MEMBERS, {"name": "Phạm Thị Mơ", "born": 1952, "sex": "nữ", "circumstance": "nghèo"}
    )
    write(path, FUND, GIFT)
    write(path, LOANS, {**LOAN, "member": "Phạm Thị Mơ"})
    assert taken(office, club, path)["recorded"] == 3
    assert taken(office, club, path)["rows"] == []
    assert {one["name"] for one in office.members(club)} >= {"Phạm Thị Mơ"}
    log = office.registry().store.rows("SELECT body FROM event WHERE stream = ?", (f"club:{club}",))
    assert "Phạm" not in str(log)


def test_one_new_member_who_cannot_be_read_leaves_the_others_alone(
    office: Office, club: str
) -> None:
    path = exported(office, club)
    new = {"name": "Phạm Thị Mơ", "born": 1952, "sex": "nữ"}
    masked = {**new, "name": "Vũ Thị Hoa", "id_number": "*********234"}
    write(path, MEMBERS, new, masked, {**new, "name": "Vũ Thị Yến", "sex": "*"})
    answer = taken(office, club, path, code=1)
    assert answer["recorded"] == 1
    assert sorted(one["outcome"] for one in answer["rows"]) == ["new", "refused", "wrong"]


def test_identity_numbers_are_masked_unless_a_reason_is_given(office: Office, club: str) -> None:
    member = office.members(club)[0]["id"]
    office.run("member", "edit", club, member, "--id-number", "027050001234")
    book = openpyxl.load_workbook(exported(office, club))
    cells = [cell.value for row in book[MEMBERS].iter_rows() for cell in row]
    assert "027050001234" not in cells
    path = office.folder / "du.xlsx"
    office.json("book-export", "book", "export", club, path, "--full", "--reason", "rà soát")
    book = openpyxl.load_workbook(path)
    assert "027050001234" in [cell.value for row in book[MEMBERS].iter_rows() for cell in row]
    assert taken(office, club, path)["rows"] == []


def test_another_clubs_workbook_and_any_other_file_are_refused(office: Office, club: str) -> None:
    path = exported(office, club)
    other = office.open_club("Thôn Tây")
    assert office.error("book", "import", other, path, code=2) == "CLB-BOOK-CLUB"
    openpyxl.Workbook().save(office.folder / "khac.xlsx")
    found = office.error("book", "import", club, office.folder / "khac.xlsx", code=2)
    assert found in ("CLB-BOOK-FORM", "CLB-ROSTER-EMPTY")


def test_a_folder_of_workbooks_is_taken_in_one_command(office: Office, club: str) -> None:
    folder = office.folder / "xa"
    folder.mkdir()
    path = exported(office, club, "xa/mot.xlsx")
    write(path, CARE, CARED)
    openpyxl.Workbook().save(folder / "khac.xlsx")
    answer = office.json("book-import-all", "book", "import-all", folder, code=1)
    outcomes = [one.get("recorded", one.get("code")) for one in answer["workbooks"]]
    assert outcomes[1] == 1
    assert str(outcomes[0]).startswith("CLB-")


def test_a_workbook_that_libreoffice_saved_is_read_the_same(office: Office, club: str) -> None:
    taken(office, club, month(office, club))
    path = exported(office, club, "moi.xlsx")
    write(path, CARE, {**CARED, "date": "31/12/2021"})
    needs.pages()
    convert([path], office.folder / "lo", "xlsx")
    saved = office.folder / "lo" / path.name
    assert taken(office, club, saved)["recorded"] == 1
    assert taken(office, club, saved)["rows"] == []


@pytest.mark.parametrize(("typed", "recorded"), [("y\n", 1), ("n\n", 0)])
def test_at_a_terminal_the_rows_are_shown_and_asked_about(
    office: Office, club: str, typed: str, recorded: int
) -> None:
    path = exported(office, club)
    write(path, CARE, CARED)
    answer = at_terminal("book", "import", club, path, typed=typed)
    assert answer.err.count("Would be recorded:") == 1
    assert answer.out.count("Recorded:") == recorded
    assert [one["step"] for one in office.events(club)].count("care") == recorded


def test_each_sheet_is_printed_in_letters_that_can_be_read(office: Office, club: str) -> None:
    """The letters of 12 points are 8 points at least, as in the workbook of a report."""
    sheets = openpyxl.load_workbook(month(office, club)).worksheets
    for sheet in (one for one in sheets if one.row_dimensions[1].hidden):
        printed = sheet.print_area or sheet.dimensions
        last = range_boundaries(printed.rpartition("!")[2])[2]
        widths = {
            at: one.width
            for one in sheet.column_dimensions.values()
            for at in range(one.min, min(one.max, last) + 1)
            if not one.hidden
        }
        assert sheet["B3"].font.name == "Times New Roman"
        assert sheet.page_setup.orientation == "landscape"
        assert sum(widths.values()) <= 215, sheet.title
    loans = next(one for one in sheets if one.title == LOANS)
    headings = [cell.value for cell in loans[3]]
    *_first, last, _lowest = range_boundaries(loans.print_area.rpartition("!")[2])
    assert headings[last - 1 :] == ["Still owed", "Reason, where a warning asks for one"]


def test_a_loan_that_is_due_names_who_owes_it(office: Office, club: str) -> None:
    taken(office, club, month(office, club))
    book = openpyxl.load_workbook(exported(office, club))
    due = [str(row[0]) for row in book["To be done"].iter_rows(values_only=True)]
    assert [one for one in due if one.endswith(f": {LOAN['member']}")], due


def test_a_row_is_as_high_as_its_longest_text(office: Office, club: str) -> None:
    path = month(office, club)
    write(path, FUND, {**GIFT, "amount": 5, "document": "Biên bản kiểm quỹ của Ban Chủ nhiệm"})
    taken(office, club, path)
    sheet = openpyxl.load_workbook(exported(office, club))[FUND]
    heights = {row[6].value: sheet.row_dimensions[row[0].row].height for row in sheet.iter_rows(4)}
    assert heights["PT 1"] < 17
    assert heights["Biên bản kiểm quỹ của Ban Chủ nhiệm"] > 30
