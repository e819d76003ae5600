"""Every code the engine can answer with is explained, and no other."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from support.keeper import Keeper

import engine
from engine import codes
from engine.rules.composition import SHARES

ENGINE = Path(engine.__file__).parent
CODE = re.compile(r"CLB-[A-Z0-9]+(-[A-Z0-9]+)*")


@pytest.fixture
def keeper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Keeper:
    return Keeper(tmp_path, monkeypatch, capsys)


@cache
def nodes() -> tuple[ast.AST, ...]:
    """Return every node of the engine's code, but of the catalogue."""
    catalogue = {f"{part.__name__.rpartition('.')[2]}.py" for part in codes.PARTS}
    files = [
        file
        for file in ENGINE.rglob("*.py")
        if not (file.parent.name == "codes" and file.name in catalogue)
    ]
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in files]
    return tuple(node for tree in trees for node in ast.walk(tree))


def literals() -> set[str]:
    """Return the codes that stand whole in the engine."""
    texts = {
        node.value
        for node in nodes()
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return {text for text in texts if CODE.fullmatch(text)}


def put_together() -> dict[str, set[str]]:
    """Return the beginnings that codes are made from, each with the codes made."""
    refusals = {
        call.args[0].value
        for call in nodes()
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", "") == "_refuse"
        and isinstance(call.args[0], ast.Constant)
    }
    return {
        "CLB-COMP-": {f"CLB-COMP-{share.upper()}" for share in SHARES},
        "CLB-ROSTER-": {f"CLB-ROSTER-{name}" for name in refusals},
    }


def beginnings() -> set[str]:
    return {
        part.value
        for node in nodes()
        if isinstance(node, ast.JoinedStr)
        for part in node.values
        if isinstance(part, ast.Constant) and re.fullmatch(r"CLB-[A-Z-]*-", str(part.value))
    }


def test_the_codes_put_together_are_those_this_test_knows_of() -> None:
    assert beginnings() == set(put_together())


def test_every_code_of_the_engine_is_explained() -> None:
    wanted = literals().union(*put_together().values())
    assert wanted - set(codes.catalogue()) == set()


def test_no_code_is_explained_that_the_engine_never_answers_with() -> None:
    wanted = literals().union(*put_together().values())
    assert set(codes.catalogue()) - wanted == set()


def test_each_code_is_explained_once() -> None:
    counted = sum(len(part.meanings()) for part in codes.PARTS)
    assert counted == len(codes.catalogue())


def test_each_explanation_says_what_and_how_in_full_sentences() -> None:
    for code, found in codes.catalogue().items():
        for text in (found.means, found.mend):
            assert text.strip() == text, code
            assert text.endswith((".", "`.")) or "clb " in text or "pip " in text, (code, text)


def test_a_code_is_found_however_it_is_typed(keeper: Keeper) -> None:
    answers = [
        keeper.json("explain", "explain", typed)
        for typed in ("CLB-COMP-SIZE", "clb-comp-size", "comp-size", " COMP-SIZE ")
    ]
    assert {answer["code"] for answer in answers} == {"CLB-COMP-SIZE"}
    said = keeper.run("explain", "CLB-COMP-SIZE").out
    assert answers[0]["meaning"] in said
    assert answers[0]["fix"] in said


def test_without_a_code_all_are_listed(keeper: Keeper) -> None:
    every = keeper.json("explain", "explain")
    assert [one["code"] for one in every] == list(codes.catalogue())


def test_a_mistyped_code_is_answered_with_the_nearest(keeper: Keeper) -> None:
    error = keeper.error("explain", "CLB-COMP-SISE", code=2)
    assert error["code"] == "CLB-CODE-UNKNOWN"
    assert "CLB-COMP-SIZE" in error["help"]


def test_a_provinces_own_code_is_said_to_be_explained_elsewhere(keeper: Keeper) -> None:
    assert "province" in keeper.error("explain", "BN-QUOTA-YEAR", code=2)["help"]
