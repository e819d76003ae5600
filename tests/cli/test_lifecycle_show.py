"""The machine is shown in four ways, all made from the step table."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from support.keeper import Keeper, process

from engine.model import State
from engine.states import STEPS
from engine.states.machine import edges

LEGEND = 2
"""Dots that only explain the others."""


def shown(keeper: Keeper, form: str) -> str:
    result = keeper.run("lifecycle", "show", "--format", form)
    assert (result.code, result.err) == (0, "")
    return result.out


@pytest.mark.parametrize("form", ["table", "mermaid", "svg", "json"])
def test_every_state_and_every_step_is_in_every_format(keeper: Keeper, form: str) -> None:
    text = shown(keeper, form)
    states = {state.value for state in State}
    if form == "mermaid":
        states = states - {"none"} | {"[*]"}
    for word in (*states, *(step.name for step in STEPS)):
        assert word in text


@pytest.mark.parametrize("form", ["table", "mermaid", "svg", "json"])
def test_neither_database_nor_plugin_is_needed(tmp_path: Path, form: str) -> None:
    done = process("lifecycle", "show", "--format", form, folder=tmp_path, CLB_NO_PLUGINS="all")
    assert (done.returncode, done.stderr) == (0, "")
    assert "operating" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_json_is_the_step_table(keeper: Keeper) -> None:
    listed = keeper.json("lifecycle-show", "lifecycle", "show")
    assert listed == keeper.json("lifecycle-show", "lifecycle", "show", "--format", "svg")
    moves = {
        (source, step["step"], move["to"] or source, move["when"])
        for step in listed["steps"]
        for move in step["moves"]
        for source in move["from"]
    }
    assert moves == {(a.value, b, c.value, d) for a, b, c, d in edges(STEPS)}
    by_name = {step["step"]: step for step in listed["steps"]}
    for step in STEPS:
        assert by_name[step.name]["roles"] == [role.value for role in step.roles]
        assert by_name[step.name]["eligible"] == [role.value for role in step.eligible]
        assert by_name[step.name]["happened_on"] == step.happened_on
        assert by_name[step.name]["record"] == step.is_record
    assert {one["id"] for one in listed["states"] if one["end"]} == {
        "withdrawn",
        "rejected",
        "dissolved",
    }


def test_the_mermaid_diagram_draws_each_move_that_is_no_record(keeper: Keeper) -> None:
    drawn = set()
    for line in shown(keeper, "mermaid").splitlines():
        if match := re.fullmatch(r"    (\S+) --> (\S+) : (.+)", line):
            source, target, labels = match.groups()
            for step in re.findall(r"\[(\w+)\]", labels):
                drawn.add((source, step, target))
    wanted = {
        ("[*]" if source is State.NONE else source.value, step.name, (move.to or source).value)
        for step in STEPS
        for move in step.moves
        if not move.record
        for source in move.sources
    }
    assert drawn == wanted


def test_the_picture_is_one_svg_with_a_line_a_move(keeper: Keeper) -> None:
    root = ET.fromstring(shown(keeper, "svg"))
    space = "{http://www.w3.org/2000/svg}"
    assert root.tag == f"{space}svg"
    dots = len(root.findall(f"{space}circle")) - LEGEND
    assert dots == sum(len(move.sources) for step in STEPS for move in step.moves)
    heads = len(root.findall(f"{space}path"))
    assert heads >= sum(1 for step in STEPS for move in step.moves if move.to is not None)


def test_nothing_in_the_picture_leaves_the_sheet_or_is_too_small_to_read(keeper: Keeper) -> None:
    root = ET.fromstring(shown(keeper, "svg"))
    _x, _y, width, height = map(int, root.attrib["viewBox"].split())
    for text in root.iter("{http://www.w3.org/2000/svg}text"):
        size = int(text.attrib["font-size"])
        assert size >= 13
        if "x" in text.attrib:
            assert int(text.attrib["x"]) + len(text.text or "") * size * 0.6 <= width
            assert int(text.attrib["y"]) <= height
    dots = root.findall("{http://www.w3.org/2000/svg}circle")
    first_lane = sorted(int(dot.attrib["cx"]) for dot in dots)[LEGEND]
    for step in STEPS:
        for text in root.iter("{http://www.w3.org/2000/svg}text"):
            if f"[{step.name}]" in (text.text or "") and text.get("x") == "16":
                assert 16 + len(text.text or "") * 7.5 < first_lane
    for dot in dots:
        assert 0 < int(dot.attrib["cx"]) < width
        assert 0 < int(dot.attrib["cy"]) < height


def test_the_names_are_in_the_language_asked_for(keeper: Keeper) -> None:
    english = keeper.run("lifecycle", "show", "--format", "svg", "--lang", "en").out
    assert "suspended [suspended]" in english


def test_an_unknown_format_is_a_usage_error(keeper: Keeper) -> None:
    error = keeper.error("lifecycle", "show", "--format", "pdf", code=2)
    assert error["code"] == "CLB-USAGE"
