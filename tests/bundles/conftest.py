"""An office of a commune and one of the province, each with a database of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.core import COMMUNE, TODAY, Core
from support.databases import on_each
from support.exchange import Office, copied, two_offices
from support.gallery import Galleries

from engine.scenario.world import StillClock


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run the tests that ask for it on both databases; on PostgreSQL in a step of its own."""
    on_each(metafunc, pytest.mark.slow)


@pytest.fixture
def core(galleries: Galleries, database_kind: str, tmp_path: Path) -> Iterator[Core]:
    """A registry with officers and no club, on SQLite or on PostgreSQL."""
    gallery = galleries.get(database_kind)
    found = gallery.core(gallery.at.address(tmp_path))
    yield found
    found.store.close()


@pytest.fixture
def there(tmp_path: Path) -> Office:
    return copied(two_offices() / "province", tmp_path / "province", None, StillClock(TODAY))


@pytest.fixture
def here(tmp_path: Path, there: Office) -> Office:
    return copied(two_offices() / "commune", tmp_path / "commune", COMMUNE, StillClock(TODAY))
