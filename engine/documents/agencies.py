"""Who issues a paper, and how the place and the agency are written on the paper's own day."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from engine.documents.words import BLANK
from engine.model import Role
from engine.policy.effective import Rules
from engine.rules.communes import Unit, became, named
from engine.vietnamese.text import bare, clean

_KINDS = {
    "xã": "xã",
    "x.": "xã",
    "phường": "phường",
    "p.": "phường",
    "thị trấn": "thị trấn",
    "tt.": "thị trấn",
    "đặc khu": "đặc khu",
}
_DISTRICTS = ("huyen ", "quan ", "thi xa ", "thanh pho ")
"""What a unit between commune and province was, until there were none from 1 July 2025."""
_EITHER = "xã (phường)"
COMMITTEE, ASSOCIATION = "UBND", "HNCT"
"""The symbols in the numbers of their papers."""
_ABOVE = re.compile(r"\b(tỉnh|thành phố)\b", re.IGNORECASE)
_BREAKS = re.compile(r"\s+(?=(?:Hội|tỉnh|thành phố)\s)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """A commune on a day. ``text`` is for a sentence, ``place`` for before the date.

    ``formerly`` is the name on record where the unit has another one by that day, and
    ``confirmed`` is false where that is known from a compiled list only. ``district`` is the
    district (huyện) it was part of, where that is known.
    """

    text: str
    place: str
    formerly: str | None = None
    confirmed: bool = True
    district: str | None = None


@dataclass(frozen=True, slots=True)
class Agency:
    """Who issues a paper: ``name`` in a sentence, ``lines`` at its head, ``symbol`` in numbers.

    ``above`` are the lines of the agency it is part of. ``symbol`` and ``place`` are ``None`` where
    they are not known.
    """

    name: str
    lines: tuple[str, ...]
    symbol: str | None = None
    place: str | None = None
    above: tuple[str, ...] = ()


def place(name: str, units: Iterable[Unit], on: date) -> Place:
    """Return how a commune is written on a day, its successions followed."""
    listed = tuple(units)
    found = named(listed, name, on)
    if not found:
        return _written(name, None)
    end = became(listed, found[0], on)
    now = _written(end.name, end.kind)
    before = _written(name, found[0].kind)
    district = end.parent if end.parent and bare(end.parent).startswith(_DISTRICTS) else None
    if end is found[0] or bare(now.text) == bare(before.text):
        return replace(before, district=district)
    sure = end.confirmed and found[0].confirmed
    return Place(now.text, now.place, before.text, sure, district)


def _written(name: str, kind: str | None) -> Place:
    words = clean(name).split()
    if words and bare(words[0]) == "ubnd":
        words = words[1:]
    for count in (2, 1):
        first = " ".join(words[:count]).casefold()
        if first in _KINDS and words[count:]:
            kind, words = _KINDS[first], words[count:]
            break
    rest = " ".join(words)
    shown = _KINDS.get((kind or "").casefold(), _EITHER)
    if rest.isdigit():
        numbered = f"{shown[:1].upper()}{shown[1:]} {rest}"
        return Place(numbered, numbered)
    return Place(f"{shown} {rest}", rest)


def committee(where: Place) -> Agency:
    """Return the commune's People's Committee (UBND xã)."""
    return _of_commune("Ủy ban nhân dân", COMMITTEE, where)


def association(where: Place) -> Agency:
    """Return the commune's Association of the Elderly (Hội NCT xã)."""
    return _of_commune("Hội Người cao tuổi", ASSOCIATION, where)


def _of_commune(title: str, symbol: str, where: Place) -> Agency:
    lines = (title.upper(), where.text.upper())
    return Agency(f"{title} {where.text}", lines, symbol, where.place)


def province_name(rules: Rules, on: date) -> str | None:
    """Return the province or city without its title, as its committee was named that day."""
    stated = rules.stated("routing.province_committee", on)
    if stated.status != "value" or not stated.value["confirmed"]:
        return None
    parts = _ABOVE.split(str(stated.value["name"]), maxsplit=1)
    return parts[2].strip() if len(parts) == 3 and parts[2].strip() else None


def province_title(rules: Rules, on: date) -> str | None:
    """Return the province with its title (tỉnh, thành phố), as its committee was named that day."""
    stated = rules.stated("routing.province_committee", on)
    if stated.status != "value" or not stated.value["confirmed"]:
        return None
    _before, _title, place_ = str(stated.value["name"]).partition("Ủy ban nhân dân ")
    return place_ or None


def address(village: str, where: Place, province: str | None) -> str:
    """Return a club's address down from its village: thôn, xã, huyện, tỉnh, as far as known."""
    district = where.district
    if district:
        district = district[:1].lower() + district[1:]
    return ", ".join(part for part in (village, where.text, district, province) if part)


def province_association(rules: Rules, on: date) -> Agency:
    """Return the province's Association of the Elderly as the policy names it on that day.

    A blank where no document at hand names it, or none confirms it.
    """
    stated = rules.stated("routing.province_association", on)
    where = province_name(rules, on)
    if stated.status != "value" or not stated.value["confirmed"]:
        return Agency(BLANK, (BLANK,), place=where)
    name = str(stated.value["name"])
    if bare(name).endswith(("tinh", "thanh pho")) and where:
        name = f"{name} {where}"
    return Agency(name, _lines(name), place=where)


def _lines(name: str) -> tuple[str, ...]:
    return tuple(part.upper() for part in _BREAKS.split(name))


def of_role(role: Role, where: Place, rules: Rules, on: date) -> Agency:
    """Return the agency an officer's role acts for."""
    if role is Role.ASSOCIATION:
        return association(where)
    return committee(where) if role is Role.COMMITTEE else province_association(rules, on)


def proposer(role: Role, lead_unit: str | None, where: Place) -> Agency:
    """Return who submits the proposal: the association, or a unit of the committee.

    A policy that lets the committee lead names no unit of it: a blank unless one was recorded.
    """
    if role is Role.ASSOCIATION:
        return association(where)
    unit = lead_unit or BLANK
    upper = committee(where)
    return Agency(unit, (unit.upper(),), place=where.place, above=upper.lines)
