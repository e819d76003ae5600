# ruff: noqa: N802  (tests are named for the facts they hold)
"""Bắc Ninh, QĐ 933/QĐ-UBND: who a club is made of; each test names its fact."""

from datetime import date

import pytest
from support.core import (
    FITTING,
    Core,
    codes,
    roster,
    villagers,
)

from engine.errors import ClbError, RefusedError
from engine.model import Composition, Level
from engine.policy.effective import Rules
from engine.rules import composition
from engine.rules.composition import Bounds

DECIDED = date(2021, 9, 1)
III_4 = "QĐ 933/QĐ-UBND, Phần thứ ba, III.4"
I_2_2 = "QĐ 933/QĐ-UBND, Phần thứ ba, I.2.2"
READ = f"{I_2_2}, theo cách hiểu của hệ thống"
IV_1 = "QĐ 933/QĐ-UBND, Phần thứ ba, IV.1"


def levels(error: ClbError) -> set[Level]:
    return {one.level for one in error.findings}


def proposal(core: Core, members: int, elderly: int) -> str:
    """Return a club in preparation with so many members, so many of them elderly."""
    club = core.open()
    core.people = villagers(members, elderly)
    core.people_of(club)
    return club


@pytest.mark.parametrize(("members", "fits"), [(59, False), (60, True), (75, True), (76, False)])
def test_BN_22_a_club_has_from_60_to_75_members(core: Core, members: int, fits: bool) -> None:
    club = proposal(core, members, members * 7 // 10)
    available = core.life.check(club, "propose", on=DECIDED)[0]
    assert ("CLB-COMP-SIZE" not in codes(available)) is fits
    assert available.allowed


@pytest.mark.parametrize(("elderly", "fits"), [(44, False), (45, True), (63, True)])
def test_BN_23_seventy_percent_are_elderly_and_44_of_63_is_not(
    core: Core, elderly: int, fits: bool
) -> None:
    club = proposal(core, 63, elderly)
    available = core.life.check(club, "propose", on=DECIDED)[0]
    found = [one for one in available.findings if one.code == "CLB-COMP-ELDERLY"]
    assert (found == []) is fits
    if not fits:
        assert (found[0].level, found[0].source) == (
            Level.WARN,
            READ,
        )
        assert found[0].actual is not None
        assert found[0].actual.startswith("44/63 = 69,8%")
        assert "45" in str(found[0].expected)


@pytest.mark.parametrize(
    ("members", "elderly", "fits"),
    [(60, 43, False), (60, 42, True), (60, 36, True), (60, 35, False)],
)
def test_BN_23_thirty_to_forty_percent_are_young(
    core: Core, members: int, elderly: int, fits: bool
) -> None:
    club = proposal(core, members, elderly)
    found = codes(core.life.check(club, "propose", on=DECIDED)[0])
    assert ("CLB-COMP-YOUNG" not in found) is fits


@pytest.mark.parametrize("step", ["propose", "approve", "supervise", "review"])
def test_BN_22_BN_23_size_and_make_up_warn_at_each_of_the_four_steps_and_never_block(
    core: Core, step: str
) -> None:
    core.people = villagers(20, 5)
    before = {"propose": "preparing", "approve": "proposed", "supervise": "launched"}
    club = core.bring(before.get(step, "operating"))
    error = core.refusal(club, step, date(2022, 10, 1))
    assert (error.exit_code, error.code) == (1, "CLB-NOT-ACKNOWLEDGED")
    assert {"CLB-COMP-SIZE", "CLB-COMP-ELDERLY", "CLB-COMP-YOUNG"} <= set(codes(error))
    assert Level.BLOCK not in levels(error)
    core.carry(club, step, date(2022, 10, 1))


def unwarned(rules: Rules, members: int, elderly: int) -> bool:
    """Return whether no finding warns of a club of that size with so many elderly."""
    made = Composition(members, elderly=elderly, young=members - elderly, elderly_age=60)
    found = composition.findings(made, rules, DECIDED)
    return not [one for one in found if one.level is Level.WARN]


def test_T_BN1_only_clubs_of_60_and_of_70_can_meet_both_shares(core: Core) -> None:
    rules = core.registry.provinces.rules("bac_ninh")
    sizes = [n for n in range(60, 76) if any(unwarned(rules, n, k) for k in range(n + 1))]
    assert sizes == [60, 70]
    fitting = [k for k in range(61) if unwarned(rules, 60, k)]
    assert (fitting, [k for k in range(71) if unwarned(rules, 70, k)]) == ([42], [49])


@pytest.mark.parametrize("members", range(60, 76))
def test_T_BN1_a_size_that_cannot_meet_both_is_reported_so_with_the_sizes_that_can(
    core: Core, members: int
) -> None:
    rules = core.registry.provinces.rules("bac_ninh")
    made = Composition(members, elderly=members, elderly_age=60)
    found = [
        one for one in composition.findings(made, rules, DECIDED) if one.code == "CLB-COMP-TOGETHER"
    ]
    assert len(found) == (members not in (60, 70))
    for one in found:
        assert (one.level, one.source) == (Level.NOTE, READ)
        assert "60, 70" in str(one.expected)


def test_T_BN1_the_brute_force_agrees_with_the_shares_in_integers() -> None:
    elderly, young = Bounds(70, None), Bounds(30, 40)
    for members in range(1, 400):
        possible = any(
            100 * k >= 70 * members and 30 * members <= 100 * (members - k) <= 40 * members
            for k in range(members + 1)
        )
        assert composition.can_hold(elderly, young, members) is possible


def test_BN_90_nothing_is_shown_of_women_or_of_the_poor(core: Core) -> None:
    core.people = villagers(70, 49, women=0, poor=0)
    club = core.open()
    core.people_of(club)
    assert codes(core.life.check(club, "propose", on=DECIDED)[0]) == []


def test_BN_22_a_club_without_members_is_reported_and_may_still_be_proposed(core: Core) -> None:
    error = core.refusal(core.open(), "propose", date(2021, 8, 10))
    assert isinstance(error, RefusedError)
    assert codes(error) == ["CLB-PROPOSE-ROSTER", "CLB-PROPOSE-BOARD", "CLB-COMP-SIZE"]
    assert [one.level for one in error.findings] == [Level.NOTE, Level.NOTE, Level.WARN]


def test_a_member_who_left_is_no_longer_counted(core: Core) -> None:
    club = core.bring("launched")
    members = [id_ for (id_,) in core.store.rows("SELECT id FROM member ORDER BY id")]
    work = roster([])
    gone = type(work)(left=members[:11])
    core.take(club, "roster", date(2022, 3, 1), {"added": 0, "left": 11}, prepare=gone)
    assert "CLB-COMP-SIZE" in codes(core.refusal(club, "supervise", date(2022, 4, 1)))


def test_the_fitting_club_of_these_tests_is_the_one_of_T_BN1() -> None:
    elderly = [one for one in FITTING if int(one.born[:4]) <= 1961]
    assert (len(FITTING), len(elderly)) == (70, 49)
