"""A registry of one's own for every test, on a real file."""

from pathlib import Path

import pytest
from support.core import Core, make_core


@pytest.fixture
def core(tmp_path: Path) -> Core:
    return make_core(str(tmp_path / "clb.sqlite3"))
