"""A target and its progress in words: the same for the terminal, the reports and the demo.

``row`` is a goal's progress as JSON has it (``engine.reports.progress.GoalRow.data``).
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from engine.i18n import _
from engine.policy_labels import target_kind_name
from engine.targets.progress import SHARED, Status, bounds, is_strict
from engine.vietnamese.text import dmy, dong, number


def amount(count: int | None, unit: str) -> str:
    """Return a count with its unit; what a share is made of is a bare number."""
    if count is None:
        return _("not known")
    if unit == "dong":
        return dong(count)
    if unit == "percent":
        return number(count)
    return _counted(unit, number(count))


def _counted(unit: str, count: str) -> str:
    return {
        "clubs": _("{count} clubs"),
        "members": _("{count} people"),
        "communes": _("{count} communes"),
        "villages": _("{count} villages"),
        "districts": _("{count} districts"),
        "number": "{count}",
    }[unit].format(count=count)


def decimal(value: float) -> str:
    """Return a number with one decimal, after a comma: 2.5 is "2,5"."""
    whole, tenth = divmod(round(value * 10), 10)
    return f"{number(whole)},{tenth}"


def percent(value: float) -> str:
    """Return a percentage with one decimal: 2.5 is "2,5%"."""
    return f"{decimal(value)}%"


def soft(row: Mapping[str, Any]) -> bool:
    """Return whether missing the figure is no failure: a goal (phấn đấu), or one with "about"."""
    return bool(row["force"] == "goal" or row["kind"] == "stretch")


def nature(row: Mapping[str, Any]) -> str:
    """Return what sort of figure it is: a goal, about so many, a limit, a share ..."""
    kind = target_kind_name(row["kind"])
    if row["force"] != "goal":
        return kind
    return _("goal, {kind}").format(kind=kind)


def asked(row: Mapping[str, Any]) -> str:
    """Return the number or range a target asks for, with its unit, worded as what it is."""
    if row["target"] is None:
        return _("not stipulated")
    text = figure(row)
    if row["kind"] == "stretch":
        text = _("about {figure}").format(figure=text)
    elif row["kind"] == "budget":
        text = _("within {figure}").format(figure=text)
    return _("goal: {figure}").format(figure=text) if row["force"] == "goal" else text


def figure(row: Mapping[str, Any]) -> str:
    """Return the bare number or range a target names, with its unit."""
    target, unit = row["target"], row["unit"]
    low, high = bounds(target)
    if is_strict(target):
        more = f"{low}%" if row["kind"] in SHARED else amount(low, unit)
        return _("more than {figure}").format(figure=more)
    if row["kind"] in SHARED:
        return f"{low}%" if high is None else f"{low} - {high}%"
    if high is None:
        return amount(low, unit)
    return f"{number(low)} - {amount(high, unit)}"


def unit_name(row: Mapping[str, Any]) -> str:
    """Return what a target is counted in; of a share, what it is a share of where that is known."""
    if row["unit"] == "percent":
        return "%"
    name = "đồng" if row["unit"] == "dong" else _counted(row["unit"], "").strip()
    return _("percent of {unit}").format(unit=name) if row["kind"] in SHARED else name


def reached(row: Mapping[str, Any]) -> str:
    """Return what was counted, with the whole it is a share of."""
    actual, whole, unit = row["actual"], row["denominator"], row["unit"]
    if actual is None or row["kind"] not in SHARED or not whole:
        return amount(actual, unit)
    return _("{part} of {whole}").format(part=number(actual), whole=amount(whole, unit))


def unknown(row: Mapping[str, Any]) -> bool:
    """Return whether there is nothing to count, or nothing to count it out of."""
    return row["actual"] is None or (row["kind"] in SHARED and not row["denominator"])


def _as_day(value: date | str) -> date:
    """Return a day of a row, which may be JSON already."""
    return value if isinstance(value, date) else date.fromisoformat(value)


def counted(row: Mapping[str, Any]) -> bool:
    """Return whether there is something to see of a target: it is stated, begun and counted."""
    return row["status"] != Status.NOT_STIPULATED and not unknown(row)


def met(rows: Iterable[Mapping[str, Any]]) -> tuple[int, int]:
    """Return how many targets are reached, of how many that something is counted for.

    A limit (giới hạn) is none of them: to keep to it is to reach nothing.
    """
    found = [one for one in rows if counted(one) and one["kind"] != "budget"]
    return sum(one["status"] == Status.MET for one in found), len(found)


def _above(row: Mapping[str, Any]) -> bool:
    """Return whether a share is past the upper end of its range."""
    target, percent = row["target"], row["percent"]
    high = None if target is None else bounds(target)[1]
    return high is not None and percent is not None and percent > high


def status(row: Mapping[str, Any]) -> str:
    """Return whether a target is reached, in the words of what it is.

    A limit is kept to, a goal is come up to, what is only "about" so many is compared with.
    """
    now = Status(row["status"])
    if now is Status.NOT_STIPULATED:
        return _("not stipulated")
    if after := row.get("replaced"):
        return _("Replaced by {source} from {day}").format(
            source=after["by"], day=dmy(_as_day(after["from"]))
        )
    if now is Status.OPEN and not row.get("begun", True):
        return _("Not due yet")
    if now is Status.OPEN and unknown(row):
        return _("Not known yet")
    if row["kind"] == "budget":
        return _("Exceeded") if now is Status.NOT_MET else _("Within the limit")
    if now is not Status.MET and _above(row):
        return _("Above the range")
    if now is Status.OPEN:
        return _("Under way")
    met = now is Status.MET
    if row["force"] == "goal":
        return _("Goal reached") if met else _("Short of the goal")
    if row["kind"] == "stretch":
        return _("That many or more") if met else _("Fewer than that")
    return _("Reached") if met else _("Not reached")


def remaining(row: Mapping[str, Any]) -> str | None:
    """Return what is left: to go, short at the end, or within a limit; ``None`` where nothing is.

    ``row["unit"]`` is the unit of what is counted.
    """
    left, now = row["remaining"], Status(row["status"])
    if not left:
        return None
    text = amount(abs(left), row["unit"])
    if left < 0:
        return _("{amount} too many").format(amount=text)
    if row["kind"] == "budget":
        sentence = (
            _("{amount} left within the limit") if now is Status.OPEN else _("{amount} not used")
        )
        return sentence.format(amount=text)
    if now is Status.NOT_MET:
        return _("{amount} short").format(amount=text)
    return _("{amount} to go").format(amount=text)


def pace(row: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is left to do, how much of it a year, how much a year so far, where that ends."""
    needed = row["needed_per_year"]
    if left := remaining(row):
        yield left
    if needed:
        yield _("{amount} a year needed").format(amount=amount(needed, row["unit"]))
    if needed and row["pace_per_year"] is not None:
        yield _("{pace} a year so far").format(pace=decimal(row["pace_per_year"]))
    if needed and row["projected"] is not None:
        end = amount(row["projected"], row["unit"])
        yield _("at this pace {amount} at the end").format(amount=end)
