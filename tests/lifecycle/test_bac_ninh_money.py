# ruff: noqa: N802  (tests are named for the facts they hold)
"""Bắc Ninh, QĐ 933/QĐ-UBND: the grant to a new club; each test names its fact."""

from datetime import date

import pytest
from support.core import (
    Core,
    codes,
)
from support.step_forms import GRANT

from engine.errors import ClbError
from engine.model import Finding, Level

DECIDED = date(2021, 9, 1)
III_4 = "QĐ 933/QĐ-UBND, Phần thứ ba, III.4"
I_2_2 = "QĐ 933/QĐ-UBND, Phần thứ ba, I.2.2"
IV_1 = "QĐ 933/QĐ-UBND, Phần thứ ba, IV.1"


def only(error: ClbError, code: str) -> Finding:
    found = [one for one in error.findings if one.code == code]
    assert len(found) == 1
    return found[0]


def test_BN_51_the_ninth_grant_of_a_year_warns(core: Core) -> None:
    clubs = core.decided(9, 2021)
    for club in clubs[:8]:
        assert core.take(club, "fund", date(2021, 12, 1), GRANT).findings == ()
    error = core.refusal(clubs[8], "fund", date(2021, 12, 1), GRANT)
    assert codes(error) == ["CLB-BUDGET-YEAR"]
    assert core.take(clubs[8], "fund", date(2022, 1, 4), GRANT).findings == ()


def test_BN_51_a_grant_that_was_reversed_is_not_counted(core: Core) -> None:
    clubs = core.decided(9, 2021)
    for club in clubs[:8]:
        core.take(club, "fund", date(2021, 12, 1), GRANT)
    core.take(clubs[0], "fund", date(2021, 12, 2), {**GRANT, "kind": "reversal"})
    assert core.take(clubs[8], "fund", date(2021, 12, 3), GRANT).findings == ()


def test_BN_50_a_club_receives_the_grant_once(core: Core) -> None:
    club = core.bring("launched")
    core.take(club, "fund", date(2021, 11, 1), GRANT)
    error = core.refusal(club, "fund", date(2022, 12, 1), GRANT)
    assert (error.exit_code, codes(error)) == (1, ["CLB-GRANT-SECOND"])
    found = error.findings[0]
    assert (found.level, found.source) == (Level.BLOCK, f"{IV_1}, theo cách hiểu của hệ thống")
    assert "100.000.000 đồng" in found.message
    assert "01/11/2021" in found.message


@pytest.mark.parametrize("changes", [{"fund": "income"}, {"amount": 1}, {"document": "UNC 99"}])
def test_BN_50_a_second_grant_is_one_whatever_the_fund_amount_or_paper(
    core: Core, changes: dict[str, object]
) -> None:
    club = core.bring("launched")
    core.take(club, "fund", date(2021, 11, 1), GRANT)
    error = core.refusal(club, "fund", date(2021, 11, 2), {**GRANT, **changes})
    assert "CLB-GRANT-SECOND" in codes(error)


def test_BN_50_a_grant_taken_back_can_be_given_again(core: Core) -> None:
    club = core.bring("launched")
    core.take(club, "fund", date(2021, 11, 1), GRANT)
    core.take(club, "fund", date(2021, 11, 2), {**GRANT, "kind": "reversal"})
    assert core.take(club, "fund", date(2021, 11, 3), GRANT).findings == ()
    assert "CLB-GRANT-SECOND" in codes(core.refusal(club, "fund", date(2021, 11, 4), GRANT))


def test_BN_50_another_amount_warns_and_is_never_corrected_by_itself(core: Core) -> None:
    club = core.bring("launched")
    changes = {**GRANT, "amount": 90_000_000}
    error = core.refusal(club, "fund", date(2021, 11, 1), changes)
    found = only(error, "CLB-GRANT-AMOUNT")
    assert (found.level, found.expected, found.actual, found.source) == (
        Level.WARN,
        "100.000.000 đồng",
        "90.000.000 đồng",
        IV_1,
    )
    core.carry(club, "fund", date(2021, 11, 1), changes)
    assert core.store.rows("SELECT amount FROM ledger") == [(90_000_000,)]


def test_BN_50_money_of_another_source_is_not_held_against_the_grant(core: Core) -> None:
    club = core.bring("launched")
    donor = {**GRANT, "source": "donor", "donor": "HAI", "resolution": None}
    for day in (1, 3):
        assert core.take(club, "fund", date(2021, 11, day), donor).findings == ()
    assert core.take(club, "fund", date(2021, 11, 2), GRANT).findings == ()


@pytest.mark.parametrize("state", ["preparing", "proposed", "returned"])
def test_BN_50_no_grant_goes_to_a_club_without_a_decision(core: Core, state: str) -> None:
    error = core.refusal(core.bring(state), "fund", date(2021, 11, 1), GRANT)
    assert (error.exit_code, codes(error)) == (1, ["CLB-GRANT-UNDECIDED"])


def test_BN_50_no_grant_is_older_than_the_decision(core: Core) -> None:
    club = core.bring("approved")
    error = core.refusal(club, "fund", date(2021, 8, 31), GRANT)
    assert (error.exit_code, codes(error)) == (1, ["CLB-GRANT-EARLY"])
    assert core.take(club, "fund", date(2021, 9, 1), GRANT).findings == ()


def test_BN_52_a_grant_names_the_resolution_of_the_peoples_council(core: Core) -> None:
    club = core.bring("launched")
    error = core.refusal(club, "fund", date(2021, 11, 1), {**GRANT, "resolution": None})
    assert (error.exit_code, codes(error)) == (1, ["CLB-GRANT-RESOLUTION"])
    read = f"{IV_1}, theo cách hiểu của hệ thống"
    assert (error.findings[0].level, error.findings[0].source) == (Level.BLOCK, read)


def test_E_8_a_grant_after_the_programme_warns(core: Core) -> None:
    core.clock.day = date(2026, 3, 1)
    club = core.bring("operating")
    error = core.refusal(club, "fund", date(2026, 1, 2), GRANT)
    assert codes(error) == ["CLB-PROGRAMME-ENDED"]
