"""A plugin's wheel writes into its own package and its .dist-info: anything else is refused."""

import os
import sysconfig
import zipfile
from pathlib import Path
from typing import Any

import pytest
from support.keeper import Keeper
from support.plugin_source import PACKAGE, source, wheel

from engine.errors import PluginError
from engine.plugin_checks import install as installing
from engine.plugin_checks.wheel import replaced_by
from engine.provinces.load import Provinces


@pytest.fixture
def no_pip(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail a test in which pip is called at all."""

    def called(*arguments: str) -> None:
        pytest.fail(f"pip was called: {arguments}")

    monkeypatch.setattr(installing, "_pip", called)


def made(folder: Path, **how: Any) -> Path:
    """Return a wheel that is sound but for what is asked for."""
    return wheel(source(folder / "source"), folder, **how)


OUTSIDE = {
    "the_engine": {"engine/money.py": "EVIL = 1\n"},
    "another_province": {"clb_bac_ninh/policy.toml": "[province]\n"},
    "a_pth": {"zzz_evil.pth": "import os\n"},
    "a_module": {"sitecustomize.py": "import os\n"},
    "a_program": {"clb_thu_kt-0.3.0.data/scripts/clb": "#!python\n"},
    "data": {"clb_thu_kt-0.3.0.data/data/share/x.txt": "x\n"},
    "headers": {"clb_thu_kt-0.3.0.data/headers/x.h": "x\n"},
    "the_engine_as_data": {"clb_thu_kt-0.3.0.data/purelib/engine/money.py": "EVIL = 1\n"},
    "a_stream_of_a_file": {"clb_thu_kt/a:b.py": "EVIL = 1\n"},
    "a_package_that_begins_alike": {"clb_thu_kt_khac/__init__.py": "EVIL = 1\n"},
}


@pytest.mark.parametrize("kind", OUTSIDE)
def test_a_file_outside_the_package_is_refused_by_name_before_pip_is_called(
    kind: str, tmp_path: Path, keeper: Keeper, no_pip: None
) -> None:
    bad = made(tmp_path, more=OUTSIDE[kind])
    checked = keeper.json("province-check", "province", "check", bad, "--static", code=1)
    files = {one["file"] for one in checked["findings"] if one["code"] == "CLB-PLUGIN-OUTSIDE"}
    (name,) = OUTSIDE[kind]
    assert name in files
    error = keeper.error("province", "install", bad, code=5)
    assert error["code"] == "CLB-PLUGIN-REFUSED"
    assert name in error["message"]


INIT = "clb_thu_kt/__init__.py"
OVER = {
    "capitals": "clb_thu_kt/__INIT__.py",
    "a_dot_at_the_end": "clb_thu_kt/__init__.py.",
    "a_blank_at_the_end": "clb_thu_kt/__init__.py ",
    "its_own_data": "clb_thu_kt-0.3.0.data/purelib/clb_thu_kt/__init__.py",
}


@pytest.mark.parametrize("kind", OVER)
def test_code_that_would_replace_the_code_that_was_read_is_refused(
    kind: str, tmp_path: Path, keeper: Keeper, no_pip: None
) -> None:
    bad = made(tmp_path, more={OVER[kind]: "EVIL = 1\n"})
    checked = keeper.json("province-check", "province", "check", bad, "--static", code=1)
    found = {one["file"]: one["message"] for one in checked["findings"]}
    assert f"over its own “{INIT}”" in found[OVER[kind]]
    assert keeper.error("province", "install", bad, code=5)["code"] == "CLB-PLUGIN-REFUSED"


def test_a_file_that_the_wheel_has_twice_is_refused(
    tmp_path: Path, keeper: Keeper, no_pip: None
) -> None:
    bad = made(tmp_path)
    with zipfile.ZipFile(bad, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(INIT, "EVIL = 1\n")
    checked = keeper.json("province-check", "province", "check", bad, "--static", code=1)
    assert INIT in {one["file"] for one in checked["findings"]}


def test_a_path_that_climbs_is_refused_as_no_wheel(
    tmp_path: Path, keeper: Keeper, no_pip: None
) -> None:
    bad = made(tmp_path, more={"clb_thu_kt\\..\\engine\\money.py": "EVIL = 1\n"})
    assert keeper.error("province", "install", bad, code=5)["code"] == "CLB-PLUGIN-WHEEL"


@pytest.mark.parametrize("group", ["console_scripts", "gui_scripts", "pytest11"])
def test_a_program_that_a_wheel_asks_for_is_refused(
    group: str, tmp_path: Path, keeper: Keeper, no_pip: None
) -> None:
    bad = made(tmp_path, points=f"  [{group}]\nclb = clb_thu_kt:main\n")
    checked = keeper.json("province-check", "province", "check", bad, "--static", code=1)
    (one,) = checked["findings"]
    assert (one["code"], one["key"]) == ("CLB-PLUGIN-OUTSIDE", f"{group}: clb")
    assert "“clb”" in keeper.error("province", "install", bad, code=5)["message"]


def test_a_record_that_names_files_of_others_is_refused(
    tmp_path: Path, keeper: Keeper, no_pip: None
) -> None:
    bad = made(tmp_path, recorded=("engine/money.py,,", "../../../bin/clb,,"))
    checked = keeper.json("province-check", "province", "check", bad, "--static", code=1)
    assert [(one["file"], one["key"]) for one in checked["findings"]] == [
        ("engine/money.py", "RECORD"),
        ("../../../bin/clb", "RECORD"),
    ]
    assert keeper.error("province", "install", bad, code=5)["code"] == "CLB-PLUGIN-REFUSED"


def test_metadata_of_another_distribution_is_refused(
    tmp_path: Path, keeper: Keeper, no_pip: None
) -> None:
    bad = made(tmp_path, info="clb_bac_ninh-0.3.0.dist-info")
    assert "[CLB-PLUGIN-WHEEL]" in keeper.error("province", "install", bad, code=5)["message"]


@pytest.mark.parametrize("name", ["clb-lien-the-he", "clb-bac-ninh", "pip"])
def test_the_name_of_another_distribution_is_refused(
    name: str, tmp_path: Path, keeper: Keeper, no_pip: None
) -> None:
    bad = made(tmp_path, name=name)
    error = keeper.error("province", "install", bad, code=5)
    assert "[CLB-PLUGIN-TAKEN]" in error["message"]
    assert name in error["message"]


@pytest.mark.parametrize("package", ["engine", "json", "click", "clb_bac_ninh"])
def test_a_package_that_is_there_already_is_refused(
    package: str, tmp_path: Path, keeper: Keeper
) -> None:
    folder = source(tmp_path / "p", package=package)
    (folder / PACKAGE).rename(folder / package)
    found = keeper.json("province-check", "province", "check", folder, "--static", code=1)
    assert "CLB-PLUGIN-TAKEN" in [one["code"] for one in found["findings"]]


@pytest.mark.parametrize(
    "name", ["clb_thu_kt/fast.so", "clb_thu_kt/__pycache__/__init__.cpython-311.pyc"]
)
def test_compiled_code_is_refused(name: str, tmp_path: Path, keeper: Keeper, no_pip: None) -> None:
    error = keeper.error("province", "install", made(tmp_path, more={name: "x"}), code=5)
    assert "[CLB-PLUGIN-COMPILED]" in error["message"]


def test_its_own_package_may_lie_in_the_data_folder(tmp_path: Path, keeper: Keeper) -> None:
    good = made(tmp_path, more={"clb_thu_kt-0.3.0.data/purelib/clb_thu_kt/more.py": "A = 1\n"})
    found = keeper.json("province-check", "province", "check", good, "--static")
    assert found["findings"] == []


def test_many_files_outside_are_counted(tmp_path: Path, keeper: Keeper) -> None:
    bad = made(tmp_path, more={f"engine/{number}.py": "" for number in range(30)})
    found = keeper.json("province-check", "province", "check", bad, "--static", code=1)["findings"]
    assert len(found) == 11
    assert "20" in found[-1]["message"]


HATCH = (
    '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'
    f'[tool.hatch.build.targets.wheel]\npackages = ["{PACKAGE}"]\n'
)


@pytest.mark.slow
def test_a_folder_is_built_in_a_copy_and_its_wheel_is_refused(tmp_path: Path) -> None:
    forced = HATCH + '[tool.hatch.build.targets.wheel.force-include]\n"more" = "engine"\n'
    folder = source(tmp_path / "p", build=forced)
    (folder / "more").mkdir()
    (folder / "more" / "money.py").write_text("EVIL = 1\n", encoding="utf-8")
    before = {one: one.stat().st_mtime_ns for one in sorted(folder.rglob("*"))}
    with pytest.raises(PluginError, match=r"engine/money\.py"):
        installing.install(str(folder), Provinces())
    assert {one: one.stat().st_mtime_ns for one in sorted(folder.rglob("*"))} == before


def test_a_folder_with_a_mistake_is_not_built(tmp_path: Path, keeper: Keeper, no_pip: None) -> None:
    folder = source(tmp_path / "p", init="def broken(:\n")
    assert "[CLB-PLUGIN-SYNTAX]" in keeper.error("province", "install", folder, code=5)["message"]


def test_a_pipe_in_the_package_is_refused_and_not_waited_for(
    tmp_path: Path, keeper: Keeper, no_pip: None
) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("no named pipes here")
    folder = source(tmp_path / "p")
    os.mkfifo(folder / PACKAGE / "wait.py")
    assert "[CLB-PLUGIN-PACKAGE]" in keeper.error("province", "install", folder, code=5)["message"]


def test_what_a_plugin_needs_may_replace_nothing_either(tmp_path: Path) -> None:
    def needed(number: int, more: dict[str, str], points: str = "") -> list[str]:
        folder = tmp_path / str(number)
        made_of = source(folder / "source")
        return replaced_by(wheel(made_of, folder, name="can-co", more=more, points=points))

    assert needed(1, {}) == []
    assert needed(2, {"engine/money.py": ""}) == ["engine"]
    assert needed(3, {"z.pth": ""}) == ["z.pth"]
    assert needed(4, {"json.py": "", "click/__init__.py": ""}) == ["click", "json.py"]
    assert needed(5, {"can_co-0.3.0.data/data/etc/x": ""}) == ["can_co-0.3.0.data/data/etc/x"]
    program = Path(sysconfig.get_path("scripts"), "pip")
    assert program.exists()
    assert needed(6, {}, "[console_scripts]\npip = clb_thu_kt:main\n") == ["pip"]
