"""What somebody took out of a database, or put into it, with another tool is named."""

import pytest
from support.core import COMMITTEE, Core
from support.databases import change

from engine.store import schema, verify
from engine.store.fault import Fault

pytestmark = pytest.mark.usefixtures("english")


def found(core: Core) -> list[Fault]:
    return list(verify.whole(core.store))


def by_hand(core: Core, *statements: str) -> list[Fault]:
    """Change the database with another tool; return what is found then."""
    for statement in statements:
        change(core.store, statement)
    return found(core)


def first_member(core: Core) -> str:
    """Return a member whose data is there, of the club with the most."""
    row = core.store.row(
        "SELECT min(member) FROM personal GROUP BY club ORDER BY count(*) DESC, club"
    )
    assert row is not None
    return str(row[0])


def test_a_database_nobody_touched_is_whole(busy: Core) -> None:
    assert found(busy) == []


def test_deleted_names_are_named_but_not_the_erased_one(busy: Core) -> None:
    rows = busy.store.rows("SELECT club, member FROM personal ORDER BY 1, 2")
    erased = busy.store.rows("SELECT body FROM event WHERE step = 'erase'")
    assert (len(erased), len(rows) > 20) == (1, True)
    faults = by_hand(busy, "DELETE FROM personal")
    assert {one.kind for one in faults} == {"personal"}
    assert sorted((one.stream, one.reason.split()[4]) for one in faults) == sorted(
        (f"club:{club}", member) for club, member in rows
    )


def test_one_deleted_name_is_named(busy: Core) -> None:
    member = first_member(busy)
    (fault,) = by_hand(busy, f"DELETE FROM personal WHERE member = '{member}'")
    assert fault.kind == "personal"
    assert member in fault.reason


def test_an_outsider_of_the_board_whose_name_was_deleted_is_named(core: Core) -> None:
    club = core.bring("operating")
    core.take(
        club,
        "change_board",
        core.clock.day,
        {"decision": {"number": "9/QĐ", "date": core.clock.day.isoformat()}, "chair": "Người Lạ"},
        officer=COMMITTEE,
    )
    ((person,),) = core.store.rows("SELECT id FROM person")
    (fault,) = by_hand(core, f"DELETE FROM personal WHERE member = '{person}'")
    assert person in fault.reason


@pytest.mark.parametrize(
    ("column", "reason"),
    [
        ("name_key", "the search key of {member} is not that of the name"),
        ("province", "the personal data of {member} is filed under another province"),
        ("phone", "the personal data of {member} is not what the log committed to"),
        ("salt", "the personal data of {member} is not what the log committed to"),
    ],
)
def test_a_changed_column_of_a_name_is_named(busy: Core, column: str, reason: str) -> None:
    member = first_member(busy)
    (fault,) = by_hand(busy, f"UPDATE personal SET {column} = 'x' WHERE member = '{member}'")
    assert (fault.kind, fault.reason) == ("personal", reason.format(member=member))


@pytest.mark.parametrize(
    ("statement", "table", "reason"),
    [
        ("DROP INDEX task_one", "task", "the index task_one is missing"),
        ("CREATE TABLE notes (a INT)", "notes", "the table notes is not of this program"),
        ("CREATE VIEW seen AS SELECT 1", "seen", "the view seen is not of this program"),
        (
            "CREATE UNIQUE INDEX once ON meeting (club)",
            "meeting",
            "the index once is not of this program",
        ),
        (
            "ALTER TABLE club ADD COLUMN more TEXT",
            "club",
            "the table club is not as this program makes it",
        ),
    ],
)
def test_what_is_not_of_this_program_is_named(
    busy: Core, statement: str, table: str, reason: str
) -> None:
    assert by_hand(busy, statement) == [Fault(table, 0, reason, "schema")]


def test_a_trigger_is_named(busy: Core) -> None:
    does = (
        "BEGIN SELECT RAISE(IGNORE); END"
        if busy.store.is_sqlite
        else "FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()"
    )
    (fault,) = by_hand(busy, f"CREATE TRIGGER lost BEFORE UPDATE ON personal {does}")
    assert fault == Fault("personal", 0, "the trigger lost is not of this program", "schema")


def test_an_index_made_otherwise_is_named_and_made_again_by_a_rebuild(busy: Core) -> None:
    other = ("DROP INDEX task_one", "CREATE INDEX task_one ON task (club, kind)")
    assert [one.reason for one in by_hand(busy, *other)] == [
        "the index task_one is not as this program makes it"
    ]
    assert [one.reason for one in by_hand(busy, "DROP INDEX club_state")] == [
        "the index club_state is missing",
        "the index task_one is not as this program makes it",
    ]
    verify.rebuild(busy.store)
    assert found(busy) == []


@pytest.mark.parametrize("statement", ["DROP TABLE ledger", "ALTER TABLE club DROP COLUMN charter"])
def test_a_database_that_lacks_something_is_not_read_further(busy: Core, statement: str) -> None:
    busy.store.run("UPDATE event SET officer = 'x' WHERE seq = 1")
    faults = by_hand(busy, statement)
    assert {one.kind for one in faults} == {"schema"}


def test_an_older_database_is_held_against_what_it_was() -> None:
    store = schema.empty(["0001_initial"])
    assert list(verify.whole(store)) == []
    store.run("DROP INDEX task_one")
    assert [one.reason for one in verify.whole(store)] == ["the index task_one is missing"]


HIDDEN = {
    "trigger": "CREATE TRIGGER odd AFTER INSERT ON event BEGIN DELETE FROM personal; END",
    "view": "CREATE VIEW odd AS SELECT 1",
    "table": "CREATE TABLE odd (a TEXT)",
    "index": "CREATE UNIQUE INDEX odd ON ledger (kind)",
}


@pytest.mark.sqlite
@pytest.mark.parametrize("kind", HIDDEN)
def test_what_was_given_a_name_of_sqlites_own_is_named_too(core: Core, kind: str) -> None:
    core.store.run(HIDDEN[kind])
    core.store.run("PRAGMA writable_schema = ON")
    core.store.run(
        "UPDATE sqlite_master SET name = 'sqlite_odd', "
        "sql = replace(sql, ' odd ', ' sqlite_odd '), "
        "tbl_name = replace(tbl_name, 'odd', 'sqlite_odd') WHERE name = 'odd'"
    )
    core.store.run("PRAGMA writable_schema = RESET")
    (fault,) = found(core)
    assert (fault.kind, fault.reason) == ("schema", f"the {kind} sqlite_odd is not of this program")


@pytest.mark.sqlite
def test_what_sqlite_makes_by_itself_is_nothing_strange(core: Core) -> None:
    core.store.run("ANALYZE")
    assert found(core) == []


@pytest.mark.parametrize("mark", schema.MARKS)
def test_a_mark_in_the_head_of_the_file_is_named(busy: Core, mark: str) -> None:
    if not busy.store.is_sqlite:
        pytest.skip("a server's database has no such marks")
    (fault,) = by_hand(busy, f"PRAGMA {mark} = 7")
    assert (fault.kind, mark in fault.reason) == ("schema", True)
