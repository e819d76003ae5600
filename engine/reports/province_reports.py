"""Which reports a province has, when each is next due, and which period one is made for."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from engine import codes, words
from engine.errors import InputError, UnknownError
from engine.i18n import _
from engine.labels import period_name
from engine.policy.effective import Rules, general_citation
from engine.reports import deadlines
from engine.reports.commune_names import in_a_sentence
from engine.reports.deadlines import OVERVIEW, ReportRule
from engine.reports.due_row import day_off
from engine.reports.own_reports import OwnReports
from engine.rules.calendar import Period
from engine.vietnamese.dates import dmy
from engine.vietnamese.reading import read_choice

if TYPE_CHECKING:
    from engine.provinces.load import Provinces

COMMUNE_HALF_YEAR, COMMUNE_YEAR = "commune_half_year", "commune_year"
"""The reports of a commune, which are in no province's document."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The reports of a province on a day, and what went wrong while asking its plugin."""

    rules: tuple[ReportRule, ...]
    warnings: tuple[str, ...] = ()

    def find(self, report: str, *, also: Sequence[ReportRule] = ()) -> ReportRule:
        """Return the report of that id or title, or one of ``also``. Raises ``UnknownError``."""
        known = {rule.id: rule for rule in reversed((*self.rules, *also))}
        called = words.vocabulary("REPORTS")
        try:
            meant = read_choice(
                {one.id: (one.title, *called.get(one.id, ())) for one in known.values()}, report
            )
        except InputError as error:
            raise UnknownError(
                _("There is no report {report}.").format(report=report),
                code=codes.REPORT_UNKNOWN,
                help=error.help,
            ) from error
        return known[meant]


def catalogue(
    provinces: "Provinces", province: str, on: date, period: str | None = None
) -> Catalogue:
    """Return the reports a province asks for on a day: its policy's, its plugin's, the overview.

    With a ``period`` the plugin's are those of that period.
    """
    rules = provinces.rules(province)
    by_id: dict[str, ReportRule] = {}
    for rule in deadlines.report_rules(rules.policy):
        known = by_id.get(rule.id)
        if known is None or rule.start <= on:
            by_id[rule.id] = rule
    own = OwnReports(provinces, province)
    by_id |= {rule.id: rule for rule in own.around(on)}
    if period is not None:
        with suppress(InputError):  # a period that is none is refused once the report is found
            by_id |= {rule.id: rule for rule in own.of(Period.parse(period))}
    return Catalogue((*by_id.values(), _overview(rules)), tuple(own.warnings))


def _overview(rules: Rules) -> ReportRule:
    return ReportRule(
        id=OVERVIEW,
        title=_("The city at a glance") if rules.city else _("The province at a glance"),
        cycle="other",
        source=general_citation(),
        start=date.min,
        end=None,
    )


def listed(rules: Rules, rule: ReportRule, on: date) -> dict[str, Any]:
    """Return a report's line in the list: when it is next due and who gets it on that day."""
    status, due_on = deadlines.next_status(rule, on)
    coming = rule.next_due(on)
    to = deadlines.recipients(rules.policy, rule, on)
    via = deadlines.recipient(rules.policy, rule.via, on) if rule.via else None
    return {
        "id": rule.id,
        "title": rule.title,
        "cycle": rule.cycle,
        "due_rule": rule.due_rule,
        "due_on": due_on,
        "to": [str(one) for one in to],
        "source": rule.source,
        "status": status,
        "period": coming[0].id if coming else None,
        "via": str(via) if via else None,
        "confirmed": all(one.confirmed for one in (*to, *([via] if via else []))),
        "reporters": deadlines.reporters(rules.policy, rule, on),
        "note": " ".join(filter(None, (rule.note, day_off(due_on)))) or None,
    }


def commune_reports(commune: str) -> Catalogue:
    """Return the reports that a commune makes of its own clubs (báo cáo của xã).

    A commune is asked for them by its party committee, its committee and its Association; no
    document sets a day, so none is claimed.
    """
    where = in_a_sentence(commune)
    names = (
        _("the Party Committee of {commune}").format(commune=where),
        _("the People's Committee of {commune}").format(commune=where),
        _("the Association of the Elderly of {commune}").format(commune=where),
    )
    titles = {
        COMMUNE_HALF_YEAR: ("half_year", _("Half-year report of the clubs of {commune}")),
        COMMUNE_YEAR: ("year", _("Yearly report of the clubs of {commune}")),
    }
    return Catalogue(
        tuple(
            ReportRule(
                id=id_,
                title=title.format(commune=where),
                cycle=cycle,
                source=general_citation(),
                start=date.min,
                end=None,
                names=names,
            )
            for id_, (cycle, title) in titles.items()
        )
    )


def period_of(rule: ReportRule, text: str | None, on: date, province: str = "…") -> Period:
    """Return the period a report is made for.

    The overview without a period is of the year so far. Raises ``InputError`` for a period that
    is not the report's; for one after its document's end that names the overview of ``province``.
    """
    if text is None:
        if rule.id == OVERVIEW:
            return Period(on.isoformat(), date(on.year, 1, 1), on)
        if rule.once_in is not None:
            return Period.parse(str(rule.once_in))
        raise InputError(
            _("Say which period the report is of."),
            code=codes.PERIOD,
            help="--period 2022H1, --period 2022",
        )
    period = Period.parse(text)
    fits = rule.cycle in ("other", period.cycle)
    if fits and rule.cycle == "half_year":
        fits = int(period.id[-1]) in rule.halves
    if fits and rule.once_in is not None:
        fits = period.id == str(rule.once_in)
    if fits and rule.end is not None and period.end > rule.end and not rule.asked(period):
        raise InputError(
            _("“{title}” is not asked for {period}: its document ended on {day}.").format(
                title=rule.title, period=period_name(period.id), day=dmy(rule.end)
            ),
            code=codes.PERIOD,
            help=_("What there is of that time: {command}").format(
                command=f"clb report build {province} {OVERVIEW} --period {period.id}"
            ),
        )
    if not fits or not rule.asked(period):
        raise InputError(
            _("The report “{title}” is not asked for {period}.").format(
                title=rule.title, period=period_name(period.id)
            ),
            code=codes.PERIOD,
            help=_example(rule),
        )
    return period


def _example(rule: ReportRule) -> str:
    near = next(rule.periods(max(rule.start, date(1900, 1, 1)), rule.end or date(2200, 1, 1)), None)
    return f"--period {near.id}" if near else "clb report list"
