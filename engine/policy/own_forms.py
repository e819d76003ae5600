"""Whether the fields and steps of a province's own fit together."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from engine import codes
from engine.i18n import _
from engine.model import BALANCE, OWN_PREFIX
from engine.policy.own_measures import missing
from engine.policy.problem import Problem

if TYPE_CHECKING:
    from engine.policy.crosscheck import Placed

CHOICE, PERSON, TEXT, NUMBER, YES_NO = "choice", "person", "text", "number", "yes_no"


def problems(by_key: "Mapping[str, Sequence[Placed]]") -> Iterator[Problem]:
    """Find own fields that cannot be filled in, or are of a step that there is not."""
    for one in by_key.get("appraisal.aspects", ()):
        for aspect in one.entry.value:
            if aspect.startswith(OWN_PREFIX) and aspect not in one.entry.extra.get("labels", {}):
                what = _("labels does not say what {aspect} is called").format(aspect=aspect)
                message = _("{key}: {what}.").format(key=one.path, what=what)
                yield one.problem(codes.POLICY_FORM, aspect, f"labels.{aspect}", message)
    for key, several in by_key.items():
        group, _dot, name = key.partition(".")
        find = {"step": _of_step, "form": _of_field}.get(group)
        if find is not None:
            for one in several:
                yield from find(name, one, by_key)


def _of_step(
    name: str, one: "Placed", by_key: "Mapping[str, Sequence[Placed]]"
) -> Iterator[Problem]:
    """Find answers that a step of the life waits for and that no field can have."""
    for field, wanted in one.entry.value.get("passes", {}).items():
        asked = f"form.{name}.{field}"
        if asked not in by_key:
            yield missing(one, codes.POLICY_FORM, asked, by_key)
            continue
        for answer in _unanswerable(wanted, by_key[asked]):
            what = _("“{answer}” is no choice of {key}").format(answer=answer, key=asked)
            message = _("{key}: {what}.").format(key=one.path, what=what)
            yield one.problem(codes.POLICY_FORM, "passes", "", message)


def _of_field(
    name: str, one: "Placed", by_key: "Mapping[str, Sequence[Placed]]"
) -> Iterator[Problem]:
    """Find what keeps a field from being filled in."""
    step = name.partition(".")[0]
    if step.startswith(OWN_PREFIX) and f"step.{step}" not in by_key:
        yield missing(one, codes.POLICY_FORM, f"step.{step}", by_key)
    found = [*_wrong(one.entry.value)]
    if step == "open" and one.entry.value["type"] == PERSON:
        found.append(_("a club that is opened has no members yet"))
    if step == "supervise" and name.endswith(BALANCE):
        found.append(_("the balance of a fund of your own is asked for already"))
    for what in found:
        message = _("{key}: {what}.").format(key=one.path, what=what)
        yield one.problem(codes.POLICY_FORM, "", "", message)


def _unanswerable(wanted: Sequence[Any], stated: "Sequence[Placed]") -> Iterator[Any]:
    """Yield the answers after which a step may be taken and that its field cannot have."""
    for value in (one.entry.value for one in stated):
        choices = [True, False] if value["type"] == YES_NO else value.get("choices", ())
        yield from (answer for answer in wanted if answer not in choices)


def _wrong(value: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with one field."""
    kind, personal = value["type"], value.get("personal")
    if kind == CHOICE and "choices" not in value:
        yield _("a choice lacks its choices")
    if kind != CHOICE and "choices" in value:
        yield _("only a choice has choices")
    if kind == TEXT and personal is not False:
        yield _(
            "a text says personal = false; who is named or described is a person, kept by id and "
            "erased with that member"
        )
    if kind not in (TEXT, PERSON) and personal:
        yield _("only a person is personal")
    if kind == PERSON and personal is False:
        yield _("a person is personal")
    if kind != NUMBER and "unit" in value:
        yield _("only a number has a unit")
