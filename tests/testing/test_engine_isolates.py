"""A broken plugin costs its own province only, and its sentence names plugin, hook and fix."""

import importlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.broken import SOUND, Broken, broken, write_all

from engine.cli.province import lines
from engine.errors import ClbError, PluginError
from engine.provinces.load import Provinces
from engine.reports.building import build
from engine.reports.province_reports import catalogue
from engine.scenario.play import FOUNDED, play
from engine.scenario.world import World, open_world

TODAY = date(2023, 12, 31)
OPENED = date(2022, 3, 1)


@dataclass(frozen=True)
class Site:
    """Where all the plugins lie, and the one object through which this process knows them."""

    folder: Path
    provinces: Provinces


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    write_all(folder)
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    yield Site(folder, Provinces())
    sys.path.remove(str(folder))


def of(*shown_by: str) -> Any:
    chosen = [one for one in broken() if one.shown_by in shown_by]
    assert chosen
    return pytest.mark.parametrize("one", chosen, ids=lambda one: one.name)


def reported(one: Broken, error: ClbError) -> None:
    """Hold an error to naming the plugin and its version, the place, and what to do."""
    named(one, f"{error.code} {error.message} {error.help}")
    assert error.help


def named(one: Broken, sentence: str) -> None:
    assert one.stamp in sentence
    for words in one.says:
        assert words in sentence


def others_work(folder: Path, site: Site, name: str) -> None:
    """Lead a club of the sound plugin to its decision, in the same process."""
    with open_world(
        folder, SOUND.province, TODAY, name=f"{name}-lanh", provinces=site.provinces
    ) as here:
        club = here.found(OPENED)
        last = [turn.step for turn in play(here, club, FOUNDED, OPENED)][-1]
        assert last == "approve"


def row_of(site: Site, one: Broken) -> dict[str, Any]:
    found = [row for row in lines(site.provinces) if row["province"] == one.province]
    assert found
    return found[0]


@of("load", "hooks")
def test_what_cannot_be_loaded_is_refused_and_the_others_go_on(
    one: Broken, site: Site, tmp_path: Path
) -> None:
    with pytest.raises(PluginError) as refused:
        site.provinces.hooks(one.province)
    reported(one, refused.value)
    others_work(tmp_path, site, one.name)


@of("check")
def test_a_step_is_refused_when_the_check_hook_fails(
    one: Broken, site: Site, tmp_path: Path
) -> None:
    with open_world(tmp_path, one.province, TODAY, name=one.name, provinces=site.provinces) as here:
        with pytest.raises(PluginError) as refused:
            here.found(OPENED)
        reported(one, refused.value)
        assert here.registry.store.row("SELECT count(*) FROM club") == (0,)
    others_work(tmp_path, site, one.name)


@of("asking")
def test_asking_is_refused_when_the_check_hook_fails(
    one: Broken, site: Site, tmp_path: Path
) -> None:
    with open_world(tmp_path, one.province, TODAY, name=one.name, provinces=site.provinces) as here:
        club = here.found(OPENED)
        with pytest.raises(PluginError) as refused:
            here.registry.lifecycle.check(club, "propose", on=OPENED)
        reported(one, refused.value)
        play_one(here, club)
    others_work(tmp_path, site, one.name)


@of("report")
def test_a_report_is_made_without_the_part_that_fails(
    one: Broken, site: Site, tmp_path: Path
) -> None:
    with open_world(tmp_path, one.province, TODAY, name=one.name, provinces=site.provinces) as here:
        reports = catalogue(site.provinces, one.province, TODAY)
        built = build(here.registry.store, site.provinces, one.province, "overview", None, TODAY)
        warnings = " ".join((*reports.warnings, *built.warnings))
        assert built.document["figures"]["clubs_by_state"] is not None
        for words in one.says:
            assert words in warnings
        if one.name != "report_without_cycle":
            assert one.stamp in warnings
        play_one(here, here.found(OPENED))
    others_work(tmp_path, site, one.name)


@of("listener")
def test_a_step_holds_though_the_listener_fails(one: Broken, site: Site, tmp_path: Path) -> None:
    with open_world(tmp_path, one.province, TODAY, name=one.name, provinces=site.provinces) as here:
        play_one(here, here.found(OPENED))
        for outcome in here.outcomes:
            assert outcome.event is not None
            named(one, outcome.warnings[0])
    others_work(tmp_path, site, one.name)


def play_one(here: World, club: str) -> None:
    """Lead a club to its proposal: the province's steps go on."""
    assert [turn.step for turn in play(here, club, FOUNDED[:1], OPENED)] == ["propose"]


def test_the_list_shows_the_broken_next_to_the_working(site: Site) -> None:
    hanging = {one.province for one in broken() if one.shown_by == "hangs"}
    found = site.provinces.found()
    for province in hanging & set(found):
        del found[province]
    rows = {row["province"]: row for row in lines(site.provinces)}
    assert rows[SOUND.province]["status"] == "ok"
    assert rows["bac_ninh"]["status"] == "ok"
    for one in broken():
        if one.shown_by in ("load", "hooks"):
            assert rows[one.province]["status"] == "error"
            assert one.stamp in rows[one.province]["error"]
