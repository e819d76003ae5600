"""Registries made once and copied for every test: empty, or with one club in a given state."""

from collections.abc import Callable
from pathlib import Path

import pytest
from support.core import PATHS, PROVINCE, PROVINCES, TODAY, Core, log_rows, make_core
from support.databases import Files, Place, place
from support.databases import address as address_of

from engine.lifecycle.registry import open_registry
from engine.scenario.world import StillClock

SEED = "seed"


class Gallery:
    """Registries kept in one place; what a test asks for first is made then."""

    def __init__(self, at: Place | Path, province: str = PROVINCE) -> None:
        self.at: Place = Files(at) if isinstance(at, Path) else at
        self.province = province
        self._kept: set[str] = set()
        self._clubs: dict[str, str] = {}
        self._empty: list[object] | None = None

    def core(self, address: str | Path) -> Core:
        """Return a registry of one's own with officers and no club."""
        return self.filled(SEED, str(address), self._seed)

    def filled(self, name: str, address: str, make: Callable[[str], None]) -> Core:
        """Return a registry of one's own as ``make`` left it at that address the first time."""
        if name not in self._kept:
            make(address)
            self.at.keep(name, address)
            self._kept.add(name)
        self.at.fill(name, address)
        core = begun(address, self.province)
        core.shelf = self
        return core

    def put(self, core: Core, state: str) -> str | None:
        """Put a registry with one club in that state in the place of an empty one.

        Returns the club's id, or ``None`` when something has been recorded since.
        """
        if log_rows(core.store) != self._empty:
            return None
        address = address_of(core.store)
        core.store.close()
        if state not in self._clubs:
            maker = begun(address, self.province)
            self._clubs[state] = maker.walk(PATHS[state])
            maker.store.close()
            self.at.keep(state, address)
        self.at.fill(state, address)
        core.registry = open_registry(address, provinces=PROVINCES, clock=core.clock)
        core.opened = 1
        return self._clubs[state]

    def _seed(self, address: str) -> None:
        self.at.clear(address)
        core = make_core(address, province=self.province)
        self._empty = log_rows(core.store)
        core.store.close()


def begun(address: str, province: str = PROVINCE) -> Core:
    """Open a registry that is there, with a clock that does not go on."""
    clock = StillClock(TODAY)
    return Core(open_registry(address, provinces=PROVINCES, clock=clock), clock, province)


class Galleries:
    """The galleries of a test process: one for each kind of database and province."""

    def __init__(self, folder: pytest.TempPathFactory) -> None:
        self._folder = folder
        self._made: dict[tuple[str, str], Gallery] = {}

    def get(self, kind: str, province: str = PROVINCE) -> Gallery:
        """Return the gallery of one kind of database (see ``databases.KINDS``)."""
        if (kind, province) not in self._made:
            at = place(kind, province, self._folder)
            self._made[kind, province] = Gallery(at, province)
        return self._made[kind, province]
