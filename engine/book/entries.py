"""What the log has for each sheet of a club's workbook, every correction carried out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from engine.book.sheets import ACTIVITY, CHANGES, MEMBERS, SHEETS, Values, filled, values_of
from engine.frozen import EMPTY
from engine.lifecycle.lifecycle import Lifecycle
from engine.lifecycle.people import Member
from engine.model import Club
from engine.policy.effective import Rules
from engine.policy.own_money import fund_ids, fund_labels
from engine.reports import clubs, loans
from engine.reports.dossier import Dossier
from engine.roster.columns import COLUMNS as MEMBER_COLUMNS
from engine.roster.members import active, in_order
from engine.rules import own as own_rules
from engine.rules.care import BETWEEN_TWO, TWO
from engine.rules.forms import Own
from engine.vietnamese.text import means

EVER = date.max


@dataclass(frozen=True, slots=True)
class Entry:
    """One row that the log has.

    ``seq`` is the number of its event, ``id`` the same as text, on the sheet of members the
    member's id. ``shown`` is what the columns have that are only shown.
    """

    id: str
    seq: int
    values: Values
    step: str
    shown: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Book:
    """A club's book as the log has it; ``seq`` is the club's last event.

    ``own`` are the funds and sources that only its province has; ``funds`` are all funds that its
    clubs may have, and ``labels`` what those of its own are called.
    """

    club: Club
    activities: Mapping[str, str]
    people: tuple[Member, ...]
    entries: Mapping[str, tuple[Entry, ...]]
    own: Own = None
    funds: tuple[str, ...] = ()
    labels: Mapping[str, str] = EMPTY

    def label(self, member: str) -> str:
        """Return a member as a cell names one: the name, with the id where it is not enough."""
        name = next((one.name for one in self.people if one.id == member), "")
        alone = name and sum(one.name == name for one in self.people) == 1
        return name if alone else f"{name} ({member})".strip()

    def member(self, typed: str) -> str:
        """Return the id of the member a cell names; the text itself where it names none or several.

        The step judges such a text; it may be somebody whom the same workbook adds.
        """
        named = [one.id for one in self.people if typed in (one.id, self.label(one.id))]
        named = named or [one.id for one in self.people if one.name and means(typed, one.name)]
        return named[0] if len(named) == 1 else typed

    def pair(self, typed: str) -> str:
        """Return two people of a cell as ids, as :meth:`member` does for one."""
        parts = BETWEEN_TWO.split(typed.strip())
        return TWO.join(map(self.member, parts)) if len(parts) == 2 else typed

    def pair_label(self, pair: str) -> str:
        """Return a pair as a cell names one."""
        return " – ".join(map(self.label, pair.split(TWO)))


def book(lifecycle: Lifecycle, club: Club, rules: Rules, on: date, *, full: bool = False) -> Book:
    """Return a club's book. With ``full`` identity and phone numbers are whole."""
    store = lifecycle.store
    dossier = Dossier(store, club)
    given = {one.seq: one for one in loans.book(store, club, EVER)}
    changes = {change.seq for one in given.values() for change in one.changes}
    keys = {step: sheet.key for sheet in SHEETS for step in sheet.steps}
    found: dict[str, list[Entry]] = {sheet.key: [] for sheet in SHEETS}
    used: dict[str, None] = {}
    for record in dossier.records:
        key = keys.get(record.step)
        if key in (None, MEMBERS) or (record.step == "lend" and record.seq not in given):
            continue
        if key == CHANGES and record.seq not in changes:
            continue
        assert key is not None
        values, shown = values_of(key, record.form), {}
        used |= dict.fromkeys(path for path in values if path.startswith(ACTIVITY))
        if key == CHANGES:
            values["member"] = given[record.form["loan"]].member
        if key == "lend":
            loan = given[record.seq]
            shown = {"loan": loan.seq, "due_on": loan.due_on.isoformat(), "owed": loan.outstanding}
        found[key].append(Entry(str(record.seq), record.seq, values, record.step, shown))
    people = active(store, club)
    joined = {
        one.member: event.seq
        for event in clubs.history(store, club)
        for one in event.effects.roster
        if one.op == "add"
    }
    found[MEMBERS] = [
        Entry(one.id, joined.get(one.id, 0), member_values(one, full=full), MEMBERS)
        for one in in_order(people)
    ]
    entries = {key: tuple(rows) for key, rows in found.items()}
    own = own_rules.ever(rules, "fund", on)
    money = fund_ids(rules.policy, on), fund_labels(rules.policy)
    return Book(club, _activities(rules, on, used), people, entries, own, *money)


def member_values(one: Member, *, full: bool) -> dict[str, Any]:
    """Return a member as the row of the sheet of members, as text."""
    return filled({column.field: column.written(one, full=full) for column in MEMBER_COLUMNS})


def _activities(rules: Rules, on: date, used: Iterable[str]) -> dict[str, str]:
    """Return the names of the activities listed on a day, with those that were recorded before."""
    rule = rules.rule("activities.list", on)
    names = {str(one["id"]): str(one["label"]) for one in rule.value} if rule is not None else {}
    return {**{path.removeprefix(ACTIVITY): path.removeprefix(ACTIVITY) for path in used}, **names}
