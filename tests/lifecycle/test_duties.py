"""Separation of duties: who opened or proposed a club never decides on it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from support.core import (
    ADMIN,
    ASSOCIATION,
    COMMITTEE,
    COMMUNE,
    SECOND_COMMITTEE,
    Core,
    add_officer,
    codes,
    make_core,
    remove_officer,
)
from support.province_plugin import province_of, stated

from engine.errors import NotPermittedError
from engine.model import Officer, Role
from engine.store import facts

DECIDED = date(2021, 9, 1)


def both_roles(core: Core, officer: str = "hai_vai") -> str:
    """Return an officer of the association who sits in the committee too."""
    add_officer(core.registry, officer, Role.ASSOCIATION, COMMUNE, core.province)
    add_officer(core.registry, officer, Role.COMMITTEE, COMMUNE, core.province)
    return officer


def assert_vetoed(core: Core, club: str, officer: str) -> None:
    error = core.refusal(club, "approve", DECIDED, officer=officer)
    assert isinstance(error, NotPermittedError)
    assert error.exit_code == 3
    assert "CLB-DUTIES" in codes(error)
    assert core.carry(club, "approve", DECIDED, officer=SECOND_COMMITTEE).state == "approved"


def test_who_proposed_cannot_approve_even_with_a_role_in_the_committee(core: Core) -> None:
    officer = both_roles(core)
    club = core.bring("preparing")
    core.take(club, "propose", date(2021, 8, 10), officer=officer)
    assert_vetoed(core, club, officer)


def test_who_opened_cannot_approve_though_another_proposed(core: Core) -> None:
    officer = both_roles(core)
    club = core.open(officer=officer)
    core.people_of(club)
    core.take(club, "propose", date(2021, 8, 10), officer=ASSOCIATION)
    assert_vetoed(core, club, officer)


def test_who_proposed_once_cannot_approve_a_later_proposal(core: Core) -> None:
    officer = both_roles(core)
    club = core.bring("preparing")
    core.take(club, "propose", date(2021, 8, 10), officer=officer)
    core.take(club, "return", date(2021, 8, 12))
    core.take(club, "propose", date(2021, 8, 20), officer=ASSOCIATION)
    assert_vetoed(core, club, officer)


def test_who_made_a_proposal_that_was_annulled_cannot_approve(core: Core) -> None:
    officer = both_roles(core)
    club = core.bring("preparing")
    core.take(club, "propose", date(2021, 8, 10), officer=officer)
    core.take(club, "annul", None, {"seq": core.club(club).state_seq}, officer=officer)
    core.take(club, "propose", date(2021, 8, 20), officer=ASSOCIATION)
    assert_vetoed(core, club, officer)


def test_who_lost_the_role_of_proposing_still_cannot_approve(core: Core) -> None:
    officer = both_roles(core)
    club = core.bring("preparing")
    core.take(club, "propose", date(2021, 8, 10), officer=officer)
    remove_officer(core.registry, officer)
    again = Officer(officer, f"Cán bộ {officer}", Role.COMMITTEE, core.province, COMMUNE)
    core.registry.officers.add(again, by=ADMIN)
    assert_vetoed(core, club, officer)


def test_the_veto_comes_with_every_other_finding(core: Core) -> None:
    officer = both_roles(core)
    club = core.open(officer=officer)
    core.carry(club, "propose", date(2021, 8, 10))
    changes = {"appraisal": None, "decision.issuer": "xã Khác"}
    error = core.refusal(club, "approve", DECIDED, changes, officer=officer)
    assert error.exit_code == 3
    assert codes(error) == [
        "CLB-DUTIES",
        "CLB-APPROVE-ISSUER",
        *["CLB-APPRAISAL-MISSING"] * 5,
        "CLB-COMP-SIZE",
    ]


ANSWERS = """
from engine import hookimpl


@hookimpl
def clb_checks(request):
    return []
"""


@pytest.mark.parametrize("code", ["", ANSWERS], ids=["no hooks", "a hook that finds nothing"])
def test_the_veto_holds_under_a_plugin_that_says_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    provinces = province_of(tmp_path, monkeypatch, code=code)
    core = make_core(str(tmp_path / "clb.sqlite3"), provinces, "tinh_thu")
    officer = both_roles(core)
    club = core.open(officer=officer)
    core.take(club, "propose", date(2021, 8, 10))
    assert_vetoed(core, club, officer)


def test_the_veto_holds_where_the_committee_itself_proposes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    committee = stated("roles.open", '["committee"]') + stated("roles.propose", '["committee"]')
    provinces = province_of(tmp_path, monkeypatch, committee)
    core = make_core(str(tmp_path / "clb.sqlite3"), provinces, "tinh_thu")
    club = core.open(officer=COMMITTEE)
    unit = {"lead_unit": "Phòng Văn hóa - Xã hội"}
    core.take(club, "propose", date(2021, 8, 10), unit, officer=COMMITTEE)
    assert_vetoed(core, club, COMMITTEE)


def test_asking_beforehand_reports_the_officer_of_the_veto(core: Core) -> None:
    officer = both_roles(core)
    club = core.bring("preparing")
    core.take(club, "propose", date(2021, 8, 10), officer=officer)
    own = core.life.check(club, "approve", on=DECIDED, officer=officer)[0]
    other = core.life.check(club, "approve", on=DECIDED, officer=SECOND_COMMITTEE)[0]
    assert "CLB-DUTIES" in codes(own)
    assert "CLB-DUTIES" not in codes(other)


def test_who_corrected_the_proposal_cannot_approve(core: Core) -> None:
    officer = both_roles(core)
    club = core.bring("preparing")
    core.take(club, "propose", date(2021, 8, 10), officer=ASSOCIATION)
    changes = {"seq": core.club(club).seq, "changes": {"submission.number": "12/TTr-HNCT"}}
    core.take(club, "correct", None, changes, officer=officer)
    assert_vetoed(core, club, officer)


def test_who_corrected_only_a_list_may_approve(core: Core) -> None:
    """A founder is who wrote the proposal, not whoever put any record right."""
    club = core.bring("preparing")
    assert COMMITTEE not in facts.founders(core.store, core.club(club))


@pytest.mark.parametrize("alike", ["Nguyễn Văn Lĩnh", "NGUYEN VAN LINH", "Nguyễn Văn lĩnh"])
def test_a_second_id_of_one_name_needs_a_reason_to_approve(core: Core, alike: str) -> None:
    first = Officer("hoi_linh", "Nguyễn Văn Lĩnh", Role.ASSOCIATION, core.province, COMMUNE)
    second = Officer("ub_linh", alike, Role.COMMITTEE, core.province, COMMUNE.upper())
    for one in (first, second):
        core.registry.officers.add(replace(one, since=date(2000, 1, 1)), by=ADMIN)
    club = core.bring("preparing")
    core.take(club, "propose", date(2021, 8, 10), officer="hoi_linh")
    error = core.refusal(club, "approve", DECIDED, officer="ub_linh")
    assert (error.exit_code, error.code) == (1, "CLB-NOT-ACKNOWLEDGED")
    assert "CLB-DUTIES-NAMESAKE" in codes(error)
    reasons = {"CLB-DUTIES-NAMESAKE": "Hai người khác nhau, cùng tên."}
    core.take(club, "approve", DECIDED, officer="ub_linh", ack=reasons)
    assert core.club(club).state == "approved"


def test_another_name_or_another_commune_is_nobodys_double(core: Core) -> None:
    for id_, name, commune in (
        ("hoi_linh", "Nguyễn Văn Lĩnh", COMMUNE),
        ("ub_linh", "Nguyễn Văn Linh Em", COMMUNE),
        ("hoi_khac", "Nguyễn Văn Linh Em", "xã Khác"),
    ):
        role = Role.ASSOCIATION if id_.startswith("hoi") else Role.COMMITTEE
        new = Officer(id_, name, role, core.province, commune, since=date(2000, 1, 1))
        core.registry.officers.add(new, by=ADMIN)
    who = next(one for one in core.registry.officers.everybody() if one.id == "ub_linh")
    assert facts.namesakes(core.store, who) == ()
