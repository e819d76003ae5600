"""The step table as a picture: a column a state, a line a step. Made to be printed on one sheet."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from math import radians, sin

from engine.cli.lifecycle_drawing import Row, role_ids, roles_text, rows
from engine.i18n import _
from engine.labels import role_name, state_name, step_name
from engine.model import ENDS, State
from engine.states.stage import SAME

LANE, ROLES, LINE, FOOT = 46, 290, 28, 120
MARGIN = 16
SLOPE = 52
LETTER = 7.6
"""Pixels a letter takes at most, on average, at size 14."""
FONT = "font-family='DejaVu Sans, Verdana, Arial, sans-serif'"


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Where things lie: ``left`` and ``head`` are the room for the steps' and the states' names."""

    left: int
    head: int

    @property
    def right(self) -> int:
        return self.left + LANE * len(State)

    @property
    def width(self) -> int:
        return self.right + ROLES

    def x(self, state: State) -> int:
        return self.left + LANE // 2 + LANE * list(State).index(state)


def svg() -> Iterator[str]:
    """Yield the picture line by line, black on white, sizes in pixels."""
    steps = [row for row in rows() if not row.move.record]
    records = [row for row in rows() if row.move.record]
    sheet = _Sheet(
        left=int(max(len(_label(row)) for row in rows()) * LETTER) + MARGIN,
        head=int(max(len(_heading(one)) for one in State) * LETTER * sin(radians(SLOPE))) + 24,
    )
    top = sheet.head + LINE
    below = top + LINE * (len(steps) + 2)
    bottom = below + LINE * len(records)
    height = bottom + FOOT
    title = _("The life of a club")
    yield (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {sheet.width} {height}' "
        f"width='{sheet.width}' height='{height}' role='img'>"
    )
    yield f"<title>{escape(title)}</title>"
    yield f"<rect width='{sheet.width}' height='{height}' fill='white'/>"
    yield _text(MARGIN, 36, title, size=24, bold=True)
    yield from _lanes(sheet, bottom)
    for number, row in enumerate(steps):
        yield from _line(sheet, row, top + LINE * number, number)
    yield _text(MARGIN, below - LINE // 2 - 4, _("Records: the state stays"), bold=True)
    for number, row in enumerate(records):
        yield from _line(sheet, row, below + LINE * number, number)
    yield from _legend(sheet, bottom + 36)
    yield "</svg>"


def _label(row: Row) -> str:
    outcome = f": {row.when}" if row.when else ""
    return f"{step_name(row.step.name)} ({row.step.name}{outcome})"


def _heading(state: State) -> str:
    return f"{state_name(state)} ({state.value})"


def _lanes(sheet: _Sheet, bottom: int) -> Iterator[str]:
    for state in State:
        x = sheet.x(state)
        if state in ENDS:
            yield (
                f"<rect x='{x - LANE // 2}' y='{sheet.head}' width='{LANE}' "
                f"height='{bottom - sheet.head}' fill='#e4e4e4'/>"
            )
        yield f"<line x1='{x}' y1='{sheet.head}' x2='{x}' y2='{bottom}' stroke='#b0b0b0'/>"
        yield (
            f"<text transform='translate({x + 5} {sheet.head - 8}) rotate(-{SLOPE})' {FONT} "
            f"font-size='14'>{escape(_heading(state))}</text>"
        )


def _line(sheet: _Sheet, row: Row, y: int, number: int) -> Iterator[str]:
    """Yield one move: dots where it may start, an arrow to where it leads."""
    middle = y + LINE // 2
    if number % 2:
        yield (
            f"<rect x='0' y='{y}' width='{sheet.width}' height='{LINE}' "
            "fill='black' opacity='0.05'/>"
        )
    yield _text(MARGIN, middle + 5, _label(row))
    yield _text(sheet.right + 10, middle + 5, roles_text(row.step), size=13)
    target = row.move.to
    starts = [sheet.x(source) for source in row.move.sources]
    if target is not SAME:
        yield from _arrow(starts, sheet.x(target), middle)
    for x, source in zip(starts, row.move.sources, strict=True):
        stays = target is SAME or source is target
        yield (
            f"<circle cx='{x}' cy='{middle}' r='5' "
            f"fill='{'white' if stays else 'black'}' stroke='black' stroke-width='2'/>"
        )


def _arrow(starts: list[int], end: int, y: int) -> Iterator[str]:
    for side in (-1, 1):
        beyond = [x for x in starts if (x - end) * side > 0]
        if not beyond:
            continue
        far = max(beyond, key=lambda x: abs(x - end))
        near = end + side * 9
        yield f"<line x1='{far}' y1='{y}' x2='{near}' y2='{y}' stroke='black' stroke-width='2'/>"
        tip = end + side * 2
        yield (
            f"<path d='M {tip} {y} L {tip + side * 12} {y - 6} L {tip + side * 12} {y + 6} Z' "
            "fill='black'/>"
        )


def _legend(sheet: _Sheet, y: int) -> Iterator[str]:
    yield f"<circle cx='24' cy='{y - 5}' r='5' fill='black' stroke='black' stroke-width='2'/>"
    yield _text(40, y, _("the step may start here; the arrow shows where it leads"))
    yield f"<circle cx='24' cy='{y + 19}' r='5' fill='white' stroke='black' stroke-width='2'/>"
    yield _text(40, y + 24, _("the state stays"))
    yield _text(
        *(MARGIN, y + 52),
        _("* unless the province's policy gives the step to another of the roles named"),
    )
    for number, role in enumerate(role_ids()):
        yield _text(sheet.x(State.TRAINED), y + 24 * number, f"{role}: {role_name(role)}")


def _text(x: int, y: int, text: str, *, size: int = 14, bold: bool = False) -> str:
    weight = " font-weight='bold'" if bold else ""
    return f"<text x='{x}' y='{y}' {FONT} font-size='{size}'{weight}>{escape(text)}</text>"
