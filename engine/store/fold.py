"""The tables as a fold of the log: effects put into rows. Needs no plugin, judges nothing.

What a fold writes to is ``Tables``: the database itself when a step is taken (``StoredTables``), or
rows in memory when a stream is read again (``engine.store.rows``).
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from engine.model import BALANCE, Effects, Event, RosterChange, State, TaskOutcome
from engine.rules.communes import commune_key
from engine.states import is_life
from engine.store.canonical import plain
from engine.vietnamese.text import key

if TYPE_CHECKING:
    from engine.store.database import Store

CLUB_KEYS: dict[str, tuple[str, Callable[[str], str]]] = {
    "name": ("name_key", key),
    "commune": ("commune_key", commune_key),
    "village": ("village_key", key),
}
MEMBER_COLUMNS = ("club", "id", "province", "sex", "born", "circumstance", "joined_on", "commit")
RECORD_TABLES = (
    "training",
    "supervision",
    "review",
    "meeting",
    "loan",
    "loan_change",
    "lending",
    "care",
)
PROVINCE_TABLES = ("officer", "merger", "key", "delivery", "unit")
SEAL_TABLES = ("seal", "sealed")
Values = Mapping[str, Any]


class Tables(Protocol):
    """What a fold writes to. ``where`` names columns and what they hold; ``None`` is empty."""

    def insert(self, table: str, values: Values) -> None:
        """Add a row; columns left out are empty."""

    def insert_many(
        self, table: str, columns: tuple[str, ...], rows: Sequence[Sequence[Any]]
    ) -> None:
        """Add many rows of the same columns."""

    def put_many(self, table: str, columns: tuple[str, ...], rows: Sequence[Sequence[Any]]) -> None:
        """Add many rows, in place of those of the same key, which is the first column."""

    def update(self, table: str, values: Values, where: Values) -> None:
        """Change the rows that fit."""

    def delete(self, table: str, where: Values) -> None:
        """Take out the rows that fit."""


class StoredTables:
    """The tables of a database, of which the rows of one province are written.

    Statements are made once a shape: building them anew for every step costs more than running
    them.
    """

    __slots__ = ("_province", "_store")

    def __init__(self, store: "Store", province: str) -> None:
        self._store = store
        self._province = province

    def insert(self, table: str, values: Values) -> None:
        """Add a row."""
        self._store.run(insertion(table, tuple(values)), tuple(values.values()))

    def insert_many(
        self, table: str, columns: tuple[str, ...], rows: Sequence[Sequence[Any]]
    ) -> None:
        """Add many rows."""
        self._store.many(insertion(table, columns), rows)

    def put_many(self, table: str, columns: tuple[str, ...], rows: Sequence[Sequence[Any]]) -> None:
        """Add many rows, in place of those of the same key."""
        self._store.many(_replacement(table, columns), rows)

    def update(self, table: str, values: Values, where: Values) -> None:
        """Change the rows that fit."""
        fitting, given = _fitting({**where, "province": self._province})
        sql = _update(table, tuple(values), fitting)
        self._store.run(sql, (*values.values(), *given))

    def delete(self, table: str, where: Values) -> None:
        """Take out the rows that fit."""
        fitting, given = _fitting({**where, "province": self._province})
        self._store.run(_delete(table, fitting), given)


Fitting = tuple[tuple[str, bool], ...]
"""Columns of a condition, each with whether it must be empty."""


def _fitting(where: Values) -> tuple[Fitting, tuple[Any, ...]]:
    return (
        tuple((name, value is None) for name, value in where.items()),
        tuple(value for value in where.values() if value is not None),
    )


@cache
def insertion(table: str, columns: tuple[str, ...]) -> str:
    """Return the statement that adds a row of those columns."""
    names = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({names}) VALUES ({marks})"


@cache
def _replacement(table: str, columns: tuple[str, ...]) -> str:
    key, *others = columns
    settings = ", ".join(f'"{column}" = excluded."{column}"' for column in others)
    return f'{insertion(table, columns)} ON CONFLICT ("{key}") DO UPDATE SET {settings}'


@cache
def _update(table: str, columns: tuple[str, ...], fitting: Fitting) -> str:
    settings = ", ".join(f'"{column}" = ?' for column in columns)
    return f"UPDATE {table} SET {settings} WHERE {_condition(fitting)}"


@cache
def _delete(table: str, fitting: Fitting) -> str:
    return f"DELETE FROM {table} WHERE {_condition(fitting)}"


def _condition(fitting: Fitting) -> str:
    return " AND ".join(
        f'"{name}" IS NULL' if empty else f'"{name}" = ?' for name, empty in fitting
    )


def apply(tables: Tables, event: Event, province: str) -> None:
    """Put one event into the tables."""
    kind, _, name = event.stream.partition(":")
    if kind == "club":
        _apply_club(tables, event, name, province)
    else:
        _apply_province(tables, event, province)


def _apply_club(tables: Tables, event: Event, club: str, province: str) -> None:
    effects = event.effects
    _set_club(tables, event, club)
    if effects.roster:
        _change_members(tables, event, club, province)
    if effects.closed or effects.opened or effects.reopened:
        _tasks(tables, event, club, province)
    for entry in effects.ledger:
        tables.insert(
            "ledger",
            {
                "club": club,
                "seq": event.seq,
                "province": province,
                "on_date": event.on.isoformat(),
                "kind": entry.kind.value,
                "fund": plain(entry.fund),
                "source": entry.source,
                "amount": entry.amount,
                "delta": entry.delta,
                "document": entry.document,
                "donor": entry.donor,
                "resolution": entry.resolution,
                "reverses": entry.reverses,
                "of": plain(entry.of),
            },
        )
    for seq, row in effects.amended:
        tables.update("ledger", dict(sorted(row.items())), {"club": club, "seq": seq})
    for post, person in effects.board:
        tables.delete("board", {"club": club, "post": post})
        if person is not None:
            tables.insert(
                "board",
                {
                    "club": club,
                    "post": post,
                    "province": province,
                    "person": person,
                    "since": event.on.isoformat(),
                },
            )
    _void(tables, effects, club, event.seq)
    _records(tables, event, club, province)


def _set_club(tables: Tables, event: Event, club: str) -> None:
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
        tables.insert("club", {"id": club, **values})
    else:
        tables.update("club", values, {"id": club})


def _change_members(tables: Tables, event: Event, club: str, province: str) -> None:
    on = event.on.isoformat()
    added = [
        (
            club,
            change.member,
            province,
            change.sex,
            change.born,
            change.circumstance,
            change.joined_on.isoformat() if change.joined_on else on,
            change.commit,
        )
        for change in event.effects.roster
        if change.op == "add"
    ]
    tables.insert_many("member", MEMBER_COLUMNS, added)
    for change in event.effects.roster:
        if change.op != "add":
            _change_member(tables, change, club, province, on)


def _change_member(tables: Tables, change: RosterChange, club: str, province: str, on: str) -> None:
    where = {"club": club, "id": change.member}
    if change.op == "edit":
        values = {
            "sex": change.sex,
            "born": change.born,
            "circumstance": change.circumstance,
            "commit": change.commit,
        }
        tables.update("member", values, where)
    elif change.op == "leave":
        tables.update("member", {"left_on": on}, where)
    else:
        tables.insert("person", {**where, "province": province, "commit": change.commit})


def _tasks(tables: Tables, event: Event, club: str, province: str) -> None:
    for closing in event.effects.closed:
        tables.update(
            "task",
            {
                "closed_seq": event.seq,
                "closed_on": event.on.isoformat(),
                "outcome": closing.outcome.value,
                "days_late": closing.days_late if closing.outcome is TaskOutcome.DONE else None,
            },
            {"club": club, "kind": closing.kind.value, "closed_seq": None},
        )
    for again in event.effects.reopened:
        tables.update(
            "task",
            {"closed_seq": None, "closed_on": None, "outcome": None, "days_late": None},
            {"club": club, "kind": again.kind.value, "opened_seq": again.opened_seq},
        )
    for opening in event.effects.opened:
        tables.insert(
            "task",
            {
                "club": club,
                "kind": opening.kind.value,
                "opened_seq": event.seq,
                "province": province,
                "due_on": opening.due_on.isoformat() if opening.due_on else None,
                "role": opening.role.value,
                "source": opening.source,
            },
        )


def _void(tables: Tables, effects: Effects, club: str, seq: int) -> None:
    for earlier in effects.voids:
        for table in RECORD_TABLES:
            tables.update(table, {"voided_by": seq}, {"club": club, "seq": earlier})


def _records(tables: Tables, event: Event, club: str, province: str) -> None:
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
        if table == "supervision":
            _balances(tables, values)
        tables.insert(table, values)


def _balances(tables: Tables, values: dict[str, Any]) -> None:
    """Move what a supervision counted in each fund out of its row, into rows of their own."""
    key = {"club": values["club"], "supervision": values["seq"], "province": values["province"]}
    for name in [one for one in values if one.endswith(BALANCE)]:
        fund = name.removesuffix(BALANCE)
        row = {**key, "fund": fund, "balance": values.pop(name)}
        tables.insert("supervision_balance", row)


def _apply_province(tables: Tables, event: Event, province: str) -> None:
    tables.delete("stream", {"id": event.stream})
    tables.insert(
        "stream",
        {"id": event.stream, "province": province, "seq": event.seq, "head": event.hash},
    )
    for table, row in event.effects.records:
        if table == "officer_removed":  # by programs that ended every office of an officer at once
            ended = {"id": row["id"], "province": province, "until": None}
            tables.update("officer", {"until": event.on.isoformat()}, ended)
        elif table == "officer_ended":
            office = {"province": province, "seq": row["of"]}
            tables.update("officer", {"until": row["until"]}, office)
        elif table == "officer_named":
            named = {"id": row["id"], "province": province}
            tables.update("officer", {"name": row["name"]}, named)
        elif table == "officer_login":
            known = {"id": row["id"], "province": province}
            tables.update("officer", {"login": row["login"]}, known)
        elif table == "key_ended":
            key_ = {"province": province, "seq": row["of"]}
            tables.update("key", {"until": row["until"]}, key_)
        elif table == "superseded":
            _superseded(tables, event.seq, province, row)
        elif table == "seal":
            _seal(tables, event.seq, province, row)
        elif table in PROVINCE_TABLES:
            values = {**row, "province": province}
            if table == "officer":
                values = {"since": event.on.isoformat(), **values}
            if table in ("officer", "merger", "key", "delivery"):
                values["seq"] = event.seq
            if table == "unit":
                same = {"province": province, "id": row["id"], "valid_from": row["valid_from"]}
                tables.delete("unit", same)
            tables.insert(table, values)


def _seal(tables: Tables, seq: int, province: str, row: Mapping[str, Any]) -> None:
    kept = {name: row[name] for name in ("prefix", "origin", "size", "root", "frontier")}
    tables.insert("seal", {"province": province, "seq": seq, **kept})
    reached = [(stream, province, last) for stream, _first, last in row["streams"]]
    tables.put_many("sealed", ("stream", "province", "seq"), reached)


def _superseded(tables: Tables, seq: int, province: str, row: Values) -> None:
    """Let the next seal take in anew what comes after the last event that is still there.

    The leaves of the events that are gone still count: in a row named after this event.
    """
    kept = row["first"] - 1
    if row["sealed"] > kept:
        tables.update("sealed", {"seq": kept}, {"stream": row["stream"]})
        gone = {"stream": f"superseded:{province}:{seq}", "province": province}
        tables.insert("sealed", {**gone, "seq": row["sealed"] - kept})
