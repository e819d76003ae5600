"""Making a report to be sent: which is asked for, the seal it prints, its head."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from engine import codes
from engine.documents.agencies import place
from engine.documents.report_formats import WRITERS
from engine.documents.report_head import head, issuer
from engine.errors import ConflictError, StorageError
from engine.i18n import _
from engine.interview import sheet
from engine.interview.question import Choice
from engine.interview.sheet import Sheet
from engine.lifecycle.registry import Registry
from engine.provinces.load import Provinces
from engine.reports.deadlines import ReportRule
from engine.reports.province_reports import Catalogue, catalogue, commune_reports
from engine.reports.seals import Seal
from engine.rules.calendar import add_months

LOOKED_BACK_MONTHS = 120
"""How far back the last period of a report, whose document may be over, is looked for."""


def asked_for(
    provinces: Provinces, province: str, today: date, commune: str | None = None
) -> Catalogue:
    """Return the reports that a province makes on a day, or those of a commune of it."""
    if commune is not None:
        return commune_reports(commune)
    found = catalogue(provinces, province, today)
    return replace(found, rules=tuple(rule for rule in found.rules if rule.start <= today))


def questions(
    provinces: Provinces, province: str, today: date, commune: str | None = None
) -> Sheet:
    """Return the questions which report, of which period, for which program."""
    rules = asked_for(provinces, province, today, commune).rules
    latest = {rule.id: _latest(rule, today) for rule in rules}
    return sheet.report(
        today,
        tuple(Choice(rule.id, rule.title) for rule in rules),
        {id_: period for id_, period in latest.items() if period is not None},
        tuple(sorted(WRITERS)),
    )


def _latest(rule: ReportRule, today: date) -> str | None:
    """Return the last period over that a report is asked for, else the last one begun."""
    if rule.cycle == "other":
        return None
    begun = list(rule.periods(max(rule.start, add_months(today, -LOOKED_BACK_MONTHS)), today))
    over = [one for one in begun if one.end < today]
    return next((one.id for one in reversed(over or begun)), None)


def sealed(
    registry: Registry, province: str, officer: str | None
) -> tuple[Seal | None, str | None]:
    """Seal the log for a report; return the seal, or why the report goes without a check line.

    Raises ``StorageError`` for a log that is damaged.
    """
    from engine.lifecycle import sealing

    try:
        made = sealing.seal(registry, province, officer)
    except (ConflictError, StorageError) as error:
        if error.code == codes.LOG_DAMAGED:
            raise
        return None, _("The report has no check line: {reason}").format(reason=error.message)
    return (made.seal if made else None), None


def headed(
    registry: Registry, officer: str | None, document: Mapping[str, Any], given: Mapping[str, str]
) -> tuple[dict[str, Any], str | None]:
    """Return the head of a report, and what is doubtful about the agency that issues it.

    The head is what was ``given``, and the officer's own agency.
    """
    province = document["province"]["id"]
    known = registry.lifecycle.officers(officer) if officer else ()
    roles = {one.role for one in known if one.province == province}
    last = date.fromisoformat(document["period"]["figures_on"])
    rules, stated = registry.provinces.rules(province), dict(given)
    commune = None
    if document["commune"] is not None:
        units = registry.lifecycle.gather.units(province)
        commune = place(document["commune"], units, last)
    made = head(rules, roles, last, stated, commune)
    agency, day_of_names = issuer(rules, roles, last, stated, commune)
    return made, agency.doubt(day_of_names)
