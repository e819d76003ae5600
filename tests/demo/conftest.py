from pathlib import Path

import pytest
from support.demo_run import Shown, shown


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    """The demonstration of every installed province, run once."""
    folder: Path = tmp_path_factory.mktemp("demo")
    return shown(folder)
