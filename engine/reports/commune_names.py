"""What a club's commune is called on a day, and what it was called when the club was founded.

A commune gets another name by succession, or a club moves to another one; neither changes what
older papers have, so people are shown both names.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from engine.i18n import _
from engine.lifecycle.commune_history import commune_histories
from engine.rules.communes import Unit, became, commune_key, district_of, named
from engine.store import facts
from engine.store.reader import Reader
from engine.vietnamese.text import bare, key

KIND_WORDS = ("xã", "phường", "thị", "đặc")
"""What the names of communes begin with: xã, phường, thị trấn, đặc khu."""


@dataclass(frozen=True, slots=True)
class Place:
    """A club's commune on a day; ``formerly`` is its name at the founding where it was another.

    ``confirmed`` is false where only a compiled list has what became
    of the old one. ``district`` is the district (huyện) that the commune is part of on the day,
    ``former_district`` the one at the founding, where they are known. ``another`` is true where it
    is another unit than at the founding, even if one of the same name.
    """

    name: str
    formerly: str | None = None
    confirmed: bool = True
    district: str | None = None
    former_district: str | None = None
    another: bool = False

    def __str__(self) -> str:
        return place_text(self.name, self.formerly)


def place_text(name: str, formerly: str | None) -> str:
    """Return a commune's name with the former one after it."""
    if not formerly:
        return name
    return _("{commune} (formerly {name})").format(commune=name, name=formerly)


def address(name: str, district: str | None, province: str | None) -> str:
    """Return a commune with what is above it, as far as known: xã, huyện, tỉnh."""
    if district is not None and province is not None and bare(district) == bare(province):
        district = None  # a list of units that has the province above its communes
    above = f"{district[:1].lower()}{district[1:]}" if district else None
    return ", ".join(part for part in (name, above, province) if part)


def in_a_sentence(name: str) -> str:
    """Return a commune's name as it is written inside a sentence: "Xã A" is "xã A" there."""
    first, space, rest = name.partition(" ")
    if space and key(first) in KIND_WORDS:
        return f"{first.lower()} {rest}"
    return name


def unconfirmed(former: str) -> str:
    """Return a former name, marked: only a compiled list has what became of it."""
    return _("{name}; not confirmed").format(name=former)


class CommuneNames:
    """What the communes of a province's clubs, or of one club, are called on a day.

    ``known`` are the units that the province's policy names, besides those that were imported.
    """

    def __init__(
        self,
        store: Reader,
        province: str,
        on: date,
        club: str | None = None,
        *,
        known: Iterable[Unit] = (),
    ) -> None:
        self.on = on
        self.units = (*facts.units(store, province), *known)
        self._known: dict[tuple[str, date, date], Place] = {}
        self._moved = commune_histories(store, province, club)

    def of(self, club: str, commune: str, founded_on: date) -> Place:
        """Return where a club is; ``commune`` is the one it has on record."""
        if club in self._moved:
            first = self._moved[club].first
            now = self._called(self._moved[club].on(self.on.isoformat()), self.on, self.on)
            if bare(now.name) == bare(first):
                return Place(now.name, None, now.confirmed, now.district)
            then = self._called(first, founded_on, founded_on)
            districts = (now.district, then.district)
            return Place(now.name, first, now.confirmed, *districts, another=True)
        return self._called(commune, founded_on, self.on)

    def _called(self, commune: str, then: date, on: date) -> Place:
        found = self._known.get((commune, then, on))
        if found is None:
            found = self._known[commune, then, on] = called(self.units, commune, then, on)
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
        now, before = district_of(end), district_of(unit)
        if end is not unit:
            same = _full(end) == _full(unit)
            name, formerly = (commune, None) if same else (_titled(end), commune)
            sure = unit.confirmed and end.confirmed
            return Place(name, formerly, sure, now, before, another=True)
        return Place(commune, district=now)
    return Place(commune)


def _titled(unit: Unit) -> str:
    """Return a unit's name with what it is, as lists have it or not."""
    return unit.name if commune_key(unit.name) != key(unit.name) else f"{unit.kind} {unit.name}"


def _full(unit: Unit) -> str:
    """Return a unit's name with what it is, for comparison."""
    return bare(f"{unit.kind} {commune_key(unit.name)}")
