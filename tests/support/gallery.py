"""Registries made once and copied for every test: empty, or with one club in a given state."""

import shutil
from pathlib import Path

from support.core import PATHS, PROVINCE, PROVINCES, TODAY, Core, log_rows, make_core

from engine.lifecycle.registry import open_registry
from engine.scenario.world import StillClock


class Gallery:
    """A folder of closed registries; what a test asks for first is made then."""

    def __init__(self, folder: Path, province: str = PROVINCE) -> None:
        self.folder = folder
        self.province = province
        self.seed = folder / "seed.sqlite3"
        core = make_core(str(self.seed), province=province)
        self.empty = log_rows(core.store)
        core.store.close()
        self._clubs: dict[str, str] = {}

    def core(self, path: Path) -> Core:
        """Return a registry of one's own with officers and no club."""
        shutil.copy(self.seed, path)
        clock = StillClock(TODAY)
        registry = open_registry(str(path), provinces=PROVINCES, clock=clock)
        return Core(registry, clock, self.province, shelf=self)

    def put(self, core: Core, state: str) -> str | None:
        """Put a registry with one club in that state in the place of an empty one.

        Returns the club's id, or ``None`` when something has been recorded since.
        """
        path = core.store.target.path
        if path is None or log_rows(core.store) != self.empty:
            return None
        club = self._club(state)
        core.store.close()
        shutil.copy(self._path(state), path)
        core.registry = open_registry(str(path), provinces=PROVINCES, clock=core.clock)
        core.opened = 1
        return club

    def _path(self, state: str) -> Path:
        return self.folder / f"{state}.sqlite3"

    def _club(self, state: str) -> str:
        if state not in self._clubs:
            path = self._path(state)
            shutil.copy(self.seed, path)
            clock = StillClock(TODAY)
            registry = open_registry(str(path), provinces=PROVINCES, clock=clock)
            core = Core(registry, clock, self.province)
            self._clubs[state] = core.walk(PATHS[state])
            core.store.close()
        return self._clubs[state]
