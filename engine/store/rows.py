"""The rows of one stream, folded in memory: what the tables must hold of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from engine.store.fold import PROVINCE_TABLES, SEAL_TABLES, Values
from engine.store.tables import FOLDS, Table

Row = dict[str, Any]
Key = tuple[Any, ...]


OWNERS = {"club": "id", "stream": "id"} | dict.fromkeys(
    (*PROVINCE_TABLES, *SEAL_TABLES), "province"
)
"""The column that names whose rows they are, where it is not ``club``."""


def _key(table: type[Table]) -> tuple[str, ...]:
    key: Any = table._meta.primary_key
    return tuple(getattr(key, "field_names", None) or (key.column_name,))


def _columns(table: type[Table]) -> tuple[str, ...]:
    owner = OWNERS.get(table._meta.table_name, "club")
    return (owner, *(name for name in table._meta.columns if name != owner))


COLUMNS: dict[str, tuple[str, ...]] = {table._meta.table_name: _columns(table) for table in FOLDS}
"""The columns of every table that is a fold, as rows are compared: whose they are is first."""
KEYS: dict[str, tuple[str, ...]] = {table._meta.table_name: _key(table) for table in FOLDS}
"""The primary key of each."""


def _key_of(names: tuple[str, ...]) -> Callable[[Row], Key]:
    if len(names) > 1:
        return itemgetter(*names)
    (only,) = names
    return lambda row: (row[only],)


KEY_OF = {name: _key_of(key) for name, key in KEYS.items()}
"""What returns the key of a row of each."""
_KEY_SETS = {name: frozenset(key) for name, key in KEYS.items()}
_BLANK: dict[str, Row] = {name: dict.fromkeys(columns) for name, columns in COLUMNS.items()}
_KNOWN = {name: frozenset(columns) for name, columns in COLUMNS.items()}


class UnfitError(ValueError):
    """An effect that no table can take: an unknown column, or a row that is there already."""


OPEN = {"task": "closed_seq"}
"""The column by whose absence a table's rows are looked for: a long stream has few such rows."""


class Rows:
    """Tables in memory, for the events of one stream. Raises ``UnfitError``."""

    __slots__ = ("_open", "tables")

    def __init__(self) -> None:
        self.tables: dict[str, dict[Key, Row]] = {}
        self._open: dict[str, dict[Key, Row]] = {table: {} for table in OPEN}

    def insert(self, table: str, values: Values) -> None:
        """Add a row."""
        if not _KNOWN[table].issuperset(values):
            raise UnfitError(table)
        self._add(table, {**_BLANK[table], **values})

    def insert_many(
        self, table: str, columns: tuple[str, ...], rows: Sequence[Sequence[Any]]
    ) -> None:
        """Add many rows."""
        others = tuple(name for name in COLUMNS[table] if name not in columns)
        names, empty = (*columns, *others), (None,) * len(others)
        for row in rows:
            self._add(table, dict(zip(names, (*row, *empty), strict=True)))

    def put_many(self, table: str, columns: tuple[str, ...], rows: Sequence[Sequence[Any]]) -> None:
        """Add many rows, in place of those of the same key."""
        kept = self.tables.setdefault(table, {})
        for row in rows:
            values = _BLANK[table] | dict(zip(columns, row, strict=True))
            key = KEY_OF[table](values)
            kept[key] = values
            if table in OPEN:
                self._note(table, key, values)

    def _add(self, table: str, row: Row) -> None:
        rows = self.tables.setdefault(table, {})
        key = KEY_OF[table](row)
        if key in rows:
            raise UnfitError(table)
        rows[key] = row
        if table in OPEN:
            self._note(table, key, row)

    def _note(self, table: str, key: Key, row: Row) -> None:
        """Keep or drop a row among those that are open."""
        if row[OPEN[table]] is None:
            self._open[table][key] = row
        else:
            self._open[table].pop(key, None)

    def update(self, table: str, values: Values, where: Values) -> None:
        """Change the rows that fit."""
        if not _KNOWN[table].issuperset(values):
            raise UnfitError(table)
        for key, row in self._fitting(table, where):
            row.update(values)
            if table in OPEN:
                self._note(table, key, row)

    def delete(self, table: str, where: Values) -> None:
        """Take out the rows that fit."""
        for key, _row in self._fitting(table, where):
            del self.tables[table][key]
            if table in OPEN:
                self._open[table].pop(key, None)

    def _fitting(self, table: str, where: Values) -> list[tuple[Key, Row]]:
        rows = self.tables.get(table)
        if not rows:
            return []
        if where.keys() == _KEY_SETS[table]:
            key = tuple([where[name] for name in KEYS[table]])
            return [(key, rows[key])] if key in rows else []
        column = OPEN.get(table)
        if column is not None and column in where and where[column] is None:
            rows = self._open[table]
        return [
            (key, row)
            for key, row in rows.items()
            if all(row[name] == value for name, value in where.items())
        ]

    def of(self, table: str) -> Iterable[Mapping[str, Any]]:
        """Return a table's rows."""
        return self.tables.get(table, {}).values()

    def lines(self, table: str) -> list[Key]:
        """Return a table's rows as the values of ``COLUMNS``."""
        rows = self.tables.get(table)
        return list(map(itemgetter(*COLUMNS[table]), rows.values())) if rows else []
