"""One member's details as somebody types them, read as a list's cells are."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from engine import codes
from engine.errors import InputError
from engine.i18n import _
from engine.roster.cells import Bad, Births, Told, identity, phone
from engine.vietnamese.text import clean

_ISO_MONTH = re.compile(r"([0-9]{4})-([0-9]{1,2})")


def read_name(text: str) -> str:
    """Return a person's name, cleaned. Raises ``InputError`` where there is none."""
    name = clean(text)
    if not any(char.isalpha() for char in name):
        raise _wrong(name, _("a person's name"))
    return name


def read_born(text: str, on: date) -> str:
    """Return a birth as exact as it was typed: "1950", "1950-05" or "1950-05-02".

    Read as in a list (02/05/1950, 05/1950, 1950), and 1950-05 too. Raises ``InputError``.
    """
    typed = clean(text)
    if month := _ISO_MONTH.fullmatch(typed):
        typed = f"{month[2]}/{month[1]}"
    found = Births(on)[typed]
    if found is None:
        raise _wrong(typed, _("a year such as 1950 or a date such as 02/05/1950"))
    if isinstance(found, Bad):
        raise _wrong(typed, found.expected)
    return found.born


def read_identity(text: str) -> str | None:
    """Return an identity number (CCCD), ``None`` for an empty one. Raises ``InputError``."""
    return _plain(identity(clean(text)))


def read_phone(text: str) -> str | None:
    """Return a phone number, ``None`` for an empty one. Raises ``InputError``."""
    return _plain(phone(clean(text)))


def _plain(found: str | Told[str] | Bad | None) -> str | None:
    if isinstance(found, Bad):
        raise _wrong(found.found, found.expected)
    return found.value if isinstance(found, Told) else found


def _wrong(found: str, expected: str) -> InputError:
    return InputError(
        _("“{found}” cannot be read.").format(found=found),
        code=codes.MEMBER_VALUE,
        help=_("Type {expected}.").format(expected=expected),
    )


READERS: Mapping[str, Callable[[str, date], str | None]] = {
    "name": lambda text, _on: read_name(text),
    "sex": lambda text, _on: text,
    "born": read_born,
    "circumstance": lambda text, _on: None if text == "none" else text,
    "village": lambda text, _on: clean(text) or None,
    "id_number": lambda text, _on: read_identity(text),
    "phone": lambda text, _on: read_phone(text),
    "note": lambda text, _on: clean(text) or None,
}


def details(given: Mapping[str, str | None], on: date) -> dict[str, Any]:
    """Read what was given of a person, by field; an empty text clears what may be empty.

    Raises ``InputError`` for one that cannot be read.
    """
    return {field: READERS[field](text, on) for field, text in given.items() if text is not None}
