"""Short commands load little: what a command does not use stays unloaded."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.keeper import Keeper
from support.sources import ROOT

from engine.store import orm

HEAVY = {
    "docx",
    "docxtpl",
    "importlib.metadata",
    "jinja2",
    "jsonschema",
    "lxml",
    "msgspec",
    "openpyxl",
    "pluggy",
    "psycopg",
    "psycopg2",
    "python_calamine",
    "referencing",
    "tomllib",
    "textual",
    "transitions",
    "xlsxwriter",
}
"""Libraries that cost a command ten milliseconds or more, and what only an empty cache needs."""

FOR_A_STEP = {"jsonschema", "pluggy", "referencing", "tomllib", "transitions"}
DATABASE = {"peewee"}
LIFE = {"engine.lifecycle.history", "engine.rules.forms", "engine.states"}
"""The steps of a club with their forms: its page needs them where the club was moved."""
PROGRAM = """
import json, sys
from engine.cli import run
before = set(sys.modules)
code = run(sys.argv[1:])
print(json.dumps([code, sorted(sys.modules)]), file=sys.stderr)
"""
MEETING = (
    "meeting --on 2023-04-03 --set attendance=60 --set activities=health_care "
    "--as hoi_nct --dry-run"
)
COMMANDS = {
    "--help": ("", HEAVY | DATABASE),
    "due": ("--province bac_ninh --on 2022-06-30", HEAVY | DATABASE),
    "club show": ("CLUB", (HEAVY - {"tomllib"}) | DATABASE | LIFE),
    "advance": (f"CLUB {MEETING}", HEAVY - FOR_A_STEP),
}
"""Each command with what it may not load on SQLite.

The general procedure is read where the province is silent or its document has ended; a step needs
its form's schema, the machine and the hooks.
"""


@pytest.fixture
def keeper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Keeper:
    """Commands on a database with several lives in it."""
    return Keeper(tmp_path, monkeypatch, capsys)


def loaded(*args: str) -> tuple[int, set[str]]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *args],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ},
        cwd=Path(__file__).parent,
        check=False,
        timeout=60,
    )
    code, modules = json.loads(done.stderr.splitlines()[-1])
    return code, set(modules)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_loads_only_what_it_uses(keeper: Keeper, command: str) -> None:
    club = keeper.lived()
    given, unwanted = COMMANDS[command]
    args = f"{command} {given}".replace("CLUB", club).split()
    loaded(*args)  # makes what the next command remembers
    code, modules = loaded(*args)
    assert code == 0
    assert modules & unwanted == set()
    assert command == "advance" or not [name for name in modules if name.startswith("clb_")]


HIDDEN = """
import sys
import engine.store.database, engine.store.schema
engine.store.schema.empty().close()
from engine.store import orm
assert not {name.partition(".")[0] for name in sys.modules} & set(orm.DRIVERS)
for name in orm.DRIVERS:
    __import__(name)
"""


def test_no_driver_that_is_installed_is_loaded_with_peewee_and_each_can_be_loaded_later(
    tmp_path: Path,
) -> None:
    for name in orm.DRIVERS:
        (tmp_path / f"{name}.py").write_text("", encoding="utf-8")
    path = os.pathsep.join((str(tmp_path), str(ROOT)))
    subprocess.run(
        [sys.executable, "-c", HIDDEN], env={**os.environ, "PYTHONPATH": path}, check=True
    )
