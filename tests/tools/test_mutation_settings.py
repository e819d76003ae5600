"""The settings of the mutation run name tests and modules that are there."""

import tomllib
from typing import Any

from support.sources import ROOT

SETTINGS: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
MUTMUT = SETTINGS["tool"]["mutmut"]


def test_every_test_of_the_mutation_run_is_there() -> None:
    chosen = MUTMUT["pytest_add_cli_args_test_selection"]
    assert [one for one in chosen if not (ROOT / one).exists()] == []


def test_what_is_mutated_is_there() -> None:
    assert [one for one in MUTMUT["only_mutate"] if not list(ROOT.glob(one))] == []
