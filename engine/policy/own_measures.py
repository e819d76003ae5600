"""Whether a province's own measures are whole, and its targets fit them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from engine import codes
from engine.i18n import _
from engine.policy.problem import Problem

if TYPE_CHECKING:
    from engine.policy.crosscheck import Placed

BY_NAME: Mapping[str, str] = {"rural": "xã", "ward": "phường", "town": "thị trấn"}
"""Classes that a commune's name shows, each with what such a commune is called."""
SHARED = ("share", "coverage")
OF_MONEY = ("kinds", "sources", "funds")


def problems(by_key: "Mapping[str, Sequence[Placed]]") -> Iterator[Problem]:
    """Find measures that cannot be counted, and targets that name none or another unit's."""
    stated = {row["class"] for one in by_key.get("communes.classes", ()) for row in one.entry.value}
    for key, several in by_key.items():
        if key.startswith("measure."):
            for one in several:
                yield from (_problem(one, what) for what in _wrong(one.entry.value, stated))
                yield from (_problem(one, what) for what in _fields(one.entry.value, by_key))
        elif key.startswith("target."):
            for one in several:
                yield from (_problem(one, what) for what in _unfit(one.entry.value, by_key))


def _problem(one: "Placed", what: str) -> Problem:
    message = _("{key}: {what}.").format(key=one.path, what=what)
    return one.problem(codes.POLICY_MEASURE, "", what, message)


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
        if one.startswith("own_") and one not in stated:
            yield _("communes.classes does not list the communes of the class {name}").format(
                name=one
            )
    for figure in (
        *value.get("where", ()),
        *filter(None, (value.get("adds"), value.get("out_of"))),
    ):
        if figure.get("figure") != "money" and any(one in figure for one in OF_MONEY):
            yield _("only the figure money has kinds, sources and funds")


def _fields(value: Mapping[str, Any], by_key: "Mapping[str, Sequence[Placed]]") -> Iterator[str]:
    """Yield what is wrong with what a measure reads of own fields."""
    for part in (*value.get("where", ()), *totals_of(value)):
        if "field" not in part:
            if "is" in part:
                yield _("only a field has is; a figure has min, max, over or under")
            continue
        stated = by_key.get(f"form.{part['field']}")
        if not stated:
            yield _("this file has no form.{name}").format(name=part["field"])
            continue
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


def _unfit(target: Mapping[str, Any], by_key: "Mapping[str, Sequence[Placed]]") -> Iterator[str]:
    """Yield why a target does not fit the own measure it names."""
    name = target["measure"]
    if not name.startswith("own_"):
        return
    measures = by_key.get(f"measure.{name}")
    if not measures:
        yield _("this file has no measure.{name}").format(name=name)
        return
    value, shared = measures[-1].entry.value, target["kind"] in SHARED
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
