"""A registry in which several clubs have a history, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.core import Core
from support.databases import on_each
from support.gallery import Galleries


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run every test on both databases; on PostgreSQL in a step of its own."""
    on_each(metafunc, pytest.mark.slow)


@pytest.fixture
def core(galleries: Galleries, database_kind: str, tmp_path: Path) -> Iterator[Core]:
    """A registry in which three clubs are at work and nothing is sealed."""
    gallery = galleries.get(database_kind)

    def worked(address: str) -> None:
        core = gallery.core(address)
        for state in ("operating", "launched", "preparing"):
            core.bring(state, members=False)
        core.store.close()

    core = gallery.filled("worked", gallery.at.address(tmp_path), worked)
    yield core
    core.store.close()
