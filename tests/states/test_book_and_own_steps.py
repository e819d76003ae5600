"""The club's own book, and steps that only one province has: with literals."""

from dataclasses import replace
from typing import Any

import pytest
from support.literals import Dated, codes, day, effects, judged, report, request, rules, text

from engine.model import AT_WORK, LIVING, Effects, Role, State
from engine.policy.effective import Rules
from engine.states import book, own_steps
from engine.states import step as find_step
from engine.states.province_steps import PROVINCE_STEPS

pytestmark = pytest.mark.usefixtures("english")


def test_the_terms_of_the_charter_are_kept_as_they_were_typed() -> None:
    form = {"document": "Quy chế quỹ", "most": 5_000_000, "months": 12, "date": "2022-03-01"}
    kept = {"document": "Quy chế quỹ", "most": 5_000_000, "months": 12, "rate": None}
    work = effects("lending_terms", request(form=form))
    assert work == Effects(records=(("lending", kept),))


@pytest.mark.parametrize("name", ["lending_terms", "lend", "repay", "extend", "write_off", "care"])
def test_the_book_is_written_by_the_association_or_the_committee(name: str) -> None:
    step = find_step(name)
    assert step.roles == step.eligible == (Role.ASSOCIATION, Role.COMMITTEE)
    assert step.happened_on == "date"
    assert step.is_record
    assert step.sources == {
        "lending_terms": (State.APPROVED, State.TRAINED, *AT_WORK, State.SUSPENDED),
        "lend": AT_WORK,
        "care": AT_WORK,
    }.get(name, (*AT_WORK, State.SUSPENDED))
    assert step.needs == {
        "lending_terms": frozenset(),
        "lend": book.LOANS | {"lending"},
        "care": frozenset(),
    }.get(name, book.LOANS)
    assert step.prepare == ("borrower" if name == "lend" else None)


@pytest.mark.parametrize("name", ["lending_terms", "lend", "repay", "extend", "write_off"])
def test_what_was_written_of_a_loan_is_not_corrected(name: str) -> None:
    assert not find_step(name).corrected
    assert find_step("care").corrected


OPINION = {"label": "Ý kiến của huyện", "before": "approve", "by": ["district"]}
VISIT = {"label": "Đi thăm", "before": "launch", "by": ["committee"]}
STATED = rules(
    {
        "step.own_y_kien": Dated(OPINION, end=day("2022-12-31")),
        "step.own_tham": VISIT,
        "step.own_so_ket": {"label": "Sơ kết", "before": "supervise", "by": ["province"]},
    }
)


def asked(on: str, step: str = "own_y_kien") -> Any:
    return request(on, step=step, policy=STATED)


def test_an_own_step_is_taken_on_a_day_that_a_document_asks_for_it() -> None:
    assert judged("own_y_kien", asked("2022-12-31")) == []
    assert report(judged("own_y_kien", asked("2023-01-01"))) == text("""
        block CLB-OWN-STEP-UNASKED
          No document of Tỉnh Thử in force on 01/01/2023 asks for “Ý kiến của huyện”.
          who: the commune's Association of the Elderly or the commune People's
            Committee or the province
          fix: Check the day, and the province's own steps: clb lifecycle show
            --province thu.
        """)
    assert codes(judged("own_la", asked("2022-03-01", "own_la"))) == ["CLB-OWN-STEP-UNASKED"]


def test_of_a_city_its_own_level_is_named() -> None:
    city = Rules(replace(STATED.policy, kind="city"), STATED.policy)
    (found,) = judged("own_y_kien", request("2023-01-01", step="own_y_kien", policy=city))
    assert str(found.who).endswith(" or the city")


def test_an_own_step_is_a_record_that_changes_nothing_else() -> None:
    assert effects("own_y_kien", asked("2022-03-01")) == Effects()
    step = find_step("own_y_kien")
    assert step.is_record
    assert step.sources == LIVING
    assert step.roles == (Role.ASSOCIATION, Role.COMMITTEE, Role.PROVINCE)
    assert step.eligible == (*step.roles, Role.DISTRICT)
    assert own_steps.step("approve") is None


@pytest.mark.parametrize(
    ("state", "on", "names"),
    [
        (State.PREPARING, "2022-03-01", ["own_y_kien"]),
        (State.PROPOSED, "2022-03-01", ["own_y_kien"]),
        (State.PROPOSED, "2023-01-01", []),
        (State.APPROVED, "2022-03-01", ["own_tham"]),
        (State.TRAINED, "2022-03-01", ["own_tham"]),
        (State.OPERATING, "2022-03-01", ["own_so_ket"]),
        (State.SUSPENDED, "2022-03-01", []),
    ],
)
def test_the_own_steps_ahead_are_those_before_a_step_that_the_club_can_take(
    state: State, on: str, names: list[str]
) -> None:
    assert [one.name for one in own_steps.ahead(STATED, state, day(on))] == names


def test_a_step_about_an_officer_has_the_fields_of_an_office() -> None:
    offices = {"id", "role", "name", "commune", "commune_id", "since", "until", "login"}
    fields = {name: step.fields for name, step in PROVINCE_STEPS.items() if step.fields}
    assert fields == {
        "officer_add": offices,
        "officer_first": {"id", "province"},
        "officer_change": {*offices, "offices"},
        "officer_remove": {"id", "until", "offices"},
        "merge": {"into", "date", "document"},
        "merge_in": {"from", "date", "document"},
    }
