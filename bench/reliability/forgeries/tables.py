"""Forgeries past the log: names, tables, columns, indexes, triggers."""

from bench.reliability.forger import Forger
from bench.reliability.forgeries.forgery import Forgery


def _trigger(forger: Forger) -> None:
    does = (
        "BEGIN SELECT RAISE(IGNORE); END"
        if forger.store.is_sqlite
        else "FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()"
    )
    forger.sql(f"CREATE TRIGGER lost BEFORE UPDATE ON personal {does}")


def _hidden_trigger(forger: Forger) -> None:
    """Give a trigger a name that SQLite keeps for what it makes by itself."""
    if not forger.store.is_sqlite:
        _trigger(forger)
        return
    forger.sql(
        "CREATE TRIGGER odd AFTER INSERT ON event WHEN new.step = 'no' "
        "BEGIN DELETE FROM personal; END"
    )
    forger.sql("PRAGMA writable_schema = ON")
    forger.sql(
        "UPDATE sqlite_master SET name = 'sqlite_odd', sql = replace(sql, ' odd ', ' sqlite_odd ') "
        "WHERE name = 'odd'"
    )
    forger.sql("PRAGMA writable_schema = RESET")


def _head(forger: Forger) -> None:
    """Change a number in a SQLite file's head; a server's database has none."""
    if not forger.store.is_sqlite:
        _trigger(forger)
        return
    forger.sql("PRAGMA user_version = 7")


def _swap_names(forger: Forger) -> None:
    columns = ("name", "name_key", "id_number", "phone", "village", "note", "salt")
    rows = forger.store.rows(
        f"SELECT member, {', '.join(columns)} FROM personal WHERE club = ? ORDER BY member",
        (forger.club,),
    )[:2]
    given = ", ".join(f"{column} = ?" for column in columns)
    for row, other in (rows, rows[::-1]):
        forger.sql(
            f"UPDATE personal SET {given} WHERE club = ? AND member = ?",
            *other[1:],
            forger.club,
            row[0],
        )


def _names_not_sent(forger: Forger) -> None:
    forger.sql("INSERT INTO withheld SELECT club, member, province FROM personal")
    forger.sql("DELETE FROM personal")


def _by_sql(name: str, statement: str) -> Forgery:
    def forge(forger: Forger) -> None:
        forger.sql(statement.format(club=forger.club, member=forger.member()))

    return Forgery(name, forge, fits=False)


FORGERIES = (
    Forgery("every name deleted and listed as not sent", _names_not_sent, fits=False),
    _by_sql(
        "a body, without its hash",
        "UPDATE event SET body = replace(body, '100000000', '900000000') WHERE step = 'fund'",
    ),
    _by_sql("a table alone", "UPDATE ledger SET amount = 900000000"),
    _by_sql(
        "a column of the log alone", "UPDATE event SET province = 'hoa_binh' WHERE step = 'fund'"
    ),
    _by_sql("every name deleted", "DELETE FROM personal"),
    _by_sql("one name deleted", "DELETE FROM personal WHERE member = '{member}'"),
    _by_sql("a name", "UPDATE personal SET name = 'Ai Đó' WHERE member = '{member}'"),
    Forgery("two members' names exchanged", _swap_names, fits=False),
    _by_sql(
        "the key a name is searched by",
        "UPDATE personal SET name_key = 'x' WHERE member = '{member}'",
    ),
    _by_sql(
        "the province of a name",
        "UPDATE personal SET province = 'hoa_binh' WHERE member = '{member}'",
    ),
    Forgery("a trigger that loses names", _trigger, fits=False),
    Forgery("a trigger under a name of SQLite's own", _hidden_trigger, fits=False),
    Forgery("a number in the head of the file", _head, fits=False),
    _by_sql("an index dropped", "DROP INDEX task_one"),
    _by_sql("a table added", "CREATE TABLE notes (a TEXT)"),
    _by_sql("a column added", "ALTER TABLE club ADD COLUMN more TEXT"),
)
