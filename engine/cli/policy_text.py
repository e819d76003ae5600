"""A policy's values as text that can be read aloud beside the document."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

import schemas
from engine.i18n import _
from engine.labels import force_name, policy_status_name, policy_word
from engine.policy import vocabulary
from engine.policy.effective import Rule
from engine.policy.model import Entry, Policy, Resolution
from engine.vietnamese.text import dmy, dong, number

WIDE = 76
"""Columns: an entry of a list that is longer is told a line a part."""
YEARS = frozenset({"year", "years", "cohort", "once_in"})
Answer = tuple[Resolution, Rule | None]


def entry(found: Resolution, general: Rule | None, others: Iterable[Entry] = ()) -> Iterator[str]:
    """Yield one key with everything the policy says about it, on other days too."""
    yield f"{found.key}: {title(found.key)}"
    if found.status == "value":
        yield from (f"  {line}" for line in lines(found.key, found.value))
        yield from (f"  {line}" for line in _fields(found.extra))
    else:
        yield f"  {policy_status_name(found.status)}"
    if found.start is not None:
        end = dmy(found.end) if found.end else _("no end stated")
        yield _("  In force: {start} - {end}").format(start=dmy(found.start), end=end)
    if found.source:
        force = f" ({force_name(found.force)})" if found.force else ""
        yield _("  Source: {source}").format(source=found.source) + force
    if found.note:
        yield _("  Note: {note}").format(note=found.note)
    if general is not None:
        yield f"  {general.citation}: {'; '.join(lines(found.key, general.value))}"
    for other in others:
        end = dmy(other.end) if other.end else _("no end stated")
        yield _("  Not used on this day, in force {start} - {end}: {value} [{source}]").format(
            start=dmy(other.start),
            end=end,
            value="; ".join(one.removeprefix("- ") for one in lines(found.key, other.value)),
            source=other.source,
        )


def page(policy: Policy, on: date, answers: Iterable[Answer]) -> Iterator[str]:
    """Yield every key that has a value, group by group, then the names of those without."""
    yield _("{province}, on {day}").format(province=policy.name, day=dmy(on))
    silent: dict[str, list[str]] = {"not_in_force": [], "not_stipulated": []}
    group = ""
    for found, general in answers:
        if found.status == "value":
            own = found.key.partition(".")[0]
            if own != group:
                group = own
                yield ""
                yield f"{group_title(group)} ({group})"
            meaning = title(found.key)
            yield f"  {found.key}" + (f": {meaning}" if meaning != group_title(group) else "")
            yield from (f"      {line}" for line in lines(found.key, found.value))
            yield from (f"      {line}" for line in _fields(found.extra))
            yield f"      [{found.source}]"
        else:
            rule = f" ({general.citation}: {inline(general.value, '')})" if general else ""
            silent[found.status].append(found.key + rule)
    for name, keys in silent.items():
        if keys:
            yield ""
            yield f"{policy_status_name(name)}:"
            yield from (f"  {key}" for key in keys)


def lines(key: str, value: Any) -> Iterator[str]:
    """Yield a value, a line a part."""
    unit = "percent" if key.endswith("_share") else "dong" if "(đồng)" in title(key) else ""
    if isinstance(value, Mapping):
        yield from _fields(value, value.get("unit", unit))
    elif isinstance(value, tuple):
        for one in value:
            if isinstance(one, Mapping) and {"id", "label"} <= set(one):
                yield f"- {one['id']}: {one['label']}"
            elif isinstance(one, Mapping) and len(inline(one, unit)) > WIDE:
                first, *others = _fields(one, unit)
                yield f"- {first}"
                yield from (f"  {line}" for line in others)
            else:
                yield f"- {inline(one, unit)}"
    else:
        yield inline(value, unit)


def _fields(value: Mapping[str, Any], unit: str = "") -> Iterator[str]:
    for name, part in value.items():
        if name not in ("unit", "measure"):
            yield f"{_label(name)}: {inline(part, _unit(name, unit), name)}"


def _unit(name: str, unit: str) -> str:
    if name == "amount":
        return "dong"
    return unit if name in ("min", "max", "target") else ""


def inline(value: Any, unit: str, name: str = "") -> str:
    """Return a value on one line."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int):
        if name in YEARS:
            return str(value)
        return {"dong": dong(value), "percent": f"{value}%"}.get(unit, number(value))
    if isinstance(value, date):
        return dmy(value)
    if isinstance(value, Mapping):
        return ", ".join(
            f"{_label(part)} {inline(item, _unit(part, unit), part)}"
            for part, item in value.items()
        )
    if isinstance(value, list | tuple):
        return "; ".join(inline(one, unit, name) for one in value)
    return policy_word(str(value))


def mark(name: str | None) -> str:
    """Return the sign of an answer's status; nothing where none was asked for."""
    return {None: "", "value": "●", "not_in_force": "○", "not_stipulated": "·"}[name]


def legend() -> str:
    """Say what the signs mean."""
    return _("● stipulated   ○ not in force   · not stipulated")


def title(key: str) -> str:
    """Return what a key means, in the schema's words; nothing for a province's own key."""
    group, _dot, name = key.partition(".")
    found = _groups().get(group, {}).get("properties", {}).get(name, {})
    return str(found.get("title", group_title(group)))


def group_title(group: str) -> str:
    """Return what a group of keys is about."""
    return str(_groups().get(group, {}).get("title", group))


@cache
def _groups() -> dict[str, Any]:
    properties: dict[str, Any] = schemas.load("policy")["properties"]
    return {name: properties[name] for name in vocabulary.groups()}


def _label(name: str) -> str:
    return {
        "min": _("at least"),
        "max": _("at most"),
        "clubs": _("clubs"),
        "amount": _("amount"),
        "kind": _("kind"),
        "target": _("target"),
        "label": _("wording"),
        "from": _("from"),
        "to": _("to"),
        "reading": _("read as"),
        "counts": _("counts"),
        "cohort": _("clubs of"),
        "communes": _("communes"),
        "title": _("title"),
        "cycle": _("how often"),
        "halves": _("half of the year"),
        "once_in": _("in the year"),
        "due": _("due"),
        "before": _("before (month-day)"),
        "via": _("through"),
        "reporters": _("who reports"),
        "name": _("the body"),
        "confirmed": _("confirmed by a document"),
        "of": _("out of"),
        "days": _("days"),
        "posts": _("posts"),
        "audience": _("for whom"),
        "months": _("months"),
        "start": _("counted from"),
        "per_year": _("a year"),
        "years": _("years"),
        "year": _("year"),
        "times": _("times"),
        "note": _("note"),
        "per_commune": _("in each commune"),
        "province": _("province"),
        "until": _("last day"),
        "activity": _("activity"),
        "funding": _("money"),
        "lead": _("in charge"),
        "district": _("district"),
        "grants": _("grants"),
        "source": _("source of money"),
        "donor": _("donor"),
        "once_a_club": _("once a club"),
        "resolution_required": _("needs a resolution of the People's Council"),
        "new_clubs_only": _("new clubs only"),
        "funds_source": _("from"),
        "fund_named": _("into the fund"),
        "by": _("by"),
        "agency": _("in charge"),
    }.get(name, name.replace("_", " "))
