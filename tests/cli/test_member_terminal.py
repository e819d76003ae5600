"""``clb member`` with a person at the terminal: what is doubtful is asked, not dropped."""

from pathlib import Path

import pytest
from support.roster_cli import Office, row
from support.terminal import at_terminal

ROSTERS = Path(__file__).parents[1] / "rosters"
NAMESAKES = [
    row(1, "Hoàng Văn Hoà", "1950", sex="Nam"),
    row(2, "Hoàng Văn Hòa", "1950", sex="Nam"),
    row(3, "Lê Thị Cúc", "1955"),
]


@pytest.fixture
def club(office: Office) -> str:
    return office.prepared("opened", office.open_club)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("y\n", ["Lê Thị Cúc", "Hoàng Văn Hoà", "Hoàng Văn Hòa"]),
        ("n\n", ["Lê Thị Cúc", "Hoàng Văn Hoà"]),
    ],
)
def test_namesakes_in_a_file_are_asked_about(
    office: Office, club: str, typed: str, names: list[str]
) -> None:
    file = office.csv("ds.csv", NAMESAKES)
    answer = at_terminal("member", "import", club, file, "--on", "2021-08-05", typed=typed)
    assert answer.code == 0, answer.err
    assert "several rows: 2, 3" in answer.err
    assert sorted(one["name"] for one in office.members(club)) == sorted(names)


def test_a_namesake_in_the_club_who_is_the_same_person_is_left_out(
    office: Office, club: str
) -> None:
    office.json("member-add", *_hoa(club))
    file = office.csv("ds.csv", NAMESAKES[1:])
    answer = at_terminal("member", "import", club, file, "--on", "2021-08-05", typed="n\n")
    assert answer.code == 0, answer.err
    assert [one["name"] for one in office.members(club)] == ["Lê Thị Cúc", "Hoàng Văn Hoà"]


def test_stopping_at_the_question_changes_nothing(office: Office, club: str) -> None:
    file = office.csv("ds.csv", NAMESAKES)
    answer = at_terminal("member", "import", club, file, "--on", "2021-08-05", typed="\x04")
    assert answer.code == 130
    assert office.members(club) == []


def test_an_old_font_is_shown_and_converted_once_somebody_agrees(office: Office, club: str) -> None:
    command = ("member", "import", club, ROSTERS / "16_tcvn3.csv", "--on", "2021-08-05")
    refused = at_terminal(*command, typed="n\n")
    assert refused.code == 2
    assert "CLB-ROSTER-TCVN3" in refused.err
    assert office.members(club) == []
    agreed = at_terminal(*command, typed="y\n")
    assert agreed.code == 0, agreed.err
    assert "would become" in agreed.err
    assert any("ễ" in one["name"] for one in office.members(club))


@pytest.mark.parametrize(("typed", "code", "count"), [("y\n", 0, 2), ("n\n", 1, 1)])
def test_adding_a_namesake_is_asked_about(
    office: Office, club: str, typed: str, code: int, count: int
) -> None:
    office.json("member-add", *_hoa(club))
    answer = at_terminal(*_hoa(club), typed=typed)
    assert (answer.code, len(office.members(club))) == (code, count)


def test_erasing_is_asked_about(office: Office, club: str) -> None:
    office.json("member-add", *_hoa(club))
    erase = ("member", "erase", club, "Hoàng Văn Hoà", "--reason", "đề nghị", "--as", "tinh")
    assert at_terminal(*erase, typed="n\n").code == 130
    assert office.members(club)[0]["name"] == "Hoàng Văn Hoà"
    assert at_terminal(*erase, typed="y\n").code == 0
    assert office.members(club)[0]["name"] is None


def test_the_reason_for_a_warning_is_asked_for(office: Office) -> None:
    club = office.decided_club()
    loan = (
        *("fund", "record", club, "--kind", "loan", "--source", "bank", "--fund", "income"),
        *("--amount", "1.000.000", "--document", "PC 01", "--on", "2021-10-01"),
    )
    answer = at_terminal(*loan, typed="có\nthu ghi sau\n")
    assert answer.code == 0, answer.err
    assert office.events(club)[-1]["acknowledged"] == [
        {"code": "CLB-FUND-BALANCE", "reason": "thu ghi sau"}
    ]


def _hoa(club: str) -> tuple[str, ...]:
    who = ("--name", "Hoàng Văn Hoà", "--sex", "M", "--born", "1950")
    return ("member", "add", club, *who, "--on", "2021-08-05")


def test_nobody_is_asked_about_a_whole_list_that_is_there_already(
    office: Office, club: str
) -> None:
    people = [row(place, "Lê Thị Cúc", str(1920 + place)) for place in range(21)]
    file = office.csv("ds.csv", people)
    office.json("member-import", "member", "import", club, file, "--on", "2021-08-05")
    again = at_terminal("member", "import", club, file, "--on", "2021-08-05", typed="")
    assert again.code == 1
    assert "--replace" in again.err
    assert "All 21 people" in again.out
    assert len(office.members(club)) == 21
