"""PostgreSQL by URL: the same steps, the same answers, and nobody in another's way."""

import re
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.busy import live
from support.core import (
    ASSOCIATION,
    COMMITTEE,
    PROVINCE,
    PROVINCES,
    SECOND_COMMITTEE,
    Core,
    make_core,
)
from support.step_forms import GRANT, form
from support.worker import go, ready, start

from engine.errors import ConflictError
from engine.lifecycle.registry import open_registry
from engine.reports.due import due
from engine.reports.progress import progress
from engine.store import verify
from engine.store.tables import FOLDS

WRITERS, STEPS = 4, 25
ON = date(2024, 12, 31)
CHANCE = re.compile(r"\b(?:TM-[0-9A-Z]{8}|[MP][0-9A-Z]{7,8}|[0-9a-f]{64})\b")


def finish(process: Any) -> list[str]:
    told, failed = process.communicate(timeout=120)
    assert failed == ""
    assert process.returncode == 0
    return list(told.split("\n")[:-1])


def told(core: Core) -> list[str]:
    """Return every row of every table and every answer, without what chance made."""
    rules = core.registry.provinces.rules(PROVINCE)
    rows = [
        f"{table._meta.table_name} {tuple(map(_plain, row))}"
        for table in FOLDS
        for row in core.store.rows(f"SELECT * FROM {table._meta.table_name}")
    ]
    rows += [f"due {one}" for one in due(core.store, rules, PROVINCE, ON, past=True)]
    rows += [f"progress {row.progress}" for row in progress(core.store, rules, PROVINCE, ON)]
    return sorted(CHANCE.sub("*", row) for row in rows)


def _plain(value: object) -> object:
    return int(value) if isinstance(value, bool) else value


def test_a_whole_life_leaves_the_same_rows_and_answers_as_on_sqlite(
    core: Core, tmp_path: Path
) -> None:
    here = make_core(str(tmp_path / "clb.sqlite3"))
    for one in (core, here):
        club = one.bring("operating")
        one.carry(club, "fund", date(2022, 5, 4), {**GRANT, "fund": "operating"})
        one.carry(club, "meeting", date(2022, 6, 1))
        one.carry(club, "review", date(2022, 12, 20))
        one.carry(club, "rename", date(2023, 3, 1))
        for state in ("returned", "suspended", "dissolved"):
            one.bring(state)
    assert told(core) == told(here)
    here.store.close()


def test_the_log_verifies_and_the_tables_come_back_from_it(core: Core) -> None:
    live(core)
    before = told(core)
    core.store.run("DELETE FROM member")
    assert [one.stream for one in verify.table_faults(core.store)] == ["member"]
    verify.rebuild(core.store)
    assert told(core) == before
    assert list(verify.chain_faults(core.store)) == []


def test_a_refused_step_leaves_nothing_behind(core: Core) -> None:
    club = core.bring("proposed")
    before = told(core)
    with suppress(RuntimeError), core.store.write():
        core.life.advance_within(
            club, "approve", form("approve", date(2021, 9, 1)), officer=COMMITTEE
        )
        assert core.club(club).state == "approved"
        raise RuntimeError
    assert told(core) == before


def test_four_programs_on_four_clubs_take_all_their_steps(core: Core, url: str) -> None:
    clubs = [core.bring("operating", members=False) for _each in range(WRITERS)]
    running = [start("meet", url, [club]) for club in clubs]
    for process in running:
        ready(process)
    for process in running:
        go(process)
    assert [finish(process) for process in running] == [["done"] * STEPS] * WRITERS
    assert list(verify.chain_faults(core.store)) == []
    assert list(verify.table_faults(core.store)) == []


def test_two_programs_on_the_same_steps_take_each_of_them_once(core: Core, url: str) -> None:
    clubs = [core.bring("proposed") for _each in range(8)]
    running = [start("approve", url, clubs) for _each in range(2)]
    for process in running:
        ready(process)
    for process in running:
        go(process)
    for one, other in zip(*(finish(process) for process in running), strict=True):
        assert sorted((one, other)) == ["ConflictError 4", "done"]
    for club in clubs:
        assert [one.step for one in core.events(club)].count("approve") == 1
    assert list(verify.chain_faults(core.store)) == []


def test_the_second_of_two_officers_is_told_of_the_conflict(core: Core, url: str) -> None:
    club = core.bring("proposed")
    seen = core.club(club)
    other = open_registry(url, provinces=PROVINCES, clock=core.clock)
    decided = form("approve", date(2021, 9, 1))
    other.lifecycle.advance(club, "approve", decided, officer=COMMITTEE, expected=seen)
    with pytest.raises(ConflictError):
        core.life.advance(club, "approve", decided, officer=SECOND_COMMITTEE, expected=seen)
    other.store.close()


def test_a_club_waits_for_who_writes_about_it_and_only_for_that(core: Core, url: str) -> None:
    club, another = core.bring("operating"), core.bring("operating")
    other = open_registry(url, provinces=PROVINCES, clock=core.clock)
    other.store.run("SET lock_timeout = '200ms'")
    meeting = form("meeting", date(2022, 5, 4))
    with core.store.write(f"club:{club}"):
        with pytest.raises(ConflictError):
            other.lifecycle.advance(club, "meeting", meeting, officer=ASSOCIATION)
        other.lifecycle.advance(another, "meeting", meeting, officer=ASSOCIATION)
    other.lifecycle.advance(club, "meeting", meeting, officer=ASSOCIATION)
    other.store.close()


def test_what_is_counted_waits_for_the_province(core: Core, url: str) -> None:
    club = core.bring("proposed")
    other = open_registry(url, provinces=PROVINCES, clock=core.clock)
    other.store.run("SET lock_timeout = '200ms'")
    decided = form("approve", date(2021, 9, 1))
    with core.store.write(f"province:{PROVINCE}"), pytest.raises(ConflictError):
        other.lifecycle.advance(club, "approve", decided, officer=COMMITTEE)
    other.lifecycle.advance(club, "approve", decided, officer=COMMITTEE)
    other.store.close()
