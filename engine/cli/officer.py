"""``clb officer``: who may act, and where."""

from typing import Any

import click

from engine import codes
from engine.cli import tables
from engine.cli.context import Context, pass_context
from engine.errors import InputError
from engine.i18n import _
from engine.labels import role_name
from engine.model import Officer, Role
from engine.vietnamese.text import clean


@click.group(help=_("Who may act, and where."))
def officer() -> None:
    """Hold the commands about officers."""


@officer.command(
    help=_(
        "Add an officer, or give one who is there another role. The first one is an administrator."
    )
)
@click.argument("officer_id", metavar="ID")
@click.option("--name", required=True, help=_("The officer's full name"))
@click.option(
    "--role", required=True, type=click.Choice([one.value for one in Role]), help=_("The role")
)
@click.option("--province", required=True, help=_("Province id"))
@click.option(
    "--commune", default=None, help=_("The commune, for the roles association and committee")
)
@pass_context
def add(
    context: Context, officer_id: str, name: str, role: str, province: str, commune: str | None
) -> None:
    """Add an officer."""
    new = Officer(
        id=_identifier(officer_id),
        name=_filled(name, "--name"),
        role=Role(role),
        province=province,
        commune=_filled(commune, "--commune") if commune is not None else None,
    )
    context.registry.province.add_officer(new, by=context.settings.officer)
    context.answer(
        _row(new),
        lambda: _("Added: {officer} {name}, {role}, {where}").format(
            officer=new.id, name=new.name, role=role_name(new.role), where=_where(new)
        ),
    )


@officer.command("list", help=_("Everybody who may act; one line a role."))
@click.option("--province", default=None, help=_("Only officers of this province"))
@pass_context
def list_(context: Context, province: str | None) -> None:
    """List the officers."""
    found = [
        one for one in context.registry.province.officers() if province in (None, one.province)
    ]
    context.answer(
        [_row(one) for one in found],
        lambda: tables.table(
            [_("Officer"), _("Name"), _("Role"), _("Acts for")],
            ((one.id, one.name, role_name(one.role), _where(one)) for one in found),
        ),
    )


@officer.command(help=_("Take every role from an officer; what was recorded stays."))
@click.argument("officer_id", metavar="ID")
@click.option("--province", default=None, help=_("Only the roles in this province"))
@pass_context
def remove(context: Context, officer_id: str, province: str | None) -> None:
    """Remove an officer."""
    which = _identifier(officer_id)
    context.registry.province.remove_officer(which, province, by=context.settings.officer)
    left = [_row(one) for one in context.registry.province.officers() if one.id == which]
    context.answer(
        {"officer": which, "removed": True, "left": left},
        lambda: (
            _("{officer} may no longer act.").format(officer=which)
            if not left
            else _("{officer} may still act elsewhere.").format(officer=which)
        ),
    )


def _row(one: Officer) -> dict[str, Any]:
    return {
        "officer": one.id,
        "name": one.name,
        "role": one.role,
        "province": one.province,
        "commune": one.commune,
        "commune_id": one.commune_id,
    }


def _where(one: Officer) -> str:
    return f"{one.commune}, {one.province}" if one.commune else one.province


def _identifier(text: str) -> str:
    """Return an id as it is kept. Raises ``InputError`` for one that cannot be typed again."""
    found = _filled(text, "ID")
    if " " in found or found.startswith("-"):
        raise InputError(
            _("“{text}” cannot be an officer's id.").format(text=found),
            code=codes.OFFICER_ID,
            help=_("Choose a short word without blanks, for example lan.nguyen."),
        )
    return found


def _filled(text: str, option: str) -> str:
    found = clean(text)
    if not found:
        raise InputError(
            _("{option} is empty.").format(option=option),
            code=codes.USAGE,
            help=_("See {command} --help.").format(command="clb officer add"),
        )
    return found
