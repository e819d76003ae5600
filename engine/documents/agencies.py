"""Who issues a paper, and how the place and the agency are written on the paper's own day."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from engine.documents.widths import NO_BREAK, evenly, joined, whole
from engine.documents.words import BLANK
from engine.i18n import _
from engine.model import Role
from engine.policy import agencies
from engine.policy.effective import Rules
from engine.policy.model import Entry
from engine.rules.communes import Unit, became, district_of, named
from engine.vietnamese.text import bare, clean, dmy

_KINDS = {
    "xã": "xã",
    "x.": "xã",
    "phường": "phường",
    "p.": "phường",
    "thị trấn": "thị trấn",
    "tt.": "thị trấn",
    "đặc khu": "đặc khu",
}
_EITHER = "xã (phường)"
COMMITTEE, ASSOCIATION = "UBND", "HNCT"
"""The symbols in the numbers of their papers."""
_DEPARTMENT = "so "
"""How a department (sở) of the province's committee is called: the committee is above it."""
HEAD_SIZE, HEAD_WIDTH = 12, 195.0
"""The letters at the head of a paper and the room for a line of them, in points."""
_PARTS = re.compile(r"(?<= -)\s")
"""Where a long name is broken at the head of a paper: behind a dash."""
_ABOVE = re.compile(r"\b(tỉnh|thành phố)\b", re.IGNORECASE)
_TITLED = re.compile(r"(Tỉnh|Thành phố)$")
"""The title of a province in an agency's name: small inside a sentence, as everywhere else."""
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
    they are not known. ``stated`` is the name in the province's document; ``confirmed`` is false
    where no document at hand says that this agency does the work of that one. ``named_by`` is the
    article that names it where no document in force on the day does.
    """

    name: str
    lines: tuple[str, ...]
    symbol: str | None = None
    place: str | None = None
    above: tuple[str, ...] = ()
    stated: str | None = None
    confirmed: bool = True
    named_by: str | None = None

    def doubt(self, on: date) -> str | None:
        """Return what to check before the paper is signed; ``None`` for a confirmed agency."""
        if self.named_by is not None:
            return _(
                "No document in force on {day} names who leads in the province: the paper has "
                "{name}, as {source} does. Check it."
            ).format(day=dmy(on), name=self.name, source=self.named_by)
        if self.confirmed:
            return None
        return _(
            "The document names {old}; on {day} that is {new}, not confirmed: check the name in "
            "the paper."
        ).format(old=self.stated, new=self.name, day=dmy(on))


def place(name: str, units: Iterable[Unit], on: date) -> Place:
    """Return how a commune is written on a day, its successions followed."""
    listed = tuple(units)
    found = named(listed, name, on)
    if not found:
        return _written(name, None)
    end = became(listed, found[0], on)
    now = _written(end.name, end.kind)
    before = _written(name, found[0].kind)
    district = district_of(end)
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
    parts = _ABOVE.split(province_title(rules, on) or "", maxsplit=1)
    return parts[2].strip() if len(parts) == 3 and parts[2].strip() else None


def province_title(rules: Rules, on: date) -> str | None:
    """Return the province with its title (tỉnh, thành phố), as its committee was named that day."""
    return agencies.province_title(rules.policy, on)


def address(village: str, where: Place, province: str | None) -> str:
    """Return a club's address down from its village: thôn, xã, huyện, tỉnh, as far as known."""
    district = where.district
    if district:
        district = district[:1].lower() + district[1:]
    return ", ".join(part for part in (village, where.text, district, province) if part)


def province_lead(rules: Rules, on: date) -> Agency:
    """Return the office that leads the programme in the province, as it is called on that day.

    Where another one has taken its place by then, that one, confirmed or not. Before the first
    document that names who leads it is the office which that one names, not confirmed, and after
    the last one's end the one which that named, while the province is still the same; a blank where
    none does, or none at hand names the office of that day.
    """
    where = province_name(rules, on)
    stated = rules.policy.entries_of("lead.province")
    lead = next((one for one in stated if one.holds(on)), None)
    named_by = None
    if lead is None and (lead := _nearest(rules, stated, on)) is not None:
        named_by = lead.source
    if lead is None:
        return Agency(BLANK, (BLANK,), place=where)
    key = f"routing.{lead.value}"
    named = rules.policy.entries_of(key)
    found = next((one for one in named if one.holds(max(on, lead.start))), None)
    if found is None and named_by is not None:
        found = next((one for one in reversed(named) if one.start <= on), None)
    if found is None:
        return Agency(BLANK, (BLANK,), place=where)
    first = str(named[0].value["name"])
    name = str(found.value["name"])
    confirmed = named_by is None and bool(found.value["confirmed"])
    if bare(name).startswith(_DEPARTMENT):
        title = province_title(rules, on)
        return Agency(
            f"{name} {title}" if title else name,
            tuple(part.upper() for part in _PARTS.split(name)),
            place=where,
            above=_above(title),
            stated=first,
            confirmed=confirmed,
            named_by=named_by,
        )
    if bare(name).endswith(("tinh", "thanh pho")) and where:
        name = f"{_TITLED.sub(lambda found: found[0].lower(), name)} {where}"
    return Agency(
        name, _lines(name), place=where, stated=first, confirmed=confirmed, named_by=named_by
    )


def _nearest(rules: Rules, stated: Sequence[Entry], on: date) -> Entry | None:
    """Return who led after or before a day on which no document names anybody.

    Of a province that has become part of another one since, nobody.
    """
    if stated and on < stated[0].start:
        return stated[0]
    ended = [one for one in stated if one.end is not None and one.end < on]
    if not ended or ended[-1].end is None:
        return None
    same = province_title(rules, ended[-1].end) == province_title(rules, on)
    return ended[-1] if same else None


def _above(where: str | None) -> tuple[str, ...]:
    """Return the committee above an office, shortened as the decree has it (Phụ lục I, II.2.a)."""
    return (f"{COMMITTEE} {where.upper()}",) if where else (COMMITTEE,)


def _lines(name: str) -> tuple[str, ...]:
    return tuple(part.upper() for part in _BREAKS.split(name))


def wrapped(lines: Iterable[str]) -> list[str]:
    """Return the lines at the head of a paper, a long one broken into lines of like length."""
    return [
        part.replace(NO_BREAK, " ")
        for line in lines
        for part in evenly(whole(joined(_single_spaced(line))), HEAD_WIDTH, HEAD_SIZE)
    ]


def _single_spaced(line: str) -> str:
    """Return a line without needless spaces; those that keep a name whole stay."""
    return " ".join(filter(None, line.split(" ")))


def proposer(role: Role, lead_unit: str | None, where: Place) -> Agency:
    """Return who submits the proposal: the association, or a unit of the committee.

    A policy that lets the committee lead names no unit of it: a blank unless one was recorded.
    """
    if role is Role.ASSOCIATION:
        return association(where)
    unit = lead_unit or BLANK
    return Agency(unit, (unit.upper(),), place=where.place, above=_above(where.text))
