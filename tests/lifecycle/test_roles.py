# ruff: noqa: N802  (tests are named for the facts they hold)
"""Who may take which step: the design's roles, and a policy's choice among them."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.core import (
    ADMIN,
    ASSOCIATION,
    BY_ROLE,
    COMMITTEE,
    PATHS,
    TODAY,
    TOWN,
    Core,
    codes,
    make_core,
    remove_officer,
    roster,
)
from support.province_plugin import province_of, stated
from support.step_table import DEFAULT_ROLES, ELIGIBLE, TABLE

from engine.errors import ClbError, InputError, NotPermittedError, PluginError
from engine.lifecycle.officers import Which
from engine.policy import vocabulary

ROLES = ("association", "committee", "province", "admin")
LATER = date(2022, 10, 20)
STEPS = tuple(dict.fromkeys(row.step for row in TABLE))
STARTS = {
    "set_board": "proposed",
    "withdraw": "proposed",
    "return": "proposed",
    "reject": "proposed",
    "approve": "proposed",
    "propose": "preparing",
    "train": "approved",
    "launch": "trained",
    "consolidate": "consolidating",
    "resume": "suspended",
}
"""A state each step starts from; the others are tried on a club that operates."""

STATED: dict[str, tuple[str, ...]] = {
    "propose": ("association",),
    "approve": ("committee",),
    "train": ("province",),
    "supervise": ("province",),
}
"""What the toy province's policy states of roles."""


def attempt(core: Core, step: str, role: str) -> ClbError | None:
    """Try a step as an officer of that role; return the error, if it ends in one."""
    officer = BY_ROLE[role]
    try:
        if step == "open":
            core.open(officer=officer)
        else:
            club = core.bring(STARTS.get(step, "operating"))
            core.carry(club, step, LATER, changes(core, club, step), officer=officer)
    except ClbError as error:
        return error
    return None


def changes(core: Core, club: str, step: str) -> dict[str, Any]:
    if step in ("erase", "lend"):
        return {"member": core.people[0].name}
    if step in ("repay", "extend", "write_off"):
        core.carry(club, "lend", core.club(club).launched_on, changes(core, club, "lend"))
        return {"loan": core.club(club).seq}
    if step == "annul":
        return {"seq": core.club(club).state_seq}
    if step == "correct":
        return {"seq": core.club(club).state_seq, "changes": {"inspector": "Người khác"}}
    return {}


def permitted(step: str, stated_roles: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    if step in ("annul", "correct"):
        # Undone by the role that did it; here the last step is the province's supervision.
        return ("province",)
    return stated_roles.get(step, DEFAULT_ROLES[step])


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Core:
    return make_core(str(tmp_path_factory.mktemp("roles") / "clb.sqlite3"))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_for_the_roles_of_the_table_and_of_the_policy(
    toy: Core, step: str, role: str
) -> None:
    error = attempt(toy, step, role)
    if role in permitted(step, STATED):
        assert error is None
        return
    assert isinstance(error, NotPermittedError)
    assert error.exit_code == 3
    assert "CLB-ROLE" in codes(error)


CHOICES = [
    pytest.param(step, role, id=f"{step}-{role}")
    for step in vocabulary.ids("roles")
    for role in ELIGIBLE[step]
    if role != "district"
]
"""Every step that a policy may give away, with every role it may give it to.

A district wants a policy with its communes: ``test_district.py`` has one.
"""


@pytest.mark.parametrize(("step", "chosen"), CHOICES)
def test_a_policy_gives_a_step_to_any_role_the_table_lists(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, chosen: str
) -> None:
    provinces = province_of(tmp_path, monkeypatch, stated(f"roles.{step}", f'["{chosen}"]'))
    core = make_core(str(tmp_path / "clb.sqlite3"), provinces, "tinh_thu")
    club = "" if step == "open" else until(core, STARTS.get(step, "operating"))
    given = {"lead_unit": "Phòng Văn hóa - Xã hội"} if step == "propose" else None
    if step in ("lend", "repay", "extend", "write_off"):
        core.take(club, "roster", core.club(club).opened_on, prepare=roster(core.people))
        given = changes(core, club, step)
    for role in ROLES:
        officer = BY_ROLE[role]
        try:
            if step == "open":
                core.open(officer=officer)
            else:
                core.carry(club, step, LATER, given, officer=officer, dry_run=True)
        except NotPermittedError as error:
            assert role != chosen
            refused = next(one for one in error.findings if one.code == "CLB-ROLE")
            assert refused.source == "KH 01/KH-UBND, Mục 1"
        else:
            assert role == chosen


def until(core: Core, state: str) -> str:
    """Bring a club to a state whoever the policy asks for its steps."""
    club = core.open()
    for step, on, form in PATHS[state]:
        for officer in ("hoi_nct", "ubnd", "hoi_tinh", "ubnd_2"):
            try:
                core.carry(club, step, on, form, officer=officer)
            except NotPermittedError:
                continue
            break
    assert core.club(club).state == state
    return club


def test_who_may_open_a_file_may_propose_it_too_and_names_the_unit_that_submits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening = stated("roles.open", '["committee", "association"]')
    provinces = province_of(tmp_path, monkeypatch, opening)
    core = make_core(str(tmp_path / "clb.sqlite3"), provinces, "tinh_thu")
    club = core.open()
    core.people_of(club)
    error = core.refusal(club, "propose", LATER, officer=COMMITTEE)
    assert codes(error) == ["CLB-PROPOSE-UNIT"]
    unit = {"lead_unit": "Phòng Văn hóa - Xã hội"}
    for officer, changes in ((COMMITTEE, unit), (BY_ROLE["association"], None)):
        core.carry(club, "propose", LATER, changes, officer=officer, dry_run=True)


def test_a_withdrawal_is_for_those_who_may_propose(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    provinces = province_of(tmp_path, monkeypatch, stated("roles.propose", '["committee"]'))
    core = make_core(str(tmp_path / "clb.sqlite3"), provinces, "tinh_thu")
    club = core.open()
    error = core.refusal(club, "withdraw", LATER, officer=BY_ROLE["association"])
    assert (error.exit_code, codes(error)) == (3, ["CLB-ROLE"])
    assert core.take(club, "withdraw", LATER, officer=COMMITTEE).state == "withdrawn"


def test_a_policy_that_gives_the_decision_away_is_not_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    provinces = province_of(tmp_path, monkeypatch, stated("roles.approve", '["province"]'))
    with pytest.raises(PluginError, match=r"roles\.approve"):
        make_core(str(tmp_path / "clb.sqlite3"), provinces, "tinh_thu")


def test_BN_40_the_proposal_is_the_associations_and_the_article_says_so(core: Core) -> None:
    club = core.bring("preparing")
    error = core.refusal(club, "propose", date(2021, 8, 10), officer=COMMITTEE)
    found = next(one for one in error.findings if one.code == "CLB-ROLE")
    assert found.source == "QĐ 933/QĐ-UBND, Phần thứ ba, III.4"


def test_BN_40_before_the_document_the_proposal_is_the_tables_default(core: Core) -> None:
    core.clock.day = date(2019, 12, 1)
    club = core.open(date(2019, 1, 5))
    error = core.refusal(club, "propose", date(2019, 2, 1), officer=COMMITTEE)
    found = next(one for one in error.findings if one.code == "CLB-ROLE")
    assert found.source == "theo quy trình chung, không phải quy định của tỉnh, thành phố"
    assert core.carry(club, "propose", date(2019, 2, 1)).state == "proposed"


@pytest.mark.parametrize("officer", [TOWN, COMMITTEE])
def test_who_is_no_administrator_is_named(core: Core, officer: str) -> None:
    with pytest.raises(NotPermittedError) as caught:
        core.registry.officers.end(ASSOCIATION, Which(), None, by=officer, step="officer_remove")
    assert caught.value.message.startswith(f"Cán bộ {officer} [{officer}] ")


def test_the_only_administrator_is_named(core: Core) -> None:
    with pytest.raises(InputError) as caught:
        core.registry.officers.end(ADMIN, Which(), None, by=ADMIN, step="officer_remove")
    assert caught.value.message.startswith(f"Cán bộ {ADMIN} [{ADMIN}] ")


def test_who_has_left_is_named(core: Core) -> None:
    club = core.bring("proposed")
    remove_officer(core.registry, COMMITTEE)
    with pytest.raises(NotPermittedError) as caught:
        core.take(club, "return", TODAY, officer=COMMITTEE)
    assert caught.value.message.startswith(f"Cán bộ {COMMITTEE} [{COMMITTEE}] ")
