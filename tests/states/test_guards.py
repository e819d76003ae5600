"""What every step is held to, state, day, role and scope: with literals."""

from dataclasses import replace
from typing import Any

import pytest
from support.literals import club, codes, day, officer, report, request, text

from engine.model import Level, Role, State
from engine.rules.communes import Unit
from engine.states import STEPS, guards, machine
from engine.states import step as find_step

pytestmark = pytest.mark.usefixtures("english")


def state(step: str, of: State) -> list[Any]:
    return list(guards.state(find_step(step), request(club=club(of))))


def test_a_step_starts_from_the_states_the_table_gives_it() -> None:
    assert state("launch", State.TRAINED) == []
    assert state("launch", State.APPROVED) == []


def test_a_step_from_another_state_is_refused_with_the_states_it_starts_from() -> None:
    assert report(state("launch", State.OPERATING)) == text("""
        block CLB-STATE
          The step “launch the club” cannot be taken: the club is “operating”.
          expected: board trained, established by decision
          actual: operating
          fix: Choose a step that starts from the club's state: clb check c1.
        """)


@pytest.mark.parametrize("end", [State.WITHDRAWN, State.REJECTED, State.DISSOLVED])
def test_a_club_whose_life_has_ended_is_followed_by_a_new_one(end: State) -> None:
    (found,) = state("launch", end)
    assert found.fix == "The club's life has ended; open a new file that follows it."


def days(step: str, on: str, form: Any = None, **parts: Any) -> list[Any]:
    given = {"opened_on": day("2021-08-02"), "state_on": day("2022-01-10"), **parts}
    asked = request(on, form, club=club(**given), today=day("2022-06-30"))
    row = find_step(step)
    outcome = row.outcome(asked) if row.outcome else None
    to = machine.destination(STEPS, row, asked.club.state, outcome)
    return list(guards.days(row, asked, to))


def test_today_is_not_to_come_and_tomorrow_is() -> None:
    assert days("suspend", "2022-06-30") == []
    assert report(days("suspend", "2022-07-01")) == text("""
        block CLB-DATE-FUTURE
          01/07/2022 is still to come.
          expected: not after 30/06/2022
          actual: 01/07/2022
          who: the commune People's Committee
          fix: Record the step on the day it happens, or correct the date.
        """)


def test_a_step_of_the_club_s_life_is_not_before_the_last_one() -> None:
    assert days("suspend", "2022-01-10") == []
    assert report(days("suspend", "2022-01-09")) == text("""
        block CLB-DATE-ORDER
          09/01/2022 is before the club's last step, of 10/01/2022.
          expected: not before 10/01/2022
          actual: 09/01/2022
          who: the commune People's Committee
          fix: Check the date on the paper. If the record before it has a wrong date,
            correct that one first; clb advance c1 correct.
        """)


def test_a_record_is_not_before_the_opening_but_may_be_before_the_last_step() -> None:
    assert days("meeting", "2021-08-02") == []
    assert report(days("meeting", "2021-08-01")) == text("""
        block CLB-DATE-ORDER
          01/08/2021 is before 02/08/2021, when the club's file was opened.
          expected: not before 02/08/2021
          actual: 01/08/2021
          who: the commune's Association of the Elderly or the commune People's
            Committee
          fix: Check the date on the paper. If the record before it has a wrong date,
            correct that one first; clb advance c1 correct.
        """)


def test_a_step_that_is_a_record_by_its_outcome_may_be_before_the_last_step() -> None:
    refresher = {"course": {"kind": "refresher"}}
    assert days("train", "2021-09-01", refresher) == []
    first = {"course": {"kind": "initial"}}
    assert codes(days("train", "2021-09-01", first, state=State.APPROVED)) == ["CLB-DATE-ORDER"]


def test_a_club_without_a_day_has_no_earliest_day() -> None:
    assert days("suspend", "1990-01-01", state_on=None) == []
    assert days("meeting", "1990-01-01", opened_on=None) == []


def test_a_file_that_is_only_being_opened_has_no_earliest_day() -> None:
    assert days("open", "1990-01-01", state=State.NONE) == []
    assert codes(days("open", "2022-07-01", state=State.NONE)) == ["CLB-DATE-FUTURE"]


def role(step: str, of: Role | None, values: Any = None) -> list[Any]:
    who = officer(of) if of else None
    return list(guards.role(find_step(step), request(policy=values, officer=who)))


def test_without_a_policy_the_step_s_own_roles_hold() -> None:
    assert role("supervise", Role.PROVINCE) == []
    assert report(role("supervise", Role.COMMITTEE)) == text("""
        block CLB-ROLE (permission)
          “supervise” is not for the commune People's Committee.
          expected: the province
          actual: Cán bộ, the commune People's Committee
          source: general procedure, not a provision of the province
          who: the province
          fix: Ask an officer with that role to do it: clb officer list.
        """)


def test_a_policy_chooses_among_the_roles_that_may_be_given_the_step() -> None:
    chosen = {"roles.supervise": ["committee"]}
    assert role("supervise", Role.COMMITTEE, chosen) == []
    assert report(role("supervise", Role.PROVINCE, chosen)) == text("""
        block CLB-ROLE (permission)
          “supervise” is not for the province.
          expected: the commune People's Committee
          actual: Cán bộ, the province
          source: QD 1, I.1
          who: the commune People's Committee
          fix: Ask an officer with that role to do it: clb officer list.
        """)


def test_a_policy_gives_a_step_to_no_role_that_is_not_eligible() -> None:
    chosen = {"roles.approve": ["committee", "province"]}
    assert codes(role("approve", Role.PROVINCE, chosen)) == ["CLB-ROLE"]
    assert role("approve", Role.COMMITTEE, chosen) == []


def test_who_proposes_may_withdraw_unless_the_policy_gives_that_to_another() -> None:
    proposing = {"roles.propose": ["committee"]}
    assert role("withdraw", Role.COMMITTEE, proposing) == []
    assert codes(role("withdraw", Role.ASSOCIATION, proposing)) == ["CLB-ROLE"]
    both = {**proposing, "roles.withdraw": ["association"]}
    assert role("withdraw", Role.ASSOCIATION, both) == []
    assert codes(role("withdraw", Role.COMMITTEE, both)) == ["CLB-ROLE"]


def test_a_step_without_a_key_of_its_own_goes_by_the_step_it_names() -> None:
    withdrawn_otherwise = replace(find_step("withdraw"), name="unlisted")
    asked = request(policy={"roles.propose": ["committee"]}, officer=officer(Role.ASSOCIATION))
    assert codes(guards.role(withdrawn_otherwise, asked)) == ["CLB-ROLE"]


@pytest.mark.parametrize("step", ["fund", "roster", "meeting"])
def test_a_policy_chooses_who_writes_a_record_down(step: str) -> None:
    chosen = {f"roles.{step}": ["committee"]}
    assert role(step, Role.COMMITTEE, chosen) == []
    assert codes(role(step, Role.ASSOCIATION, chosen)) == ["CLB-ROLE"]
    assert role(step, Role.ASSOCIATION) == []


@pytest.mark.parametrize("step", ["correct", "annul", "erase", "export"])
def test_a_step_that_no_policy_key_names_has_the_roles_of_the_table(step: str) -> None:
    assert role(step, find_step(step).roles[0]) == []


def test_a_rule_of_roles_out_of_force_changes_nothing() -> None:
    asked = request(
        "2026-01-01",
        policy={"roles.supervise": ["committee"]},
        officer=officer(Role.PROVINCE),
    )
    assert list(guards.role(find_step("supervise"), asked)) == []


def test_whoever_asks_without_a_name_has_no_role_to_judge() -> None:
    assert role("approve", None) == []


def scope(**parts: Any) -> list[Any]:
    units = parts.pop("units", ())
    on = parts.pop("on", "2022-03-01")
    of = club(commune_id="27001")
    asked = request(on, club=of, officer=officer(**parts), units=units)
    return list(guards.scope(find_step("approve"), asked))


def test_an_officer_acts_in_the_commune_s_own_clubs() -> None:
    assert scope(commune="xã một") == []
    assert report(scope(commune="Xã Hai")) == text("""
        block CLB-SCOPE (permission)
          Cán bộ does not act for Xã Một.
          expected: Xã Một
          actual: Xã Hai
          who: the commune People's Committee
          fix: Ask an officer of that commune: clb officer list.
        """)


def test_a_commune_s_id_is_enough_whatever_its_name() -> None:
    assert scope(commune="Xã Hai", commune_id="27001") == []
    assert codes(scope(commune="Xã Hai", commune_id="27002")) == ["CLB-SCOPE"]


def test_an_officer_without_a_commune_acts_for_none() -> None:
    assert codes(scope(commune=None)) == ["CLB-SCOPE"]


def test_two_communes_whose_ids_are_not_known_are_not_the_same_for_that() -> None:
    asked = request(club=club(), officer=officer(commune="Xã Hai"))
    assert codes(guards.scope(find_step("approve"), asked)) == ["CLB-SCOPE"]


@pytest.mark.parametrize("of", [Role.PROVINCE, Role.ADMIN])
def test_the_province_acts_everywhere_in_it_and_nowhere_else(of: Role) -> None:
    assert scope(role=of, commune=None) == []
    assert report(scope(role=of, commune=None, province="khac")) == text("""
        block CLB-SCOPE (permission)
          Cán bộ does not act for Xã Một.
          expected: Tỉnh Thử
          actual: khac
          who: the commune People's Committee
          fix: Ask an officer of that commune: clb officer list.
        """)


def test_a_commune_s_officer_of_another_province_does_not_act() -> None:
    assert codes(scope(commune="Xã Một", province="khac")) == ["CLB-SCOPE"]


def test_the_successor_acts_from_the_day_the_commune_became_it() -> None:
    units = (
        Unit("a", "Xã Một", "xã", "thu", day("2000-01-01"), day("2025-06-30"), successor="b"),
        Unit("b", "Xã Mới", "xã", "thu", day("2025-07-01")),
    )
    assert scope(commune="Xã Mới", units=units, on="2025-07-01") == []
    assert codes(scope(commune="Xã Mới", units=units, on="2025-06-30")) == ["CLB-SCOPE"]


def test_a_club_without_a_commune_is_named_by_its_province() -> None:
    asked = request(club=club(commune=""), officer=officer())
    (found,) = guards.scope(find_step("approve"), asked)
    assert found.message == "Cán bộ does not act for Tỉnh Thử."


def duties(*founders: str) -> list[Any]:
    asked = request(officer=officer(id="ubnd"), founders=frozenset(founders))
    return list(guards.duties(asked))


def test_who_opened_or_proposed_a_club_does_not_decide_on_it() -> None:
    assert duties("hoi") == []
    assert report(duties("hoi", "ubnd")) == text("""
        block CLB-DUTIES (permission)
          Cán bộ had a part in this club's proposal and cannot decide on it.
          expected: an officer who neither opened, proposed nor corrected it
          actual: Cán bộ
          source: general procedure, not a provision of the province
          who: the commune People's Committee
          fix: Ask another officer of the commune People's Committee to decide.
        """)


def test_whoever_asks_without_a_name_has_no_duties_to_separate() -> None:
    assert list(guards.duties(request(founders=frozenset({"ubnd"})))) == []


def test_who_decides_under_the_name_of_another_officer_of_the_commune_gives_a_reason() -> None:
    who = officer(id="ubnd")
    assert list(guards.same_hand(request(officer=who))) == []
    assert list(guards.same_hand(request(namesakes=("hoi",)))) == []
    found = list(guards.same_hand(request(officer=who, namesakes=("hoi",))))
    assert [(one.code, one.level) for one in found] == [("CLB-DUTIES-NAMESAKE", Level.WARN)]
    assert "hoi" in found[0].message
