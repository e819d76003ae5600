"""What we write for other programs is read by them: pm4py opens the log, SpiffWorkflow runs a life.

They are in an environment of their own (``tests/other_tools.txt``).
"""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from support import needs
from support.keeper import Keeper

pytestmark = pytest.mark.slow

OPEN = """
import json, sys, warnings
warnings.simplefilter("ignore")
import pm4py
log = pm4py.read_xes(sys.argv[1])
print("\\n" + json.dumps([len(log), sorted(set(log["case:concept:name"])),
    list(log["concept:name"]), list(map(str, log["org:resource"]))]))
"""
WALK = """
import json, sys
from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
parser = BpmnParser()
parser.add_bpmn_file(sys.argv[1])
flow, left, names = BpmnWorkflow(parser.get_spec("club")), sys.argv[2].split(), []
while ready := flow.get_tasks(state=TaskState.READY):
    name = ready[0].task_spec.name
    names.append(name)
    if "." in name:
        left = left[1:]
    ready[0].data["choice"] = left[0] if left else ""
    ready[0].run()
print(json.dumps([flow.is_completed(), names]))
"""
LIFE = (
    "open.none.preparing propose.preparing.proposed return.proposed.returned "
    "propose.returned.proposed approve.proposed.approved train.approved.trained "
    "launch.trained.launched supervise.launched.operating meeting.operating.operating "
    "suspend.operating.suspended dissolve.suspended.dissolved"
)


def ran(program: str, *args: str | Path) -> Any:
    """Return the last line of another program's answer, as JSON."""
    python = needs.other_tools()
    done = subprocess.run(
        [python, "-c", program, *map(str, args)],
        capture_output=True,
        check=True,
        encoding="utf-8",
        timeout=300,
    )
    return json.loads(done.stdout.strip().splitlines()[-1])


def test_the_log_opens_in_pm4py(keeper: Keeper) -> None:
    keeper.lived()
    file = keeper.folder / "log.xes"
    events = keeper.json("export-events", "export", "events", file)["events"]
    count, clubs, steps, officers = ran(OPEN, file)
    rows = keeper.sql(
        "SELECT stream, step, officer FROM event WHERE stream LIKE 'club:%' ORDER BY stream, seq"
    )
    assert count == events == len(rows)
    assert clubs == sorted({stream[5:] for stream, _step, _officer in rows})
    assert sorted(steps) == sorted(step for _stream, step, _officer in rows)
    assert sorted(officers) == sorted(officer for _stream, _step, officer in rows)


def test_a_life_is_walked_by_spiffworkflow(keeper: Keeper) -> None:
    file = keeper.folder / "club.bpmn"
    shown = keeper.run("lifecycle", "show", "--format", "bpmn", "--province", "bac_ninh")
    file.write_text(shown.out, encoding="utf-8")
    completed, names = ran(WALK, file, LIFE)
    assert completed
    assert [name for name in names if name.count(".") == 2] == LIFE.split()
    assert "dissolved" in names
