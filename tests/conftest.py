"""What every test starts from: Vietnamese, no settings of the person who runs it, a home apart."""

import os
from collections.abc import Iterator

import pytest

from engine import i18n

collect_ignore = [] if os.environ.get("CLB_TEST_POSTGRESQL") else ["postgresql"]
"""Tests on a PostgreSQL server run where one is named."""
SETTINGS = ("CLB_DATABASE", "CLB_OFFICER", "CLB_LANG", "CLB_NO_PLUGINS", "CLB_TRACE_HOOKS")


@pytest.fixture(scope="session", autouse=True)
def _home_apart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the marks of checked policies and any default database out of the user's folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLB_HOME", str(tmp_path_factory.mktemp("home")))
        for name in SETTINGS:
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(autouse=True)
def _vietnamese(_home_apart: None) -> None:
    """Speak Vietnamese, whatever the test before spoke."""
    i18n.use("vi")
