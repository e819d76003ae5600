"""Every code the engine can answer with is explained, and no other."""

import ast
import re
from functools import cache
from pathlib import Path

from support.keeper import Keeper

import engine
from engine import codes
from engine.codes.code import Code
from engine.policy import vocabulary

ENGINE = Path(engine.__file__).parent
CODE = re.compile(r"CLB-[A-Z0-9]+(-[A-Z0-9]+)*")


@cache
def nodes() -> tuple[ast.AST, ...]:
    """Return every node of the engine's code, but of the codes themselves."""
    files = [file for file in ENGINE.rglob("*.py") if "codes" not in file.parts]
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in files]
    return tuple(node for tree in trees for node in ast.walk(tree))


def used() -> set[str]:
    """Return the names of the codes that the engine uses: ``codes.NAME``."""
    return {
        node.attr
        for node in nodes()
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "codes"
        if node.attr.isupper() and node.attr != "AREAS"
    }


def defined() -> dict[str, Code]:
    """Return every code by the name it is raised by."""
    return {name: one for name, one in vars(codes).items() if isinstance(one, Code)}


def test_every_code_that_is_used_is_defined() -> None:
    assert used() - set(defined()) == set()


def test_every_code_that_is_defined_is_used() -> None:
    assert set(defined()) - used() == set()


def test_no_code_is_written_as_text() -> None:
    texts = {
        node.value
        for node in nodes()
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert {text for text in texts if CODE.fullmatch(text)} == set()


def test_each_code_is_defined_once_under_the_name_of_its_id() -> None:
    assert sum(len(codes.of_area(area)) for area in codes.AREAS) == len(codes.catalogue())
    assert set(defined().values()) == set(codes.catalogue())
    for name, code in defined().items():
        assert code == f"CLB-{name}".replace("_", "-")


def test_a_code_rests_on_policy_keys_that_there_are() -> None:
    for code in codes.catalogue().values():
        for key in code.keys_of("approve"):
            assert vocabulary.is_known(key), (code, key)


def test_each_explanation_says_what_and_how_in_full_sentences() -> None:
    for code, found in codes.catalogue().items():
        for text in (found.means, found.fix):
            assert text.strip() == text, code
            assert text.endswith((".", "`.")) or "clb " in text or "pip " in text, (code, text)


def test_a_code_is_found_however_it_is_typed(keeper: Keeper) -> None:
    answers = [
        keeper.json("explain", "explain", typed)
        for typed in ("CLB-COMP-SIZE", "clb-comp-size", "comp-size", " COMP-SIZE ")
    ]
    assert {answer["code"] for answer in answers} == {"CLB-COMP-SIZE"}
    shown = keeper.run("explain", "CLB-COMP-SIZE").out
    assert answers[0]["meaning"] in shown
    assert answers[0]["fix"] in shown


def test_without_a_code_all_are_listed(keeper: Keeper) -> None:
    every = keeper.json("explain", "explain")
    assert [one["code"] for one in every] == list(codes.catalogue())


def test_a_mistyped_code_is_answered_with_the_nearest(keeper: Keeper) -> None:
    error = keeper.error("explain", "CLB-COMP-SISE", code=2)
    assert error["code"] == "CLB-CODE-UNKNOWN"
    assert "CLB-COMP-SIZE" in error["help"]


def test_a_provinces_own_code_is_explained_elsewhere(keeper: Keeper) -> None:
    assert "province" in keeper.error("explain", "BN-QUOTA-YEAR", code=2)["help"]
