"""An office as commands answer it, and what somebody typed for one."""

import re
from typing import Any

from engine import codes
from engine.cli.context import Context
from engine.errors import InputError
from engine.i18n import _
from engine.labels import holder_name, office_name
from engine.model import Officer, Role
from engine.vietnamese.text import clean

LOGIN = re.compile(r"[a-z_][a-z0-9_]{0,62}")
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,39}")


def row(one: Officer) -> dict[str, Any]:
    """Return an office as answers have it."""
    return {
        "officer": one.id,
        "name": one.name,
        "role": one.role,
        "province": one.province,
        "commune": one.commune if one.of_one_commune else None,
        "commune_id": one.commune_id,
        "from": one.since,
        "to": one.until,
        **({"login": one.login} if one.login else {}),
        **({"district": one.commune} if one.role is Role.DISTRICT else {}),
    }


def role_in(context: Context, one: Officer) -> str:
    """Return an office's role in the words of its province."""
    return holder_name(one.role, city=context.is_city(one.province))


def where(context: Context, one: Officer) -> str:
    """Return the place that an office is for."""
    province = context.provinces.name(one.province)
    return f"{one.commune}, {province}" if one.commune else province


def office_in(context: Context, one: Officer) -> str:
    """Return an office with its place as one phrase: the body with its commune, the province."""
    office = office_name(one, city=context.is_city(one.province))
    return f"{office}, {context.provinces.name(one.province)}"


def identifier(text: str) -> str:
    """Return an id as it is kept. Raises ``InputError`` for one that cannot be typed anywhere."""
    found = filled(text, "ID")
    if not ID.fullmatch(found):
        raise InputError(
            _("“{text}” cannot be an officer's id.").format(text=found),
            code=codes.OFFICER_ID,
            help=_("Up to 40 letters a-z, digits and hyphens, for example lan-nguyen."),
        )
    return found


def name_of(text: str) -> str:
    """Return a name as it is kept. Raises ``InputError`` where a letter only looks Latin."""
    from engine.interview.names import latin

    return latin(filled(text, "--name"))


def login_of(text: str | None) -> str | None:
    """Return a login as servers know it. Raises ``InputError`` for one that would need quotes."""
    if text is None:
        return None
    found = filled(text, "--login")
    if not LOGIN.fullmatch(found):
        raise InputError(
            _("“{text}” cannot be a login.").format(text=found),
            code=codes.OFFICER_LOGIN_TAKEN,
            help=_("Small letters without marks, digits and underscores: {example}.").format(
                example="hoi_dinh_bang"
            ),
        )
    return found


def filled(text: str, option: str) -> str:
    """Return a text as it is kept. Raises ``InputError`` for one that is empty."""
    found = clean(text)
    if not found:
        raise InputError(
            _("{option} is empty.").format(option=option),
            code=codes.USAGE,
            help=_("See {command} --help.").format(command="clb officer add"),
        )
    return found
