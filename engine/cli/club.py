"""``clb club``: open, list, show, history."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import click

from engine import codes
from engine.cli import tables
from engine.cli.command import group
from engine.cli.context import ACK, ON, SET, Context, day, findings, pass_context
from engine.cli.pick import did_you_mean, pick
from engine.cli.typed import OF_PROVINCE, Choice
from engine.errors import InputError, UnknownError
from engine.i18n import _
from engine.labels import (
    count_name,
    course_form_name,
    course_name,
    fund_name,
    post_name,
    state_name,
    step_name,
    task_name,
)
from engine.model import Club, Composition, Event, State, Task
from engine.policy.effective import Rules
from engine.reports import clubs
from engine.reports.clubs import ListedClub, Page, post_order
from engine.reports.commune_names import place_text
from engine.rules import lateness
from engine.rules.ground import ended_words, grounds
from engine.rules.succession import succession
from engine.vietnamese.text import clean, dmy, dong

BAR = 5
STATE_COLOURS: dict[str, str] = {
    State.LAUNCHED: "green",
    State.OPERATING: "green",
    State.RETURNED: "yellow",
    State.CONSOLIDATING: "yellow",
    State.SUSPENDED: "red",
    State.DISSOLVED: "bright_black",
    State.WITHDRAWN: "bright_black",
    State.REJECTED: "bright_black",
}
"""Colours of the words, whose meaning does not depend on them."""


def club_id(context: Context, named: str, *, asking: bool = True) -> str:
    """Return the id of the one club meant; at a terminal, of several the one that is chosen.

    A text that is only a part of a name, or nearly one, means no club until somebody says so;
    without ``asking``, as in a file of steps, nobody does.
    Raises ``UnknownError`` or ``InputError`` naming those that may be meant.
    """
    store = context.registry.store
    found = clubs.find(store, named)
    if len(found) == 1:
        return found[0].club
    if found:
        error = InputError(
            _("Several clubs are called {name}: {clubs}.").format(
                name=named, clubs="; ".join(map(str, found))
            ),
            code=codes.CLUB_SEVERAL,
            help=_("Give the id instead of the name."),
        )
    else:
        found = clubs.similar(store, named)
        error = UnknownError(
            _("There is no club {club}.").format(club=named),
            code=codes.CLUB_UNKNOWN,
            help=did_you_mean(found) if found else "clb club list",
        )
    if not asking:
        raise error
    return pick(context, error, found).club


@group(help=_("Open, list and look at clubs."))
def club() -> None:
    """Hold the commands about clubs."""


@club.command("open", help=_("Open the file of a new club."))
@OF_PROVINCE
@click.option("--commune", required=True, help=_("The commune"))
@click.option("--village", required=True, help=_("The village"))
@click.option("--name", required=True, help=_("The club's name"))
@click.option("--on", "on", default=None, help=_("The day the file was opened; today if left out"))
@click.option("--after", default=None, help=_("The club whose file this one follows"))
@SET
@ACK
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
    opened_on = day(on) or lifecycle.today()
    form: dict[str, Any] = {
        "date": opened_on.isoformat(),
        "name": clean(name),
        "commune": clean(commune),
        "village": clean(village),
    }
    if after:
        form["after"] = club_id(context, after)
    forms.assign("open", form, pairs(assignments), context.reader(where, opened_on))
    outcome = lifecycle.open(where, form, officer=context.officer, acknowledged=acknowledged(acks))
    for warning in outcome.warnings:
        context.message(warning)
    context.answer(
        {
            "club": outcome.club,
            "state": outcome.state,
            "findings": findings(outcome.findings),
        },
        lambda: [
            _("Opened: {club} {name}").format(club=outcome.club, name=form["name"]),
            *tables.findings(outcome.findings),
            _("Next: import the member list: {command}").format(
                command=" ".join(("clb member import", outcome.club, _("FILE")))
            ),
        ],
    )


@club.command("list", help=_("The clubs of a province."))
@OF_PROVINCE
@click.option(
    "--state",
    type=Choice([one.value for one in State if one is not State.NONE]),
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
    lines = clubs.listing(
        context.registry.store,
        where,
        today,
        state=state,
        commune=commune,
        known=succession(context.provinces.policy(where)),
    )
    context.answer(lines, lambda: _list_text(lines))


@club.command(help=_("One club's page."))
@click.argument("named", metavar="CLUB")
@click.option("--on", "on", default=None, help=ON)
@pass_context
def show(context: Context, named: str, on: str | None) -> None:
    """Show a club."""
    lifecycle = context.registry.lifecycle
    one = lifecycle.club(club_id(context, named))
    when = day(on) or lifecycle.today()
    rules = context.provinces.rules(one.province)
    page = clubs.page(
        context.registry.store,
        one,
        lifecycle.gather.composition(one, when),
        when,
        known=succession(rules.policy),
    )
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
        "tasks": list(_open_tasks(page.tasks, rules, when)),
    }
    context.answer(data, lambda: _page_text(page, data, rules, when))


@club.command(help=_("All that was recorded about a club, in order."))
@click.argument("named", metavar="CLUB")
@pass_context
def history(context: Context, named: str) -> None:
    """Show a club's log."""
    from engine.lifecycle.people import names as people_names

    store = context.registry.store
    which = club_id(context, named)
    events, names = clubs.history(store, which), people_names(store, which)
    rules = context.provinces.rules(context.registry.lifecycle.club(which).province)
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
            "days_late": lateness.days_late(event.on, event.recorded_at, rules),
            "policy": event.policy,
            "hash": event.hash,
        }
        for event in events
    ]

    context.answer(data, lambda: _history_text(events, rules))


def _list_text(lines: Sequence[ListedClub]) -> Iterator[str]:
    """Yield a province's clubs as a table, fitted to a terminal and with bars there.

    Elsewhere a club is one line, so that other tools can search the list.
    """
    most = max((one.members for one in lines), default=0)
    drawn = tables.draws()
    return tables.table(
        [_("Club"), _("Name"), _("Commune"), _("Village"), _("State"), _("Members")],
        [
            (
                one.club,
                one.name,
                place_text(one.commune_now, one.formerly),
                one.village,
                tables.Painted(state_name(one.state), STATE_COLOURS.get(one.state)),
                f"{one.members} {tables.bar(one.members, most, BAR)}" if drawn else one.members,
            )
            for one in lines
        ],
        right=[5],
    )


def _page_text(page: Page, data: dict[str, Any], rules: Rules, on: date) -> Iterator[str]:
    """Yield a club's page; ``data`` is the same page as JSON has it."""
    club = page.club
    yield f"{club.id}  {club.name}"
    yield f"  {club.village}, {page.place}"
    if not page.place.confirmed:
        yield "  " + _("What became of the commune is known from a compiled list only.")
    since = dmy(club.state_on) if club.state_on else "-"
    yield _("  State: {state}, since {day}").format(state=state_name(club.state), day=since)
    yield "  " + "; ".join(_days(club))
    yield from _managed(club)
    yield f"  {composition_text(page.composition, rules, on)}"
    yield from _board(page)
    funds = "; ".join(f"{fund_name(fund)}: {dong(held)}" for fund, held in page.funds.items())
    yield f"  {funds[:1].upper()}{funds[1:]}"
    yield from _tasks(data)


def _managed(club: Club) -> Iterator[str]:
    if club.managing_unit is not None:
        yield _("  Managed by: {unit}").format(unit=club.managing_unit)
    if club.self_managed is not None:
        yield _("  Manages itself: {answer}").format(
            answer=_("yes") if club.self_managed else _("no")
        )


def _days(club: Club) -> Iterator[str]:
    labels = (
        (_("opened"), club.opened_on),
        (_("proposed"), club.submitted_on),
        (_("decided"), club.decided_on),
        (_("trained"), club.trained_on),
        (_("launched"), club.launched_on),
        (_("supervised"), club.supervised_on),
        (_("reviewed"), club.reviewed_on),
        (_("ended"), club.ended_on),
    )
    return (f"{label} {dmy(day)}" for label, day in labels if day)


def _board(page: Page) -> Iterator[str]:
    for post in sorted(page.board, key=lambda one: post_order(one.post)):
        yield f"  {post_name(post.post)}: {page.names.get(post.person) or _('(erased)')}"


def _open_tasks(tasks: Iterable[Task], rules: Rules, on: date) -> Iterator[dict[str, Any]]:
    """Yield the open tasks with what they rest on that day; those that no rule asks for are not."""
    for task in tasks:
        ground = grounds(rules, task.kind, task.source, on).of(task.due_on)
        if ground is not None:
            yield {
                "task": task.kind,
                "due_on": task.due_on,
                "role": task.role,
                "source": ground.source,
                "overdue_days": clubs.overdue(task, min(on, ground.ended or on)),
                "ended_on": ground.ended,
            }


def _tasks(data: dict[str, Any]) -> Iterator[str]:
    for row in data["tasks"]:
        late, due_on = "", row["due_on"]
        if row["overdue_days"]:
            late = _(", {days} days late").format(days=row["overdue_days"])
        yield _("  To do: {task}, due {due}{late} ({source})").format(
            task=task_name(row["task"]),
            due=dmy(due_on) if due_on else _("no day stipulated"),
            late=late,
            source=row["source"] + (f", {ended_words(row['ended_on'])}" if row["ended_on"] else ""),
        )


def _history_text(events: Sequence[Event], rules: Rules) -> Iterator[str]:
    """Yield a club's log, one line an event and one an acknowledged warning."""
    for event in events:
        moved = event.to_state is not None and event.to_state != event.from_state
        where = f" → {state_name(event.to_state)}" if moved and event.to_state else ""
        step = step_name(event.step)
        yield f"{event.seq:>3}  {dmy(event.on)}  {event.officer:<12} {step}{_course(event)}{where}"
        late = lateness.days_late(event.on, event.recorded_at, rules)
        if late is not None:
            yield _("       recorded {days} days later").format(days=late)
        for one in event.acknowledged:
            yield _("       acknowledged {code}: {reason}").format(code=one.code, reason=one.reason)


def _course(event: Event) -> str:
    """Return what kind of course was held and in what form, in brackets; else nothing."""
    course = event.form.get("course")
    if event.step != "train" or not isinstance(course, Mapping):
        return ""
    shown = [course_name(course.get("kind", ""))]
    if form := course.get("form"):
        shown.append(course_form_name(form))
    return f" ({', '.join(shown)})"


def composition_text(made_of: Composition, rules: Rules, on: date) -> str:
    """Return the counts as one line; the young only where a document of the province has them."""
    young = ("young",) if rules.stated("membership.young_share", on).status == "value" else ()
    shown = ("women", "elderly", *young, "poor", "near_poor", "difficult")
    inside = ", ".join(f"{count_name(name)} {getattr(made_of, name)}" for name in shown)
    return _("Members: {members} ({inside})").format(members=made_of.members, inside=inside)
