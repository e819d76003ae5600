"""Whether a province's own measures are whole, and its targets fit them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from engine import codes
from engine.i18n import _
from engine.model import OWN_PREFIX
from engine.policy.problem import Problem
from engine.policy.vocabulary import closest

if TYPE_CHECKING:
    from engine.policy.crosscheck import Placed

BY_NAME: Mapping[str, str] = {"rural": "xã", "ward": "phường", "town": "thị trấn"}
"""Classes that a commune's name shows, each with what such a commune is called."""
SHARED = ("share", "coverage")
OF_MONEY = ("kinds", "sources", "funds", "grants")


def problems(by_key: "Mapping[str, Sequence[Placed]]") -> Iterator[Problem]:
    """Find measures that cannot be counted, and targets that name none or another unit's."""
    stated = {row["class"] for one in by_key.get("communes.classes", ()) for row in one.entry.value}
    for key, several in by_key.items():
        for one in several:
            if key.startswith("measure."):
                yield from (_problem(one, what) for what in _wrong(one.entry.value, stated))
                yield from _fields(one, by_key)
            elif key.startswith("target."):
                yield from _target(one, by_key)


def missing(one: "Placed", code: str, key: str, among: Iterable[str]) -> Problem:
    """Return that a value names a key which the file does not have, with the one most like it."""
    message = _("{key}: this file has no {name}.").format(key=one.path, name=key)
    begins = key[: key.rindex(OWN_PREFIX) + len(OWN_PREFIX)]
    names = [there.removeprefix(begins) for there in among if there.startswith(begins)]
    near = closest(key.removeprefix(begins), names)
    if near:
        message += " " + _("Did you mean {key}?").format(key=begins + near)
    return one.problem(code, "", key, message)


def _problem(one: "Placed", what: str) -> Problem:
    message = _("{key}: {what}.").format(key=one.path, what=what)
    return one.problem(codes.POLICY_MEASURE, "", "", message)


def _wrong(value: Mapping[str, Any], stated: set[str]) -> Iterator[str]:
    """Yield what is wrong with one measure."""
    total, places = value["count"] == "total", value["count"] in ("communes", "districts")
    if total and "adds" not in value:
        yield _("a total lacks adds, the figure that is added up")
    if not total:
        yield from (
            _("only a total has {name}").format(name=one)
            for one in ("adds", "out_of")
            if one in value
        )
    if "each" in value and not places:
        yield _("only communes and districts have each")
    for one in value.get("classes", ()):
        if one.startswith(OWN_PREFIX) and one not in stated:
            yield _("communes.classes does not list the communes of the class {name}").format(
                name=one
            )
    for figure in (
        *value.get("where", ()),
        *filter(None, (value.get("adds"), value.get("out_of"))),
    ):
        if figure.get("figure") != "money" and any(one in figure for one in OF_MONEY):
            yield _("only the figure money has kinds, sources, funds and grants")
        elif "grants" in figure and any(one in figure for one in OF_MONEY[:-1]):
            yield _("what grants gave is not narrowed by kinds, sources or funds")


def _fields(one: "Placed", by_key: "Mapping[str, Sequence[Placed]]") -> Iterator[Problem]:
    """Find what is wrong with what a measure reads of own fields."""
    value = one.entry.value
    for part in (*value.get("where", ()), *totals_of(value)):
        key = f"form.{part.get('field')}"
        if "field" in part and key not in by_key:
            yield missing(one, codes.POLICY_MEASURE, key, by_key)
        else:
            yield from (_problem(one, what) for what in _field(part, value, by_key))


def _target(one: "Placed", by_key: "Mapping[str, Sequence[Placed]]") -> Iterator[Problem]:
    """Find a target that names no measure of the file, or one that does not fit it."""
    name = one.entry.value["measure"]
    key = f"measure.{name}"
    if not name.startswith(OWN_PREFIX):
        return
    if key not in by_key:
        yield missing(one, codes.POLICY_MEASURE, key, by_key)
        return
    unfit = _unfit(one.entry.value, by_key[key][-1].entry.value, by_key)
    yield from (_problem(one, what) for what in unfit)


def _field(
    part: Mapping[str, Any],
    value: Mapping[str, Any],
    by_key: "Mapping[str, Sequence[Placed]]",
) -> Iterator[str]:
    """Yield what is wrong with what one part of a measure reads of an own field."""
    if "field" not in part:
        if "is" in part:
            yield _("only a field has is; a figure has min, max, over or under")
        return
    stated = by_key[f"form.{part['field']}"]
    field = stated[-1].entry.value
    numbers, answers = field["type"] in ("number", "money"), _answers(stated)
    if numbers is ("is" in part) or (part in totals_of(value) and not numbers):
        yield _(
            "form.{name} is of type {type}: numbers are bounded or added up, choices have is"
        ).format(name=part["field"], type=field["type"])
    elif wrong := [one for one in part.get("is", ()) if one not in answers]:
        yield _("form.{name} is never answered with {answers}").format(
            name=part["field"], answers=", ".join(map(str, wrong))
        )


def totals_of(value: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """Return the figures that a measure adds up."""
    return tuple(value[name] for name in ("adds", "out_of") if name in value)


def _answers(stated: "Sequence[Placed]") -> tuple[Any, ...]:
    """Return what a field may be answered with at any time; nothing for what has no choices."""
    found: list[Any] = [True, False] if stated[-1].entry.value["type"] == "yes_no" else []
    for one in stated:
        found += one.entry.value.get("choices", ())
    return tuple(found)


def _unfit(
    target: Mapping[str, Any],
    value: Mapping[str, Any],
    by_key: "Mapping[str, Sequence[Placed]]",
) -> Iterator[str]:
    """Yield why a target does not fit the own measure it names, of which ``value`` is the last."""
    name, shared = target["measure"], target["kind"] in SHARED
    if shared and value["count"] == "total" and "out_of" not in value:
        yield _("a share wants out_of in measure.{name}").format(name=name)
    unit = unit_of(value) if _is_counted(value) else _unit_of_field(value, by_key, target["unit"])
    if not shared and target["unit"] != unit:
        yield _("measure.{name} counts {unit}, not {other}").format(
            name=name, unit=unit, other=target["unit"]
        )


def _is_counted(value: Mapping[str, Any]) -> bool:
    """Return whether a measure's unit shows in what it counts: no own field is added up."""
    return value["count"] != "total" or "figure" in value.get("adds", {})


def _unit_of_field(
    value: Mapping[str, Any], by_key: "Mapping[str, Sequence[Placed]]", wanted: str
) -> str:
    """Return the unit of an own field that is added up: đồng, else what the target says."""
    stated = by_key.get(f"form.{value.get('adds', {}).get('field', '')}")
    if not stated:
        return wanted
    if stated[-1].entry.value["type"] == "money":
        return "dong"
    return "number" if wanted == "dong" else wanted


def unit_of(value: Mapping[str, Any]) -> str:
    """Return what an own measure counts: clubs, communes, districts, members, đồng or a number."""
    if value["count"] != "total":
        return str(value["count"])
    if "field" in value["adds"]:
        return "number"
    figure = value["adds"]["figure"]
    return "dong" if figure == "money" or figure.endswith("_balance") else "members"
