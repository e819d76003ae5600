"""A province's database with a club in it, and the interview about one of its steps."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from engine.interview.step import StepInterview
from engine.lifecycle.situation import situation
from engine.provinces.load import Provinces
from engine.scenario.play import LAUNCHED, Turn, first_day
from engine.scenario.world import World, open_world

PROVINCES = Provinces()
Asking = Callable[..., StepInterview]


@pytest.fixture
def province() -> str:
    """The province of the tests that name no other: the one that states most."""
    return "bac_ninh"


@pytest.fixture
def world(tmp_path: Path, province: str) -> Iterator[World]:
    """A database on the first day of the province's last programme."""
    programmes = [one for one in PROVINCES.policy(province).documents if one.programme]
    start = first_day(max(programmes, key=lambda one: one.start))
    with open_world(tmp_path, province, start, provinces=PROVINCES) as opened:
        yield opened


@pytest.fixture
def club(world: World) -> str:
    """A club with members and a board, its file just opened."""
    return world.found(world.registry.lifecycle.today())


def lead(world: World, club: str, turns: tuple[Turn, ...] = LAUNCHED) -> date:
    """Lead a club through the turns of its life, the clock with it; return the last day."""
    start = world.registry.lifecycle.today()
    for turn in turns:
        world.clock.day = start + timedelta(days=turn.after)  # type: ignore[attr-defined]
        changes = turn.changes if isinstance(turn.changes, dict) else None
        world.take(club, turn.step, world.registry.lifecycle.today(), changes)
    return world.registry.lifecycle.today()


@pytest.fixture
def asking(world: World, club: str) -> Asking:
    """Begin the interview about a step of the club, by whom the policy names or by another."""

    def begin(step: str, officer: str | None = None, **answers: Any) -> StepInterview:
        lifecycle = world.registry.lifecycle
        if officer is None:
            commune = lifecycle.club(club).commune
            officer = world.officers.for_step(step, commune, lifecycle.today()).id
        known = situation(lifecycle, club, step, officer)
        given = {path.replace("__", "."): value for path, value in answers.items()}
        return StepInterview(step=step, situation=known, answers=given)

    return begin
