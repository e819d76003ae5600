"""What falls due: which tasks an event opens and closes, with their day: with literals."""

from datetime import date
from typing import Any

import pytest
from support.literals import Dated, club, codes, day, report, request, rules, task, text

from engine.model import Role, TaskClosing, TaskKind, TaskOpening, TaskOutcome
from engine.rules import obligations
from engine.rules.obligations import close, close_all, days_late, late, next_time, openings

pytestmark = pytest.mark.usefixtures("english")

SUPERVISION, REVIEW = TaskKind.SUPERVISION, TaskKind.REVIEW
SIX = {"supervision.interval_months": Dated(6, source="QD1, II.4")}
NEW_ONLY = {"new_clubs_only": True}
DONE, REPLACED = TaskOutcome.DONE, TaskOutcome.REPLACED


def due(kind: TaskKind, values: Any, on: str = "2022-03-31", after: str | None = None) -> Any:
    return next_time(request(on, policy=values), kind, day(after or on))


def test_the_next_time_is_so_many_calendar_months_after() -> None:
    assert due(SUPERVISION, SIX) == TaskOpening(
        SUPERVISION, day("2022-09-30"), Role.PROVINCE, "QD 1, II.4"
    )


def test_the_months_count_from_the_day_given_and_not_from_the_step() -> None:
    assert due(SUPERVISION, SIX, after="2022-01-15").due_on == day("2022-07-15")


def test_a_policy_chooses_who_does_it() -> None:
    chosen = {**SIX, "roles.supervise": ["committee", "province"]}
    assert due(SUPERVISION, chosen).role is Role.COMMITTEE


def test_who_does_it_is_who_the_policy_names_on_the_day_it_is_due() -> None:
    """KH249 gives supervisions to the commune's committee until its last day, 31/12/2025."""
    ending = {**SIX, "roles.supervise": Dated(["committee"], end=day("2022-06-30"))}
    assert due(SUPERVISION, ending, after="2021-12-01").role is Role.COMMITTEE
    assert due(SUPERVISION, ending, after="2022-01-15").role is Role.PROVINCE


@pytest.mark.parametrize(
    ("kind", "key", "step", "role"),
    [
        (SUPERVISION, "supervision.interval_months", "supervise", Role.PROVINCE),
        (REVIEW, "review.interval_months", "review", Role.PROVINCE),
        (TaskKind.MEETING, "meeting.interval_months", "meeting", Role.ASSOCIATION),
        (TaskKind.SUPPORT, "support.interval_months", "train", Role.PROVINCE),
    ],
)
def test_what_comes_back_has_its_key_its_step_and_its_role(
    kind: TaskKind, key: str, step: str, role: Role
) -> None:
    assert due(kind, {key: 1}) == TaskOpening(kind, day("2022-04-30"), role, "QD 1, I.1")
    assert due(kind, {key: 1, f"roles.{step}": ["committee"]}).role is Role.COMMITTEE


def test_a_refresher_has_its_months_in_a_table() -> None:
    found = due(TaskKind.TRAINING_REFRESHER, {"training.refresher": {"months": 12}})
    assert found.due_on == day("2023-03-31")


def test_where_nothing_asks_for_it_there_is_no_next_time() -> None:
    assert due(SUPERVISION, {}) is None


def test_the_general_procedure_asks_without_an_article() -> None:
    general = rules({}, general={"supervision.interval_months": 6})
    assert due(SUPERVISION, general) == TaskOpening(
        SUPERVISION, day("2022-09-30"), Role.PROVINCE, None
    )


def test_a_day_after_the_document_s_period_is_nobody_s() -> None:
    assert due(SUPERVISION, SIX, on="2025-08-01") is None


def test_a_day_after_the_document_s_period_is_the_general_procedure_s() -> None:
    both = rules(SIX, general={"supervision.interval_months": Dated(6, end=date(2030, 1, 1))})
    assert due(SUPERVISION, both, on="2025-08-01") == TaskOpening(
        SUPERVISION, day("2026-02-01"), Role.PROVINCE, None
    )


def test_the_last_day_of_the_document_is_still_its_own() -> None:
    assert due(SUPERVISION, SIX, on="2025-06-30").source == "QD 1, II.4"


def test_what_a_document_asks_of_new_clubs_is_not_cited_for_an_older_one() -> None:
    only = {"supervision.interval_months": Dated(3, source="QD1, II.4", extra=NEW_ONLY)}
    both = rules(only, general={"supervision.interval_months": 6})

    def asked(decided: str | None) -> TaskOpening | None:
        of = club(decided_on=day(decided) if decided else None)
        return next_time(
            request("2022-03-31", policy=both, club=of), SUPERVISION, day("2022-03-31")
        )

    new = TaskOpening(SUPERVISION, day("2022-06-30"), Role.PROVINCE, "QD 1, II.4")
    assert asked("2021-01-01") == asked(None) == new
    old = TaskOpening(SUPERVISION, day("2022-09-30"), Role.PROVINCE, None)
    assert asked("2020-12-31") == old


def test_a_task_without_a_day_is_owed_where_the_policy_states_its_key() -> None:
    values = {"training.initial": Dated({"days": 2}, source="QD1, II.2")}
    asked = request(policy=values)
    kind, key = TaskKind.TRAINING_INITIAL, "training.initial"
    assert obligations.owed(asked, kind, key, Role.PROVINCE) == TaskOpening(
        kind, None, Role.PROVINCE, "QD 1, II.2"
    )
    assert obligations.owed(request(), kind, key, Role.PROVINCE) is None


def test_a_policy_chooses_who_trains() -> None:
    values = {"training.initial": {"days": 2}, "roles.train": ["association"]}
    found = obligations.owed(
        request(policy=values), TaskKind.TRAINING_INITIAL, "training.initial", Role.PROVINCE
    )
    assert found is not None
    assert found.role is Role.ASSOCIATION


AFTER_TRAINING = {"training.supplementary": {"months": 6, "start": "training"}}


def supplementary(start: str, values: Any) -> TaskOpening | None:
    return obligations.supplementary(request(policy=values), start, day("2021-08-31"))


def test_supplementary_training_counts_from_where_the_policy_says() -> None:
    assert supplementary("training", AFTER_TRAINING) == TaskOpening(
        TaskKind.TRAINING_SUPPLEMENTARY, day("2022-02-28"), Role.PROVINCE, "QD 1, I.1"
    )
    assert supplementary("launch", AFTER_TRAINING) is None
    assert supplementary("training", {}) is None


def test_supplementary_training_is_given_by_whom_the_policy_chooses() -> None:
    chosen = supplementary("training", {**AFTER_TRAINING, "roles.train": ["committee"]})
    assert chosen is not None
    assert chosen.role is Role.COMMITTEE


def test_a_task_is_late_from_the_day_after_it_was_due() -> None:
    assert days_late(task(SUPERVISION, day("2022-03-01")), day("2022-03-01")) == 0
    assert days_late(task(SUPERVISION, day("2022-03-01")), day("2022-03-02")) == 1
    assert days_late(task(SUPERVISION, day("2022-03-01")), day("2022-02-01")) == 0
    assert days_late(task(SUPERVISION), day("2030-01-01")) == 0


TASKS = (task(SUPERVISION, day("2022-02-01")), task(REVIEW, day("2022-12-31")))


def test_only_tasks_of_the_kinds_named_are_done() -> None:
    asked = request("2022-03-01", tasks=TASKS)
    assert close(asked, SUPERVISION) == (TaskClosing(SUPERVISION, DONE, 28),)
    assert close(asked, TaskKind.MEETING) == ()


def test_every_open_task_ends_with_the_club() -> None:
    ended = TaskOutcome.ENDED
    assert close_all(request(tasks=TASKS), ended) == (
        TaskClosing(SUPERVISION, ended),
        TaskClosing(REVIEW, ended),
    )


def opening(kind: TaskKind) -> TaskOpening:
    return TaskOpening(kind, day("2022-09-01"), Role.PROVINCE, None)


def test_a_task_opened_again_replaces_the_one_that_was_open() -> None:
    asked = request(tasks=TASKS)
    assert openings(asked, (opening(SUPERVISION), None)) == (
        (opening(SUPERVISION),),
        (TaskClosing(SUPERVISION, REPLACED),),
    )


def test_a_task_that_is_done_is_not_replaced_as_well() -> None:
    asked = request(tasks=TASKS)
    done = (TaskClosing(SUPERVISION, DONE, 28),)
    assert openings(asked, (opening(SUPERVISION),), done) == ((opening(SUPERVISION),), done)


def test_a_task_that_was_not_open_replaces_nothing() -> None:
    kind = TaskKind.MEETING
    assert openings(request(tasks=TASKS), (opening(kind),)) == ((opening(kind),), ())


def test_being_late_is_noted_with_the_days() -> None:
    assert report(late(request("2022-03-01", tasks=TASKS), SUPERVISION)) == text("""
        note CLB-TASK-LATE
          28 days after the due day, 01/02/2022.
          expected: 01/02/2022
          actual: 01/03/2022
          source: QD 1, V
        """)


def test_on_the_due_day_nothing_is_late() -> None:
    assert list(late(request("2022-02-01", tasks=TASKS), SUPERVISION)) == []
    assert codes(late(request("2022-02-02", tasks=TASKS), SUPERVISION)) == ["CLB-TASK-LATE"]


def test_whoever_only_asks_is_not_late() -> None:
    assert list(late(request("2022-03-01", tasks=TASKS, asking=True), SUPERVISION)) == []


def test_without_an_open_task_of_that_kind_nothing_is_late() -> None:
    assert list(late(request("2024-03-01", tasks=TASKS), TaskKind.MEETING)) == []
