"""Who issues a report, its number, place and date, and who signs: what is not known stays blank."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from engine import codes
from engine.documents import words
from engine.documents.agencies import (
    ASSOCIATION,
    Agency,
    Place,
    association,
    committee,
    province_lead,
    province_name,
)
from engine.documents.phrases import citations, cited, paper_number, signature, signed_for
from engine.documents.words import BLANK, SHORT_BLANK
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
        "caption": _caption(BLANK, None, BLANK),
    }


def _caption(number: str, day: date | None, agency: str) -> str:
    """Return which report an annex goes with."""
    return f"(Kèm theo Báo cáo số {number} {words.day(day)} của {agency})"


def issuer(
    rules: Rules,
    roles: Iterable[Role],
    on: date,
    given: Mapping[str, str],
    commune: Place | None = None,
) -> tuple[Agency, date]:
    """Return who issues a report as far as its maker is known, and the day that its names are of.

    ``given`` and ``commune`` are as for ``head``.
    """
    day = parse_date(given["date"]) if "date" in given else on
    if "agency" in given:
        return Agency(given["agency"], (clean(given["agency"]).upper(),)), day
    if commune is not None:
        if Role.ASSOCIATION in roles:
            return association(commune), day
        if Role.COMMITTEE in roles:
            return committee(commune), day
        return Agency(BLANK, (BLANK,), place=commune.place), day
    if Role.PROVINCE in roles:
        return province_lead(rules, day), day
    return Agency(BLANK, (BLANK,)), day


def head(
    rules: Rules,
    roles: Iterable[Role],
    on: date,
    given: Mapping[str, str],
    commune: Place | None = None,
) -> Head:
    """Return the head and foot of a report made on a day.

    ``given`` are the fields somebody stated. An agency is known without them only where an officer
    of the province makes the report: then it is the office that leads the programme there, as the
    policy names it on the report's date. Of a ``commune``'s own report it is its Association or
    committee, where an officer of theirs makes it. Raises ``InputError``.
    """
    _check(given)
    agency, day = issuer(rules, roles, on, given, commune)
    dated = day if "date" in given else None
    place = given.get("place") or agency.place or province_name(rules, day) or BLANK
    ours = "agency" not in given and _of_the_elderly(agency)
    symbol = f"BC-{agency.symbol}" if agency.symbol else SYMBOL if ours else None
    unnumbered = BLANK if agency.name == BLANK else f"{SHORT_BLANK}/BC-{SHORT_BLANK}"
    number = given.get("number", unnumbered)
    if symbol is not None:
        number = paper_number(given.get("number"), symbol)
    title = given.get("title")
    signed = signed_for(agency) if title is None else signature(*_title(title))
    return {
        "agency": {"above": list(agency.above), "lines": list(agency.lines)},
        "number": number,
        "place_and_date": f"{clean(place)}, {words.day(dated)}",
        "signature": {**signed, "name": given.get("signer")},
        "caption": _caption(number, dated, agency.name),
        "citations": citations(rules.policy.documents),
        "first_cited": {one.short: cited(one) for one in rules.policy.documents if one.signed},
    }


def _of_the_elderly(agency: Agency) -> bool:
    """Return whether it is an Association of the Elderly, whose symbol is known."""
    return "nguoi cao tuoi" in bare(agency.name)


def _title(title: str) -> list[str]:
    """Return who signs as papers have it: a vice chair for the chair (KT.)."""
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
