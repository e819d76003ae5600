"""Targets as text for people: all of them as a table, one of them with its article and notes."""

from collections.abc import Iterator, Sequence

from engine.cli import tables
from engine.i18n import _
from engine.reports.progress import Row
from engine.reports.writers.words import amount
from engine.targets.arithmetic import SHARED, Status
from engine.targets.measures import MEASURES
from engine.vietnamese.text import number

BAR = 10
INDENT = "  "
COLOURS = {Status.MET: "green", Status.NOT_MET: "red", Status.OPEN: "yellow"}
"""Colours beside the words, which say the same without them."""


def overview(rows: Sequence[Row]) -> Iterator[str]:
    """Yield the targets as a table: above each row what it is, below it its pace and article."""
    lines: list[tables.Line] = []
    for row in rows:
        if lines:
            lines.append(tables.Across(""))
        lines += [*_above(row), _cells(row), *map(tables.Across, _below(row))]
    yield from tables.table(
        [_("Progress"), _("So far"), _("Asked"), _("Standing")], lines, wrap=[1, 2, 3]
    )


def _above(row: Row) -> Iterator[tables.Across]:
    goal = row.goal
    yield tables.Across(f"{goal.label} [{goal.id}, {goal.period_shown}]", "", bold=True)
    if goal.reading:
        yield tables.Across(goal.reading, "")


def _cells(row: Row) -> Sequence[object]:
    goal, now, count = row.goal, row.standing, row.counted.count
    unit = MEASURES[goal.measure].unit
    shared = goal.target.kind in SHARED
    whole = count.whole if shared else goal.target.low
    known = goal.target.low is not None and now.actual is not None
    drawn = tables.bar(now.actual or 0, whole or 0, BAR) if known else ""
    if now.percent is not None:
        drawn = f"{drawn} {percent(now.percent):>6}"
    told = amount(now.actual, unit)
    if shared and now.actual is not None and count.whole:
        told = _("{part} of {whole}").format(
            part=number(now.actual), whole=amount(count.whole, unit)
        )
    colour = COLOURS.get(now.status)
    return (
        tables.Painted(drawn, colour),
        told,
        _("not stipulated") if goal.target.low is None else target(row),
        tables.Painted(status(row), colour),
    )


def _below(row: Row) -> Iterator[str]:
    goal = row.goal
    pace = "; ".join(_pace(row, MEASURES[goal.measure].unit))
    if pace:
        yield pace
    if goal.source:
        yield _("Source: {source}").format(source=goal.source)
    if row.note and goal.target.low is not None:
        yield _("Note: {note}").format(note=row.note)


def one_target(row: Row) -> Iterator[str]:
    """Yield one target: its figures, its article and what is to be noted."""
    goal = row.goal
    yield from tables.wrapped(f"{goal.label} [{goal.id}, {goal.period_shown}]")
    if goal.reading:
        yield from tables.wrapped(goal.reading, INDENT)
    yield from tables.wrapped(_figures(row), INDENT)
    said = status(row)
    if goal.source:
        said = _("{status}. Source: {source}").format(status=said, source=goal.source)
    yield from tables.wrapped(said, INDENT)
    if row.note and goal.target.low is not None:
        yield from tables.wrapped(_("Note: {note}").format(note=row.note), INDENT)


def _figures(row: Row) -> str:
    """Return the bar and the figures of a row, on one line."""
    goal, now, count = row.goal, row.standing, row.counted.count
    unit = MEASURES[goal.measure].unit
    if goal.target.low is None:
        return _("so far {actual}").format(actual=amount(now.actual, unit))
    if now.actual is None:
        return _("target {target}").format(target=target(row))
    shared = goal.target.kind in SHARED
    whole = count.whole if shared else goal.target.low
    parts = [tables.bar(now.actual, whole or 0)]
    if shared and count.whole:
        parts.append(
            _("{part} of {whole}").format(part=number(now.actual), whole=amount(count.whole, unit))
        )
    else:
        parts.append(amount(now.actual, unit))
    if now.percent is not None:
        parts.append(f"= {percent(now.percent)}" if shared else f"({percent(now.percent)})")
    parts.append(_("target {target}").format(target=target(row)))
    told = " ".join(parts[:-1]) + "; " + parts[-1]
    for text in _pace(row, unit):
        told += f"; {text}"
    return told


def _pace(row: Row, unit: str) -> Iterator[str]:
    now = row.standing
    if now.remaining is not None and now.remaining < 0:
        yield _("{amount} too many").format(amount=amount(-now.remaining, unit))
    elif now.remaining:
        yield _("{amount} to go").format(amount=amount(now.remaining, unit))
    if now.needed_per_year:
        yield _("{amount} a year needed").format(amount=amount(now.needed_per_year, unit))
    if now.needed_per_year and now.pace is not None:
        yield _("{pace} a year so far").format(pace=tenth(now.pace))


def target(row: Row) -> str:
    """Return what is asked, with its unit. The document must state it."""
    low, high = row.goal.target.low, row.goal.target.high
    assert low is not None
    if row.goal.target.kind in SHARED:
        return f"{low}%" if high is None else f"{low} - {high}%"
    unit = MEASURES[row.goal.measure].unit
    if high is None:
        return amount(low, unit)
    return f"{number(low)} - {amount(high, unit)}"


def status(row: Row) -> str:
    """Return how a target stands, in words."""
    return {
        Status.MET: _("Within the limit") if row.goal.target.kind == "budget" else _("Reached"),
        Status.NOT_MET: _("Exceeded") if row.goal.target.kind == "budget" else _("Not reached"),
        Status.OPEN: _("Not known yet") if row.standing.actual is None else _("Under way"),
        Status.NOT_STIPULATED: _("not stipulated"),
    }[row.standing.status]


def tenth(tenths: int) -> str:
    """Return a number of tenths with a decimal comma: 25 is "2,5"."""
    return f"{number(tenths // 10)},{tenths % 10}"


def percent(tenths: int) -> str:
    """Return a percentage from its tenths: 25 is "2,5%"."""
    return f"{tenth(tenths)}%"
