"""A registry of one's own for every test, on SQLite and on PostgreSQL; one with a whole life."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.busy import live
from support.core import Core
from support.databases import on_each
from support.gallery import Galleries, Gallery


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run every test on both databases."""
    on_each(metafunc)


@pytest.fixture
def gallery(galleries: Galleries, database_kind: str) -> Gallery:
    return galleries.get(database_kind)


@pytest.fixture
def core(gallery: Gallery, tmp_path: Path) -> Iterator[Core]:
    core = gallery.core(gallery.at.address(tmp_path))
    yield core
    core.store.close()


@pytest.fixture
def busy(gallery: Gallery, tmp_path: Path) -> Iterator[Core]:
    """A registry in which everything has happened."""

    def lived(address: str) -> None:
        core = gallery.core(address)
        live(core)
        core.store.close()

    core = gallery.filled("lived", gallery.at.address(tmp_path), lived)
    yield core
    core.store.close()
