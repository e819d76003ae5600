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


def divide(store: Store, provinces: Iterable[str]) -> None:
    """Divide the tables of a database on a server that was just made. Call inside ``write``."""
    there = sorted(set(provinces))
    for table in DIVIDED:
        name = str(table._meta.table_name)
        key = str(store.rows(KEY, (name,))[0][0])
        for statement in statements(name, key, store.rows(INDEXES, (name,)), there):
            store.run(statement)


def statements(
    name: str, key: str, indexes: Iterable[tuple[str, ...]], provinces: Iterable[str]
) -> Iterator[str]:
    """Yield what makes an empty table anew, divided."""
    made = f"CREATE TABLE {name}_divided (LIKE {name} INCLUDING DEFAULTS)"
    yield f"{made} PARTITION BY LIST (province)"
    yield f"DROP TABLE {name}"
    yield f"ALTER TABLE {name}_divided RENAME TO {name}"
    yield f"ALTER TABLE {name} ADD PRIMARY KEY ({key}, province)"
    for _name, definition in indexes:
        yield whole(definition)
    yield f"CREATE TABLE {name}_of_others PARTITION OF {name} DEFAULT"
    for province in provinces:
        yield f"CREATE TABLE {name}_of_{province} PARTITION OF {name} FOR VALUES IN ('{province}')"


def whole(definition: str) -> str:
    """Return the statement of an index; a unique one holds the province as its last column."""
    if " UNIQUE " not in definition:
        return definition
    head, where, condition = definition.partition(" WHERE ")
    return f"{head.removesuffix(')')}, province){where}{condition}"
