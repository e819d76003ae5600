"""A registry of Bắc Ninh with one club, for the screens."""

from pathlib import Path

import pytest
from support.core import BAC_NINH, Core, make_core


@pytest.fixture
def core(tmp_path: Path) -> Core:
    return make_core(str(tmp_path / "clb.sqlite3"), province=BAC_NINH)
