"""Lists of administrative units: from a file, or from the optional national package."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from engine import codes, words
from engine.errors import InputError
from engine.i18n import _
from engine.policy_labels import UNIT_CLASSES
from engine.roster.sheets import read_table, text_of
from engine.rules.communes import TWO_TIER, Unit, kind_of
from engine.vietnamese.text import bare, parse_date

REQUIRED = ("id", "name", "kind", "valid_from")
COLUMNS = (
    *("id", "name", "kind", "parent", "valid_from", "valid_to", "successor", "source"),
    "classes",
)
OWN_CLASS = re.compile("own_[a-z0-9_]+")
PACKAGE = "vietnam-provinces"
LISTED_BEFORE = date(2025, 1, 4)
"""The day of the package's list of communes before July 2025; older ones are not in it."""
TITLES = ("", "tinh ", "thanh pho ")
"""What the names of provinces in the package begin with."""
SHOWN = 5
"""Wrong rows named one by one; a list of another kind is wrong in every row."""


def read_units(path: Path, province: str) -> list[Unit]:
    """Read units from the columns ``COLUMNS``.

    Raises ``InputError`` naming every row that cannot be used.
    """
    units: list[Unit] = []
    wrong: list[str] = []
    for number, values in read_table(path):
        texts = {name: text_of(cell) for name, cell in values.items()}
        absent = [name for name in REQUIRED if name not in texts]
        if absent:
            wrong.append(
                _("row {row}: missing {names}").format(row=number, names=", ".join(absent))
            )
            continue
        try:
            units.append(_unit(texts, province))
        except InputError as error:
            wrong.append(_("row {row}: {reason}").format(row=number, reason=error.message))
    if len(wrong) > SHOWN:
        wrong[SHOWN:] = [_("and {count} more rows").format(count=len(wrong) - SHOWN)]
    if wrong or not units:
        raise InputError(
            _("{path} was not loaded. {reasons}").format(path=path, reasons="; ".join(wrong)),
            code=codes.UNITS,
            help=_("Columns: {names}.").format(names=", ".join(COLUMNS)),
        )
    return units


def _unit(texts: dict[str, str], province: str) -> Unit:
    starts = parse_date(texts["valid_from"])
    ends = parse_date(texts["valid_to"]) if "valid_to" in texts else None
    if ends is not None and ends < starts:
        raise InputError(_("its last day is before its first"), code=codes.UNITS)
    return Unit(
        id=texts["id"],
        name=texts["name"],
        kind=texts["kind"],
        province=province,
        valid_from=starts,
        valid_to=ends,
        parent=texts.get("parent"),
        successor=texts.get("successor"),
        source=texts.get("source", ""),
        classes=tuple(_classes(texts.get("classes", ""))),
    )


def _classes(text: str) -> Iterator[str]:
    """Yield the ids of the classes that a cell names, by id or in words, with ; or , between."""
    for part in filter(None, map(str.strip, re.split("[;,]", text))):
        yield part if OWN_CLASS.fullmatch(part) else words.read(UNIT_CLASSES, part)


def national_units(code: str, province: str) -> list[Unit]:
    """Return the communes of the province with a national code, with those that they were before.

    What they were before July 2025 is in later editions of the package only. An old commune that
    was divided among several has no successor: which one a club went to is not in the list. The
    package is optional because of its licence. Raises ``InputError`` when it is missing or does
    not know the code.
    """
    try:
        import vietnam_provinces as national
    except ImportError as error:
        raise InputError(
            _("The package of national units is not installed."),
            code=codes.UNITS_PACKAGE,
            help="pip install clb-lien-the-he[units]",
        ) from error
    wards: list[Any] = [
        ward
        for ward in national.Ward.iter_all()
        if str(int(ward.province_code)) == code.lstrip("0")
    ]
    if not wards:
        raise InputError(
            _("No province has the national code {code}.").format(code=code), code=codes.UNITS
        )
    present = [
        Unit(
            id=_id(ward),
            name=str(ward.name),
            kind=str(ward.division_type.value),
            province=province,
            valid_from=TWO_TIER,
            source=PACKAGE,
        )
        for ward in wards
    ]
    return [*_before(wards, province), *present]


def national_code(name: str) -> str | None:
    """Return the national code of a province by its name; ``None`` without the package, or it."""
    try:
        from vietnam_provinces import Province as National
    except ImportError:
        return None
    for one in National.iter_all():
        if bare(str(one.name)) in {f"{title}{bare(name)}" for title in TITLES}:
            return str(int(one.code))
    return None


def divided(units: Iterable[Unit]) -> list[Unit]:
    """Return the communes that ended without one that is known to have followed."""
    return [
        one
        for one in units
        if one.valid_to is not None
        and one.successor is None
        and kind_of(f"{one.kind} x") is not None
    ]


def _before(wards: Iterable[Any], province: str) -> list[Unit]:
    """Return the communes that these were before, and their districts; empty in old editions."""
    became: dict[str, list[str]] = {}
    old: dict[str, Any] = {}
    for ward in wards:
        for one in getattr(ward, "get_legacy_sources", tuple)():
            old[_id(one)] = one
            became.setdefault(_id(one), []).append(_id(ward))
    if not old:
        return []
    from vietnam_provinces import legacy

    districts = {int(one.code): one for one in legacy.District.iter_all()}
    provinces = {int(one.code): str(one.name) for one in legacy.Province.iter_all()}

    def unit(id_: str, one: Any, parent: str, successor: str | None) -> Unit:
        return Unit(
            id=id_,
            name=str(one.name),
            kind=str(one.division_type.value),
            province=province,
            valid_from=LISTED_BEFORE,
            valid_to=TWO_TIER - timedelta(days=1),
            parent=parent,
            successor=successor,
            source=PACKAGE,
        )

    above = {int(one.district_code): districts[int(one.district_code)] for one in old.values()}
    return [
        *(
            unit(f"H{number:03d}", one, provinces[int(one.province_code)], None)
            for number, one in sorted(above.items())
        ),
        *(
            unit(
                id_,
                one,
                str(above[int(one.district_code)].name),
                became[id_][0] if len(became[id_]) == 1 else None,
            )
            for id_, one in sorted(old.items())
        ),
    ]


def _id(ward: Any) -> str:
    return f"{int(ward.code):05d}"
