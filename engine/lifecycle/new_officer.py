"""Adding an officer: the questions, with what is known of the provinces, and whom they make."""

from collections.abc import Mapping
from typing import Any

from engine import codes
from engine.errors import InputError
from engine.i18n import _
from engine.interview import sheet
from engine.interview.first_run import officer_id
from engine.interview.places import named_units
from engine.interview.question import Answer, Choice, Question
from engine.interview.sheet import Sheet
from engine.lifecycle.registry import Registry
from engine.model import Officer, Role
from engine.vietnamese.text import clean, foreign_letters


def questions(registry: Registry, by: str | None) -> Sheet:
    """Return the questions about a new officer; ``by`` is who asks, if that is known."""
    lifecycle, provinces = registry.lifecycle, registry.provinces
    own = lifecycle.officers(by) if by is not None else ()
    office = next((one for one in own if one.commune), next(iter(own), None))
    installed, today = sorted(provinces.found()), lifecycle.today()

    def check(question: Question, answer: Answer) -> Answer:
        if question.path == "name":
            latin(str(answer.value))
        return answer

    return sheet.officer(
        today,
        tuple(Choice(one, provinces.name(one)) for one in installed),
        {one: named_units(lifecycle.gather.units(one), today) for one in installed},
        office,
        check,
    )


def made(registry: Registry, form: Mapping[str, Any]) -> Officer:
    """Return the officer that was answered, in office from today, with an id nobody had."""
    return Officer(
        id=officer_id(form["name"], {one.id for one in registry.officers.ever()}),
        name=clean(form["name"]),
        role=Role(form["role"]),
        province=form["province"],
        commune=form.get("commune"),
    )


def latin(name: str) -> str:
    """Return a name. Raises ``InputError`` where a letter of it only looks Latin."""
    if strange := foreign_letters(name):
        raise InputError(
            _("The name has letters of another script: {letters}.").format(
                letters=" ".join(strange)
            ),
            code=codes.OFFICER_NAME,
            help=_("Type the name again."),
        )
    return name
