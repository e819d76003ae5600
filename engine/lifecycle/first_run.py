"""The first run: the database is made, and everybody who works in it is put into it."""

from collections.abc import Sequence

from engine.clock import Clock, day_of, now
from engine.interview.first_run import FirstRun
from engine.interview.places import named_units
from engine.interview.question import Choice
from engine.lifecycle.registry import Registry, make_registry
from engine.model import Officer
from engine.provinces.load import Provinces
from engine.rules.succession import succession


def first_run(provinces: Provinces, clock: Clock = now) -> FirstRun:
    """Return the interview of a first run, with the installed provinces to choose from."""
    today = day_of(clock())
    installed = sorted(provinces.found())
    return FirstRun(
        on=today,
        provinces=tuple(Choice(one, provinces.name(one)) for one in installed),
        communes=tuple(
            (one, named_units(succession(provinces.policy(one)), today)) for one in installed
        ),
        cities=frozenset(one for one in installed if provinces.is_city(one)),
    )


def begin(
    url: str | None,
    officers: Sequence[Officer],
    *,
    provinces: Provinces | None = None,
    clock: Clock = now,
) -> Registry:
    """Make the database, if there is none, and add the officers; return it opened.

    The first is the administrator who adds the others. Whoever is there already stays, so that a
    first run that was broken off can be repeated. Raises what opening and adding raise.
    """
    registry, _made = make_registry(url, provinces=provinces, clock=clock)
    admin = officers[0]
    for one in officers:
        held = {(other.id, other.role) for other in registry.officers.everybody()}
        if (one.id, one.role) not in held:
            registry.officers.add(one, by=admin.id if held else None)
    return registry
