"""``clb loan``: the club's loan book as an officer types it."""

import pytest
from support.roster_cli import Office


@pytest.fixture
def club(office: Office) -> str:
    """A club at work with members and 20 million in its income fund."""
    club = office.decided_club()
    office.run("member", "add", club, "--name", "Trần Văn Đức", "--sex", "nam", "--born", "1950")
    office.run("member", "add", club, "--name", "Lê Thị Cúc", "--sex", "nữ", "--born", "1948")
    office.advance(
        *(club, "launch", "date=2021-10-01", "place=Nhà văn hóa", "attendance=60"),
        *(
            "funds_opened=income,operating",
            "charter_adopted=true",
            "--ack",
            "CLB-TRAIN-MISSING=tập huấn sau",
        ),
    )
    office.json(
        "fund-record",
        *("fund", "record", club, "--kind", "contribution", "--source", "donor"),
        *("--fund", "income", "--amount", "20tr", "--document", "PT 1", "--on", "2021-10-02"),
    )
    return club


def lent(office: Office, club: str, member: str = "tran van duc", **more: str) -> int:
    typed = {"amount": "6 triệu", "months": "12", "rate": "0,5%/tháng", "purpose": "Nuôi gà"}
    options = [part for name, text in {**typed, **more}.items() for part in (f"--{name}", text)]
    answer = office.json(
        "loan-give",
        *("loan", "give", club, "--member", member, "--document", "PC 1", "--on", "2021-11-01"),
        *options,
    )
    return int(answer["event"]["seq"])


def test_a_loan_goes_out_comes_back_and_is_settled(office: Office, club: str) -> None:
    loan = lent(office, club)
    paid = ("loan", "repay", club, str(loan), "--document", "PT 2")
    office.json(
        "loan-repay", *paid, "--principal", "2tr", "--interest", "30k", "--on", "2022-02-01"
    )
    office.json(
        "loan-extend",
        "loan",
        "extend",
        club,
        str(loan),
        "--until",
        "1/3/2023",
        "--document",
        "BB 1",
        "--on",
        "2022-10-01",
    )
    office.json(
        "loan-write-off",
        "loan",
        "write-off",
        club,
        str(loan),
        "--amount",
        "500000",
        "--document",
        "BB 2",
        "--on",
        "2022-11-01",
    )
    office.json("loan-repay", *paid, "--principal", "3.500.000", "--on", "2022-12-01")
    shown = office.json("loan-show", "loan", "show", club, str(loan))
    assert (shown["name"], shown["rate"], shown["due_on"]) == ("Trần Văn Đức", 50, "2023-03-01")
    assert (shown["repaid"], shown["interest"], shown["written_off"]) == (
        5_500_000,
        30_000,
        500_000,
    )
    assert shown["outstanding"] == 0
    assert len(shown["changes"]) == 4
    fund = office.json("fund-show", "fund", "show", club)
    assert fund["balances"]["income"] == 20_000_000 - 6_000_000 + 5_530_000


def test_the_book_has_each_loan_and_their_sums_on_a_day(office: Office, club: str) -> None:
    loan = lent(office, club)
    lent(office, club, "Lê Thị Cúc", amount="3tr", months="24")
    office.json(
        "loan-repay",
        "loan",
        "repay",
        club,
        str(loan),
        "--principal",
        "1tr",
        "--document",
        "PT 2",
        "--on",
        "2022-02-01",
    )
    before = office.json("loan-list", "loan", "list", club, "--on", "2022-01-31")
    assert before["sums"]["outstanding"] == 9_000_000
    after = office.json("loan-list", "loan", "list", club, "--on", "2022-11-02")
    assert after["sums"] == {
        "loans": 2,
        "borrowers": 2,
        "borrowers_in_kind": 0,
        "lent": 9_000_000,
        "repaid": 1_000_000,
        "interest": 0,
        "written_off": 0,
        "outstanding": 8_000_000,
        "overdue": 5_000_000,
    }
    late = office.json("loan-list", "loan", "list", club, "--overdue", "--on", "2022-11-02")
    assert [one["loan"] for one in late["loans"]] == [loan]


def test_what_is_overdue_is_among_the_associations_tasks(office: Office, club: str) -> None:
    loan = lent(office, club)
    assert "loan" not in [one["kind"] for one in office.json("due", "due", "--on", "2022-11-01")]
    (task,) = [
        one for one in office.json("due", "due", "--on", "2022-11-02") if one["kind"] == "loan"
    ]
    assert (task["club"], task["role"], task["overdue_days"]) == (club, "association", 1)
    office.json(
        "loan-repay",
        "loan",
        "repay",
        club,
        str(loan),
        "--principal",
        "6tr",
        "--document",
        "PT 2",
        "--on",
        "2022-11-03",
    )
    assert "loan" not in [one["kind"] for one in office.json("due", "due", "--on", "2022-11-04")]


def test_the_clubs_terms_are_entered_and_held_to(office: Office, club: str) -> None:
    office.json(
        "loan-terms",
        "loan",
        "terms",
        club,
        "--document",
        "Quy chế",
        "--most",
        "5tr",
        "--on",
        "2021-10-05",
    )
    assert (
        office.error(
            *("loan", "give", club, "--member", "Lê Thị Cúc", "--amount", "6tr", "--months", "12"),
            *("--rate", "0", "--purpose", "Chăn nuôi", "--document", "PC 1", "--on", "2021-11-01"),
            code=1,
        )
        == "CLB-NOT-ACKNOWLEDGED"
    )


def test_a_loan_that_is_not_there_is_named(office: Office, club: str) -> None:
    assert office.error("loan", "show", club, "99", code=2) == "CLB-LOAN-UNKNOWN"
