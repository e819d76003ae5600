"""``clb lifecycle show --format bpmn``: each move of the step table is a task between states."""

import pytest
from lxml import etree

from engine.cli import run
from engine.model import ENDS, State
from engine.states import STEPS

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"


def test_every_move_is_a_task_that_two_flows_lead_to_and_from(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["lifecycle", "show", "--format", "bpmn"]) == 0
    process = etree.fromstring(capsys.readouterr().out.encode())[0]
    tasks = {one.get("id") for one in process.iter(f"{BPMN}userTask")}
    flows = {
        (one.get("sourceRef"), one.get("targetRef")) for one in process.iter(f"{BPMN}sequenceFlow")
    }
    wanted = {
        f"{step.name}.{source.value}.{(move.to or source).value}"
        for step in STEPS
        for move in step.moves
        for source in move.sources
        if source not in ENDS
    }
    assert tasks == wanted
    for task in wanted:
        _step, source, target = task.split(".")
        assert {(source, task), (task, target)} <= flows
    assert {one.get("id") for one in process.iter(f"{BPMN}endEvent")} == {
        "waiting",
        *(state.value for state in State if state in ENDS),
    }
