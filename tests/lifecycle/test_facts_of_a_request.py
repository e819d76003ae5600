"""What a province's check asks of a request is there, whatever the step itself needs."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
from support.province_plugin import province_of

from engine.errors import PluginError
from engine.lifecycle.gather import FACTS
from engine.model import Level
from engine.rules.request import StepRequest
from engine.scenario.play import FOUNDED, LAUNCHED, OPERATING, play
from engine.scenario.world import World, open_world
from engine.store import log

START, TODAY = date(2021, 1, 4), date(2022, 12, 31)
CODE = """
from engine import Finding, Level, hookimpl

ASKED = ({asked})

@hookimpl
def clb_checks(request):
    seen = "; ".join(f"{{name}}={{getattr(request, name)!r}}" for name in ASKED)
    if request.remedy_findings:
        seen += "; named"
    return [Finding(code="TT-SEEN", level=Level.NOTE, message=seen)]
"""


@contextmanager
def asking(folder: Path, patch: pytest.MonkeyPatch, *asked: str) -> Iterator[tuple[World, str]]:
    """A club at work, in a province whose check answers with what it asks for."""
    code = CODE.format(asked="".join(f'"{name}", ' for name in asked))
    provinces = province_of(folder, patch, code=code)
    with open_world(folder, "tinh_thu", TODAY, provinces=provinces) as here:
        club = here.found(START)
        for turns in (FOUNDED, LAUNCHED[len(FOUNDED) :], OPERATING):
            list(play(here, club, turns, START))
        yield here, club


def answered(here: World, club: str, step: str) -> str:
    outcome = here.take(club, step, TODAY, role=None)
    return next(one.message for one in outcome.findings if one.code == "TT-SEEN")


def test_every_fact_is_a_field_of_a_request() -> None:
    assert set(FACTS) <= {one.name for one in fields(StepRequest)}


def test_money_is_there_at_a_meeting_which_needs_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with asking(tmp_path, monkeypatch, "ledger", "composition", "supervisions") as (here, club):
        here.take(club, "fund", TODAY, {"amount": 700_000, "kind": "contribution"})
        seen = answered(here, club, "meeting")
    assert "amount=700000" in seen
    assert "Composition(members=12" in seen
    assert "Supervision(on=" in seen


def test_every_fact_can_be_asked_for_at_every_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with asking(tmp_path, monkeypatch, *FACTS) as (here, club):
        for found in here.registry.lifecycle.check(club):
            (seen,) = [one.message for one in found.findings if one.code == "TT-SEEN"]
            assert all(f"{fact}=" in seen for fact in FACTS)


def test_a_step_that_counts_one_thing_answers_all_that_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with asking(tmp_path, monkeypatch, "counts") as (here, _club):
        later = date(START.year, 6, 1)
        here.open(later, {"name": "CLB khác"})
        opened = [one.message for one in here.outcomes[-1].findings if one.code == "TT-SEEN"]
    assert "decided=1" in opened[0]


@pytest.mark.sqlite
def test_a_check_costs_the_queries_of_the_facts_it_asks_for_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(folder: str, *names: str) -> Counter[str]:
        (tmp_path / folder).mkdir()
        place = tmp_path / folder
        with asking(place, monkeypatch, *names) as (here, club), traced(here) as found:
            here.registry.lifecycle.check(club, "meeting")
        return Counter(one.partition(" WHERE ")[0] for one in found)

    nothing, ledger = asked("nothing"), asked("ledger", "ledger")
    assert [one for one in nothing if " FROM ledger" in one] == []
    (more,) = (ledger - nothing).elements()
    assert " FROM ledger" in more
    assert nothing - ledger == Counter()


@pytest.mark.sqlite
def test_what_several_steps_ask_of_a_club_is_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with asking(tmp_path, monkeypatch, "ledger", "own_steps") as (here, club):
        lifecycle = here.registry.lifecycle
        with traced(here) as found:
            together = lifecycle.check(club)
        alone = [lifecycle.check(club, one.step)[0] for one in together]
    of_the_club = [one for one in found if re.search(r" FROM (ledger|member|task|board)\b", one)]
    assert sorted(of_the_club) == sorted(set(of_the_club))
    assert [one.findings for one in together] == [one.findings for one in alone]


@contextmanager
def traced(here: World) -> Iterator[list[str]]:
    """Collect the statements of the block."""
    found: list[str] = []
    connection = here.registry.store.database.connection()
    connection.set_trace_callback(found.append)
    try:
        yield found
    finally:
        connection.set_trace_callback(None)


def test_what_is_no_field_is_an_error_of_the_plugin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    provinces = province_of(tmp_path, monkeypatch, code=CODE.format(asked='"ledgers", '))
    with (
        open_world(tmp_path, "tinh_thu", TODAY, provinces=provinces) as here,
        pytest.raises(PluginError, match=r"clb_checks.*AttributeError: ledgers"),
    ):
        here.open(START)


def test_a_correction_shows_the_money_as_it_was_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with asking(tmp_path, monkeypatch, "ledger") as (here, club):
        here.take(club, "meeting", TODAY)
        seq = here.registry.lifecycle.club(club).seq
        here.take(club, "fund", TODAY, {"amount": 700_000, "kind": "contribution"})
        changes = {"seq": seq, "changes": {"attendance": 5}, "reason": "ghi nhầm"}
        outcome = here.take(club, "correct", TODAY, changes, officer=_own(here, club, seq))
    about_then, *_more = [one.message for one in outcome.findings if one.code == "TT-SEEN"]
    assert "700000" not in about_then
    assert all(one.level is Level.NOTE for one in outcome.findings)


def _own(here: World, club: str, seq: int) -> str:
    return log.read(here.registry.store, f"club:{club}")[seq - 1].officer
