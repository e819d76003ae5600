"""What is due as others get it: entries of a calendar, and messages to paste into a chat."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from engine.i18n import _
from engine.labels import role_names, task_name
from engine.reports.due_row import Due, task_words
from engine.reports.ical import WholeDay
from engine.rules.ground import ended_words
from engine.store.reader import Reader
from engine.vietnamese.dates import dmy
from engine.vietnamese.money import number

CHAIRS = (
    "SELECT b.club, p.name FROM board b JOIN club c ON c.id = b.club "
    "JOIN personal p ON p.club = b.club AND p.member = b.person AND p.province = c.province "
    "WHERE c.province = ? AND b.post = 'chair'"
)
REMEMBERED = timedelta(days=400)
"""How long what was done is still taken out of calendars that may have it."""
ALARMS = (7 * 24 - 8, 24 - 8)
"""Hours before its day that an entry reminds: at eight in the morning, a week and a day ahead."""
ON_THE_DAY = (-8,)


def chairs(store: Reader, province: str) -> dict[str, str]:
    """Return the name of each club's chair, by the club's id; erased ones are missing."""
    return dict(store.rows(CHAIRS, (province,)))


def entries(open_: Iterable[Due], done: Iterable[Due], on: date, city: bool) -> list[WholeDay]:
    """Return the calendar's entries: what is open and has a day, and what is no more to be done.

    What is late lies on the day asked, where people look, and says how late it is.
    """
    shown = [_entry(one, due_on, on, city) for one in open_ if (due_on := one.due_on) is not None]
    there = {one.uid for one in shown}
    gone = [
        _entry(one, due_on, on, city, cancelled=True)
        for one in done
        if (due_on := one.due_on) is not None
    ]
    return [*shown, *(one for one in gone if one.uid not in there)]


def _entry(one: Due, due_on: date, on: date, city: bool, *, cancelled: bool = False) -> WholeDay:
    late = one.overdue_days(on) if one.ended is None and not cancelled else None
    about = f"{task_words(one)}: {where}" if (where := _where(one)) else task_words(one)
    summary = (
        _("{days} days late: {about}").format(days=number(late), about=about) if late else about
    )
    place = ", ".join(filter(None, (one.village, one.commune)))
    alarms = () if cancelled or one.ended else ON_THE_DAY if late else ALARMS
    return WholeDay(
        f"{one.kind.value}.{one.mark}@clb-lien-the-he",
        on if late else due_on,
        summary,
        "\n".join(_details(one, due_on, city)),
        place,
        (_("Intergenerational clubs"), task_name(one.kind)),
        role_names(one.doers, city=city),
        alarms,
        cancelled,
    )


def _where(one: Due) -> str | None:
    """Return the club with its commune: names alike are common."""
    return f"{one.club_name}, {one.commune}" if one.club_name else None


def _details(one: Due, due_on: date, city: bool) -> Iterator[str]:
    yield _("Due: {day}").format(day=dmy(due_on))
    yield _("Who: {who}").format(who=role_names(one.doers, city=city))
    if one.club:
        yield f"{one.club} {_where(one)}"
    yield _("Source: {source}").format(source=one.source)
    if one.ended is not None:
        yield ended_words(one.ended)
    if one.note:
        yield one.note


def messages(rows: Iterable[Due], chairs: Mapping[str, str], on: date, city: bool) -> Iterator[str]:
    """Yield messages to paste, line by line: one to each club, then one of what has no club.

    A club's goes to its chair, called by the given name as people are; an empty line is between
    two messages. What ended rules asked for is left out.
    """
    by_club: dict[str | None, list[Due]] = {}
    for one in rows:
        if one.ended is None:
            by_club.setdefault(one.club, []).append(one)
    of_nobody = by_club.pop(None, [])
    first = True
    for club, tasks in [*by_club.items(), *([(None, of_nobody)] if of_nobody else [])]:
        if not first:
            yield ""
        first = False
        yield _greeting(tasks[0], chairs.get(club) if club else None, city)
        for one in tasks:
            yield _line(one, on, city)


def _greeting(one: Due, chair: str | None, city: bool) -> str:
    if one.club is None:
        return _("What the city owes") + ":" if city else _("What the province owes") + ":"
    if chair is None:
        return _("To the board of {club}:").format(club=_where(one))
    return _("Dear {given_name} of {club}:").format(given_name=chair.split()[-1], club=_where(one))


def _line(one: Due, on: date, city: bool) -> str:
    late = one.overdue_days(on)
    day = dmy(one.due_on) if one.due_on else _("no day stipulated")
    if late:
        day = _("{day}, {days} days late").format(day=day, days=number(late))
    return _("- {day}: {task} (by: {who})").format(
        day=day, task=task_words(one), who=role_names(one.doers, city=city)
    )
