"""The step table as a picture: a column a state, a line a step. Made to be printed on one sheet."""

from collections.abc import Iterator
from html import escape
from math import radians, sin

from engine.findings import role_name, state_name, step_name
from engine.i18n import _
from engine.model import ENDS, State
from engine.states.drawing import Row, role_ids, roles_text, rows
from engine.states.stage import SAME

LEFT, LANE, ROLES, LINE, FOOT = 350, 46, 290, 28, 120
SLOPE = 52
LETTER = 7.6
"""Pixels a letter takes at most, on average, at size 14."""
FIRST = LEFT + LANE // 2
WIDTH = LEFT + LANE * len(State) + ROLES
FONT = "font-family='DejaVu Sans, Verdana, Arial, sans-serif'"


def svg() -> Iterator[str]:
    """Yield the picture line by line, black on white, sizes in pixels."""
    steps = [row for row in rows() if not row.move.record]
    records = [row for row in rows() if row.move.record]
    head = _head_height()
    top = head + LINE
    below = top + LINE * (len(steps) + 2)
    height = below + LINE * len(records) + FOOT
    title = _("The life of a club")
    yield (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {height}' "
        f"width='{WIDTH}' height='{height}' role='img'>"
    )
    yield f"<title>{escape(title)}</title>"
    yield f"<rect width='{WIDTH}' height='{height}' fill='white'/>"
    yield _text(16, 36, title, size=24, bold=True)
    yield from _lanes(head, height - FOOT)
    for number, row in enumerate(steps):
        yield from _line(row, top + LINE * number, number)
    yield _text(16, below - LINE // 2 - 4, _("Records: the state stays"), bold=True)
    for number, row in enumerate(records):
        yield from _line(row, below + LINE * number, number)
    yield from _legend(height - FOOT + 36)
    yield "</svg>"


def _x(state: State) -> int:
    return FIRST + LANE * list(State).index(state)


def _label(state: State) -> str:
    return f"{state_name(state)} ({state.value})"


def _head_height() -> int:
    """Return how high the slanting headings reach."""
    longest = max(len(_label(state)) for state in State)
    return int(longest * LETTER * sin(radians(SLOPE))) + 24


def _lanes(head: int, bottom: int) -> Iterator[str]:
    for state in State:
        x = _x(state)
        if state in ENDS:
            yield (
                f"<rect x='{x - LANE // 2}' y='{head}' width='{LANE}' "
                f"height='{bottom - head}' fill='#e4e4e4'/>"
            )
        yield f"<line x1='{x}' y1='{head}' x2='{x}' y2='{bottom}' stroke='#b0b0b0'/>"
        yield (
            f"<text transform='translate({x + 5} {head - 8}) rotate(-{SLOPE})' {FONT} "
            f"font-size='14'>{escape(_label(state))}</text>"
        )


def _line(row: Row, y: int, number: int) -> Iterator[str]:
    """Yield one move: dots where it may start, an arrow to where it leads."""
    middle = y + LINE // 2
    if number % 2:
        yield f"<rect x='0' y='{y}' width='{WIDTH}' height='{LINE}' fill='black' opacity='0.05'/>"
    outcome = f": {row.when}" if row.when else ""
    yield _text(16, middle + 5, f"{step_name(row.step.name)} ({row.step.name}{outcome})")
    yield _text(LEFT + LANE * len(State) + 10, middle + 5, roles_text(row.step), size=13)
    target = row.move.to
    ends = [_x(source) for source in row.move.sources]
    if target is not SAME:
        yield from _arrow(ends, _x(target), middle)
    for x, source in zip(ends, row.move.sources, strict=True):
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


def _legend(y: int) -> Iterator[str]:
    yield f"<circle cx='24' cy='{y - 5}' r='5' fill='black' stroke='black' stroke-width='2'/>"
    yield _text(40, y, _("the step may start here; the arrow shows where it leads"))
    yield f"<circle cx='24' cy='{y + 19}' r='5' fill='white' stroke='black' stroke-width='2'/>"
    yield _text(40, y + 24, _("the state stays"))
    names = "; ".join(f"{role}: {role_name(role)}" for role in role_ids())
    yield _text(16, y + 48, _("Roles: {names}").format(names=names))
    yield _text(
        16, y + 72, _("* unless the province's policy gives the step to another of the roles named")
    )


def _text(x: int, y: int, text: str, *, size: int = 14, bold: bool = False) -> str:
    weight = " font-weight='bold'" if bold else ""
    return f"<text x='{x}' y='{y}' {FONT} font-size='{size}'{weight}>{escape(text)}</text>"
