"""What a province adds to forms and to the life of a club, as data of its policy (mục, bước riêng).

A name of a province's own begins with ``own_``. The value of an own field is kept in the step's
form under ``own``, by the field's name without that beginning. An own step (``step.own_...``) is a
record that must have happened before a step of the life; the life's own states stay as they are.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.frozen import EMPTY, FrozenMap, freeze
from engine.i18n import _
from engine.labels import aspect_name, step_name
from engine.model import BALANCE, OWN_PREFIX, OwnRecord, Role, balance_of
from engine.policy.effective import Rules, cited
from engine.policy.model import Entry, Policy, Resolution
from engine.policy.own_money import FUND, SOURCES, fund_labels
from engine.vietnamese.text import lower_first

OWN = "own"
FORM, STEP = "form", "step"
LONGEST = 2000
"""Characters of a text."""
MOST = 1_000_000_000_000_000
PERSON = "person"
_DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_TEXT: Mapping[str, Any] = {"type": "string", "minLength": 1, "maxLength": LONGEST}
_NUMBER: Mapping[str, Any] = {"type": "integer", "minimum": 0, "maximum": MOST}
TYPES: Mapping[str, Mapping[str, Any]] = {
    "text": {**_TEXT, "x-personal": False},
    "number": _NUMBER,
    "money": {**_NUMBER, "x-money": True},
    "day": {"type": "string", "format": "date", "pattern": _DAY},
    "yes_no": {"type": "boolean"},
    "choice": {"type": "string"},
    PERSON: {**_TEXT, "x-personal": True},
}
"""The schema of each type of an own field; a person is a member of the club, logged by id."""

NAME = re.compile(f"{OWN_PREFIX}[a-z0-9_]+")
MONEY: Mapping[str, Mapping[str, str]] = {
    "fund": {"fund": FUND, "source": SOURCES},
    "launch": {"funds_opened": FUND},
}
"""Fields of steps that a province adds choices to, each with its group of the policy."""
APPRAISED = ("met", "not_met")
"""The conclusions on an aspect of the appraisal."""
Stated = Entry | Resolution


def is_own(name: str) -> bool:
    """Return whether a name, of a step or a field, is of a province's own."""
    return name.startswith(OWN_PREFIX)


def has_own_fields(rules: Rules) -> bool:
    """Return whether a province has fields of its own, of the appraisal too, on any day."""
    aspects = rules.policy.entries_of("appraisal.aspects")
    return bool(rules.policy.keys_of(FORM)) or any(
        is_own(one) for entry in aspects for one in entry.value
    )


def in_force(rules: Rules, step: str, on: date) -> FrozenMap | None:
    """Return the schema of a step's own fields in force on a day; ``None`` where there are none."""
    if is_own(step) and own_step(rules, step, on) is None:
        return None
    found = ((name, rules.stated(key, on)) for name, key in _keys(rules, step))
    fields = {name: _field(one) for name, one in found if one.status == "value"}
    return _schema(
        fields | _aspects(rules, step, on) | _balances(rules, step, on), _money(rules, step, on)
    )


def ever(rules: Rules, step: str, on: date) -> FrozenMap | None:
    """Return the schema of every own field that a step has had: as on a day, else as it was last.

    It is for reading what is typed or there; ``in_force`` judges it.
    """
    fields = {name: _field(_last(rules, key, on)) for name, key in _keys(rules, step)}
    return _schema(
        fields | _aspects(rules, step, on) | _balances(rules, step, None), _money(rules, step, None)
    )


def names(rules: Rules, step: str, on: date) -> tuple[str, ...]:
    """Return the names of every own field that a step has had, as its form has them."""
    found = ever(rules, step, on)
    return () if found is None else tuple(found["properties"])


def _last(rules: Rules, key: str, on: date) -> Stated:
    now = rules.policy.on(key, on)
    return now if now.status == "value" else rules.policy.entries_of(key)[-1]


def _keys(rules: Rules, step: str) -> list[tuple[str, str]]:
    """Return the own fields of a step: each one's name in the form, and its policy key."""
    beginning = f"{FORM}.{step}.{OWN_PREFIX}"
    keys = (key for key in rules.policy.keys_of(FORM) if key.startswith(beginning))
    return [(key.removeprefix(beginning), key) for key in keys]


def _aspects(rules: Rules, step: str, on: date) -> dict[str, dict[str, Any]]:
    """Return the fields of the aspects of the appraisal that only this province has."""
    if step != "approve":
        return {}
    stated = rules.stated("appraisal.aspects", on)
    return {
        aspect.removeprefix(OWN_PREFIX): {
            "type": "string",
            "enum": list(APPRAISED),
            "x-asked": True,
            "x-required": False,
            "title": aspect_called(stated, aspect),
            "x-en": aspect_called(stated, aspect),
            "x-source": cited(stated),
        }
        for aspect in stated.value or ()
        if is_own(aspect)
    }


def _balances(rules: Rules, step: str, on: date | None) -> dict[str, dict[str, Any]]:
    """Return the fields of a supervision with what is in each fund that only this province has.

    Those of the funds in force on a day; of all there ever were without one.
    """
    if step != "supervise":
        return {}
    found = {}
    for fund in fund_labels(rules.policy):
        key = f"fund.{fund}"
        stated: Stated = rules.policy.entries_of(key)[-1] if on is None else rules.stated(key, on)
        if stated.value is None:
            continue
        label = lower_first(str(stated.value["label"]))
        found[balance_of(fund).removeprefix(OWN_PREFIX)] = {
            **TYPES["money"],
            "title": f"Số dư {label} (đồng)",
            "x-en": f"Balance of {label} (đồng)",
            "x-source": cited(stated),
            "x-asked": False,
            "x-required": False,
        }
    return found


def is_balance(path: str) -> bool:
    """Return whether a field of a supervision is what a fund holds."""
    return path.endswith(BALANCE)


def aspect_path(aspect: str) -> str:
    """Return the field of the decision's form that has the conclusion on an aspect."""
    if is_own(aspect):
        return f"{OWN}.{aspect.removeprefix(OWN_PREFIX)}"
    return f"appraisal.{aspect}"


def aspect_called(stated: Resolution, aspect: str) -> str:
    """Return what people call an aspect of the appraisal, as ``appraisal.aspects`` has it."""
    return (
        str(stated.extra.get("labels", {}).get(aspect, aspect))
        if is_own(aspect)
        else (aspect_name(aspect))
    )


def own_name(policy: Policy, id_: str) -> str:
    """Return what the policy calls something of its own; its id where nothing has that id.

    ``id_`` is ``own_...``, of a field with its step before it (``supervise.own_...``), of what a
    supervision counts in a fund with ``_fund_balance`` after the fund.
    """
    id_ = id_.removesuffix(BALANCE)
    groups = (FORM,) if "." in id_ else (FUND, SOURCES, STEP, "measure", "target", "grant")
    for group in groups:
        for entry in policy.entries_of(f"{group}.{id_}")[-1:]:
            stated = entry.value if isinstance(entry.value, Mapping) else entry.extra
            return str(stated.get("label") or stated.get("title") or id_)
    labels = (one.extra.get("labels", {}) for one in policy.entries_of("appraisal.aspects"))
    return next((str(one[id_]) for one in labels if id_ in one), id_)


def _money(rules: Rules, step: str, on: date | None) -> dict[str, dict[str, str]]:
    """Return the own funds and sources that the fields of a step may have, with their labels.

    Those in force on a day; all there ever were without one.
    """
    found: dict[str, dict[str, str]] = {}
    for path, group in MONEY.get(step, EMPTY).items():
        for key in rules.policy.keys_of(group):
            name = key.removeprefix(f"{group}.")
            if not is_own(name):
                continue
            stated = rules.policy.entries_of(key)[-1] if on is None else rules.stated(key, on)
            if stated.value is not None:
                found.setdefault(path, {})[name] = str(stated.value["label"])
    return found


def choices_in(step: str, form: Mapping[str, Any]) -> FrozenMap | None:
    """Return the schema of the own funds and sources that a recorded form names.

    It is for reading the log without the policy of that day; whether that had them is not judged.
    """
    found: dict[str, dict[str, str]] = {}
    for path in MONEY.get(step, EMPTY):
        value = form.get(path)
        for one in map(str, value if isinstance(value, list | tuple) else [value]):
            if NAME.fullmatch(one):
                found.setdefault(path, {})[one] = one
    return _schema({}, found)


def _schema(
    fields: dict[str, dict[str, Any]], choices: Mapping[str, Mapping[str, str]] = EMPTY
) -> FrozenMap | None:
    if not fields and not choices:
        return None
    required = [name for name, one in fields.items() if one["x-required"]]
    group = {"type": "object", "additionalProperties": False, "properties": fields}
    found = freeze({**group, "required": required, "x-choices": choices})
    assert isinstance(found, FrozenMap)
    return found


def _field(stated: Stated) -> dict[str, Any]:
    value = stated.value
    unit = value.get("unit")
    label = f"{value['label']} ({unit})" if unit else value["label"]
    made = {**TYPES[value["type"]], "title": label, "x-en": label, "x-source": cited(stated)}
    if "choices" in value:
        made["enum"] = list(value["choices"])
    for name in ("help", "example"):
        if name in value:
            made |= {f"x-{name}": value[name], f"x-{name}-en": value[name]}
    required = bool(value.get("required"))
    return {**made, "x-asked": True, "x-required": required}


@dataclass(frozen=True, slots=True)
class OwnStep:
    """A step of a province's own, as it is stated on a day.

    ``before`` is the step of the life that waits for it, ``by`` who records it. ``passes`` has the
    answers after which that step may be taken, by the field's name in the form; fields that are not
    in it may be answered with anything. ``binding`` is false where a copy without signature states
    it.
    """

    name: str
    label: str
    before: str
    by: tuple[Role, ...]
    source: str | None
    binding: bool
    passes: FrozenMap = EMPTY

    def unmet(self, answers: Mapping[str, Any]) -> tuple[str, ...]:
        """Return the fields whose answers do not let the step of the life be taken."""
        return tuple(
            field for field, wanted in self.passes.items() if answers.get(field) not in wanted
        )


def steps(rules: Rules, on: date) -> Iterator[OwnStep]:
    """Yield the own steps in force on a day, in the order of the file."""
    for key in rules.policy.keys_of(STEP):
        if (found := own_step(rules, key.removeprefix(f"{STEP}."), on)) is not None:
            yield found


def own_step(rules: Rules, name: str, on: date) -> OwnStep | None:
    """Return an own step as it is in force on a day, ``None`` where it is not."""
    key = f"{STEP}.{name}"
    if not rules.policy.has(key):
        return None
    stated = rules.stated(key, on)
    if stated.status != "value":
        return None
    value = stated.value
    roles = tuple(Role(one) for one in value["by"])
    passes = FrozenMap(
        {
            field.removeprefix(OWN_PREFIX): wanted
            for field, wanted in value.get("passes", EMPTY).items()
        }
    )
    return OwnStep(
        *(name, value["label"], value["before"], roles, cited(stated), stated.binding), passes
    )


def last_record(records: Iterable[OwnRecord], name: str, on: date) -> OwnRecord | None:
    """Return the last record of an own step by a day, ``None`` where there is none."""
    found = [one for one in records if one.step == name and one.on <= on]
    return max(reversed(found), key=lambda one: one.on, default=None)


def answered(rules: Rules, record: OwnRecord, field: str) -> str:
    """Return what a field of an own step was answered with, as people read it: “Ý kiến: Đồng ý”."""
    return _answer(rules, record.step, record.on, field, (record.answers.get(field),))


def passing(rules: Rules, step: OwnStep, on: date, field: str) -> str:
    """Return the answers of a field after which the step of the life may be taken, as text."""
    return _answer(rules, step.name, on, field, step.passes[field])


def not_passing(rules: Rules, step: OwnStep, on: date) -> Iterator[dict[str, Any]]:
    """Yield answers, by dotted path, each of which keeps the step of the life from being taken."""
    fields = in_force(rules, step.name, on)
    for field, wanted in step.passes.items():
        asked = fields["properties"].get(field, EMPTY) if fields is not None else EMPTY
        for answer in asked.get("enum", (True, False)):
            if answer not in wanted:
                yield {f"{OWN}.{field}": answer}
                break


def _answer(rules: Rules, step: str, on: date, field: str, values: Iterable[Any]) -> str:
    fields = ever(rules, step, on)
    label = fields["properties"][field]["title"] if fields is not None else field
    return f"{label}: {_(' or ').join(map(_shown, values))}"


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return _("no answer") if value is None else str(value)


def called(rules: Rules, step: str) -> str:
    """Return what people call a step, one of the province's own by its last label."""
    if is_own(step) and rules.policy.has(f"{STEP}.{step}"):
        return str(rules.policy.entries_of(f"{STEP}.{step}")[-1].value["label"])
    return step_name(step)
