"""Adding an officer or correcting one: the questions, and what becomes of their answers."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engine.interview import names, sheet
from engine.interview.first_run import officer_id
from engine.interview.places import named_units
from engine.interview.question import Answer, Choice, Question
from engine.interview.sheet import Sheet
from engine.lifecycle.officers import Which
from engine.lifecycle.registry import Registry
from engine.model import Officer, Role
from engine.rules.communes import same_commune
from engine.vietnamese.text import clean


def questions(registry: Registry, by: str | None) -> Sheet:
    """Return the questions about a new officer; ``by`` is who asks, if that is known."""
    lifecycle, provinces = registry.lifecycle, registry.provinces
    own = lifecycle.officers(by) if by is not None else ()
    office = next((one for one in own if one.commune), next(iter(own), None))
    installed, today = sorted(provinces.found()), lifecycle.today()

    return sheet.officer(
        today,
        tuple(Choice(one, provinces.name(one)) for one in installed),
        {one: named_units(lifecycle.gather.units(one), today) for one in installed},
        office,
        _check,
    )


def _check(question: Question, answer: Answer) -> Answer:
    if question.path != "name":
        return answer
    name = names.latin(str(answer.value))
    return replace(answer, doubt=names.doubt(name))


def present(registry: Registry, officer: str) -> Officer:
    """Return the office of somebody that is corrected: not that of an administrator, if possible.

    Raises ``UnknownError``.
    """
    held = registry.lifecycle.officers(officer)
    return next((one for one in held if one.role is not Role.ADMIN), held[0])


def questions_now(registry: Registry, officer: str) -> Sheet:
    """Return the questions that correct an officer. Raises ``UnknownError``."""
    office, today = present(registry, officer), registry.lifecycle.today()
    units = registry.lifecycle.gather.units(office.province)
    names = tuple(one.name for one in _colleagues(registry, office))
    return sheet.officer_now(today, office, named_units(units, today), names, _check)


def correct(
    registry: Registry, officer: str, form: Mapping[str, Any], by: str
) -> tuple[Officer, ...]:
    """Record what was answered to ``questions_now``, all of it or nothing; return the offices.

    A body or a commune that changes is another office from today. Raises what the service of
    officers raises.
    """
    service, office = registry.officers, present(registry, officer)
    role, commune = Role(form.get("role", office.role)), form.get("commune")
    with registry.store.write("officers", by=by):
        if role is not office.role:
            new = replace(office, role=role, commune=commune, commune_id=None, since=None, seq=0)
            service.add(new, by=by)
            service.end(officer, _which(office), None, by=by, step="officer_change")
        elif commune is not None and commune != office.commune:
            service.move(officer, commune, _which(office), None, by=by)
        if form.get("together") and commune is not None:
            for one in _colleagues(registry, office):
                service.move(one.id, commune, _which(one), None, by=by)
        if form["name"] != office.name:
            service.rename(officer, clean(form["name"]), by=by)
    return registry.lifecycle.officers(officer)


def _which(one: Officer) -> Which:
    return Which(one.role, one.province, one.commune)


def _colleagues(registry: Registry, office: Officer) -> list[Officer]:
    """Return the other offices in an officer's commune today."""
    return [
        one
        for one in registry.officers.everybody()
        if one.id != office.id
        and one.province == office.province
        and one.commune is not None
        and office.commune is not None
        and same_commune(one.commune, office.commune)
    ]


def made(registry: Registry, form: Mapping[str, Any]) -> Officer:
    """Return the officer that was answered, in office from today, with an id nobody had."""
    return Officer(
        id=officer_id(form["name"], {one.id for one in registry.officers.ever()}),
        name=clean(form["name"]),
        role=Role(form["role"]),
        province=form["province"],
        commune=form.get("commune") or form.get("district"),
    )
