"""A registry of one's own for every test, on a real file; one with a whole life in its log."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.busy import live
from support.core import Core, copy_core, make_seed


@pytest.fixture(scope="session")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_seed(tmp_path_factory.mktemp("seed") / "seed.sqlite3")


@pytest.fixture(scope="session")
def lived(seed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a registry in which everything has happened."""
    path = tmp_path_factory.mktemp("lived") / "lived.sqlite3"
    core = copy_core(seed, path)
    live(core)
    core.store.close()
    return path


@pytest.fixture
def core(seed: Path, tmp_path: Path) -> Iterator[Core]:
    core = copy_core(seed, tmp_path / "clb.sqlite3")
    yield core
    core.store.close()


@pytest.fixture
def busy(lived: Path, tmp_path: Path) -> Iterator[Core]:
    core = copy_core(lived, tmp_path / "busy.sqlite3")
    yield core
    core.store.close()
