"""A database in memory leaves no file where it was made."""

from pathlib import Path

import pytest
from support.core import make_core


def test_a_database_in_memory_is_in_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    make_core(":memory:")
    assert list(tmp_path.iterdir()) == []
