"""A registry of one's own for every test, on a real file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.core import Core, copy_core, make_seed


@pytest.fixture(scope="session")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_seed(tmp_path_factory.mktemp("seed") / "seed.sqlite3")


@pytest.fixture
def core(seed: Path, tmp_path: Path) -> Iterator[Core]:
    core = copy_core(seed, tmp_path / "clb.sqlite3")
    yield core
    core.store.close()
