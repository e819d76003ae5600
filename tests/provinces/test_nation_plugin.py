"""A plugin that holds for the whole nation is checked, built and installed like a province's."""

from pathlib import Path

import pytest
from support.apart import OFFLINE, Apart
from support.keeper import Keeper
from support.odd import NATION
from support.plugin_source import GOOD, source, wheel

from engine.provinces.discover import NATIONS

POLICY = (NATION / "clb_odd_nation" / "policy.toml").read_text("utf-8")
POLICY = POLICY.replace("odd_nation", "thu_kt")
HOOK = "from engine import hookimpl\n@hookimpl\ndef clb_checks(request):\n    return []\n"


def found(keeper: Keeper, path: Path, code: int = 1) -> list[tuple[str, str]]:
    answer = keeper.json("province-check", "province", "check", path, code=code)
    return [(one["code"], one["file"]) for one in answer["findings"]]


def test_a_sound_one_passes_as_a_folder_and_as_a_wheel(tmp_path: Path, keeper: Keeper) -> None:
    folder = source(tmp_path / "n", policy=POLICY, group=NATIONS)
    assert found(keeper, folder, code=0) == []
    assert found(keeper, wheel(folder, tmp_path, group=NATIONS), code=0) == []


@pytest.mark.parametrize(
    ("policy", "group", "init", "file"),
    [
        (GOOD, NATIONS, "", "policy.toml"),
        (POLICY, "clb.provinces", "", "policy.toml"),
        (POLICY, NATIONS, HOOK, "__init__.py"),
    ],
    ids=["a province's policy", "a nation's policy", "a function"],
)
def test_it_is_the_nation_s_in_all_its_parts_or_in_none(
    tmp_path: Path, keeper: Keeper, policy: str, group: str, init: str, file: str
) -> None:
    folder = source(tmp_path / "n", policy=policy, group=group, init=init)
    assert ("CLB-PLUGIN-NATION", file) in found(keeper, folder)


@pytest.mark.slow
def test_it_is_installed_replaced_and_listed(tmp_path: Path) -> None:
    there = Apart(tmp_path)
    for version, before in (("0.3.0", None), ("0.3.1", "0.3.0")):
        place = tmp_path / version
        folder = source(place, policy=POLICY, group=NATIONS, version=version)
        file = wheel(folder, place, version, group=NATIONS)
        answer = there.json("province", "install", file, **OFFLINE)
        assert (answer["province"], answer["hooks"]) == ("thu_kt", [])
        assert answer["replaced"] == before
    listed = there.clb("province", "list").stdout
    assert "For the whole nation: Cả nước (mẫu) (clb-thu-kt 0.3.1)" in listed
