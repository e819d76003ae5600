"""A programme keeps the territory it was made for when its province is merged into a larger one."""

from dataclasses import replace
from datetime import date

import pytest
from support.core import ADMIN, ASSOCIATION, COMMITTEE, COMMUNE, PROVINCES, Core, codes

from engine.model import Finding, Level
from engine.rules.communes import Unit
from engine.rules.territory import asked, provinces_of

LAST_DAY, MERGED = date(2025, 6, 30), date(2025, 7, 1)
OPENED, PROPOSED = date(2025, 8, 4), date(2025, 8, 11)
LONG_AGO = date(2004, 1, 1)
OUTSIDE, UNKNOWN = "CLB-TERRITORY-OUTSIDE", "CLB-TERRITORY-UNKNOWN"


@pytest.fixture
def merged(core: Core) -> Core:
    core.clock.day = date(2025, 12, 1)
    return core


def unit(
    id_: str, name: str, kind: str, parent: str | None = None, successor: str | None = None
) -> Unit:
    """Return a unit of the days before the merger."""
    return Unit(id_, name, kind, "bac_ninh", LONG_AGO, LAST_DAY, parent, successor)


def load(core: Core, *olds: Unit) -> None:
    """Load the club's commune of today and what it came from, with the provinces of then."""
    provinces = (
        unit("27", "Tỉnh Bắc Ninh", "Tỉnh"),
        unit("24", "Tỉnh Bắc Giang", "Tỉnh"),
        unit("261", "Thành phố Từ Sơn", "Thành phố", "27"),
        unit("217", "Huyện Lạng Giang", "Huyện", "24"),
    )
    today = Unit("09367", COMMUNE, "Phường", "bac_ninh", MERGED)
    core.registry.province.import_units("bac_ninh", [*provinces, *olds, today], by=ADMIN)


def noted(core: Core, club: str, on: date = PROPOSED) -> list[Finding]:
    """Return what a proposal, with a reason for every warning, finds about the territory."""
    outcome = core.carry(club, "propose", on)
    return [one for one in outcome.findings if one.code.startswith("CLB-TERRITORY")]


def proposed(core: Core) -> Finding:
    """Open and propose a club; return the one finding about the territory."""
    (found,) = noted(core, core.open(OPENED, ack={OUTSIDE: "Tỉnh đồng ý"}))
    return found


@pytest.mark.parametrize("parent", ["217", "24", "Tỉnh Bắc Giang", "tỉnh Bắc Giang"])
def test_a_commune_of_the_other_province_is_warned_about(merged: Core, parent: str) -> None:
    load(merged, unit("07375", "Xã Cũ", "Xã", parent, successor="09367"))
    found = proposed(merged)
    assert (found.code, found.level) == (OUTSIDE, Level.WARN)
    assert "Bắc Giang" in found.message
    assert found.source == "QĐ 933/QĐ-UBND, Phần thứ nhất, 3"


def test_the_warning_comes_at_each_step_that_founds_a_club_and_never_refuses(
    merged: Core,
) -> None:
    load(merged, unit("07375", "Xã Cũ", "Xã", "217", successor="09367"))
    club = merged.open(OPENED, ack={OUTSIDE: "Tỉnh đồng ý"})
    assert OUTSIDE in codes(merged.event(club, 1).acknowledged)
    assert OUTSIDE in codes(merged.carry(club, "propose", PROPOSED))
    assert OUTSIDE in codes(merged.carry(club, "approve", date(2025, 9, 1), officer=COMMITTEE))
    assert merged.club(club).state == "approved"


def test_opening_without_a_reason_is_refused_by_the_warning_alone(merged: Core) -> None:
    load(merged, unit("07375", "Xã Cũ", "Xã", "217", successor="09367"))
    club = merged.open(OPENED, ack={OUTSIDE: "Tỉnh đồng ý"})
    error = merged.refusal(club, "propose", PROPOSED, officer=ASSOCIATION)
    assert error.code == "CLB-NOT-ACKNOWLEDGED"
    assert all(one.level is not Level.BLOCK for one in error.findings)


@pytest.mark.parametrize("parent", ["261", "27", "Tỉnh Bắc Ninh", "tỉnh bắc ninh"])
def test_a_commune_of_the_old_province_hears_nothing(merged: Core, parent: str) -> None:
    load(merged, unit("09370", "Xã Cũ", "Xã", parent, successor="09367"))
    club = merged.open(OPENED)
    assert noted(merged, club) == []


def test_a_commune_made_of_both_is_noted_only(merged: Core) -> None:
    load(
        merged,
        unit("09370", "Xã Cũ Trong", "Xã", "27", successor="09367"),
        unit("07375", "Xã Cũ Ngoài", "Xã", "24", successor="09367"),
    )
    found = proposed(merged)
    assert (found.code, found.level) == (UNKNOWN, Level.NOTE)
    assert found.actual == "Tỉnh Bắc Ninh, Tỉnh Bắc Giang"


@pytest.mark.parametrize("known", ["27", "24"])
def test_a_commune_of_which_a_part_is_not_known_is_noted_only(merged: Core, known: str) -> None:
    load(
        merged,
        unit("09370", "Xã Cũ Một", "Xã", known, successor="09367"),
        unit("07375", "Xã Cũ Hai", "Xã", None, successor="09367"),
    )
    assert proposed(merged).code == UNKNOWN


def test_without_a_list_that_reaches_back_it_is_noted_as_not_known(merged: Core) -> None:
    found = proposed(merged)
    assert (found.code, found.level) == (UNKNOWN, Level.NOTE)
    load(merged)
    assert proposed(merged).code == UNKNOWN


def test_a_parent_that_is_no_province_does_not_report_it(merged: Core) -> None:
    load(merged, unit("07375", "Xã Cũ", "Xã", "Huyện Nào Đó", successor="09367"))
    assert proposed(merged).code == UNKNOWN


@pytest.mark.parametrize("on", [date(2021, 8, 10), LAST_DAY])
def test_before_the_merger_nothing_is_asked(merged: Core, on: date) -> None:
    before = replace(unit("09366", COMMUNE, "Phường", "261"), successor="09367")
    load(merged, unit("07375", "Xã Cũ", "Xã", "217", successor="09367"), before)
    club = merged.open(date(2021, 8, 2))
    assert noted(merged, club, on) == []


def test_a_province_that_states_no_territory_is_asked_nothing() -> None:
    """Its programme was over before the merger, or its province was not merged."""
    for province in ("hoa_binh", "ha_noi"):
        assert not asked(PROVINCES.rules(province), OPENED)
    assert asked(PROVINCES.rules("hai_phong"), OPENED)


@pytest.mark.parametrize("kind", ["Thành phố Trung ương", "Thành phố trực thuộc Trung ương", None])
def test_hp_07_a_city_is_a_province_as_the_list_says_or_as_the_document_names_it(
    kind: str | None,
) -> None:
    city = [unit("31", "Thành phố Hải Phòng", kind)] if kind else []
    old = unit("11311", "Xã Cũ", "Xã", "31" if kind else "thành phố Hải Phòng", "11312")
    now = Unit("11312", "Xã Mới", "Xã", "hai_phong", MERGED)
    here = provinces_of([*city, old, now], "Xã Mới", LAST_DAY, OPENED, "Thành phố Hải Phòng")
    assert [str(one).casefold() for one in here] == ["thành phố hải phòng"]
