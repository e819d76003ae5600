"""``clb fund``: a club's two funds, and what a province's clubs received."""

from datetime import date

import pytest
from support.roster_cli import PROVINCE, Office

from engine.provinces.load import Provinces
from engine.rules.funds import BUDGETS


@pytest.fixture
def club(office: Office) -> str:
    """A club with a decision of 1 September 2021."""
    return office.decided_club()


def entry(club: str, kind: str, amount: str, *more: str, fund: str = "income") -> tuple[str, ...]:
    source = {"grant": "province_budget", "loan": "bank", "reversal": "member"}.get(kind, "member")
    return (
        *("fund", "record", club, "--kind", kind, "--fund", fund, "--amount", amount),
        *("--document", "PT 01", "--on", "2021-10-01"),
        *(("--as", "tinh") if source in BUDGETS or "province_budget" in more else ()),
        *(() if "--source" in more else ("--source", source)),
        *more,
    )


@pytest.mark.parametrize("typed", ["100000000", "100.000.000", "100.000.000 đồng"])
def test_an_amount_may_be_typed_with_dots(office: Office, club: str, typed: str) -> None:
    office.json("fund-record", *entry(club, "contribution", typed))
    shown = office.json("fund-show", "fund", "show", club)
    assert shown["balances"] == {"income": 100_000_000, "operating": None}


@pytest.mark.parametrize("typed", ["0", "-5", "1.5", "100,000", "1.00.000", "mười triệu", ""])
def test_what_is_no_amount_is_bad_input_and_records_nothing(
    office: Office, club: str, typed: str
) -> None:
    before = len(office.events(club))
    assert office.error(*entry(club, "contribution", typed), code=2).startswith("CLB-FORM")
    assert len(office.events(club)) == before


def test_each_kind_moves_its_fund_the_right_way(office: Office, club: str) -> None:
    for kind, amount in (
        ("contribution", "10000000"),
        ("loan", "4000000"),
        ("repayment", "1500000"),
        ("expense", "500000"),
    ):
        office.json("fund-record", *entry(club, kind, amount))
    office.json("fund-record", *entry(club, "contribution", "300000", fund="operating"))
    shown = office.json("fund-show", "fund", "show", club)
    assert [one["delta"] for one in shown["entries"]] == [
        10_000_000,
        -4_000_000,
        1_500_000,
        -500_000,
        300_000,
    ]
    assert [one["balance"] for one in shown["entries"]] == [
        10_000_000,
        6_000_000,
        7_500_000,
        7_000_000,
        300_000,
    ]
    assert shown["balances"] == {"income": 7_000_000, "operating": 300_000}


def test_an_opening_balance_is_in_the_fund_and_was_not_received(office: Office, club: str) -> None:
    office.json("fund-record", *entry(club, "số dư ban đầu", "5 triệu", "--source", "khác"))
    office.json("fund-record", *entry(club, "contribution", "1000000"))
    shown = office.json("fund-show", "fund", "show", club)
    assert [one["kind"] for one in shown["entries"]] == ["opening", "contribution"]
    assert shown["balances"]["income"] == 6_000_000
    summary = office.json("fund-summary", "fund", "summary", PROVINCE, "--on", "2021-12-31")
    assert (summary["total"], summary["by_source"]) == (1_000_000, {"member": 1_000_000})


def test_a_budgets_money_is_a_grant_and_no_opening_balance(office: Office, club: str) -> None:
    budget = entry(club, "opening", "5000000", "--source", "province_budget")
    refused = office.run(*budget, "--json")
    assert [one["code"] for one in refused.data["findings"]] == ["CLB-FUND-CONTRIBUTION"]


def test_a_reversal_takes_back_the_entry_it_names(office: Office, club: str) -> None:
    for more in ((), ("--ack", "CLB-FUND-TWICE=hai người góp")):
        office.json("fund-record", *entry(club, "contribution", "200000", *more))
    first = office.json("fund-show", "fund", "show", club)["entries"][0]["seq"]
    reversal = entry(club, "reversal", "200000")
    refused = office.run(*reversal, "--json")
    assert refused.code == 1
    assert [one["code"] for one in refused.data["findings"]] == ["CLB-FUND-REVERSAL"]
    office.json("fund-record", *reversal, "--reverses", str(first))
    shown = office.json("fund-show", "fund", "show", club)
    assert shown["balances"]["income"] == 200_000
    assert shown["entries"][-1]["reverses"] == first
    assert shown["entries"][0]["reversed_by"] == shown["entries"][-1]["seq"]
    assert shown["entries"][1]["reversed_by"] is None


def test_the_ledger_can_be_asked_for_an_earlier_day(office: Office, club: str) -> None:
    office.json("fund-record", *entry(club, "contribution", "200000"))
    shown = office.json("fund-show", "fund", "show", club, "--on", "2021-09-30")
    assert (shown["entries"], shown["balances"]["income"]) == ([], None)


def test_more_going_out_than_is_there_needs_a_reason(office: Office, club: str) -> None:
    loan = entry(club, "loan", "1000000")
    assert office.error(*loan, code=1) == "CLB-NOT-ACKNOWLEDGED"
    office.json("fund-record", *loan, "--ack", "CLB-FUND-BALANCE=thu ghi sau")
    assert office.events(club)[-1]["acknowledged"] == [
        {"code": "CLB-FUND-BALANCE", "reason": "thu ghi sau"}
    ]


def test_a_warning_that_has_its_reason_is_not_shown_again(office: Office, club: str) -> None:
    loan = entry(club, "loan", "1000000")
    assert "! " in office.run(*loan).err
    done = office.run(*loan, "--ack", "CLB-FUND-BALANCE=thu ghi sau")
    assert done.code == 0
    assert done.out.startswith("Recorded: ")
    assert "CLB-FUND-BALANCE" not in done.out + done.err


def test_the_grant_is_held_against_the_policy(office: Office, club: str) -> None:
    grant = entry(club, "grant", "100.000.000", fund="operating")
    without = office.run(*grant, "--json")
    assert without.code == 1
    assert "CLB-GRANT-RESOLUTION" in [one["code"] for one in without.data["findings"]]
    office.json("fund-record", *grant, "--resolution", "NQ 12/NQ-HĐND")
    second = office.run(*grant, "--resolution", "NQ 12/NQ-HĐND", "--json")
    assert second.code == 1
    assert "CLB-GRANT-SECOND" in [one["code"] for one in second.data["findings"]]
    assert office.run("fund", "show", club, "--json").data["balances"]["operating"] == 100_000_000


def test_a_club_without_a_decision_gets_no_grant(office: Office) -> None:
    waiting = office.open_club("Thôn Đoài")
    refused = office.run(*entry(waiting, "grant", "100000000", "--resolution", "NQ 1"), "--json")
    assert refused.code == 1
    assert "CLB-GRANT-UNDECIDED" in [one["code"] for one in refused.data["findings"]]


@pytest.mark.parametrize(
    "wrong",
    [
        ("--kind", "gift"),
        ("--source", "lottery"),
        ("--fund", "reserve"),
        ("--reverses", "first"),
        ("--on", "31/02/2021"),
        ("--ack", "CLB-FUND-BALANCE="),
    ],
)
def test_a_wrong_option_is_bad_usage(office: Office, club: str, wrong: tuple[str, str]) -> None:
    before = len(office.events(club))
    answer = office.run(*entry(club, "contribution", "1000"), *wrong, "--json")
    assert answer.code == 2
    assert answer.data["error"]["message"]
    assert len(office.events(club)) == before


def test_money_of_another_commune_is_not_permitted(office: Office, club: str) -> None:
    record = entry(club, "contribution", "1000")
    assert office.error(*record, "--as", "hoi_ban", code=3) == "CLB-NOT-PERMITTED"


def test_an_entry_of_tomorrow_is_refused(office: Office, club: str) -> None:
    record = [*entry(club, "contribution", "1000"), "--on", "2999-01-01"]
    answer = office.run(*record, "--json")
    assert answer.code == 1
    assert "CLB-DATE-FUTURE" in [one["code"] for one in answer.data["findings"]]


def test_an_entry_without_a_day_is_of_today(office: Office, club: str) -> None:
    record = [one for one in entry(club, "contribution", "1000") if one != "--on"]
    record.remove("2021-10-01")
    event = office.json("fund-record", *record)["event"]
    assert event["on"] == office.events(club)[-1]["recorded_at"][:10] or event["on"] > "2021-10-01"


def give_the_grants_of_the_first_years(office: Office) -> dict[int, int]:
    """Open the clubs of each year the policy names and record their real grants."""
    policy = Provinces().policy(PROVINCE)
    clubs: dict[int, int] = {}
    for year in (2018, 2019, 2020):
        stated = policy.on("history.establishment_grants", date(2021, 7, 28))
        assert stated.status == "value"
        for cohort in (one for one in stated.value if one["year"] == year):
            for _number in range(cohort["clubs"]):
                clubs[year] = clubs.get(year, 0) + 1
                club = office.open_club(f"Thôn {clubs[year]} năm {year}", on=f"{year}-02-01")
                office.decide(club, f"{year}-03-01")
                for grant in cohort["grants"]:
                    donor = ("--donor", grant["donor"]) if "donor" in grant else ()
                    office.json(
                        "fund-record",
                        *("fund", "record", club, "--kind", "grant", "--fund", "income"),
                        *("--source", grant["source"], "--amount", str(grant["amount"])),
                        *("--document", "UNC", "--on", f"{year}-04-02", *donor, "--as", "tinh"),
                    )
    return clubs


def test_bn_12_to_bn_15_the_summary_gives_the_figures_of_the_document(office: Office) -> None:
    assert give_the_grants_of_the_first_years(office) == {2018: 5, 2019: 5, 2020: 7}
    found = office.json("fund-summary", "fund", "summary", PROVINCE)
    assert found["by_year"] == {"2018": 650_000_000, "2019": 500_000_000, "2020": 680_000_000}
    assert found["by_source"] == {"province_budget": 420_000_000, "donor": 1_410_000_000}
    assert found["by_donor"] == {"HAI": 1_410_000_000}
    assert found["total"] == 1_830_000_000
    assert found["grants"] == 34
    one_year = office.json("fund-summary", "fund", "summary", PROVINCE, "--year", "2020")
    assert (one_year["total"], one_year["by_year"]) == (680_000_000, {"2020": 680_000_000})
    early = office.json("fund-summary", "fund", "summary", PROVINCE, "--on", "2018-12-31")
    assert early["total"] == 650_000_000
    text = office.run("fund", "summary", PROVINCE).out
    assert "1.830.000.000 đồng" in text


def test_the_summary_counts_what_came_in_and_was_not_taken_back(office: Office, club: str) -> None:
    gift = ("--source", "donor", "--donor")
    office.json("fund-record", *entry(club, "contribution", "700000", *gift, "Quỹ Hoà Bình"))
    office.json("fund-record", *entry(club, "contribution", "300000", *gift, "quỹ Hòa Bình"))
    office.json("fund-record", *entry(club, "contribution", "50000"))
    office.json("fund-record", *entry(club, "loan", "400000"))
    found = office.json("fund-summary", "fund", "summary", PROVINCE)
    assert found["total"] == 1_050_000
    assert found["by_source"] == {"donor": 1_000_000, "member": 50_000}
    assert found["by_donor"] == {"Quỹ Hoà Bình": 1_000_000}
    assert found["grants"] == 0


def test_a_reversed_grant_is_missing_from_its_own_year(office: Office, club: str) -> None:
    grant = entry(club, "grant", "100000000", "--resolution", "NQ 1", fund="operating")
    office.json("fund-record", *grant)
    back = entry(club, "reversal", "100000000", "--source", "province_budget", fund="operating")
    office.json("fund-record", *[*back, "--on", "2022-02-01"])
    found = office.json("fund-summary", "fund", "summary", PROVINCE)
    assert (found["total"], found["by_year"], found["grants"]) == (0, {}, 0)
    then = office.json("fund-summary", "fund", "summary", PROVINCE, "--on", "2021-12-31")
    assert (then["total"], then["grants"]) == (100_000_000, 1)


def test_a_province_that_is_not_installed_is_unknown(office: Office) -> None:
    assert office.error("fund", "summary", "atlantis", code=2) == "CLB-PROVINCE-UNKNOWN"


def test_the_ledger_reads_like_a_book(office: Office, club: str) -> None:
    office.json(
        "fund-record",
        *entry(club, "contribution", "5000000", "--source", "donor", "--donor", "Ông Bình"),
    )
    office.json("fund-record", *entry(club, "expense", "1250000"))
    text = office.run("fund", "show", club).out
    assert "+5.000.000" in text
    assert "-1.250.000" in text
    assert "Ông Bình" in text
    assert "3.750.000 đồng" in text


def test_an_entry_brings_no_task_of_its_own(office: Office, club: str) -> None:
    """The decision has named the training already, with the article that asks for it."""
    recorded = office.run(*entry(club, "contribution", "10000000"))
    assert "+10.000.000 đồng" in recorded.out
    assert "Next: " not in recorded.out
    assert "Tiếp theo: " not in recorded.out
