"""``clb province check`` reports the mistake of a broken plugin before anybody installs it."""

from pathlib import Path

import pytest
from support.broken import SOUND, Broken, broken, write_all

from engine import codes, plugin_checks

OLD = codes.PLUGIN_DEPRECATED
"""The base has every hook, one that goes too; the check warns of that one in each plugin."""

TELLING = [one for one in broken() if one.checked and one.shown_by != "hangs"]


@pytest.fixture(scope="module")
def candidates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, plugin_checks.Candidate]:
    folder: Path = tmp_path_factory.mktemp("site")
    write_all(folder)
    return {one.province: one for one in plugin_checks.candidates(folder)}


def test_most_broken_plugins_are_reported_by_the_check() -> None:
    assert len(TELLING) >= 40


@pytest.mark.slow
@pytest.mark.parametrize("one", TELLING, ids=lambda one: one.name)
def test_the_check_reports_the_mistake(
    one: Broken, candidates: dict[str, plugin_checks.Candidate]
) -> None:
    candidate = candidates[one.province]
    reported = {mistake.code for mistake in plugin_checks.inspect(candidate)}
    if one.checked not in reported:
        reported = {mistake.code for mistake in plugin_checks.try_hooks(candidate).mistakes}
    assert reported - {OLD} == {one.checked}


def test_the_check_finds_nothing_in_the_sound_plugin(
    candidates: dict[str, plugin_checks.Candidate],
) -> None:
    candidate = candidates[SOUND.province]
    found = plugin_checks.inspect(candidate)
    assert [(one.code, one.key, one.level) for one in found] == [(OLD, "clb_after_step", "warn")]
    tried = plugin_checks.try_hooks(candidate)
    assert tried.mistakes == ()
    assert set(tried.hooks) == set(plugin_checks.HOOKS)
