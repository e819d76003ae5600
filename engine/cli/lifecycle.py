"""``clb lifecycle``: the step table as a table, as JSON, as a mermaid diagram and as a picture."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import escape
from math import radians, sin
from typing import Any

import click

from engine.cli.command import group
from engine.cli.context import ON, Context, day, pass_context
from engine.cli.typed import PROVINCE
from engine.clock import today
from engine.frozen import thaw
from engine.i18n import _
from engine.labels import outcome_name, role_name, stage_name, state_name, state_names, step_name
from engine.model import AFTER_DECISION, ENDS, LIVING, Role, State
from engine.policy.effective import Rules
from engine.rules import forms, own
from engine.rules.own import OwnStep
from engine.states import STAGES, guards, own_steps
from engine.states.stage import SAME, Move, Step

FORMATS = ("table", "mermaid", "svg", "json", "bpmn")
INDENT = " " * 6
LANE, LINE, FOOT = 46, 28, 144
"""Pixels of the picture: width of a state, height of a line and of the foot."""
MARGIN = 16
SLOPE = 52
LETTER = 7.6
"""Pixels a letter takes at most, on average, at size 14."""
FONT = "font-family='DejaVu Sans, Verdana, Arial, sans-serif'"


@dataclass(frozen=True, slots=True)
class _Row:
    """One move of one step; ``own`` is what a province states of a step of its own.

    ``who`` takes it: in a province on a day, with the article, or anywhere.
    """

    stage: str
    step: Step
    move: Move
    who: str
    own: OwnStep | None = None

    @property
    def name(self) -> str:
        """Return what people call the step."""
        return step_name(self.step.name) if self.own is None else self.own.label

    @property
    def when(self) -> str | None:
        """Return the outcome the move depends on, unless it only repeats where it leads."""
        return None if self.move.when in (None, self.move.to) else self.move.when


Rows = tuple[_Row, ...]


@group(help=_("The steps of a club's life."))
def lifecycle() -> None:
    """Hold the commands about the machine."""


@lifecycle.command(help=_("Show every step: from where, to where, who takes it."))
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="table", help=_("How it is shown")
)
@click.option(
    "--province", type=PROVINCE, default=None, help=_("With the steps of this province's own")
)
@click.option("--on", "on", default=None, help=ON)
@pass_context
def show(context: Context, form: str, province: str | None, on: str | None) -> None:
    """Show the machine; needs no database, and a plugin only for a province's own steps."""
    when = day(on) or today()
    rules = None if province is None else context.provinces.rules(province)
    rows = _rows(rules, when)
    if rules is not None:
        rows += _own_rows(rules, when)

    machine = _machine(rows, rules, when)

    def shown() -> Iterator[str]:
        if form == "json":
            return iter([json.dumps(machine, ensure_ascii=False, indent=2)])
        if form == "table":
            return _table(rows, rules, when)
        if form != "bpmn":
            return _mermaid(rows) if form == "mermaid" else _svg(rows)
        from engine.cli.lifecycle_bpmn import Way, bpmn

        return bpmn([Way(row.step, row.move, row.name, row.who) for row in rows])

    context.answer(machine, shown, whole=form != "table")


def _table(rows: Rows, rules: Rules | None, on: date) -> Iterator[str]:
    stage, step = "", ""
    for row in rows:
        if row.stage != stage:
            stage = row.stage
            yield "" if step else _("Steps by stage (engine/states/STAGE.py)")
            own_name = _("steps of the province's own")
            yield _with_id(stage_name(stage) if row.own is None else own_name, stage)
        if row.step.name != step:
            step = row.step.name
            yield f"  {_with_id(row.name, step)}"
            yield f"{INDENT}{_('Who')}: {row.who}"
            if row.own is not None:
                before = _with_id(step_name(row.own.before), row.own.before)
                yield INDENT + _("before: {step}").format(step=before)
                yield from _passing(row.own, rules, on)
                yield f"{INDENT}{_('Source')}: {row.own.source}"
            happened = forms.field(step, row.step.happened_on).title
            yield f"{INDENT}{_('Date')}: {_with_id(happened, row.step.happened_on)}"
        yield f"{INDENT}{_move_text(row)}"
    yield ""
    if rules is None:
        yield _("* unless the province's policy gives the step to another of the roles named")
        yield ""
    yield _("Roles:")
    for role in _role_ids(rows):
        yield f"  {_with_id(role_name(role), role)}"
    yield ""
    yield _("States:")
    for state in State:
        end = _(" (end)") if state in ENDS else ""
        yield f"  {_with_id(state_name(state), state.value)}{end}"


def _passing(step: OwnStep, rules: Rules | None, on: date) -> Iterator[str]:
    """Yield the answers after which the step of the life may be taken."""
    if rules is None:
        return
    for field in step.passes:
        answer = own.passing(rules, step, on, field)
        yield INDENT + _("only after: {answer}").format(answer=answer)


def _with_id(name: str, id_: str) -> str:
    """Return what people call something, with its id."""
    return f"{name} [{id_}]"


def _move_text(row: _Row) -> str:
    target = state_name(row.move.to) if row.move.to else _("the state stays")
    when = f" ({outcome_name(row.when)})" if row.when else ""
    return f"{_sources(row.move.sources)} → {target}{when}"


def _sources(sources: tuple[State, ...]) -> str:
    if set(sources) == set(LIVING):
        return _("any state but the ends")
    if set(sources) == set(LIVING) | set(ENDS):
        return _("any state")
    if set(sources) == set(AFTER_DECISION):
        return _("any state from the decision to the end")
    return state_names(sources)


def _rows(rules: Rules | None, on: date) -> Rows:
    """Return every move, in the order of the stages."""
    return tuple(
        _Row(stage.name, step, move, _who(step, rules, on))
        for stage in STAGES
        for step in stage.steps
        for move in step.moves
    )


def _own_rows(rules: Rules, on: date) -> Rows:
    """Return the records of a province's own that come before a step of the life."""
    found = ((own_steps.step(one.name), one) for one in own.steps(rules, on))
    return tuple(
        _Row(own.OWN, step, move, ", ".join(role_name(role) for role in one.by), one)
        for step, one in found
        if step is not None
        for move in step.moves
    )


def _who(step: Step, rules: Rules | None, on: date) -> str:
    """Return who may take a step: ``*`` marks the roles where no policy says otherwise."""
    if rules is not None:
        roles, source = guards.allowed_roles(step, rules, on)
        who = ", ".join(role_name(role, city=rules.city) for role in roles)
        return f"{who} ({source})" if source else who
    others = [role for role in step.eligible if role not in step.roles]
    marked = [f"{role_name(role)}*" if others else role_name(role) for role in step.roles]
    return ", ".join([*marked, *map(role_name, others)])


def _machine(rows: Rows, rules: Rules | None, on: date) -> dict[str, Any]:
    """Return states and steps as plain values."""
    return {
        "states": [{"id": one.value, "name": state_name(one), "end": one in ENDS} for one in State],
        "steps": [_step_data(row, rules, on) for row in rows if row.move is row.step.moves[0]],
    }


def _step_data(row: _Row, rules: Rules | None, on: date) -> dict[str, Any]:
    step, stated = row.step, row.own
    roles = step.roles if rules is None else guards.allowed_roles(step, rules, on)[0]
    data: dict[str, Any] = {
        "step": step.name,
        "name": row.name,
        "stage": row.stage,
        "module": f"engine.states.{row.stage if stated is None else 'own_steps'}",
        "roles": [role.value for role in roles],
        "eligible": [role.value for role in (step.eligible if stated is None else roles)],
        "happened_on": step.happened_on,
        "record": step.is_record,
        "moves": [_move_data(move) for move in step.moves],
    }
    if stated is not None:
        data |= {"before": stated.before, "source": stated.source}
        if stated.passes:
            data["passes"] = thaw(stated.passes)
    return data


def _move_data(move: Move) -> dict[str, Any]:
    return {
        "from": [source.value for source in move.sources],
        "to": None if move.to is SAME else move.to.value,
        "when": move.when,
        "record": move.record,
    }


def _mermaid(rows: Rows) -> Iterator[str]:
    """Yield a mermaid state diagram line by line; records are named in a comment."""
    yield "stateDiagram-v2"
    for one in State:
        if one is not State.NONE:
            yield f"    {one.value} : {state_name(one)}"
    for (source, target), labels in _edges(rows).items():
        start = "[*]" if source is State.NONE else source.value
        yield f"    {start} --> {target.value} : {', '.join(labels)}"
    for one in ENDS:
        yield f"    {one.value} --> [*]"
    records = [_with_id(row.name, row.step.name) for row in rows if row.step.is_record]
    yield "    %% " + _("records, the state stays: {names}").format(names=", ".join(records))
    for row in rows:
        if row.own is not None:
            yield f"    %% {_waits(row.own)}"


def _waits(stated: OwnStep) -> str:
    """Return which step of the life waits for one of the province's own."""
    return _("“{step}” waits for “{first}” ({source})").format(
        step=step_name(stated.before), first=stated.label, source=stated.source
    )


def _edges(rows: Rows) -> dict[tuple[State, State], list[str]]:
    """Return the steps between each two states, without what is only written down."""
    found: dict[tuple[State, State], list[str]] = {}
    for row in rows:
        if row.move.record:
            continue
        label = _label(row)
        for source in row.move.sources:
            target = source if row.move.to is SAME else row.move.to
            found.setdefault((source, target), []).append(label)
    return found


def _role_ids(rows: Rows) -> tuple[str, ...]:
    """Return the ids of every role a step names, in the order of the model."""
    named = {role for row in rows for role in row.step.eligible}
    return tuple(role.value for role in Role if role in named)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Where things lie: ``left``, ``head`` and ``roles`` are the room for names."""

    left: int
    head: int
    roles: int

    @property
    def right(self) -> int:
        return self.left + LANE * len(State)

    @property
    def width(self) -> int:
        return self.right + self.roles

    def x(self, state: State) -> int:
        return self.left + LANE // 2 + LANE * list(State).index(state)


def _svg(rows: Rows) -> Iterator[str]:
    """Yield the picture line by line, black on white, sizes in pixels."""
    steps = [row for row in rows if not row.move.record]
    records = [row for row in rows if row.move.record]
    sheet = _Sheet(
        left=int(max(len(_label(row)) for row in rows) * LETTER) + MARGIN,
        roles=int(max(len(row.who) for row in rows) * LETTER) + 2 * MARGIN,
        head=int(max(len(_heading(one)) for one in State) * LETTER * sin(radians(SLOPE))) + 24,
    )
    top = sheet.head + LINE
    below = top + LINE * (len(steps) + 2)
    bottom = below + LINE * len(records)
    own_steps_ = [row.own for row in records if row.own is not None]
    height = bottom + FOOT + LINE * len(own_steps_)
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
    yield from _legend(sheet, bottom + 36, rows)
    for number, stated in enumerate(own_steps_):
        yield _text(MARGIN, bottom + FOOT + LINE * number, _waits(stated))
    yield "</svg>"


def _label(row: _Row) -> str:
    outcome = f": {outcome_name(row.when)}" if row.when else ""
    return f"{row.name}{outcome} [{row.step.name}]"


def _heading(state: State) -> str:
    return _with_id(state_name(state), state.value)


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


def _line(sheet: _Sheet, row: _Row, y: int, number: int) -> Iterator[str]:
    """Yield one move: dots where it may start, an arrow to where it leads."""
    middle = y + LINE // 2
    if number % 2:
        yield (
            f"<rect x='0' y='{y}' width='{sheet.width}' height='{LINE}' "
            "fill='black' opacity='0.05'/>"
        )
    yield _text(MARGIN, middle + 5, _label(row))
    yield _text(sheet.right + 10, middle + 5, row.who, size=13)
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


def _legend(sheet: _Sheet, y: int, rows: Rows) -> Iterator[str]:
    yield f"<circle cx='24' cy='{y - 5}' r='5' fill='black' stroke='black' stroke-width='2'/>"
    yield _text(40, y, _("the step may start here; the arrow shows where it leads"))
    yield f"<circle cx='24' cy='{y + 19}' r='5' fill='white' stroke='black' stroke-width='2'/>"
    yield _text(40, y + 24, _("the state stays"))
    yield _text(
        *(MARGIN, y + 52),
        _("* unless the province's policy gives the step to another of the roles named"),
    )
    for number, role in enumerate(_role_ids(rows)):
        yield _text(sheet.x(State.TRAINED), y + 24 * number, _with_id(role_name(role), role))


def _text(x: int, y: int, text: str, *, size: int = 14, bold: bool = False) -> str:
    weight = " font-weight='bold'" if bold else ""
    return f"<text x='{x}' y='{y}' {FONT} font-size='{size}'{weight}>{escape(text)}</text>"
