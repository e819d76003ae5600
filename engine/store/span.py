"""A span of the log with all that is held against it, read side by side, a stream at a time.

The log is read once, and so are the tables next to it, in the same order: what is in memory is one
stream with its rows, however large the database is.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import itemgetter

from engine.store.database import Row, Store
from engine.store.rows import COLUMNS, KEYS
from engine.store.stream_check import Found, Part, Work, gone, nobodys, tables_of

EVENT_COLUMNS = (
    "stream, seq, province, step, from_state, to_state, on_date, recorded_at, officer, body, hash, "
    "{row_digest}"
)
SELECT_EVENTS = f"SELECT {EVENT_COLUMNS} FROM event{{where}} ORDER BY stream{{c}}, seq"
C_ORDER = ' COLLATE "C"'
"""What a server is asked for, so that its own collation orders nothing; SQLite compares bytes."""
SELECT_CLUB_HEADS = "SELECT 'club:' || id, seq, head FROM club{where} ORDER BY id{c}"
SELECT_STREAM_HEADS = "SELECT id, seq, head FROM stream ORDER BY id{c}"
SELECT_PERSONAL = (
    "SELECT club, member, name, id_number, phone, village, note, salt, name_key, province "
    "FROM personal{where} ORDER BY club{c}, member{c}"
)
SELECT_WITHHELD = "SELECT club, member, province FROM withheld{where} ORDER BY club{c}"
SELECT_EXCHANGED = "SELECT province FROM partner UNION SELECT province FROM superseded"
SELECT_WITHHOLDING = "SELECT DISTINCT province FROM withheld"
WALLED = "SELECT row_security_active('partner')"
COUNT_CLUBS = "SELECT count(*) FROM club"
SELECT_CLUB = "SELECT id FROM club ORDER BY id{c} LIMIT 1 OFFSET ?"
FEW = 100
"""How many clubs are not divided any more."""
CLUBS, PAST_CLUBS = "club:", "club;"
"""Between these are the names of clubs' streams."""
Condition = tuple[str, tuple[str, ...]]
"""A condition, and what its places are filled with."""


@dataclass(frozen=True, slots=True)
class Span:
    """The clubs whose ids are from ``first`` to before ``end``; or all that is about no club.

    The spans of a log leave no row out, whatever somebody wrote into it.
    """

    first: str | None = None
    end: str | None = None
    clubs: bool = True

    def of_streams(self, store: Store) -> Condition:
        """Return the condition of the events of the span."""
        stream = in_c_order(store, "stream{c}")
        if not self.clubs:
            return f" WHERE {stream} < ? OR {stream} >= ? OR stream IS NULL", (CLUBS, PAST_CLUBS)
        end = PAST_CLUBS if self.end is None else f"{CLUBS}{self.end}"
        return f" WHERE {stream} >= ? AND {stream} < ?", (f"{CLUBS}{self.first or ''}", end)

    def of_clubs(self, store: Store, column: str) -> Condition:
        """Return the condition of the rows whose club, an id in a column, is in the span.

        Rows of no club are in the first one.
        """
        club = in_c_order(store, f'"{column}"{{c}}')
        if self.first is None and self.end is None:
            return "", ()
        if self.first is None:
            return f" WHERE coalesce({club}, '') < ?", (str(self.end),)
        if self.end is None:
            return f" WHERE {club} >= ?", (self.first,)
        return f" WHERE {club} >= ? AND {club} < ?", (self.first, self.end)


WHOLE = (Span(), Span(clubs=False))
"""The spans of a log that is not divided."""


def divided(store: Store) -> list[Span]:
    """Return spans of a log: of clubs a fourth of those that are left, then what is about no club.

    So there are few of them however long the log is, and the last ones are short: where two
    processes share them, both end at the same time.
    """
    ids: list[str | None] = [None]
    clubs = store.rows(COUNT_CLUBS)[0][0]
    passed = 0
    while clubs - passed > FEW:
        passed += max(1, (clubs - passed) // 4)
        ids.append(str(store.rows(in_c_order(store, SELECT_CLUB), (passed,))[0][0]))
    return [*(Span(*ends) for ends in pairwise([*ids, None])), Span(clubs=False)]


def check(store: Store, span: Span, work: Work) -> Found:
    """Return what is wrong with a span of the log, and with what is held against it."""
    reading = _Reading(store, span, work)
    found = Found()
    for part in reading.parts():
        found.add(work.check(part))
    found.add(reading.rest())
    return found


def _is_walled(store: Store) -> bool:
    """Return whether this login may not see with whom files were exchanged."""
    return not store.is_sqlite and bool(store.rows(WALLED)[0][0])


class _Reading:
    """A span of the log and what is held against it."""

    def __init__(self, store: Store, span: Span, work: Work) -> None:
        self._store, self._span = store, span
        self._personal = work.personal and span.clubs
        kinds = ("club",) if span.clubs else ("province", "seal")
        self._heads = self._owned(SELECT_CLUB_HEADS if span.clubs else SELECT_STREAM_HEADS, "id")
        compared = {name for kind in kinds for name in tables_of(kind)} if work.tables else ()
        self._tables = {
            name: self._owned(_select(name), COLUMNS[name][0])
            for name in COLUMNS
            if name in compared
        }
        self._people = self._withheld = _Owned(())
        if self._personal:
            self._people = self._owned(SELECT_PERSONAL, "club")
            self._exchanged = set[str]()
            if store.has_table("withheld"):
                exchanged = SELECT_WITHHOLDING if _is_walled(store) else SELECT_EXCHANGED
                self._exchanged = {str(one) for (one,) in store.rows(exchanged)}
                self._withheld = self._owned(SELECT_WITHHELD, "club")

    def _owned(self, query: str, column: str) -> "_Owned":
        """Return the rows of a query that are in the span; what is about no club is whole."""
        where, given = self._span.of_clubs(self._store, column) if self._span.clubs else ("", ())
        sql = in_c_order(self._store, query.replace("{where}", where))
        return _Owned(self._store.scan(sql, given))

    def parts(self) -> Iterator[Part]:
        """Yield each stream with what the database holds of it."""
        where, given = self._span.of_streams(self._store)
        events = self._store.scan(select_events(self._store, where), given)
        for name, rows in groupby(events, key=itemgetter(0)):
            part = Part(str(name), rows)
            part.strangers, part.heads = self._heads.take(part.name)
            self._take_tables(part)
            if self._personal:
                part.nobodys, part.people = self._people.take(part.owner)
                withheld = self._withheld.take(part.owner)[1]
                part.withheld = {
                    str(member)
                    for _club, member, province in withheld
                    if province in self._exchanged
                }
            yield part

    def _take_tables(self, part: Part) -> None:
        if not self._tables:
            return
        for name in tables_of(part.kind):
            owner = part.name if name == "stream" else part.owner
            strangers, part.tables[name] = self._tables[name].take(owner)
            if strangers:
                part.odd[name] = strangers[0]

    def rest(self) -> Found:
        """Return what is wrong with the rows after the last stream: they belong to none."""
        found = Found([*map(gone, self._heads.rest()), *map(nobodys, self._people.rest())])
        for name, rows in self._tables.items():
            first = next(rows.rest(), None)
            if first is not None:
                found.odd[name] = first
        return found


class _Owned:
    """Rows in the order of whose they are, the first column, taken an owner at a time."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._groups = groupby(rows, key=itemgetter(0))
        self._next = next(self._groups, None)

    def take(self, owner: str) -> tuple[list[Row], list[Row]]:
        """Return the rows of owners that come before this one, and this one's.

        Owners are asked for in order; of each of those before it one row is enough.
        """
        strangers = []
        while self._next is not None and self._before(owner):
            strangers.append(next(self._next[1]))
            self._next = next(self._groups, None)
        if self._next is None or self._next[0] != owner:
            return strangers, []
        own = list(self._next[1])
        self._next = next(self._groups, None)
        return strangers, own

    def _before(self, owner: str) -> bool:
        assert self._next is not None
        here = self._next[0]
        return not isinstance(here, str) or here < owner

    def rest(self) -> Iterator[Row]:
        """Return a row of each owner that was not asked for."""
        while self._next is not None:
            yield next(self._next[1])
            self._next = next(self._groups, None)


def _select(table: str) -> str:
    """Return the query of a table, in the order of its streams and in the order of its key."""
    columns = ", ".join(f'"{name}"' for name in COLUMNS[table])
    first = COLUMNS[table][0]
    key = [first, *(name for name in KEYS[table] if name != first)]
    order = f'"{first}"{{c}}, ' + ", ".join(f'"{name}"' for name in key)
    return f"SELECT {columns} FROM {table}{{where}} ORDER BY {order}"


def in_c_order(store: Store, sql: str) -> str:
    """Return a query whose ``{c}`` makes the order of texts that of their bytes everywhere."""
    return sql.replace("{c}", "" if store.is_sqlite else C_ORDER)


def select_events(store: Store, where: str = "") -> str:
    """Return the query of the log; an older database, held in a copy, lacks the row's digest."""
    there = "row_digest" in store.columns("event")
    query = SELECT_EVENTS.replace("{row_digest}", "row_digest" if there else "NULL")
    return in_c_order(store, query.replace("{where}", where))
