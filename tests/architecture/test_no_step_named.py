"""A new step is a row of the step table: the way that every step goes names none of them."""

import ast
from pathlib import Path

import pytest
from support.sources import ENGINE, dotted, parsed, running

from engine.states import STEPS

THE_WAY = [
    ENGINE / "lifecycle" / f"{name}.py" for name in ("gather", "judge", "lifecycle", "prepare")
] + [ENGINE / "states" / f"{name}.py" for name in ("guards", "machine", "stage")]
NAMES = {step.name for step in STEPS}


@pytest.mark.parametrize("path", THE_WAY, ids=dotted)
def test_what_every_step_goes_through_names_no_step(path: Path) -> None:
    texts = {
        node.value
        for node in running(parsed(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert texts & NAMES == set()
