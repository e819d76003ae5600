"""The conformance kit catches every broken plugin, and none of its checks is there for nothing."""

import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

import pytest
from support.broken import SOUND, Broken, broken, write_all

from engine.testing import ProvinceConformance
from engine.testing.base import PREFIX, names

MODULE = """
from engine.testing import ProvinceConformance


class TestProvince(ProvinceConformance):
    province = "{province}"
"""
CONFTEST = """
ONLY = {only!r}


def pytest_collection_modifyitems(items):
    items[:] = [one for one in items if one.name in ONLY.get(one.path.stem, (one.name,))]
"""
WHOLE = ("load", "hooks")
"""Where a plugin that fails there is put through every check: most of them are soon over."""


@dataclass(frozen=True)
class Verdict:
    """What one check said of one plugin: passed, failed or skipped, and the words."""

    outcome: str
    message: str = ""


Verdicts = dict[str, dict[str, Verdict]]


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> Verdicts:
    """Run the kit on the sound plugin and every broken one, in one process of its own.

    A broken plugin that can be loaded goes through the checks that are to catch it, which is
    quicker; the sound one and ``raises_in_checks`` through all.
    """
    folder = tmp_path_factory.mktemp("kit")
    site, tests = folder / "site", folder / "tests"
    site.mkdir()
    tests.mkdir()
    write_all(site)
    text = CONFTEST.format(only={f"test_{one.name}": _only(one) for one in broken() if _only(one)})
    (tests / "conftest.py").write_text(text, encoding="utf-8")
    for one in (SOUND, *broken()):
        text = MODULE.format(province=one.province)
        (tests / f"test_{one.name}.py").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "--junitxml=result.xml", "--rootdir=.", "."]
    done = subprocess.run(
        [
            *command,
            "-p",
            "no:cacheprovider",
            "--import-mode=importlib",
            f"--basetemp={folder / 't'}",
        ],
        cwd=tests,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(site), "PYTHONIOENCODING": "utf-8"},
    )
    assert done.returncode == 1, done.stdout[-2000:] + done.stderr[-2000:]
    return _read(tests / "result.xml")


def _only(one: Broken) -> set[str]:
    """Return the checks a plugin is put through; none means all."""
    everything = one.told_by in WHOLE or one.name == "raises_in_checks"
    return set() if everything else {f"{PREFIX}{check}" for check in one.caught_by}


def _read(path: Path) -> Verdicts:
    found: Verdicts = {}
    for case in ElementTree.parse(path).iter("testcase"):
        module = case.attrib["classname"].split(".")[-2].removeprefix("test_")
        verdict = Verdict("passed")
        for kind in ("failure", "error", "skipped"):
            told = case.find(kind)
            if told is not None:
                words = told.attrib.get("message", "") + (told.text or "")
                verdict = Verdict("failed" if kind == "failure" else kind, words)
        found.setdefault(module, {})[case.attrib["name"].removeprefix(PREFIX)] = verdict
    return found


def test_the_kit_has_at_least_forty_checks_each_with_its_rule() -> None:
    checks = names(ProvinceConformance)
    assert len(checks) >= 40
    for check in checks:
        rule = getattr(ProvinceConformance, f"{PREFIX}{check}").__doc__
        assert rule
        assert rule.strip().endswith(".")


def test_the_sound_plugin_passes_every_check(verdicts: Verdicts) -> None:
    of_sound = verdicts[SOUND.name]
    assert sorted(of_sound) == names(ProvinceConformance)
    assert {name: one for name, one in of_sound.items() if one.outcome != "passed"} == {}


@pytest.mark.parametrize("one", broken(), ids=lambda one: one.name)
def test_a_broken_plugin_is_caught_and_named(one: Broken, verdicts: Verdicts) -> None:
    failed = {name: told for name, told in verdicts[one.name].items() if told.outcome == "failed"}
    assert one.caught_by, "each mistake is caught by a check"
    assert one.caught_by <= set(failed), failed
    for check in one.caught_by:
        assert one.stamp in failed[check].message, failed[check].message


def test_every_failure_is_a_sentence_that_names_the_plugin(verdicts: Verdicts) -> None:
    speechless = {
        (one.name, name): told.message[:200]
        for one in broken()
        for name, told in verdicts[one.name].items()
        if told.outcome == "error"
        or (told.outcome == "failed" and not told.message.startswith("Failed: clb-thu-"))
    }
    assert speechless == {}


@pytest.mark.parametrize("check", names(ProvinceConformance))
def test_every_check_catches_a_broken_plugin(check: str, verdicts: Verdicts) -> None:
    caught = [
        one.name
        for one in broken()
        if verdicts[one.name].get(check, Verdict("absent")).outcome == "failed"
    ]
    assert caught, f"no broken plugin fails {check}: take the check out or make one that does"
