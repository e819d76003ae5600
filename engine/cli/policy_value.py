"""A value of a policy in words, as ``clb policy`` prints it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

import schemas
from engine.i18n import N_, _
from engine.labels import STEPS, step_name
from engine.policy import vocabulary
from engine.policy_labels import field_type_name, policy_word
from engine.vietnamese.text import dmy, dong, number

WIDE = 76
"""Columns: an entry of a list that is longer has a line a part."""
STEPS_OF = ("before", "of")
"""Parts of a value that name a step."""
YEARS = frozenset({"year", "years", "cohort", "once_in", "first_year"})
LABELS: Mapping[str, str] = {
    "order": N_("order"),
    "min": N_("at least"),
    "max": N_("at most"),
    "clubs": N_("clubs"),
    "amount": N_("amount"),
    "kind": N_("kind"),
    "target": N_("target"),
    "label": N_("wording"),
    "from": N_("from"),
    "to": N_("to"),
    "reading": N_("read as"),
    "counts": N_("counts"),
    "cohort": N_("clubs of"),
    "communes": N_("communes"),
    "title": N_("title"),
    "cycle": N_("how often"),
    "halves": N_("half of the year"),
    "once_in": N_("in the year"),
    "first_year": N_("about the years from"),
    "due": N_("due"),
    "before": N_("before"),
    "via": N_("through"),
    "reporters": N_("who reports"),
    "name": N_("the body"),
    "place": N_("the unit"),
    "confirmed": N_("confirmed by a document"),
    "of": N_("out of"),
    "days": N_("days"),
    "posts": N_("posts"),
    "audience": N_("for whom"),
    "months": N_("months"),
    "start": N_("counted from"),
    "per_year": N_("a year"),
    "yearly": N_("anew each year"),
    "years": N_("years"),
    "year": N_("year"),
    "times": N_("times"),
    "note": N_("note"),
    "per_commune": N_("in each commune"),
    "days_after": N_("days after the period"),
    "per": N_("for each"),
    "after": N_("after"),
    "into": N_("into the fund"),
    "count": N_("what is counted"),
    "each": N_("clubs in each"),
    "class": N_("class"),
    "classes": N_("of the class"),
    "consists_of": N_("with the communes"),
    "adds": N_("adds up"),
    "where": N_("on condition"),
    "figure": N_("figure"),
    "field": N_("field"),
    "is": N_("is"),
    "out_of": N_("out of"),
    "kinds": N_("kinds"),
    "sources": N_("sources"),
    "funds": N_("funds"),
    "ever": N_("from the beginning"),
    "over": N_("more than"),
    "under": N_("less than"),
    "province": N_("province"),
    "until": N_("last day"),
    "activity": N_("activity"),
    "funding": N_("money"),
    "lead": N_("in charge"),
    "district": N_("belongs to"),
    "grants": N_("grants"),
    "source": N_("source of money"),
    "donor": N_("donor"),
    "once_a_club": N_("once a club"),
    "resolution_required": N_("needs a resolution of the People's Council"),
    "new_clubs_only": N_("new clubs only"),
    "open_ended": N_("the list goes on"),
    "funds_source": N_("from"),
    "fund_named": N_("into the fund"),
    "by": N_("by"),
    "passes": N_("allowed after the answer"),
    "agency": N_("in charge"),
    "before_decision": N_("may come before the decision"),
    "improved_income": N_("and their income has improved"),
    "includes": N_("including"),
    "issued": N_("of"),
    "id": N_("id"),
    "text": N_("wording"),
    "role": N_("for the role"),
    "successor": N_("has become"),
    "elderly": N_("elderly people"),
    "percent_of_population": N_("percent of the population"),
    "poor_without_carer": N_("poor and without a carer"),
    "communes_with_association": N_("communes with an association"),
    "association_members": N_("members of the association"),
    "members_under_60": N_("members under 60"),
    "aged_80_without_pension": N_("aged 80 and over without a pension"),
    "disabled": N_("disabled"),
    "fund_average": N_("average fund"),
    "fund_highest": N_("largest fund"),
    "fund_lowest": N_("smallest fund"),
    "borrowers": N_("borrowers"),
    "health_checks": N_("health checks"),
    "communes_with_care_fund": N_("communes with a care fund"),
    "type": N_("kind"),
    "choices": N_("choices"),
    "required": N_("must be filled in"),
    "personal": N_("personal data"),
    "help": N_("explanation"),
    "example": N_("example"),
    "labels": N_("called"),
}
"""What the parts of a value are called."""


def one_line(key: str, value: Any, read: Sequence[str] = ()) -> str:
    """Return a value on one line, its parts between semicolons."""
    return "; ".join(one.strip().removeprefix("- ") for one in lines(key, value, read))


def lines(key: str, value: Any, read: Sequence[str] = (), unit: str = "") -> Iterator[str]:
    """Yield a value, a line a part; ``read`` are the parts that this system reads into it."""
    money = "(đồng)" in title(key) or key.startswith("grant.")
    unit = "percent" if key.endswith("_share") else "dong" if money else unit
    if isinstance(value, Mapping):
        yield from fields(value, value.get("unit", unit), read)
    elif isinstance(value, tuple):
        for one in map(_unit_named, value) if key.startswith("communes.") else value:
            if isinstance(one, Mapping) and {"id", "label"} <= set(one):
                yield f"- {one['label']}"
            elif isinstance(one, Mapping) and len(_inline(one, unit)) > WIDE:
                first, *others = fields(one, unit)
                yield f"- {first}"
                yield from (f"  {line}" for line in others)
            else:
                yield f"- {_inline(one, unit)}"
    else:
        yield _inline(value, unit)


def _unit_named(one: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a row of the units with its name as a unit's, not as a body's with some task."""
    named = {"name": "place", "communes": "consists_of"}
    return {named.get(name, name): part for name, part in one.items()}


def fields(value: Mapping[str, Any], unit: str = "", read: Sequence[str] = ()) -> Iterator[str]:
    if {"min", "max"} <= set(value):
        yield f"{_range(value, unit)}"
    elif set(value) == {"min"} and "min" in read:
        low = _inline(value["min"], unit)
        yield _("{text} (this system reads it as at least {low})").format(text=low, low=low)
        return
    for name, part in value.items():
        if name in ("unit", "measure") or (name in ("min", "max") and {"min", "max"} <= set(value)):
            continue
        by_name = name == "communes" and isinstance(part, tuple)
        label = _("communes by name") if by_name else _label(name)
        if name == "before" and part in STEPS:
            label = _("before the step")
        line = f"{label}: {_inline(part, _unit(name, unit), name)}"
        if name == "per_commune" and name in read:
            yield _("{text} (this system reads it as at least {low})").format(
                text=line, low=f"{part['min']:02}"
            )
            continue
        yield _("{line} (as this system reads it)").format(line=line) if name in read else line


def _range(value: Mapping[str, Any], unit: str, name: str = "") -> str:
    """Return a range as documents write it: 50 - 70, 60 - 70%; clubs of a commune as 01 - 03."""
    low, high = value["min"], value["max"]
    if unit == "dong":
        return f"{dong(low)} - {dong(high)}"
    if name == "per_commune":
        return f"{low:02} - {high:02}"
    return f"{number(low)} - {number(high)}{'%' if unit == 'percent' else ''}"


def _unit(name: str, unit: str) -> str:
    if name == "amount":
        return "dong"
    return unit if name in ("min", "max", "over", "under", "target") else ""


def _inline(value: Any, unit: str, name: str = "") -> str:
    """Return a value on one line."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int):
        if name in YEARS:
            return str(value)
        return {"dong": dong(value), "percent": f"{value}%"}.get(unit, number(value))
    if isinstance(value, date):
        return dmy(value)
    if isinstance(value, Mapping) and {"name", "district"} <= set(value):
        rest = {name: part for name, part in value.items() if name not in ("name", "district")}
        place = f"{value['name']}, {value['district']}"
        return f"{place}, {_inline(rest, unit)}" if rest else place
    if name in STEPS_OF and value in STEPS:
        return step_name(str(value))
    if name == "type":
        return field_type_name(str(value))
    if name == "before":
        month, _dash, day_ = str(value).partition("-")
        return f"{int(day_)}/{int(month)}"
    if isinstance(value, Mapping) and set(value) == {"min", "max"}:
        return _range(value, _unit("min", unit), name)
    if isinstance(value, Mapping) and {"id", "label"} <= set(value):
        rest = {part: item for part, item in value.items() if part not in ("id", "label")}
        return f"{value['label']}, {_inline(rest, unit)}" if rest else str(value["label"])
    if isinstance(value, Mapping):
        return ", ".join(
            f"{_label(part)} {_inline(item, _unit(part, unit), part)}"
            for part, item in value.items()
        )
    if isinstance(value, list | tuple):
        return "; ".join(_inline(one, unit, name) for one in value)
    return policy_word(str(value))


def title(key: str) -> str:
    """Return what a key means, in the schema's words; nothing for a province's own key."""
    group, _dot, name = key.partition(".")
    found = _groups().get(group, {}).get("properties", {}).get(name, {})
    return str(found.get("title", group_title(group)))


def named_key(key: str) -> str:
    """Return what a key means, with the key; of a province's own key the key alone."""
    meaning = title(key)
    return f"{meaning} [{key}]" if meaning != key.partition(".")[0] else key


def group_title(group: str) -> str:
    """Return what a group of keys is about."""
    return str(_groups().get(group, {}).get("title", group))


@cache
def _groups() -> dict[str, Any]:
    properties: dict[str, Any] = schemas.load("policy")["properties"]
    return {name: properties[name] for name in vocabulary.groups()}


def _label(name: str) -> str:
    """Return what a part of a value is called; of a province's own part its name."""
    return _(LABELS[name]) if name in LABELS else name.replace("_", " ")
