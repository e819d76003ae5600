"""``CLB_TRACE_HOOKS=1`` shows each hook call: who, what was asked and answered, and its time."""

import re
from datetime import date
from pathlib import Path

from support.core import BAC_NINH, make_core
from support.keeper import process
from support.plugins import write_plugin
from support.step_forms import CHAIR, VICE

from engine import codes
from engine.errors import PluginError
from engine.frozen import freeze
from engine.model import Club, Finding, Level
from engine.policy.effective import Rules
from engine.provinces import hookcalls
from engine.provinces.discover import Plugin
from engine.provinces.hookspecs import StepDone
from engine.provinces.load import Provinces
from engine.provinces.trace import LONGEST, line
from engine.rules.request import StepRequest

NAME = "Nguyễn Thị Bí Mật"
LINE = re.compile(r"\[hook\] (\S+) (\S+ \S+) (\S+) ([0-9.]+) ms .*")
BEGUN = re.compile(r"\[hook\] (\S+) (\S+ \S+) (\S+) begins \S+\(.*\)")
PLUGIN = Plugin("thu", "clb_thu", "clb-thu", "1.2.3")


def asked(step: str = "approve", **form: object) -> StepRequest:
    rules: Rules = Provinces().rules("bac_ninh")
    club = Club("BN-00000000", "bac_ninh", name=NAME, commune="xã Một", seq=4)
    day = date(2021, 9, 1)
    return StepRequest(step, day, day, club, freeze(form), rules)


def test_in_a_process_each_call_is_one_line_on_standard_error(tmp_path: Path) -> None:
    core = make_core(str(tmp_path / "clb.sqlite3"), province=BAC_NINH)
    club = core.bring("proposed")
    core.store.close()
    database = {"CLB_DATABASE": str(tmp_path / "clb.sqlite3")}
    quiet = process("check", club, "--json", folder=tmp_path, **database)
    reported = process("check", club, "--json", folder=tmp_path, CLB_TRACE_HOOKS="1", **database)
    assert quiet.returncode == reported.returncode == 0, reported.stderr
    assert reported.stdout == quiet.stdout
    assert "[hook]" not in quiet.stderr
    begun, ended = reported.stderr.splitlines()[::2], reported.stderr.splitlines()[1::2]
    lines = [LINE.fullmatch(one) for one in ended]
    assert lines
    assert all(BEGUN.fullmatch(one) for one in begun), reported.stderr
    assert all(one is not None for one in lines), reported.stderr
    assert {one[1] for one in lines if one} == {"bac_ninh"}
    assert {one[3] for one in lines if one} == {"clb_checks"}
    assert "clb-bac-ninh 0.1.0" in reported.stderr
    assert "step=approve" in reported.stderr
    assert club in reported.stderr
    assert "-> []" in reported.stderr


def test_a_failing_call_is_shown_too(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    raising = "@hookimpl\ndef clb_checks(request):\n    raise KeyError('x')\n"
    write_plugin(site, "thu_vet", init=f"from engine import hookimpl\n{raising}")
    path = {"PYTHONPATH": str(site), "CLB_DATABASE": str(tmp_path / "clb.sqlite3")}
    process("db", "init", folder=tmp_path, **path)
    who = ("--name", "Q", "--province", "thu_vet")
    process("officer", "add", "qt", *who, "--role", "admin", folder=tmp_path, **path)
    commune = ("--role", "association", "--commune", "Xã Một", "--as", "qt")
    process("officer", "add", "hoi", *who, *commune, folder=tmp_path, **path)
    opened = ("--commune", "Xã Một", "--village", "Thôn 1", "--name", "CLB", "--on", "2021-08-02")
    done = process(
        *("club", "open", "--province", "thu_vet", *opened, "--as", "hoi"),
        folder=tmp_path,
        CLB_TRACE_HOOKS="1",
        **path,
    )
    assert done.returncode == 5
    begun, reported = [one for one in done.stderr.splitlines() if one.startswith("[hook]")]
    assert BEGUN.fullmatch(begun)
    assert "thu_vet clb-thu-vet 1.2.3 clb_checks" in reported
    assert "! KeyError: 'x'" in reported


def test_no_line_is_longer_than_it_may_be() -> None:
    call = hookcalls.HookCall(PLUGIN, "clb_checks", 0.001)
    findings = [Finding("A", Level.NOTE, "x" * 500) for _each in range(20)]
    shown = line(call, asked(**{f"field_{number}": "a" for number in range(500)}), findings)
    assert len(shown) == LONGEST
    assert "\n" not in line(call, asked(), [Finding("A", Level.NOTE, "one\ntwo")])


def test_what_people_typed_is_not_shown() -> None:
    call = hookcalls.HookCall(PLUGIN, "clb_checks", 0.001)
    form = {
        "date": "2021-09-01",
        "chair": "an",
        "inspector": NAME,
        "decision": {"number": "5", "signer": NAME},
        "appraisal": {"finance": "met"},
        "attendance": 60,
    }
    shown = line(call, asked(**form), [])
    assert NAME not in shown
    assert "chair: <2 characters>" in shown
    assert "date: 2021-09-01" in shown
    assert "finance: met" in shown
    assert "attendance: 60" in shown


def test_a_slow_call_and_an_odd_answer_are_marked() -> None:
    slow = hookcalls.HookCall(PLUGIN, "clb_checks", hookcalls.SLOW_SECONDS + 0.1)
    assert slow.is_slow
    assert " ms SLOW " in line(slow, asked(), [])
    odd = PluginError("the answer is not a sequence")
    assert "! the answer is not a sequence" in line(slow, asked(), odd)


def test_each_call_is_measured_and_its_answers_are_those_of_the_hook() -> None:
    found, call = hookcalls.answers(
        PLUGIN, "clb_checks", lambda request: [[Finding(request.step, Level.NOTE, "B")]], asked()
    )
    assert [one.code for one in found] == ["approve"]
    assert (call.plugin, call.hook) == (PLUGIN, "clb_checks")
    assert 0 <= call.seconds < hookcalls.SLOW_SECONDS
    assert not call.is_slow


class Listening(Provinces):
    """The installed provinces, with the requests they are asked kept."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[StepRequest] = []
        self.done: list[StepDone] = []

    def checks(self, province: str, request: StepRequest) -> tuple[Finding, ...]:
        self.seen.append(request)
        return super().checks(province, request)

    def after_step(self, province: str, request: StepDone) -> None:
        self.done.append(request)
        super().after_step(province, request)


def test_requests_about_the_board_and_erasing_hold_ids_and_no_names(tmp_path: Path) -> None:
    listening = Listening()
    core = make_core(str(tmp_path / "clb.sqlite3"), listening, BAC_NINH)
    club = core.bring("operating")
    core.carry(club, "change_board", date(2023, 1, 10))
    core.carry(club, "erase", date(2023, 2, 1), {"member": core.people[5].name})
    core.store.close()
    assert {"set_board", "change_board", "erase"} <= {one.step for one in listening.seen}
    names = {CHAIR, VICE, *(one.name for one in core.people)}
    given = (*listening.seen, *listening.done)
    holding = {one.step for one in given if any(name in repr(one) for name in names)}
    assert holding == set()


def test_a_plugins_words_command_no_terminal() -> None:
    failed = PluginError("X\x1b[2J\u202e", code=codes.PLUGIN_FAILED)
    hostile = Plugin("thu", "clb_thu", "clb-thu\x1b]0;t\x07", "1.2.3")
    assert line(hookcalls.HookCall(hostile, "clb_checks", 0.1), None, failed).isprintable()
