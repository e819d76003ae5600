"""What every test starts from: Vietnamese, no settings of the person who runs it, its own home."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from support import databases
from support.gallery import Galleries
from support.keeper import Keeper
from support.roster_cli import Office

from engine import i18n

collect_ignore = ["odd_province", "odd_nation"]
"""A plugin's own tests: ``tests/provinces/test_odd_province.py`` runs them with it installed."""

SETTINGS = ("CLB_DATABASE", "CLB_OFFICER", "CLB_LANG", "CLB_NO_PLUGINS", "CLB_TRACE_HOOKS")

SPEED = (HealthCheck.too_slow, HealthCheck.data_too_large)
settings.register_profile("any_machine", deadline=None, suppress_health_check=SPEED)
settings.register_profile("ci", settings.get_profile("any_machine"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "any_machine")
"""No property fails because the machine is busy; in CI the same examples are drawn every time."""


def pytest_configure(config: pytest.Config) -> None:
    """Name a folder for the PostgreSQL server of this run, which a test starts if it needs one."""
    folder = databases.begin_run()
    if folder is not None:
        config.add_cleanup(lambda: databases.end_run(folder))


@pytest.fixture
def database_kind(request: pytest.FixtureRequest) -> str:
    """The kind of database a test runs on: see ``databases.on_each``."""
    return str(request.param)


@pytest.fixture(scope="session")
def galleries(tmp_path_factory: pytest.TempPathFactory) -> Galleries:
    """Registries made once, of each kind of database."""
    return Galleries(tmp_path_factory)


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


@pytest.fixture
def keeper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Keeper:
    """Commands of whoever keeps the database."""
    return Keeper(tmp_path, monkeypatch, capsys)


@pytest.fixture
def office(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Office:
    """Commands of a commune's offices."""
    return Office(tmp_path, monkeypatch, capsys)
