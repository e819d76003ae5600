"""What every test starts from: Vietnamese, no settings of the person who runs it, its own home."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from engine import i18n

collect_ignore = [] if os.environ.get("CLB_TEST_POSTGRESQL") else ["postgresql"]
"""Tests on a PostgreSQL server run where one is named."""
SETTINGS = ("CLB_DATABASE", "CLB_OFFICER", "CLB_LANG", "CLB_NO_PLUGINS", "CLB_TRACE_HOOKS")

SPEED = (HealthCheck.too_slow, HealthCheck.data_too_large)
settings.register_profile("any_machine", deadline=None, suppress_health_check=SPEED)
settings.register_profile("ci", settings.get_profile("any_machine"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "any_machine")
"""No property fails because the machine is busy; in CI the same examples are drawn every time."""


@pytest.fixture(scope="session", autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the marks of checked policies and any default database out of the user's folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLB_HOME", str(tmp_path_factory.mktemp("home")))
        for name in SETTINGS:
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(autouse=True)
def _vietnamese(_own_home: None) -> None:
    """Use Vietnamese, whatever language the test before used."""
    i18n.use("vi")


@pytest.fixture
def english() -> None:
    """Use English, so that messages can be compared with the sentences in the code."""
    i18n.use("en")
