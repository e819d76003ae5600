"""Where a programme applies, after provinces were merged: a document keeps the territory it had.

A commune of today belongs to a programme by what it was on the last day of the old territory. That
is known only from a loaded list of units that reaches back to that day.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from engine import codes
from engine.i18n import _
from engine.labels import role_name
from engine.model import Finding
from engine.policy.effective import Rules
from engine.rules.communes import Unit, became, commune_key, named
from engine.rules.findings import note, warn
from engine.rules.request import StepRequest
from engine.vietnamese.text import dmy, key, word_order

KEY = "communes.territory"
PROVINCE_KINDS = ("tỉnh", "thành phố trực thuộc trung ương", "thành phố trung ương")
TITLES = ("tỉnh", "thành phố")


def asked(rules: Rules, on: date) -> bool:
    """Return whether the day lies after the territory changed, so that a commune may be outside."""
    stated = rules.stated(KEY, on)
    return stated.status == "value" and on > stated.value["until"]


def outside(request: StepRequest) -> Iterator[Finding]:
    """Warn when the commune belonged elsewhere; note when that is not known. Never blocks."""
    if not asked(request.rules, request.on):
        return
    stated = request.rules.stated(KEY, request.on)
    own, until = str(stated.value["province"]), stated.value["until"]
    commune = request.field("commune") or request.club.commune
    code = request.field("commune_id") or request.club.commune_id
    origins: list[str | None] = []
    for called in filter(None, (code, commune)):
        origins = origins or provinces_of(request.units, called, until, request.on, own)
    here = [name for name in origins if name is not None and _bare(name) == _bare(own)]
    elsewhere = sorted({name for name in origins if name is not None} - set(here), key=word_order)
    if here and not elsewhere and None not in origins:
        return
    expected = _("a commune of {province} as it was on {day}").format(province=own, day=dmy(until))
    if elsewhere and not here and None not in origins:
        yield warn(
            codes.TERRITORY_OUTSIDE,
            _("{commune} belonged to {province} until {day}.").format(
                commune=commune, province=", ".join(elsewhere), day=dmy(until)
            ),
            expected=expected,
            actual=", ".join(elsewhere),
            source=stated.source,
            who=role_name("province", city=request.rules.city),
            fix=_("The document was made for the old territory: ask the province, or say why."),
        )
        return
    yield note(
        codes.TERRITORY_UNKNOWN,
        _("The records do not show whether {commune} belonged to {province} until {day}.").format(
            commune=commune, province=own, day=dmy(until)
        ),
        expected=expected,
        actual=", ".join((*here, *elsewhere)) or _("not known"),
        source=stated.source,
        who=role_name("province", city=request.rules.city),
        fix=_("Load a list of units with the old communes: clb commune import FILE."),
    )


def provinces_of(
    units: Sequence[Unit], commune: str, until: date, on: date, own: str
) -> list[str | None]:
    """Return the provinces, on the day ``until``, of what a commune of the day ``on`` came from.

    One a unit it came from, ``None`` where the list does not show it; empty for a commune that is
    not listed. ``own`` is known for a province where the list only names it.
    """
    ends = {
        (end.id, end.valid_from)
        for end in (became(units, unit, on) for unit in named(units, commune, on))
    }
    return [
        _province(units, unit, until, own)
        for unit in _leading_to(units, {id_ for id_, _day in ends})
        if unit.valid(until)
        and (end := became(units, unit, on))
        and (end.id, end.valid_from) in ends
    ]


def _leading_to(units: Sequence[Unit], ends: set[str]) -> list[Unit]:
    """Return the units with these ids and all that became them, of lists of a whole country too."""
    became_it: dict[str, list[str]] = {}
    for unit in units:
        if unit.successor is not None:
            became_it.setdefault(unit.successor, []).append(unit.id)
    ids, to_do = set(ends), list(ends)
    while to_do:
        earlier = [id_ for id_ in became_it.get(to_do.pop(), ()) if id_ not in ids]
        ids.update(earlier)
        to_do += earlier
    return [unit for unit in units if unit.id in ids]


def _province(units: Sequence[Unit], unit: Unit, on: date, own: str) -> str | None:
    """Return the province a unit lay in: up its parents, given by id or by name."""
    seen = {unit.id}
    above = unit.parent
    while above is not None:
        found = [one for one in units if one.valid(on) and above in (one.id, one.name)]
        if not found:
            province = key(above).startswith(f"{key(TITLES[0])} ") or key(above) == key(own)
            return above if province else None
        unit = found[0]
        if key(unit.kind) in {key(kind) for kind in PROVINCE_KINDS}:
            return unit.name
        if unit.id in seen:
            return None
        seen.add(unit.id)
        above = unit.parent
    return None


def _bare(province: str) -> str:
    """Return a province's comparison key: its name without what it is."""
    folded = key(province)
    for title in TITLES:
        folded = folded.removeprefix(key(title) + " ")
    return commune_key(folded)
