"""What a club's commune is called on a day, and what it was called when the club was founded.

A commune gets another name by succession, or a club moves to another one; neither changes what
older papers have, so people are shown both names.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from engine.i18n import _
from engine.lifecycle.history import commune_histories
from engine.rules.communes import Unit, became, commune_key, named
from engine.store import facts
from engine.store.database import Store
from engine.vietnamese.text import bare, key


@dataclass(frozen=True, slots=True)
class Place:
    """A club's commune on a day; ``formerly`` is its name at the founding where it was another.

    ``key`` compares communes; ``confirmed`` is false where only a compiled list has what became
    of the old one.
    """

    name: str
    key: str
    formerly: str | None = None
    confirmed: bool = True

    def __str__(self) -> str:
        return place_text(self.name, self.formerly)


def place_text(name: str, formerly: str | None) -> str:
    """Return a commune's name with the former one after it."""
    if not formerly:
        return name
    return _("{commune} (formerly {name})").format(commune=name, name=formerly)


class CommuneNames:
    """What the communes of a province's clubs, or of one club, are called on a day.

    ``known`` are the units that the province's policy names, besides those that were imported.
    """

    def __init__(
        self,
        store: Store,
        province: str,
        on: date,
        club: str | None = None,
        *,
        known: Iterable[Unit] = (),
    ) -> None:
        self.on = on
        self.units = (*facts.units(store, province), *known)
        self._known: dict[tuple[str, date], Place] = {}
        self._moved = commune_histories(store, province, club)

    def of(self, club: str, commune: str, founded_on: date) -> Place:
        """Return where a club is; ``commune`` is the one it has on record."""
        if club in self._moved:
            first = self._moved[club].first
            now = self._called(self._moved[club].on(self.on.isoformat()), self.on)
            same = bare(now.name) == bare(first)
            return Place(now.name, now.key, None if same else first, now.confirmed)
        return self._called(commune, founded_on)

    def _called(self, commune: str, then: date) -> Place:
        found = self._known.get((commune, then))
        if found is None:
            found = self._known[commune, then] = called(self.units, commune, then, self.on)
        return found


def called(units: Sequence[Unit], commune: str, then: date, on: date) -> Place:
    """Return what a commune, so called on the day ``then``, is called by ``on``.

    Where several had the name and became different ones, it is not known which is meant: it keeps
    the name on record.
    """
    ends = {
        (end.id, end.valid_from): (end, unit)
        for unit in (named(units, commune, then) if units else ())
        for end in (became(units, unit, on),)
    }
    if len(ends) == 1:
        ((end, unit),) = ends.values()
        if end is not unit and _full(end) != _full(unit):
            sure = unit.confirmed and end.confirmed
            return Place(_titled(end), commune_key(end.name), commune, sure)
    return Place(commune, commune_key(commune))


def _titled(unit: Unit) -> str:
    """Return a unit's name with what it is, as lists have it or not."""
    return unit.name if commune_key(unit.name) != key(unit.name) else f"{unit.kind} {unit.name}"


def _full(unit: Unit) -> str:
    """Return a unit's name with what it is, for comparison."""
    return bare(f"{unit.kind} {commune_key(unit.name)}")
