"""The list of checks catches every broken plugin, and none of them is there for nothing."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.broken import SOUND, Broken, broken, write_all

from engine.plugin_checks.checks import CHECKS
from engine.plugin_checks.model import Mistake
from engine.plugin_checks.subject import CheckSkippedError, Subject
from engine.testing import ProvinceConformance

pytestmark = pytest.mark.slow

KIT = {one.name: one for one in CHECKS if one.in_kit}


@pytest.fixture(scope="module", autouse=True)
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Install the sound plugin and every broken one for this process."""
    folder = tmp_path_factory.mktemp("site")
    write_all(folder)
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    yield
    sys.path.remove(str(folder))


def found(subject: Subject, check: str) -> list[Mistake]:
    """Return what a check finds; nothing where another check reports what is in its way."""
    try:
        return KIT[check].mistakes(subject)
    except CheckSkippedError:
        return []


def test_the_kit_has_at_least_forty_checks_each_with_its_rule() -> None:
    assert len(KIT) >= 40
    for one in KIT.values():
        assert one.rule.endswith(".")
        assert getattr(ProvinceConformance, f"test_{one.name}").__doc__ == one.rule


def test_every_check_is_the_one_that_catches_some_broken_plugin() -> None:
    caught = {check for one in broken() for check in one.caught_by}
    assert set(KIT) - caught == set(), "take the check out, or write a plugin that it catches"


@pytest.mark.parametrize("one", broken(), ids=lambda one: one.name)
def test_a_broken_plugin_is_caught_and_named(one: Broken, tmp_path: Path) -> None:
    """One that cannot be loaded goes through every check; the others only where they are caught."""
    subject = Subject(one.province, tmp_path)
    tried = KIT if one.shown_by == "hooks" else one.caught_by
    failed = {check: mistakes for check in tried if (mistakes := found(subject, check))}
    assert one.caught_by, "each mistake is caught by a check"
    assert set(failed) == one.caught_by
    for mistakes in failed.values():
        for mistake in mistakes:
            assert subject.sentence(mistake).startswith(f"{one.stamp}: ")


def test_the_sound_plugin_passes_every_check(tmp_path: Path) -> None:
    subject = Subject(SOUND.province, tmp_path)
    assert {name: mistakes for name in KIT if (mistakes := found(subject, name))} == {}
