"""Tables of a server divided by province, so that a country fits into one database.

The tables that grow with the clubs are made of a partition for each province and one for the rest,
so that a province is backed up, vacuumed, moved or dropped by itself. The key of a row then ends in
its province, since a partitioned table's key must hold what it is divided by; nothing else differs.
"""

from collections.abc import Iterable, Iterator

from engine.store.database import Store
from engine.store.tables import (
    EventTable,
    LedgerTable,
    LoanChangeTable,
    LoanTable,
    MeetingTable,
    MemberTable,
    PersonalTable,
    PersonTable,
    ReviewTable,
    SupervisionBalanceTable,
    SupervisionTable,
    Table,
    TaskTable,
    TrainingTable,
)

DIVIDED: tuple[type[Table], ...] = (
    EventTable,
    PersonalTable,
    MemberTable,
    PersonTable,
    TaskTable,
    LedgerTable,
    TrainingTable,
    SupervisionTable,
    SupervisionBalanceTable,
    ReviewTable,
    MeetingTable,
    LoanTable,
    LoanChangeTable,
)
INDEXES = (
    "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() "
    "AND tablename = ? AND indexname NOT IN (SELECT conname FROM pg_constraint WHERE contype = 'p')"
)
KEY = (
    "SELECT string_agg(format('%I', a.attname), ', ' ORDER BY k.place) FROM pg_constraint c "
    "CROSS JOIN LATERAL unnest(c.conkey) WITH ORDINALITY k(number, place) "
    "JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.number "
    "WHERE c.conrelid = to_regclass(?) AND c.contype = 'p'"
)


OTHERS = "others"
"""How the partition of the provinces is called that have none of their own."""
UNDIVIDED = "SELECT count(*) FROM pg_class WHERE oid = to_regclass(?) AND relkind = 'r'"
PARTS = (
    "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid "
    "WHERE i.inhparent = to_regclass(?)"
)


def divide(store: Store, provinces: Iterable[str]) -> None:
    """Divide those tables of a database on a server that are not. Call inside ``write``."""
    there = sorted(set(provinces))
    for table in DIVIDED:
        name = str(table._meta.table_name)
        if store.rows(UNDIVIDED, (name,)) == [(1,)]:
            key = str(store.rows(KEY, (name,))[0][0])
            for statement in statements(name, key, store.rows(INDEXES, (name,)), there):
                store.run(statement)


def divide_new(store: Store) -> None:
    """Divide what an upgrade added to a divided database as the rest is. Call inside ``write``."""
    event = str(EventTable._meta.table_name)
    parts = (str(name).removeprefix(f"{event}_of_") for (name,) in store.rows(PARTS, (event,)))
    divide(store, (one for one in parts if one != OTHERS))


def statements(
    name: str, key: str, indexes: Iterable[tuple[str, ...]], provinces: Iterable[str]
) -> Iterator[str]:
    """Yield what makes a table anew, divided, with its rows."""
    made = f"{name}_divided"
    yield f"CREATE TABLE {made} (LIKE {name} INCLUDING DEFAULTS) PARTITION BY LIST (province)"
    yield f"CREATE TABLE {name}_of_{OTHERS} PARTITION OF {made} DEFAULT"
    for province in provinces:
        yield f"CREATE TABLE {name}_of_{province} PARTITION OF {made} FOR VALUES IN ('{province}')"
    yield f"INSERT INTO {made} SELECT * FROM {name}"
    yield f"DROP TABLE {name}"
    yield f"ALTER TABLE {made} RENAME TO {name}"
    yield f"ALTER TABLE {name} ADD PRIMARY KEY ({key}, province)"
    for _name, definition in indexes:
        yield whole(definition)


def whole(definition: str) -> str:
    """Return the statement of an index; a unique one holds the province as its last column."""
    if " UNIQUE " not in definition:
        return definition
    head, where, condition = definition.partition(" WHERE ")
    return f"{head.removesuffix(')')}, province){where}{condition}"
