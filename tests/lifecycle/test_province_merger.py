"""A province becomes a part of another one: who is responsible moves, clubs and their law stay."""

from dataclasses import replace
from datetime import date

import pytest
from support.core import (
    ADMIN,
    ASSOCIATION,
    COMMITTEE,
    COMMUNE,
    PROVINCE,
    TODAY,
    TOWN,
    Core,
    add_officer,
)
from support.step_forms import form

from bench.reliability.forger import Forger
from engine.errors import ConflictError, InputError, NotPermittedError, RefusedError
from engine.lifecycle import upkeep
from engine.lifecycle.merger import Merger, MergerImpact, MergerService
from engine.lifecycle.officers import Which
from engine.lifecycle.province import ProvinceService
from engine.model import Officer, Role
from engine.rules.communes import Unit
from engine.store import verify

INTO = "bac_ninh"
DAY = date(2023, 6, 1)
MERGER = Merger(PROVINCE, INTO, DAY, "Nghị quyết đặt ra để thử")


def service(core: Core) -> MergerService:
    return MergerService(core.registry.province, core.registry.officers)


def merge(core: Core, merger: Merger = MERGER) -> MergerImpact:
    seen = service(core).impact(merger, by=ADMIN)
    return service(core).merge(merger, by=ADMIN, seen=seen)


@pytest.fixture
def both(core: Core) -> Core:
    """A registry whose administrator is that of the other province too, which has its officer."""
    add_officer(core.registry, ADMIN, Role.ADMIN, None, INTO)
    add_officer(core.registry, "tinh_moi", Role.PROVINCE, None, INTO)
    return core


def test_what_it_means_is_known_before_and_changes_nothing(both: Core) -> None:
    club = both.bring("operating")
    before = both.store.rows("SELECT count(*) FROM event")
    found = service(both).impact(MERGER, by=ADMIN)
    assert both.store.rows("SELECT count(*) FROM event") == before
    assert (found.living, dict(found.clubs)) == (1, {both.club(club).state: 1})
    assert found.tasks == len(both.store.rows("SELECT 1 FROM task WHERE closed_seq IS NULL"))
    assert {one.id for one in found.ended} == {ADMIN, TOWN}
    assert {(one.id, one.province, one.since) for one in found.begun} >= {
        (TOWN, INTO, DAY),
        (ASSOCIATION, INTO, DAY),
    }
    assert ADMIN not in {one.id for one in found.begun}
    assert found.communes is None


@pytest.mark.usefixtures("english")
def test_a_merger_that_the_other_province_knows_nothing_of_is_named(both: Core) -> None:
    club = both.bring("operating")
    merge(both)
    forger = Forger(both.store, (club,), INTO)
    with both.store.write():
        forger.write(forger.bodies(forger.provinces)[:-1], forger.provinces)
    verify.rebuild(both.store)
    faults = upkeep.verify_log(both.store, both.clock).faults
    assert [one.stream for one in faults] == [f"province:{PROVINCE}"]
    assert "does not have the merger" in faults[0].reason


def test_the_others_officers_act_for_the_clubs_which_keep_their_ids_and_their_law(
    both: Core,
) -> None:
    club = both.bring("operating")
    with pytest.raises(NotPermittedError):
        both.take(club, "supervise", date(2023, 6, 2), officer="tinh_moi")
    merge(both)
    for officer, day in (("tinh_moi", date(2023, 6, 2)), (TOWN, date(2023, 6, 3))):
        done = both.carry(club, "supervise", day, officer=officer)
        assert done.event is not None
        assert done.event.policy is not None
        assert done.event.policy.plugin == both.event(club, 1).policy.plugin
    both.carry(club, "meeting", date(2023, 6, 4), officer=ASSOCIATION)
    assert both.club(club).province == PROVINCE
    assert upkeep.check(both.store, both.clock).ok
    before = both.store.rows("SELECT * FROM merger")
    upkeep.rebuild(both.store)
    assert both.store.rows("SELECT * FROM merger") == before


def test_an_officer_of_the_others_commune_acts_for_the_club_of_that_commune(both: Core) -> None:
    club = both.bring("operating")
    merge(both)
    add_officer(both.registry, "hoi_moi", Role.ASSOCIATION, COMMUNE, INTO)
    both.carry(club, "meeting", date(2023, 6, 4), officer="hoi_moi")
    add_officer(both.registry, "hoi_xa_khac", Role.ASSOCIATION, "Xã Khác", INTO)
    with pytest.raises(NotPermittedError):
        both.take(club, "meeting", date(2023, 6, 5), officer="hoi_xa_khac")


def test_offices_of_the_province_as_a_whole_end_there_and_go_on_in_the_other(both: Core) -> None:
    merge(both)
    ever = {
        (one.role, one.province): one for one in both.registry.officers.ever() if one.id == TOWN
    }
    assert ever[Role.PROVINCE, PROVINCE].until == DAY
    assert ever[Role.PROVINCE, INTO].since == DAY
    assert [one.through for one in both.life.officers(TOWN)] == [None, INTO]


def test_new_clubs_and_officers_are_of_the_other_province_and_old_papers_of_the_old(
    both: Core,
) -> None:
    merge(both)
    with pytest.raises(RefusedError) as refused:
        both.open(DAY, officer=ASSOCIATION)
    assert refused.value.code == "CLB-PROVINCE-MERGED"
    assert both.open(date(2023, 5, 31), officer=ASSOCIATION)
    new = Officer("lan", "Nguyễn Thị Lan", Role.PROVINCE, PROVINCE, since=DAY)
    with pytest.raises(RefusedError):
        both.registry.officers.add(new, by=ADMIN)


def test_only_an_administrator_of_both_provinces_merges_them(core: Core) -> None:
    with pytest.raises(NotPermittedError):
        service(core).impact(MERGER, by=ADMIN)
    add_officer(core.registry, ADMIN, Role.ADMIN, None, INTO)
    with pytest.raises(NotPermittedError):
        service(core).impact(MERGER, by=TOWN)


@pytest.mark.parametrize(
    ("merger", "error", "code"),
    [
        (replace(MERGER, into=PROVINCE), InputError, "CLB-PROVINCE-MERGER"),
        (replace(MERGER, on=date(2023, 7, 1)), RefusedError, "CLB-DATE-FUTURE"),
    ],
)
def test_a_merger_that_cannot_be_is_refused(
    both: Core, merger: Merger, error: type[InputError], code: str
) -> None:
    with pytest.raises(error) as refused:
        merge(both, merger)
    assert refused.value.code == code


def test_a_province_is_merged_once_and_nothing_is_merged_into_one_that_is_gone(
    both: Core,
) -> None:
    merge(both)
    for again in (MERGER, Merger(INTO, PROVINCE, DAY, "x")):
        with pytest.raises(RefusedError) as refused:
            merge(both, again)
        assert refused.value.code == "CLB-PROVINCE-MERGED"


def test_a_second_merger_takes_over_what_the_first_one_took(both: Core) -> None:
    club = both.bring("operating")
    merge(both)
    add_officer(both.registry, ADMIN, Role.ADMIN, None, "ha_noi")
    add_officer(both.registry, "tinh_ba", Role.PROVINCE, None, "ha_noi")
    merge(both, Merger(INTO, "ha_noi", date(2023, 6, 20), "Văn bản sau"))
    both.carry(club, "supervise", date(2023, 6, 21), officer="tinh_ba")
    assert upkeep.check(both.store, both.clock).ok


def test_what_was_seen_before_must_still_be_so(both: Core) -> None:
    seen = service(both).impact(MERGER, by=ADMIN)
    both.bring("proposed")
    with pytest.raises(ConflictError):
        service(both).merge(MERGER, by=ADMIN, seen=seen)
    assert both.store.rows("SELECT count(*) FROM merger") == [(0,)]


def test_communes_that_the_others_list_lacks_are_named(both: Core) -> None:
    both.bring("operating")
    province: ProvinceService = both.registry.province
    one = Unit("1", "Xã Khác", "xã", INTO, date(2000, 1, 1))
    province.import_units(INTO, [one], by=ADMIN)
    assert service(both).impact(MERGER, by=ADMIN).communes == (COMMUNE,)
    there = Unit("2", COMMUNE, "phường", INTO, date(2000, 1, 1))
    province.import_units(INTO, [there], by=ADMIN)
    assert service(both).impact(MERGER, by=ADMIN).communes == ()


def test_an_office_goes_on_in_its_commune_as_it_is_called_from_that_day(both: Core) -> None:
    both.bring("operating")
    province: ProvinceService = both.registry.province
    last = date(2023, 5, 31)
    province.import_units(
        PROVINCE,
        [
            Unit("1", COMMUNE, "phường", PROVINCE, date(2000, 1, 1), last, successor="2"),
            Unit("2", "phường Từ Sơn", "phường", PROVINCE, DAY),
        ],
        by=ADMIN,
        document="Văn bản đặt ra để thử",
    )
    begun = {one.id: one.commune for one in service(both).impact(MERGER, by=ADMIN).begun}
    assert begun[ASSOCIATION] == begun[COMMITTEE] == "phường Từ Sơn"


def test_a_record_of_a_merger_that_does_not_follow_its_form_is_found(both: Core) -> None:
    merge(both)
    both.store.run(
        'UPDATE event SET body = replace(body, \'"since":"2023-06-01"\', '
        "'\"since\":\"2023-05-01\"') WHERE step = 'merge'"
    )
    assert not upkeep.check(both.store, both.clock).ok


def test_an_officer_out_of_office_in_the_other_acts_no_longer(both: Core) -> None:
    club = both.bring("operating")
    merge(both)
    which = Which(Role.PROVINCE, INTO)
    both.registry.officers.end("tinh_moi", which, TODAY, by=ADMIN, step="officer_change")
    with pytest.raises(NotPermittedError):
        both.life.advance(
            club, "supervise", form("supervise", date(2023, 6, 2)), officer="tinh_moi"
        )
