"""What papers about one club are written from: its records as corrected, its people, its money.

Nothing in it identifies a member beyond the name: no identity number, phone or note is read.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from engine.frozen import FrozenMap
from engine.lifecycle.history import corrected_forms, effective, effective_days
from engine.model import Club, Composition, Event, Loan, Role
from engine.reports import clubs, loans, money
from engine.rules.request import reach
from engine.store import facts
from engine.store.database import Store

SELECT_PEOPLE = (
    "SELECT m.id, p.name, m.sex, m.born, m.circumstance, p.village "
    "FROM member m LEFT JOIN personal p ON p.club = m.club "
    "AND p.province = m.province AND p.member = m.id "
    "WHERE m.club = ? AND m.province = ? AND m.joined_on <= ? "
    "AND (m.left_on IS NULL OR m.left_on > ?)"
)
SELECT_NAMES = (
    "SELECT p.member, p.name, m.sex, m.born FROM personal p "
    "LEFT JOIN member m ON m.club = p.club AND m.province = p.province AND m.id = p.member "
    "WHERE p.club = ? AND p.province = ?"
)


@dataclass(frozen=True, slots=True)
class Record:
    """An event that still counts, with its form and its day as corrected since."""

    seq: int
    step: str
    on: date
    role: Role
    form: FrozenMap

    def field(self, path: str) -> Any:
        """Return a field of the form by dotted path, ``None`` where it was left out."""
        return reach(self.form, path)


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody of a club. ``name`` is ``None`` where the personal data was erased.

    ``sex`` and ``born`` are ``None`` for somebody on the board who is no member.
    """

    id: str
    name: str | None
    sex: str | None = None
    born: str | None = None
    circumstance: str | None = None
    village: str | None = None


class Dossier:
    """One club's file. What is asked for is read once and kept."""

    def __init__(self, store: Store, club: Club) -> None:
        self._store = store
        self.club = club

    @cached_property
    def _events(self) -> list[Event]:
        return clubs.history(self._store, self.club)

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """The club's records in order: no annulled one, every correction carried out."""
        return tuple(_effective(self._events))

    @cached_property
    def people(self) -> Mapping[str, Listed]:
        """Everybody whose name is known, members and others, by id."""
        rows = self._store.rows(SELECT_NAMES, facts.named(self.club))
        return {row[0]: Listed(*row) for row in rows}

    def last(self, steps: Sequence[str], until: date | None = None) -> Record | None:
        """Return the latest record of some steps, up to a day if one is given."""
        found = [
            one for one in self.records if one.step in steps and (until is None or one.on <= until)
        ]
        return max(found, key=lambda one: (one.on, one.seq), default=None)

    def members(self, on: date) -> tuple[Listed, ...]:
        """Return who was on the list on a day, in the order of the last whole list given.

        So a list by tổ or thôn stays one. Who was added later comes after it, whose name was erased
        last.
        """
        at = on.isoformat()
        rows = self._store.rows(SELECT_PEOPLE, (*facts.named(self.club), at, at))
        return tuple(sorted((Listed(*row) for row in rows), key=self._place))

    def _place(self, one: Listed) -> tuple[bool, int, str]:
        return one.name is None, self.places.get(one.id, len(self.places)), one.id

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of each member, by id, in the order in which they were added or last put."""
        given: dict[str, None] = {}
        for event in self._events:
            given |= {one.member: None for one in event.effects.roster if one.op == "add"}
            if event.step == "roster" and "order" in event.form:
                given = dict.fromkeys((*event.form["order"], *given))
        return {member: place for place, member in enumerate(given)}

    def composition(self, on: date, elderly_age: int) -> Composition:
        """Count the members on a day."""
        return facts.composition(self._store, self.club, on, elderly_age)

    def ledger(self, on: date) -> list[money.LedgerLine]:
        """Return the ledger of the club's funds up to a day."""
        return money.ledger(self._store, self.club, on)

    def loans(self, on: date) -> list[Loan]:
        """Return the club's loans to members as they were at the end of a day."""
        return loans.book(self._store, self.club, on)

    def board(self, seq: int | None = None) -> dict[str, str]:
        """Return who held which post just after the event ``seq``, by id; now without one.

        Boards follow the order in which they were recorded: the day of a board typed late may lie
        after the decision that names it.
        """
        posts: dict[str, str] = {}
        for event in self._events:
            if seq is not None and event.seq > seq:
                break
            for post, person in event.effects.board:
                if person is None:
                    posts.pop(post, None)
                else:
                    posts[post] = person
        return posts


def _effective(events: Sequence[Event]) -> Iterator[Record]:
    forms, days = corrected_forms(events), effective_days(events)
    for one in effective(events):
        if one.step != "correct":
            yield Record(one.seq, one.step, days[one.seq], one.acted_as, forms[one.seq])
