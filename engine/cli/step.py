"""``clb check`` and ``clb advance``: judge the steps of a club, and take one."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from engine import codes
from engine.cli import advice, tables
from engine.cli.command import command
from engine.cli.context import ACK, ON, SET, Context, day, findings, pass_context
from engine.cli.files import PATH
from engine.cli.meant_club import club_id, meant_club
from engine.cli.run_step import acknowledged, pairs, record
from engine.cli.typed import STEP
from engine.errors import InputError
from engine.files import read_text, shown
from engine.i18n import _
from engine.labels import role_names, state_name
from engine.lifecycle.lifecycle import Outcome, StepAvailability
from engine.model import Club, Event
from engine.policy.effective import Rules
from engine.rules import forms
from engine.rules.own import called
from engine.vietnamese.text import dmy

CHANGES = "changes."
"""What the fields of a correction begin with, before the name of the field corrected."""


@command(help=_("List what blocks a club's steps; changes nothing."))
@click.argument("club")
@click.argument("step", type=STEP, required=False)
@click.option("--on", "on", default=None, help=ON)
@SET
@click.option(
    "--explain",
    metavar="CODE",
    default=None,
    help=_("Why this finding of the step: values, articles and the facts used"),
)
@pass_context
def check(
    context: Context,
    club: str,
    step: str | None,
    on: str | None,
    assignments: tuple[str, ...],
    explain: str | None,
) -> None:
    """Judge the steps of a club without taking any."""
    lifecycle = context.registry.lifecycle
    found = lifecycle.club(club_id(context, club))
    form: dict[str, Any] = {}
    if step is not None:
        fill(context, found, step, form, assignments, on)
    when = day(on) or lifecycle.today()
    steps = lifecycle.check(found.id, step, on=when, officer=context.settings.officer, form=form)
    if explain is not None:
        from engine.cli.check_explain import explain_finding

        explain_finding(context, steps, explain)
        return
    data = {
        "club": found.id,
        "state": found.state,
        "on": when,
        "steps": [_available(one) for one in steps],
    }

    def text() -> list[str]:
        lines = [
            _("{club} {name}: {state}, on {day}").format(
                club=found.id, name=found.name, state=state_name(found.state), day=dmy(when)
            )
        ]
        for one in steps:
            mark = "✓" if one.allowed else "✗"
            who = role_names(one.roles, city=context.is_city(found.province))
            lines.append(f"{mark} {called(one.request.rules, one.step)} ({who}) [{one.step}]")
            lines += [f"  {line}" for line in tables.findings(one.findings)]
        return lines

    context.answer(data, text)


def _available(one: StepAvailability) -> dict[str, Any]:
    return {
        "step": one.step,
        "to": one.to,
        "role": one.roles[0] if one.roles else None,
        "roles": list(one.roles),
        "allowed": one.allowed,
        "findings": findings(one.findings),
    }


@command(help=_("Take a club a step further, or record something. The steps: clb lifecycle show."))
@click.argument("club", required=False)
@click.argument("step", type=STEP, required=False)
@SET
@click.option("--form", "form_file", type=PATH, help=_("The form as a JSON file"))
@ACK
@click.option("--on", "on", default=None, help=_("The day the step happened"))
@click.option("--dry-run", is_flag=True, help=_("Only report what would happen"))
@click.option(
    "--many",
    type=PATH,
    help=_("A CSV or xlsx file with columns club, step, on and fields; read again, it goes on"),
)
@click.option(
    "--again",
    default=None,
    metavar='"…"',
    help=_("With --many: record rows that are in the log once more, with the reason"),
)
@pass_context
def advance(
    context: Context,
    club: str | None,
    step: str | None,
    assignments: tuple[str, ...],
    form_file: Path | None,
    acks: tuple[str, ...],
    on: str | None,
    dry_run: bool,
    many: Path | None,
    again: str | None,
) -> int:
    """Take one step, or one a row with ``--many``."""
    if many is not None:
        from engine.cli.batch import advance_many

        alone = {
            _("a club"): club,
            "--set": assignments,
            "--form": form_file,
            "--on": on,
            "--dry-run": dry_run,
        }
        _refuse_together([name for name, value in alone.items() if value], "--many")
        return advance_many(context, many, acknowledged(acks), again)
    if again is not None:
        _refuse_together(["--again"], _("a single step"))
    if not context.interactive and (club is None or step is None):
        raise InputError(
            _("Say which club and which step."),
            code=codes.USAGE,
            help=_("Write it so: {command}").format(command='clb advance "CLB …" propose'),
        )
    seen = meant_club(context, club)
    if step is None:
        from engine.cli.ask_step import pick_step

        step = pick_step(context, seen)
    form = read_form(form_file)
    fill(context, seen, step, form, assignments, on)
    outcome = record(context, seen, step, form, on=on, acks=acks, dry_run=dry_run)
    show_outcome(context, outcome, dry_run)
    return 0


def _refuse_together(options: list[str], what: str) -> None:
    """Refuse options that a file of steps, or a single step, would pass over in silence.

    Raises ``InputError``.
    """
    if options:
        raise InputError(
            _("{options} cannot be used with {what}.").format(
                options=", ".join(options), what=what
            ),
            code=codes.USAGE,
            help=_("See {command} --help.").format(command="clb advance"),
        )


def show_outcome(context: Context, outcome: Outcome, dry_run: bool = False) -> None:
    """Answer with what a step did."""
    event = outcome.event
    data = {
        "club": outcome.club,
        "state": outcome.state,
        "event": None
        if event is None
        else {
            "stream": event.stream,
            "seq": event.seq,
            "step": event.step,
            "on": event.on,
            "hash": event.hash,
        },
        "findings": findings(outcome.findings),
        "opened": list(outcome.opened),
        "closed": list(outcome.closed),
    }
    for warning in outcome.warnings:
        context.message(warning)

    def text() -> list[str]:
        club = context.registry.lifecycle.club(outcome.club)
        if dry_run or event is None:
            where = f"{club.name}, {club.village}, {club.commune} ({club.id})"
            head = _("Would be done: {state}, {club}")
            lines = [head.format(state=state_name(outcome.state), club=where)]
        else:
            lines = did(context, club, outcome)
        return [*tables.findings(outcome.unacknowledged), *lines]

    context.answer(data, text)


def did(context: Context, club: Club, outcome: Outcome) -> list[str]:
    """Return what was recorded for which club, what is due next, and the papers to print."""
    from engine.reports.written import sentences

    rules = context.provinces.rules(club.province)
    what, *more = sentences(context.registry.store, rules, club, outcome)
    assert outcome.event is not None
    more += _to_print(rules, club, outcome.event)
    return [_("Recorded: {what}").format(what=what), *(f"  {line}" for line in more)]


def _to_print(rules: Rules, club: Club, event: Event) -> Iterator[str]:
    """Yield the papers to print now; each with its command, where commands are typed."""
    from engine.documents.papers import papers_next

    for one in papers_next(event, rules):
        if advice.from_a_menu():
            yield _("To print: {title}").format(title=one.title)
        else:
            yield _("To print: {title}: {command}").format(
                title=one.title, command=f"clb document render {club.id} {one.id}"
            )


def fill(
    context: Context,
    club: Club,
    step: str,
    form: dict[str, Any],
    assignments: tuple[str, ...],
    on: str | None,
) -> None:
    """Read a form's texts and put what was typed into it.

    What a correction changes is read as the step it corrects.

    Raises ``InputError``, and ``UnknownError`` for a record that is not there.
    """
    reader = context.reader(club.province, day(on))
    form.update(forms.understood(step, form, reader))
    typed = pairs(assignments)
    changes = [one for one in typed if step == "correct" and one[0].startswith(CHANGES)]
    forms.assign(step, form, [one for one in typed if one not in changes], reader)
    seq = form.get("seq")
    if not changes or seq is None:
        forms.assign(step, form, changes, reader)
        return
    from engine.lifecycle.history import target_of

    corrected = target_of(context.registry.store, club, seq)[1].step
    inner = forms.group(form, "changes")
    renamed = [(path.removeprefix(CHANGES), text) for path, text in changes]
    forms.assign(corrected, inner, renamed, reader)


def read_form(path: Path | None) -> dict[str, Any]:
    """Read a form from a JSON file. Raises ``InputError``."""
    if path is None:
        return {}
    text = read_text(path)
    try:
        form = forms.load_json(text)
    except InputError as error:
        error.message = f"{shown(path)}: {error.message}"
        raise
    if not isinstance(form, dict):
        raise InputError(
            _("{path} holds no form.").format(path=path),
            code=codes.FORM_JSON,
            help=_("Write it so: {example}").format(example='{"date": "2021-07-28"}'),
        )
    return form
