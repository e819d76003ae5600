"""A long log is checked by two processes, and the answer is that of one."""

import os
import signal
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from support.core import Core
from support.databases import change

from engine import i18n
from engine.lifecycle import upkeep
from engine.store import second_process, span
from engine.store.database import connect
from engine.store.fault import Fault
from engine.store.second_process import Second, shared
from engine.store.stream_check import Found, Work

pytestmark = pytest.mark.slow

CLUB = "substr(stream, 1, 5) = 'club:'"
FORGED: dict[str, tuple[str, ...]] = {
    "nothing": (),
    "a body": (
        "UPDATE event SET body = replace(body, '2021', '2022') "
        f"WHERE seq = 2 AND stream = (SELECT max(stream) FROM event WHERE {CLUB})",
    ),
    "a column": ("UPDATE event SET officer = 'ai_do' WHERE seq = 3",),
    "the province's own stream": (
        f"UPDATE event SET step = 'officer_remove' WHERE seq = 1 AND NOT {CLUB}",
    ),
    "names": ("UPDATE personal SET name = 'Ai Đó', province = 'ha_noi'",),
    "names that are gone": ("DELETE FROM personal",),
    "names of clubs that there are not": (
        "UPDATE personal SET club = '' WHERE member = (SELECT max(member) FROM personal)",
        "UPDATE personal SET club = 'đ' WHERE member = (SELECT min(member) FROM personal)",
    ),
    "tables": ("UPDATE member SET sex = 'X'", "DELETE FROM task", "UPDATE club SET seq = seq + 1"),
    "a club that only the tables know": (
        f"DELETE FROM event WHERE stream = (SELECT min(stream) FROM event WHERE {CLUB})",
    ),
}
"""Statements that change a database."""


def both(core: Core) -> list[tuple[Fault, ...]]:
    return [work(core.store).faults for work in (upkeep.verify_log, upkeep.check)]


@pytest.fixture
def in_two(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return what lets the shortest log be checked by two processes, a few rows at a time."""

    def use() -> None:
        monkeypatch.setattr(second_process, "MANY_EVENTS", 0)
        monkeypatch.setattr(span, "FEW", 1)
        monkeypatch.setattr(second_process, "processors", lambda: 2)

    return use


@pytest.mark.parametrize("statements", FORGED.values(), ids=FORGED.keys())
def test_two_processes_find_what_one_finds_in_the_same_order(
    busy: Core, in_two: Callable[[], None], statements: tuple[str, ...]
) -> None:
    for sql in statements:
        change(busy.store, sql)
    alone = both(busy)
    in_two()
    assert both(busy) == alone


def test_the_second_process_writes_in_the_language_of_the_first(
    busy: Core, in_two: Callable[[], None]
) -> None:
    change(busy.store, "UPDATE event SET officer = 'ai_do' WHERE seq = 3")
    in_two()
    i18n.use("en")
    (first, *_rest) = both(busy)[0]
    assert first.reason == "the column officer is not what the body says"


@pytest.mark.parametrize("broken", ["import sys; sys.exit(1)", "print('?')", ""])
def test_the_first_process_does_the_work_of_a_second_one_that_does_not_run(
    busy: Core, in_two: Callable[[], None], monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    change(busy.store, "UPDATE event SET officer = 'ai_do' WHERE seq = 3")
    alone = both(busy)
    in_two()
    monkeypatch.setattr(second_process, "BEGIN", broken)
    assert both(busy) == alone


def test_the_second_process_is_of_this_engine_whichever_else_is_installed(
    busy: Core, in_two: Callable[[], None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "engine").mkdir()
    (tmp_path / "engine" / "__init__.py").write_text("", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    in_two()
    with shared(busy.store) as second:
        assert second is not None
        assert second.check(span.Span(), Work(tables=True)) == Found()


def test_nor_does_one_that_is_killed_lose_anything(
    busy: Core, in_two: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    change(busy.store, "UPDATE event SET officer = 'ai_do' WHERE seq = 3")
    alone = both(busy)
    in_two()

    class Killed(Second):
        def join(self, exported: str | None = None) -> None:
            super().join(exported)
            assert self._process is not None
            os.kill(self._process.pid, signal.SIGTERM)

    monkeypatch.setattr(second_process, "Second", Killed)
    assert both(busy) == alone


def test_the_second_process_finds_in_all_spans_what_one_finds_in_a_log_that_is_whole(
    busy: Core, in_two: Callable[[], None]
) -> None:
    for sql in (*FORGED["tables"], *FORGED["names of clubs that there are not"]):
        change(busy.store, sql)
    in_two()
    work, alone, theirs = Work(tables=True, personal=True), Found(), Found()
    with shared(busy.store) as second:
        assert second is not None
        for one in span.WHOLE:
            alone.add(span.check(busy.store, one, work))
        for one in span.divided(busy.store):
            found = second.check(one, work)
            assert found is not None
            theirs.add(found)
    assert theirs == alone != Found()


@pytest.mark.parametrize("overtaken", [False, True])
def test_both_processes_read_the_same_moment_or_there_is_one(
    busy: Core, in_two: Callable[[], None], monkeypatch: pytest.MonkeyPatch, overtaken: bool
) -> None:
    class Overtaken(Second):
        def join(self, exported: str | None = None) -> None:
            if overtaken:
                with closing(connect(busy.store.target)) as other, other.write():
                    other.run("UPDATE club SET name = 'Tên khác'")
            super().join(exported)

    in_two()
    monkeypatch.setattr(second_process, "Second", Overtaken)
    with shared(busy.store) as second:
        assert second is not None
        theirs = second.check(span.Span(), Work(tables=True))
    # A server hands its moment on; a file that was written meanwhile is read by one process.
    assert theirs == (None if overtaken and busy.store.is_sqlite else Found())


def test_where_there_is_one_processor_one_process_does_it_all(
    busy: Core, in_two: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    in_two()
    monkeypatch.setattr(second_process, "processors", lambda: 1)
    monkeypatch.setattr(second_process.sys, "executable", "/no/such/program")
    assert both(busy) == [(), ()]
