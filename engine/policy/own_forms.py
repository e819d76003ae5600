"""Whether the fields and steps of a province's own fit together."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from engine import codes
from engine.i18n import _
from engine.policy.problem import Problem

if TYPE_CHECKING:
    from engine.policy.crosscheck import Placed

CHOICE, PERSON, TEXT, NUMBER, YES_NO = "choice", "person", "text", "number", "yes_no"
OWN = "own_"


def problems(by_key: "Mapping[str, Sequence[Placed]]") -> Iterator[Problem]:
    """Find own fields that cannot be filled in, or are of a step that there is not."""
    for one in by_key.get("appraisal.aspects", ()):
        for aspect in one.entry.value:
            if aspect.startswith(OWN) and aspect not in one.entry.extra.get("labels", {}):
                what = _("labels does not say what {aspect} is called").format(aspect=aspect)
                message = _("{key}: {what}.").format(key=one.path, what=what)
                yield one.problem(codes.POLICY_FORM, aspect, what, message)
    for key, several in by_key.items():
        group, _dot, name = key.partition(".")
        if group == "step":
            for one in several:
                for what in _unanswerable(name, one.entry.value.get("passes", {}), by_key):
                    message = _("{key}: {what}.").format(key=one.path, what=what)
                    yield one.problem(codes.POLICY_FORM, "passes", what, message)
        if group != "form":
            continue
        step = name.partition(".")[0]
        for one in several:
            found = [*_wrong(one.entry.value)]
            if step.startswith(OWN) and f"step.{step}" not in by_key:
                found.append(_("this file has no step.{step}").format(step=step))
            if step == "open" and one.entry.value["type"] == PERSON:
                found.append(_("a club that is opened has no members yet"))
            for what in found:
                message = _("{key}: {what}.").format(key=one.path, what=what)
                yield one.problem(codes.POLICY_FORM, "", what, message)


def _unanswerable(
    step: str, passes: Mapping[str, Sequence[Any]], by_key: "Mapping[str, Sequence[Placed]]"
) -> Iterator[str]:
    """Yield what is wrong with the answers after which a step of the life may be taken."""
    for field, wanted in passes.items():
        stated = by_key.get(f"form.{step}.{field}")
        if stated is None:
            yield _("this file has no form.{name}").format(name=f"{step}.{field}")
            continue
        for value in (one.entry.value for one in stated):
            choices = [True, False] if value["type"] == YES_NO else value.get("choices", ())
            yield from (
                _("“{answer}” is no choice of {key}").format(
                    answer=answer, key=f"form.{step}.{field}"
                )
                for answer in wanted
                if answer not in choices
            )


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
