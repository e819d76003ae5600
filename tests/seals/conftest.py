"""A registry in which several clubs have a history, on a real file."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.core import PROVINCES, TODAY, Core, make_core

from engine.lifecycle.registry import open_registry
from engine.scenario.world import StillClock


@pytest.fixture(scope="session")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a registry in which three clubs are at work and nothing is sealed."""
    path = tmp_path_factory.mktemp("worked") / "clb.sqlite3"
    core = make_core(str(path))
    for state in ("operating", "launched", "preparing"):
        core.bring(state, members=False)
    core.store.close()
    return path


@pytest.fixture
def core(worked: Path, tmp_path: Path) -> Iterator[Core]:
    path = tmp_path / "clb.sqlite3"
    shutil.copy(worked, path)
    clock = StillClock(TODAY)
    core = Core(open_registry(str(path), provinces=PROVINCES, clock=clock), clock)
    yield core
    core.store.close()
