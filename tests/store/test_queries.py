"""A query is spelled in one way for both databases."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from support.core import ASSOCIATION, COMMITTEE, PATHS, TOWN, Core
from support.step_forms import GRANT

from engine.lifecycle.situation import situation


def test_a_percent_sign_is_itself_with_and_without_parameters(core: Core) -> None:
    assert core.store.rows("SELECT '50%' LIKE '5%'")[0][0]
    assert core.store.rows("SELECT ? LIKE '5%'", ("50%",))[0][0]
    core.store.many("UPDATE officer SET name = ? WHERE name LIKE 'C%'", [("100% Việt Nam",)])
    assert core.store.rows("SELECT DISTINCT name FROM officer") == [("100% Việt Nam",)]


@contextmanager
def statements(core: Core) -> Iterator[list[str]]:
    """Collect the statements of the block, with their values."""
    found: list[str] = []
    connection = core.store.database.connection()
    connection.set_trace_callback(found.append)
    try:
        yield found
    finally:
        connection.set_trace_callback(None)


@pytest.mark.sqlite
def test_what_names_a_club_is_not_looked_for_in_its_whole_province(core: Core) -> None:
    with statements(core) as found:
        club = core.walk(PATHS["operating"])
        core.carry(club, "fund", date(2022, 4, 11))
        core.carry(club, "suspend", date(2022, 5, 14))
        core.carry(club, "resume", date(2022, 5, 15))
        undone = {"seq": core.club(club).state_seq}
        core.carry(club, "annul", date(2022, 5, 16), undone, officer=COMMITTEE)
        core.carry(club, "resume", date(2022, 5, 17))
        core.carry(club, "supervise", date(2022, 10, 18))
        seen = {"seq": core.club(club).seq, "changes": {"date": "2022-10-17"}}
        core.carry(club, "correct", date(2022, 10, 19), seen, officer=TOWN)
        situation(core.life, club, None, ASSOCIATION)
    named = {one for one in found if f"club = '{club}'" in one and not one.startswith("INSERT")}
    assert len(named) > 20
    for statement in named:
        for row in core.store.rows(f"EXPLAIN QUERY PLAN {statement}"):
            assert "(province=?" not in row[3], statement


@pytest.mark.sqlite
def test_money_that_is_no_grant_counts_no_grants_of_other_clubs(core: Core) -> None:
    club = core.walk(PATHS["operating"])

    def counted(**changes: object) -> int:
        with statements(core) as found:
            core.take(club, "fund", date(2022, 4, 11), GRANT | changes, officer=TOWN)
        return sum("l.kind = 'grant'" in one for one in found)

    assert counted() == 2
    assert counted(kind="contribution", source="member", amount=200_000) == 0


@pytest.mark.sqlite
def test_who_is_named_for_a_board_is_looked_for_once(core: Core) -> None:
    club = core.walk(PATHS["operating"])
    with statements(core) as found:
        core.carry(club, "change_board", date(2022, 4, 11))
    assert sum("p.name_key = " in one for one in found) == 1


@pytest.mark.sqlite
def test_where_nothing_was_lent_neither_repayments_nor_terms_are_looked_for(core: Core) -> None:
    club = core.walk(PATHS["operating"])
    with statements(core) as found:
        core.carry(club, "supervise", date(2022, 10, 18))
    assert any(" FROM loan " in one for one in found)
    assert not any(" FROM loan_change " in one or " FROM lending " in one for one in found)
