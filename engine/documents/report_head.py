"""Who issues a report, its number, place and date, and who signs: what is not known stays blank."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from engine import codes
from engine.documents import words
from engine.documents.agencies import ASSOCIATION, Agency, province_association, province_name
from engine.documents.phrases import paper_number, signature
from engine.documents.words import BLANK
from engine.errors import InputError
from engine.i18n import _
from engine.model import Role
from engine.policy.effective import Rules
from engine.vietnamese.text import bare, clean, parse_date

FIELDS = ("agency", "number", "place", "date", "signer", "title")
SYMBOL = f"BC-{ASSOCIATION}"

Head = dict[str, Any]


def blank() -> Head:
    """Return the head and foot of a report of which nothing is known."""
    return {
        "agency": {"above": [], "lines": [BLANK]},
        "number": BLANK,
        "place_and_date": f"{BLANK}, {words.BLANK_DATE}",
        "signature": signature(None),
    }


def head(rules: Rules, roles: Iterable[Role], on: date, given: Mapping[str, str]) -> Head:
    """Return the head and foot of a report made on a day.

    ``given`` are the fields somebody stated. An agency is known without them only where an officer
    of the province makes the report: then it is the province's association, as the policy names it
    on the report's date. Raises ``InputError``.
    """
    _check(given)
    dated = parse_date(given["date"]) if "date" in given else None
    day = dated or on
    own = Role.PROVINCE in roles
    agency = province_association(rules, day) if own else Agency(BLANK, (BLANK,))
    if "agency" in given:
        agency = Agency(given["agency"], (clean(given["agency"]).upper(),), place=agency.place)
    place = given.get("place") or agency.place or province_name(rules, day) or BLANK
    ours = own and "agency" not in given and agency.name != BLANK
    number = paper_number(given.get("number"), SYMBOL) if ours else given.get("number", BLANK)
    title = given.get("title")
    return {
        "agency": {"above": list(agency.above), "lines": list(agency.lines)},
        "number": number,
        "place_and_date": f"{clean(place)}, {words.day(dated)}",
        "signature": signature(*_title(title), name=given.get("signer")),
    }


def _title(title: str | None) -> list[str | None]:
    """Return who signs as papers have it: a vice chair for the chair (KT.)."""
    if title is None:
        return [None]
    shown = clean(title).upper()
    return ["KT. CHỦ TỊCH", shown] if bare(title).startswith("pho chu tich") else [shown]


def _check(given: Mapping[str, str]) -> None:
    unknown = [name for name in given if name not in FIELDS]
    if unknown:
        raise InputError(
            _("A report has no field {names}.").format(names=", ".join(unknown)),
            code=codes.REPORT_HEAD,
            help=_("The fields: {names}.").format(names=", ".join(FIELDS)),
        )
