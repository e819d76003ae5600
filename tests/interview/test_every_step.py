"""Every step of every province is filled in by answering questions, without a terminal."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from engine.interview.question import Kind, Question
from engine.interview.reading import show_one
from engine.interview.step import StepInterview
from engine.labels import POSTS
from engine.lifecycle.lifecycle import Outcome
from engine.lifecycle.situation import opening, situation
from engine.model import Role, State
from engine.provinces.load import Provinces
from engine.rules.request import reach
from engine.scenario.play import FOUNDED, LAUNCHED, OPERATING, Turn, first_day
from engine.scenario.world import World, acknowledging, open_world
from engine.states import STEPS

PROVINCES = sorted(Provinces().found())
COMMANDS = {one.name for one in STEPS if one.command is not None}
LIVES: dict[str, tuple[Turn, ...]] = {
    "from its proposal to its end": (
        FOUNDED[0],
        Turn("return", 8),
        Turn("propose", 12, {"submission.number": "02/TTr-HNCT"}),
        Turn("approve", 20),
        *LAUNCHED[2:],
        Turn("rename", 42),
        Turn("fund", 44, {"kind": "reversal"}),
        *OPERATING,
        Turn("correct", 482, role=Role.COMMITTEE),
        Turn("erase", 483, {"member": None}),
        Turn("dissolve", 500),
    ),
    "withdrawn": (FOUNDED[0], Turn("withdraw", 8)),
    "rejected": (FOUNDED[0], Turn("reject", 8)),
    "lending": (
        *LAUNCHED,
        Turn("lending_terms", 41),
        Turn("lend", 42, {"member": None}),
        Turn("repay", 43),
        Turn("extend", 44),
        Turn("write_off", 45),
        Turn("care", 46),
    ),
    "moved": (FOUNDED[0], Turn("rehome", 10)),
    "taken back": (FOUNDED[0], Turn("annul", 9)),
}
ANSWERS = {
    Kind.TEXT: "Theo hồ sơ",
    Kind.PLACE: "Xã Hai",
    Kind.NUMBER: "5",
    Kind.MONEY: "6 triệu",
    Kind.YES_NO: "có",
    Kind.CHOICE: "1",
    Kind.CHOICES: "tất cả",
    Kind.LINES: "Thiếu danh sách",
    Kind.YEAR: "năm nay",
    Kind.RATE: "0,5%/tháng",
}
"""What is typed where no ordinary form has anything for a question."""


def spoken(question: Question, value: Any) -> str:
    """Return a form's value as somebody types it: the words of codes, days as days are written."""
    if isinstance(value, list | tuple):
        return ", ".join(show_one(question, one) for one in value)
    if question.kind is Kind.MONEY:
        return f"{value} đồng"
    return show_one(question, value)


def typed(question: Question, form: dict[str, Any]) -> str:
    """Return what somebody types: what an ordinary form has, else the default, else anything."""
    value = reach(form, question.path)
    if question.kind is Kind.RECORD:
        return "" if question.default is not None else str(question.choices[0].value)
    if value is not None:
        return spoken(question, value)
    if question.default is not None or not question.required:
        return ""
    if question.now is not None:
        return question.now
    if question.kind in (Kind.PERSON, Kind.PEOPLE):
        return question.choices[0].label
    return ANSWERS[question.kind]


def answer_all(interview: StepInterview, form: dict[str, Any]) -> StepInterview:
    """Answer question after question until none waits."""
    asked: list[str] = []
    while (question := interview.next()) is not None:
        assert question.path not in asked, f"{question.path} is asked twice"
        asked.append(question.path)
        answer = interview.read(question, typed(question, form))
        interview = interview.answered(question.path, answer.value)
    return interview


def take(world: World, club: str, turn: Turn, on: date) -> Outcome:
    """Take a step with the form that an interview gives."""
    changes = turn.changes(world.rules, on) if callable(turn.changes) else turn.changes
    form = world.form(turn.step, on, changes)
    lifecycle = world.registry.lifecycle
    commune = lifecycle.club(club).commune
    officer = world.officers.for_step(turn.step, commune, on, turn.role, form)
    known = situation(lifecycle, club, turn.step, officer.id)
    interview = StepInterview(step=turn.step, situation=known)
    assert interview.obstacles() == ()
    done = answer_all(interview, form)
    assert all(shown for _title, shown in done.summary())
    return acknowledging(
        lambda reasons: lifecycle.advance(
            club, turn.step, done.form(), officer=officer.id, acknowledged=reasons
        )
    )


@pytest.fixture
def world(tmp_path: Path, province: str) -> Iterator[World]:
    today = first_day(Provinces().policy(province).documents[0])
    with open_world(tmp_path, province, today) as opened:
        yield opened


def opened_by_questions(world: World, on: date) -> str:
    """Open a club by answering, and give it members and a board; the clock is at ``on``."""
    lifecycle = world.registry.lifecycle
    form = world.form("open", on)
    officer = world.officers.for_step("open", form["commune"], on)
    known = opening(lifecycle, world.province, officer.id)
    done = answer_all(StepInterview(step="open", situation=known), form)
    club = lifecycle.open(world.province, done.form(), officer=officer.id).club
    assert lifecycle.club(club).commune == officer.commune
    people = world.people(on, 12)
    world.add(club, people, on)
    names = [one.name for one in people]
    keeper = world.officers.for_step("set_board", officer.commune or "", on)
    board = StepInterview(
        step="set_board", situation=situation(lifecycle, club, "set_board", keeper.id)
    )
    filled = answer_all(board, dict(zip(POSTS, names, strict=False)))
    lifecycle.advance(club, "set_board", filled.form(), officer=keeper.id)
    return club


@pytest.mark.parametrize("life", LIVES)
@pytest.mark.parametrize("province", PROVINCES)
def test_a_life_is_led_by_answers_alone(world: World, life: str) -> None:
    start = world.registry.lifecycle.today()
    club = opened_by_questions(world, start)
    for turn in LIVES[life]:
        on = start + timedelta(days=turn.after)
        world.clock.day = on  # type: ignore[attr-defined]
        if turn.changes == {"kind": "reversal"}:
            take(world, club, Turn("fund", turn.after), on)
        take(world, club, turn, on)
    assert world.registry.lifecycle.club(club).state is not State.NONE


def test_the_lives_have_every_step_that_a_form_is_filled_in_for() -> None:
    played = {turn.step for turns in LIVES.values() for turn in turns} | {"open", "set_board"}
    assert {one.name for one in STEPS} - played - COMMANDS == {"export"}
