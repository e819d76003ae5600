"""What editors complete and check a policy file by: one schema, named by the file's first line."""

import json
import tomllib
from pathlib import Path

from jsonschema import Draft202012Validator
from support.odd import FOLDER
from support.sources import ROOT

import schemas
from engine import API_VERSION
from engine.cli import run
from engine.frozen import to_json
from engine.plugin_checks.scaffold.naming import name_it
from engine.plugin_checks.scaffold.writing import SCHEMA, write

FILES = [*ROOT.glob("plugins/*/*/policy.toml"), FOLDER / "clb_odd" / "policy.toml"]


def test_every_policy_file_passes_it_and_a_misspelt_key_does_not() -> None:
    validator = Draft202012Validator(schemas.bundled())
    for file in FILES:
        raw = to_json(tomllib.loads(file.read_text(encoding="utf-8")))
        assert list(validator.iter_errors(raw)) == [], file
        assert list(validator.iter_errors({**raw, "membershp": {}}))
    assert len(FILES) == 5


def test_a_new_plugin_names_the_schema_that_is_written_with_it(tmp_path: Path) -> None:
    write(name_it("tinh_thu", "Tỉnh Thử", None, {}), tmp_path / "new", code=False)
    policy = tmp_path / "new" / "clb_tinh_thu" / "policy.toml"
    first = policy.read_text(encoding="utf-8").splitlines()[0]
    named = policy.parent / first.removeprefix("#:schema ")
    assert named.resolve() == (tmp_path / "new" / SCHEMA).resolve()
    assert json.loads(named.read_text(encoding="utf-8")) == schemas.bundled()


def test_the_command_renews_it(tmp_path: Path) -> None:
    file = tmp_path / SCHEMA
    assert run(["policy", "keys", "--schema", str(file)]) == 0
    assert json.loads(file.read_text(encoding="utf-8")) == schemas.bundled()


def test_a_new_plugin_is_written_against_the_interface_of_this_engine(tmp_path: Path) -> None:
    write(name_it("tinh_thu", "Tỉnh Thử", None, {}), tmp_path / "new", code=False)
    policy = (tmp_path / "new" / "clb_tinh_thu" / "policy.toml").read_text(encoding="utf-8")
    assert tomllib.loads(policy)["province"]["api_version"] == ".".join(map(str, API_VERSION))
