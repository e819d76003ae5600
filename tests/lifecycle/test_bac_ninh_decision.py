# ruff: noqa: N802  (tests are named for the facts they hold)
"""Bắc Ninh, QĐ 933/QĐ-UBND: the decision and the launch; each test names its fact."""

from datetime import date

import pytest
from support.core import (
    COMMITTEE,
    LAUNCH,
    Core,
    codes,
)
from support.step_forms import ASPECTS

from engine.errors import ClbError
from engine.model import Level

DECIDED = date(2021, 9, 1)
III_4 = "QĐ 933/QĐ-UBND, Phần thứ ba, III.4"
I_2_2 = "QĐ 933/QĐ-UBND, Phần thứ ba, I.2.2"
IV_1 = "QĐ 933/QĐ-UBND, Phần thứ ba, IV.1"


def levels(error: ClbError) -> set[Level]:
    return {one.level for one in error.findings}


@pytest.mark.parametrize("aspect", ASPECTS)
def test_BN_41_four_of_the_five_aspects_are_not_an_appraisal(core: Core, aspect: str) -> None:
    club = core.bring("proposed")
    error = core.refusal(club, "approve", DECIDED, {f"appraisal.{aspect}": None})
    assert (error.exit_code, codes(error)) == (1, ["CLB-APPRAISAL-MISSING"])
    found = error.findings[0]
    assert (found.level, found.source) == (Level.BLOCK, III_4)
    assert found.fix == f"--set appraisal.{aspect}=met"


def test_BN_41_each_aspect_that_is_missing_is_a_finding_of_its_own(core: Core) -> None:
    error = core.refusal(core.bring("proposed"), "approve", DECIDED, {"appraisal": None})
    assert codes(error) == ["CLB-APPRAISAL-MISSING"] * 5
    assert len({one.message for one in error.findings}) == 5


@pytest.mark.parametrize("aspect", ASPECTS)
def test_BN_41_E_9_an_aspect_that_is_not_met_blocks_and_says_whose_reading_that_is(
    core: Core, aspect: str
) -> None:
    club = core.bring("proposed")
    error = core.refusal(club, "approve", DECIDED, {f"appraisal.{aspect}": "not_met"})
    assert codes(error) == ["CLB-APPRAISAL-NOT-MET"]
    found = error.findings[0]
    assert (found.level, found.source) == (Level.BLOCK, f"{III_4}, theo cách hiểu của hệ thống")
    assert "theo cách hiểu của hệ thống" in found.message.lower()


def test_BN_41_no_reason_gets_a_decision_past_a_missing_aspect(core: Core) -> None:
    club = core.bring("proposed")
    ack = {"CLB-APPRAISAL-MISSING": "đã thẩm định miệng"}
    error = core.refusal(club, "approve", DECIDED, {"appraisal.finance": None}, ack=ack)
    assert codes(error) == ["CLB-APPRAISAL-MISSING"]


@pytest.mark.parametrize("issuer", ["phường Tân Hồng", "UBND tỉnh Bắc Ninh", "Đình Bàng"])
def test_BN_41_a_decision_of_another_unit_is_refused(core: Core, issuer: str) -> None:
    club = core.bring("proposed")
    error = core.refusal(club, "approve", DECIDED, {"decision.issuer": issuer})
    assert (error.exit_code, codes(error)) == (1, ["CLB-APPROVE-ISSUER"])
    found = error.findings[0]
    assert (found.expected, found.actual) == ("phường Đình Bảng", issuer)


@pytest.mark.parametrize("issuer", ["đình bảng", "UBND phường Đình Bảng", "P. Đình Bảng"])
def test_BN_41_the_communes_own_decision_is_however_its_name_is_written(
    core: Core, issuer: str
) -> None:
    club = core.bring("proposed")
    assert core.take(club, "approve", DECIDED, {"decision.issuer": issuer}).state == "approved"


def test_BN_51_the_ninth_club_of_a_year_warns_and_is_decided_all_the_same(core: Core) -> None:
    core.decided(7, 2021)
    eighth, ninth = (core.bring("proposed") for _each in range(2))
    first, second = {"decision.number": "98"}, {"decision.number": "99"}
    assert core.take(eighth, "approve", DECIDED, first).findings == ()
    error = core.refusal(ninth, "approve", DECIDED, second)
    assert (error.exit_code, codes(error)) == (1, ["CLB-BUDGET-YEAR"])
    found = error.findings[0]
    assert (found.level, found.actual, found.source) == (Level.WARN, "9", IV_1)
    ack = {"CLB-BUDGET-YEAR": "xã tự lo kinh phí"}
    assert core.take(ninth, "approve", DECIDED, second, ack=ack).state == "approved"
    assert core.store.rows("SELECT * FROM ledger") == []


def test_BN_51_the_eight_are_counted_by_calendar_year(core: Core) -> None:
    core.decided(8, 2021)
    club = core.open(date(2022, 1, 3))
    core.people_of(club)
    core.take(club, "propose", date(2022, 1, 4))
    assert "CLB-BUDGET-YEAR" not in codes(core.take(club, "approve", date(2022, 1, 5)))


def test_BN_51_a_decision_that_was_annulled_is_not_counted(core: Core) -> None:
    clubs = core.decided(8, 2021)
    core.take(clubs[0], "annul", None, {"seq": core.club(clubs[0]).state_seq}, officer=COMMITTEE)
    club = core.bring("proposed")
    number = {"decision.number": "99"}
    assert core.take(club, "approve", DECIDED, number).state == "approved"


def test_BN_50_the_decision_itself_moves_no_money(core: Core) -> None:
    core.bring("operating")
    assert core.store.rows("SELECT * FROM ledger") == []


def test_E_8_a_decision_after_the_programme_warns_with_its_document(core: Core) -> None:
    core.clock.day = date(2026, 3, 1)
    club = core.open(date(2026, 1, 5))
    core.people_of(club)
    core.take(club, "propose", date(2026, 1, 12))
    error = core.refusal(club, "approve", date(2026, 2, 2))
    assert (error.exit_code, codes(error)) == (1, ["CLB-PROGRAMME-ENDED"])
    found = error.findings[0]
    assert (found.level, found.source) == (Level.WARN, "QĐ 933/QĐ-UBND")
    assert "31/12/2025" in found.message
    ack = {"CLB-PROGRAMME-ENDED": "theo đề nghị của Hội"}
    assert core.take(club, "approve", date(2026, 2, 2), ack=ack).state == "approved"


def test_E_8_the_last_day_of_the_programme_is_still_in_it(core: Core) -> None:
    core.clock.day = date(2026, 3, 1)
    club = core.bring("proposed")
    found = codes(core.take(club, "approve", date(2025, 12, 31)))
    assert found == ["CLB-TERRITORY-UNKNOWN"], "a note of the merger, and no word of an end"


def test_E_12_a_launch_without_training_warns_and_does_not_block(core: Core) -> None:
    club = core.bring("approved")
    error = core.refusal(club, "launch", LAUNCH[1])
    assert (error.exit_code, codes(error)) == (1, ["CLB-TRAIN-MISSING"])
    ack = {"CLB-TRAIN-MISSING": "lớp mở sau Tết"}
    assert core.take(club, "launch", LAUNCH[1], ack=ack).state == "launched"


def test_E_12_the_training_that_was_missing_is_recorded_after_the_launch_once(core: Core) -> None:
    club = core.bring_untrained("launched")
    core.take(club, "train", date(2022, 2, 1))
    assert core.club(club).state == "launched"
    assert core.club(club).trained_on == date(2022, 2, 1)
    error = core.refusal(club, "train", date(2022, 3, 1))
    assert codes(error) == ["CLB-TRAIN-TWICE"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"charter_adopted": False}, "CLB-LAUNCH-CHARTER"),
        ({"funds_opened": ["income"]}, "CLB-LAUNCH-FUND"),
        ({"funds_opened": ["operating"]}, "CLB-LAUNCH-FUND"),
    ],
)
def test_BN_26_a_launch_without_charter_or_without_one_of_the_funds_warns(
    core: Core, changes: dict[str, object], code: str
) -> None:
    error = core.refusal(core.bring("trained"), "launch", LAUNCH[1], changes)
    assert (codes(error), error.findings[0].source) == ([code], I_2_2)
    assert levels(error) == {Level.WARN}
