"""``clb club``: open, list, show, history."""

from typing import Any

import click

from engine import codes
from engine.cli.club_text import history_text, list_text, page_text
from engine.cli.context import Context, pass_context
from engine.cli.options import ON, day
from engine.errors import InputError, UnknownError
from engine.i18n import _
from engine.model import State
from engine.reports import clubs
from engine.vietnamese.text import clean, parse_date


def club_id(context: Context, named: str) -> str:
    """Return the id of the one club meant. Raises ``UnknownError`` or ``InputError``."""
    found = clubs.find(context.registry.store, named)
    if len(found) == 1:
        return found[0][0]
    if not found:
        raise UnknownError(
            _("There is no club {club}.").format(club=named),
            code=codes.CLUB_UNKNOWN,
            help="clb club list",
        )
    raise InputError(
        _("Several clubs are called {name}: {ids}.").format(
            name=named, ids=", ".join(id_ for id_, _name in found)
        ),
        code=codes.CLUB_SEVERAL,
        help=_("Give the id instead of the name."),
    )


@click.group(help=_("Open, list and look at clubs."))
def club() -> None:
    """Hold the commands about clubs."""


@club.command("open", help=_("Open the file of a new club."))
@click.option("--province", default=None, help=_("Province id; the officer's if left out"))
@click.option("--commune", required=True, help=_("The commune"))
@click.option("--village", required=True, help=_("The village"))
@click.option("--name", required=True, help=_("The club's name"))
@click.option("--on", "on", default=None, help=_("The day the file was opened; today if left out"))
@click.option("--after", default=None, help=_("The club whose file this one follows"))
@click.option(
    "--set",
    "assignments",
    multiple=True,
    metavar="PATH=VALUE",
    help=_("A field of the step's form"),
)
@click.option(
    "--ack",
    "acks",
    multiple=True,
    metavar='CODE="…"',
    help=_("Go on in spite of a warning, with the reason"),
)
@pass_context
def open_(
    context: Context,
    province: str | None,
    commune: str,
    village: str,
    name: str,
    on: str | None,
    after: str | None,
    assignments: tuple[str, ...],
    acks: tuple[str, ...],
) -> None:
    """Open a club's file."""
    from engine.cli.run_step import acknowledged, pairs
    from engine.rules import forms

    lifecycle = context.registry.lifecycle
    where = province or context.province_of_officer()
    opened_on = parse_date(on) if on else lifecycle.today()
    form: dict[str, Any] = {
        "date": opened_on.isoformat(),
        "name": clean(name),
        "commune": clean(commune),
        "village": clean(village),
    }
    if after:
        form["after"] = club_id(context, after)
    forms.assign("open", form, pairs(assignments))
    outcome = lifecycle.open(where, form, officer=context.officer, acknowledged=acknowledged(acks))
    context.answer(
        {"club": outcome.club, "state": outcome.state},
        lambda: [
            _("Opened: {club} {name}").format(club=outcome.club, name=form["name"]),
            _("Next: import the member list: {command}").format(
                command=" ".join(("clb member import", outcome.club, _("FILE")))
            ),
        ],
    )


@club.command("list", help=_("The clubs of a province."))
@click.option("--province", default=None, help=_("Province id; the officer's if left out"))
@click.option(
    "--state",
    type=click.Choice([one.value for one in State if one is not State.NONE]),
    default=None,
    help=_("Only clubs in this state"),
)
@click.option("--commune", default=None, help=_("Only clubs of this commune"))
@pass_context
def list_(context: Context, province: str | None, state: str | None, commune: str | None) -> None:
    """List clubs."""
    where = province or context.province_of_officer()
    context.provinces.plugin(where)
    today = context.registry.lifecycle.today()
    lines = clubs.listing(context.registry.store, where, today, state=state, commune=commune)
    context.answer(lines, lambda: list_text(lines))


@club.command(help=_("One club's page."))
@click.argument("named", metavar="CLUB")
@click.option("--on", "on", default=None, help=ON)
@pass_context
def show(context: Context, named: str, on: str | None) -> None:
    """Show a club."""
    lifecycle = context.registry.lifecycle
    one = lifecycle.club(club_id(context, named))
    when = day(on) or lifecycle.today()
    page = clubs.page(context.registry.store, one, lifecycle.gather.composition(one, when), when)
    data = {
        "club": one.id,
        "name": one.name,
        "province": one.province,
        "commune": one.commune,
        "commune_now": page.place.name,
        "formerly": page.place.formerly,
        "village": one.village,
        "state": one.state,
        "on": when,
        "opened_on": one.opened_on,
        "submitted_on": one.submitted_on,
        "decision": {"number": one.decision_number, "date": one.decided_on},
        "trained_on": one.trained_on,
        "launched_on": one.launched_on,
        "supervised_on": one.supervised_on,
        "reviewed_on": one.reviewed_on,
        "ended_on": one.ended_on,
        "charter": one.charter,
        "after": one.after,
        "managing_unit": one.managing_unit,
        "self_managed": one.self_managed,
        "members": page.composition.members,
        "composition": page.composition,
        "board": [
            {
                "post": post.post,
                "person": post.person,
                "name": page.names.get(post.person),
                "since": post.since,
            }
            for post in page.board
        ],
        "funds": page.funds,
        "tasks": [
            {
                "task": task.kind,
                "due_on": task.due_on,
                "role": task.role,
                "source": task.source or _("general procedure, not a provision of the province"),
                "overdue_days": clubs.overdue(task, when),
            }
            for task in page.tasks
        ],
    }
    context.answer(data, lambda: page_text(page, data))


@club.command(help=_("All that was recorded about a club, in order."))
@click.argument("named", metavar="CLUB")
@pass_context
def history(context: Context, named: str) -> None:
    """Show a club's log."""
    from engine.lifecycle.people import names as people_names

    store = context.registry.store
    which = club_id(context, named)
    events, names = clubs.history(store, which), people_names(store, which)
    data = [
        {
            "seq": event.seq,
            "step": event.step,
            "from": event.from_state,
            "to": event.to_state,
            "on": event.on,
            "officer": event.officer,
            "role": event.role,
            "form": clubs.readable(event, names),
            "acknowledged": list(event.acknowledged),
            "recorded_at": event.recorded_at,
            "policy": event.policy,
            "hash": event.hash,
        }
        for event in events
    ]

    context.answer(data, lambda: history_text(events))
