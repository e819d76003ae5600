"""What is installed is listed, working or broken, and a broken plugin costs only itself."""

import importlib
from pathlib import Path
from typing import Any

import pytest
from support.commands import holds
from support.keeper import Keeper, process
from support.plugins import write_plugin

from engine.cli.province import lines, nothing_installed
from engine.provinces.load import Provinces


def listed(keeper: Keeper) -> dict[str, dict[str, Any]]:
    rows = keeper.json("province-list", "province", "list")
    return {row["province"]: row for row in rows}


@pytest.fixture
def plugins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on the path, for plugins as pip would have put them there."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(folder)
    importlib.invalidate_caches()
    return folder


def test_an_installed_province_is_reported_with_its_hooks_and_its_days(keeper: Keeper) -> None:
    row = listed(keeper)["bac_ninh"]
    assert (row["plugin"], row["status"], row["error"]) == ("clb-bac-ninh", "ok", None)
    assert row["hooks"] == ["clb_checks"]
    assert row["valid_from"] < row["valid_to"]


def test_a_programme_without_an_end_has_no_last_day(keeper: Keeper, plugins: Path) -> None:
    write_plugin(plugins, "mo_ra", policy=OPEN_ENDED, prefix="MR")
    row = listed(keeper)["mo_ra"]
    assert (row["valid_from"], row["valid_to"]) == ("2021-01-05", None)


OPEN_ENDED = """
[province]
id = "mo_ra"
name = "Tỉnh mở"
prefix = "MR"

[[document]]
id = "KH1"
number = "1/KH-UBND"
short = "KH 1/KH-UBND"
title = "Kế hoạch thử"
issuer = "UBND tỉnh thử"
from = 2021-01-05

[[membership.size]]
value = { min = 2 }
source = "KH1, I.1"
"""

BROKEN = {
    "loi_nap": {"init": "import a_module_that_is_not_there\n"},
    "loi_thoat": {"init": "import sys\nsys.exit(3)\n"},
    "loi_tep": {"policy": "[province\n"},
    "loi_khoa": {"policy": OPEN_ENDED.replace("mo_ra", "loi_khoa").replace("size", "sizes")},
    "loi_ten": {"policy": OPEN_ENDED},
    "loi_thieu": {"policy": ""},
}


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_a_broken_plugin_is_named_and_the_others_are_reported_as_ever(
    keeper: Keeper, plugins: Path, name: str
) -> None:
    alone = listed(keeper)
    write_plugin(plugins, name, **BROKEN[name])
    rows = listed(keeper)
    broken = rows.pop(name)
    assert rows == alone
    assert (broken["status"], broken["version"]) == ("error", "1.2.3")
    assert f"clb-{name.replace('_', '-')} 1.2.3" in broken["error"]
    printed = keeper.run("province", "list")
    assert printed.code == 0
    assert broken["error"] in printed.out


def test_two_plugins_for_one_province_are_both_reported(keeper: Keeper, plugins: Path) -> None:
    for name in ("clb-mot", "clb-hai"):
        write_plugin(plugins, "doi", name=name, package=name.replace("-", "_"))
    rows = [
        row for row in keeper.json("province-list", "province", "list") if row["province"] == "doi"
    ]
    assert {row["plugin"] for row in rows} == {"clb-mot", "clb-hai"}
    assert {row["status"] for row in rows} == {"error"}
    assert all("pip uninstall" in row["error"] for row in rows)


def test_without_a_plugin_the_list_is_empty_and_says_how_to_install_one(tmp_path: Path) -> None:
    done = process("province", "list", "--json", folder=tmp_path, CLB_NO_PLUGINS="all")
    assert (done.returncode, done.stdout) == (0, "[]\n")
    assert "CLB_NO_PLUGINS" in done.stderr


def test_where_no_plugin_is_the_sentence_says_how_to_install_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("CLB_NO_PLUGINS", raising=False)
    assert lines(Provinces([])) == []
    assert "pip install" in nothing_installed()


def test_a_broken_plugin_as_a_process_of_its_own(tmp_path: Path) -> None:
    write_plugin(tmp_path, "loi_thoat", **BROKEN["loi_thoat"])
    done = process("province", "list", folder=tmp_path, PYTHONPATH=str(tmp_path))
    assert done.returncode == 0
    assert "SystemExit" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_one_province_is_shown_with_its_documents(keeper: Keeper) -> None:
    shown = keeper.json("province-show", "province", "show", "bac_ninh", "--on", "2022-06-01")
    assert shown["period"] in shown["documents"]
    assert shown["period"]["from"] <= "2022-06-01" <= shown["period"]["to"]
    every = keeper.json("policy-show", "policy", "show", "bac_ninh", "--on", "2022-06-01")
    assert shown["keys"] == len([one for one in every if one["status"] != "not_stipulated"])
    text = keeper.run("province", "show", "bac_ninh", "--on", "01/06/2022").out
    for document in shown["documents"]:
        assert document["title"] in text


def test_outside_every_programme_there_is_no_period(keeper: Keeper) -> None:
    shown = keeper.json("province-show", "province", "show", "bac_ninh", "--on", "2010-01-01")
    assert shown["period"] is None


def test_a_province_that_is_not_there_and_one_that_is_broken(keeper: Keeper, plugins: Path) -> None:
    unknown = keeper.error("province", "show", "xx", code=2)
    assert unknown["code"] == "CLB-PROVINCE-UNKNOWN"
    write_plugin(plugins, "loi_khoa", **BROKEN["loi_khoa"])
    assert "membership.sizes" in keeper.error("province", "show", "loi_khoa", code=5)["message"]


def test_neither_list_nor_show_needs_a_database(keeper: Keeper) -> None:
    holds("province-list", keeper.run("province", "list", "--json").data)
    keeper.run("province", "show", "bac_ninh")
    assert not keeper.database.exists()
