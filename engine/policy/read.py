"""From the bytes of a policy file to plain tables, and from those to a Policy."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import tomli  # as tomllib of the standard library, compiled: every command reads a policy

from engine import codes
from engine.i18n import _
from engine.policy import vocabulary
from engine.policy.make import policy_of
from engine.policy.model import Policy

if TYPE_CHECKING:  # every command reads a policy, few read a wrong one
    from engine.policy.problem import Problem

DAY_FIRST = r"=\s*\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b"


class Inexact:
    """A number with a decimal point, as it is written."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def __str__(self) -> str:
        return self.text


def load(data: bytes, *, origin: str) -> dict[str, Any]:
    """Read the TOML as plain tables, its text in Unicode NFC.

    A number with a decimal point, which no value may be, is ``Inexact``.
    Raises PolicyFileError when it is not UTF-8 or not TOML.
    """
    try:
        text = unicodedata.normalize("NFC", data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        from engine.policy.problem import PolicyFileError, Problem

        found = _("bytes that are not UTF-8, from position {position}").format(position=error.start)
        message = _("The file is not saved as UTF-8.")
        problem = Problem(codes.POLICY_ENCODING, "", found, "UTF-8", message)
        raise PolicyFileError(origin, (problem,)) from error
    try:
        return tomli.loads(text.replace("\r\n", "\n"), parse_float=Inexact)
    except ValueError as error:  # besides its own, that of a number of too many digits
        from engine.policy.problem import PolicyFileError

        raise PolicyFileError(origin, (_not_toml(str(error), text),)) from error
    except RecursionError as error:
        from engine.policy.problem import PolicyFileError

        detail = _("values are inside each other too deep")
        raise PolicyFileError(origin, (_not_toml(detail, text),)) from error


def _not_toml(detail: str, text: str) -> "Problem":
    from engine.policy.problem import Problem

    at_line = re.search(r"at line (\d+)", detail)
    written = text.split("\n")[int(at_line[1]) - 1] if at_line else ""
    if "overwrite" in detail or "twice" in detail:
        message = _("The same key is written twice; keep one of them.")
    elif "Invalid date" in detail:
        message = _("There is no such day in the calendar; a date is year-month-day: 2021-07-28.")
    elif re.search(DAY_FIRST, written):
        message = _("A date is written year-month-day, without quotation marks: 2021-07-28.")
    else:
        message = _(
            "The file breaks the rules of TOML: look at this line and the one before it for "
            "a missing quotation mark, bracket or equals sign."
        )
    line = int(at_line[1]) if at_line else None
    return Problem(codes.POLICY_TOML, "", detail, "TOML", message, line)


def build(raw: Mapping[str, Any], *, origin: str) -> Policy:
    """Make the Policy of tables that ``load`` has read, every entry of it.

    Raises PolicyFileError for a key nobody knows, KeyError, TypeError or ValueError for what cannot
    be understood.
    """
    from engine.policy.problem import PolicyFileError, Problem

    policy = policy_of(raw, digest=digest(raw), origin=origin)
    for key in policy.entries:
        if not vocabulary.is_known(key):
            message = _("There is no policy key {key}.").format(key=key)
            name = key.partition(".")[2]
            problem = Problem(codes.POLICY_KEY, key, name, _("a known key"), message)
            raise PolicyFileError(origin, (problem,))
        policy.entries[key]
    return policy


def digest(raw: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the canonical JSON of what the file states.

    Raises ValueError for a number with a decimal point, which would not be exact.
    """
    text = json.dumps(
        raw, default=_stated, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(text.encode()).hexdigest()


def _stated(value: object) -> str:
    """Return a day as it is written; raise ``ValueError`` for what is neither a number nor a day.

    So a time of day or a decimal point, which no value may be, has no digest.
    """
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    raise ValueError(_("{value} is neither a whole number nor a date").format(value=value))
