"""The settings of the mutation run name tests and modules that are there."""

import tomllib
from typing import Any

from support.sources import ROOT, imports

SETTINGS: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
MUTMUT = SETTINGS["tool"]["mutmut"]
SUPPORT = ROOT / "tests" / "support"


def test_every_test_of_the_mutation_run_is_there() -> None:
    chosen = MUTMUT["pytest_add_cli_args_test_selection"]
    assert [one for one in chosen if not (ROOT / one).exists()] == []


def test_what_is_mutated_is_there() -> None:
    assert [one for one in MUTMUT["only_mutate"] if not list(ROOT.glob(one))] == []


def test_what_the_tests_import_is_copied() -> None:
    """The run is in a copy that has the mutated package, the tests, and what is named here."""
    there = {"engine", "tests", *MUTMUT["also_copy"]}
    used = {name.split(".")[0] for path in SUPPORT.glob("*.py") for name in imports(path)}
    ours = {one for one in used if (ROOT / one).is_dir()}
    assert sorted(ours - there) == []
