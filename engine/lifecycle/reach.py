"""Which communes each officer's login reaches on a server, for its row-level security.

A database does not know that two spellings are one commune, nor what a commune became: that is
worked out here, each time the roles are applied.
"""

from dataclasses import replace
from datetime import date

from engine.model import COMMUNE_ROLES, Officer, Role
from engine.policy.effective import Rules
from engine.provinces.load import Provinces
from engine.rules.communes import (
    Places,
    Unit,
    commune_key,
    district_of,
    full_name,
    kind_of,
)
from engine.rules.succession import succession
from engine.rules.unit_classes import UnitClasses
from engine.store import codec, facts
from engine.store.database import Store
from engine.store.roles import Login, Reach, commune_role, role_of
from engine.vietnamese.text import key

GIVEN = (
    "SELECT body, hash FROM event WHERE stream LIKE 'province:%' AND body LIKE '%\"login\":%' "
    "ORDER BY stream, seq"
)
"""The events that gave an officer a login."""


def reach(store: Store, provinces: Provinces, today: date) -> tuple[Reach, ...]:
    """Return what the logins of communes and districts reach, each commune once."""
    found: dict[Reach, None] = {}
    known: dict[str, _Communes] = {}
    for one in with_logins(store, today):
        if one.role not in (*COMMUNE_ROLES, Role.DISTRICT):
            continue
        if one.province not in known:
            rules = provinces.rules(one.province)
            units = (*facts.units(store, one.province), *succession(rules.policy))
            known[one.province] = _Communes(store, rules, units, today)
        until = one.until.isoformat() if one.until else None
        for name in known[one.province].of(one):
            place = Reach(str(one.login), one.province, commune_key(name), kind_of(name), until)
            found.setdefault(place)
    return tuple(found)


def logins(store: Store, today: date) -> tuple[tuple[Login, ...], frozenset[str]]:
    """Return the logins of today's officers with the roles of their offices, and all there were.

    A login that was changed is in the log only.
    """
    now = dict.fromkeys(map(_login, with_logins(store, today)))
    given = (codec.decode(*row).effects.records for row in store.rows(GIVEN))
    ever = (str(row["login"]) for rows in given for _table, row in rows if "login" in row)
    return tuple(now), frozenset(ever)


def _login(one: Officer) -> Login:
    whole = one.role in (Role.PROVINCE, Role.ADMIN)
    return Login(str(one.login), (role_of if whole else commune_role)(one.province))


def with_logins(store: Store, today: date) -> list[Officer]:
    """Return the offices of a day whose officers have a login: one of a person's is of them all."""
    every = facts.officers(store)
    of_person = {one.id: one.login for one in every if one.login}
    offices = (one for one in every if one.id in of_person and one.holds(today))
    return [replace(one, login=one.login or of_person[one.id]) for one in offices]


class _Communes:
    """The communes of a province, by all their names, for many officers."""

    def __init__(self, store: Store, rules: Rules, units: tuple[Unit, ...], today: date) -> None:
        self._units = units
        self._places = Places(units, today)
        self._stated = UnitClasses(rules, (), today)
        names = (*map(full_name, units), *facts.communes(store, rules.policy.province_id))
        self._names = tuple(dict.fromkeys(names))
        self._found: dict[str, tuple[str, ...]] = {}

    def of(self, officer: Officer) -> tuple[str, ...]:
        """Return the names of the communes that an officer acts for, as clubs may have them."""
        own = str(officer.commune)
        if officer.role is Role.DISTRICT:
            wanted = key(officer.commune or "?")
            in_it = (one for one in self._units if key(district_of(one) or "") == wanted)
            return (*map(full_name, in_it), *self._stated.communes_of(wanted))
        if own not in self._found:
            same = (name for name in self._names if self._places.same(own, name))
            self._found[own] = tuple(dict.fromkeys((own, *same)))
        return self._found[own]
