"""Making a report to be sent: which is asked for, the seal it prints, its head."""

from collections.abc import Mapping
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
from engine.reports.province_reports import catalogue
from engine.reports.seals import Seal


def questions(provinces: Provinces, province: str, today: date) -> Sheet:
    """Return the questions which report of a province, of which period, for which program."""
    found = catalogue(provinces, province, today)
    rules = [rule for rule in found.rules if rule.start <= today]
    return sheet.report(
        today,
        tuple(Choice(rule.id, rule.title) for rule in rules),
        {rule.id: rule.cycle for rule in rules},
        tuple(sorted(WRITERS)),
    )


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
