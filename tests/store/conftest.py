"""A registry of one's own for every test, on a real file; one with a whole life in its log."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.busy import live
from support.core import PROVINCES, TODAY, Core
from support.gallery import Gallery

from engine.lifecycle.registry import open_registry
from engine.scenario.world import StillClock


@pytest.fixture(scope="session")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Gallery:
    return Gallery(tmp_path_factory.mktemp("gallery"))


@pytest.fixture(scope="session")
def lived(gallery: Gallery, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a registry in which everything has happened."""
    path = tmp_path_factory.mktemp("lived") / "lived.sqlite3"
    core = gallery.core(path)
    live(core)
    core.store.close()
    return path


@pytest.fixture
def core(gallery: Gallery, tmp_path: Path) -> Iterator[Core]:
    core = gallery.core(tmp_path / "clb.sqlite3")
    yield core
    core.store.close()


@pytest.fixture
def busy(lived: Path, tmp_path: Path) -> Iterator[Core]:
    path = tmp_path / "busy.sqlite3"
    shutil.copy(lived, path)
    clock = StillClock(TODAY)
    core = Core(open_registry(str(path), provinces=PROVINCES, clock=clock), clock)
    yield core
    core.store.close()
