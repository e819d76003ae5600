"""A warning passes with a reason, and the event keeps the reason; a block never passes."""

from datetime import date
from pathlib import Path

import pytest
from support.core import Core, codes, make_core, villagers
from support.province_plugin import province_of
from support.step_forms import ASPECTS

from engine.errors import PluginError, RefusedError
from engine.lifecycle.judge import refuse
from engine.model import Acknowledgement, Level

ON = date(2021, 8, 10)
ACK = {"CLB-COMP-SIZE": "thôn nhỏ", "CLB-COMP-ELDERLY": "nhiều người đi làm xa"}


@pytest.fixture
def small(core: Core) -> tuple[Core, str]:
    """A club of twenty, five of them elderly: three warnings."""
    core.people = villagers(20, 5)
    return core, core.bring("preparing")


def test_a_warning_without_a_reason_refuses_with_warnings_only(small: tuple[Core, str]) -> None:
    core, club = small
    error = core.refusal(club, "propose", ON)
    assert isinstance(error, RefusedError)
    assert (error.exit_code, error.code) == (1, "CLB-NOT-ACKNOWLEDGED")
    assert Level.BLOCK not in {one.level for one in error.findings}
    assert '--ack CLB-COMP-SIZE="…"' in error.help


def test_each_warning_needs_a_reason_of_its_own(small: tuple[Core, str]) -> None:
    core, club = small
    error = core.refusal(club, "propose", ON, ack=ACK)
    assert error.code == "CLB-NOT-ACKNOWLEDGED"
    assert "CLB-COMP-YOUNG" in error.message
    assert "CLB-COMP-SIZE" not in error.message


@pytest.mark.parametrize("blank", ["", "   ", "\t\n"])
def test_a_blank_reason_is_none(small: tuple[Core, str], blank: str) -> None:
    core, club = small
    error = core.refusal(club, "propose", ON, ack={**ACK, "CLB-COMP-YOUNG": blank})
    assert "CLB-COMP-YOUNG" in error.message


def test_the_event_keeps_the_reasons_in_its_body(small: tuple[Core, str]) -> None:
    core, club = small
    core.take(club, "propose", ON, ack={**ACK, "CLB-COMP-YOUNG": " ít trẻ  "})
    assert core.event(club, -1).acknowledged == (
        Acknowledgement("CLB-COMP-SIZE", "thôn nhỏ"),
        Acknowledgement("CLB-COMP-ELDERLY", "nhiều người đi làm xa"),
        Acknowledgement("CLB-COMP-YOUNG", "ít trẻ"),
    )


def test_a_reason_for_a_warning_that_did_not_come_is_not_kept(core: Core) -> None:
    club = core.bring("preparing")
    core.take(club, "propose", ON, ack=ACK)
    assert core.event(club, -1).acknowledged == ()


def test_a_note_needs_no_reason(core: Core) -> None:
    club = core.bring("approved")
    done = core.take(club, "train", date(2021, 9, 2), {"course.start": "2021-08-30"})
    assert codes(done) == ["CLB-TRAIN-BEFORE"]
    assert core.event(club, -1).acknowledged == ()


def test_a_finding_that_blocks_cannot_be_acknowledged(core: Core) -> None:
    club = core.bring("proposed")
    everything = dict.fromkeys(("CLB-APPRAISAL-MISSING", "CLB-STATE", "CLB-ROLE"), "cứ làm")
    error = core.refusal(club, "approve", ON, {"appraisal": None}, ack=everything)
    assert codes(error) == ["CLB-APPRAISAL-MISSING"] * len(ASPECTS)


def test_nothing_found_needs_nothing() -> None:
    assert refuse((), {}) == ()


LOUD = """
from engine import Finding, Level, hookimpl


@hookimpl
def clb_checks(request):
    if request.step != "propose":
        return []
    return [Finding("TT-RIENG", Level.{level}, "Điều của tỉnh", permission=True)]
"""


@pytest.mark.parametrize("level", ["BLOCK", "WARN", "NOTE"])
def test_a_provinces_own_finding_counts_like_the_engines_and_is_stamped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, level: str
) -> None:
    provinces = province_of(tmp_path, monkeypatch, code=LOUD.format(level=level))
    core = make_core(str(tmp_path / "clb.sqlite3"), provinces, "tinh_thu")
    club = core.open()
    found = core.life.check(club, "propose", on=ON)[0].findings[-1]
    assert (found.code, found.level, found.plugin) == (
        "TT-RIENG",
        Level[level],
        "clb_tinh_thu 0",
    )
    ack = {"TT-RIENG": "đã hỏi tỉnh"}
    if level == "BLOCK":
        assert core.refusal(club, "propose", ON, ack=ack).exit_code == 1
        return
    if level == "WARN":
        assert core.refusal(club, "propose", ON).code == "CLB-NOT-ACKNOWLEDGED"
    assert core.take(club, "propose", ON, ack=ack).state == "proposed"


FAILING = """
import sys
from engine import hookimpl


@hookimpl
def clb_checks(request):
    {failure}
"""


@pytest.mark.parametrize(
    "failure", ["raise ValueError('hỏng')", "sys.exit(0)", "return ['không phải']", "return 3"]
)
def test_a_check_of_the_province_that_fails_refuses_the_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: str
) -> None:
    provinces = province_of(tmp_path, monkeypatch, code=FAILING.format(failure=failure))
    core = make_core(str(tmp_path / "clb.sqlite3"), provinces, "tinh_thu")
    with pytest.raises(PluginError) as caught:
        core.open()
    assert caught.value.exit_code == 5
    assert core.store.rows("SELECT id FROM club") == []


AFTER = """
from engine import hookimpl


@hookimpl
def clb_after_step(request):
    raise RuntimeError("hỏng sau khi ghi")
"""


def test_a_listener_that_fails_leaves_the_step_done_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    provinces = province_of(tmp_path, monkeypatch, code=AFTER)
    core = make_core(str(tmp_path / "clb.sqlite3"), provinces, "tinh_thu")
    club = core.open()
    done = core.take(club, "propose", ON)
    assert core.club(club).state == "proposed"
    assert len(done.warnings) == 1
    assert "hỏng sau khi ghi" in done.warnings[0]
