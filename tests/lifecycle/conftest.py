"""A registry of one's own for every test, on SQLite and on PostgreSQL."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.core import BAC_NINH, PROVINCE, Core
from support.databases import on_each
from support.gallery import Galleries

FACT = re.compile(r"test_(T_)?BN\d*_")
"""How a test is named after a fact of Bắc Ninh's document."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run every test on both databases; on PostgreSQL in a step of its own."""
    on_each(metafunc, pytest.mark.slow)


@pytest.fixture
def core(
    request: pytest.FixtureRequest, galleries: Galleries, database_kind: str, tmp_path: Path
) -> Iterator[Core]:
    """A registry of the toy province; of Bắc Ninh where a test is named after a fact of it."""
    of_bac_ninh = FACT.match(request.node.name) or BAC_NINH in request.node.path.stem
    gallery = galleries.get(database_kind, BAC_NINH if of_bac_ninh else PROVINCE)
    core = gallery.core(gallery.at.address(tmp_path))
    yield core
    core.store.close()
