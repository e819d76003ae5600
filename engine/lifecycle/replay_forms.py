"""Judging again what a form of the log holds, by its schema alone.

Rests on that a schema's choices are only ever added to, that its limits are not narrowed, and that
a field is not made required later: an older form keeps to it too. What only a policy states (which
own fields there are, which of them name a person) is not judged.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from engine.frozen import EMPTY, FrozenMap
from engine.i18n import _
from engine.lifecycle.prepare import people_in
from engine.rules import forms, own
from engine.rules.care import PAIRS, TWO
from engine.rules.request import reach
from engine.states.stage import Step

OWN_NAME = re.compile("[a-z0-9_]+")
CONTROL = re.compile("[\x00-\x1f\x7f]")
"""What no version of this program leaves in a text."""
KINDS: dict[str, type] = {
    "string": str,
    "integer": int,
    "boolean": bool,
    "array": tuple,
    "object": FrozenMap,
}


def misfits(step: Step, form: FrozenMap, people: Collection[str]) -> Iterator[str]:
    """Yield why a form is none that the step could have been recorded with.

    ``people`` are the ids of the club's members and other people; whom a board's form names is
    judged with the board.
    """
    plain = FrozenMap({name: one for name, one in form.items() if name != own.OWN})
    schema = forms.schema(step.name, own.choices_in(step.name, plain))
    if strange := sorted([*_unknown(plain, schema), *_strange_own(form)]):
        yield _("its form holds what no form of this step has: {names}").format(
            names=", ".join(strange)
        )
    if wrong := sorted(_wrong(plain, schema)):
        yield _("its form holds what this step never takes: {names}").format(names=", ".join(wrong))
    if absent := sorted(_absent(plain, schema)):
        yield _("its form lacks what this step always asks for: {names}").format(
            names=", ".join(absent)
        )
    if not wrong and step.prepare != "board":
        strangers = [
            field.path
            for field in forms.fields(step.name)
            if field.personal and not _are_known(reach(plain, field.path), field, people)
        ]
        if strangers:
            yield _("its form names nobody of this club: {names}").format(
                names=", ".join(strangers)
            )


def is_text(value: Any) -> bool:
    """Return whether a value is a text as the program records one: not blank, on one line."""
    return isinstance(value, str) and bool(value.strip()) and not CONTROL.search(value)


def is_day(value: Any) -> bool:
    """Return whether a value is a day as the log spells it."""
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _are_known(value: Any, field: forms.Field, people: Collection[str]) -> bool:
    if field.meaning == PAIRS and any(len(one.split(TWO)) != 2 for one in value or ()):
        return False
    return people_in(value) <= set(people)


def _strange_own(form: FrozenMap) -> Iterator[str]:
    """Yield the own fields that no policy can have: which there are is the policy's of that day."""
    fields = form.get(own.OWN, EMPTY)
    if not isinstance(fields, FrozenMap):
        yield own.OWN
        return
    for name, value in fields.items():
        if not OWN_NAME.fullmatch(name) or not _is_answer(value):
            yield f"{own.OWN}.{name}"


def _is_answer(value: Any) -> bool:
    if isinstance(value, int):
        return 0 <= value <= own.MOST
    return is_text(value) and len(value) <= own.LONGEST


def _unknown(form: Any, schema: Any) -> Iterator[str]:
    """Yield the fields that a schema does not have."""
    known = schema.get("properties")
    if known is None:
        return
    for name, value in form.items():
        if name not in known:
            yield name
        elif isinstance(value, FrozenMap):
            yield from _unknown(value, known[name])


def _absent(form: Any, schema: Any, prefix: str = "") -> Iterator[str]:
    """Yield the required fields that a form lacks, by path."""
    for name in schema.get("required", ()):
        if name not in form and name != own.OWN:
            yield f"{prefix}{name}"
    for name, inner in schema.get("properties", {}).items():
        if isinstance(form.get(name), FrozenMap):
            yield from _absent(form[name], inner, f"{prefix}{name}.")


def _wrong(form: Any, schema: Any) -> Iterator[str]:
    """Yield the fields whose value their schema does not allow."""
    known = schema.get("properties", {})
    for name, value in form.items():
        if name in known and not _allowed(value, known[name]):
            yield name


def _allowed(value: Any, schema: Mapping[str, Any]) -> bool:
    if type(value) is not KINDS[schema["type"]] or value not in schema.get("enum", (value,)):
        return False
    if isinstance(value, int):
        return bool(schema.get("minimum", value) <= value <= schema.get("maximum", value))
    if isinstance(value, str):
        return _allowed_text(value, schema)
    if isinstance(value, tuple):
        return _allowed_list(value, schema)
    return next(_wrong(value, schema), None) is None


def _allowed_text(value: str, schema: Mapping[str, Any]) -> bool:
    if not int(schema.get("minLength", 0)) <= len(value) <= schema.get("maxLength", len(value)):
        return False
    if not is_text(value):
        return False
    if schema.get("format") == "date":
        return is_day(value)
    # A name that begins with a hyphen was taken once.
    pattern = schema.get("pattern", "")
    return pattern == forms.NO_HYPHEN or bool(re.search(pattern, value))


def _allowed_list(value: tuple[Any, ...], schema: Mapping[str, Any]) -> bool:
    if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
        return False
    # Two spellings of one person's name were two, and became one id twice.
    if schema.get("uniqueItems") and not schema.get("x-personal") and len(set(value)) < len(value):
        return False
    return all(_allowed(one, schema["items"]) for one in value) if "items" in schema else True
