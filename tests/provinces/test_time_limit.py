"""A hook that does not come back is broken off: nothing is written, and who it was is named."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support.plugins import write_plugin

from engine.errors import InputError, PluginError
from engine.provinces import ending, hookcalls, time_limit
from engine.provinces.discover import Plugin
from engine.provinces.time_limit import BrokenOffError, TimeLimit

HEAD = "import itertools\nfrom engine import hookimpl\n@hookimpl\n"
ENDLESS = HEAD + "def clb_checks(request):\n    while True:\n        pass\n"
CAUGHT = HEAD + (
    "def clb_checks(request):\n    while True:\n        try:\n            while True:\n"
    "                pass\n        except BaseException:\n            pass\n"
)
IN_C = HEAD + "def clb_checks(request):\n    return sum(itertools.repeat(1))\n"
IN_PATTERN = HEAD + (
    "def clb_checks(request):\n    return __import__('re').match('(a+)+$', 'a' * 99 + 'b')\n"
)
LOOPS = {"IN_C": IN_C, "IN_PATTERN": IN_PATTERN}
NO_ALARM = "from engine.provinces import time_limit\ntime_limit.HAS_ALARM = False\n"
LISTENING = HEAD + "def clb_after_step(request):\n    while True:\n        pass\n"
LOADING = "while True:\n    pass\n"
PLUGIN = Plugin("thu_lap", "clb_thu_lap", "clb-thu-lap", "1.2.3")


class Place:
    """A database with officers of a province whose plugin is written here."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "clb.sqlite3"
        (folder / "site").mkdir()
        write_plugin(folder / "site", "thu_lap")
        self.clb("db", "init")
        who = ("--name", "Q", "--province", "thu_lap")
        self.clb("officer", "add", "qt", *who, "--role", "admin")
        commune = ("--role", "association", "--commune", "Xã Một", "--as", "qt")
        self.clb("officer", "add", "hoi", *who, *commune)

    def code(self, init: str) -> None:
        """Put other code into the plugin."""
        (self.folder / "site" / "clb_thu_lap" / "__init__.py").write_text(init, encoding="utf-8")

    def clb(
        self, *args: str, seconds: str = "0.5", **more: Any
    ) -> subprocess.CompletedProcess[str]:
        environment = {
            **os.environ,
            "PYTHONPATH": str(self.folder / "site"),
            "PYTHONDONTWRITEBYTECODE": "1",
            "CLB_HOME": str(self.folder / "home"),
            "CLB_DATABASE": str(self.database),
            "CLB_LANG": "en",
            "CLB_HOOK_SECONDS": seconds,
            **more.pop("environment", {}),
        }
        return subprocess.run(
            [sys.executable, "-m", "engine", *args],
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=60,
            **more,
        )

    def open(self, **more: Any) -> subprocess.CompletedProcess[str]:
        """Open a club, which asks the plugin's checks."""
        where = (
            "--commune",
            "Xã Một",
            "--village",
            "Thôn 1",
            "--name",
            "CLB",
            "--on",
            "2021-08-02",
        )
        return self.clb("club", "open", "--province", "thu_lap", *where, "--as", "hoi", **more)

    def events(self) -> int:
        """Return how many events of clubs are in the log; nobody holds the write lock."""
        with closing(sqlite3.connect(self.database, timeout=0)) as database:
            database.execute("BEGIN IMMEDIATE")
            rows = database.execute("SELECT count(*) FROM event WHERE stream LIKE 'club:%'")
            return int(rows.fetchone()[0])


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_a_loop_is_broken_off_and_named_with_its_line_and_nothing_is_written(place: Place) -> None:
    place.code(ENDLESS)
    done = place.open(environment={"CLB_TRACE_HOOKS": "1"})
    assert done.returncode == 5, done.stderr
    assert "clb-thu-lap 1.2.3 of thu_lap did not come back from clb_checks" in done.stderr
    assert "within 0.5 seconds" in done.stderr
    assert "clb_thu_lap/__init__.py:6" in done.stderr or "clb_thu_lap/__init__.py:5" in done.stderr
    assert "Traceback" not in done.stderr
    begun = next(one for one in done.stderr.splitlines() if one.startswith("[hook]"))
    assert "clb_checks begins StepRequest(step=open" in begun
    assert place.events() == 0


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_it_is_broken_off_where_the_interrupt_key_is_ignored(place: Place) -> None:
    place.code(ENDLESS)
    ignoring = lambda: signal.signal(signal.SIGINT, signal.SIG_IGN)  # noqa: E731
    assert place.open(preexec_fn=ignoring).returncode == 5
    assert place.events() == 0


@pytest.mark.slow
def test_a_loop_that_catches_everything_ends_the_process_with_its_name(place: Place) -> None:
    place.code(CAUGHT)
    done = place.open()
    assert done.returncode == 5
    assert "clb-thu-lap 1.2.3 of thu_lap did not come back from clb_checks" in done.stderr
    assert place.events() == 0


@pytest.mark.slow
@pytest.mark.parametrize("code", ["IN_C", "IN_PATTERN"])
@pytest.mark.parametrize("alarm", [True, False])
def test_a_loop_inside_c_is_broken_off_with_its_name(code: str, alarm: bool, place: Place) -> None:
    place.code(LOOPS[code] if alarm else LOOPS[code] + NO_ALARM)
    done = place.open()
    assert done.returncode == 5, done.stderr
    assert done.stderr.splitlines() == [
        "The plugin clb-thu-lap 1.2.3 of thu_lap did not come back from clb_checks within 0.5 "
        "seconds and was broken off at clb_thu_lap/__init__.py:5.",
        "  → Nothing was recorded, other provinces work. Send this to the author of clb-thu-lap.",
        "  (CLB-HOOK-ENDLESS)",
    ]
    assert place.events() == 0


def test_the_process_apart_ends_with_the_command() -> None:
    """Who reads the command's errors waits for everybody who may write there."""
    program = [sys.executable, "-I", "-S", ending.__file__, str(os.getpid())]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as apart:
        out, err = apart.communicate(b'["/clb_thu_lap/", "never said"]\n', timeout=60)
    assert (apart.returncode, out, err) == (0, None, b"")


SHARING = """
import itertools
from engine.provinces import ending
ending.SHARED_SECONDS = 0.5
ender = ending.Ender()
with ender.shared():
    for _call in range(3):
        ender.watch(0.2, "/nothing/", "the first calls")
        ender.stop()
    {then}
ender.stop()
print("went on")
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("then", "ends"),
    [
        ('ender.watch(0.2, "/nothing/", "the last call"); sum(itertools.repeat(1))', True),
        ("pass", False),
    ],
)
def test_of_calls_that_share_one_dump_the_last_is_ended_and_named(then: str, ends: bool) -> None:
    code = SHARING.format(then=then)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ("the last call" in done.stderr, "went on" in done.stdout) == (ends, not ends)
    assert (done.returncode == 0) is not ends


def test_loading_that_never_ends_is_broken_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_plugin(tmp_path, "thu_lap", init=LOADING)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(hookcalls, "LOAD_SECONDS", 0.5)
    with pytest.raises(PluginError, match=r"clb_thu_lap/__init__\.py:[12]") as caught:
        hookcalls.register(PLUGIN)
    assert caught.value.code == "CLB-HOOK-ENDLESS"


def test_a_listener_runs_without_the_lock_and_costs_no_step(place: Place) -> None:
    held = place.folder / "held"
    place.code(
        HEAD + "def clb_after_step(request):\n    import sqlite3\n"
        f"    database = sqlite3.connect({str(place.database)!r}, timeout=0)\n"
        "    database.execute('BEGIN IMMEDIATE')\n    database.close()\n"
        f"    open({str(held)!r}, 'w').close()\n"
    )
    assert place.open(seconds="20").returncode == 0
    assert held.exists()
    place.code(LISTENING)
    again = (
        "--commune",
        "Xã Một",
        "--village",
        "Thôn 2",
        "--name",
        "CLB Hai",
        "--on",
        "2021-08-02",
    )
    done = place.clb("club", "open", "--province", "thu_lap", *again, "--as", "hoi")
    assert done.returncode == 0, done.stderr
    assert "clb-thu-lap 1.2.3 of thu_lap did not come back from clb_after_step" in done.stderr
    assert "Nothing was recorded" not in done.stderr
    assert place.events() == 2


def endless(request: object) -> list[object]:
    del request
    while True:
        pass


def late(request: object) -> list[object]:
    """Come back late, with an answer, having caught what was raised."""
    del request
    try:
        while True:
            pass
    except BaseException:  # noqa: BLE001  (what a careless plugin does)
        return []


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(hookcalls.SETTING, "0.2")


@pytest.mark.parametrize("function", [endless, late])
@pytest.mark.parametrize("alarm", [True, False])
def test_with_a_timer_and_without_one_a_call_is_broken_off(
    function: Any, alarm: bool, short: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if alarm and not time_limit.HAS_ALARM:
        pytest.skip("no such timer here")
    monkeypatch.setattr(time_limit, "HAS_ALARM", alarm)
    with pytest.raises(PluginError) as caught:
        hookcalls.answers(PLUGIN, "clb_checks", function, None)
    assert caught.value.code == "CLB-HOOK-ENDLESS"


def test_in_another_thread_it_is_broken_off_too(short: None) -> None:
    caught: list[str] = []

    def call() -> None:
        try:
            hookcalls.answers(PLUGIN, "clb_checks", endless, None)
        except PluginError as error:
            caught.append(error.code)

    thread = threading.Thread(target=call)
    thread.start()
    thread.join(60)
    assert caught == ["CLB-HOOK-ENDLESS"]


@pytest.mark.parametrize("alarm", [True, False])
def test_a_call_in_time_leaves_nothing_behind(
    alarm: bool, short: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not time_limit.HAS_ALARM:
        pytest.skip("no such timer here")
    monkeypatch.setattr(time_limit, "HAS_ALARM", alarm)
    rang: list[int] = []
    before = signal.signal(signal.SIGALRM, lambda number, _frame: rang.append(number))
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.4)
        found, _call = hookcalls.answers(PLUGIN, "clb_checks", lambda request: [], None)
        assert found == []
        deadline = time.monotonic() + 60
        while not rang and time.monotonic() < deadline:
            signal.pause()
        assert rang == [signal.SIGALRM]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("typed", ["0", "-1", "601", "five", "nan"])
def test_a_setting_that_is_no_number_of_seconds_is_refused(
    typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(hookcalls.SETTING, typed)
    with pytest.raises(InputError):
        hookcalls.answers(PLUGIN, "clb_checks", lambda request: [], None)


def test_the_limit_is_five_seconds_where_nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(hookcalls.SETTING, raising=False)
    assert hookcalls.most_seconds() == 5.0


def test_what_is_broken_off_is_no_ordinary_exception() -> None:
    assert not issubclass(BrokenOffError, Exception)
    with pytest.raises(BrokenOffError):
        TimeLimit(0.1, "nothing", lambda _place: "").run(lambda: endless(None))


def test_another_package_is_named_where_its_own_code_does_not_run(short: None) -> None:
    elsewhere = replace(PLUGIN, package="clb_elsewhere")
    with pytest.raises(PluginError, match="clb_elsewhere"):
        hookcalls.answers(elsewhere, "clb_checks", endless, None)
