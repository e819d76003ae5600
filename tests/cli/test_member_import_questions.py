"""``clb member import``: what only people know is asked, with the option that answers it."""

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from support.lists import book
from support.roster_cli import HEADINGS, Office, row
from support.terminal import at_terminal

from engine import i18n
from engine.roster.doubts import (
    DOUBTS,
    answer_typed,
    household_choices,
    household_key,
    read_answers,
)

DAY = ("--on", "2021-08-05")
UNKNOWN = [
    row(n, f"Lê Thị {name}", f"195{n}", circumstance="khuyết tật")
    for n, name in enumerate(("Lan", "Cúc", "Mơ"))
]


@pytest.fixture
def club(office: Office) -> str:
    return office.prepared("opened", office.open_club)


def gone(office: Office) -> Path:
    return office.csv(
        "mat.csv",
        [
            (*row(1, "Lê Thị Lan"), ""),
            (*row(2, "Lê Thị Cúc"), "đã mất 2020"),
            (*row(3, "Lê Thị Mơ"), "tạm vắng"),
        ],
        headings=(*HEADINGS, "Ghi chú"),
    )


def test_every_question_is_answered_with_the_option_it_names(office: Office, club: str) -> None:
    file = gone(office)
    answer = office.json("member-import", "member", "import", club, file, *DAY, code=1)
    assert answer["error"]["code"] == "CLB-ROSTER-QUESTIONS"
    assert [(one["key"], one["rows"]) for one in answer["questions"]] == [
        ("gone", [{"sheet": "", "row": 3}]),
        ("away", [{"sheet": "", "row": 4}]),
    ]
    assert office.members(club) == []
    options = [
        part for one in answer["questions"] for part in one["answers"][0]["option"].split(" ", 1)
    ]
    assert options == ["--answer", "gone=leave-out", "--answer", "away=leave-out"]
    done = office.json("member-import", "member", "import", club, file, *DAY, *options)
    assert (done["imported"], done["questions"]) == (1, [])
    assert any("Lê Thị Cúc" in remark for remark in done["remarks"])


def test_the_text_has_each_question_with_its_options_and_nothing_is_imported(
    office: Office, club: str
) -> None:
    answer = office.run("member", "import", club, gone(office), *DAY)
    assert answer.code == 1
    assert "--answer gone=take" in answer.out
    assert "--answer away=leave-out" in answer.out
    assert "CLB-ROSTER-QUESTIONS" in answer.err
    assert office.members(club) == []


def test_options_are_shown_in_the_words_of_the_officer(office: Office, club: str) -> None:
    answer = office.run("member", "import", club, gone(office), *DAY, "--lang", "vi")
    assert '--answer "đã mất=bỏ"' in answer.out
    assert '--answer "tạm vắng=lấy"' in answer.out
    assert "leave-out" not in answer.out + answer.err


@pytest.fixture
def vietnamese() -> Iterator[None]:
    before = i18n.language()
    i18n.use("vi")
    yield
    i18n.use(before)


@pytest.mark.usefixtures("vietnamese")
@pytest.mark.parametrize("key", [*DOUBTS, household_key("Người có công")])
def test_every_answer_is_read_as_it_is_shown(key: str) -> None:
    doubt = DOUBTS.get(key)
    for value, _means in doubt.choices if doubt else household_choices():
        shown = answer_typed(key, value, "" if doubt else "Người có công")
        assert shown != f"{key}={value}"
        assert read_answers([shown]) == {key: value}


@pytest.mark.parametrize(
    ("died", "away"),
    [
        ("đã mất=bỏ", "tạm vắng=lấy"),
        ("da mat=leave-out", "TAM VANG=nhập"),
        ("gone=bỏ ra", "away=take"),
    ],
)
def test_an_answer_may_be_typed_in_vietnamese_words(
    office: Office, club: str, died: str, away: str
) -> None:
    options = ("--answer", died, "--answer", away)
    office.json("member-import", "member", "import", club, gone(office), *DAY, *options)
    assert {one["name"] for one in office.members(club)} == {"Lê Thị Lan", "Lê Thị Mơ"}


@pytest.mark.parametrize("typed", ["diện hộ:khuyết tật=không", "household:KHUYET TAT=none"])
def test_a_word_for_a_household_may_be_answered_in_words(
    office: Office, club: str, typed: str
) -> None:
    file = office.csv("ds.csv", UNKNOWN)
    done = office.json("member-import", "member", "import", club, file, *DAY, "--answer", typed)
    assert done["imported"] == 3


@pytest.mark.parametrize(
    "typed",
    [
        "gone",
        "gone=maybe",
        "nothing=take",
        "household:BTXH=rich",
        "=take",
        "household=none",
        "gone:x=take",
    ],
)
def test_what_is_no_answer_is_refused(office: Office, club: str, typed: str) -> None:
    answer = ("member", "import", club, gone(office), "--answer", typed)
    assert office.error(*answer, code=2) == "CLB-ROSTER-ANSWER"


def test_skip_bad_drops_nobody_over_a_question(office: Office, club: str) -> None:
    file = office.csv("ds.csv", [*UNKNOWN, row(9, "Lê Thị Xấu", "abc")])
    answer = office.json(
        "member-import", "member", "import", club, file, *DAY, "--skip-bad", code=1
    )
    assert answer["error"]["code"] == "CLB-ROSTER-QUESTIONS"
    (question,) = answer["questions"]
    assert [one["row"] for one in question["rows"]] == [2, 3, 4]
    assert office.members(club) == []


@pytest.mark.parametrize("word", ["khuyết tật", "KHUYET TAT", "Khuyết  tật"])
def test_an_answer_about_a_word_is_remembered_for_the_province(
    office: Office, club: str, word: str
) -> None:
    file = office.csv("ds.csv", UNKNOWN)
    first = ("member", "import", club, file, *DAY, "--answer", f"household:{word}=none")
    assert office.json("member-import", *first)["imported"] == 3
    more = [
        row(n, f"Vũ Thị {name}", "1950", circumstance="khuyết tật")
        for n, name in enumerate(("Hoa", "Huệ"))
    ]
    again = office.json(
        "member-import", "member", "import", club, office.csv("them.csv", more), *DAY
    )
    assert again["imported"] == 2
    assert any("khuyết tật" in remark for remark in again["remarks"])
    assert {one["circumstance"] for one in office.members(club)} == {None}


def test_an_answer_that_imported_nothing_is_not_remembered(office: Office, club: str) -> None:
    file = office.csv("ds.csv", UNKNOWN)
    tried = (
        "member",
        "import",
        club,
        file,
        *DAY,
        "--dry-run",
        "--answer",
        "household:khuyết tật=poor",
    )
    office.json("member-import", *tried)
    assert office.error("member", "import", club, file, *DAY, code=1) == "CLB-ROSTER-QUESTIONS"


@pytest.mark.parametrize(
    ("typed", "circumstance"), [("4\n", None), ("x\n9\n3\n", "difficult"), ("1\n", "poor")]
)
def test_a_question_is_asked_at_a_terminal(
    office: Office, club: str, typed: str, circumstance: str | None
) -> None:
    file = office.csv("ds.csv", UNKNOWN)
    answer = at_terminal("member", "import", club, file, *DAY, typed=typed)
    assert answer.code == 0, answer.err
    assert "khuyết tật" in answer.err
    assert {one["circumstance"] for one in office.members(club)} == {circumstance}
    assert answer.out.rstrip().splitlines()[-1].startswith("Imported: 3")


def test_nothing_changes_where_somebody_stops_at_a_question(office: Office, club: str) -> None:
    answer = at_terminal("member", "import", club, office.csv("ds.csv", UNKNOWN), *DAY, typed="0\n")
    assert answer.code == 130
    assert office.members(club) == []


def test_replacing_with_one_sheet_a_village_lets_nobody_leave(office: Office, club: str) -> None:
    people = [
        row(n, f"Lê Thị {name}", f"195{n}") for n, name in enumerate(("Lan", "Cúc", "Mơ", "Mận"))
    ]
    office.json("member-import", "member", "import", club, office.csv("ds.csv", people), *DAY)
    sheets = {"Đông": [HEADINGS, *people[:2]], "Đoài": [HEADINGS, *people[2:]]}
    file = book(office.folder, sheets)
    answer = office.json("member-import", "member", "import", club, file, *DAY, "--replace")
    assert (answer["left"], answer["unchanged"], answer["sheets"]) == (0, 4, ["Đông", "Đoài"])
    one = office.json(
        "member-import", "member", "import", club, file, *DAY, "--replace", "--sheet", "Đông"
    )
    assert (one["left"], one["unchanged"]) == (2, 2)


@pytest.mark.parametrize(
    ("first", "second"),
    [("Lê Thị Lan", "Lê Thị Lành"), ("Lê Thị Lan", "Vũ Thị Bình"), ("Lê Thị Lan", "Lê Thị Loan")],
)
def test_one_identity_number_for_two_people_stops_the_import(
    office: Office, club: str, first: str, second: str
) -> None:
    people = [
        row(1, first, "1950", id_number="027150000001"),
        row(2, second, "1951", id_number="027150000001"),
    ]
    command = ("member", "import", club, office.csv("ds.csv", people), *DAY)
    answer = office.json("member-import", *command, code=1)
    assert answer["error"]["code"] == "CLB-ROSTER-DUPLICATES"
    assert [(one["rows"], one["by"]) for one in answer["duplicates"]] == [([2, 3], "id_number")]


def test_the_identity_number_of_a_member_stops_the_import(office: Office, club: str) -> None:
    one = office.csv("ds.csv", [row(1, "Lê Thị Lan", "1950", id_number="027150000001")])
    office.json("member-import", "member", "import", club, one, *DAY)
    other = office.csv("them.csv", [row(1, "Lê Thị Lành", "1950", id_number="027150000001")])
    answer = office.json("member-import", "member", "import", club, other, *DAY, code=1)
    (found,) = answer["duplicates"]
    assert (found["by"], len(found["members"])) == ("id_number", 1)
    replaced = office.json("member-import", "member", "import", club, other, *DAY, "--replace")
    assert (replaced["changed"], replaced["added"], replaced["left"]) == (1, 0, 0)


def test_who_is_in_another_club_is_noted_and_not_refused(office: Office, club: str) -> None:
    people = [row(1, "Lê Thị Lan", "1950", id_number="027150000001")]
    file = office.csv("ds.csv", people)
    office.json("member-import", "member", "import", club, file, *DAY)
    other = office.open_club("Thôn Đoài")
    answer = office.json("member-import", "member", "import", other, file, *DAY)
    assert answer["imported"] == 1
    assert any(club in remark and "rows 2" in remark for remark in answer["remarks"])
    assert not any("027150000001" in remark for remark in answer["remarks"])


@pytest.mark.parametrize("age", ["59", "60", "61"])
def test_estimated_years_near_the_limit_are_counted(office: Office, club: str, age: str) -> None:
    file = office.csv(
        "ds.csv", [row(1, "Lê Thị Lan", f"{age} tuổi"), row(2, "Lê Thị Cúc", "75 tuổi")]
    )
    answer = office.json(
        "member-import", "member", "import", club, file, *DAY, "--answer", "ages=estimate"
    )
    near = [remark for remark in answer["remarks"] if "about 60 years old: 1." in remark]
    assert len(near) == 1
    assert "rows 2" in near[0]


def test_a_pasted_list_is_read_from_the_input(
    office: Office, club: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, end in (("Lê Thị Lan", "\n"), ("Lê Thị Cúc", "\r\n"), ("Lê Thị Mơ", "")):
        text = f"STT\tHọ và tên\tNăm sinh\tGiới tính\r\n1\t{name}\t1950\tNữ{end}"
        done = subprocess.run(
            [sys.executable, "-m", "engine", "member", "import", club, "-", *DAY, "--json"],
            input=text.encode(),
            capture_output=True,
            env={**os.environ, "PYTHONPATH": os.getcwd()},
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
    assert len(office.members(club)) == 3
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    assert office.error("member", "import", club, "-", *DAY, code=2) == "CLB-ROSTER-EMPTY"


def test_a_copy_with_the_bad_cells_marked_is_written_when_asked_for(
    office: Office, club: str
) -> None:
    file = book(
        office.folder, {"DS": [HEADINGS, row(1, "Lê Thị Lan", "31/02/1950"), row(2, "Lê Thị Cúc")]}
    )
    copy = office.folder / "danh-sach-can-sua.xlsx"
    command = ("member", "import", club, file, *DAY, "--corrections", copy)
    answer = office.json("member-import", *command, code=1)
    assert (answer["corrections"], answer["rejected"][0]["cell"]) == (str(copy), "C2")
    assert openpyxl.load_workbook(copy)["DS"]["C2"].comment
    copy.unlink()
    good = office.csv("ds.csv", [row(1, "Lê Thị Lan")])
    done = office.json("member-import", "member", "import", club, good, *DAY, "--corrections", copy)
    assert done["corrections"] is None
    assert not copy.exists()


def test_the_copy_is_offered_at_a_terminal(office: Office, club: str) -> None:
    file = office.csv("ds.csv", [row(1, "Lê Thị Lan", "31/02/1950")])
    answer = at_terminal("member", "import", club, file, *DAY, typed="y\n")
    assert answer.code == 1
    assert (office.folder / "danh-sach-can-sua.xlsx").exists()


def test_an_earlier_copy_is_left_as_it_is_and_another_offered(office: Office, club: str) -> None:
    file = office.csv("ds.csv", [row(1, "Lê Thị Lan", "31/02/1950")])
    earlier = office.folder / "danh-sach-can-sua.xlsx"
    earlier.write_bytes(b"earlier")
    at_terminal("member", "import", club, file, *DAY, typed="y\n")
    assert earlier.read_bytes() == b"earlier"
    (copy,) = (one for one in office.folder.glob("danh-sach-can-sua*.xlsx") if one != earlier)
    assert openpyxl.load_workbook(copy).active["C2"].comment


def test_a_messy_list_is_read_with_every_doubt_named(office: Office, club: str) -> None:
    """Titles, a village heading, ditto marks, an age, a death, an unknown household at once."""
    file = office.csv(
        "lon-xon.csv",
        [
            ("", "Đội 4", "", "", "", "", "", "", ""),
            (*row(1, "Bà Lê Thị Lan", "02.05.1950.", village="", circumstance="Hộ nghèo"), ""),
            (
                *row(2, "CỤ TRẦN VĂN BÌNH", "71 tuổi", sex="Nam", village="", circumstance="-nt-"),
                "",
            ),
            ("", "Khu 2", "", "", "", "", "", "", ""),
            (*row(3, "Vũ Thị Yến", "1949", village="", circumstance="BTXH"), ""),
            (*row(4, "Đỗ Thị Hoa", "1948", sex="Nam", village=""), "chồng mất"),
            (*row(5, "Ngô Văn Kha và vợ Lê Thị Mơ", "1950", sex="Nam", village=""), ""),
            (*row(6, "Phạm Văn Cũ", "1930", sex="Nam", village=""), "đã mất 2020"),
        ],
        headings=(*HEADINGS, "Ghi chú"),
    )
    command = ("member", "import", club, file, *DAY, "--skip-bad")
    answer = office.json("member-import", *command, code=1)
    assert {one["key"] for one in answer["questions"]} == {
        "ages",
        "household:btxh",
        "odd-sex",
        "gone",
    }
    assert [(one["row"], one["column"]) for one in answer["rejected"]] == [(8, "Họ và tên")]
    answers = ("ages=estimate", "household:BTXH=none", "odd-sex=as-written", "gone=leave-out")
    given = [part for one in answers for part in ("--answer", one)]
    assert office.json("member-import", *command, *given)["imported"] == 4
    whole = {one["name"]: one for one in office.members(club)}
    assert {
        name: (one["born"], one["sex"], one["circumstance"], one["village"])
        for name, one in whole.items()
    } == {
        "Lê Thị Lan": ("1950-05-02", "F", "poor", "Đội 4"),
        "TRẦN VĂN BÌNH": ("1950", "M", "poor", "Đội 4"),
        "Vũ Thị Yến": ("1949", "F", None, "Khu 2"),
        "Đỗ Thị Hoa": ("1948", "M", None, "Khu 2"),
    }
