"""Lists of administrative units: from a file, or from the optional national package."""

from datetime import date
from pathlib import Path
from typing import Any

from engine import codes
from engine.errors import InputError
from engine.i18n import _
from engine.roster.sheets import read_table, text_of
from engine.rules.communes import Unit
from engine.vietnamese.text import parse_date

REQUIRED = ("id", "name", "kind", "valid_from")
SHOWN = 5
"""Wrong rows named one by one; a list of another kind is wrong in every row."""
TWO_TIER = date(2025, 7, 1)
"""The day the present communes began, nationwide (mô hình chính quyền địa phương hai cấp)."""


def read_units(path: Path, province: str) -> list[Unit]:
    """Read units from columns id, name, kind, parent, valid_from, valid_to, successor, source.

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
            help=_("Columns: {names}.").format(
                names="id, name, kind, parent, valid_from, valid_to, successor, source"
            ),
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
    )


def national_units(code: str, province: str) -> list[Unit]:
    """Return the present communes of the province with a national code.

    The package is optional because of its licence. Raises ``InputError`` when it is missing or
    does not know the code.
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
    return [
        Unit(
            id=f"{int(ward.code):05d}",
            name=str(ward.name),
            kind=str(ward.division_type.value),
            province=province,
            valid_from=TWO_TIER,
            source="vietnam-provinces",
        )
        for ward in wards
    ]
