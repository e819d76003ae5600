"""Run a step for a command: options, reasons for warnings, questions at a terminal."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import click

from engine import codes
from engine.cli.context import ACK, Context, day
from engine.errors import InputError, RefusedError
from engine.i18n import _
from engine.lifecycle import Outcome
from engine.model import Club, Finding, Level
from engine.rules import forms
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
        reasons |= ask_reasons(error.findings, reasons)
    return attempt()


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


def ask_missing(step: str, form: dict[str, Any], on: str | None) -> None:
    """Ask for each required field that is not filled in; a wrong answer is asked again."""
    happened_on = find_step(step).happened_on
    for field in forms.missing(step, form):
        if field.path == happened_on and on is not None:
            continue
        while True:
            choices = field.choices or field.item_choices
            label = f"{field.title} ({' | '.join(choices)})" if choices else field.title
            text = click.prompt(label, err=True)
            try:
                forms.assign(step, form, [(field.path, text)])
                break
            except InputError as error:
                click.echo(error.message, err=True)


def ask_reasons(findings: Iterable[Finding], known: dict[str, str]) -> dict[str, str]:
    """Show each warning and ask for the reason to go on; an empty answer stops."""
    reasons = {}
    for finding in findings:
        if finding.level is Level.WARN and finding.code not in known:
            click.echo(f"! {finding.message} [{finding.code}]", err=True)
            reasons[finding.code] = click.prompt(_("Reason to go on"), err=True)
    return reasons
