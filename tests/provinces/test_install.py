"""A plugin is installed whole or not at all, into an environment that sees this one's packages."""

from pathlib import Path
from typing import Any

import pytest
from support.apart import OFFLINE, Apart
from support.commands import holds
from support.plugin_source import CHECKS, source, wheel

pytestmark = pytest.mark.slow

BROKEN = "import no_such_package\n"


def made(folder: Path, version: str, *, init: str = "", **how: Any) -> Path:
    """Return a wheel of that version."""
    place = folder / version
    return wheel(source(place, version=version, init=init), place, version, **how)


@pytest.fixture(scope="module")
def apart(tmp_path_factory: pytest.TempPathFactory) -> Apart:
    """An environment in which version 0.3.0 of a plugin is installed, without network."""
    folder = tmp_path_factory.mktemp("apart")
    there = Apart(folder)
    answer = there.json("province", "install", made(folder, "0.3.0"), **OFFLINE)
    holds("province-install", answer)
    assert (answer["plugin"], answer["province"]) == ("clb-thu-kt", "thu_kt")
    assert (answer["version"], answer["replaced"]) == ("0.3.0", None)
    return there


def test_a_broken_plugin_is_not_installed_and_the_old_one_stays(
    apart: Apart, tmp_path: Path
) -> None:
    bad = made(tmp_path, "0.3.1", init=BROKEN)
    error = apart.json("province", "install", bad, code=5, **OFFLINE)["error"]
    assert error["code"] == "CLB-PLUGIN-REFUSED"
    assert "clb-thu-kt 0.3.1" in error["message"]
    assert "no_such_package" in error["message"]
    assert apart.versions()["thu_kt"] == "0.3.0"


def test_a_second_plugin_for_a_province_is_not_installed(apart: Apart, tmp_path: Path) -> None:
    other = made(tmp_path, "1.0.0", name="clb-thu-kt-khac")
    error = apart.json("province", "install", other, code=5, **OFFLINE)["error"]
    assert error["code"] == "CLB-PLUGIN-TWICE"
    assert apart.versions()["thu_kt"] == "0.3.0"


def test_a_changed_plugin_of_the_same_version_is_installed_and_what_it_replaces_is_reported(
    apart: Apart, tmp_path: Path
) -> None:
    remarked = f"{CHECKS}# ha\u0300\n"
    done = apart.clb("province", "install", made(tmp_path, "0.3.0", init=remarked), **OFFLINE)
    assert done.returncode == 0, done.stderr
    assert "clb-thu-kt 0.3.0 replaces clb-thu-kt 0.3.0" in done.stderr
    assert "clb province impact" in done.stderr
    assert "[CLB-PLUGIN-NFC]" in done.stderr
    rows = apart.json("province", "list")
    assert [row["hooks"] for row in rows if row["province"] == "thu_kt"] == [["clb_checks"]]


def test_a_plugin_for_another_engine_is_refused_with_what_to_upgrade(
    apart: Apart, tmp_path: Path
) -> None:
    before = apart.versions()
    asking = made(tmp_path, "0.9.0", needs=("clb-lien-the-he>=99",))
    error = apart.json("province", "install", asking, code=5, **OFFLINE)["error"]
    assert error["code"] == "CLB-PLUGIN-NEEDS"
    assert "clb-lien-the-he>=99" in error["message"]
    assert "pip install --upgrade clb-lien-the-he" in error["help"]
    assert apart.versions() == before


def test_a_plugin_whose_needs_cannot_be_had_is_refused(apart: Apart, tmp_path: Path) -> None:
    before = apart.versions()
    asking = made(tmp_path, "0.9.1", needs=("clb-lien-the-he", "clb-no-such-thing-anywhere"))
    error = apart.json("province", "install", asking, code=5, **OFFLINE)["error"]
    assert error["code"] == "CLB-PLUGIN-PIP"
    assert "clb-no-such-thing-anywhere" in error["message"]
    assert apart.versions() == before


def test_a_source_folder_is_built_looked_at_and_installed_as_an_upgrade(
    apart: Apart, tmp_path: Path
) -> None:
    folder = source(tmp_path / "p", version="1.1.0")
    answer = apart.json("province", "install", folder)
    assert answer["version"] == "1.1.0"
    assert apart.versions()["thu_kt"] == "1.1.0"
