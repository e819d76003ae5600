"""``clb report``: which reports a province makes, making one, recording that it was sent."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engine import codes
from engine.cli import advice, tables
from engine.cli.asked import asked_argument
from engine.cli.command import group
from engine.cli.context import ON, Context, day, pass_context
from engine.cli.files import PATH
from engine.cli.progress_bar import busy
from engine.cli.run_step import pairs
from engine.cli.typed import PERIOD, PROVINCE
from engine.clock import today
from engine.documents.report_formats import COMPARED, DATA, HEADED, WRITERS, render
from engine.errors import InputError
from engine.files import write_file
from engine.i18n import _
from engine.labels import period_name
from engine.reports import clubs, merged
from engine.reports.building import build as build_report
from engine.reports.deadlines import inspection_rules, recipient, recipients
from engine.reports.due_row import day_off
from engine.reports.notes import PARTS
from engine.reports.province_reports import catalogue, commune_reports, listed, period_of
from engine.rules.ground import ended_words
from engine.vietnamese.text import clean, dmy

if TYPE_CHECKING:
    from engine.reports.building import Built
    from engine.reports.seals import Seal

SPAN = _("A quarter (2022Q1), a half year (2022H1) or a year (2022)")
NO_SEAL = _("Do not seal the log; the report has no check line")
BY_ITS_NAME = _("The form of the file; by its name if left out")
HEAD = _("In a Word report: agency, number, place, date, signer or title (of the signer)")
OF_COMMUNE = _("The report of this commune about its own clubs; no document sets a day for it")
NOTED_OF = _("The commune whose difficulties these are; an officer of one writes for that one")
LAST_DAY = _("The last day of the figures, where the period ends later or none is given")


@group(help=_("A province's reports: list them, make one, record its sending."))
def report() -> None:
    """Hold the commands about reports."""


@report.command("list", help=_("The reports a province's document asks for."))
@click.argument("province", type=PROVINCE, required=False)
@click.option("--commune", "commune", default=None, help=OF_COMMUNE)
@click.option("--on", "on", default=None, help=ON)
@pass_context
def list_(context: Context, province: str | None, commune: str | None, on: str | None) -> None:
    """List reports with the next last day in time and the recipients of that date."""
    where = province or context.province_of_officer()
    rules = context.provinces.rules(where)
    when = day(on) or today()
    found = catalogue(context.provinces, where, when)
    if commune is not None:
        found = commune_reports(clean(commune))
    for warning in found.warnings:
        context.message(warning)
    asked = [rule for rule in found.rules if rule.start <= when]
    rows = [listed(rules, rule, when) for rule in asked]

    def text() -> list[str]:
        lines = [
            _("{province}: reports on {day}").format(
                province=", ".join(filter(None, (commune, rules.policy.name))), day=dmy(when)
            )
        ]
        ended = {rule.id: rule.end for rule in asked if rule.end is not None and rule.end < when}
        for row in rows:
            if row["id"] not in ended:
                lines += _report_text(row)
        if ended:
            lines += [
                "",
                *tables.wrapped(_("Asked for no more, made only for the periods of their time:")),
            ]
        for row in rows:
            if row["id"] in ended:
                lines += _report_text(row, ended[row["id"]])
        return lines

    context.answer(rows, text)


def _report_text(row: dict[str, Any], ended: date | None = None) -> list[str]:
    """Return a report's lines; ``ended`` is the last day of a document that is over."""
    mark = f" ({ended_words(ended)})" if ended else ""
    below = [
        _("  Reporters: {names}").format(names="; ".join(row["reporters"]) or _("not stipulated")),
        _due_text(row),
        _to_text(row),
        _("  Source: {source}").format(source=f"{row['source']}{mark}"),
    ]
    if row["note"]:
        below.append(_("  Note: {note}").format(note=row["note"]))
    lines = ["", *tables.wrapped(f"{row['title']} [{row['id']}]")]
    return lines + [part for text in below for part in tables.wrapped(text, "  ")]


def _to_text(row: dict[str, Any]) -> str:
    """Return to whom a report goes, and through whom."""
    to = ", ".join(row["to"]) or _("not stipulated")
    via = _(", through {agency}").format(agency=row["via"]) if row["via"] else ""
    return _("  To: {to}{via}").format(to=to, via=via)


def _due_text(row: dict[str, Any]) -> str:
    if row["status"] == "not_stipulated":
        return _("Due: no day stipulated")
    if row["status"] == "not_in_force":
        rule = row["due_rule"] or _("not stipulated")
        return _("Due: {rule}; the document is no longer in force").format(rule=rule)
    if row["status"] == "no_more_periods":
        if row["due_on"] is None:
            return _("Due: {rule}; no period left").format(rule=row["due_rule"])
        return _("Due: {rule}; no period left, the last was due on {day}").format(
            rule=row["due_rule"], day=dmy(row["due_on"])
        )
    return _("Due: {rule}; next on {day} ({period})").format(
        rule=row["due_rule"], day=dmy(row["due_on"]), period=period_name(row["period"])
    )


@report.command("build", help=_("Make a report from the figures at its period's last day."))
@asked_argument("province", type=PROVINCE)
@asked_argument("report_id", metavar="REPORT")
@click.option("--period", type=PERIOD, default=None, metavar="2022H1", help=SPAN)
@click.option(
    "--format", "format_", type=click.Choice(sorted(WRITERS)), default=None, help=BY_ITS_NAME
)
@click.option("--commune", "commune", default=None, help=OF_COMMUNE)
@click.option("--out", type=PATH, help=_("The file to write"))
@click.option("--on", "on", default=None, help=LAST_DAY)
@click.option("--set", "fields", multiple=True, metavar="FIELD=VALUE", help=HEAD)
@click.option("--no-seal", is_flag=True, help=NO_SEAL)
@pass_context
def build(
    context: Context,
    province: str | None,
    report_id: str | None,
    period: str | None,
    format_: str | None,
    commune: str | None,
    out: Path | None,
    on: str | None,
    fields: tuple[str, ...],
    no_seal: bool,
) -> None:
    """Write one report; without a file its JSON goes to standard output.

    At a terminal a report that was not named is asked for, and written to a file named after it.
    """
    if province is None:
        province = context.province_of_officer()
    if out is not None:
        format_ = _format(format_, out)
    if report_id is None:
        from engine.cli.ask_sheet import which_report

        asked = which_report(context, province, commune, {"period": period, "format": format_})
        report_id, period, format_ = asked.report, asked.period, asked.format
        commune = asked.commune
        out = out or advice.new_file(asked.words, f".{format_}")
    format_ = format_ or DATA
    _require_fitting(report_id, format_, out, fields)
    # A report that is sealed is read where its seal is made.
    sealing = out is not None and not no_seal
    store = context.registry.store if sealing else context.store
    sealing = sealing and not store.is_partial  # a seal is over a whole province
    when = day(on) or today()
    counted = clubs.count(store, province)
    of = clean(commune) if commune else None
    if of is None:
        from engine.lifecycle.login import require_whole

        own = _("Build the report of your commune: {option}.").format(option="--commune …")
        require_whole(store, own)
    sealed = None
    if sealing:
        known = commune_reports(of) if of else catalogue(context.provinces, province, when, period)
        known.find(report_id)
        sealed = _seal(context, province)
    with store.snapshot(), busy(context, _("Clubs being reported on"), counted):
        built = build_report(
            *(store, context.provinces, province, report_id, period, when),
            seal=sealed,
            commune=of,
            compared=format_ in COMPARED,
        )
        head = _head(context, built.document, fields) if format_ == HEADED else None
        data = render(format_, built.document, head)
    for warning in built.warnings:
        context.message(warning)
    for part in merged.parts(store, context.provinces, province, when)[1:] if of is None else ():
        command = f"clb report build {part.policy.province_id}"
        context.message(
            _("The clubs of {province} are in reports of their own: {command}").format(
                province=part.policy.name, command=command
            )
        )
    if out is None:
        click.echo(data.decode(), nl=False)
        return
    write_file(out, data)
    line = sealed.line if sealed else None
    context.answer(
        _answer(built, format_, out, line),
        lambda: [
            _("Written: {path}").format(path=out),
            *([_("Check line: {line}").format(line=line)] if line else []),
            *built.document["notices"],
        ],
    )


def _format(given: str | None, out: Path) -> str:
    """Return the format of a file: what was given, else as its name ends, else data.

    Raises ``InputError`` for a name that a file of the format does not have.
    """
    named = out.suffix.lower().removeprefix(".")
    if given is None and (named in WRITERS or not named):
        return named or DATA
    if given is None or (named in WRITERS and named != given):
        meant = given or HEADED
        raise InputError(
            _("A report as {format} is not written to a file that ends in .{ending}.").format(
                format=given, ending=named
            )
            if given
            else _("No format of a report ends in .{ending}.").format(ending=named),
            code=codes.REPORT_NAME,
            help=f"--out {out.with_suffix('.' + meant).name}",
        )
    return given


def _require_fitting(
    report_id: str | None, format_: str, out: Path | None, fields: tuple[str, ...]
) -> None:
    """Refuse a format without a file, and a head for a format without one.

    Raises ``InputError``.
    """
    if out is None and format_ != DATA:
        raise InputError(
            _("A report as {format} needs a file to be written to.").format(format=format_),
            code=codes.REPORT_FILE,
            help=f"--out {report_id}.{format_}",
        )
    if fields and format_ != HEADED:
        raise InputError(
            _("Only a report as {format} has a head and a signature.").format(format=HEADED),
            code=codes.REPORT_HEAD,
            help=f"--format {HEADED}",
        )


def _answer(built: "Built", format_: str, out: Path, line: str | None) -> dict[str, Any]:
    """Return what was written, as JSON answers it."""
    made = built.document
    return {
        "report": made["report"]["id"],
        "period": made["period"]["id"],
        "figures_on": made["period"]["figures_on"],
        "format": format_,
        "file": str(out),
        "due_on": made["report"]["due_on"],
        "status": made["report"]["status"],
        "log": made["log"],
        "seal": line,
        "slow_sections": [
            {**one, "seconds": round(built.plugin_seconds, 1)} for one in made["slow_sections"]
        ],
        "failed_sections": made["failed_sections"],
    }


def _seal(context: Context, province: str) -> "Seal | None":
    """Seal the log for a report to be sent; one that nobody may write to leaves the report without.

    Raises ``StorageError`` for a log that is damaged.
    """
    from engine.documents.make_report import sealed

    found, reason = sealed(context.registry, province, context.settings.officer)
    if reason is not None:
        context.message(reason)
    return found


def _head(context: Context, document: dict[str, Any], fields: tuple[str, ...]) -> dict[str, Any]:
    """Return who issues and signs a report: what was stated, and the officer's own agency."""
    from engine.documents.make_report import headed

    given = dict(pairs(fields))
    made, doubt = headed(context.registry, context.settings.officer, document, given)
    if doubt is not None:
        context.message(doubt)
    return made


@report.command(
    "note", help=_("Write what a report says of difficulties, their causes and proposals.")
)
@click.argument("province", type=PROVINCE)
@click.argument("report_id", metavar="REPORT")
@click.option("--period", type=PERIOD, required=True, metavar="2022H1", help=SPAN)
@click.option("--difficulties", multiple=True, metavar="TEXT", help=_("A difficulty or obstacle"))
@click.option("--causes", multiple=True, metavar="TEXT", help=_("A cause of the difficulties"))
@click.option("--proposals", multiple=True, metavar="TEXT", help=_("A proposal or request"))
@click.option("--commune", "commune", default=None, help=NOTED_OF)
@pass_context
def note(
    context: Context,
    province: str,
    report_id: str,
    period: str,
    difficulties: tuple[str, ...],
    causes: tuple[str, ...],
    proposals: tuple[str, ...],
    commune: str | None,
) -> None:
    """Record the texts; what is given replaces what was written of the same part before."""
    given = dict(zip(PARTS, (difficulties, causes, proposals), strict=True))
    texts = {
        part: [text for text in map(clean, found) if text] for part, found in given.items() if found
    }
    if not texts:
        raise InputError(
            _("There is nothing to write into the report."),
            code=codes.REPORT_NOTE,
            help='--difficulties "…" --causes "…" --proposals "…"',
        )
    when, of = today(), clean(commune) if commune else None
    own = commune_reports(of or _("the commune")).rules
    rule = catalogue(context.provinces, province, when, period).find(report_id, also=own)
    span = period_of(rule, period, when, province)
    event = context.registry.province.note_report(
        province, rule.id, span, texts, by=context.officer, commune=of
    )
    answer = {
        "report": rule.id,
        "period": span.id,
        "commune": event.form.get("commune"),
        **{part: texts.get(part) for part in PARTS},
        "event": {"stream": event.stream, "seq": event.seq, "hash": event.hash},
    }
    names = {
        "difficulties": _("Difficulties"),
        "causes": _("Causes"),
        "proposals": _("Proposals"),
    }

    def text() -> list[str]:
        lines = [
            _("Written for: {title}, {period}").format(
                title=rule.title, period=period_name(span.id)
            )
        ]
        for part, found in texts.items():
            if not found:
                lines.append(_("{part}: taken out").format(part=names[part]))
            for one in found:
                lines += tables.wrapped(f"{names[part]}: {one}", "  ")
        return lines

    context.answer(answer, text)


@report.command("sent", help=_("Record that a report was sent, and whether it was in time."))
@click.argument("province", type=PROVINCE)
@click.argument("report_id", metavar="REPORT")
@click.option("--period", type=PERIOD, default=None, metavar="2022H1", help=SPAN)
@click.option("--on", "on", default=None, help=_("The day it was sent; today if left out"))
@click.option("--again", default=None, help=_("Record it once more, with the reason"))
@pass_context
def sent(
    context: Context,
    province: str,
    report_id: str,
    period: str | None,
    on: str | None,
    again: str | None,
) -> None:
    """Record a sending."""
    rules = context.provinces.rules(province)
    when = day(on) or today()
    made = inspection_rules(rules.policy, when)
    rule = catalogue(context.provinces, province, when, period).find(report_id, also=made)
    span = rule.covered(period_of(rule, period, when, province))
    event = context.registry.province.send_report(
        province, rule.id, span, when, by=context.officer, again=again
    )
    due_on = rule.due_on(span)
    late = due_on is not None and when > due_on
    answer = {
        "report": rule.id,
        "period": span.id,
        "sent_on": when,
        "late": late,
        "due_on": due_on,
        "status": "not_stipulated" if due_on is None else "value",
        "days_late": None if due_on is None else max(0, (when - due_on).days),
        "to": [str(one) for one in recipients(rules.policy, rule, when)],
        "via": str(recipient(rules.policy, rule.via, when)) if rule.via else None,
        "event": {"stream": event.stream, "seq": event.seq, "hash": event.hash},
    }

    def text() -> list[str]:
        lines = [
            _("Recorded: {title}, {period}, sent on {day}").format(
                title=rule.title, period=period_name(span.id), day=dmy(when)
            )
        ]
        if due_on is None:
            lines.append(_("No day is stipulated for it."))
        elif late:
            lines.append(
                _("{days} days after its last day in time, {due}.").format(
                    days=answer["days_late"], due=dmy(due_on)
                )
            )
        else:
            lines.append(_("In time; the last day was {due}.").format(due=dmy(due_on)))
        lines.append(_to_text(answer))
        weekend = day_off(due_on)
        return [*lines, weekend] if weekend else lines

    context.answer(answer, text)
