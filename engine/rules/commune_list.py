"""A commune's name held against the list of units that was loaded for the province."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from engine import codes
from engine.codes.code import Code
from engine.i18n import _
from engine.labels import role_name
from engine.model import Finding, State
from engine.rules.communes import Unit, became, commune_key, full_name, kind_of, named
from engine.rules.findings import block, note
from engine.rules.request import StepRequest
from engine.vietnamese.text import dmy

NEAREST = 3
"""Names that are offered in the place of one that is not listed."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Why a name is not that of a commune of the day, and what to write in its place."""

    code: Code
    message: str
    fix: str


def of_the_day(units: Sequence[Unit], on: date) -> list[Unit]:
    """Return the communes of a list that were there on a day; empty where it does not reach it."""
    return [one for one in _communes(units) if one.valid(on)]


def _communes(units: Sequence[Unit]) -> list[Unit]:
    """Return the communes of a list, which may hold districts and villages too."""
    return [one for one in units if kind_of(f"{one.kind} x") is not None]


def mismatch(
    units: Sequence[Unit], name: str, on: date, code: str | None = None
) -> Mismatch | None:
    """Return why a commune cannot be meant on a day; ``None`` where it can or nothing is known.

    ``code`` is the unit's code where one was given: it decides among units of one name.
    """
    there = of_the_day(units, on)
    if not there:
        return None
    found = [one for one in there if one.id == code or code is None]
    meant = [one for one in named(found, name, on) if one.valid(on)]
    if len(meant) == 1 or (meant and len({one.id for one in meant}) == 1):
        return None
    if meant:
        names = "; ".join(f"{full_name(one)} ({one.id})" for one in meant)
        return Mismatch(
            codes.COMMUNE_SEVERAL,
            _("Several communes are called {name}: {names}.").format(name=name, names=names),
            _("Write what it is (xã, phường), or its code."),
        )
    ended = [one for one in named(_communes(units), name, on) if one.valid_to and one.valid_to < on]
    if ended and code in (None, *(one.id for one in ended)):
        last = max(ended, key=lambda one: one.valid_to or date.min)
        after = became(units, last, on)
        return Mismatch(
            codes.COMMUNE_ENDED,
            _("{name} was a commune until {day} only.").format(
                name=full_name(last), day=dmy(last.valid_to) if last.valid_to else "?"
            ),
            _("Since then: {name}.").format(name=full_name(after))
            if after is not last
            else _near(there, name),
        )
    return Mismatch(
        codes.COMMUNE_UNKNOWN,
        _("{name} is not in the province's list of communes of {day}.").format(
            name=f"{name} ({code})" if code else name, day=dmy(on)
        ),
        _near(there, name),
    )


def _near(there: Sequence[Unit], name: str) -> str:
    """Return the names that are nearest, with the way to see all of them."""
    by_key: dict[str, list[str]] = {}
    for one in there:
        by_key.setdefault(commune_key(one.name), []).append(full_name(one))
    keys = get_close_matches(commune_key(name), by_key, NEAREST, 0.6)
    names = [full for one in keys for full in by_key[one]]
    if not names:
        return _("Look the name up: clb commune search NAME.")
    return _("Nearest: {names}. All: clb commune search NAME.").format(
        names=", ".join(dict.fromkeys(names))
    )


def listed(request: StepRequest) -> Iterator[Finding]:
    """A club lies in a commune of its day, as far as a list of units was loaded."""
    units, name = request.commune_list, request.field("commune")
    if units is None or name is None:
        return
    if request.officer is None and request.club.state is State.NONE:
        return  # a correction of the opening, which cannot change the commune
    if not of_the_day(units, request.on):
        yield note(
            codes.COMMUNE_UNCHECKED,
            _("No list of communes of {day} is loaded: {name} was not checked.").format(
                day=dmy(request.on), name=name
            ),
            who=role_name("admin", city=request.rules.city),
            fix="clb commune import …",
        )
        return
    wrong = mismatch(units, name, request.on, request.field("commune_id"))
    if wrong is not None:
        yield block(
            wrong.code,
            wrong.message,
            actual=name,
            who=role_name("admin", city=request.rules.city),
            fix=wrong.fix,
        )
