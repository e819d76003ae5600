"""The tables as a fold of the log: effects put into rows. Needs no plugin, judges nothing.

Statements are constant text: building them anew for every step costs more than running them.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from engine.model import Effects, Event, RosterChange, State, TaskOutcome
from engine.rules.communes import commune_key
from engine.states import is_life
from engine.store.canonical import plain
from engine.store.database import Store
from engine.vietnamese.text import key

CLUB_KEYS: dict[str, tuple[str, Callable[[str], str]]] = {
    "name": ("name_key", key),
    "commune": ("commune_key", commune_key),
    "village": ("village_key", key),
}
INSERT_MEMBER = (
    "INSERT INTO member (club, id, province, sex, born, circumstance, joined_on, left_on, "
    '"commit") VALUES (?, ?, ?, ?, ?, ?, ?, NULL, ?)'
)
EDIT_MEMBER = (
    'UPDATE member SET sex = ?, born = ?, circumstance = ?, "commit" = ? WHERE club = ? AND id = ?'
)
LEAVE_MEMBER = "UPDATE member SET left_on = ? WHERE club = ? AND id = ?"
INSERT_PERSON = 'INSERT INTO person (club, id, province, "commit") VALUES (?, ?, ?, ?)'
INSERT_TASK = (
    "INSERT INTO task (club, kind, opened_seq, province, due_on, role, source) "
    "VALUES (?, ?, ?, ?, ?, ?, ?)"
)
CLOSE_TASK = (
    "UPDATE task SET closed_seq = ?, closed_on = ?, outcome = ?, days_late = ? "
    "WHERE club = ? AND kind = ? AND closed_seq IS NULL"
)
REOPEN_TASK = (
    "UPDATE task SET closed_seq = NULL, closed_on = NULL, outcome = NULL, days_late = NULL "
    "WHERE club = ? AND kind = ? AND opened_seq = ?"
)
INSERT_LEDGER = (
    "INSERT INTO ledger (club, seq, province, on_date, kind, fund, source, amount, delta, "
    'document, donor, resolution, reverses, "of") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'
)
CLEAR_POST = "DELETE FROM board WHERE club = ? AND post = ?"
INSERT_POST = "INSERT INTO board (club, post, province, person, since) VALUES (?, ?, ?, ?, ?)"
INSERT_SEAL = (
    "INSERT INTO seal (province, seq, prefix, origin, size, root, frontier) "
    "VALUES (?, ?, ?, ?, ?, ?, ?)"
)
REACH_SEALED = (
    "INSERT INTO sealed (stream, province, seq) VALUES (?, ?, ?) "
    "ON CONFLICT (stream) DO UPDATE SET seq = excluded.seq"
)
END_ALL_OFFICES = 'UPDATE officer SET "until" = ? WHERE id = ? AND province = ? AND "until" IS NULL'
END_OFFICE = 'UPDATE officer SET "until" = ? WHERE province = ? AND seq = ?'
NAME_OFFICER = "UPDATE officer SET name = ? WHERE id = ? AND province = ?"
RECORD_TABLES = ("training", "supervision", "review", "meeting")
PROVINCE_TABLES = ("officer", "delivery", "unit")


@cache
def _insert(table: str, columns: tuple[str, ...]) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({names}) VALUES ({marks})"


@cache
def _update_club(columns: tuple[str, ...]) -> str:
    settings = ", ".join(f'"{column}" = ?' for column in columns)
    return f"UPDATE club SET {settings} WHERE id = ?"


@cache
def _amend_ledger(columns: tuple[str, ...]) -> str:
    settings = ", ".join(f'"{column}" = ?' for column in columns)
    return f"UPDATE ledger SET {settings} WHERE club = ? AND seq = ?"


def apply(store: Store, event: Event, province: str) -> None:
    """Put one event into the tables."""
    kind, _, name = event.stream.partition(":")
    if kind == "club":
        _apply_club(store, event, name, province)
    else:
        _apply_province(store, event, province)


def _apply_club(store: Store, event: Event, club: str, province: str) -> None:
    effects = event.effects
    _set_club(store, event, club)
    _add_members(store, event, club, province)
    for change in effects.roster:
        if change.op != "add":
            _change_member(store, event, club, province, change)
    if effects.closed or effects.opened or effects.reopened:
        _tasks(store, event, club, province)
    for entry in effects.ledger:
        store.run(
            INSERT_LEDGER,
            (
                club,
                event.seq,
                province,
                event.on.isoformat(),
                entry.kind.value,
                plain(entry.fund),
                entry.source,
                entry.amount,
                entry.delta,
                entry.document,
                entry.donor,
                entry.resolution,
                entry.reverses,
                plain(entry.of),
            ),
        )
    for seq, row in effects.amended:
        columns = tuple(sorted(row))
        store.run(_amend_ledger(columns), [*(row[name] for name in columns), club, seq])
    for post, person in effects.board:
        store.run(CLEAR_POST, (club, post))
        if person is not None:
            store.run(INSERT_POST, (club, post, province, person, event.on.isoformat()))
    _void(store, effects, club, event.seq)
    _records(store, event, club, province)


def _set_club(store: Store, event: Event, club: str) -> None:
    values: dict[str, Any] = {"seq": event.seq, "head": event.hash}
    values["state"] = plain(event.to_state)
    if is_life(event.step, event.from_state or State.NONE, event.to_state):
        values["state_seq"] = event.seq
        values["state_on"] = event.on.isoformat()
    for name, value in event.effects.fields:
        values[name] = plain(value)
        if name in CLUB_KEYS:
            column, fold_text = CLUB_KEYS[name]
            values[column] = fold_text(value)
    if event.seq == 1:
        values["id"] = club
        columns = tuple(sorted(values))
        store.run(_insert("club", columns), [values[column] for column in columns])
        return
    columns = tuple(sorted(values))
    store.run(_update_club(columns), [*(values[column] for column in columns), club])


def _add_members(store: Store, event: Event, club: str, province: str) -> None:
    store.many(
        INSERT_MEMBER,
        [
            (
                club,
                change.member,
                province,
                change.sex,
                change.born,
                change.circumstance,
                (change.joined_on or event.on).isoformat(),
                change.commit,
            )
            for change in event.effects.roster
            if change.op == "add"
        ],
    )


def _change_member(
    store: Store, event: Event, club: str, province: str, change: RosterChange
) -> None:
    if change.op == "edit":
        store.run(
            EDIT_MEMBER,
            (change.sex, change.born, change.circumstance, change.commit, club, change.member),
        )
    elif change.op == "leave":
        store.run(LEAVE_MEMBER, (event.on.isoformat(), club, change.member))
    else:
        store.run(INSERT_PERSON, (club, change.member, province, change.commit))


def _tasks(store: Store, event: Event, club: str, province: str) -> None:
    for closing in event.effects.closed:
        store.run(
            CLOSE_TASK,
            (
                event.seq,
                event.on.isoformat(),
                closing.outcome.value,
                closing.days_late if closing.outcome is TaskOutcome.DONE else None,
                club,
                closing.kind.value,
            ),
        )
    for again in event.effects.reopened:
        store.run(REOPEN_TASK, (club, again.kind.value, again.opened_seq))
    for opening in event.effects.opened:
        due = opening.due_on.isoformat() if opening.due_on else None
        store.run(
            INSERT_TASK,
            (
                club,
                opening.kind.value,
                event.seq,
                province,
                due,
                opening.role.value,
                opening.source,
            ),
        )


def _void(store: Store, effects: Effects, club: str, seq: int) -> None:
    for earlier in effects.voids:
        for table in RECORD_TABLES:
            store.run(
                f"UPDATE {table} SET voided_by = ? WHERE club = ? AND seq = ?", (seq, club, earlier)
            )


def _records(store: Store, event: Event, club: str, province: str) -> None:
    for table, row in event.effects.records:
        if table not in RECORD_TABLES:
            continue
        values = {
            "club": club,
            "seq": event.seq,
            "province": province,
            "on_date": event.on.isoformat(),
            **row,
        }
        columns = tuple(sorted(values))
        store.run(_insert(table, columns), [values[column] for column in columns])


def _apply_province(store: Store, event: Event, province: str) -> None:
    store.run("DELETE FROM stream WHERE id = ?", (event.stream,))
    store.run(
        "INSERT INTO stream (id, province, seq, head) VALUES (?, ?, ?, ?)",
        (event.stream, province, event.seq, event.hash),
    )
    for table, row in event.effects.records:
        if table == "officer_removed":  # by programs that ended every office of an officer at once
            store.run(END_ALL_OFFICES, (event.on.isoformat(), row["id"], province))
        elif table == "officer_ended":
            store.run(END_OFFICE, (row["until"], province, row["of"]))
        elif table == "officer_named":
            store.run(NAME_OFFICER, (row["name"], row["id"], province))
        elif table == "seal":
            _seal(store, event.seq, province, row)
        elif table in PROVINCE_TABLES:
            values = {**row, "province": province}
            if table == "officer":
                values = {"since": event.on.isoformat(), **values}
            if table in ("officer", "delivery"):
                values["seq"] = event.seq
            if table == "unit":
                store.run(
                    "DELETE FROM unit WHERE province = ? AND id = ? AND valid_from = ?",
                    (province, row["id"], row["valid_from"]),
                )
            columns = tuple(sorted(values))
            store.run(_insert(table, columns), [values[column] for column in columns])


def _seal(store: Store, seq: int, province: str, row: Mapping[str, Any]) -> None:
    kept = (row[name] for name in ("prefix", "origin", "size", "root", "frontier"))
    store.run(INSERT_SEAL, (province, seq, *kept))
    store.many(REACH_SEALED, [(stream, province, last) for stream, _first, last in row["streams"]])
