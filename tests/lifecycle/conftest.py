"""A registry of one's own for every test, on a real file."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.core import BAC_NINH, Core
from support.gallery import Gallery

FACT = re.compile(r"test_(T_)?BN\d*_")
"""How a test is named after a fact of Bắc Ninh's document."""


@pytest.fixture(scope="session")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Gallery:
    return Gallery(tmp_path_factory.mktemp("gallery"))


@pytest.fixture(scope="session")
def gallery_of_bac_ninh(tmp_path_factory: pytest.TempPathFactory) -> Gallery:
    return Gallery(tmp_path_factory.mktemp("bac_ninh"), BAC_NINH)


@pytest.fixture
def core(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Core]:
    """A registry of the toy province; of Bắc Ninh where a test is named after a fact of it."""
    of_bac_ninh = FACT.match(request.node.name) or BAC_NINH in request.node.path.stem
    name = "gallery_of_bac_ninh" if of_bac_ninh else "gallery"
    gallery: Gallery = request.getfixturevalue(name)
    core = gallery.core(tmp_path / "clb.sqlite3")
    yield core
    core.store.close()
