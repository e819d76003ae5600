"""What a request answers about its form and its tasks: with literals."""

from support.literals import day, request, task

from engine.model import TaskKind
from engine.rules.request import reach

FORM = {"decision": {"number": "05", "date": "2022-02-28"}, "seq": 3}


def test_a_field_is_reached_by_its_dotted_path() -> None:
    asked = request(form=FORM)
    assert asked.field("decision.number") == "05"
    assert asked.field("seq") == 3
    assert asked.field("decision.signer") is None
    assert asked.field("seq.number") is None
    assert asked.field("other.number.deep") is None
    assert reach(FORM, "decision") == FORM["decision"]


def test_a_day_is_read_where_the_field_is_a_text() -> None:
    asked = request(form=FORM)
    assert asked.day("decision.date") == day("2022-02-28")
    assert asked.day("seq") is None
    assert asked.day("decision.signer") is None


def test_the_first_open_task_of_a_kind_is_the_one() -> None:
    tasks = (task(TaskKind.REVIEW), task(TaskKind.MEETING, day("2022-01-01")))
    asked = request(tasks=tasks)
    assert asked.open_task(TaskKind.MEETING) == tasks[1]
    assert asked.open_task(TaskKind.LAUNCH) is None
