# ruff: noqa: N802  (tests are named for the facts they hold)
"""Bắc Ninh, QĐ 933/QĐ-UBND: supervision and the yearly review; each test names its fact."""

from datetime import date

import pytest
from support.core import (
    SUPERVISE,
    TOWN,
    Core,
    codes,
)

from engine.errors import ClbError
from engine.model import Finding, Level

DECIDED = date(2021, 9, 1)
III_4 = "QĐ 933/QĐ-UBND, Phần thứ ba, III.4"
I_2_2 = "QĐ 933/QĐ-UBND, Phần thứ ba, I.2.2"
IV_1 = "QĐ 933/QĐ-UBND, Phần thứ ba, IV.1"


def levels(error: ClbError) -> set[Level]:
    return {one.level for one in error.findings}


def only(error: ClbError, code: str) -> Finding:
    found = [one for one in error.findings if one.code == code]
    assert len(found) == 1
    return found[0]


def test_E_8_an_existing_club_goes_on_after_the_programme(core: Core) -> None:
    core.clock.day = date(2026, 7, 1)
    club = core.bring("operating")
    done = core.take(club, "supervise", date(2026, 6, 1))
    assert [one.level for one in done.findings] == [Level.NOTE]
    assert core.take(club, "suspend", date(2026, 6, 2)).state == "suspended"


@pytest.mark.parametrize(("borrowers", "fits"), [(34, False), (35, True), (70, True)])
def test_BN_24_half_of_the_members_borrow(core: Core, borrowers: int, fits: bool) -> None:
    club = core.bring("launched")
    core.take(club, "supervise", SUPERVISE[1], {"borrowers": borrowers})
    available = core.life.check(club, "review", on=date(2022, 12, 1))[0]
    found = [one for one in available.findings if one.code == "CLB-INDICATOR-BORROWERS"]
    assert (found == []) is fits
    for one in found:
        assert (one.level, one.source, one.actual) == (Level.WARN, I_2_2, "34/70 = 48,6%")


def test_BN_24_goods_lent_are_not_money_lent(core: Core) -> None:
    club = core.bring("launched")
    lent = {"borrowers": 30, "borrowers_in_kind": 40}
    core.take(club, "supervise", SUPERVISE[1], lent)
    available = core.life.check(club, "review", on=date(2022, 12, 1))[0]
    assert "CLB-INDICATOR-BORROWERS" in codes(available)


def test_BN_18_an_activity_that_the_document_does_not_list_is_bad_input(core: Core) -> None:
    club = core.bring("launched")
    error = core.refusal(club, "supervise", SUPERVISE[1], {"activities": ["bowling"]})
    assert (error.exit_code, error.code) == (2, "CLB-ACTIVITY-UNKNOWN")
    assert "health_care" in error.help


def test_a_review_is_of_a_year_that_was_supervised(core: Core) -> None:
    club = core.bring("operating")
    error = core.refusal(club, "review", date(2023, 1, 10), {"year": 2023})
    assert (error.exit_code, levels(error)) == (1, {Level.WARN, Level.NOTE})
    assert "CLB-REVIEW-UNSUPERVISED" in codes(error)
    assert only(error, "CLB-REVIEW-UNSUPERVISED").level is Level.WARN


def test_a_second_review_of_one_year_is_refused(core: Core) -> None:
    club = core.bring("operating")
    core.take(club, "review", date(2022, 10, 1))
    error = core.refusal(club, "review", date(2022, 12, 1))
    assert (error.exit_code, codes(error)) == (1, ["CLB-REVIEW-TWICE"])
    assert "01/10/2022" in error.findings[0].message


def test_a_year_whose_review_was_annulled_can_be_reviewed(core: Core) -> None:
    club = core.bring("operating")
    core.take(club, "review", date(2022, 10, 1))
    core.take(club, "annul", None, {"seq": core.club(club).state_seq}, officer=TOWN)
    assert core.take(club, "review", date(2022, 10, 2)).state == "operating"


@pytest.mark.parametrize("year", [2020, 2024])
def test_a_review_is_of_a_year_in_which_the_club_was_at_work(core: Core, year: int) -> None:
    club = core.bring("operating")
    error = core.refusal(club, "review", date(2022, 12, 1), {"year": year})
    assert "CLB-REVIEW-YEAR" in codes(error)
