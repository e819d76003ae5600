"""The hand-written program's statements: constant SQL on the standard library's ``sqlite3``."""

import sqlite3
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

Row = tuple[Any, ...]


class Club(NamedTuple):
    """A club's row, days as ISO texts."""

    id: str
    province: str
    name: str
    commune: str
    commune_id: str | None = None
    village: str = ""
    state: str = ""
    seq: int = 0
    state_seq: int = 0
    state_on: str = ""
    opened_on: str = ""
    submission_number: str | None = None
    submitted_on: str | None = None
    lead_unit: str | None = None
    decision_number: str | None = None
    decided_on: str | None = None
    trained_on: str | None = None
    launched_on: str | None = None
    supervised_on: str | None = None
    reviewed_on: str | None = None
    suspended_from: str | None = None
    ended_on: str | None = None
    charter: int | None = None
    funds_opened: str | None = None
    after: str | None = None
    head: str = ""


class Task(NamedTuple):
    """An open task's row."""

    kind: str
    due_on: str | None
    role: str
    source: str | None
    opened_seq: int


SELECT_CLUB = (
    "SELECT id, province, name, commune, commune_id, village, state, seq, state_seq, state_on, "
    "opened_on, submission_number, submitted_on, lead_unit, decision_number, decided_on, "
    "trained_on, launched_on, supervised_on, reviewed_on, suspended_from, ended_on, charter, "
    'funds_opened, "after", head FROM club WHERE id = ?'
)
SELECT_OFFICER = (
    "SELECT id, name, role, province, commune, commune_id FROM officer WHERE id = ? ORDER BY role"
)
SELECT_COMPOSITION = """
SELECT count(*), sum(sex = 'F'), sum(born <= ?), sum(circumstance = 'poor'),
       sum(circumstance = 'near_poor'), sum(circumstance = 'difficult'),
       sum(sex = 'F' AND born <= ?),
       sum(length(born) < 10 AND born = substr(?, 1, length(born)))
FROM member WHERE club = ? AND joined_on <= ? AND (left_on IS NULL OR left_on > ?)
"""
SELECT_TASKS = (
    "SELECT kind, due_on, role, source, opened_seq FROM task "
    "WHERE club = ? AND closed_seq IS NULL ORDER BY due_on, kind"
)
SELECT_BOARD = "SELECT post, person, since FROM board WHERE club = ?"
SELECT_NAMED = """
SELECT m.id, p.name FROM personal p JOIN member m ON m.club = p.club AND m.id = p.member
WHERE p.club = ? AND m.left_on IS NULL AND p.name_key IN (?, ?, ?, ?)
"""
SELECT_LEDGER = (
    "SELECT kind, fund, source, amount, delta, reverses, seq, on_date FROM ledger "
    "WHERE club = ? ORDER BY seq"
)
SELECT_SUPERVISIONS = (
    "SELECT on_date, seq, members, meetings_held, activities, "
    "borrowers, borrowers_in_kind, members_with_need, members_served, "
    "conclusion FROM supervision WHERE club = ? AND voided_by IS NULL ORDER BY on_date, seq"
)
SELECT_REVIEWS = (
    "SELECT year, on_date, result, seq FROM review WHERE club = ? AND voided_by IS NULL "
    "ORDER BY year, seq"
)
SELECT_FOUNDERS = (
    "SELECT DISTINCT officer FROM event WHERE stream = ? AND step IN ('open', 'propose')"
)
COUNT_DECIDED = (
    "SELECT count(*) FROM club WHERE province = ? AND decided_on >= ? AND decided_on <= ? "
    "AND id <> ?"
)
COUNT_GRANTED = (
    "SELECT count(DISTINCT l.club) FROM ledger l WHERE l.province = ? AND l.on_date >= ? "
    "AND l.on_date <= ? AND l.kind = 'grant' AND l.source = ? AND l.club <> ? AND NOT EXISTS "
    "(SELECT 1 FROM ledger r WHERE r.club = l.club AND r.reverses = l.seq)"
)
SUM_GRANTED = COUNT_GRANTED.replace("count(DISTINCT l.club)", "coalesce(sum(l.amount), 0)")
COUNT_SAME_NAME = (
    "SELECT count(*) FROM club WHERE province = ? AND commune_key = ? AND village_key = ? "
    "AND name_key = ? AND state NOT IN ('withdrawn', 'rejected', 'dissolved')"
)
INSERT_EVENT = (
    "INSERT INTO event (stream, seq, province, step, from_state, to_state, on_date, recorded_at, "
    "officer, body, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
INSERT_MEMBER = (
    "INSERT INTO member (club, id, province, sex, born, circumstance, joined_on, "
    '"commit") VALUES (?, ?, ?, ?, ?, ?, ?, ?)'
)
INSERT_PERSONAL = (
    "INSERT INTO personal (club, member, province, name, name_key, id_number, phone, village, "
    "note, salt) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
CLOSE_TASK = (
    "UPDATE task SET closed_seq = ?, closed_on = ?, outcome = ?, days_late = ? "
    "WHERE club = ? AND kind = ? AND closed_seq IS NULL"
)


@cache
def insert_sql(table: str, columns: tuple[str, ...]) -> str:
    """Return the one text of an INSERT of those columns."""
    names = ", ".join(f'"{column}"' for column in columns)
    return f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))})"


@cache
def update_sql(columns: tuple[str, ...]) -> str:
    """Return the one text of an UPDATE of a club's columns."""
    return f"UPDATE club SET {', '.join(f'{column} = ?' for column in columns)} WHERE id = ?"


class Data:
    """The database, with the pragmas of the engine's own connection."""

    def __init__(self, path: Path) -> None:
        self.db = sqlite3.connect(path, isolation_level=None, timeout=30)
        self.run = self.db.execute
        for pragma in ("foreign_keys = 1", "synchronous = 2", "secure_delete = 1"):
            self.run(f"PRAGMA {pragma}")

    def begin(self) -> None:
        """Take the write lock."""
        self.run("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Keep what was written, durably."""
        self.run("COMMIT")

    def rollback(self) -> None:
        """Keep nothing."""
        self.run("ROLLBACK")

    def club(self, club: str) -> Club:
        """Return a club. Raises ``LookupError``."""
        row = self.run(SELECT_CLUB, (club,)).fetchone()
        if row is None:
            raise LookupError(club)
        return Club._make(row)

    def officers(self, officer: str) -> list[Row]:
        """Return an officer's roles."""
        return self.run(SELECT_OFFICER, (officer,)).fetchall()

    def composition(self, club: str, limit: str, on: str) -> Row:
        """Count the members on a day; born by ``limit`` is elderly."""
        found: Row = self.run(SELECT_COMPOSITION, (limit, limit, limit, club, on, on)).fetchone()
        return found

    def tasks(self, club: str) -> dict[str, Task]:
        """Return the open tasks by kind."""
        return {row[0]: Task._make(row) for row in self.run(SELECT_TASKS, (club,))}

    def board(self, club: str) -> list[Row]:
        """Return who holds which post."""
        return self.run(SELECT_BOARD, (club,)).fetchall()

    def named(self, club: str, keys: list[str]) -> list[Row]:
        """Return the active members whose folded name is one of at most four."""
        padded = (keys + [""] * 4)[:4]
        return self.run(SELECT_NAMED, (club, *padded)).fetchall()

    def ledger(self, club: str) -> list[Row]:
        """Return the ledger."""
        return self.run(SELECT_LEDGER, (club,)).fetchall()

    def supervisions(self, club: str) -> list[Row]:
        """Return the supervisions that count."""
        return self.run(SELECT_SUPERVISIONS, (club,)).fetchall()

    def reviews(self, club: str) -> list[Row]:
        """Return the reviews that count."""
        return self.run(SELECT_REVIEWS, (club,)).fetchall()

    def founders(self, club: str) -> set[str]:
        """Return who opened or proposed the club."""
        return {officer for (officer,) in self.run(SELECT_FOUNDERS, (f"club:{club}",))}

    def decided(self, province: str, year: str, club: str) -> int:
        """Count the clubs decided in a year."""
        return self._count(COUNT_DECIDED, (province, f"{year}-01-01", f"{year}-12-31", club))

    def granted(self, province: str, year: str, source: str, club: str) -> int:
        """Count the clubs that received a grant in a year."""
        days = (f"{year}-01-01", f"{year}-12-31")
        return self._count(COUNT_GRANTED, (province, *days, source, club))

    def spent(self, province: str, days: tuple[str, str], source: str, club: str) -> int:
        """Add up the grants between two days."""
        return self._count(SUM_GRANTED, (province, *days, source, club))

    def same_name(self, province: str, commune: str, village: str, name: str) -> int:
        """Count the clubs of one name in one village."""
        return self._count(COUNT_SAME_NAME, (province, commune, village, name))

    def _count(self, sql: str, params: Row) -> int:
        return int(self.run(sql, params).fetchone()[0])

    def insert(self, table: str, row: dict[str, Any]) -> None:
        """Insert a row."""
        self.run(insert_sql(table, tuple(row)), tuple(row.values()))

    def insert_event(self, row: Row) -> None:
        """Append an event; the primary key refuses a place that is taken."""
        self.run(INSERT_EVENT, row)

    def insert_members(self, members: list[Row], personal: list[Row]) -> None:
        """Insert members and who they are."""
        self.db.executemany(INSERT_MEMBER, members)
        self.db.executemany(INSERT_PERSONAL, personal)

    def update_club(self, club: str, values: dict[str, Any]) -> None:
        """Set a club's columns."""
        self.run(update_sql(tuple(values)), (*values.values(), club))

    def close_task(self, seq: int, on: str, outcome: str, late: int, club: str, kind: str) -> None:
        """Close a club's open task of a kind."""
        self.run(CLOSE_TASK, (seq, on, outcome, late, club, kind))

    def close(self) -> None:
        """Close the database."""
        self.db.close()
