"""``clb province new`` writes a plugin that passes at once, and says what to fill in."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.keeper import Keeper

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("extra", [(), ("--data-only",)], ids=["with code", "data only"])
def test_what_is_written_passes_its_check_and_its_tests(
    keeper: Keeper, tmp_path: Path, extra: tuple[str, ...]
) -> None:
    folder = tmp_path / "thai binh"
    name = ("--name", "Tỉnh Thái Bình")
    made = keeper.json(
        "province-new", "province", "new", "thai_binh", "--out", folder, *name, *extra
    )
    assert made["findings"] == []
    assert made["tests"]["status"] == "passed", made["tests"]
    assert (made["plugin"], made["prefix"]) == ("clb-thai-binh", "TB")
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    assert there == set(made["files"]), "the tests left nothing behind"


def test_the_text_numbers_what_to_fill_in(keeper: Keeper, tmp_path: Path) -> None:
    out = tmp_path / "new"
    shown = keeper.run("province", "new", "hue", "--out", out, "--skip-tests")
    assert shown.code == 0, shown.err
    assert "✓ Check: no mistake found" in shown.out
    assert f"cd {out} && python -m pytest" in shown.out
    steps = [line for line in shown.out.splitlines() if line[:4].strip(" .").isdigit()]
    assert [int(line.split(".")[0]) for line in steps] == list(range(1, len(steps) + 1))
    together = " ".join(steps)
    for word in ("marks", "HE", "VB1", "tests/cases", "clb province check", "pip install"):
        assert word in together


def test_what_was_chosen_is_not_asked_for_again(keeper: Keeper, tmp_path: Path) -> None:
    chosen = ("--name", "Thành phố Huế", "--prefix", "TP", "--data-only", "--skip-tests")
    made = keeper.json("province-new", "province", "new", "hue", "--out", tmp_path / "a", *chosen)
    bare = keeper.json(
        "province-new", "province", "new", "hue", "--out", tmp_path / "b", "--skip-tests"
    )
    assert made["tests"]["status"] == "not_run"
    assert len(bare["next"]) == len(made["next"]) + 3


def test_tests_that_do_not_pass_are_reported_and_make_the_command_fail(
    keeper: Keeper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTEST_ADDOPTS", "-k no_test_of_that_name")
    out = tmp_path / "new folder"
    made = keeper.json("province-new", "province", "new", "hue", "--out", out, code=1)
    assert made["tests"]["status"] == "failed"
    assert "deselected" in made["tests"]["summary"]
    assert made["tests"]["command"] == f'cd "{out}" && python -m pytest'


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("Huế",), "CLB-SCAFFOLD-ID"),
        (("bac_ninh",), "CLB-SCAFFOLD-THERE"),
        (("hue", "--prefix", "BN"), "CLB-SCAFFOLD-PREFIX"),
        (("hue", "--name", '"'), "CLB-SCAFFOLD-NAME"),
    ],
)
def test_a_refusal_says_what_to_do_and_writes_nothing(
    keeper: Keeper, tmp_path: Path, arguments: tuple[str, ...], code: str
) -> None:
    out = tmp_path / "new"
    error = keeper.error("province", "new", *arguments, "--out", out, code=2)
    assert error["code"] == code
    assert not out.exists()


def test_a_folder_in_use_is_refused(keeper: Keeper, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    error = keeper.error("province", "new", "hue", "--out", tmp_path, code=2)
    assert error["code"] == "CLB-SCAFFOLD-FOLDER"
    assert (tmp_path / "mine").read_text(encoding="utf-8") == "mine"


WITHOUT_PYTEST = """
import sys
sys.modules["pytest"] = None
from engine.cli import run
sys.exit(run(sys.argv[1:]))
"""


def test_without_pytest_the_command_to_run_the_tests_is_reported(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_PYTEST, "province", "new", "hue", "--out", "new"],
        cwd=tmp_path,
        env={**os.environ, "CLB_HOME": str(tmp_path / "home"), "CLB_LANG": "en"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "pytest is not installed" in done.stdout
    assert "python -m pytest" in done.stdout


def test_it_speaks_vietnamese_too(keeper: Keeper, tmp_path: Path) -> None:
    out = tmp_path / "new"
    shown = keeper.run("--lang", "vi", "province", "new", "hue", "--out", out, "--skip-tests")
    assert "Việc cần điền tiếp theo:" in shown.out


def test_a_thing_is_added_to_a_plugin_and_checked(keeper: Keeper, tmp_path: Path) -> None:
    out = tmp_path / "new"
    keeper.run("province", "new", "hue", "--out", out, "--data-only", "--skip-tests")
    made = keeper.json("province-add", "province", "add", "report", "giua_ky", "--to", out)
    assert made["findings"] == []
    assert made["files"] == ["clb_hue/policy.toml"]
    again = keeper.run("province", "add", "report", "giua_ky", "--to", out)
    assert (again.code, "CLB-SCAFFOLD-THERE" in again.err) == (2, True)
