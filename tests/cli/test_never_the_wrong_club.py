"""A name reaches the club or the person who has it, and never one of nearly the same name."""

import pytest
from support.roster_cli import COMMUNE, PROVINCE, Office, row
from support.terminal import at_terminal

MONEY = (
    *("--kind", "contribution", "--source", "socialised", "--fund", "operating"),
    *("--amount", "500000", "--document", "Phiếu thu 1", "--on", "2021-08-10"),
)
NAMED = "CLB Thịnh Lang"
OTHER_MARKS = (
    "CLB Thình Lang",
    "CLB Thinh Láng",
    "CLB Thịnh Láng",
    "clb thìnhlang",
    "CLB Thịnh Lan",
)


def opened(name: str, village: str, *more: str) -> tuple[str, ...]:
    return (
        *("club", "open", "--province", PROVINCE, "--commune", COMMUNE, "--village", village),
        *("--name", name, "--on", "2021-08-01", *more),
    )


@pytest.fixture
def club(office: Office) -> str:
    """CLB Thịnh Lang of Thôn Đông, with a list of five."""

    def build() -> str:
        made = office.json("club-open", *opened("CLB Thịnh Lang", "Thôn Đông"))
        people = office.csv(
            "ds.csv",
            [
                row(1, "Nguyễn Thị Hoà", "1950"),
                row(2, "Trần Văn Đức", "1948", sex="Nam"),
                row(3, "Lê Thị Cúc", "1955"),
                row(4, "Hồ Thị Loan", "1950"),
                row(5, "Hồ Thị Loan", "1952"),
            ],
        )
        office.json("member-import", "member", "import", made["club"], people, "--on", "2021-08-05")
        return str(made["club"])

    return office.prepared("Thịnh Lang", build)


@pytest.mark.parametrize("typed", OTHER_MARKS)
def test_money_never_goes_to_a_club_of_nearly_the_same_name(
    office: Office, club: str, typed: str
) -> None:
    before = len(office.events(club))
    assert office.error("fund", "record", typed, *MONEY, code=2) == "CLB-CLUB-UNKNOWN"
    assert len(office.events(club)) == before


@pytest.mark.parametrize(
    "typed",
    [
        "CLB Thịnh Lang",
        "clb  thịnh lang",
        "CLB THỊNH LANG",
        "CLB Thi\u0323nh Lang",
        "clb thinh lang",
    ],
)
def test_a_name_is_found_exactly_or_without_any_mark(office: Office, club: str, typed: str) -> None:
    assert office.json("fund-record", "fund", "record", typed, *MONEY)["club"] == club


@pytest.mark.parametrize("typed", ["Thịnh Lang", "thinh", "CLB Thình Lang", "CLB Thịnh Lan"])
def test_who_may_be_meant_is_named_with_village_and_commune(
    office: Office, club: str, typed: str
) -> None:
    refused = office.run("fund", "record", typed, *MONEY)
    assert refused.code == 2
    assert f"CLB Thịnh Lang, Thôn Đông, {COMMUNE} ({club})" in refused.err


def test_two_clubs_of_one_name_are_kept_apart_by_their_villages(office: Office, club: str) -> None:
    second = office.json("club-open", *opened("CLB Thịnh Lang", "Thôn Đoài"))
    assert "CLB-NAME-NEAR" in [one["code"] for one in second["findings"]]
    refused = office.run("fund", "record", "CLB Thịnh Lang", *MONEY)
    assert refused.code == 2
    assert "Thôn Đông" in refused.err
    assert "Thôn Đoài" in refused.err
    assert "CLB-CLUB-SEVERAL" in refused.err


def test_at_a_terminal_a_part_of_a_name_is_asked_about(office: Office, club: str) -> None:
    printed = at_terminal("fund", "record", "thịnh lang", *MONEY, typed="có\n")
    assert printed.code == 0, printed.err
    assert len(office.events(club)) == 3
    printed = at_terminal("fund", "record", "CLB Thình Lang", *MONEY, typed="không\n")
    assert printed.code == 2
    assert len(office.events(club)) == 3


def test_at_a_terminal_one_of_several_clubs_is_chosen_by_its_number(
    office: Office, club: str
) -> None:
    office.json("club-open", *opened("CLB Thịnh Lang", "Thôn Đoài"))
    chosen = at_terminal("fund", "record", "CLB Thịnh Lang", *MONEY, typed="9\nx\n2\n")
    assert chosen.code == 0, chosen.err
    assert len(office.events(club)) == 3  # Đoài comes before Đông
    none = at_terminal("fund", "record", "CLB Thịnh Lang", *MONEY, typed="0\n")
    assert none.code == 2


# -- names of clubs to be ------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["CLB Thịnh Lan", "CLB Thình Lang", "CLB Thịnh Láng"])
def test_a_name_nearly_that_of_a_neighbour_is_warned_of(
    office: Office, club: str, name: str
) -> None:
    assert office.error(*opened(name, "Thôn Mới"), code=1) == "CLB-NOT-ACKNOWLEDGED"
    office.json("club-open", *opened(name, "Thôn Mới", "--ack", "CLB-NAME-NEAR=là thôn khác"))


@pytest.mark.parametrize("name", ["CLB Thịnh Lang 2", "CLB Hòa Bình", "CLB Thịnh An"])
def test_other_names_open_without_a_word(office: Office, club: str, name: str) -> None:
    made = office.json("club-open", *opened(name, "Thôn Mới"))
    assert "CLB-NAME-NEAR" not in [one["code"] for one in made["findings"]]


@pytest.mark.parametrize("name", ["-CLB 2", "- CLB Hai", "–CLB Hai"])
def test_a_name_that_looks_like_an_option_is_refused(office: Office, name: str) -> None:
    assert office.error(*opened(name, "Thôn Hai"), code=2) == "CLB-FORM-VALUE"


# -- people --------------------------------------------------------------------------------------


def board(club: str, chair: str, *more: str) -> tuple[str, ...]:
    return ("board", "set", club, "--chair", chair, "--vice", "Lê Thị Cúc", *more)


@pytest.mark.parametrize("typed", ["tran van duc", "TRẦN VĂN ĐỨC", "Trần Văn Đức"])
def test_a_member_is_on_the_board_whose_name_is_typed_without_marks(
    office: Office, club: str, typed: str
) -> None:
    answer = office.json("board-set", *board(club, typed))
    assert answer["findings"] == []
    ids = {one["name"]: one["id"] for one in office.members(club)}
    seats = office.json("board-show", "board", "show", club)
    assert seats[0]["person"] == ids["Trần Văn Đức"]


@pytest.mark.parametrize("typed", ["Trần Văn Đúc", "Tran Van Đức", "Đức", "Trần Văn Đứcc"])
def test_who_is_nearly_a_member_is_not_made_an_outsider_in_silence(
    office: Office, club: str, typed: str
) -> None:
    refused = office.run(*board(club, typed))
    assert refused.code == 1
    assert "Trần Văn Đức" in refused.err
    assert office.json("board-show", "board", "show", club) == []
    office.json("board-set", *board(club, typed, "--ack", "CLB-BOARD-NEAR=là người khác"))


def test_an_outsider_is_named(office: Office, club: str) -> None:
    answer = office.json("board-set", *board(club, "Phạm Minh Ngoài"))
    assert [(one["code"], one["level"]) for one in answer["findings"]] == [
        ("CLB-BOARD-OUTSIDER", "note")
    ]
    assert "Phạm Minh Ngoài" in answer["findings"][0]["message"]


@pytest.mark.parametrize("command", ["edit", "leave"])
def test_a_member_is_never_another_of_other_marks(office: Office, club: str, command: str) -> None:
    more = ("--phone", "0912345678") if command == "edit" else ()
    wrong = ("member", command, club, "Trần Văn Đúc", *more)
    assert office.error(*wrong, code=2) == "CLB-MEMBER-UNKNOWN"
    assert "Trần Văn Đức" in office.run(*wrong).err
    assert office.error("member", command, club, "ho thi loan", *more, code=2) == (
        "CLB-MEMBER-SEVERAL"
    )
    assert office.run("member", command, club, "tran van duc", *more).code == 0


def test_personal_data_is_erased_of_nobody_but_the_one_named(office: Office, club: str) -> None:
    why = ("--reason", "đơn của gia đình", "--as", "tinh")
    wrong = ("member", "erase", club, "Trần Văn Đúc", *why)
    assert office.error(*wrong, code=2) == "CLB-MEMBER-UNKNOWN"
    assert "Trần Văn Đức" in office.run(*wrong).err
    assert office.run("member", "erase", club, "tran van duc", *why).code == 0
    names = [one["name"] for one in office.members(club)]
    assert "Trần Văn Đức" not in names
    assert len([one for one in names if one]) == 4


def test_a_member_is_not_added_twice_for_want_of_marks(office: Office, club: str) -> None:
    new = ("member", "add", club, "--name", "tran van duc", "--sex", "nam", "--born", "1948")
    assert office.error(*new, code=1) == "CLB-ROSTER-DUPLICATES"
    assert office.run(*new, "--keep-duplicates").code == 0


# -- answers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "what"),
    [
        (("fund", "record", NAMED, *MONEY), "+500.000 đồng (năm trăm nghìn đồng)"),
        (
            ("board", "set", NAMED, "--chair", "tran van duc", "--vice", "Lê Thị Cúc"),
            "Trần Văn Đức",
        ),
        (("member", "leave", NAMED, "tran van duc"), "Trần Văn Đức"),
        (("member", "edit", NAMED, "tran van duc", "--phone", "0912345678"), "Trần Văn Đức"),
        (
            ("member", "add", NAMED, "--name", "Vũ Thị Yến", "--sex", "nữ", "--born", "1950"),
            "Vũ Thị Yến",
        ),
        (("advance", NAMED, "rút hồ sơ", "--set", "reason=thôi", "--on", "1/9/21"), "thôi"),
    ],
)
def test_every_answer_to_a_write_names_the_club_its_place_and_what_was_recorded(
    office: Office, club: str, command: tuple[str, ...], what: str
) -> None:
    answer = office.run(*command, "--lang", "vi")
    assert answer.code == 0, answer.err
    shown = " ".join(answer.out.split())
    assert f"CLB Thịnh Lang, Thôn Đông, {COMMUNE} ({club})" in shown
    assert what in shown
    assert "Đã ghi" in shown or "Đã rời" in shown


def test_the_answer_to_a_try_names_the_club_too(office: Office, club: str) -> None:
    tried = ("advance", NAMED, "withdraw", "--set", "reason=thôi", "--on", "1/9/21", "--dry-run")
    assert f"CLB Thịnh Lang, Thôn Đông, {COMMUNE} ({club})" in office.run(*tried).out
    made = office.run(*opened("CLB Mới", "Thôn Đoài"))
    assert "CLB Mới" in made.out
    assert f"Thôn Đoài, {COMMUNE}" in made.out
