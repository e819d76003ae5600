"""Hooks are tried in a process of their own: what they do is reported, and costs nothing else."""

import sys
from pathlib import Path
from typing import Any

import pytest
from support.keeper import Keeper
from support.plugin_source import HOOK, source, wheel

from engine import plugin_checks
from engine.errors import ClbError
from engine.i18n import language, use
from engine.plugin_checks import requests, trial
from engine.provinces import hookcalls
from engine.provinces.hookspecs import ReportRequest, ReportsRequest, StepDone
from engine.provinces.load import Provinces
from engine.rules.request import StepRequest
from engine.states import STEPS

pytestmark = pytest.mark.slow

CHECK = HOOK + "@hookimpl\ndef clb_checks(request):\n"
REPORTS = "from engine import ReportSpec, ReportSection, hookimpl\n"


def tried(folder: Path, init: str) -> plugin_checks.Tried:
    """Return what came of trying a plugin's hooks."""
    candidate = plugin_checks.from_source(source(folder / "p", init=init))
    assert candidate is not None
    return plugin_checks.try_hooks(candidate)


BAD = {
    "raises": (CHECK + "    return request.form['nothing']\n", "CLB-HOOK-RAISES"),
    "recursion": (CHECK + "    return clb_checks(request)\n", "CLB-HOOK-RAISES"),
    "exits": (CHECK + "    import sys\n    sys.exit(0)\n", "CLB-HOOK-EXITS"),
    "ends_the_process": (CHECK + "    import os\n    os._exit(0)\n", "CLB-HOOK-EXITS"),
    "wrong_type": (CHECK + "    return ['no']\n", "CLB-HOOK-ANSWER"),
    "no_sequence": (CHECK + "    return 7\n", "CLB-HOOK-ANSWER"),
    "no_level": (CHECK + "    return [Finding('A', 'block', 'B')]\n", "CLB-HOOK-ANSWER"),
    "no_message": (CHECK + "    return [Finding('A', Level.NOTE, None)]\n", "CLB-HOOK-ANSWER"),
    "code_of_the_engine": (
        CHECK + "    return [Finding('CLB-MINE', Level.NOTE, 'B')]\n",
        "CLB-HOOK-ANSWER",
    ),
    "changes": (CHECK + "    request.club.name = 'x'\n    return []\n", "CLB-HOOK-CHANGES"),
    "changes_form": (CHECK + "    request.form['a'] = 1\n    return []\n", "CLB-HOOK-CHANGES"),
    "changes_by_force": (
        CHECK + "    object.__setattr__(request.club, 'name', 'x')\n    return []\n",
        "CLB-HOOK-CHANGES",
    ),
    "differs": (
        HOOK + "seen = []\n@hookimpl\ndef clb_checks(request):\n    seen.append(1)\n"
        "    return [Finding('A', Level.NOTE, str(len(seen)))]\n",
        "CLB-HOOK-DIFFERS",
    ),
    "prints": (CHECK + "    print('hello')\n    return []\n", "CLB-HOOK-PRINTS"),
    "prints_past_python": (
        CHECK + "    import os\n    os.write(1, b'hello')\n    return []\n",
        "CLB-HOOK-PRINTS",
    ),
    "writes_a_file": (
        CHECK + "    open('trace.txt', 'w').close()\n    return []\n",
        "CLB-HOOK-OUTSIDE",
    ),
    "network": (
        CHECK
        + "    import socket\n    socket.create_connection(('127.0.0.1', 9))\n    return []\n",
        "CLB-HOOK-OUTSIDE",
    ),
    "network_that_is_caught": (
        CHECK + "    import socket\n    try:\n        socket.getaddrinfo('localhost', 1)\n"
        "    except Exception:\n        pass\n    return []\n",
        "CLB-HOOK-OUTSIDE",
    ),
    "other_program": (
        CHECK + "    import subprocess\n    subprocess.run(['true'])\n    return []\n",
        "CLB-HOOK-OUTSIDE",
    ),
    "database": (
        CHECK + "    import sqlite3\n    sqlite3.connect(':memory:')\n    return []\n",
        "CLB-HOOK-OUTSIDE",
    ),
    "report_raises": (
        REPORTS + "@hookimpl\ndef clb_build_report(request):\n    return 1 // 0\n",
        "CLB-HOOK-RAISES",
    ),
    "report_rows": (
        REPORTS + "@hookimpl\ndef clb_build_report(request):\n"
        "    return [ReportSection('A', ('B', 'C'), (('one',),))]\n",
        "CLB-HOOK-ANSWER",
    ),
    "report_cycle": (
        REPORTS + "@hookimpl\ndef clb_reports(request):\n"
        "    return [ReportSpec('a', 'A', 'weekly', 'KH1')]\n",
        "CLB-HOOK-ANSWER",
    ),
    "listener": (
        HOOK + "@hookimpl\ndef clb_after_step(request):\n    raise KeyError(request.step)\n",
        "CLB-HOOK-RAISES",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_each_way_to_fail_is_reported_with_its_hook(name: str, tmp_path: Path) -> None:
    init, code_of = BAD[name]
    found = tried(tmp_path, init)
    assert [one.code for one in found.mistakes] == [code_of]
    (one,) = found.mistakes
    (hook,) = found.hooks
    assert one.level == "block"
    assert one.key in (hook, "")  # what is written past Python has no hook that could be named
    assert not (tmp_path / "trace.txt").exists()


def test_the_line_that_raised_is_reported(tmp_path: Path) -> None:
    (one,) = tried(tmp_path, BAD["raises"][0]).mistakes
    assert (one.file, one.line) == ("__init__.py", 4)
    assert "KeyError" in one.message


def test_where_nothing_was_raised_the_hook_s_own_line_is_reported(tmp_path: Path) -> None:
    (one,) = tried(tmp_path, BAD["wrong_type"][0]).mistakes
    assert one.line == 3


def test_a_hook_that_does_not_come_back_is_stopped_and_the_others_are_still_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trial, "CALL_SECONDS", 0.5)
    init = CHECK + "    while True:\n        pass\n"
    init += "@hookimpl\ndef clb_after_step(request):\n    raise KeyError\n"
    found = tried(tmp_path, init)
    assert [(one.code, one.key) for one in found.mistakes] == [
        ("CLB-HOOK-ENDLESS", "clb_checks"),
        ("CLB-HOOK-RAISES", "clb_after_step"),
    ]


def test_reports_that_never_come_back_do_not_keep_the_sections_from_being_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trial, "CALL_SECONDS", 0.5)
    init = REPORTS + "@hookimpl\ndef clb_reports(request):\n    while True:\n        pass\n"
    init += "@hookimpl\ndef clb_build_report(request):\n    return 7\n"
    assert [(one.code, one.key) for one in tried(tmp_path, init).mistakes] == [
        ("CLB-HOOK-ENDLESS", "clb_reports"),
        ("CLB-HOOK-ANSWER", "clb_build_report"),
    ]


def test_a_fault_of_the_trial_itself_is_not_reported_as_the_plugin_s(tmp_path: Path) -> None:
    candidate = plugin_checks.from_source(source(tmp_path / "p", init=CHECK + "    return []\n"))
    assert candidate is not None
    (candidate.folder / candidate.package / "policy.toml").unlink()
    with pytest.raises(ClbError) as caught:
        plugin_checks.try_hooks(candidate)
    assert "hãy báo lại" in caught.value.help


def test_a_hook_that_lets_nothing_else_run_is_stopped_from_outside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trial, "CALL_SECONDS", 0.5)
    monkeypatch.setattr(trial, "SLACK_SECONDS", 0.5)
    init = "import re\n" + CHECK + "    return re.match('(a+)+$', 'a' * 60 + 'b') or []\n"
    found = tried(tmp_path, init)
    assert [(one.code, one.key) for one in found.mistakes] == [("CLB-HOOK-ENDLESS", "clb_checks")]


def test_a_hook_gets_no_more_memory_than_the_trial_allows(tmp_path: Path) -> None:
    pytest.importorskip("resource")
    if sys.platform == "darwin":
        pytest.skip("macOS limits no memory")
    found = tried(tmp_path, CHECK + "    bytearray(3 * 1024 ** 3)\n    return []\n")
    assert [one.code for one in found.mistakes] == ["CLB-HOOK-RAISES"]
    assert "MemoryError" in found.mistakes[0].message


def test_what_lies_next_to_the_package_hides_no_module(tmp_path: Path) -> None:
    folder = source(tmp_path / "p", init=CHECK + "    return []\n")
    for name in ("json", "pluggy", "engine"):
        (folder / f"{name}.py").write_text("raise SystemExit(7)\n", encoding="utf-8")
    candidate = plugin_checks.from_source(folder)
    assert candidate is not None
    assert plugin_checks.try_hooks(candidate).mistakes == ()


def test_a_plugin_that_never_finishes_loading_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trial, "LOAD_SECONDS", 1.5)
    found = tried(tmp_path, "while True:\n    pass\n")
    assert [(one.code, one.key) for one in found.mistakes] == [("CLB-PLUGIN-FAILED", "import")]
    assert "clb-thu-kt 0.3.0" in found.mistakes[0].message


@pytest.mark.parametrize("init", ["import no_such_package\n", "raise SystemExit\n"])
def test_a_plugin_that_does_not_load_is_reported(init: str, tmp_path: Path) -> None:
    found = tried(tmp_path, init)
    assert [one.code for one in found.mistakes] == ["CLB-PLUGIN-FAILED"]
    assert "clb-thu-kt 0.3.0" in found.mistakes[0].message


def test_a_slow_hook_is_remarked_on_with_what_it_took(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hookcalls, "SLOW_SECONDS", 0.0)
    found = tried(tmp_path, CHECK + "    return []\n")
    assert [(one.code, one.level) for one in found.mistakes] == [("CLB-HOOK-SLOW", "warn")]
    (timing,) = found.timings
    assert (timing.hook, timing.calls) == ("clb_checks", 1)


def test_a_sound_plugin_s_hooks_are_called_for_every_step_and_measured(tmp_path: Path) -> None:
    found = tried(tmp_path, CHECK + "    return []\n")
    assert found.mistakes == ()
    (timing,) = found.timings
    assert timing.calls >= 2 * 3 * len(STEPS)


def test_the_command_reports_what_the_trial_found_and_refuses(
    keeper: Keeper, tmp_path: Path
) -> None:
    folder = source(tmp_path / "p", init=BAD["wrong_type"][0])
    made = wheel(folder, tmp_path)
    answer = keeper.json("province-check", "province", "check", made, "--run", code=1)
    assert answer["tried"] is True
    (one,) = answer["findings"]
    assert (one["code"], one["key"]) == ("CLB-HOOK-ANSWER", "clb_checks")
    assert "Finding" in one["expected"]
    static = keeper.json("province-check", "province", "check", made, "--static")
    assert static["ok"] is True


def test_the_requests_cover_every_step_asked_about_and_taken() -> None:
    rules = Provinces().rules("bac_ninh")
    made: list[Any] = [request for _label, request in requests.of_steps(rules)]
    assert all(isinstance(one, StepRequest) for one in made)
    for asking in (True, False):
        assert {one.step for one in made if one.asking is asking} == {one.name for one in STEPS}
    assert any(one.ledger and one.officer and one.supervisions for one in made)
    heard = [request for _label, request in requests.of_listeners(rules)]
    assert all(isinstance(one, StepDone) for one in heard)
    asked = [request for _label, request in requests.of_catalogues(rules)]
    assert all(isinstance(one, ReportsRequest) for one in asked)


def test_every_report_of_a_province_is_asked_for_with_the_engine_s_own_figures() -> None:
    from importlib.metadata import entry_points

    points = [one for one in entry_points(group="clb.provinces") if one.name == "hai_phong"]
    rules = Provinces(points).rules("hai_phong")
    made: list[Any] = [request for _label, request in requests.of_reports(points, rules)]
    assert all(isinstance(one, ReportRequest) for one in made)
    assert {"overview", "year"} <= {one.report.id for one in made}
    assert all(one.figures["progress"] for one in made)


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        ("[Finding('CLB-TEN', Level.NOTE, 'B')]", "not CLB-…"),
        ("[Finding('A', 'block', 'B')]", "Level.BLOCK"),
        ("[Finding('A', Level.NOTE, '')]", "a text that is not empty"),
    ],
)
def test_a_wrong_answer_says_what_was_wanted(tmp_path: Path, answer: str, wanted: str) -> None:
    spoken = language()
    use("en")
    try:
        (one,) = tried(tmp_path, CHECK + f"    return {answer}\n").mistakes
    finally:
        use(spoken)
    assert one.code == "CLB-HOOK-ANSWER"
    assert wanted in one.expected


def test_a_check_is_tried_with_a_club_whose_name_lacks_its_village(tmp_path: Path) -> None:
    body = (
        "    lacks = request.club.village and request.club.name[4:] not in request.club.village\n"
        "    return [Finding('CLB-TEN', Level.NOTE, 'B')] if lacks else []\n"
    )
    (one,) = tried(tmp_path, CHECK + body).mistakes
    assert one.code == "CLB-HOOK-ANSWER"


def test_a_key_that_is_not_there_is_reported_with_how_to_ask_for_it(tmp_path: Path) -> None:
    (one,) = tried(tmp_path, CHECK + "    return request.form['name']\n").mistakes
    assert (one.code, "request.field()" in one.message) == ("CLB-HOOK-RAISES", True)
