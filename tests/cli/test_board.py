"""``clb board``: naming the board before the decision, and showing it."""

import pytest
from support.roster_cli import Office, row


@pytest.fixture
def club(office: Office) -> str:
    """A club of six members, two of them of one name."""

    def build() -> str:
        made = office.open_club()
        people = office.csv(
            "ds.csv",
            [
                row(1, "Nguyễn Thị Hoà", "1950"),
                row(2, "Trần Văn Bình", "1948", sex="Nam"),
                row(3, "Lê Thị Cúc", "1955"),
                row(4, "Phạm Văn Đức", "1959", sex="Nam"),
                row(5, "Vũ Thị Yến", "1985"),
                row(6, "Vũ Thị Yến", "1990"),
            ],
        )
        office.json("member-import", "member", "import", made, people, "--on", "2021-08-05")
        return made

    return office.prepared("six members", build)


def named(club: str, chair: str, vice: str, *more: str) -> tuple[str, ...]:
    return ("board", "set", club, "--chair", chair, "--vice", vice, *more)


def test_the_board_is_members_by_name_however_it_is_spelt(office: Office, club: str) -> None:
    ids = {one["name"]: one["id"] for one in office.members(club)}
    office.json(
        "board-set",
        *named(club, "NGUYỄN THỊ HÒA", "Trần Văn Bình", "--treasurer", "Lê Thị Cúc"),
        *("--member", "Phạm Văn Đức", "--on", "2021-08-06"),
    )
    assert office.json("board-show", "board", "show", club) == [
        {"post": post, "name": name, "person": ids[name], "since": "2021-08-06"}
        for post, name in (
            ("chair", "Nguyễn Thị Hoà"),
            ("vice", "Trần Văn Bình"),
            ("treasurer", "Lê Thị Cúc"),
            ("member_1", "Phạm Văn Đức"),
        )
    ]
    text = office.run("board", "show", club).out
    assert "Nguyễn Thị Hoà" in text
    assert "06/08/2021" in text


def test_a_board_without_chair_or_vice_is_bad_usage(office: Office, club: str) -> None:
    only_chair = ("board", "set", club, "--chair", "Lê Thị Cúc")
    assert office.error(*only_chair, code=2) == "CLB-USAGE"
    assert office.json("board-show", "board", "show", club) == []


def test_somebody_who_is_not_on_the_list_is_noted_and_kept(office: Office, club: str) -> None:
    answer = office.json("board-set", *named(club, "Lê Thị Cúc", "Đỗ Văn Ngoài"))
    assert [(one["code"], one["level"]) for one in answer["findings"]] == [
        ("CLB-BOARD-OUTSIDER", "note")
    ]
    assert [one["name"] for one in office.json("board-show", "board", "show", club)] == [
        "Lê Thị Cúc",
        "Đỗ Văn Ngoài",
    ]


def test_one_of_two_namesakes_is_meant_by_id_only(office: Office, club: str) -> None:
    assert office.error(*named(club, "Lê Thị Cúc", "Vũ Thị Yến"), code=2) == "CLB-MEMBER-SEVERAL"
    younger = next(one for one in office.members(club) if one["born"] == "1990")
    office.json("board-set", *named(club, "Lê Thị Cúc", younger["id"]))
    shown = office.json("board-show", "board", "show", club)
    assert shown[1]["person"] == younger["id"]


def test_naming_the_board_again_replaces_the_whole_board(office: Office, club: str) -> None:
    office.json(
        "board-set",
        *named(club, "Lê Thị Cúc", "Trần Văn Bình", "--secretary", "Phạm Văn Đức"),
    )
    office.json("board-set", *named(club, "Nguyễn Thị Hoà", "Trần Văn Bình"))
    posts = [(one["post"], one["name"]) for one in office.json("board-show", "board", "show", club)]
    assert posts == [("chair", "Nguyễn Thị Hoà"), ("vice", "Trần Văn Bình")]


def test_many_members_of_a_board_are_shown_in_their_order(office: Office, club: str) -> None:
    names = [f"Người Thứ {number}" for number in "ABCDEFGHIKL"]
    more = [part for name in names for part in ("--member", name)]
    office.json("board-set", *named(club, "Lê Thị Cúc", "Trần Văn Bình", *more))
    shown = office.json("board-show", "board", "show", club)
    assert [one["name"] for one in shown[2:]] == names


def test_after_the_decision_the_refusal_names_the_command_that_helps(
    office: Office, club: str
) -> None:
    office.json("board-set", *named(club, "Lê Thị Cúc", "Trần Văn Bình"))
    office.decide(club, "2021-09-01")
    answer = office.run(*named(club, "Nguyễn Thị Hoà", "Trần Văn Bình"), "--json")
    assert answer.code == 1
    assert [one["code"] for one in answer.data["findings"]] == ["CLB-STATE"]
    assert f"clb advance {club} change_board" in answer.data["error"]["help"]
    assert office.json("board-show", "board", "show", club)[0]["name"] == "Lê Thị Cúc"


def test_the_board_of_another_commune_is_not_permitted(office: Office, club: str) -> None:
    board = named(club, "Lê Thị Cúc", "Trần Văn Bình")
    assert office.error(*board, "--as", "hoi_ban", code=3) == "CLB-NOT-PERMITTED"


def test_a_post_stays_when_the_name_was_erased(office: Office, club: str) -> None:
    office.json("board-set", *named(club, "Lê Thị Cúc", "Trần Văn Bình"))
    office.json(
        "member-erase",
        *("member", "erase", club, "Lê Thị Cúc", "--reason", "đề nghị của gia đình"),
        *("--as", "tinh"),
    )
    chair = office.json("board-show", "board", "show", club)[0]
    assert (chair["post"], chair["name"]) == ("chair", None)
    assert "(erased)" in office.run("board", "show", club).out


def test_nobody_is_chair_and_vice_chair_at_once(office: Office, club: str) -> None:
    twice = named(club, "Trần Văn Bình", "TRẦN VĂN BÌNH", "--on", "2021-08-06")
    assert office.error(*twice, code=2) == "CLB-BOARD-TWICE"
    stranger = named(club, "Người Ngoài", "người ngoài", "--on", "2021-08-06")
    assert office.error(*stranger, code=2) == "CLB-BOARD-TWICE"
    assert office.json("board-show", "board", "show", club) == []
