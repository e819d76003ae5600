"""Correcting an earlier record: overlaid, never edited, under the findings of the step itself."""

from datetime import date
from typing import Any

import pytest
from support.core import (
    APPROVE,
    ASSOCIATION,
    BY_ROLE,
    COMMITTEE,
    PROPOSE,
    SUPERVISE,
    TOWN,
    TRAIN,
    Core,
    codes,
)
from support.corrections import TODAY_SEEN, correct, faults, refused, seq_of
from support.step_forms import GRANT

from engine.vietnamese.text import key


def open_tasks(core: Core, club: str) -> dict[str, str | None]:
    rows = core.store.rows(
        "SELECT kind, due_on FROM task WHERE club = ? AND closed_seq IS NULL", (club,)
    )
    assert len(dict(rows)) == len(rows)
    return dict(rows)


def supervisions(core: Core, club: str) -> list[Any]:
    return core.store.rows(
        "SELECT on_date, borrowers FROM supervision WHERE club = ? AND voided_by IS NULL "
        "ORDER BY on_date",
        (club,),
    )


def test_a_number_is_corrected(core: Core) -> None:
    club = core.bring("approved")
    correct(core, club, seq_of(core, club, "approve"), {"decision.number": "07/QĐ-UBND"})
    assert core.club(club).decision_number == "07/QĐ-UBND"
    assert core.club(club).state == "approved"
    assert faults(core) == []


def test_the_log_keeps_both_what_was_written_and_what_it_is_corrected_to(core: Core) -> None:
    club = core.bring("approved")
    seq = seq_of(core, club, "approve")
    correct(core, club, seq, {"decision": {"number": "07/QĐ-UBND"}})
    assert core.event(club, seq).form["decision"]["number"] == "05/QĐ-UBND"
    last = core.event(club, -1)
    assert (last.step, last.form["seq"]) == ("correct", seq)
    assert last.form["changes"]["decision"]["number"] == "07/QĐ-UBND"
    assert (last.from_state, last.to_state) == ("approved", "approved")


def test_a_corrected_day_moves_the_tasks_that_hang_on_it(core: Core) -> None:
    club = core.bring("launched")
    correct(core, club, seq_of(core, club, "launch"), {"date": "2021-10-31"})
    assert core.club(club).launched_on == date(2021, 10, 31)
    assert core.club(club).state_on == date(2021, 10, 31)
    assert open_tasks(core, club) == {
        "training_supplementary": "2022-03-15",
        "supervision": "2022-04-30",
        "review": "2022-10-31",
    }
    assert faults(core) == []


def test_a_day_corrected_twice_moves_the_tasks_twice(core: Core) -> None:
    club = core.bring("launched")
    seq = seq_of(core, club, "launch")
    correct(core, club, seq, {"date": "2021-10-31"})
    correct(core, club, seq, {"date": "2021-10-10"})
    assert core.club(club).launched_on == date(2021, 10, 10)
    assert open_tasks(core, club)["supervision"] == "2022-04-10"
    assert open_tasks(core, club)["review"] == "2022-10-10"
    assert faults(core) == []


def test_a_second_correction_keeps_what_the_first_one_fixed(core: Core) -> None:
    club = core.bring("operating")
    seq = seq_of(core, club, "supervise")
    correct(core, club, seq, {"borrowers": 50})
    correct(core, club, seq, {"date": "2022-04-05"})
    assert supervisions(core, club) == [("2022-04-05", 50)]
    assert core.club(club).supervised_on == date(2022, 4, 5)
    assert faults(core) == []


def test_corrected_figures_count_in_place_of_the_first_ones(core: Core) -> None:
    club = core.bring("operating")
    correct(core, club, seq_of(core, club, "supervise"), {"borrowers": 30})
    assert supervisions(core, club) == [("2022-04-01", 30)]
    available = core.life.check(club, "review", on=date(2022, 12, 1))[0]
    assert "CLB-INDICATOR-BORROWERS" in codes(available)


def test_what_happened_later_is_left_alone(core: Core) -> None:
    club = core.bring("operating")
    first = seq_of(core, club, "supervise")
    core.take(club, "supervise", date(2022, 10, 1))
    correct(core, club, first, {"date": "2022-04-15"})
    assert supervisions(core, club) == [("2022-04-15", 40), ("2022-10-01", 40)]
    assert core.club(club).supervised_on == date(2022, 10, 1)
    assert open_tasks(core, club)["supervision"] == "2023-04-01"
    assert faults(core) == []


def test_words_of_a_ledger_entry_are_corrected_and_its_money_is_not(core: Core) -> None:
    club = core.bring("launched")
    core.take(club, "fund", date(2021, 11, 1), GRANT)
    seq = seq_of(core, club, "fund")
    correct(core, club, seq, {"document": "UNC 13", "date": "2021-11-02"})
    rows = core.store.rows("SELECT document, on_date, amount FROM ledger")
    assert rows == [("UNC 13", "2021-11-02", 100_000_000)]
    for path, value in (
        ("amount", 90_000_000),
        ("fund", "income"),
        ("source", "donor"),
        ("kind", "contribution"),
    ):
        error = refused(core, club, seq, {path: value})
        assert (error.exit_code, codes(error)) == (1, ["CLB-CORRECT-AMOUNT"])
    assert faults(core) == []


@pytest.mark.parametrize(
    ("step", "changes"),
    [
        ("supervise", {"conclusion": "consolidate"}),
        ("train", {"course.kind": "supplementary"}),
    ],
)
def test_where_a_step_led_cannot_be_corrected(
    core: Core, step: str, changes: dict[str, Any]
) -> None:
    club = core.bring("operating")
    error = refused(core, club, seq_of(core, club, step), changes)
    assert (error.exit_code, codes(error)) == (1, ["CLB-CORRECT-STATE"])


@pytest.mark.parametrize("role", ["association", "committee", "province"])
def test_a_record_is_corrected_by_the_role_that_made_it(core: Core, role: str) -> None:
    club = core.bring("approved")
    seq = seq_of(core, club, "approve")
    changes = {"decision.number": "07/QĐ-UBND"}
    if role == "committee":
        correct(core, club, seq, changes, officer=BY_ROLE[role])
        return
    error = refused(core, club, seq, changes, officer=BY_ROLE[role])
    assert (error.exit_code, codes(error)) == (3, ["CLB-ROLE"])


def test_a_record_is_not_corrected_from_another_commune(core: Core) -> None:
    club = core.bring("approved")
    changes = {"decision.number": "07/QĐ-UBND"}
    error = refused(core, club, seq_of(core, club, "approve"), changes, officer="ubnd_ben")
    assert (error.exit_code, codes(error)) == (3, ["CLB-SCOPE"])


def test_a_correction_does_not_move_a_club_to_another_commune(core: Core) -> None:
    club = core.bring("preparing")
    seq = seq_of(core, club, "open")
    error = refused(core, club, seq, {"commune": "phường Đồng Kỵ"})
    assert codes(error) == ["CLB-CORRECT-COMMUNE"]
    correct(core, club, seq, {"village": "Khu phố Thượng"})
    assert core.club(club).village == "Khu phố Thượng"


def test_a_correction_meets_the_findings_of_its_step(core: Core) -> None:
    club = core.bring("approved")
    seq = seq_of(core, club, "approve")
    error = refused(core, club, seq, {"appraisal.finance": "not_met"})
    assert codes(error) == ["CLB-APPRAISAL-NOT-MET"]
    error = refused(core, club, seq, {"decision.issuer": "xã Khác"})
    assert codes(error) == ["CLB-APPROVE-ISSUER"]


def test_a_warning_met_by_a_correction_is_acknowledged_like_any(core: Core) -> None:
    club = core.bring("launched")
    seq = seq_of(core, club, "launch")
    error = refused(core, club, seq, {"charter_adopted": False})
    assert (error.exit_code, codes(error)) == (1, ["CLB-LAUNCH-CHARTER"])
    ack = {"CLB-LAUNCH-CHARTER": "thông qua sau"}
    correct(core, club, seq, {"charter_adopted": False}, ack=ack)
    assert core.club(club).charter is False
    assert core.event(club, -1).acknowledged[0].reason == "thông qua sau"


@pytest.mark.parametrize(
    ("step", "day"),
    [
        pytest.param("approve", "2021-08-09", id="before the step before it"),
        pytest.param("approve", "2021-09-16", id="after the step after it"),
        pytest.param("open", "2021-08-11", id="the opening after the proposal"),
        pytest.param("train", "2021-10-02", id="the training after the launch"),
    ],
)
def test_a_corrected_day_stays_between_its_neighbours(core: Core, step: str, day: str) -> None:
    club = core.bring("launched")
    path = "decision.date" if step == "approve" else "date"
    error = refused(core, club, seq_of(core, club, step), {path: day})
    assert (error.exit_code, set(codes(error))) == (1, {"CLB-DATE-ORDER"})


def test_a_corrected_day_is_held_against_days_as_corrected(core: Core) -> None:
    club = core.bring("launched")
    correct(core, club, seq_of(core, club, "train"), {"date": "2021-09-20"})
    error = refused(core, club, seq_of(core, club, "launch"), {"date": "2021-09-18"})
    assert codes(error) == ["CLB-DATE-ORDER"]
    correct(core, club, seq_of(core, club, "launch"), {"date": "2021-09-25"})
    assert core.club(club).launched_on == date(2021, 9, 25)


def test_a_corrected_day_is_not_after_today(core: Core) -> None:
    club = core.bring("launched")
    error = refused(core, club, seq_of(core, club, "launch"), {"date": "2023-07-01"})
    assert codes(error) == ["CLB-DATE-FUTURE"]


def test_a_corrected_record_is_not_older_than_the_file(core: Core) -> None:
    club = core.bring("launched")
    core.take(club, "meeting", date(2021, 11, 3))
    error = refused(core, club, seq_of(core, club, "meeting"), {"date": "2021-08-01"})
    assert codes(error) == ["CLB-DATE-ORDER"]


@pytest.mark.parametrize("changes", [{"borrowers": "bốn mươi"}, {"conclusion": "tốt"}])
def test_a_corrected_form_is_held_against_its_schema(core: Core, changes: dict[str, Any]) -> None:
    club = core.bring("operating")
    error = refused(core, club, seq_of(core, club, "supervise"), changes)
    assert (error.exit_code, error.code) == (2, "CLB-FORM-VALUE")


@pytest.mark.parametrize("changes", [{"borowers": 3}, {"decision.number": "1"}])
def test_a_field_the_step_does_not_have_is_bad_input(core: Core, changes: dict[str, Any]) -> None:
    club = core.bring("operating")
    assert refused(core, club, seq_of(core, club, "supervise"), changes).exit_code == 2


@pytest.mark.parametrize("step", ["roster", "set_board", "correct", "annul"])
def test_lists_boards_and_undoing_are_recorded_anew_instead(core: Core, step: str) -> None:
    club = core.bring("operating")
    if step == "correct":
        correct(core, club, seq_of(core, club, "supervise"), {"borrowers": 1})
    if step == "annul":
        seq = core.club(club).state_seq
        core.take(club, "annul", TODAY_SEEN, {"seq": seq}, officer=TOWN)
    error = refused(core, club, seq_of(core, club, step), {"reason": "khác"})
    assert (error.exit_code, error.code) == (2, "CLB-CORRECT-STEP")


def test_a_dissolved_club_is_still_corrected(core: Core) -> None:
    club = core.bring("dissolved")
    correct(core, club, seq_of(core, club, "dissolve"), {"decision.date": "2022-05-05"})
    assert core.club(club).ended_on == date(2022, 5, 5)
    assert core.club(club).state == "dissolved"
    assert faults(core) == []


def test_correcting_the_first_step_of_a_file_keeps_its_key_columns(core: Core) -> None:
    club = core.bring("proposed")
    correct(core, club, 1, {"name": "CLB Tên Đúng", "village": "Khu phố Đoài"})
    now = core.store.rows("SELECT name, name_key, village, village_key FROM club")
    assert now == [("CLB Tên Đúng", "clb tên đúng", "Khu phố Đoài", key("Khu phố Đoài"))]
    assert faults(core) == []


def test_a_correction_needs_something_to_correct(core: Core) -> None:
    club = core.bring("approved")
    error = core.refusal(club, "correct", TODAY_SEEN, {"changes": {}}, officer=ASSOCIATION)
    assert error.exit_code == 2
    error = core.refusal(club, "correct", TODAY_SEEN, {"seq": 99}, officer=COMMITTEE)
    assert (error.exit_code, error.code) == (2, "CLB-RECORD-UNKNOWN")


def test_the_days_of_these_tests_are_in_order() -> None:
    assert PROPOSE[1] < APPROVE[1] < TRAIN[1] < SUPERVISE[1] < TODAY_SEEN
