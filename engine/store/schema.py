"""What a database must be made of, and nothing besides: tables, columns, indexes, no triggers."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any, NamedTuple

from engine.i18n import _
from engine.store import migrate, orm
from engine.store.database import Store
from engine.store.partitions import DIVIDED as DIVIDED_TABLES
from engine.store.partitions import whole
from engine.store.url import DatabaseAddress

DIVIDED = {str(one._meta.table_name) for one in DIVIDED_TABLES}
SQLITE_OBJECTS = """
SELECT type, name, tbl_name, sql FROM sqlite_master
WHERE NOT (type = 'index' AND sql IS NULL AND name LIKE 'sqlite!_autoindex!_%' ESCAPE '!')
  AND NOT (type = 'table' AND name IN ('sqlite_sequence', 'sqlite_stat1', 'sqlite_stat4'))"""
"""All but what SQLite makes by itself. Its names begin with ``sqlite_``, but whoever writes into
its own table of names (``PRAGMA writable_schema``) can give a trigger such a name too."""
POSTGRESQL_COLUMNS = (
    "SELECT table_name, column_name FROM information_schema.columns "
    "WHERE table_schema = current_schema()"
)
POSTGRESQL_OBJECTS = """
SELECT CASE WHEN c.relkind IN ('i', 'I') THEN 'index' WHEN c.relkind IN ('v', 'm') THEN 'view'
       ELSE 'table' END, c.relname, coalesce(t.relname, c.relname)
FROM pg_class c LEFT JOIN pg_index i ON i.indexrelid = c.oid
LEFT JOIN pg_class t ON t.oid = i.indrelid
WHERE c.relnamespace = current_schema()::regnamespace
  AND c.relkind IN ('r', 'p', 'f', 'v', 'm', 'i', 'I')
  AND NOT c.relispartition
  AND NOT EXISTS (SELECT 1 FROM pg_constraint k
                  WHERE k.conindid = c.oid AND k.contype IN ('p', 'u'))
  AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
UNION ALL
SELECT 'trigger', g.tgname, t.relname FROM pg_trigger g JOIN pg_class t ON t.oid = g.tgrelid
WHERE NOT g.tgisinternal AND t.relnamespace = current_schema()::regnamespace
UNION ALL
SELECT 'rule', r.rulename, t.relname FROM pg_rewrite r JOIN pg_class t ON t.oid = r.ev_class
WHERE t.relkind IN ('r', 'p') AND t.relnamespace = current_schema()::regnamespace
"""
POSTGRESQL_INDEXES = (
    "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()"
)


class Part(NamedTuple):
    """One object of a database: its kind (table, index, trigger, view, rule), name and table."""

    kind: str
    name: str
    table: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not as the program makes it.

    ``table`` is the table it is about; ``lacking`` is whether that table, or a column of it, is
    missing, so that the program's queries fail.
    """

    table: str
    reason: str
    lacking: bool = False


def differences(store: Store) -> list[Difference]:
    """Return what a database lacks, has too much or has otherwise than its migrations make it.

    An older database is held against the migrations that it has been through.
    """
    with closing(empty(migrate.applied(store))) as fresh:
        wanted = _sqlite(fresh)
        found = _sqlite(store) if store.is_sqlite else _postgresql(store, fresh, wanted)
        parts = [
            Difference(part.table, _reason(part, wanted, found), _lacks(store, fresh, part, wanted))
            for part in sorted(wanted.keys() | found.keys())
            if wanted.get(part) != found.get(part)
        ]
    return parts + (list(_marks(store)) if store.is_sqlite else [])


MARKS = ("user_version", "application_id")
"""Numbers in the head of a SQLite file, which this program leaves at 0."""


def _marks(store: Store) -> Iterator[Difference]:
    for name in MARKS:
        if store.row(f"PRAGMA {name}") != (0,):
            reason = _("the mark {name} is not as this program leaves it").format(name=name)
            yield Difference("database", reason)


def _reason(part: Part, wanted: dict[Part, Any], found: dict[Part, Any]) -> str:
    if part not in found:
        sentence = _("the {kind} {name} is missing")
    elif part not in wanted:
        sentence = _("the {kind} {name} is not of this program")
    else:
        sentence = _("the {kind} {name} is not as this program makes it")
    kinds = {
        "table": _("table"),
        "index": _("index"),
        "trigger": _("trigger"),
        "view": _("view"),
        "rule": _("rule"),
    }
    return sentence.format(kind=kinds.get(part.kind, part.kind), name=part.name)


def _lacks(store: Store, fresh: Store, part: Part, wanted: dict[Part, Any]) -> bool:
    if part.kind != "table" or part not in wanted:
        return False
    return not fresh.columns(part.name) <= store.columns(part.name)


def restore_indexes(store: Store) -> None:
    """Make the indexes that are missing or made otherwise. Call inside ``store.write``."""
    with closing(empty(migrate.applied(store))) as fresh:
        wanted = _sqlite(fresh)
        found = _sqlite(store) if store.is_sqlite else _postgresql(store, fresh, wanted)
        statements = {row[1]: row[3] for row in fresh.rows(SQLITE_OBJECTS) if row[0] == "index"}
    for part, made in wanted.items():
        if part.kind == "index" and found.get(part) != made:
            store.run(f"DROP INDEX IF EXISTS {part.name}")
            divided = store.divided and part.table in DIVIDED
            store.run(whole(statements[part.name]) if divided else statements[part.name])


def empty(migrations: list[str] | None = None) -> Store:
    """Return a database in memory that went through those migrations, by default through all."""
    database = orm.SqliteDatabase(":memory:")
    database.connect()
    runner = orm.migrations(database, migrate.MIGRATIONS)
    names = migrate.known()
    runner.up(names[-1] if migrations is None else (migrations or names[:1])[-1])
    return Store(DatabaseAddress(), database)


def _sqlite(store: Store) -> dict[Part, Any]:
    return {
        Part(kind, name, table): " ".join(str(sql or "").split())
        for kind, name, table, sql in store.rows(SQLITE_OBJECTS)
    }


def _postgresql(store: Store, fresh: Store, wanted: dict[Part, Any]) -> dict[Part, Any]:
    """Return the parts of a database on a server; equal to ``wanted`` where nothing differs.

    A server spells its statements in its own way, so columns are compared for tables, and for
    indexes what they are on, whether they are unique, and the condition's columns.
    """
    columns: dict[str, set[str]] = {}
    for table, column in store.rows(POSTGRESQL_COLUMNS):
        columns.setdefault(table, set()).add(column)
    definitions: dict[str, str] = dict(store.rows(POSTGRESQL_INDEXES))
    found: dict[Part, Any] = {}
    for row in store.rows(POSTGRESQL_OBJECTS):
        part = Part(*(str(cell) for cell in row))
        found[part] = "other"
        if part not in wanted:
            continue
        if part.kind == "table":
            same = fresh.columns(part.name) == columns.get(part.name)
        else:
            statement = str(wanted[part])
            if store.divided and part.table in DIVIDED:
                statement = whole(statement)
            same = _index(statement) == _index(str(definitions.get(part.name)))
        if same:
            found[part] = wanted[part]
    return found


def _index(statement: str) -> tuple[bool, str, str]:
    """Return of an index's statement: whether it is unique, its columns, its condition."""
    columns, _where, condition = statement.rpartition(" ON ")[2].partition(" WHERE ")
    inside = columns[columns.find("(") :]
    bare = condition.replace("::text", "").translate(str.maketrans("", "", "() "))
    return " UNIQUE " in statement, inside.translate(str.maketrans("", "", ' "')), bare
