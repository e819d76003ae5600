"""Which class a commune is in (nông thôn, miền núi ...) and which district it was part of.

What a commune is (xã, phường, thị trấn) shows in its name; every other class, and its district, is
known from the list of units that is loaded or from what the province's documents state.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from engine.policy.effective import Rules
from engine.policy.own_measures import BY_NAME
from engine.rules.communes import Unit, district_of, full_name, kind_of, same_commune
from engine.vietnamese.text import key

CLASSES_KEY, DISTRICTS_KEY = "communes.classes", "communes.districts"


class UnitClasses:
    """The classes and districts of a province's communes on a day."""

    def __init__(self, rules: Rules, units: Iterable[Unit], on: date) -> None:
        self.classes: dict[str, list[str]] = _stated(rules, CLASSES_KEY, "class", on)
        districts = _stated(rules, DISTRICTS_KEY, "name", on)
        for unit in units:
            if not unit.valid(on):
                continue
            if district := district_of(unit):
                districts.setdefault(district, []).append(full_name(unit))
            for one in unit.classes:
                self.classes.setdefault(one, []).append(full_name(unit))
        self.districts: dict[str, list[str]] = districts

    def known(self, classes: Iterable[str]) -> bool:
        """Return whether it is known which communes are of one of some classes."""
        return all(one in BY_NAME or one in self.classes for one in classes)

    def is_of(self, commune: str, classes: Sequence[str]) -> bool:
        """Return whether a commune is of one of some classes; of no class in particular, it is."""
        return not classes or any(
            kind_of(commune) == BY_NAME.get(one, "") or _among(commune, self.classes.get(one, ()))
            for one in classes
        )

    def district(self, commune: str) -> str | None:
        """Return the district of a commune; ``None`` where there is none or it is not known."""
        for name, communes in self.districts.items():
            if _among(commune, communes):
                return name
        return None

    def communes_of(self, district: str) -> tuple[str, ...]:
        """Return the communes that are known to be of a district."""
        wanted = key(district)
        found = (them for name, them in self.districts.items() if key(name) == wanted)
        return tuple(commune for them in found for commune in them)


def _stated(rules: Rules, key_: str, named: str, on: date) -> dict[str, list[str]]:
    """Return the communes that a policy lists on a day, by what it lists them under."""
    stated = rules.stated(key_, on)
    rows: Sequence[Mapping[str, Any]] = stated.value if stated.status == "value" else ()
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row[named], []).extend(row["communes"])
    return found


def _among(commune: str, names: Iterable[str]) -> bool:
    return any(same_commune(commune, name) for name in names)
