"""A registry of one's own for every test, on a real file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.core import Core
from support.gallery import Gallery


@pytest.fixture(scope="session")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Gallery:
    return Gallery(tmp_path_factory.mktemp("gallery"))


@pytest.fixture
def core(gallery: Gallery, tmp_path: Path) -> Iterator[Core]:
    core = gallery.core(tmp_path / "clb.sqlite3")
    yield core
    core.store.close()
