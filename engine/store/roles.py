"""Who may do what in a database on a server: roles, grants and row-level security, as SQL.

Each province has three roles: one whose logins work in the whole province, one whose logins work in
the communes that they reach, and one that reads the province. One more reads everything. The owner
of the tables is bound by nothing: upgrades, copies and ``rebuild`` are its.

What the policies ask is answered by functions in a schema of their own. They run with the owner's
rights, since a login of a commune cannot see what it must be counted with.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.store.counting import QUERIES
from engine.store.tables import (
    ALL,
    ClubTable,
    EventTable,
    KnownTable,
    PartnerTable,
    PersonalTable,
    SealedTable,
    SealTable,
    SentTable,
    SignatureTable,
    StreamTable,
    SupersededTable,
    Table,
)

AUDITOR = "clb_auditor"
"""The role that reads every province and changes nothing."""
KEPT = (EventTable, SealTable, SignatureTable, SupersededTable)
"""What a login adds to and never changes: the log, its seals, who signed."""
BY_STREAM = {
    EventTable: "SELECT, INSERT",
    SignatureTable: "SELECT, INSERT",
    SupersededTable: "SELECT",
    SealedTable: "SELECT",
    SentTable: "SELECT",
    KnownTable: "SELECT",
}
"""Tables whose rows are a stream's, and what a login of a commune may do with its own."""
OF_CLUBS = "stream LIKE 'club:%' AND substr(stream, 6) IN (SELECT clb_walls.clubs())"
"""The streams that a login of communes may write: those of the clubs it reaches."""
MAKE = (
    "DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{role}') THEN "
    'CREATE ROLE "{role}" {kind}; END IF; END $$'
)
TAKE = (
    "DO $$ DECLARE one record; BEGIN FOR one IN SELECT r.rolname AS role, m.rolname AS login "
    "FROM pg_auth_members a JOIN pg_roles r ON r.oid = a.roleid "
    "JOIN pg_roles m ON m.oid = a.member WHERE r.rolname IN ({roles}) AND m.rolname IN ({known}) "
    "AND NOT (r.rolname || ' ' || m.rolname) = ANY (ARRAY[{held}]::text[]) "
    "LOOP EXECUTE format('REVOKE %I FROM %I', one.role, one.login); END LOOP; END $$"
)
"""Takes from the logins of officers, earlier ones too, the roles that they no longer have."""
DEFINED = "SECURITY DEFINER SET search_path = public, pg_temp"
PLANNED = f"{DEFINED} SET plan_cache_mode = force_custom_plan"
"""For a function that reads divided tables: planned for the province that it is given."""
TODAY = "to_char(now() AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD')"


def _counting(name: str, sql: str) -> str:
    """Return the function that asks a query for a login that may work in the province."""
    given = sql.count("?")
    for number in range(1, given + 1):
        sql = sql.replace("?", f"${number}", 1)
    return (
        f"CREATE OR REPLACE FUNCTION clb_walls.{name}({', '.join(['text'] * given)}) "
        f"RETURNS bigint STABLE LANGUAGE plpgsql {PLANNED} AS "
        f"$$ BEGIN RETURN (SELECT ({sql})::bigint WHERE clb_walls.of_province($1)); END $$"
    )


RULES = (
    "CREATE SCHEMA IF NOT EXISTS clb_walls",
    "CREATE TABLE IF NOT EXISTS clb_walls.reach (login text NOT NULL, province text NOT NULL, "
    "commune_key text NOT NULL, kind text, until text)",
    "DELETE FROM clb_walls.reach",
    # The clubs that whoever logged in reaches by the communes of today's offices.
    f"CREATE OR REPLACE FUNCTION clb_walls.clubs() RETURNS SETOF text STABLE LANGUAGE sql {DEFINED}"
    " AS $$ SELECT c.id FROM club c JOIN clb_walls.reach r ON r.province = c.province "
    "AND r.commune_key = c.commune_key WHERE r.login = session_user "
    "AND (r.kind IS NULL OR lower(c.commune) LIKE r.kind || ' %') "
    f"AND (r.until IS NULL OR r.until > {TODAY}) $$",
    "CREATE OR REPLACE FUNCTION clb_walls.in_reach(p text, k text, n text) RETURNS boolean STABLE "
    f"LANGUAGE sql {DEFINED} AS $$ SELECT EXISTS (SELECT 1 FROM clb_walls.reach r "
    "WHERE r.login = session_user AND r.province = p AND r.commune_key = k "
    "AND (r.kind IS NULL OR lower(n) LIKE r.kind || ' %') "
    f"AND (r.until IS NULL OR r.until > {TODAY})) $$",
    "CREATE OR REPLACE FUNCTION clb_walls.is_of_communes() RETURNS boolean STABLE LANGUAGE sql "
    f"{DEFINED} AS $$ SELECT EXISTS (SELECT 1 FROM clb_walls.reach WHERE login = session_user) $$",
    # How many officers of communes have a login that was not there when the roles were applied.
    "CREATE OR REPLACE FUNCTION clb_walls.unknown_logins() RETURNS bigint STABLE LANGUAGE sql "
    f"{DEFINED} AS $$ SELECT count(*) FROM officer o WHERE o.login IS NOT NULL "
    "AND o.role IN ('association', 'committee') "
    f"AND o.since <= {TODAY} AND (o.until IS NULL OR o.until > {TODAY}) "
    "AND NOT EXISTS (SELECT 1 FROM clb_walls.reach r WHERE r.login = o.login "
    "AND r.province = o.province) $$",
    # Whether whoever logged in may record as an officer: see engine.lifecycle.login.
    "CREATE OR REPLACE FUNCTION clb_walls.acts(who text) RETURNS boolean STABLE LANGUAGE sql "
    f"{DEFINED} AS $$ SELECT who = '' OR CASE "
    "WHEN EXISTS (SELECT 1 FROM officer WHERE login = session_user) "
    "THEN EXISTS (SELECT 1 FROM officer WHERE login = session_user AND id = who) "
    "ELSE NOT EXISTS (SELECT 1 FROM officer WHERE id = who AND login IS NOT NULL) END $$",
    # Whether this transaction recorded one of these steps about a club. A row in sight whose
    # transaction is not over was written by this one.
    "CREATE OR REPLACE FUNCTION clb_walls.records(home text, which text, steps text[]) "
    f"RETURNS boolean VOLATILE LANGUAGE plpgsql {PLANNED} AS $$ BEGIN RETURN EXISTS ("
    "SELECT 1 FROM event e WHERE e.stream = 'club:' || which AND e.province = home "
    "AND (steps IS NULL OR e.step = ANY (steps)) AND e.seq = (SELECT max(seq) FROM event "
    "WHERE stream = 'club:' || which AND province = home) "
    "AND pg_xact_status(clb_walls.whole(e.xmin)) = 'in progress'); END $$",
    # The same, but with an error: a row that a policy hides would be passed over in silence.
    "CREATE OR REPLACE FUNCTION clb_walls.recorded(home text, which text, steps text[]) "
    "RETURNS boolean VOLATILE COST 100000 LANGUAGE plpgsql AS $$ BEGIN "
    "IF clb_walls.records(home, which, steps) THEN "
    "RETURN true; END IF; RAISE insufficient_privilege USING MESSAGE = "
    "'what is personal changes only together with an event about its club'; END $$",
    # What a province's clubs must be counted with, as numbers.
    "CREATE OR REPLACE FUNCTION clb_walls.of_province(p text) RETURNS boolean STABLE LANGUAGE sql "
    "AS $$ SELECT bool_or(pg_has_role(session_user, oid, 'MEMBER')) FROM pg_roles "
    "WHERE rolname IN ('clb_' || p, 'clb_' || p || '_commune', 'clb_' || p || '_reader', "
    f"'{AUDITOR}', (SELECT tableowner FROM pg_tables WHERE schemaname = 'public' "
    "AND tablename = 'club')) $$",
    *(_counting(name, sql) for name, sql in QUERIES.items()),
    "REVOKE ALL ON SCHEMA clb_walls FROM PUBLIC",
    "REVOKE ALL ON clb_walls.reach FROM PUBLIC",
    "ALTER TABLE clb_walls.reach ENABLE ROW LEVEL SECURITY",
)
WHOLE = (
    "CREATE OR REPLACE FUNCTION clb_walls.whole(x xid) RETURNS xid8 VOLATILE LANGUAGE sql AS $$ "
    "SELECT greatest(own + (((x::text::bigint - own % 4294967296 + 6442450944) % 4294967296) "
    "- 2147483648), 1)::text::xid8 FROM (SELECT pg_current_xact_id()::text::bigint AS own) s $$"
)
"""A transaction's number in full, the one that is nearest: a row keeps the lower half of it."""


@dataclass(frozen=True, slots=True)
class Reach:
    """A commune that a login reaches, by its key and what it is (xã, phường), until a day."""

    login: str
    province: str
    commune_key: str
    kind: str | None
    until: str | None


@dataclass(frozen=True, slots=True)
class Login:
    """A login of an officer, and the role that it has."""

    name: str
    role: str


def role_of(province: str) -> str:
    """Return the role whose logins work in a whole province."""
    return f"clb_{province}"


def commune_role(province: str) -> str:
    """Return the role whose logins work in the communes of a province that they reach."""
    return f"clb_{province}_commune"


def reader_role(province: str) -> str:
    """Return the role whose logins read a province."""
    return f"clb_{province}_reader"


def statements(
    provinces: Iterable[str],
    reach: Iterable[Reach] = (),
    logins: Iterable[Login] = (),
    known: Iterable[str] = (),
) -> Iterator[str]:
    """Yield what makes the roles of those provinces, or makes them anew as they should be.

    ``known`` are all logins that officers ever had: they keep the roles of ``logins`` only.
    """
    there, given = tuple(provinces), tuple(logins)
    yield RULES[0]
    yield WHOLE
    yield from RULES[1:]
    kinds = (role_of, commune_role, reader_role)
    for role in (AUDITOR, *(of(one) for one in there for of in kinds)):
        yield MAKE.format(role=role, kind="NOLOGIN")
        yield f'GRANT USAGE ON SCHEMA clb_walls TO "{role}"'
        yield f'GRANT SELECT ON schema_migration TO "{role}"'
    for table in ALL:
        yield from _of_table(table, there)
    for one in reach:
        cells = (one.login, one.province, one.commune_key, one.kind, one.until)
        yield f"INSERT INTO clb_walls.reach VALUES ({', '.join(map(_quoted, cells))})"
    if ever := {*known, *(one.name for one in given)}:
        yield TAKE.format(
            roles=_list(of(one) for one in there for of in kinds[:2]),
            known=_list(ever),
            held=_list(f"{one.role} {one.name}" for one in given),
        )
    for login in given:
        yield MAKE.format(role=login.name, kind="LOGIN")
        yield f'GRANT "{login.role}" TO "{login.name}"'


def _of_table(table: type[Table], provinces: tuple[str, ...]) -> Iterator[str]:
    name = table._meta.table_name
    yield f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"
    yield f"REVOKE ALL ON {name} FROM PUBLIC"
    yield from _granted(name, AUDITOR, "SELECT", {"SELECT": "true"})
    what = "SELECT, INSERT" if table in KEPT else "SELECT, INSERT, UPDATE, DELETE"
    for province in provinces:
        own = f"province = '{province}'"
        yield from _granted(name, reader_role(province), "SELECT", {"SELECT": own})
        yield from _granted(name, role_of(province), what, _rows(table, own, own))
        less, mine = _reached(table, province)
        written = f"{own} AND {OF_CLUBS}" if table is EventTable else None
        rows = _rows(table, f"{own} AND {mine}", written)
        yield from _granted(name, commune_role(province), less, rows)


def _rows(table: type[Table], seen: str, written: str | None = None) -> dict[str, str]:
    """Return which rows are seen, added, changed and deleted, by the kind of statement.

    What is personal changes together with an event about its club in the same transaction, and goes
    with an erasure only. An event is recorded by who logged in.
    """
    if table is EventTable:
        return {"SELECT": seen, "INSERT": f"{written or seen} AND clb_walls.acts(officer)"}
    if table is PersonalTable:
        changed = f"{seen} AND clb_walls.recorded(province, club, NULL)"
        return {
            "SELECT": seen,
            "INSERT": changed,
            "UPDATE": changed,
            "DELETE": f"{seen} AND clb_walls.recorded(province, club, ARRAY['erase'])",
        }
    if table is ClubTable and written is None:
        there = f"{seen} AND id IN (SELECT clb_walls.clubs())"
        added = f"{seen} AND clb_walls.in_reach(province, commune_key, commune)"
        return {"SELECT": there, "INSERT": added, "UPDATE": there}
    return {"ALL": seen}


def _reached(table: type[Table], province: str) -> tuple[str, str]:
    """Return what a login of communes may do with a table, and with which rows of its province."""
    columns = table._meta.columns
    stream = f"'province:{province}'"
    if table is EventTable:
        return BY_STREAM[table], f"(stream = {stream} OR {OF_CLUBS})"
    if table in BY_STREAM:
        return BY_STREAM[table], OF_CLUBS
    if table is StreamTable:
        return "SELECT, INSERT, UPDATE, DELETE", f"id = {stream}"
    if table is PartnerTable:
        return "SELECT", "false"
    if table is ClubTable:
        return "SELECT, INSERT, UPDATE", "true"
    if "club" in columns:
        return "SELECT, INSERT, UPDATE, DELETE", "club IN (SELECT clb_walls.clubs())"
    return "SELECT", "true"


def _granted(table: str, role: str, what: str, rows: dict[str, str]) -> Iterator[str]:
    yield f'REVOKE ALL ON {table} FROM "{role}"'
    yield f'GRANT {what} ON {table} TO "{role}"'
    for kind in ("", "SELECT", "INSERT", "UPDATE", "DELETE"):
        yield f'DROP POLICY IF EXISTS "{_policy(role, kind)}" ON {table}'
    for kind, condition in rows.items():
        checks = []
        if kind != "INSERT":
            checks.append(f"USING ({condition})")
        if kind not in ("SELECT", "DELETE"):
            checks.append(f"WITH CHECK ({condition})")
        own = _policy(role, "" if kind == "ALL" else kind)
        yield f'CREATE POLICY "{own}" ON {table} FOR {kind} TO "{role}" {" ".join(checks)}'


def _policy(role: str, kind: str) -> str:
    return f"{role} {kind.lower()}".strip()


def _list(texts: Iterable[str]) -> str:
    return ", ".join(_quoted(one) for one in sorted(texts))


def _quoted(text: str | None) -> str:
    return "NULL" if text is None else "'" + text.replace("'", "''") + "'"
