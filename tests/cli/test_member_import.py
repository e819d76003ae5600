"""``clb member import``: a list becomes the club's list as a whole, or nothing changes."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.roster_cli import Office, row

ROSTERS = Path(__file__).parents[1] / "rosters"
COUNTS = {"members", "women", "elderly", "young", "poor", "near_poor", "difficult"}


@pytest.fixture
def club(office: Office) -> str:
    return office.prepared("opened", office.open_club)


def take(club: str, file: Path, *more: str, on: str = "2021-08-05") -> tuple[str | Path, ...]:
    return ("member", "import", club, file, "--on", on, *more)


def village(office: Office, name: str = "ds.csv") -> Path:
    """A list of six people: four women, four elderly, one of each circumstance."""
    return office.csv(
        name,
        [
            row(1, "Nguyễn Thị Lan", "02/05/1950", circumstance="Hộ nghèo", phone="0570000001"),
            row(2, "Trần Văn Bình", "1948", sex="Nam", id_number="027848000001"),
            row(3, "Lê Thị Cúc", "05/1955", circumstance="Cận nghèo"),
            row(4, "Phạm Văn Đức", "1959", sex="Nam"),
            row(5, "Vũ Thị Yến", "1985", circumstance="Khó khăn"),
            row(6, "Bùi Thị Ảnh", "1990"),
        ],
    )


def test_an_import_answers_what_the_contract_asks(office: Office, club: str) -> None:
    file = village(office)
    answer = office.json("member-import", *take(club, file))
    assert (answer["rows"], answer["imported"], answer["rejected"]) == (6, 6, [])
    assert answer["composition"] == {
        "members": 6,
        "women": 4,
        "elderly": 4,
        "young": 2,
        "poor": 1,
        "near_poor": 1,
        "difficult": 1,
    }
    assert {one["heading"]: one["field"] for one in answer["columns"]}["Diện hộ"] == "circumstance"
    assert [one["column"] for one in answer["columns"]] == list("ABCDEFGH")
    assert "CLB-COMP-SIZE" in [one["code"] for one in answer["findings"]]


def test_the_list_is_sorted_by_given_name_and_keeps_each_birth_as_exact_as_it_was(
    office: Office, club: str
) -> None:
    office.json("member-import", *take(club, village(office)))
    listed = office.members(club)
    assert [one["name"] for one in listed] == [
        "Bùi Thị Ảnh",
        "Trần Văn Bình",
        "Lê Thị Cúc",
        "Phạm Văn Đức",
        "Nguyễn Thị Lan",
        "Vũ Thị Yến",
    ]
    assert [one["born"] for one in listed[1:5]] == ["1948", "1955-05", "1959", "1950-05-02"]
    whole = office.whole(club)
    assert whole[1]["id_number"] == "027848000001"
    assert whole[4]["phone"] == "0570000001"


def test_the_event_holds_counts_and_the_digest_of_the_file_and_nobodys_name(
    office: Office, club: str
) -> None:
    file = village(office)
    office.json("member-import", *take(club, file))
    event = office.events(club)[-1]
    assert event["step"] == "roster"
    assert event["form"] == {
        "date": "2021-08-05",
        "added": 6,
        "changed": 0,
        "left": 0,
        "file": hashlib.sha256(file.read_bytes()).hexdigest(),
    }
    registry = office.registry()
    bodies = "".join(body for (body,) in registry.store.rows("SELECT body FROM event"))
    registry.store.close()
    assert "roster" in bodies
    for secret in ("Lan", "Nguyễn", "0570000001", "027848000001"):
        assert secret not in bodies


def test_a_dry_run_answers_the_same_and_changes_nothing(office: Office, club: str) -> None:
    file = village(office)
    tried = office.json("member-import", *take(club, file, "--dry-run"))
    assert (tried["imported"], tried["added"], tried["event"]) == (0, 6, None)
    assert office.members(club) == []
    assert len(office.events(club)) == 1
    done = office.json("member-import", *take(club, file))
    for key in ("composition", "findings", "columns", "rows"):
        assert tried[key] == done[key]


def test_a_dry_run_needs_no_officer(
    office: Office, club: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CLB_OFFICER")
    assert office.json("member-import", *take(club, village(office), "--dry-run"))["rows"] == 6
    assert office.error(*take(club, village(office)), code=2) == "CLB-OFFICER-MISSING"
    assert office.members(club) == []


def test_one_bad_row_is_reported_with_all_others_and_nothing_is_imported(
    office: Office, club: str
) -> None:
    file = office.csv(
        "ds.csv",
        [
            row(1, "Nguyễn Thị Lan"),
            row(2, "Trần Văn Bình", "31/02/1950", sex="Nam"),
            row(3, "Lê Thị Cúc", "1955", sex="?", id_number="123"),
        ],
    )
    answer = office.json("member-import", *take(club, file), code=1)
    assert answer["error"]["code"] == "CLB-ROSTER-REJECTED"
    assert [(one["row"], one["column"], one["found"]) for one in answer["rejected"]] == [
        (3, "Ngày sinh", "31/02/1950"),
        (4, "Giới tính", "?"),
        (4, "CCCD", "123"),
    ]
    assert (answer["rows"], answer["imported"]) == (3, 0)
    assert office.members(club) == []
    text = office.run(*take(club, file))
    assert text.code == 1
    assert "31/02/1950" in text.out
    assert "CLB-ROSTER-REJECTED" in text.err


def test_skip_bad_imports_the_good_rows_and_reports_the_others(office: Office, club: str) -> None:
    file = office.csv("ds.csv", [row(1, "Nguyễn Thị Lan"), row(2, "Trần Văn Bình", "1950-13-01")])
    answer = office.json("member-import", *take(club, file, "--skip-bad"))
    assert (answer["rows"], answer["imported"], len(answer["rejected"])) == (2, 1, 1)
    assert [one["name"] for one in office.members(club)] == ["Nguyễn Thị Lan"]


def test_a_list_of_nobody_is_bad_input(office: Office, club: str) -> None:
    only_bad = office.csv("ds.csv", [row(1, "Nguyễn Thị Lan", "xyz")])
    answer = office.json("member-import", *take(club, only_bad, "--skip-bad"), code=2)
    assert answer["error"]["code"] == "CLB-ROSTER-NOBODY"
    assert len(office.events(club)) == 1


def test_namesakes_of_one_year_in_the_file_stop_the_import(office: Office, club: str) -> None:
    file = office.csv(
        "ds.csv",
        [
            row(1, "Hoàng Văn Hoà", "1950", sex="Nam"),
            row(2, "HOÀNG  VĂN HÒA", "03/1950", sex="Nam"),
            row(3, "Hoàng Văn Hoà", "1951", sex="Nam"),
            row(4, "Nguyễn Văn Toàn", "1960", sex="Nam"),
            row(5, "Nguyễn Văn Toán", "1960", sex="Nam"),
        ],
    )
    answer = office.json("member-import", *take(club, file), code=1)
    assert answer["error"]["code"] == "CLB-ROSTER-DUPLICATES"
    assert answer["duplicates"] == [
        {"rows": [2, 3], "name": "Hoàng Văn Hoà", "born": "1950", "members": []}
    ]
    assert office.members(club) == []
    kept = office.json("member-import", *take(club, file, "--keep-duplicates"))
    assert (kept["imported"], kept["duplicates"]) == (5, answer["duplicates"])


def test_namesakes_in_the_club_stop_the_import_however_they_are_spelt(
    office: Office, club: str
) -> None:
    office.json("member-import", *take(club, village(office)))
    lan = next(one for one in office.members(club) if one["name"] == "Nguyễn Thị Lan")
    decomposed = "nguye\u0302\u0303n thi\u0323 lan"
    file = office.csv("them.csv", [row(1, decomposed, "1950"), row(2, "Nguyễn Thị Lan", "1949")])
    answer = office.json("member-import", *take(club, file), code=1)
    assert answer["duplicates"] == [
        {"rows": [2], "name": "nguyễn thị lan", "born": "1950", "members": [lan["id"]]}
    ]
    assert len(office.members(club)) == 6
    office.json("member-import", *take(club, file, "--keep-duplicates"))
    assert len(office.members(club)) == 8


def test_replace_changes_adds_and_lets_leave(office: Office, club: str) -> None:
    office.json("member-import", *take(club, village(office)))
    before = {one["name"]: one for one in office.members(club)}
    file = office.csv(
        "moi.csv",
        [
            row(1, "NGUYỄN THỊ LAN", "1950", phone="0570000009"),
            row(2, "Trần Văn Bình", "1948", sex="Nam", id_number="027848000001"),
            row(3, "Đinh Thị Mới", "1961", circumstance="Hộ nghèo"),
        ],
    )
    tried = office.json("member-import", *take(club, file, "--replace", "--dry-run"))
    done = office.json("member-import", *take(club, file, "--replace"))
    counts = {key: done[key] for key in ("imported", "added", "changed", "left", "unchanged")}
    assert counts == {"imported": 3, "added": 1, "changed": 1, "left": 4, "unchanged": 1}
    assert (done["composition"], done["duplicates"]) == (tried["composition"], [])
    after = {one["name"]: one for one in office.members(club)}
    assert set(after) == {"NGUYỄN THỊ LAN", "Trần Văn Bình", "Đinh Thị Mới"}
    assert after["Trần Văn Bình"] == before["Trần Văn Bình"]
    lan = next(one for one in office.whole(club) if one["name"] == "NGUYỄN THỊ LAN")
    assert lan["id"] == before["Nguyễn Thị Lan"]["id"]
    assert lan["born"] == "1950-05-02", "the year alone does not blur a known birthday"
    assert (lan["phone"], lan["circumstance"]) == ("0570000009", None)


def test_replace_keeps_what_the_file_has_no_column_for(office: Office, club: str) -> None:
    office.json("member-import", *take(club, village(office)))
    before = office.members(club)
    file = office.csv(
        "gon.csv",
        [(one["name"], one["born"][:4], {"F": "Nữ", "M": "Nam"}[one["sex"]]) for one in before],
        headings=("Họ và tên", "Năm sinh", "Giới tính"),
    )
    answer = office.json("member-import", *take(club, file, "--replace"))
    assert (answer["unchanged"], answer["changed"], answer["left"]) == (6, 0, 0)
    assert office.members(club) == before


def test_replacing_a_list_by_itself_records_nothing(office: Office, club: str) -> None:
    file = village(office)
    office.json("member-import", *take(club, file))
    before = len(office.events(club))
    answer = office.json("member-import", *take(club, file, "--replace"))
    assert (answer["imported"], answer["unchanged"], answer["event"]) == (6, 6, None)
    assert len(office.events(club)) == before


def test_replace_does_not_go_with_skip_bad(office: Office, club: str) -> None:
    file = village(office)
    assert office.error(*take(club, file, "--replace", "--skip-bad"), code=2) == "CLB-USAGE"


def test_who_left_with_a_new_list_and_sits_on_the_board_is_named(office: Office, club: str) -> None:
    office.json("member-import", *take(club, village(office)))
    office.json(
        "board-set",
        *("board", "set", club, "--chair", "Nguyễn Thị Lan", "--vice", "Trần Văn Bình"),
    )
    file = office.csv("moi.csv", [row(1, "Trần Văn Bình", "1948", sex="Nam")])
    answer = office.run(*take(club, file, "--replace"))
    assert answer.code == 0
    assert "Nguyễn Thị Lan left the list" in answer.err
    assert "Trần Văn Bình left" not in answer.err


@pytest.mark.parametrize("name", ["02_years_under_nam_nu.xlsx", "18_excel_2003.xls"])
def test_the_composition_after_an_import_is_what_check_judges(
    office: Office, club: str, name: str
) -> None:
    answer = office.json("member-import", *take(club, ROSTERS / name))
    assert set(answer["composition"]) == COUNTS
    assert answer["composition"]["members"] > 40
    shown = office.run("club", "show", club, "--on", "2021-08-05", "--json").data["composition"]
    assert {key: shown[key] for key in COUNTS} == answer["composition"]
    judged = office.run("check", club, "propose", "--on", "2021-08-05", "--json").data
    composition = [
        one for one in judged["steps"][0]["findings"] if one["code"].startswith("CLB-COMP")
    ]
    assert composition == answer["findings"]


def test_the_list_made_before_the_decision_counts_from_the_opening(
    office: Office, club: str
) -> None:
    office.json("member-import", *take(club, village(office), on="2021-08-20"))
    listed = office.json("member-list", "member", "list", club, "--on", "2021-08-02")
    assert len(listed) == 6


def test_the_list_of_a_later_day_counts_from_that_day(office: Office) -> None:
    club = office.decided_club()
    office.json("member-import", *take(club, village(office), on="2021-11-01"))
    day_before = office.json("member-list", "member", "list", club, "--on", "2021-10-31")
    assert (day_before, len(office.members(club))) == ([], 6)


def test_an_old_font_is_reported_and_converted_when_asked_for(office: Office, club: str) -> None:
    file = ROSTERS / "16_tcvn3.csv"
    assert office.error(*take(club, file), code=2) == "CLB-ROSTER-TCVN3"
    assert office.members(club) == []
    answer = office.json("member-import", *take(club, file, "--encoding", "tcvn3"))
    assert answer["imported"] == answer["rows"] > 0
    assert any("ễ" in one["name"] for one in office.members(club))


@pytest.mark.parametrize(
    ("more", "code", "exit_code"),
    [
        (("--as", "hoi_ban"), "CLB-NOT-PERMITTED", 3),
        (("--as", "quan_tri"), "CLB-NOT-PERMITTED", 3),
        (("--as", "nobody"), "CLB-OFFICER-UNKNOWN", 2),
        (("--on", "2999-01-01"), "CLB-REFUSED", 1),
        (("--on", "31/02/2021"), "CLB-DATE", 2),
        (("--encoding", "latin-1"), "CLB-USAGE", 2),
    ],
)
def test_what_the_lifecycle_refuses_changes_nothing(
    office: Office, club: str, more: tuple[str, str], code: str, exit_code: int
) -> None:
    assert office.error(*take(club, village(office)), *more, code=exit_code) == code
    assert office.members(club) == []


def test_files_that_are_no_lists_change_nothing(office: Office, club: str) -> None:
    damaged = office.folder / "ds.xlsx"
    damaged.write_bytes(b"PK\x03\x04 and then nothing")
    no_heading = office.csv("so.csv", [("1", "2")], headings=("a", "b"))
    for file in (damaged, no_heading, office.folder / "khong_co.xlsx"):
        assert office.error(*take(club, file), code=2).startswith("CLB-ROSTER-")
    assert office.error(*take("CLB khác", village(office)), code=2) == "CLB-CLUB-UNKNOWN"
    assert len(office.events(club)) == 1


def test_a_long_list_reports_its_progress_apart_from_the_answer(office: Office, club: str) -> None:
    people = [row(n, f"Nguyễn Thị {_letters(n)}", str(1930 + n % 60)) for n in range(2_600)]
    answer = office.run(*take(club, office.csv("dai.csv", people)), "--json")
    assert answer.data["imported"] == 2_600
    assert "Rows read: 2." in answer.err
    short = office.run(*take(club, village(office)), "--json")
    assert "Rows read" not in short.err


def _letters(number: int) -> str:
    """A given name of its own for each number."""
    return "".join("bcdghklmnp"[int(digit)] + "a" for digit in str(number)).capitalize()


def test_the_command_works_as_a_program_of_its_own(office: Office, club: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "engine", *map(str, take(club, village(office))), "--json"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": os.getcwd()},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert f'"club": "{club}"' in done.stdout
    assert len(office.members(club)) == 6


def test_one_cause_in_many_cells_is_shown_once_with_a_count(office: Office, club: str) -> None:
    names = ("Lan", "Cúc", "Yến", "Ảnh", "Mai", "Hoa", "Thu")
    people = [
        row(place, f"Nguyễn Thị {name}", "1950", phone=f"057000000{place}")
        for place, name in enumerate(names, start=1)
    ]
    office.run(*take(club, office.csv("ds.csv", people)))
    office.run("member", "export", club, office.folder / "che.csv")
    answer = office.run(
        "member", "import", club, office.folder / "che.csv", "--dry-run", "--lang", "vi"
    )
    printed = " ".join(answer.out.split())
    assert "Cột SĐT: 7 ô không đọc được (dòng " in printed
    assert printed.count("số đầy đủ") == 1
