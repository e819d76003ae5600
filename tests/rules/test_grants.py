"""Grants held against what the province states of them: with literals."""

from typing import Any

import pytest
from support.fund_entries import DECIDED, MILLION, asked, form, money
from support.literals import Dated, club, codes, day, report, rules, text

from engine.model import LedgerEntry
from engine.rules import grants
from engine.rules.communes import Unit
from engine.rules.request import Counts

pytestmark = pytest.mark.usefixtures("english")

TERMS = {"once_a_club": True, "new_clubs_only": True, "resolution_required": True}
HUNDRED = {"grant.establishment": Dated(100 * MILLION, source="QD1, IV.1", extra=TERMS)}
WITH = {"resolution": "NQ 1"}


def establishment(
    filled: Any, *ledger: LedgerEntry, values: Any = HUNDRED, **parts: Any
) -> list[Any]:
    return list(grants.held_to_grants(asked(filled, *ledger, policy=values, **parts)))


def test_the_grant_as_the_province_states_it_is_right() -> None:
    assert establishment(form(**WITH)) == []


def test_another_amount_warns() -> None:
    assert report(establishment(form(amount=99, **WITH))) == text("""
        warn CLB-GRANT-AMOUNT
          The grant is 99.000.000 đồng.
          expected: 100.000.000 đồng
          actual: 99.000.000 đồng
          source: QD 1, IV.1
          who: the province
          fix: Correct the amount, or say on what ground it differs.
        """)


def test_who_settles_a_warning_is_whom_the_policy_lets_record_money() -> None:
    values = {**HUNDRED, "roles.fund": ("district", "association")}
    (found,) = establishment(form(amount=99, **WITH), values=values)
    assert found.who == "the district or the commune's Association of the Elderly"


def test_a_missing_resolution_is_refused_where_it_is_required() -> None:
    assert report(establishment(form())) == text("""
        block CLB-GRANT-RESOLUTION
          The resolution of the provincial People's Council is not named.
          expected: number and date of the resolution
          actual: none
          source: QD 1, IV.1
          who: the province
          fix: --resolution …
        """)


def test_what_the_system_reads_into_a_grant_is_cited_so_and_nothing_else_of_it() -> None:
    read = {**TERMS, "reading": ["once_a_club", "resolution_required"]}
    values = {"grant.establishment": Dated(100 * MILLION, source="QD1, IV.1", extra=read)}
    found = establishment(form(amount=99), money(seq=12), values=values)
    assert {str(one.code): one.source for one in found} == {
        "CLB-GRANT-AMOUNT": "QD 1, IV.1",
        "CLB-GRANT-RESOLUTION": "QD 1, IV.1, as this system reads it",
        "CLB-GRANT-SECOND": "QD 1, IV.1, as this system reads it",
    }


def test_no_resolution_is_needed_where_none_is_required() -> None:
    assert establishment(form(), values={"grant.establishment": 100 * MILLION}) == []


def test_a_grant_from_another_source_is_not_the_establishment_grant() -> None:
    assert establishment(form(amount=1, source="donor")) == []


def test_a_policy_may_name_another_source_for_its_grant() -> None:
    by_district = {
        "grant.establishment": Dated(100 * MILLION, extra={"funds_source": "district_budget"})
    }
    assert establishment(form(amount=1), values=by_district) == []
    district = form(amount=1, source="district_budget")
    assert codes(establishment(district, values=by_district)) == ["CLB-GRANT-AMOUNT"]


@pytest.mark.parametrize("kind", ["contribution", "loan", "expense", "reversal"])
def test_what_is_no_grant_is_not_held_against_the_grant(kind: str) -> None:
    assert establishment(form(kind, 1)) == []


def test_a_club_decided_in_the_year_the_grant_begins_is_new() -> None:
    first_day = club(decided_on=day("2021-01-01"))
    assert establishment(form(**WITH), club=first_day) == []
    started_late = {
        "grant.establishment": Dated(100 * MILLION, start=day("2021-07-28"), extra=TERMS)
    }
    assert establishment(form(**WITH), values=started_late, club=first_day) == []


def test_a_club_decided_in_an_earlier_year_is_not_new() -> None:
    assert report(establishment(form(**WITH), club=club(decided_on=day("2020-12-31")))) == text("""
        warn CLB-GRANT-NOT-NEW
          The club was established on 31/12/2020, before the programme.
          expected: a club established from 2021
          actual: 31/12/2020
          source: QD 1, IV.1
          who: the province
          fix: Say on what ground the grant is given.
        """)


def test_an_older_club_may_have_a_grant_that_is_not_for_new_clubs_only() -> None:
    anyone = {"grant.establishment": Dated(100 * MILLION, extra={"once_a_club": True})}
    older = club(decided_on=day("2020-12-31"))
    assert establishment(form(), values=anyone, club=older) == []


def test_a_club_whose_day_of_decision_is_not_known_is_not_called_old() -> None:
    assert establishment(form(**WITH), club=club()) == []


def test_a_second_grant_is_refused() -> None:
    assert report(establishment(form(**WITH), money(seq=12))) == text("""
        block CLB-GRANT-SECOND
          The club already received this grant: 100.000.000 đồng on 15/10/2021.
          expected: one grant a club
          actual: entry 12 of 15/10/2021
          source: QD 1, IV.1
          who: the province
          fix: If the first entry is wrong, take it back with a reversal first.
        """)


def test_only_the_first_of_several_earlier_grants_is_named() -> None:
    assert len(establishment(form(**WITH), money(seq=12), money(seq=13))) == 1


def test_a_grant_on_the_day_the_policy_s_grant_begins_is_the_first() -> None:
    assert codes(establishment(form(**WITH), money(on=day("2021-01-01")))) == ["CLB-GRANT-SECOND"]
    assert establishment(form(**WITH), money(on=day("2020-12-31"))) == []


@pytest.mark.parametrize(
    "earlier",
    [
        money("contribution"),
        money(source="donor"),
        money(on=None),
    ],
)
def test_what_is_no_earlier_grant_of_that_source_is_no_first_grant(earlier: LedgerEntry) -> None:
    assert establishment(form(**WITH), earlier) == []


def test_a_first_grant_that_was_taken_back_leaves_room_for_another() -> None:
    back = money("reversal", seq=2, reverses=1)
    assert establishment(form(**WITH), money(seq=1), back) == []


def test_a_grant_that_is_not_once_a_club_may_come_again() -> None:
    again = {"grant.establishment": 100 * MILLION}
    assert establishment(form(), money(), values=again) == []


BUDGET = {**HUNDRED, "budget.yearly": {"clubs": 8, "amount": 800 * MILLION}}


def test_the_eighth_grant_of_a_year_is_within_a_budget_for_eight() -> None:
    assert establishment(form(**WITH), values=BUDGET, counts=Counts(granted=7, decided=99)) == []


def test_the_ninth_grant_of_a_year_warns() -> None:
    found = establishment(form(**WITH), values=BUDGET, counts=Counts(granted=8))
    assert report(found) == text("""
        warn CLB-BUDGET-YEAR
          8 clubs already received the grant in 2022; the budget is for 8.
          expected: 8 clubs a year, 800.000.000 đồng
          actual: 9
          source: QD 1, I.1
          who: the province
          fix: Say which money pays for it.
        """)


def test_without_a_budget_any_number_of_grants_is_right() -> None:
    assert establishment(form(**WITH), counts=Counts(granted=99)) == []


def test_after_the_programme_the_grant_warns() -> None:
    assert report(establishment(form(amount=1), on="2026-01-01")) == text("""
        warn CLB-PROGRAMME-ENDED
          The programme of QD 1 ended on 31/12/2025.
          actual: 01/01/2026
          source: QD 1
          who: the province
          fix: Name the document that allows this money.
        """)


def test_where_no_grant_is_stated_and_no_programme_is_over_nothing_warns() -> None:
    assert establishment(form(amount=1), values={}) == []


TOWNS = Dated(100 * MILLION, source="QD1, IV.1", extra={"classes": ["town", "mountain"]})


def test_a_grant_for_communes_of_another_class_warns_and_names_the_classes() -> None:
    found = grants.held_to_grants(asked(form(), policy={"grant.establishment": TOWNS}))
    assert report(found) == text("""
        warn CLB-GRANT-CLASS
          The document gives 100.000.000 đồng to clubs of other communes than Xã Một.
          expected: towns, mountain communes
          actual: Xã Một
          source: QD 1, IV.1
          who: the province
          fix: Say on what ground the grant is given.
    """)


def test_a_grant_for_communes_of_this_class_is_held_to_its_amount_only() -> None:
    rural = Dated(100 * MILLION, source="QD1, IV.1", extra={"classes": ["rural"]})
    there = {"grant.establishment": rural}
    assert codes(grants.held_to_grants(asked(form(), policy=there))) == []
    assert codes(grants.held_to_grants(asked(form(amount=90), policy=there))) != []


def stated(amount: int = 100, **extra: Any) -> Dated:
    return Dated(amount * MILLION, source="QD1, IV.1", extra=extra)


TURNS = ("training", "launch", "supervision", "review")
WAITS_FOR = {
    "training": "the training",
    "launch": "the launch",
    "supervision": "the first supervision",
    "review": "the first yearly review",
}
DAYS = dict(zip(TURNS, ("trained_on", "launched_on", "supervised_on", "reviewed_on"), strict=True))


@pytest.mark.parametrize("after", TURNS)
@pytest.mark.parametrize(
    ("day_of_it", "warned"),
    [(None, True), ("2022-03-02", True), ("2022-03-01", False), ("2021-12-01", False)],
)
def test_a_grant_waits_for_what_the_policy_puts_before_it(
    after: str, day_of_it: str | None, warned: bool
) -> None:
    reached = day(day_of_it) if day_of_it else None
    there = club(decided_on=DECIDED, **{DAYS[after]: reached})
    values = {"grant.establishment": stated(after=after)}
    found = list(grants.held_to_grants(asked(form(), policy=values, club=there)))
    assert codes(found) == (["CLB-GRANT-CONDITION"] if warned else [])
    if warned:
        (one,) = found
        assert one.level == "warn"
        assert one.expected == WAITS_FOR[after]
        assert one.actual == ("02/03/2022" if day_of_it else "none")
        assert one.source == "QD 1, IV.1"
        assert one.who == "the province"
        assert "comes after" in one.message


def test_a_grant_goes_into_the_fund_that_the_policy_names() -> None:
    values = {"grant.establishment": stated(into="income")}
    (one,) = grants.held_to_grants(asked(form(), policy=values))
    assert report([one]) == text("""
        warn CLB-GRANT-FUND
          100.000.000 đồng goes into another fund than the one named.
          expected: income fund
          actual: operating fund
          source: QD 1, IV.1
          who: the province
          fix: Correct the fund, or say on what ground it differs.
    """)
    assert list(grants.held_to_grants(asked(form(fund="income"), policy=values))) == []


TWO_PARTS = {
    "grant.equipment": stated(20, order=2, title="Trang thiết bị"),
    "grant.establishment": stated(100, order=1),
}


@pytest.mark.parametrize(
    ("given", "amount", "fits"),
    [((), 100, True), ((), 20, False), ((100,), 20, True), ((100,), 100, False)],
)
def test_of_several_grants_the_next_in_order_is_meant(
    given: tuple[int, ...], amount: int, fits: bool
) -> None:
    ledger = [money(amount=one, seq=place) for place, one in enumerate(given, start=1)]
    filled = asked(form(amount=amount), *ledger, policy=TWO_PARTS)
    expected = [] if fits else ["CLB-GRANT-AMOUNT"]
    assert codes(grants.held_to_grants(filled)) == expected


@pytest.mark.parametrize(
    ("donor", "held"), [("Quỹ An", True), ("quỹ an", True), ("Quỹ Bình", False), (None, False)]
)
def test_a_grant_of_a_named_donor_is_of_that_donor_alone(donor: str | None, held: bool) -> None:
    values = {"grant.establishment": stated(30, funds_source="donor", donor="Quỹ An")}
    filled = form(amount=40, source="donor", **({"donor": donor} if donor else {}))
    found = codes(grants.held_to_grants(asked(filled, policy=values)))
    assert found == (["CLB-GRANT-AMOUNT"] if held else [])


@pytest.mark.parametrize(
    ("value", "amount", "fits"),
    [
        ({"min": 10 * MILLION}, 10, True),
        ({"min": 10 * MILLION}, 9, False),
        ({"max": 10 * MILLION}, 10, True),
        ({"max": 10 * MILLION}, 11, False),
        ({"min": 5 * MILLION, "max": 10 * MILLION}, 5, True),
        ({"min": 5 * MILLION, "max": 10 * MILLION}, 4, False),
    ],
)
def test_a_grant_between_limits_fits_up_to_them(
    value: dict[str, int], amount: int, fits: bool
) -> None:
    values = {"grant.establishment": Dated(value, source="QD1, IV.1")}
    found = codes(grants.held_to_grants(asked(form(amount=amount), policy=values)))
    assert found == ([] if fits else ["CLB-GRANT-AMOUNT"])


@pytest.mark.parametrize(
    ("budget", "spent", "expected"),
    [
        ({"clubs": 4, "amount": 400 * MILLION}, 301, "400.000.000 đồng for 4 clubs"),
        ({"amount": 400 * MILLION}, 301, "400.000.000 đồng"),
        ({"amount": 400 * MILLION}, 300, None),
        ({"clubs": 4}, 301, None),
    ],
)
def test_the_grants_of_a_programme_stay_within_its_budget(
    budget: dict[str, int], spent: int, expected: str | None
) -> None:
    values = {
        "grant.establishment": stated(),
        "budget.total": Dated(budget, source="QD1, IV.2"),
    }
    counts = Counts(spent=spent * MILLION)
    found = list(grants.held_to_grants(asked(form(), policy=values, counts=counts)))
    if expected is None:
        assert found == []
        return
    (one,) = found
    assert (one.code, one.level, one.expected) == ("CLB-BUDGET-TOTAL", "warn", expected)
    assert (one.actual, one.source) == ("401.000.000 đồng", "QD 1, IV.2")
    assert (one.who, one.fix) == ("the province", "Say which money pays for it.")
    assert "401.000.000 đồng; its budget is 400.000.000 đồng" in one.message


def test_a_fund_of_the_province_s_own_has_its_name_in_the_warning() -> None:
    values = {
        "grant.establishment": stated(into="own_mua_vu"),
        "fund.own_mua_vu": {"label": "Quỹ mùa vụ"},
        "fund.own_nha_o": {"label": "Quỹ nhà ở"},
    }
    (one,) = grants.held_to_grants(asked(form(fund="own_nha_o"), policy=values))
    assert (one.expected, one.actual) == ("Quỹ mùa vụ", "Quỹ nhà ở")


HAI = {"funds_source": "donor", "donor": "Quỹ An"}


def test_only_what_a_named_donor_gave_is_an_earlier_grant_of_that_donor() -> None:
    values = {"grant.establishment": stated(30, once_a_club=True, **HAI)}
    again = form(amount=30, source="donor", donor="Quỹ An")
    for donor, expected in (("Quỹ An", ["CLB-GRANT-SECOND"]), ("Quỹ Bình", []), (None, [])):
        earlier = money(amount=30, source="donor", donor=donor)
        assert codes(grants.held_to_grants(asked(again, earlier, policy=values))) == expected


def test_money_of_nobody_is_not_that_of_a_named_donor() -> None:
    values = {"grant.establishment": stated(30, funds_source="donor", donor="xxxx")}
    assert codes(grants.held_to_grants(asked(form(source="donor"), policy=values))) == []


@pytest.mark.parametrize(("extra", "by_classes"), [({}, False), ({"classes": ["mountain"]}, True)])
def test_whether_grants_go_by_the_classes_of_communes(
    extra: dict[str, Any], by_classes: bool
) -> None:
    there = rules({"grant.equipment": stated(20), "grant.establishment": stated(**extra)})
    assert grants.goes_by_classes(there, day("2022-03-01")) is by_classes
    assert not grants.goes_by_classes(there, day("2026-01-01"))


@pytest.mark.parametrize(
    ("end", "expected"), [("2021-12-31", ["CLB-GRANT-CLASS"]), ("2022-03-01", [])]
)
def test_a_commune_is_of_a_class_on_the_day_of_the_grant(end: str, expected: list[str]) -> None:
    values = {
        "grant.establishment": stated(classes=["mountain"]),
        "communes.classes": Dated([{"class": "mountain", "communes": ["Xã Một"]}], end=day(end)),
    }
    assert codes(grants.held_to_grants(asked(form(), policy=values))) == expected


def test_the_classes_of_the_loaded_list_count_too() -> None:
    values = {"grant.establishment": stated(classes=["mountain"])}
    listed = Unit("00001", "Xã Một", "xã", "thu", day("2000-01-01"), classes=("mountain",))
    found = grants.held_to_grants(asked(form(), policy=values, commune_list=(listed,)))
    assert codes(found) == []
