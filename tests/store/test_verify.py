"""Whatever another tool changes in the log or around it is found, and the event is named."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from support.core import Core, merge_provinces
from support.databases import address, change, columns
from support.faults import chain_faults, personal_faults, table_faults

from engine.errors import StorageError
from engine.lifecycle.registry import open_registry
from engine.store import verify
from engine.store.canonical import digest, dumps
from engine.store.database import Store
from engine.store.tables import FOLDS


def chain(store: Store) -> list[tuple[str, int]]:
    return [(one.stream, one.seq) for one in chain_faults(store)]


def tables(store: Store) -> list[str]:
    return [one.stream for one in table_faults(store)]


def by_hand(core: Core, sql: str, *params: Any) -> None:
    """Change the database as any other tool can."""
    change(core.store, sql, *params)


@contextmanager
def undone(store: Store) -> Iterator[None]:
    """Take back whatever the block does to the database."""
    store.database.begin()
    try:
        yield
    finally:
        store.database.rollback()


def events(core: Core) -> list[tuple[str, int]]:
    return [tuple(row) for row in core.store.rows("SELECT stream, seq FROM event ORDER BY 1, 2")]


def longest(core: Core) -> str:
    row = core.store.row("SELECT stream FROM event GROUP BY stream ORDER BY count(*) DESC")
    assert row is not None
    return str(row[0])


def test_an_untouched_log_has_no_fault(busy: Core) -> None:
    assert chain(busy.store) == []
    assert tables(busy.store) == []
    assert personal_faults(busy.store) == []


def test_a_byte_changed_in_any_event_is_found_and_the_event_named(busy: Core) -> None:
    for stream, seq in events(busy):
        row = busy.store.row("SELECT body FROM event WHERE stream = ? AND seq = ?", (stream, seq))
        assert row is not None
        body = str(row[0])
        place = (seq * 37) % len(body)
        other = "x" if body[place] != "x" else "y"
        changed = body[:place] + other + body[place + 1 :]
        sql = "UPDATE event SET body = ? WHERE stream = ? AND seq = ?"
        with undone(busy.store):
            busy.store.run(sql, (changed, stream, seq))
            assert chain(busy.store) == [(stream, seq)]
    assert chain(busy.store) == []


COPIED = ("province", "step", "from_state", "to_state", "on_date", "recorded_at", "officer", "hash")


@pytest.mark.parametrize("column", COPIED)
@pytest.mark.parametrize("value", ["xxx", "", None, 7])
def test_a_copied_column_that_says_something_else_is_found(
    busy: Core, column: str, value: Any
) -> None:
    for stream, seq in events(busy):
        where = (stream, seq)
        row = busy.store.row(f"SELECT {column} FROM event WHERE stream = ? AND seq = ?", where)
        assert row is not None
        if value is None and column not in ("from_state", "to_state"):
            return
        if row[0] == value:
            continue
        sql = f"UPDATE event SET {column} = ? WHERE stream = ? AND seq = ?"
        with undone(busy.store):
            busy.store.run(sql, (value, *where))
            assert chain(busy.store) == [where], where


@pytest.mark.sqlite
def test_bytes_that_are_no_text_are_found_too(busy: Core) -> None:
    stream = longest(busy)
    by_hand(
        busy, "UPDATE event SET body = CAST(x'ff00' AS TEXT) WHERE stream = ? AND seq = 3", stream
    )
    with verify.damaged_text(busy.store):
        assert chain(busy.store) == [(stream, 3)]


def test_a_body_sealed_anew_breaks_the_event_after_it(busy: Core) -> None:
    stream = longest(busy)
    row = busy.store.row("SELECT body FROM event WHERE stream = ? AND seq = 5", (stream,))
    assert row is not None
    body = {**json.loads(row[0]), "officer": "ai_khac"}
    text = dumps(body)
    sql = "UPDATE event SET body = ?, hash = ?, officer = ? WHERE stream = ? AND seq = 5"
    by_hand(busy, sql, text, digest(text), "ai_khac", stream)
    assert chain(busy.store) == [(stream, 6)]


def test_a_last_event_sealed_anew_does_not_fit_the_tables(busy: Core) -> None:
    stream = longest(busy)
    row = busy.store.row(
        "SELECT seq, body FROM event WHERE stream = ? ORDER BY seq DESC", (stream,)
    )
    assert row is not None
    text = dumps({**json.loads(row[1]), "officer": "ai_khac"})
    sql = "UPDATE event SET body = ?, hash = ?, officer = 'ai_khac' WHERE stream = ? AND seq = ?"
    by_hand(busy, sql, text, digest(text), stream, row[0])
    assert chain(busy.store) == [(stream, row[0])]


def test_a_body_spelled_otherwise_is_found_though_it_says_the_same(busy: Core) -> None:
    stream = longest(busy)
    row = busy.store.row("SELECT body FROM event WHERE stream = ? AND seq = 5", (stream,))
    assert row is not None
    text = json.dumps(json.loads(row[0]), ensure_ascii=False, indent=1)
    sql = "UPDATE event SET body = ?, hash = ? WHERE stream = ? AND seq = 5"
    by_hand(busy, sql, text, digest(text), stream)
    assert chain(busy.store) == [(stream, 5)]


def test_an_event_taken_out_of_the_middle_is_missed(busy: Core) -> None:
    stream = longest(busy)
    by_hand(busy, "DELETE FROM event WHERE stream = ? AND seq = 4", stream)
    fault = next(iter(chain_faults(busy.store)))
    assert (fault.stream, fault.seq) == (stream, 5)
    assert "4" in fault.reason


def test_events_that_changed_places_are_found(busy: Core) -> None:
    stream = longest(busy)
    for old, new in ((4, 1000), (5, 4), (1000, 5)):
        by_hand(busy, "UPDATE event SET seq = ? WHERE stream = ? AND seq = ?", new, stream, old)
    assert chain(busy.store) == [(stream, 4)]


def test_a_cut_tail_is_found_while_the_tables_remember_it(busy: Core) -> None:
    stream = longest(busy)
    row = busy.store.row("SELECT max(seq) FROM event WHERE stream = ?", (stream,))
    assert row is not None
    by_hand(busy, "DELETE FROM event WHERE stream = ? AND seq > ?", stream, row[0] - 2)
    assert chain(busy.store) == [(stream, row[0] - 2)]


def test_a_club_whose_events_are_gone_is_found(busy: Core) -> None:
    stream = longest(busy)
    by_hand(busy, "DELETE FROM event WHERE stream = ?", stream)
    assert [one for one, _seq in chain(busy.store)] == [stream]


def test_only_a_head_noted_outside_shows_a_club_that_is_gone_altogether(busy: Core) -> None:
    noted = verify.head(busy.store)
    stream = longest(busy)
    club = stream.removeprefix("club:")
    by_hand(busy, "DELETE FROM event WHERE stream = ?", stream)
    by_hand(busy, "DELETE FROM personal WHERE club = ?", club)
    verify.rebuild(busy.store)
    assert (chain(busy.store), tables(busy.store)) == ([], [])
    assert verify.head(busy.store)[0] != noted[0]
    assert verify.head(busy.store)[1] < noted[1]


def test_the_head_changes_with_every_event_and_with_nothing_else(core: Core) -> None:
    heads = [verify.head(core.store)]
    club = core.bring("preparing")
    heads.append(verify.head(core.store))
    core.refusal(club, "launch")
    core.life.check(club)
    assert verify.head(core.store) == heads[-1]
    core.take(club, "withdraw", core.clock.day)
    heads.append(verify.head(core.store))
    assert len(set(heads)) == 3
    assert heads[-1][1] == heads[-2][1] + 1


def test_one_fault_a_stream_is_named_and_every_stream_is_walked(busy: Core) -> None:
    streams = sorted({stream for stream, _seq in events(busy)})
    for stream in streams:
        by_hand(busy, "UPDATE event SET officer = 'x' WHERE stream = ? AND seq >= 2", stream)
    assert chain(busy.store) == [(stream, 2) for stream in streams]


@pytest.mark.parametrize("table", [one._meta.table_name for one in FOLDS])
def test_a_row_changed_added_or_lost_in_any_table_is_found(busy: Core, table: str) -> None:
    if table == "merger":
        merge_provinces(busy.registry)
    keys = busy.store.database.get_primary_keys(table)
    where = " AND ".join(f'"{key}" = ?' for key in keys)
    first = busy.store.row(f"SELECT {', '.join(keys)} FROM {table}")
    assert first is not None
    for column, kind in columns(busy.store, table).items():
        other = f'NOT coalesce("{column}", FALSE)' if kind == "boolean" else "'987654'"
        with undone(busy.store):
            sql = f'UPDATE {table} SET "{column}" = {other} WHERE {where}'
            assert busy.store.run(sql, first) == 1
            assert table in tables(busy.store), column
    with undone(busy.store):
        busy.store.run(f"DELETE FROM {table}")
        assert table in tables(busy.store)
    assert tables(busy.store) == []


def test_a_row_nobody_recorded_is_found(busy: Core) -> None:
    by_hand(
        busy,
        "INSERT INTO officer (province, seq, id, role, name, since) "
        "VALUES ('toy', 99, 'x', 'admin', 'X', '2021-01-01')",
    )
    assert tables(busy.store) == ["officer"]


def test_a_database_of_a_newer_version_is_not_opened(busy: Core) -> None:
    later = "INSERT INTO schema_migration (name, applied) VALUES ('0099_later', '2030-01-01')"
    by_hand(busy, later)
    with pytest.raises(StorageError) as caught:
        open_registry(address(busy.store))
    assert (caught.value.code, caught.value.exit_code) == ("CLB-DATABASE-NEWER", 5)


def test_a_file_that_is_no_database_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "hỏng.sqlite3"
    path.write_bytes(b"day khong phai la co so du lieu" * 200)
    with pytest.raises(StorageError) as caught:
        open_registry(str(path))
    assert caught.value.code == "CLB-DATABASE-FORMAT"
    with pytest.raises(StorageError) as caught:
        open_registry(str(tmp_path / "không có.sqlite3"))
    assert caught.value.code == "CLB-DATABASE-MISSING"


def test_a_registry_without_clubs_is_sound(core: Core) -> None:
    assert (chain(core.store), tables(core.store)) == ([], [])
