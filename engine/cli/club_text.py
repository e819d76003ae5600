"""A club's page and its history, as text for people."""

from collections.abc import Iterator, Sequence
from typing import Any

from engine.cli.roster_view import composition_text
from engine.findings import state_name, step_name
from engine.i18n import _
from engine.model import Club, Event
from engine.reports.clubs import Page
from engine.reports.task_names import task_name
from engine.text import dmy, dong


def page_text(page: Page, data: dict[str, Any]) -> Iterator[str]:
    """Yield a club's page; ``data`` is the same page as JSON has it."""
    club = page.club
    yield f"{club.id}  {club.name}"
    yield f"  {club.village}, {club.commune}"
    since = dmy(club.state_on) if club.state_on else "-"
    yield _("  State: {state}, since {day}").format(state=state_name(club.state), day=since)
    yield "  " + "; ".join(_days(club))
    yield f"  {composition_text(page.composition)}"
    yield from _board(page)
    yield _("  Income fund: {income}; operating fund: {operating}").format(
        income=dong(page.funds["income"]), operating=dong(page.funds["operating"])
    )
    yield from _tasks(page, data)


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
    posts = {
        "chair": _("chair"),
        "vice": _("vice chair"),
        "secretary": _("secretary"),
        "treasurer": _("treasurer"),
    }
    order = list(posts)
    for post in sorted(
        page.board, key=lambda one: (order.index(one.post) if one.post in order else 9, one.post)
    ):
        label = posts.get(post.post, _("member of the board"))
        yield f"  {label}: {page.names.get(post.person) or _('(erased)')}"


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
        yield f"{event.seq:>3}  {dmy(event.on)}  {event.officer:<12} {step}{where}"
        for one in event.acknowledged:
            yield _("       acknowledged {code}: {reason}").format(code=one.code, reason=one.reason)
