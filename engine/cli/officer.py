"""``clb officer``: who may act, where, and from when to when."""

from collections.abc import Sequence
from datetime import date

import click

from engine import codes
from engine.cli import advice, tables
from engine.cli.asked import asked_argument, asked_option
from engine.cli.command import group
from engine.cli.context import Context, day, pass_context
from engine.cli.officer_file import export, import_
from engine.cli.officer_key import key
from engine.cli.officer_row import (
    filled,
    identifier,
    login_of,
    name_of,
    office_in,
    role_in,
    row,
    where,
)
from engine.cli.prompt import choose, say, yes
from engine.cli.typed import PROVINCE, Choice
from engine.errors import InputError
from engine.i18n import _
from engine.interview.first_run import officer_id as unused_id
from engine.lifecycle.gather import unknown_officer
from engine.lifecycle.officers import Which
from engine.model import Officer, Role
from engine.vietnamese.text import clean, dmy

LOGIN = _("The officer's own login on a server; then nobody else acts as this officer")
ROLES = Choice([one.value for one in Role])


@group(help=_("Who may act, and where."))
def officer() -> None:
    """Hold the commands about officers."""


for _one in (key, import_, export):
    officer.add_command(_one)


@officer.command(
    help=_(
        "Add an officer, or give one who is there another role. The first one is an administrator."
    )
)
@asked_argument("officer_id", metavar="ID")
@asked_option("--name", help=_("The officer's full name"))
@asked_option("--role", type=ROLES, help=_("The role"))
@asked_option("--province", type=PROVINCE, help=_("Province id"))
@click.option(
    "--commune", default=None, help=_("The commune, for the roles association and committee")
)
@click.option("--district", default=None, help=_("The district, for the role district"))
@click.option("--from", "since", default=None, help=_("In office from this day; else from today"))
@click.option("--until", default=None, help=_("The day from which the office is over"))
@click.option("--login", default=None, help=LOGIN)
@pass_context
def add(
    context: Context,
    officer_id: str | None,
    name: str | None,
    role: str | None,
    province: str | None,
    commune: str | None,
    district: str | None,
    since: str | None,
    until: str | None,
    login: str | None,
) -> None:
    """Add an officer; at a terminal what is missing is asked for."""
    if name is None or role is None or province is None:
        from engine.cli.ask_sheet import new_officer

        given = {"name": name, "role": role, "province": province}
        given |= {"commune": commune, "district": district}
        form = new_officer(context, given)
        name, role, province = form["name"], form["role"], form["province"]
        commune, district = form.get("commune"), form.get("district")
    if district is not None:
        if Role(role) is not Role.DISTRICT or commune is not None:
            raise InputError(
                _("Only the role district is of a district, and of no commune."),
                code=codes.OFFICER_COMMUNE,
                help=_("Leave --district or --commune out."),
            )
        commune = filled(district, "--district")
    if officer_id is None:
        officer_id = unused_id(name, {one.id for one in context.registry.officers.ever()})
    new = Officer(
        id=identifier(officer_id),
        name=name_of(name),
        role=Role(role),
        province=province,
        commune=filled(commune, "--commune") if commune is not None else None,
        since=day(since),
        until=day(until),
        login=login_of(login),
    )
    kept = context.registry.officers.add(new, by=context.settings.officer)
    _unchecked(context, kept.province, kept.commune if kept.of_one_commune else None, kept.since)
    context.answer(
        row(kept),
        lambda: _added(kept, office_in(context, kept)),
    )


def _added(one: Officer, office: str) -> str:
    """Return that an officer was added; no id where the work is done from a menu."""
    if advice.from_a_menu():
        return _("Added: {name}, {role}").format(name=one.name, role=office)
    return _("Added: {officer} {name}, {office}").format(
        officer=one.id, name=one.name, office=office
    )


@officer.command("list", help=_("Everybody who may act; one line a role."))
@click.option("--province", type=PROVINCE, default=None, help=_("Only officers of this province"))
@click.option("--on", default=None, help=_("Who was in office on this day"))
@click.option("--all", "everybody", is_flag=True, help=_("Ended offices too"))
@pass_context
def list_(context: Context, province: str | None, on: str | None, everybody: bool) -> None:
    """List the officers."""
    service = context.registry.officers
    known = service.ever() if everybody else service.everybody(day(on))
    found = [one for one in known if province in (None, one.province)]
    context.answer(
        [row(one) for one in found],
        lambda: tables.table(
            [_("Officer"), _("Name"), _("Role"), _("Acts for"), _("In office")],
            (
                (one.id, one.name, role_in(context, one), where(context, one), _days(one))
                for one in found
            ),
        ),
    )


@officer.command(help=_("Remember on this computer who you are; --as and CLB_OFFICER still win."))
@click.argument("officer_id", metavar="ID", required=False)
@click.option("--forget", is_flag=True, help=_("Remember nobody"))
@pass_context
def use(context: Context, officer_id: str | None, forget: bool) -> None:
    """Remember who works on this computer, for this database."""
    if forget:
        context.remembered.keep_officer(None)
        context.answer({"officer": None}, lambda: _("Nobody is remembered on this computer."))
        return
    everybody = context.registry.officers.everybody()
    if officer_id is None:
        one = who_it_is(context, everybody)
    else:
        which = clean(officer_id)
        found = [held for held in everybody if held.id == which]
        if not found:
            raise unknown_officer(context.registry.store, which, context.registry.lifecycle.today())
        one = found[0]
    context.remembered.keep_officer(one.id)
    context.answer(
        {"officer": one.id},
        lambda: _("Remembered on this computer: {officer} {name}").format(
            officer=one.id, name=one.name
        ),
    )


def who_it_is(context: Context, everybody: Sequence[Officer]) -> Officer:
    """Ask which officer it is. Raises ``InputError`` where nobody can be asked."""
    offices: dict[str, list[Officer]] = {}
    for one in everybody:
        offices.setdefault(one.id, []).append(one)
    if not context.interactive or not offices:
        raise InputError(
            _("It is not known who acts."),
            code=codes.OFFICER_MISSING,
            help=_("Write it so: {command}").format(command="clb officer use ID"),
        )
    say(_("Who are you?"))
    shown = ("; ".join(f"{office_in(context, one)}" for one in held) for held in offices.values())
    people = [held[0] for held in offices.values()]
    number = choose(
        (f"{one.name} ({where})" for one, where in zip(people, shown, strict=True)),
        _("Your number, 0 to stop"),
    )
    if number == 0:
        raise click.Abort
    return people[number - 1]


@officer.command(help=_("Change an officer's name or commune, or end an office from a day on."))
@click.argument("officer_id", metavar="ID")
@click.option("--name", default=None, help=_("The officer's full name"))
@click.option("--commune", default=None, help=_("The commune that the officer acts for now"))
@click.option("--until", default=None, help=_("The day from which the office is over"))
@click.option("--login", default=None, help=LOGIN)
@click.option("--from", "since", default=None, help=_("The day of the move; else today"))
@click.option("--role", default=None, type=ROLES, help=_("Which role is meant"))
@click.option("--province", type=PROVINCE, default=None, help=_("Which province is meant"))
@click.option("--from-commune", "left", default=None, help=_("Which commune is meant"))
@pass_context
def change(
    context: Context,
    officer_id: str,
    name: str | None,
    commune: str | None,
    until: str | None,
    login: str | None,
    since: str | None,
    role: str | None,
    province: str | None,
    left: str | None,
) -> None:
    """Change an officer."""
    which, service, by = clean(officer_id), context.registry.officers, context.settings.officer
    if [name, commune, until, login].count(None) != 3:
        raise InputError(
            _(
                "One thing is changed at a time: the name, the commune, the login or the end of an "
                "office."
            ),
            code=codes.USAGE,
            help="--name … | --commune … | --login … | --until …",
        )
    meant = Which(Role(role) if role else None, province, left)
    if name is not None:
        left_with = service.rename(which, name_of(name), by=by)
    elif login is not None:
        given = str(login_of(login))
        left_with = service.give_login(which, given, by=by)
        context.message(
            _("Login of {officer} on a server: {login}. Then apply the roles: {command}").format(
                officer=which, login=given, command="clb db roles --apply"
            )
        )
    elif commune is not None:
        there = filled(commune, "--commune")
        left_with = service.move(which, there, meant, day(since), by=by)
        _unchecked(context, left_with[0].province if left_with else None, there, day(since))
    else:
        _settle(context, which, meant, chosen=meant.narrows())
        left_with = service.end(which, meant, day(until), by=by, step="officer_change")
    context.answer(
        {"officer": which, "offices": [row(one) for one in left_with]},
        lambda: _offices_text(context, which, left_with),
    )


@officer.command(help=_("End what an officer may do, from today; what was recorded stays."))
@click.argument("officer_id", metavar="ID")
@click.option("--role", default=None, type=ROLES, help=_("Only this role"))
@click.option("--province", type=PROVINCE, default=None, help=_("Only the roles in this province"))
@click.option("--commune", default=None, help=_("Only the roles in this commune"))
@click.option("--all", "everything", is_flag=True, help=_("Every role, without being asked"))
@pass_context
def remove(
    context: Context,
    officer_id: str,
    role: str | None,
    province: str | None,
    commune: str | None,
    everything: bool,
) -> None:
    """Remove an officer."""
    which, meant = clean(officer_id), Which(Role(role) if role else None, province, commune)
    ending = _settle(context, which, meant, chosen=everything or meant.narrows())
    by = context.settings.officer
    left = context.registry.officers.end(which, meant, None, by=by, step="officer_remove")
    data = {
        "officer": which,
        "removed": True,
        "ended": [row(one) for one in ending],
        "left": [row(one) for one in left],
    }
    context.answer(data, lambda: _offices_text(context, which, left))


def _unchecked(
    context: Context, province: str | None, commune: str | None, on: date | None
) -> None:
    """Note that a commune's name was held against nothing, where no list is loaded."""
    if province and commune and not context.registry.officers.is_checked(province, on):
        context.message(
            _("No list of communes is loaded: {name} was not checked.").format(name=commune)
        )


def _settle(context: Context, which: str, meant: Which, *, chosen: bool) -> list[Officer]:
    """Return the offices that end; of several, somebody must have chosen or be asked.

    Raises ``InputError`` where nobody can be asked.
    """
    own = [one for one in context.registry.officers.everybody() if one.id == which]
    ending = [one for one in own if meant.fits(one)]
    if chosen or len(ending) < 2:
        return ending
    lines = "; ".join(f"{office_in(context, one)}" for one in ending)
    message = _("{officer} has several offices: {offices}.").format(officer=which, offices=lines)
    if not context.interactive:
        raise InputError(
            message, code=codes.OFFICER_WHICH, help=_("Choose with --role or --province, or --all.")
        )
    context.message(message)
    if not yes(_("Do they all end?")):
        raise click.Abort
    return ending


def _offices_text(context: Context, which: str, left: Sequence[Officer]) -> str:
    if not left:
        return _("{officer} may no longer act.").format(officer=which)
    offices = "; ".join(f"{office_in(context, one)}" for one in left)
    return _("{officer} acts as: {offices}.").format(officer=which, offices=offices)


def _days(one: Officer) -> str:
    since = dmy(one.since) if one.since else "…"
    return f"{since} - {dmy(one.until)}" if one.until else _("from {day}").format(day=since)
