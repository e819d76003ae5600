"""A club's page and its history, as text for people."""

from collections.abc import Iterator, Sequence
from typing import Any

from engine.cli import screen, tables
from engine.cli.roster_view import composition_text
from engine.i18n import _
from engine.labels import course_form_name, course_name, post_name, state_name, step_name, task_name
from engine.model import Club, Event, State
from engine.reports.boards import post_order
from engine.reports.clubs import Line, Page
from engine.reports.commune_names import place_text
from engine.vietnamese.text import dmy, dong

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
"""Colours beside the words, which say the same without them."""


def list_text(lines: Sequence[Line]) -> Iterator[str]:
    """Yield a province's clubs as a table, fitted to a terminal and with bars there.

    Elsewhere a club is one line, so that other tools can search the list.
    """
    most = max((one.members for one in lines), default=0)
    drawn = screen.draws()
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
        wrap=[1, 2, 3, 4] if screen.is_terminal() else (),
    )


def page_text(page: Page, data: dict[str, Any]) -> Iterator[str]:
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
    yield f"  {composition_text(page.composition)}"
    yield from _board(page)
    yield _("  Income fund: {income}; operating fund: {operating}").format(
        income=dong(page.funds["income"]), operating=dong(page.funds["operating"])
    )
    yield from _tasks(page, data)


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


def _tasks(page: Page, data: dict[str, Any]) -> Iterator[str]:
    for task, row in zip(page.tasks, data["tasks"], strict=True):
        late = ""
        if row["overdue_days"]:
            late = _(", {days} days late").format(days=row["overdue_days"])
        yield _("  To do: {task}, due {due}{late} ({source})").format(
            task=task_name(task.kind),
            due=dmy(task.due_on) if task.due_on else _("no day stipulated"),
            late=late,
            source=row["source"],
        )


def history_text(events: Sequence[Event]) -> Iterator[str]:
    """Yield a club's log, one line an event and one an acknowledged warning."""
    for event in events:
        moved = event.to_state is not None and event.to_state != event.from_state
        where = f" → {state_name(event.to_state)}" if moved and event.to_state else ""
        step = step_name(event.step)
        yield f"{event.seq:>3}  {dmy(event.on)}  {event.officer:<12} {step}{_course(event)}{where}"
        for one in event.acknowledged:
            yield _("       acknowledged {code}: {reason}").format(code=one.code, reason=one.reason)


def _course(event: Event) -> str:
    """Return what kind of course was held and in what form, in brackets; else nothing."""
    course = event.form.get("course")
    if event.step != "train" or course is None:
        return ""
    shown = [course_name(course["kind"])]
    if form := course.get("form"):
        shown.append(course_form_name(form))
    return f" ({', '.join(shown)})"
