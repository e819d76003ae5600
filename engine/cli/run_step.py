"""Run a step for a command: options, reasons for warnings, questions at a terminal."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import click

from engine import codes
from engine.cli.context import ACK, Context, day
from engine.errors import InputError, RefusedError
from engine.i18n import _
from engine.lifecycle.lifecycle import Outcome
from engine.model import Club
from engine.rules.forms import place
from engine.rules.request import reach
from engine.states import step as find_step

if TYPE_CHECKING:
    from engine.lifecycle.prepare import Preparer

Command = TypeVar("Command", bound=Callable[..., Any])
HAPPENED_ON = _("The day it happened (YYYY-MM-DD or dd/mm/yyyy); today if left out")


def recorded(command: Command) -> Command:
    """Give a command the options of everything that is recorded: ``--on`` and ``--ack``."""
    return click.option("--on", "on", default=None, help=HAPPENED_ON)(ACK(command))


def take(
    context: Context,
    club: Club,
    step: str,
    form: Mapping[str, Any],
    *,
    on: str | None,
    acks: tuple[str, ...],
    prepare: "Preparer | None" = None,
    dry_run: bool = False,
) -> Outcome:
    """Take the step and return its outcome. Raises what ``Lifecycle.advance`` raises.

    At a terminal a warning is shown, its reason asked for, and the step tried again.
    """
    reasons = acknowledged(acks)

    def attempt() -> Outcome:
        return context.registry.lifecycle.advance(
            club.id,
            step,
            form,
            officer=context.officer,
            on=day(on),
            acknowledged=reasons,
            dry_run=dry_run,
            expected=club,
            prepare=prepare,
        )

    try:
        return attempt()
    except RefusedError as error:
        if error.code != codes.NOT_ACKNOWLEDGED or not context.interactive:
            raise
        from engine.cli.ask import reasons_for

        more = reasons_for(error.findings, reasons)
        if more is None:
            raise click.Abort from None
        reasons |= more
    return attempt()


def record(
    context: Context,
    club: Club,
    step: str,
    form: Mapping[str, Any],
    *,
    on: str | None,
    acks: tuple[str, ...],
    today: bool = False,
    dry_run: bool = False,
) -> Outcome:
    """Take the step and return its outcome; at a terminal whatever it still needs is asked first.

    ``today`` is whether the step is of today where nobody says otherwise and nobody can be asked.
    Raises what ``Lifecycle.advance`` raises, ``click.Abort`` where somebody stops.
    """
    if context.interactive:
        from engine.cli.ask_step import take_step

        given = dict(form)
        happened_on = find_step(step).happened_on
        if (typed := day(on)) is not None and reach(given, happened_on) is None:
            place(given, happened_on, typed.isoformat())
        done = take_step(context, club, step, given, acknowledged(acks), dry_run=dry_run)
        if done is not None:
            return _without_drafts(context, done)
    if today and on is None:
        on = context.registry.lifecycle.today().isoformat()
    done = take(context, club, step, form, on=on, acks=acks, dry_run=dry_run)
    return _without_drafts(context, done)


def _without_drafts(context: Context, outcome: Outcome) -> Outcome:
    """Delete the club's drafts where personal data was erased: names are in them as typed."""
    if outcome.erased:
        context.remembered.drop_drafts_of(outcome.club)
    return outcome


def pairs(assignments: tuple[str, ...]) -> list[tuple[str, str]]:
    """Split ``path=value`` texts. Raises ``InputError``."""
    found = []
    for text in assignments:
        path, equals, value = text.partition("=")
        if not equals or not path:
            raise InputError(
                _("“{text}” is not of the form path=value.").format(text=text), code=codes.USAGE
            )
        found.append((path.strip(), value))
    return found


def acknowledged(acks: tuple[str, ...]) -> dict[str, str]:
    """Read ``CODE=reason`` texts. Raises ``InputError`` for one without a reason."""
    reasons = {}
    for code, reason in pairs(acks):
        if not reason.strip():
            raise InputError(
                _("The warning {code} needs a reason.").format(code=code), code=codes.USAGE
            )
        reasons[code] = reason.strip()
    return reasons
