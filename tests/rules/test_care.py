"""Care at home: who is named in pairs is not more than is counted."""

from typing import Any

import pytest
from support.literals import codes, effects, report, request, text

from engine import i18n
from engine.rules.care import no_fewer_than_named

PAIRS = ["M1:M4", "M1:M5", "M2:M6"]
"""Two volunteers, three who are cared for."""


def found(**form: Any) -> Any:
    return no_fewer_than_named(request(form=form, step="care"))


@pytest.mark.usefixtures("english")
def test_fewer_volunteers_than_are_named_warn() -> None:
    assert report(found(volunteers=1, cared_for=3, pairs=PAIRS)) == text("""
        warn CLB-CARE-COUNT
          Volunteers: 1, but 2 people are named.
          expected: at least 2
          actual: 1
          who: the commune's Association of the Elderly
          fix: Correct the count or the names.
    """)


@pytest.mark.usefixtures("english")
def test_who_is_cared_for_is_counted_by_itself() -> None:
    (one,) = found(volunteers=2, cared_for=2, pairs=PAIRS)
    assert (one.expected, one.actual) == ("at least 3", "2")
    assert codes(found(volunteers=1, cared_for=2, pairs=PAIRS)) == ["CLB-CARE-COUNT"] * 2


@pytest.mark.parametrize(
    "form",
    [
        {"volunteers": 2, "cared_for": 3, "pairs": PAIRS},
        {"volunteers": 5, "cared_for": 9, "pairs": PAIRS},
        {"volunteers": 0, "cared_for": 0},
        {"volunteers": 0, "cared_for": 0, "pairs": ["a name that is no pair"]},
        {"pairs": PAIRS},
    ],
)
def test_as_many_or_more_are_fine_and_so_are_counts_alone(form: dict[str, Any]) -> None:
    assert codes(found(**form)) == []


def test_the_field_is_named_as_the_form_names_it() -> None:
    i18n.use("vi")
    (one,) = found(volunteers=1, cared_for=3, pairs=PAIRS)
    assert "volunteers" not in one.message


def test_a_month_of_care_is_kept_with_its_pairs_where_they_are_named() -> None:
    form = {"date": "2022-03-05", "volunteers": 2, "cared_for": 3}
    alone = effects("care", request("2022-03-05", form, step="care"))
    row = {"month": "2022-03", "volunteers": 2, "cared_for": 3}
    assert [(of, dict(kept)) for of, kept in alone.records] == [("care", row)]
    named = effects("care", request("2022-03-05", {**form, "pairs": PAIRS}, step="care"))
    assert dict(named.records[0][1]) == {**row, "pairs": "M1:M4,M1:M5,M2:M6"}
    assert not named.ledger
