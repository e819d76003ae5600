"""Corrections together with other corrections, annulments, reviews and grants."""

from datetime import date
from typing import Any

import pytest
from support.core import (
    APPROVE,
    PROPOSE,
    TOWN,
    TRAIN,
    Core,
    club_rows,
    codes,
)
from support.corrections import TODAY_SEEN, correct, faults, refused, seq_of
from support.databases import columns
from support.step_forms import GRANT


def test_what_was_annulled_cannot_be_corrected(core: Core) -> None:
    club = core.bring("operating")
    seq = seq_of(core, club, "supervise")
    core.take(club, "annul", TODAY_SEEN, {"seq": seq}, officer=TOWN)
    assert refused(core, club, seq, {"borrowers": 1}).code == "CLB-CORRECT-STEP"


def without_numbers(core: Core, rows: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Return the rows that count: without the stream's end and what was closed or voided by it."""
    info = {table: list(columns(core.store, table)) for table in rows}
    kept = {}
    for table, found in rows.items():
        names = info[table]
        dropped = {names.index(name) for name in ("seq", "head") if table == "club"}
        ended = [names.index(name) for name in ("voided_by", "closed_seq") if name in names]
        kept[table] = [
            tuple(value for place, value in enumerate(row) if place not in dropped)
            for row in found
            if all(row[place] is None for place in ended)
        ]
    return kept


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize(
    ("step", "state", "changes"),
    [
        ("propose", "preparing", [{"lead_unit": "Hội NCT phường"}, {"submission.number": "9"}]),
        ("approve", "proposed", [{"decision.number": "7", "decision.date": "2021-09-02"}]),
        ("train", "approved", [{"date": "2021-09-20"}, {"date": "2021-09-25"}]),
        ("launch", "trained", [{"date": "2021-10-31"}, {"date": "2021-10-10"}]),
        ("supervise", "launched", [{"date": "2022-04-05"}, {"date": "2022-04-09"}]),
        ("supervise", "operating", [{"borrowers": 50}, {"date": "2022-10-25"}]),
        ("review", "operating", [{"year": 2022, "date": "2022-10-25"}, {"well_run": False}]),
    ],
)
def test_a_step_that_was_corrected_is_taken_back_whole(
    core: Core, step: str, state: str, changes: list[dict[str, Any]], times: int
) -> None:
    core.clock.day = date(2023, 6, 30)
    days = {
        "propose": PROPOSE[1],
        "approve": APPROVE[1],
        "train": TRAIN[1],
        "launch": date(2021, 10, 1),
    }
    club = core.bring(state)
    before = without_numbers(core, club_rows(core.store, club))
    on = days.get(step, date(2022, 4, 1) if state == "launched" else date(2022, 10, 20))
    core.carry(club, step, on)
    seq = core.club(club).seq
    officer = core.event(club, seq).officer
    for change in (changes * 2)[:times]:
        core.carry(club, "correct", None, {"seq": seq, "changes": change}, officer=officer)
    core.take(club, "annul", None, {"seq": seq}, officer=officer)
    assert without_numbers(core, club_rows(core.store, club)) == before
    assert faults(core) == []


def test_a_day_corrected_before_a_later_step_was_annulled_holds(core: Core) -> None:
    club = core.bring("operating")
    first = seq_of(core, club, "supervise")
    core.take(club, "supervise", date(2022, 10, 1))
    correct(core, club, first, {"date": "2022-04-15"})
    core.take(club, "annul", None, {"seq": core.club(club).state_seq}, officer=TOWN)
    now = core.club(club)
    assert (now.supervised_on, now.state_on) == (date(2022, 4, 15), date(2022, 4, 15))
    assert faults(core) == []


def test_the_last_of_two_corrections_holds_when_a_step_between_them_is_annulled(
    core: Core,
) -> None:
    club = core.bring("operating")
    first = seq_of(core, club, "supervise")
    correct(core, club, first, {"date": "2022-04-05"})
    core.take(club, "supervise", date(2022, 10, 5))
    correct(core, club, first, {"date": "2022-04-15"})
    core.take(club, "annul", None, {"seq": core.club(club).state_seq}, officer=TOWN)
    now = core.club(club)
    assert (now.supervised_on, now.state_on) == (date(2022, 4, 15), date(2022, 4, 15))
    assert faults(core) == []


def test_a_review_cannot_be_corrected_into_a_year_already_reviewed(core: Core) -> None:
    core.clock.day = date(2024, 1, 31)
    club = core.bring("operating")
    core.carry(club, "review", date(2022, 12, 1))
    first = core.club(club).seq
    core.carry(club, "review", date(2023, 12, 1), {"year": 2023})
    second = core.club(club).seq
    assert codes(refused(core, club, second, {"year": 2022}))[0] == "CLB-REVIEW-TWICE"
    assert codes(refused(core, club, first, {"year": 2023}))[0] == "CLB-REVIEW-TWICE"
    core.carry(club, "correct", None, {"seq": first, "changes": {"notes": "tốt"}}, officer=TOWN)
    assert codes(refused(core, club, second, {"year": 2022}))[0] == "CLB-REVIEW-TWICE"
    assert faults(core) == []


def test_a_grant_cannot_be_corrected_into_a_second_one(core: Core) -> None:
    club = core.walk([PROPOSE, APPROVE])
    old = {**GRANT, "resolution": None, "source": "donor", "donor": "HAI"}
    core.take(club, "fund", date(2021, 9, 2), old)
    core.take(club, "fund", date(2021, 9, 3), GRANT)
    error = refused(core, club, seq_of(core, club, "fund") - 1, {"source": "province_budget"})
    assert "CLB-CORRECT-AMOUNT" in codes(error)


def test_a_grant_older_than_the_document_cannot_be_moved_to_the_one_under_it(
    core: Core,
) -> None:
    club = core.open(date(2020, 1, 6))
    core.carry(club, "propose", date(2020, 2, 3))
    core.carry(club, "approve", date(2020, 3, 2))
    core.carry(club, "fund", date(2020, 4, 1), GRANT)
    first = core.club(club).seq
    core.carry(club, "fund", date(2021, 11, 1), GRANT)
    error = refused(core, club, first, {"date": "2021-09-01"})
    assert "CLB-GRANT-SECOND" in codes(error)


def test_a_reversal_can_have_its_paper_corrected(core: Core) -> None:
    club = core.bring("launched")
    core.take(club, "fund", date(2021, 11, 1), GRANT)
    core.take(club, "fund", date(2021, 11, 2), {**GRANT, "kind": "reversal"})
    correct(core, club, seq_of(core, club, "fund"), {"document": "UNC 14"})
    rows = core.store.rows("SELECT document, delta FROM ledger ORDER BY seq")
    assert rows == [("UNC 12", 100_000_000), ("UNC 14", -100_000_000)]


def test_a_supervision_corrected_after_the_review_still_counts_for_it(core: Core) -> None:
    club = core.bring("operating")
    core.take(club, "review", date(2022, 12, 1))
    review = core.club(club).seq
    supervised = seq_of(core, club, "supervise")
    correct(core, club, supervised, {"borrowers": 45})
    done = correct(core, club, review, {"notes": "đã đọc lại"})
    assert "CLB-REVIEW-UNSUPERVISED" not in codes(done)
