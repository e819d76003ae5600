"""What is true of a server only: nobody is in another's way; and rows and answers as on SQLite."""

import re
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from support.core import (
    ASSOCIATION,
    COMMITTEE,
    PROVINCE,
    PROVINCES,
    Core,
    make_core,
)
from support.databases import address
from support.step_forms import GRANT, form

from engine.errors import ConflictError
from engine.lifecycle.registry import open_registry
from engine.reports.due import due
from engine.reports.progress import progress
from engine.store.tables import FOLDS

pytestmark = pytest.mark.postgresql

ON = date(2024, 12, 31)
CHANCE = re.compile(r"\b(?:TM-[0-9A-Z]{8}|[MP][0-9A-Z]{7,8}|[0-9a-f]{64})\b")


def reported(core: Core) -> list[str]:
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
    assert reported(core) == reported(here)
    here.store.close()


def test_a_refused_step_leaves_nothing_behind(core: Core) -> None:
    club = core.bring("proposed")
    before = reported(core)
    with suppress(RuntimeError), core.store.write():
        core.life.advance_within(
            club, "approve", form("approve", date(2021, 9, 1)), officer=COMMITTEE
        )
        assert core.club(club).state == "approved"
        raise RuntimeError
    assert reported(core) == before


def test_a_club_waits_for_who_writes_about_it_and_only_for_that(core: Core) -> None:
    club, another = core.bring("operating"), core.bring("operating")
    other = open_registry(address(core.store), provinces=PROVINCES, clock=core.clock)
    other.store.run("SET lock_timeout = '200ms'")
    meeting = form("meeting", date(2022, 5, 4))
    with core.store.write(f"club:{club}"):
        with pytest.raises(ConflictError):
            other.lifecycle.advance(club, "meeting", meeting, officer=ASSOCIATION)
        other.lifecycle.advance(another, "meeting", meeting, officer=ASSOCIATION)
    other.lifecycle.advance(club, "meeting", meeting, officer=ASSOCIATION)
    other.store.close()


def test_what_is_counted_waits_for_the_province(core: Core) -> None:
    club = core.bring("proposed")
    other = open_registry(address(core.store), provinces=PROVINCES, clock=core.clock)
    other.store.run("SET lock_timeout = '200ms'")
    decided = form("approve", date(2021, 9, 1))
    with core.store.write(f"province:{PROVINCE}"), pytest.raises(ConflictError):
        other.lifecycle.advance(club, "approve", decided, officer=COMMITTEE)
    other.lifecycle.advance(club, "approve", decided, officer=COMMITTEE)
    other.store.close()
