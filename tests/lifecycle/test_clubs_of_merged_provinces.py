"""A province that others became parts of: one list of clubs and tasks, each by its own rules."""

from datetime import date

import pytest
from support.core import (
    ADMIN,
    ASSOCIATION,
    COMMITTEE,
    COMMUNE,
    ELSEWHERE,
    PATHS,
    PROVINCE,
    PROVINCES,
    TODAY,
    TOWN,
    Core,
    add_officer,
)

from engine.lifecycle.merger import Merger, MergerService
from engine.model import Role
from engine.reports import merged
from engine.reports.due import due

INTO, DAY = "bac_ninh", date(2023, 6, 1)


@pytest.fixture
def clubs(core: Core) -> tuple[Core, str, str]:
    """A club at work in each of two provinces, the first of which became a part of the other."""
    for officer, role, commune in (
        (ADMIN, Role.ADMIN, None),
        (ASSOCIATION, Role.ASSOCIATION, COMMUNE),
        (COMMITTEE, Role.COMMITTEE, COMMUNE),
        (TOWN, Role.PROVINCE, None),
    ):
        add_officer(core.registry, officer, role, commune, INTO)
    old = core.bring("operating")
    new = Core(core.registry, core.clock, INTO, opened=5).walk(PATHS["operating"])
    merger = Merger(PROVINCE, INTO, DAY, "Nghị quyết đặt ra để thử")
    service = MergerService(core.registry.province, core.registry.officers)
    service.merge(merger, by=ADMIN, seen=service.impact(merger, by=ADMIN))
    return core, old, new


def test_the_list_has_the_clubs_of_both(clubs: tuple[Core, str, str]) -> None:
    core, old, new = clubs
    listed = merged.listing(core.store, PROVINCES, INTO, TODAY)
    assert {one.club for one in listed} == {old, new}
    assert [one.club for one in merged.listing(core.store, PROVINCES, PROVINCE, TODAY)] == [old]
    before = merged.listing(core.store, PROVINCES, INTO, date(2023, 5, 31))
    assert [one.club for one in before] == [new]


def test_what_is_due_is_what_each_province_s_own_rules_ask(clubs: tuple[Core, str, str]) -> None:
    core, old, new = clubs
    found, warnings = merged.due(core.store, PROVINCES, INTO, TODAY)
    assert warnings == []
    apart = {one: due(core.store, PROVINCES.rules(one), one, TODAY) for one in (PROVINCE, INTO)}
    assert sorted(found) == sorted([*apart[PROVINCE], *apart[INTO]])
    sources = {one.club: one.source for one in found if one.kind == "supervision"}
    assert sources.keys() == {old, new}
    assert sources[old] != sources[new]
    days = [one.due_on or date.max for one in found if one.ended is None]
    assert days == sorted(days)


def test_an_officer_of_a_commune_is_shown_the_clubs_of_that_commune_in_both(
    clubs: tuple[Core, str, str],
) -> None:
    core, old, new = clubs
    for communes, expected in (([COMMUNE], {old, new}), ([ELSEWHERE], set())):
        found, _warnings = merged.due(core.store, PROVINCES, INTO, TODAY, communes=communes)
        assert {one.club for one in found if one.club} == expected
