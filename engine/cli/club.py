"""``clb club``: open, list, show, history."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from engine.cli import advice, tables
from engine.cli.asked import asked_option
from engine.cli.command import group
from engine.cli.context import ACK, ON, SET, Context, day, findings, pass_context
from engine.cli.meant_club import club_id
from engine.cli.typed import OF_PROVINCE, Choice
from engine.clock import today
from engine.i18n import _
from engine.labels import (
    count_name,
    fund_held,
    fund_name,
    post_name,
    state_name,
)
from engine.model import Club, Composition, Event, State
from engine.policy.effective import Rules
from engine.policy.own_money import fund_labels
from engine.reports import clubs, merged
from engine.reports.club_names import common_opening, shortened
from engine.reports.clubs import ListedClub, Page, post_order
from engine.reports.commune_names import place_text
from engine.reports.due import due
from engine.reports.due_row import Due, task_words
from engine.rules.ground import ended_words
from engine.rules.own import called, has_own_fields
from engine.vietnamese.text import clean, dmy, number, upper_first

if TYPE_CHECKING:
    from engine.reports.own_answers import OwnAnswer
    from engine.store.reader import Reader

BAR = 5
BELOW = " " * 7
"""The room before what belongs to the event above it."""
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


@group(help=_("Open, list and look at clubs."))
def club() -> None:
    """Hold the commands about clubs."""


@club.command("open", help=_("Open the file of a new club."))
@OF_PROVINCE
@asked_option("--commune", help=_("The commune"))
@asked_option("--village", help=_("The village"))
@asked_option("--name", help=_("The club's name"))
@click.option("--on", "on", default=None, help=_("The day the file was opened; today if left out"))
@click.option("--after", default=None, help=_("The club whose file this one follows"))
@SET
@ACK
@pass_context
def open_(
    context: Context,
    province: str | None,
    commune: str | None,
    village: str | None,
    name: str | None,
    on: str | None,
    after: str | None,
    assignments: tuple[str, ...],
    acks: tuple[str, ...],
) -> None:
    """Open a club's file; at a terminal what is missing is asked for."""
    from engine.cli.run_step import acknowledged, pairs
    from engine.rules import forms

    lifecycle = context.registry.lifecycle
    typed = {"name": name, "commune": commune, "village": village}
    form: dict[str, Any] = {path: clean(text) for path, text in typed.items() if text is not None}
    if opened_on := day(on):
        form["date"] = opened_on.isoformat()
    if after:
        form["after"] = club_id(context, after)
    asking = None in (commune, village, name)
    if asking:
        from engine.cli.ask_step import acting, open_club

        acting(context)
    where = province or context.province_of_officer()
    forms.assign("open", form, pairs(assignments), context.reader(where, opened_on))
    if asking:
        outcome, filled = open_club(context, where, form, acknowledged(acks))
    else:
        filled = {"date": lifecycle.today().isoformat(), **form}
        outcome = lifecycle.open(
            where, filled, officer=context.officer, acknowledged=acknowledged(acks)
        )
    for warning in outcome.warnings:
        context.message(warning)
    context.answer(
        {
            "club": outcome.club,
            "state": outcome.state,
            "findings": findings(outcome.findings),
        },
        lambda: [
            _("Opened: {name} ({club})").format(name=filled["name"], club=outcome.club),
            _place_of(context, outcome.club),
            *tables.findings(outcome.unacknowledged),
            *(() if advice.from_a_menu() else (_list_next(outcome.club),)),
        ],
    )


def _list_next(club: str) -> str:
    return _("Next: import the member list: {command}").format(
        command=" ".join(("clb member import", club, _("FILE")))
    )


def _place_of(context: Context, club: str) -> str:
    """Return a club's village and commune as they were recorded."""
    made = context.registry.lifecycle.club(club)
    return f"  {made.village}, {made.commune}"


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
    lines = merged.listing(
        context.registry.store, context.provinces, where, today, state=state, commune=commune
    )
    context.answer(lines, lambda: _list_text(lines))


@club.command(help=_("One club's page."))
@click.argument("named", metavar="CLUB")
@click.option("--on", "on", default=None, help=ON)
@pass_context
def show(context: Context, named: str, on: str | None) -> None:
    """Show a club."""
    store, now = context.reading, today()
    one = clubs.of_id(store, club_id(context, named, store=store))
    when = day(on) or now
    rules = context.provinces.rules(one.province)
    tasks = due(
        store, rules, one.province, when, past=when < now, clubs=(one.id,), with_province=False
    )
    members = clubs.composition(store, rules, one, when)
    page = clubs.page(store, rules, one, members, when)
    answers = _answers(store, rules, page, when)
    data = _page_data(one, page, tasks, when) | {"own": answers}

    def text() -> Iterator[str]:
        yield from _page_text(page, tasks, rules, when)
        for answer in answers:
            step, last = called(rules, answer.step), dmy(answer.on)
            yield f"  {answer.label}: {answer.text} ({step}, {last})"

    context.answer(data, text)


def _answers(store: "Reader", rules: Rules, page: Page, when: date) -> "tuple[OwnAnswer, ...]":
    """Return the last answers to the fields of the province's own; most have none."""
    if not has_own_fields(rules):
        return ()
    from engine.reports.own_answers import last_answers

    return last_answers(clubs.history(store, page.club), rules, page.names, when)


def _page_data(one: Club, page: Page, tasks: list[Due], when: date) -> dict[str, Any]:
    """Return a club's page as JSON answers it."""
    return {
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
                "source": task.source,
                "overdue_days": task.overdue_days(when) or 0,
                "ended_on": task.ended,
            }
            for task in tasks
        ],
    }


@club.command(help=_("All that was recorded about a club, in order."))
@click.argument("named", metavar="CLUB")
@pass_context
def history(context: Context, named: str) -> None:
    """Show a club's log."""
    from engine.lifecycle.people import names as people_names
    from engine.rules import lateness

    store = context.registry.store
    one = context.registry.lifecycle.club(club_id(context, named))
    events, names = clubs.history(store, one), people_names(store, one)
    officers = {one.id: one.name for one in context.registry.officers.ever()}
    rules = context.provinces.rules(one.province)
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

    context.answer(data, lambda: _history_text(events, names, officers, rules))


def _list_text(lines: Sequence[ListedClub]) -> Iterator[str]:
    """Yield a province's clubs as a table; at a terminal one line a club where that fits.

    What many names begin with is written once, below. Elsewhere names are whole, so that other
    tools can search the list.
    """
    if not tables.is_terminal():
        yield from _Listed(lines).table()
        return
    ways = (
        _Listed(lines, opening=opening, former=former, drawn=drawn)
        for opening in ("", common_opening(one.name for one in lines))
        for former, drawn in ((True, tables.draws()), (True, False), (False, False))
    )
    for way in ways:
        if way.fits():
            break
    yield from way.table()
    if way.opening:
        yield _("… is “{opening}”").format(opening=way.opening.strip())


class _Listed:
    """A list of clubs as a table.

    ``opening`` is what is left out of names that begin with it; a village that every name then
    ends with is not shown again. ``former`` adds the former names of communes, ``drawn`` bars.
    """

    def __init__(
        self,
        lines: Sequence[ListedClub],
        *,
        opening: str = "",
        former: bool = True,
        drawn: bool = False,
    ) -> None:
        self.opening = opening
        named = bool(opening) and all(one.name.endswith(one.village) for one in lines)
        most = max((one.members for one in lines), default=0)
        self.headings = [_("Club"), _("Name"), _("Commune"), _("State"), _("Members")]
        self.rows: list[list[object]] = []
        for one in lines:
            members = number(one.members)
            self.rows.append(
                [
                    one.club,
                    shortened(one.name, opening),
                    place_text(one.commune_now, one.formerly if former else None),
                    tables.Painted(state_name(one.state), STATE_COLOURS.get(one.state)),
                    f"{members} {tables.bar(one.members, most, BAR)}" if drawn else members,
                ]
            )
        if not named:
            self.headings.insert(3, _("Village"))
            for one, row in zip(lines, self.rows, strict=True):
                row.insert(3, one.village)

    def fits(self) -> bool:
        """Return whether every club is on one line of the screen."""
        return tables.fits(self.headings, self.rows)

    def table(self) -> Iterator[str]:
        """Yield the table."""
        return tables.table(self.headings, self.rows, right=[len(self.headings) - 1])


def _page_text(page: Page, tasks: Iterable[Due], rules: Rules, on: date) -> Iterator[str]:
    """Yield a club's page with what is open for it."""
    club = page.club
    yield f"{club.id}  {club.name}"
    yield f"  {club.village}, {page.place}"
    if not page.place.confirmed:
        yield "  " + _("What became of the commune is known from a compiled list only.")
    since = dmy(club.state_on) if club.state_on else "-"
    yield _("  State: {state}, since {day}").format(state=state_name(club.state), day=since)
    yield "  " + upper_first("; ".join(_days(club)))
    yield from _managed(club)
    yield f"  {composition_text(page.composition, rules, on)}"
    yield from _board(page)
    own = fund_labels(rules.policy)
    funds = (f"{fund_name(fund, own)}: {fund_held(held)}" for fund, held in page.funds.items())
    yield f"  {upper_first('; '.join(funds))}"
    yield from _tasks(tasks, on)


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


def _tasks(tasks: Iterable[Due], on: date) -> Iterator[str]:
    for one in tasks:
        late = one.overdue_days(on)
        due = _("due {day}").format(day=dmy(one.due_on)) if one.due_on else None
        yield _("  To do: {task}, {due}{late} ({source})").format(
            task=task_words(one),
            due=due or _("no day stipulated"),
            late=_(", {days} days late").format(days=number(late)) if late else "",
            source=one.source + (f", {ended_words(one.ended)}" if one.ended else ""),
        )


def _history_text(
    events: Sequence[Event], names: Mapping[str, str], officers: Mapping[str, str], rules: Rules
) -> Iterator[str]:
    """Yield a club's log: on an event's line who did what, below it what was recorded."""
    from engine.reports.recorded import recorded
    from engine.rules import lateness

    for event in events:
        moved = event.to_state is not None and event.to_state != event.from_state
        where = f" → {state_name(event.to_state)}" if moved and event.to_state else ""
        who = officers.get(event.officer, event.officer)
        yield f"{event.seq:>3}  {dmy(event.on)}  {called(rules, event.step)}{where} ({who})"
        if what := recorded(event, names, rules):
            yield f"{BELOW}{what}"
        late = lateness.days_late(event.on, event.recorded_at, rules)
        if late is not None:
            yield BELOW + _("recorded {days} days later").format(days=number(late))
        for one in event.acknowledged:
            yield BELOW + _("acknowledged {code}: {reason}").format(
                code=one.code, reason=one.reason
            )


def composition_text(made_of: Composition, rules: Rules, on: date) -> str:
    """Return the counts as one line; the young only where a document of the province has them."""
    young = ("young",) if rules.stated("membership.young_share", on).status == "value" else ()
    shown = ("women", "elderly", *young, "poor", "near_poor", "difficult")
    inside = ", ".join(f"{count_name(name)} {getattr(made_of, name)}" for name in shown)
    return _("Members: {members} ({inside})").format(members=made_of.members, inside=inside)
