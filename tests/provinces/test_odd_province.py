"""A province that differs from the four in all it can: its cases, its check and the kit."""

import re
from datetime import date
from pathlib import Path

import pytest
from support.odd import FOLDER, ODD, odd

from engine.cli.policy import all_keys, one_key
from engine.plugin_checks.scaffold import trial
from engine.scenario.case import play_case
from engine.scenario.case_file import read_case

IN_FORCE = date(2024, 6, 1)
CASES = sorted((FOLDER / "tests" / "cases").glob("*.toml"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_case_comes_true(path: Path, tmp_path: Path) -> None:
    assert play_case(read_case(path, province=ODD), tmp_path, odd()) == []


@pytest.mark.slow
def test_it_passes_its_check_and_the_kit() -> None:
    candidate, mistakes = trial.check(FOLDER)
    assert mistakes == []
    tests = trial.run_tests(candidate)
    assert tests.status == "passed", tests.output


def test_its_policy_calls_what_is_of_its_own_by_name() -> None:
    rules = odd().rules(ODD)
    for key in all_keys(rules.policy):
        _answer, text = one_key(rules, key, IN_FORCE)
        assert not re.search(r"\bown_", "\n".join(text).replace(f"[{key}]", "")), key
