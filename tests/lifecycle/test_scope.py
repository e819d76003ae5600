"""Where an officer may act, and what an officer with two roles may do."""

import unicodedata
from datetime import date
from pathlib import Path

import pytest
from support.core import (
    ASSOCIATION,
    COMMITTEE,
    COMMUNE,
    ELSEWHERE,
    NEIGHBOUR,
    NEIGHBOUR_ASSOCIATION,
    TOWN,
    Core,
    add_officer,
    codes,
    make_core,
    remove_officer,
)
from support.step_table import ELIGIBLE

from engine.errors import InputError, NotPermittedError, UnknownError
from engine.model import Officer, Role

LATER = date(2022, 10, 20)
SPELLINGS = [
    "Phường Đình Bảng",
    "đình bảng",
    "ĐÌNH BẢNG",
    "P. Đình Bảng",
    "UBND phường Đình Bảng",
    "  Đình   Bảng ",
    unicodedata.normalize("NFD", "Phường Đình Bảng"),
]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_commune_is_the_same_however_the_club_writes_it(core: Core, spelling: str) -> None:
    club = core.open(changes={"commune": spelling})
    assert core.carry(club, "propose", LATER).state == "proposed"


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_commune_is_the_same_however_the_officer_was_added(core: Core, spelling: str) -> None:
    add_officer(core.registry, "hoi_moi", Role.ASSOCIATION, spelling)
    club = core.open()
    assert core.carry(club, "propose", LATER, officer="hoi_moi").state == "proposed"


def test_a_commune_whose_name_differs_by_a_tone_is_another_commune(core: Core) -> None:
    club = core.open(changes={"commune": "phường Đình Bàng"}, officer=register_tone(core))
    error = core.refusal(club, "propose", LATER, officer=ASSOCIATION)
    assert "CLB-SCOPE" in codes(error)


def register_tone(core: Core) -> str:
    add_officer(core.registry, "hoi_bang", Role.ASSOCIATION, "phường Đình Bàng")
    return "hoi_bang"


COMMUNE_STEPS = {
    "propose": "preparing",
    "return": "proposed",
    "reject": "proposed",
    "approve": "proposed",
    "withdraw": "proposed",
    "launch": "trained",
    "consolidate": "consolidating",
    "suspend": "operating",
    "resume": "suspended",
    "dissolve": "operating",
    "roster": "operating",
    "set_board": "preparing",
    "change_board": "operating",
    "fund": "operating",
    "meeting": "operating",
    "rename": "operating",
    "export": "operating",
}


@pytest.mark.parametrize(("step", "state"), COMMUNE_STEPS.items())
def test_an_officer_of_another_commune_is_not_permitted(core: Core, step: str, state: str) -> None:
    club = core.bring(state)
    stranger = NEIGHBOUR if "association" not in ELIGIBLE[step] else NEIGHBOUR_ASSOCIATION
    error = core.refusal(club, step, LATER, officer=stranger)
    assert isinstance(error, NotPermittedError)
    assert error.exit_code == 3
    found = next(one for one in error.findings if one.code == "CLB-SCOPE")
    assert (found.expected, found.actual) == (COMMUNE, ELSEWHERE)


def test_a_club_cannot_be_opened_in_another_commune(core: Core) -> None:
    with pytest.raises(NotPermittedError) as caught:
        core.open(officer=NEIGHBOUR_ASSOCIATION)
    assert codes(caught.value) == ["CLB-SCOPE", "CLB-COMMUNE-UNCHECKED"]
    assert core.store.rows("SELECT id FROM club") == []


def test_the_province_acts_in_every_commune_of_its_own(core: Core) -> None:
    add_officer(core.registry, "hoi_xa", Role.ASSOCIATION, "xã Xa")
    club = core.open(changes={"commune": "xã Xa"}, officer="hoi_xa")
    assert core.take(club, "roster", LATER, officer=TOWN).state == "preparing"


def test_the_province_does_not_act_in_another_province(core: Core) -> None:
    other = Officer("tinh_khac", "Cán bộ", Role.PROVINCE, "hai_phong")
    first = Officer("quan_tri_hp", "Quản trị", Role.ADMIN, "hai_phong")
    core.registry.officers.add(first, by="quan_tri")
    core.registry.officers.add(other, by="quan_tri_hp")
    club = core.bring("launched")
    error = core.refusal(club, "supervise", date(2022, 4, 1), officer="tinh_khac")
    assert (error.exit_code, "CLB-SCOPE" in codes(error)) == (3, True)


def test_somebody_who_is_no_officer_is_unknown(core: Core) -> None:
    club = core.bring("preparing")
    error = core.refusal(club, "propose", LATER, officer="ai_do")
    assert isinstance(error, UnknownError)
    assert (error.exit_code, error.code) == (2, "CLB-OFFICER-UNKNOWN")


def test_an_officer_who_was_removed_acts_no_more(core: Core) -> None:
    club = core.bring("preparing")
    remove_officer(core.registry, ASSOCIATION)
    error = core.refusal(club, "propose", LATER)
    assert (error.exit_code, error.code) == (3, "CLB-OFFICER-ENDED")


def test_an_officer_with_two_roles_acts_in_the_one_the_step_asks_for(core: Core) -> None:
    add_officer(core.registry, "hai_vai", Role.ASSOCIATION, COMMUNE)
    add_officer(core.registry, "hai_vai", Role.COMMITTEE, COMMUNE)
    club = core.bring("preparing")
    core.take(club, "propose", date(2021, 8, 10), officer="hai_vai")
    assert core.event(club, -1).role is Role.ASSOCIATION
    core.take(club, "return", date(2021, 8, 12), officer="hai_vai")
    assert core.event(club, -1).role is Role.COMMITTEE


def test_an_officer_with_roles_in_two_communes_acts_in_the_one_the_club_is_in(core: Core) -> None:
    add_officer(core.registry, "hai_noi", Role.ASSOCIATION, ELSEWHERE)
    add_officer(core.registry, "hai_noi", Role.COMMITTEE, COMMUNE)
    club = core.bring("operating")
    core.take(club, "meeting", LATER, officer="hai_noi")
    assert core.event(club, -1).role is Role.COMMITTEE


def test_an_officer_with_two_roles_takes_back_what_was_done_in_either(core: Core) -> None:
    add_officer(core.registry, "hai_vai", Role.ASSOCIATION, COMMUNE)
    add_officer(core.registry, "hai_vai", Role.COMMITTEE, COMMUNE)
    club = core.bring("proposed")
    core.take(club, "return", date(2021, 8, 12), officer="hai_vai")
    core.take(club, "annul", LATER, {"seq": core.club(club).state_seq}, officer="hai_vai")
    assert core.club(club).state == "proposed"
    assert core.event(club, -1).role is Role.COMMITTEE
    core.take(club, "annul", LATER, {"seq": core.club(club).state_seq}, officer="hai_vai")
    assert core.club(club).state == "preparing"
    assert core.event(club, -1).role is Role.ASSOCIATION


def test_a_club_that_moved_is_in_the_hands_of_its_new_commune(core: Core) -> None:
    club = core.bring("operating")
    core.take(club, "rehome", date(2022, 7, 1), {"commune": ELSEWHERE})
    error = core.refusal(club, "suspend", LATER, officer=COMMITTEE)
    assert codes(error) == ["CLB-SCOPE"]
    assert core.take(club, "suspend", LATER, officer=NEIGHBOUR).state == "suspended"


def test_one_office_is_given_once_and_a_second_commune_is_another_office(tmp_path: Path) -> None:
    core = make_core(str(tmp_path / "a.sqlite3"))
    with pytest.raises(InputError, match=COMMITTEE) as caught:
        add_officer(core.registry, COMMITTEE, Role.COMMITTEE, COMMUNE)
    assert caught.value.code == "CLB-OFFICER-THERE"
    add_officer(core.registry, COMMITTEE, Role.COMMITTEE, ELSEWHERE)
    held = [one.commune for one in core.registry.officers.everybody() if one.id == COMMITTEE]
    assert sorted(held) == sorted([COMMUNE, ELSEWHERE])
