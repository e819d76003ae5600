"""``clb member``: one person at a time, and lists written for people."""

import csv
from datetime import date
from pathlib import Path

import pytest
from support.roster_cli import Office, row

from engine.errors import ConflictError
from engine.lifecycle.people import Member, RosterWork
from engine.remembered import Remembered
from engine.roster.members import active
from engine.roster.plan import OnList
from engine.roster.reader import read


@pytest.fixture
def club(office: Office) -> str:
    """A club of three members."""

    def build() -> str:
        made = office.open_club()
        people = office.csv(
            "ds.csv",
            [
                row(
                    1,
                    "Nguyễn Thị Lan",
                    "02/05/1950",
                    "Nữ",
                    "Hộ nghèo",
                    "027950000001",
                    "0570000001",
                ),
                row(2, "Trần Văn Ân", "1948", "Nam"),
                row(3, "Lê Thị Cúc", "05/1955", "Nữ"),
            ],
        )
        office.json("member-import", "member", "import", made, people, "--on", "2021-08-05")
        return made

    return office.prepared("three members", build)


def person(club: str, *more: str) -> tuple[str, ...]:
    given = ("--name", "Đỗ Văn Mới", "--sex", "M", "--born", "1960")
    return ("member", "add", club, *given, *more)


def by_name(office: Office, club: str, name: str) -> dict[str, object]:
    return next(one for one in office.members(club) if one["name"] == name)


def test_add_answers_with_the_member_as_the_list_has_it(office: Office, club: str) -> None:
    answer = office.json(
        "member-add",
        *person(club, "--circumstance", "near_poor", "--village", "Thôn  Đoài"),
        *("--id-number", "027860000003", "--phone", "057 000 0003", "--on", "2021-08-06"),
    )
    assert answer["member"] == by_name(office, club, "Đỗ Văn Mới")
    assert answer["member"] | {"id": ""} == {
        "id": "",
        "name": "Đỗ Văn Mới",
        "sex": "M",
        "born": "1960",
        "circumstance": "near_poor",
        "village": "Thôn Đoài",
        "id_number": "*********003",
        "phone": "*******003",
    }
    event = office.events(club)[-1]
    assert event["form"] == {"date": "2021-08-06", "added": 1, "changed": 0, "left": 0}


@pytest.mark.parametrize(
    ("typed", "born"),
    [
        ("1950", "1950"),
        ("1950-05", "1950-05"),
        ("05/1950", "1950-05"),
        ("1950-05-02", "1950-05-02"),
        ("2/5/1950", "1950-05-02"),
    ],
)
def test_a_birth_stays_as_exact_as_it_was_typed(
    office: Office, club: str, typed: str, born: str
) -> None:
    answer = office.json("member-add", *person(club), "--born", typed)
    assert answer["member"]["born"] == born


@pytest.mark.parametrize(
    "wrong",
    [
        ("--born", "31/02/1950"),
        ("--born", "2999"),
        ("--born", "1850"),
        ("--born", ""),
        ("--name", " . "),
        ("--sex", "X"),
        ("--circumstance", "rich"),
        ("--id-number", "123"),
        ("--phone", "abc"),
    ],
)
def test_what_cannot_be_read_is_bad_input_and_adds_nobody(
    office: Office, club: str, wrong: tuple[str, str]
) -> None:
    assert office.error(*person(club), *wrong, code=2) in ("CLB-MEMBER-VALUE", "CLB-USAGE")
    assert len(office.members(club)) == 3


def test_somebody_of_that_name_and_birth_year_is_not_added_twice(office: Office, club: str) -> None:
    same = ("member", "add", club, "--name", "LÊ THỊ CÚC", "--sex", "F", "--born", "1955")
    assert office.error(*same, code=1) == "CLB-ROSTER-DUPLICATES"
    assert len(office.members(club)) == 3
    office.json("member-add", *same, "--keep-duplicates")
    office.json("member-add", *same, "--born", "1956")
    assert len(office.members(club)) == 5


def test_edit_changes_what_is_given_and_keeps_the_rest(office: Office, club: str) -> None:
    before = by_name(office, club, "Nguyễn Thị Lan")
    answer = office.json(
        "member-edit",
        *("member", "edit", club, "nguyễn thị lan", "--circumstance", "none"),
        *("--phone", "", "--village", "Thôn Đoài"),
    )
    wanted = {**before, "circumstance": None, "phone": None, "village": "Thôn Đoài"}
    assert answer["member"] == wanted == by_name(office, club, "Nguyễn Thị Lan")
    assert office.run("db", "check").code == 0


def test_edit_of_nothing_is_bad_usage(office: Office, club: str) -> None:
    before = len(office.events(club))
    same = ("member", "edit", club, "Lê Thị Cúc", "--born", "05/1955")
    assert office.error(*same, code=2) == "CLB-USAGE"
    assert office.error("member", "edit", club, "Lê Thị Cúc", code=2) == "CLB-USAGE"
    assert len(office.events(club)) == before


def test_who_is_not_on_the_list_or_is_not_the_only_one_is_bad_input(
    office: Office, club: str
) -> None:
    edit = ("member", "edit", club)
    assert office.error(*edit, "Ai Đó", "--sex", "F", code=2) == "CLB-MEMBER-UNKNOWN"
    office.json("member-add", *person(club, "--name", "Lê Thị Cúc"))
    assert office.error(*edit, "Lê Thị Cúc", "--sex", "F", code=2) == "CLB-MEMBER-SEVERAL"
    lan = by_name(office, club, "Nguyễn Thị Lan")
    answer = office.json("member-edit", *edit, str(lan["id"]), "--note", "đã gặp")
    assert answer["member"] == lan


def test_who_left_is_on_the_list_of_the_days_before(office: Office, club: str) -> None:
    answer = office.json(
        "member-leave",
        *("member", "leave", club, "Trần Văn Ân", "--on", "2022-03-01", "--reason", "chuyển đi"),
    )
    assert answer["member"]["name"] == "Trần Văn Ân"
    assert len(office.members(club)) == 2
    earlier = office.json("member-list", "member", "list", club, "--on", "2022-02-28")
    later = office.json("member-list", "member", "list", club, "--on", "2022-03-01")
    assert (len(earlier), len(later)) == (3, 2)
    assert office.events(club)[-1]["form"]["reason"] == "chuyển đi"


def test_who_leaves_and_sits_on_the_board_is_named(office: Office, club: str) -> None:
    office.json("board-set", "board", "set", club, "--chair", "Trần Văn Ân", "--vice", "Lê Thị Cúc")
    answer = office.run("member", "leave", club, "Trần Văn Ân")
    assert answer.code == 0
    assert "Trần Văn Ân left the list" in answer.err


@pytest.mark.parametrize("verb", ["add", "edit", "leave"])
def test_the_list_of_another_commune_is_not_changed(office: Office, club: str, verb: str) -> None:
    command = {
        "add": person(club),
        "edit": ("member", "edit", club, "Lê Thị Cúc", "--sex", "M"),
        "leave": ("member", "leave", club, "Lê Thị Cúc"),
    }[verb]
    before = office.members(club)
    assert office.error(*command, "--as", "hoi_ban", code=3) == "CLB-NOT-PERMITTED"
    assert office.members(club) == before


def test_a_change_worked_out_on_an_older_list_is_a_conflict(office: Office, club: str) -> None:
    registry = office.registry()
    seen = active(registry.store, registry.lifecycle.club(club))
    late = OnList(seen, RosterWork(added=[Member("Bùi Văn Muộn", "M", "1970")]))
    office.json("member-add", *person(club))
    with pytest.raises(ConflictError, match="Somebody else changed the member list"):
        registry.lifecycle.advance(
            club, "roster", {"added": 1, "changed": 0, "left": 0}, officer="hoi", prepare=late
        )
    registry.store.close()
    assert [one["name"] for one in office.members(club)].count("Bùi Văn Muộn") == 0


def test_the_list_as_text_is_sorted_and_numbered(office: Office, club: str) -> None:
    lines = office.run("member", "list", club).out.splitlines()
    assert [line.split("  ")[2] for line in lines[2:]] == [
        "Trần Văn Ân",
        "Lê Thị Cúc",
        "Nguyễn Thị Lan",
    ]
    assert "02/05/1950" in lines[4]


def cells(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_an_export_hides_the_numbers_and_leaves_no_event(office: Office, club: str) -> None:
    before = len(office.events(club))
    file = office.folder / "xuat.csv"
    answer = office.json("member-export", "member", "export", club, file)
    assert (answer["rows"], answer["full"], answer["event"]) == (3, False, None)
    lan = next(line for line in cells(file) if "Nguyễn Thị Lan" in line)
    assert "*********001" in lan
    assert "027950000001" not in file.read_text(encoding="utf-8-sig")
    assert len(office.events(club)) == before


def test_a_full_export_is_in_the_log_and_reads_back_as_it_was(office: Office, club: str) -> None:
    file = office.folder / "xuat.xlsx"
    answer = office.json(
        "member-export",
        *("member", "export", club, file, "--full", "--reason", "in thẻ thành viên"),
    )
    event = office.events(club)[-1]
    assert event["step"] == "export"
    assert event["officer"] == "hoi"
    assert {"rows": 3, "reason": "in thẻ thành viên"}.items() <= event["form"].items()
    assert answer["event"]["seq"] == event["seq"]
    entries = read(file, on=date(2021, 8, 5)).people
    assert [(one.name, one.born, one.id_number, one.phone) for one in entries] == [
        ("Trần Văn Ân", "1948", None, None),
        ("Lê Thị Cúc", "1955-05", None, None),
        ("Nguyễn Thị Lan", "1950-05-02", "027950000001", "0570000001"),
    ]
    assert [one.name for one in office.folder.iterdir() if one.name.startswith(".")] == []


def test_a_full_export_that_is_refused_leaves_no_file_and_the_old_one_untouched(
    office: Office, club: str
) -> None:
    file = office.folder / "xuat.xlsx"
    file.write_bytes(b"before")
    full = ("member", "export", club, file, "--full", "--reason", "in thẻ")
    assert office.error(*full, "--as", "hoi_ban", code=3) == "CLB-NOT-PERMITTED"
    assert office.error(*full, "--as", "quan_tri", code=3) == "CLB-NOT-PERMITTED"
    assert file.read_bytes() == b"before"
    assert [one.name for one in office.folder.iterdir() if one.name.startswith(".")] == []


@pytest.mark.parametrize(
    ("name", "code", "exit_code"),
    [("xuat.pdf", "CLB-ROSTER-SUFFIX", 2), ("khong/co/xuat.xlsx", "CLB-ROSTER-WRITE", 5)],
)
def test_a_full_export_that_cannot_be_written_is_not_in_the_log(
    office: Office, club: str, name: str, code: str, exit_code: int
) -> None:
    before = len(office.events(club))
    full = ("member", "export", club, office.folder / name, "--full", "--reason", "in thẻ")
    assert office.error(*full, code=exit_code) == code
    assert len(office.events(club)) == before


def test_a_template_can_be_filled_in_and_imported(office: Office, club: str) -> None:
    file = office.folder / "mau.csv"
    office.json("member-template", "member", "template", file)
    headings = cells(file)[0]
    assert headings == [
        *("STT", "Họ và tên", "Ngày sinh", "Giới tính", "Thôn", "Diện hộ", "CCCD", "SĐT"),
        "Ghi chú",
    ]
    filled = office.csv(
        "dien.csv",
        [("1", "Vũ Thị Yến", "1961", "Nữ", "Thôn Đông", "Khó khăn", "", "", "")],
        headings,
    )
    office.json("member-import", "member", "import", club, filled, "--on", "2021-08-06")
    assert by_name(office, club, "Vũ Thị Yến")["circumstance"] == "difficult"
    assert office.json("member-template", "member", "template", office.folder / "mau.xlsx")


def test_erasing_takes_the_person_and_leaves_the_counts_and_the_log(
    office: Office, club: str
) -> None:
    lan = by_name(office, club, "Nguyễn Thị Lan")
    erase = ("member", "erase", club, "Nguyễn Thị Lan", "--reason", "theo đề nghị")
    assert office.error(*erase, code=3) == "CLB-NOT-PERMITTED"
    before = office.run("club", "show", club, "--json").data["composition"]
    office.json("member-erase", *erase, "--as", "tinh")
    empty = dict.fromkeys(("name", "village", "id_number", "phone"))
    assert office.members(club)[-1] == {**lan, **empty}
    assert office.run("club", "show", club, "--json").data["composition"] == before
    assert office.events(club)[-1]["form"]["member"] == lan["id"]
    registry = office.registry()
    assert registry.store.row("SELECT name FROM personal WHERE member = ?", (lan["id"],)) is None
    registry.store.close()
    edit = ("member", "edit", club, str(lan["id"]), "--phone", "0570000001")
    assert office.error(*edit, code=1) == "CLB-MEMBER-ERASED"


@pytest.mark.parametrize("by", ["option", "file"])
def test_erasing_takes_the_drafts_of_the_club_where_names_are_as_typed(
    office: Office, club: str, by: str
) -> None:
    remembered = Remembered(str(office.database))
    mine, others = (club, "set_board", "hoi"), ("BN-9999", "set_board", "hoi")
    for about in (mine, others):
        remembered.keep_draft({"answers": {"chair.name": "Nguyễn Thị Lan"}}, *about)
    if by == "option":
        erase = ("member", "erase", club, "Nguyễn Thị Lan", "--reason", "theo đề nghị")
        office.json("member-erase", *erase, "--as", "tinh")
    else:
        file = office.folder / "xoa.csv"
        who = by_name(office, club, "Nguyễn Thị Lan")["id"]
        file.write_text(f"club,step,member,reason\n{club},erase,{who},đơn\n", encoding="utf-8")
        assert office.run("advance", "--many", file, "--as", "tinh").code == 0
    assert remembered.draft(*mine) is None
    assert remembered.draft(*others) is not None


def test_a_list_with_an_erased_name_can_be_exported(office: Office, club: str) -> None:
    office.json(
        "member-erase",
        *("member", "erase", club, "Nguyễn Thị Lan", "--reason", "theo đề nghị", "--as", "tinh"),
    )
    file = office.folder / "xuat.csv"
    assert office.json("member-export", "member", "export", club, file)["rows"] == 3
    assert "(personal data erased)" in file.read_text(encoding="utf-8-sig")
