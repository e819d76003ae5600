"""A decision's number is used once in a commune and year; a second use wants a reason."""

from datetime import date

import pytest
from support.core import ASSOCIATION, COMMITTEE, Core, codes

NUMBER = {"decision.number": "05/QĐ-UBND"}


def decide(core: Core, on: date, number: str = "05/QĐ-UBND") -> list[str]:
    """Decide one more club on a day; return what the first try found of its number."""
    opened = on.replace(month=1, day=5)
    club = core.open(opened)
    core.carry(club, "propose", on.replace(month=1, day=20))
    outcome = core.carry(club, "approve", on, {"decision.number": number})
    return [one for one in codes(outcome) if one == "CLB-DECISION-TWICE"]


def test_the_number_of_another_club_of_the_year_is_warned_of(core: Core) -> None:
    assert decide(core, date(2022, 2, 1)) == []
    assert decide(core, date(2022, 3, 1), "06/QĐ-UBND") == []
    assert decide(core, date(2022, 3, 2), "5/QĐ-UBND") == ["CLB-DECISION-TWICE"]
    assert decide(core, date(2023, 2, 1)) == []


def test_a_corrected_number_is_held_to_the_same(core: Core) -> None:
    decide(core, date(2022, 2, 1))
    club = core.open(date(2022, 1, 5))
    core.carry(club, "propose", date(2022, 1, 20))
    core.carry(club, "approve", date(2022, 3, 1), {"decision.number": "06/QĐ-UBND"})
    changes = {"seq": core.event(club, -1).seq, "changes": {"decision": NUMBER_CHANGED}}
    error = core.refusal(club, "correct", None, changes, officer=COMMITTEE)
    assert "CLB-DECISION-TWICE" in codes(error)


NUMBER_CHANGED = {"number": "05/QĐ-UBND"}


@pytest.mark.parametrize(
    ("state", "step"),
    [
        ("operating", "suspend"),
        ("operating", "dissolve"),
        ("operating", "change_board"),
        ("suspended", "resume"),
        ("consolidating", "consolidate"),
    ],
)
def test_every_decision_of_the_commune_counts(core: Core, state: str, step: str) -> None:
    decide(core, date(2022, 6, 1))
    club, on = core.bring(state), date(2022, 7, 1)
    used = core.refusal(club, step, on, {"decision.number": "5"})
    assert "CLB-DECISION-TWICE" in codes(used)
    assert "05/QĐ-UBND" in str([one.message for one in used.findings])
    core.carry(club, step, on, {"decision.number": "77"})
    assert decide(core, date(2022, 8, 1), "077/QĐ-UBND") == ["CLB-DECISION-TWICE"]


def test_a_club_is_held_against_its_own_decisions_but_one_paper_may_have_two_steps(
    core: Core,
) -> None:
    club, on = core.bring("operating"), date(2022, 7, 1)
    core.carry(club, "suspend", on, {"decision.number": "9"})
    core.carry(club, "change_board", on, {"decision.number": "09/QĐ-UBND"})
    error = core.refusal(club, "resume", date(2022, 8, 1), {"decision.number": "9"})
    assert "CLB-DECISION-TWICE" in codes(error)


def test_an_annulled_decision_frees_its_number_and_a_corrected_one_too(core: Core) -> None:
    club, on = core.bring("operating"), date(2022, 7, 1)
    core.carry(club, "suspend", on, {"decision.number": "9"})
    corrected = {"seq": core.event(club, -1).seq, "changes": {"decision": {"number": "10"}}}
    core.carry(club, "correct", None, corrected, officer=COMMITTEE)
    assert decide(core, date(2022, 7, 2), "9") == []
    assert decide(core, date(2022, 7, 3), "10") == ["CLB-DECISION-TWICE"]
    annulled = {"seq": core.event(club, -2).seq}
    core.carry(club, "annul", None, annulled, officer=COMMITTEE)
    assert decide(core, date(2022, 7, 4), "10") == ["CLB-DECISION-TWICE"]  # that of 3 July
    other = core.bring("operating")
    core.carry(other, "suspend", on, {"decision.number": "11"})
    core.carry(other, "annul", None, {"seq": core.event(other, -1).seq}, officer=COMMITTEE)
    assert decide(core, date(2022, 7, 5), "11") == []


def test_who_receives_a_budgets_money_does_not_record_it(core: Core) -> None:
    club = core.bring("operating")
    given = {"kind": "grant", "source": "commune_budget", "amount": 5_000_000}
    on = date(2022, 6, 1)
    error = core.refusal(club, "fund", on, given, officer=ASSOCIATION)
    assert (error.exit_code, codes(error)) == (3, ["CLB-FUND-GIVER"])
    error = core.refusal(club, "fund", on, {**given, "kind": "contribution"}, officer=ASSOCIATION)
    assert codes(error) == ["CLB-FUND-CONTRIBUTION"]
    core.take(club, "fund", on, given, officer=COMMITTEE)
    error = core.refusal(club, "fund", on, given, officer=COMMITTEE)
    assert codes(error) == ["CLB-FUND-TWICE"]
