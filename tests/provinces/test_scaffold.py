"""A new province's plugin is right as it is written, and so is every example in it."""

import importlib
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.sources import ROOT

import schemas
from engine import ReportRequest, ReportSpec, plugin_checks
from engine.errors import InputError
from engine.frozen import freeze
from engine.plugin_checks.scaffold import trial
from engine.plugin_checks.scaffold.naming import name_it
from engine.plugin_checks.scaffold.writing import TEMPLATES, write
from engine.policy import vocabulary
from engine.policy.check import check_policy
from engine.policy.effective import Rules
from engine.policy.files import general, read_policy
from engine.policy.make import flat

TAKEN = {"TB": "thanh_ba"}
EXAMPLE = re.compile(r"(?m)^#\[\[.*\n(?:#.*\n)*")


def plugin(folder: Path, *, code: bool = True, province: str = "tinh_thu") -> Path:
    write(name_it(province, "Tỉnh Thử", None, {}), folder, code=code)
    return folder


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return plugin(tmp_path_factory.mktemp("scaffold") / "tinh-thu")


def policy_text() -> str:
    """Return the policy file as ``tinh_thu`` gets it."""
    text = (TEMPLATES / "policy.toml.tmpl").read_text(encoding="utf-8")
    words = {"$province": "tinh_thu", "$name_text": '"Tỉnh Thử"', "$prefix": "TT", "$name": "Thử"}
    for mark, word in words.items():
        text = text.replace(mark, word)
    return text


WITH_A_FILE = {"paper"}
"""Groups whose value wants a file besides, which no example in a text can bring."""
EXAMPLES = EXAMPLE.findall(policy_text())


def uncommented(text: str, *examples: str) -> bytes:
    for one in examples:
        text = text.replace(one, "".join(line[1:] + "\n" for line in one.splitlines()))
    return text.encode()


def used() -> dict[str, Any]:
    """Return the policy file with all its examples in use."""
    return tomllib.loads(uncommented(policy_text(), *EXAMPLES).decode())


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.partition("\n")[0].strip("#[]"))
def test_an_example_passes_the_check_as_soon_as_it_is_uncommented(example: str) -> None:
    data = uncommented(policy_text(), example)
    assert tomllib.loads(data.decode()) != tomllib.loads(policy_text())
    assert check_policy(data, origin="policy.toml") == ()


def test_all_examples_together_pass_the_check() -> None:
    assert check_policy(uncommented(policy_text(), *EXAMPLES), origin="policy.toml") == ()


@pytest.mark.slow
def test_a_plugin_that_uses_every_example_passes_the_kit(tmp_path: Path) -> None:
    folder = plugin(tmp_path / "new")
    policy = folder / "clb_tinh_thu" / "policy.toml"
    policy.write_bytes(uncommented(policy_text(), *EXAMPLES))
    (folder / "tests" / "test_cases.py").unlink()
    candidate, mistakes = trial.check(folder)
    assert mistakes == []
    tests = trial.run_tests(candidate)
    assert tests.status == "passed", tests.output


def test_there_is_an_example_of_every_group_of_keys() -> None:
    assert set(vocabulary.groups()) - set(used()) == WITH_A_FILE


def test_there_is_an_example_of_every_kind_of_value() -> None:
    kinds, shown = set(), set()
    for group, schema in schemas.load("policy")["properties"].items():
        if group in vocabulary.NOT_KEYS or group in WITH_A_FILE:
            continue
        fixed = schema.get("properties", {})
        patterns = dict(vocabulary.patterns(group))
        kinds |= {one["$ref"] for one in (*fixed.values(), *patterns.values())}
        for name, _dated in flat(used().get(group, {})):
            own = [one for pattern, one in patterns.items() if re.search(pattern, name)]
            shown.add((fixed[name] if name in fixed else own[0])["$ref"])
    assert kinds - shown == set()


def test_there_is_an_example_of_every_kind_of_target() -> None:
    known = schemas.load("policy_values")["$defs"]["target"]["properties"]["kind"]["enum"]
    shown = {one["value"]["kind"] for several in used()["target"].values() for one in several}
    assert shown == set(known)


def test_a_new_plugin_states_nothing_its_documents_do_not_say() -> None:
    raw = tomllib.loads(policy_text())
    assert set(raw) - vocabulary.NOT_KEYS == {"note"}
    assert list(raw["note"]) == ["template"]


@pytest.mark.parametrize("code", [True, False])
def test_nothing_is_wrong_with_a_new_plugin(tmp_path: Path, code: bool) -> None:
    candidate, mistakes = trial.check(plugin(tmp_path / "new", code=code))
    assert mistakes == []
    assert (candidate.province, candidate.package) == ("tinh_thu", "clb_tinh_thu")
    mistakes = list(plugin_checks.try_hooks(candidate).mistakes)
    assert mistakes == []


def test_a_province_of_data_alone_has_no_code(tmp_path: Path) -> None:
    folder = plugin(tmp_path / "new", code=False)
    text = (folder / "clb_tinh_thu" / "__init__.py").read_text(encoding="utf-8")
    assert text == '"""Tỉnh Thử: all its rules are in policy.toml next to this file."""\n'
    assert not (folder / "tests" / "cases" / "ngay-nghi.toml").exists()


@pytest.mark.slow
def test_what_is_written_passes_linters_and_types(written: Path, tmp_path: Path) -> None:
    for command in (
        ("ruff", "check", "--no-cache", "."),
        ("ruff", "format", "--no-cache", "--check", "."),
        ("mypy", "--strict", "--cache-dir", str(tmp_path), "clb_tinh_thu", "tests"),
    ):
        done = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=written,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_every_report_gets_the_averages_of_a_club(
    written: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(written))
    monkeypatch.delitem(sys.modules, "clb_tinh_thu", raising=False)
    module = importlib.import_module("clb_tinh_thu")
    sys.modules.pop("clb_tinh_thu")
    rules = Rules(read_policy(policy_text().encode(), origin="policy.toml"), general())
    day = date(2026, 12, 31)

    def sections(**figures: int) -> Any:
        request = ReportRequest(
            "tinh_thu",
            ReportSpec("overview", "Tổng quan", "other", ""),
            "2026",
            date(2026, 1, 1),
            day,
            rules,
            freeze({"figures": figures, "progress": []}),
        )
        return module.clb_build_report(request)

    assert sections(clubs=0, members=0, elderly=0, women=0, grants=0) == []
    (section,) = sections(clubs=4, members=250, elderly=178, women=0, grants=100)
    assert section.rows[:3] == (
        ("Thành viên", 250, 63),
        ("Người cao tuổi", 178, 45),
        ("Phụ nữ", 0, 0),
    )


def test_what_lies_in_the_folder_is_left_alone(tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.mkdir()
    (there / "notes.txt").write_text("mine", encoding="utf-8")
    for place in (there, there / "notes.txt"):
        with pytest.raises(InputError) as caught:
            plugin(place)
        assert caught.value.code == "CLB-SCAFFOLD-FOLDER"
    assert [one.name for one in there.iterdir()] == ["notes.txt"]


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    assert (plugin(tmp_path) / "pyproject.toml").exists()


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("Thái Bình", "thai_binh"),
        ("thai-binh", "thai_binh"),
        ("_thai__binh", "thai_binh"),
        ("1a", "a"),
        ("", "ten_tinh"),
        ("đ" * 41, "ten_tinh"),
        ("thai_binh\n", "thai_binh"),
    ],
)
def test_an_id_that_cannot_be_one_is_answered_with_one_that_can(typed: str, near: str) -> None:
    with pytest.raises(InputError) as caught:
        name_it(typed, None, None, {})
    assert caught.value.code == "CLB-SCAFFOLD-ID"
    assert near in caught.value.help


@pytest.mark.parametrize(
    ("province", "taken", "prefix"),
    [
        ("thai_binh", {}, "TB"),
        ("thai_binh", TAKEN, "TH"),
        ("hue", {}, "HU"),
        ("thanh_pho_hue", {}, "TH"),
    ],
)
def test_the_prefix_is_made_of_letters_that_are_free(
    province: str, taken: dict[str, str], prefix: str
) -> None:
    assert name_it(province, None, None, taken).prefix == prefix


@pytest.mark.parametrize("prefix", ["TB", "tt", "T", "TTT", "Đ1", ""])
def test_a_prefix_in_use_or_of_other_than_two_letters_is_refused(prefix: str) -> None:
    with pytest.raises(InputError) as caught:
        name_it("hue", None, prefix, TAKEN)
    assert caught.value.code == "CLB-SCAFFOLD-PREFIX"


def test_when_no_letters_are_free_a_person_chooses() -> None:
    with pytest.raises(InputError, match="ab") as caught:
        name_it("ab", None, None, {"AB": "an_bien"})
    assert "--prefix" in caught.value.help


@pytest.mark.parametrize("name", ["", " ", 'Tỉnh "Thử"', "Tỉnh \\ Thử", "Tỉnh $x", "x" * 61])
def test_a_name_that_would_break_the_files_is_refused(name: str) -> None:
    with pytest.raises(InputError) as caught:
        name_it("hue", name, None, {})
    assert caught.value.code == "CLB-SCAFFOLD-NAME"


def test_a_name_is_kept_as_it_is_written_in_one_unicode_form() -> None:
    assert name_it("hue", "Huê\u0301", None, {}).name == "Huế"


def test_a_case_that_is_not_so_is_reported_with_what_came_instead(tmp_path: Path) -> None:
    folder = plugin(tmp_path / "new", code=False)
    case = folder / "tests" / "cases" / "dau-tien.toml"
    text = case.read_text(encoding="utf-8")
    case.write_text(text.replace("2026-10-01", "2026-09-01", 1), encoding="utf-8")
    (folder / "tests" / "test_conformance.py").unlink()
    candidate, _mistakes = trial.check(folder)
    tests = trial.run_tests(candidate)
    assert tests.status == "failed"
    assert "1 failed" in tests.summary
    assert "there are: due 2026-10-01" in tests.output


def test_the_plugin_installs_with_all_that_it_needs(written: Path, tmp_path: Path) -> None:
    target = tmp_path / "site"
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    made = ["wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(tmp_path)]
    subprocess.run([*pip, *made, str(written)], check=True, timeout=120)
    (wheel,) = tmp_path.glob("*.whl")
    assert wheel.name == "clb_tinh_thu-0.1.0-py3-none-any.whl"
    assert f"dist/{wheel.name}" in (written / "README.md").read_text(encoding="utf-8")
    subprocess.run(
        [*pip, "install", "--no-deps", "--target", str(target), str(wheel)], check=True, timeout=120
    )
    listed = subprocess.run(
        [sys.executable, "-m", "engine", "province", "show", "tinh_thu"],
        env={**os.environ, "PYTHONPATH": str(target), "CLB_HOME": str(tmp_path)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert listed.returncode == 0, listed.stdout + listed.stderr
    assert "Tỉnh Thử (tinh_thu, TT)" in listed.stdout


def test_the_engine_s_own_wheel_holds_the_templates(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=120,
    )
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert {
        f"engine/plugin_checks/scaffold/templates/{path.name}" for path in TEMPLATES.iterdir()
    } <= names
    assert "engine/py.typed" in names, "without it a plugin's types are not checked"
