"""The numbers of a commune's decisions: each once in a year; with literals."""

from datetime import date
from typing import Any

import pytest
from support.literals import codes, report, request, text

from engine.rules.decisions import number_once
from engine.rules.request import Decided

pytestmark = pytest.mark.usefixtures("english")

THERE = Decided("c2", "CLB Hai", "approve", 4, "12/QĐ-UBND", date(2022, 1, 5))
OURS = Decided("c1", "CLB Thử", "approve", 4, "12/QĐ-UBND", date(2022, 3, 1))


def found(number: Any, *decisions: Decided, step: str = "suspend") -> list[Any]:
    form = {"decision": {"number": number}} if number is not None else {}
    return list(number_once(request(form=form, step=step, decisions=decisions)))


def test_a_number_that_was_used_in_the_year_warns_with_the_earlier_decision() -> None:
    assert report(found("12", THERE)) == text("""
        warn CLB-DECISION-TWICE
          Decision 12/QĐ-UBND of 05/01/2022 is recorded already: decide the
            establishment, CLB Hai (c2).
          expected: another number in 2022
          actual: 12/QĐ-UBND
          source: general procedure, not a provision of the province
          who: the commune People's Committee
          fix: Check the number; if one decision is for both clubs, write so.
        """)


@pytest.mark.parametrize("typed", ["12", "012", "12/qd-ubnd", "12 / QĐ-UBND", "số 12"])
def test_a_number_is_one_however_it_is_spelt(typed: str) -> None:
    assert codes(found(typed, THERE)) == ["CLB-DECISION-TWICE"]


def test_what_is_no_such_number_is_compared_without_its_spaces() -> None:
    odd = Decided("c2", "CLB Hai", "approve", 4, "QĐ 12 (bản sao)", date(2022, 1, 5))
    assert codes(found("qđ12 (bản sao)", odd)) == ["CLB-DECISION-TWICE"]


@pytest.mark.parametrize("typed", ["13", "12a", "112", None])
def test_another_number_or_none_is_free(typed: str | None) -> None:
    assert codes(found(typed, THERE)) == []


def test_the_first_of_several_earlier_decisions_is_named_once() -> None:
    other = Decided("c3", "CLB Ba", "suspend", 9, "7", date(2022, 1, 6))
    (one,) = found("12", other, THERE, THERE)
    assert "CLB Hai" in one.message


def test_another_step_of_the_club_on_that_day_is_the_same_paper() -> None:
    assert codes(found("12", OURS)) == []
    assert codes(found("12", OURS, step="approve")) == ["CLB-DECISION-TWICE"]


@pytest.mark.parametrize(
    "other",
    [
        Decided("c2", "CLB Hai", "approve", 4, "12", date(2022, 3, 1)),
        Decided("c1", "CLB Thử", "approve", 4, "12", date(2022, 2, 28)),
    ],
    ids=["another club", "another day"],
)
def test_a_decision_of_another_club_or_day_is_another_paper(other: Decided) -> None:
    assert codes(found("12", other)) == ["CLB-DECISION-TWICE"]


def test_the_club_s_own_paper_does_not_hide_that_of_another_one() -> None:
    assert codes(found("12", OURS, THERE)) == ["CLB-DECISION-TWICE"]
