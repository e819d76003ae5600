"""``clb member import``: a list as the commune wrote it becomes the club's, or nothing changes."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from engine import codes
from engine.cli import roster_view, tables
from engine.cli.club import club_id
from engine.cli.context import Context, day, findings, pass_context
from engine.cli.progress_bar import busy, counting
from engine.cli.run_step import recorded, take
from engine.errors import ClbError, InputError, RefusedError
from engine.i18n import _
from engine.lifecycle import Outcome
from engine.model import Club, Composition, Finding
from engine.roster import importing
from engine.roster.importing import Namesakes, OnList, Plan
from engine.roster.members import active, counted, listed
from engine.roster.model import Reading
from engine.rules import composition

ENCODINGS = ("utf-8", "utf-16", "tcvn3")


@dataclass(frozen=True, slots=True)
class _Choices:
    """How the officer wants the list taken."""

    replacing: bool
    skip_bad: bool
    keep_duplicates: bool
    dry_run: bool


@dataclass(frozen=True, slots=True)
class _Job:
    """One list on its way into one club."""

    context: Context
    club: Club
    on: date
    path: Path
    reading: Reading
    choices: _Choices


@click.command("import", help=_("Read a member list (.xlsx, .xls, .csv) into a club."))
@click.argument("named", metavar="CLUB")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--replace",
    "replacing",
    is_flag=True,
    help=_("The file is the whole list: who is not in it leaves the club"),
)
@click.option("--dry-run", is_flag=True, help=_("Only tell what would happen"))
@click.option(
    "--encoding", type=click.Choice(ENCODINGS), default=None, help=_("The encoding of the file")
)
@click.option("--skip-bad", is_flag=True, help=_("Leave out the rows that cannot be read"))
@click.option(
    "--keep-duplicates",
    is_flag=True,
    help=_("People of one name and birth year are different people"),
)
@recorded
@pass_context
def import_(
    context: Context,
    named: str,
    path: Path,
    replacing: bool,
    dry_run: bool,
    encoding: str | None,
    skip_bad: bool,
    keep_duplicates: bool,
    on: str | None,
    acks: tuple[str, ...],
) -> int:
    """Import a list."""
    if replacing and skip_bad:
        raise InputError(
            _("--replace and --skip-bad do not go together: who stands in a bad row would leave."),
            code=codes.USAGE,
            help=_("Mend the rows in the file first."),
        )
    lifecycle = context.registry.lifecycle
    club = lifecycle.club(club_id(context, named))
    when = day(on) or lifecycle.today()
    reading = _read(context, path, min(when, lifecycle.today()), encoding)
    choices = _Choices(replacing, skip_bad, keep_duplicates, dry_run)
    return _run(_Job(context, club, when, path, reading, choices), acks)


def _read(context: Context, path: Path, on: date, encoding: str | None) -> Reading:
    """Read the file; at a terminal, text in an old font is converted once somebody says so."""
    from engine.roster.reader import read

    with counting(context, _("Rows read")) as progress:
        try:
            return read(path, on=on, encoding=encoding, progress=progress)
        except InputError as error:
            if error.code != codes.ROSTER_TCVN3 or not context.interactive:
                raise
            context.message(error.message)
            if not click.confirm(_("Is the second text right?"), err=True):
                raise
        return read(path, on=on, encoding="tcvn3", progress=progress)


def _run(job: _Job, acks: tuple[str, ...]) -> int:
    context, choices = job.context, job.choices
    members = active(context.registry.store, job.club.id)
    fields = importing.known_fields(job.reading.columns)

    def worked_out(without: frozenset[int] = frozenset()) -> Plan:
        return importing.plan(
            job.reading.entries,
            members,
            fields=fields,
            replacing=choices.replacing,
            without=without,
        )

    plan = worked_out()
    told, error = plan.duplicates, _obstacle(job, plan)
    if error is not None and error.code == codes.ROSTER_DUPLICATES and _asks(job, told):
        plan, error = worked_out(_ask(told, choices.replacing)), None
    outcome = None
    if (
        error is None
        and not plan.is_idle
        and not (choices.dry_run and not context.settings.officer)
    ):
        outcome = _take(job, plan, OnList(members, plan.work(members)), acks)
    _answer(job, plan, told, outcome, error)
    if error is None:
        return 0
    return error.exit_code if context.settings.json else context.fail(error)


def _obstacle(job: _Job, plan: Plan) -> ClbError | None:
    """Return what keeps the list from being taken as it is."""
    bad = len({one.row for one in job.reading.rejected})
    if bad and not job.choices.skip_bad:
        return RefusedError(
            _("Rows that cannot be read: {count}. Nothing was imported.").format(count=bad),
            code=codes.ROSTER_REJECTED,
            help=_("Mend them in the file, or leave them out with --skip-bad."),
        )
    if not job.reading.entries:
        return InputError(
            _("“{name}” names nobody.").format(name=job.path.name),
            code=codes.ROSTER_NOBODY,
            help=_("Write one person a row under the headings."),
        )
    if plan.duplicates and not job.choices.keep_duplicates:
        return RefusedError(
            _("People who seem to stand there twice: {count}. Nothing was imported.").format(
                count=len(plan.duplicates)
            ),
            code=codes.ROSTER_DUPLICATES,
            help=_(
                "Take out the rows, or say that they are different people: --keep-duplicates. "
                "If the file is the whole list anew: --replace."
            ),
        )
    return None


def _asks(job: _Job, found: Sequence[Namesakes]) -> bool:
    """Return whether to ask about each: a person sits there, and they are few enough to answer."""
    return job.context.interactive and not job.choices.dry_run and len(found) <= roster_view.SHOWN


def _ask(found: Sequence[Namesakes], replacing: bool) -> frozenset[int]:
    """Ask about everybody who is there twice; return the rows that are to be left out."""
    without: set[int] = set()
    for one in found:
        click.echo(roster_view.namesake(one), err=True)
        if not click.confirm(_("Are they different people?"), err=True):
            there = bool(one.members) and not replacing
            without.update(one.rows if there else one.rows[1:])
    return frozenset(without)


def _take(job: _Job, plan: Plan, prepare: OnList, acks: tuple[str, ...]) -> Outcome:
    form = {
        "added": len(plan.added),
        "changed": len(plan.changed),
        "left": len(plan.left),
        "file": hashlib.sha256(job.path.read_bytes()).hexdigest(),
    }
    with busy(job.context, _("Members being written"), plan.taken):
        return take(
            job.context,
            job.club,
            "roster",
            form,
            on=job.on.isoformat(),
            acks=acks,
            prepare=prepare,
            dry_run=job.choices.dry_run,
        )


def _composition(job: _Job, plan: Plan, *, stored: bool) -> Composition:
    """Count the list as it is now, or as the plan would leave it."""
    gather = job.context.registry.lifecycle.gather
    now = gather.composition(job.club, job.on)
    if stored:
        return now
    assert now.elderly_age is not None
    there = listed(job.context.registry.store, job.club.id, job.on)
    return counted(importing.after(there, plan), job.on, now.elderly_age)


def _answer(
    job: _Job,
    plan: Plan,
    told: Sequence[Namesakes],
    outcome: Outcome | None,
    error: ClbError | None,
) -> None:
    context, reading = job.context, job.reading
    stored = outcome is not None and outcome.event is not None
    made_of = _composition(job, plan, stored=stored)
    rules = context.provinces.rules(job.club.province)
    judged: list[Finding] = [
        *(outcome.findings if outcome else ()),
        *composition.findings(made_of, rules, job.on),
    ]
    data: dict[str, Any] = {
        "club": job.club.id,
        "on": job.on,
        "dry_run": job.choices.dry_run,
        "rows": reading.rows,
        "imported": plan.taken if error is None and not job.choices.dry_run else 0,
        "added": len(plan.added),
        "changed": len(plan.changed),
        "left": len(plan.left),
        "unchanged": plan.unchanged,
        "columns": roster_view.columns(reading.columns),
        "rejected": reading.rejected,
        "duplicates": roster_view.namesakes(told),
        "remarks": reading.remarks,
        "composition": roster_view.composition(made_of),
        "findings": findings(judged),
        "event": roster_view.event(outcome.event if outcome else None),
    }
    if error is not None:
        data["error"] = {"code": error.code, "message": error.message, "help": error.help}

    def text() -> Iterator[str]:
        if job.choices.dry_run:
            yield from roster_view.columns_text(reading)
        if reading.rejected:
            yield from roster_view.rejected_text(reading)
        yield from roster_view.namesakes_text(told)
        yield from reading.remarks
        if error is None:
            yield _sentence(plan, job.choices.dry_run)
        if error is None or job.choices.dry_run:
            yield roster_view.composition_text(made_of)
            yield from tables.findings(judged)

    context.answer(data, text)
    if outcome is not None and stored:
        roster_view.warn_board(context, job.club.id, plan.left)
        for warning in outcome.warnings:
            context.message(warning)


def _sentence(plan: Plan, dry_run: bool) -> str:
    sentence = (
        _("Would be imported: {taken} (new {added}, changed {changed}); would leave: {left}.")
        if dry_run
        else _("Imported: {taken} (new {added}, changed {changed}); left: {left}.")
    )
    return sentence.format(
        taken=plan.taken, added=len(plan.added), changed=len(plan.changed), left=len(plan.left)
    )
