"""``clb lifecycle``: the steps of a club's life, as the machine has them."""

import json
from collections.abc import Iterator

import click

from engine.cli import lifecycle_drawing as drawing
from engine.cli.context import Context, pass_context
from engine.cli.lifecycle_drawing import Row
from engine.i18n import _
from engine.labels import role_name, state_name, step_name
from engine.model import AFTER_DECISION, ENDS, LIVING, State

FORMATS = ("table", "mermaid", "svg", "json")


@click.group(help=_("The steps of a club's life."))
def lifecycle() -> None:
    """Hold the commands about the machine."""


@lifecycle.command(help=_("Show every step: from where, to where, who takes it."))
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="table", help=_("How it is shown")
)
@pass_context
def show(context: Context, form: str) -> None:
    """Show the machine; needs neither a database nor a plugin."""
    context.answer(drawing.machine(), lambda: _shown(form))


def _shown(form: str) -> Iterator[str]:
    if form == "json":
        yield json.dumps(drawing.machine(), ensure_ascii=False, indent=2)
    elif form == "mermaid":
        yield from drawing.mermaid()
    elif form == "svg":
        from engine.cli.lifecycle_picture import svg

        yield from svg()
    else:
        yield from _table()


def _table() -> Iterator[str]:
    stage, step = "", ""
    for row in drawing.rows():
        if row.stage != stage:
            stage = row.stage
            yield "" if step else _("Steps by stage (engine/states/STAGE.py)")
            yield f"{stage}"
        if row.step.name != step:
            step = row.step.name
            yield f"  {step:<14}{step_name(step)}"
            yield f"  {'':<14}{drawing.roles_text(row.step)}; {row.step.happened_on}"
        yield f"  {'':<14}{_move(row)}"
    yield ""
    yield _("* unless the province's policy gives the step to another of the roles named")
    yield ""
    for role in drawing.role_ids():
        yield f"  {role:<14}{role_name(role)}"
    yield ""
    for state in State:
        yield f"  {state.value:<14}{state_name(state)}" + (_(" (end)") if state in ENDS else "")


def _move(row: Row) -> str:
    target = row.move.to.value if row.move.to else _("the state stays")
    when = f" ({row.when})" if row.when else ""
    return f"{_sources(row.move.sources)} → {target}{when}"


def _sources(sources: tuple[State, ...]) -> str:
    if set(sources) == set(LIVING):
        return _("any state but the ends")
    if set(sources) == set(LIVING) | set(ENDS):
        return _("any state")
    if set(sources) == set(AFTER_DECISION):
        return _("any state from the decision to the end")
    return ", ".join(state.value for state in sources)
