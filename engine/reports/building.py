"""One report built from figures frozen at its period's last day.

A report is made of the log and the policy alone: built twice from the same log it is the same, byte
for byte. No clock is read into it.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Any

from engine import __version__, codes
from engine.errors import InputError, UnknownError
from engine.frozen import to_json
from engine.i18n import _
from engine.labels import period_name
from engine.policy.effective import Rules, general_citation
from engine.policy.own_money import fund_labels, own_funds, source_labels
from engine.reports import deadlines, figures
from engine.reports.attention import attention
from engine.reports.commune_names import place_text
from engine.reports.deadlines import OVERVIEW, ReportRule
from engine.reports.due import due, select
from engine.reports.due_row import Due, day_off
from engine.reports.durations import durations
from engine.reports.glance import glance
from engine.reports.money import received
from engine.reports.notes import notes
from engine.reports.owed_by_province import FIRST_TRACE, deliveries
from engine.reports.own_reports import OwnReports
from engine.reports.progress import progress
from engine.reports.province_reports import Catalogue, catalogue, commune_reports, period_of
from engine.reports.sections import Sections, added_by_plugin
from engine.reports.subjects import DIFFICULTIES, subject
from engine.rules.calendar import Period
from engine.rules.communes import same_commune
from engine.store import verify
from engine.store.database import Store
from engine.store.seals import Seal
from engine.targets import words as target_words
from engine.vietnamese.text import dmy

if TYPE_CHECKING:
    from engine.provinces.load import Provinces

VERSION = 1
PLAIN = ("communes", "clubs", "overdue", "attention")
"""The long lists: made of JSON's own values, so that they are gone through once."""
PIECES = 100_000
"""So many pieces of JSON text, which are short, are joined at a time."""


@dataclass(frozen=True, slots=True)
class Built:
    """A report, the warnings for who asked for it, and how long the plugin took for its sections.

    The time is not in the report, which is the same whenever it is made.
    """

    document: dict[str, Any]
    warnings: tuple[str, ...] = ()
    plugin_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which report is built: of which province or commune, over which days, up to which."""

    store: Store
    provinces: "Provinces"
    province: str
    rules: Rules
    found: Catalogue
    rule: ReportRule
    span: Period
    last: date
    commune: str | None

    @property
    def covered(self) -> Period:
        """Return the period as far as its figures go."""
        return Period(self.span.id, self.span.start, self.last)


def build(
    store: Store,
    provinces: "Provinces",
    province: str,
    report: str,
    period: str | None,
    on: date,
    *,
    seal: Seal | None = None,
    commune: str | None = None,
    compared: bool = False,
) -> Built:
    """Build a report from what the log holds up to the period's last day.

    ``on`` is the day of the overview without a period, and the last day of the figures where the
    period is not over by then. ``seal`` is the one that the report prints. ``commune`` makes one of
    its own reports, about its clubs alone. ``compared`` adds the figures of the period before.
    Raises ``UnknownError``, ``InputError``.
    """
    asked = _asked(store, provinces, province, report, period, on, commune)
    rules, rule, last = asked.rules, asked.rule, asked.last
    own_reports = OwnReports(provinces, province)
    previous = _previous(asked, own_reports) if compared else None
    late = select(due(store, rules, province, last, past=True, own=own_reports), last, overdue=True)
    clubs = _clubs(store, rules, province, asked.covered, commune)
    of = None if commune is None else {one.club for one in clubs}
    sums = figures.totals(store, rules, province, asked.span.start, last, clubs, of=of)
    rows = [row.data() for row in progress(store, rules, province, last)] if of is None else []
    added = Sections()
    if of is None:
        own = to_json({"figures": sums, "progress": rows})
        added = added_by_plugin(provinces, province, rule, asked.covered, rules, own)
    if of is not None:
        late = [one for one in late if one.club in of]
    written = notes(
        *(store, province, asked.span),
        report=None if rule.id == DIFFICULTIES else rule.id,
        commune=commune,
    )
    own_funds_ = own_funds(rules.policy, last)
    document = {
        **_head(asked, seal),
        "subject": subject(store, rules, province, rule, asked.span, last, clubs, written),
        "figures": sums,
        "previous": previous,
        "notes": [one.data() for one in written],
        "progress": rows,
        "own_funds": own_funds_,
        "communes": figures.commune_rows(clubs, own_funds_),
        "clubs": [one.figures for one in clubs],
        "received": received(store, province, last, clubs=of).data(
            fund_labels(rules.policy), source_labels(rules.policy)
        ),
        "overdue": _late(late, clubs, last),
        "durations": [one.data() for one in durations(store, province, last, clubs=of)],
        "attention": attention(rules, clubs, late, last),
        "glance": glance(store, rules, province, last, clubs) if rule.id == OVERVIEW else None,
        "earlier_reports": _earlier(asked, own_reports) if of is None else [],
        "sections": added.good,
        "slow_sections": added.slow,
        "failed_sections": added.failed,
    }
    values = {name: one if name in PLAIN else to_json(one) for name, one in document.items()}
    return Built(values, (*asked.found.warnings, *added.warnings), added.seconds)


def _asked(
    store: Store,
    provinces: "Provinces",
    province: str,
    report: str,
    period: str | None,
    on: date,
    commune: str | None,
) -> _Asked:
    """Return which report is meant, over which days. Raises ``UnknownError``, ``InputError``."""
    found = (
        catalogue(provinces, province, on, period) if commune is None else commune_reports(commune)
    )
    rule = found.find(report)
    span = rule.covered(period_of(rule, period, on, province))
    if span.start > on:
        raise InputError(
            _("The period has not begun on {day}: {period}.").format(
                period=period_name(span.id), day=dmy(on)
            ),
            code=codes.PERIOD,
            help=f"--on {span.end}",
        )
    rules = provinces.rules(province)
    last = min(span.end, on)
    return _Asked(store, provinces, province, rules, found, rule, span, last, commune)


def _head(asked: _Asked, seal: Seal | None) -> dict[str, Any]:
    """Return what a report is: which one, of where and when, from which log, to whom."""
    rules, rule, span, last = asked.rules, asked.rule, asked.span, asked.last
    due_on = rule.due_on(span)
    day = due_on or span.end
    to = deadlines.recipients(rules.policy, rule, day)
    via = deadlines.recipient(rules.policy, rule.via, day) if rule.via else None
    head, events = verify.head(asked.store)
    return {
        "v": VERSION,
        "report": {
            "id": rule.id,
            "title": rule.title,
            "cycle": rule.cycle,
            "source": rule.source,
            "due_rule": rule.due_rule,
            "due_on": due_on,
            "status": "not_stipulated" if due_on is None else "value",
            "to": list(to),
            "via": via,
            "reporters": deadlines.reporters(rules.policy, rule, day),
        },
        "province": {"id": asked.province, "name": rules.policy.name, "kind": rules.policy.kind},
        "commune": asked.commune,
        "period": {
            "id": span.id,
            "start": span.start,
            "end": span.end,
            "figures_on": last,
            "over": last == span.end,
        },
        "log": {"head": head, "events": events},
        "seal": _seal(seal),
        "policy": asked.provinces.receipt(asked.province),
        "engine": __version__,
        "notices": [
            *_notices(rules, rule, span, last, (*to, *([via] if via else []))),
            *asked.found.warnings,
        ],
    }


def _clubs(
    store: Store, rules: Rules, province: str, span: Period, commune: str | None
) -> tuple[figures.ClubRow, ...]:
    """Return the clubs of a report; those of one commune are the ones that are in it then.

    Raises ``UnknownError`` for a commune without one.
    """
    rows = figures.club_rows(store, rules, province, span.start, span.end)
    if commune is None:
        return rows
    found = tuple(
        one
        for one in rows
        if same_commune(one.commune, commune)
        or (one.formerly is not None and same_commune(one.formerly, commune))
    )
    if not found:
        raise UnknownError(
            _("No club is recorded in {commune} on {day}.").format(
                commune=commune, day=dmy(span.end)
            ),
            code=codes.COMMUNE_UNKNOWN,
            help=_("The communes with clubs: {names}.").format(
                names=", ".join(dict.fromkeys(one.commune for one in rows)) or _("none")
            ),
        )
    return found


def _previous(asked: _Asked, own: OwnReports) -> dict[str, Any] | None:
    """Return the figures at the end of the period before, ``None`` where no club was there yet.

    A report that sums up a phase has no period before it. What was overdue and reached then goes
    by what is recorded now; targets are the province's, so that a commune has none.
    """
    if asked.rule.once_in is not None:
        return None
    store, rules, province, commune = asked.store, asked.rules, asked.province, asked.commune
    before = asked.span.before()
    rows = figures.club_rows(store, rules, province, before.start, before.end)
    if commune is not None:
        rows = tuple(one for one in rows if same_commune(one.commune, commune))
    if not rows:
        return None
    of = None if commune is None else {one.club for one in rows}
    owed = due(store, rules, province, before.end, past=True, own=own)
    late = select(owed, before.end, overdue=True)
    goals = [] if of is not None else progress(store, rules, province, before.end)
    met, counted = target_words.met(row.data() for row in goals)
    return {
        "id": before.id,
        "start": before.start,
        "end": before.end,
        "overdue": sum(of is None or one.club in of for one in late),
        "met": met,
        "counted": counted,
        "figures": figures.totals(store, rules, province, before.start, before.end, rows, of=of),
    }


def _seal(seal: Seal | None) -> dict[str, Any] | None:
    if seal is None:
        return None
    return {"line": seal.line, "origin": seal.origin, "size": seal.size, "root": seal.root}


def render_json(document: dict[str, Any]) -> bytes:
    """Return a report as the bytes of its JSON file."""
    out = BytesIO()
    pieces = json.JSONEncoder(ensure_ascii=False, indent=2).iterencode(document)
    # All pieces of a large province at once would take ten times its file.
    while some := "".join(islice(pieces, PIECES)):
        out.write(some.encode())
    out.write(b"\n")
    return out.getvalue()


def _notices(
    rules: Rules,
    rule: ReportRule,
    span: Period,
    last: date,
    named: Iterable[deadlines.Recipient],
) -> list[str]:
    found = []
    if last < span.end:
        found.append(
            _("The period of this report is not over; its figures are those up to {day}.").format(
                day=dmy(last)
            )
        )
    over = rules.policy.ended(last)
    if over is not None and over.end is not None:
        found.append(
            _("The programme of {document} ended on {day}.").format(
                document=over.short, day=dmy(over.end)
            )
        )
    found += [
        _("Not confirmed: {name}. {note}").format(name=one.name, note=one.note or "").strip()
        for one in named
        if not one.confirmed
    ]
    if rule.note:
        found.append(rule.note)
    weekend = day_off(rule.due_on(span))
    if weekend:
        found.append(weekend)
    return found


def _earlier(asked: _Asked, own: OwnReports) -> list[dict[str, Any]]:
    """Return the reports that were due by the last day, and whether and when they were sent."""
    last = asked.last
    row = asked.store.row(FIRST_TRACE, (asked.province,))
    first = date.fromisoformat(row[0]) if row and row[0] else last
    sent = deliveries(asked.store, asked.province, last)
    this = (asked.rule.id, asked.span.id)
    found = []
    dated = [one for one in asked.found.rules if one.before and not one.only]
    stated = ((rule, period) for rule in dated for period in rule.periods(first, last))
    for rule, period in (*stated, *own.periods(first, last)):
        due_on = rule.due_on(period)
        if due_on is None or due_on > last or (rule.id, period.id) == this:
            continue
        delivery = sent.get((rule.id, period.id))
        sent_on = delivery.sent_on if delivery else None
        found.append(
            {
                "report": rule.id,
                "title": rule.title,
                "period": period.id,
                "due_on": due_on,
                "sent_on": sent_on,
                "days_late": max(0, ((sent_on or last) - due_on).days),
                "source": rule.source or general_citation(),
            }
        )
    return sorted(found, key=lambda one: (one["due_on"], one["report"]))


def _late(rows: Iterable[Due], clubs: Iterable[figures.ClubRow], on: date) -> list[dict[str, Any]]:
    """Return what is overdue as the report's rows, communes called as in the clubs' rows."""
    communes = {one.club: one.commune for one in clubs}
    places = {one.club: place_text(one.place, one.former_place) for one in clubs}
    return [
        {
            "club": one.club,
            "club_name": one.club_name,
            "commune": communes.get(one.club or "", one.commune),
            "place": places.get(one.club or "", one.commune),
            "kind": one.kind.value,
            "title": one.title,
            "period": one.period,
            "due_on": one.due_on.isoformat() if one.due_on else None,
            "overdue_days": one.overdue_days(on),
            "role": one.role.value,
            "source": one.source,
            "ended_on": one.ended.isoformat() if one.ended else None,
        }
        for one in rows
    ]
