"""Judging again what is recorded about officers: which offices no honest program gives or ends."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from engine.errors import InputError
from engine.i18n import _
from engine.lifecycle.officers import free, free_login, sensible
from engine.lifecycle.replay_forms import is_day
from engine.model import COMMUNE_ROLES, Event, Officer, Role
from engine.store.rows import Rows

Row = Mapping[str, Any]
Recorded = Sequence[tuple[str, dict[str, Any]]]
ENDING = {"id", "of", "until"}
"""What is recorded of an office's end."""
LAST_DAY = "9999-12-31"
DAYS = ("since", "until")


def follow(step: str, form: Row, records: Recorded, kept: Rows) -> bool:
    """Return whether what is recorded about offices is what the form says."""
    begun = [row for table, row in records if table == "officer"]
    ended = [row for table, row in records if table == "officer_ended"]
    if any(row["id"] != form["id"] for _table, row in records):
        return False
    if not are_of(ended, kept):
        return False
    if step == "officer_first":
        return form.keys() == {"id", "province"}
    if step == "officer_add":
        return begun == [form]
    if form.keys() == {"id", "until", "offices"}:
        return len(records) == len(ended) == form["offices"] > 0 and (
            {row["until"] for row in ended} == {form["until"]}
        )
    if step == "officer_remove":  # by programs that ended every office of an officer at once
        return form.keys() == {"id"} and records == [("officer_removed", form)]
    if "role" in form:
        return begun == [form] and [row["until"] for row in ended] == [form["since"]]
    changes = (("officer_named", {"id", "name"}), ("officer_login", {"id", "login"}))
    return any(form.keys() == names and records == [(of, form)] for of, names in changes)


def are_of(ended: Sequence[Row], kept: Rows) -> bool:
    """Return whether what is recorded as ended are offices, each of whom it names."""
    own = {row["seq"]: row["id"] for row in kept.of("officer")} if ended else {}
    return all(row.keys() == ENDING and own.get(row["of"]) == row["id"] for row in ended)


def misfits(event: Event, records: Recorded, kept: Rows, *, takes_over: bool) -> Iterator[str]:
    """Yield why the offices could not be given, changed or ended, by those that there were.

    ``takes_over`` is whether the province took another one over that day: the offices of that one
    are begun as they were.
    """
    on = event.on.isoformat()
    moved = any(table == "officer" for table, _row in records)
    ended = [row for table, row in records if table == "officer_ended"]
    for table, row in records:
        if any(name in row and not is_day(row[name]) for name in DAYS):
            yield _("an office has a day that is none")
            return
        if any(isinstance(row.get(name), str) and not row[name].strip() for name in NAMED):
            yield _("an officer has no name, id or login")
        if table == "officer":
            if not takes_over:
                yield from _cannot_begin(event, row, ended, kept)
            yield from _merged({"since": on, **row}, kept)
        elif table in ("officer_named", "officer_login", "officer_removed"):
            if all(is_over(one, on) for one in kept.of("officer") if one["id"] == row["id"]):
                yield _("nobody of that id was in office")
            if table == "officer_login":
                yield from _refused(row, kept)
    if moved and ended:
        yield from _cannot_move(event, ended, kept)
    elif ended:
        yield from cannot_end(on, ended, kept)
    elif any(table == "officer_removed" for table, _row in records):
        own = (one for one in kept.of("officer") if one["id"] == event.form["id"])
        yield from _keeps_no_admin(on, {one["seq"] for one in own if one["until"] is None}, kept)


NAMED = ("id", "name", "login")


def is_over(office: Row, on: str) -> bool:
    """Return whether an office is over by a day."""
    return (office["until"] or LAST_DAY) <= on


def has_admin(on: date, kept: Rows) -> bool:
    """Return whether an administrator of the province is in office on a day."""
    day = on.isoformat()
    return any(
        row["role"] == Role.ADMIN and row["since"] <= day and not is_over(row, day)
        for row in kept.of("officer")
    )


def _cannot_begin(event: Event, row: Row, ended: Sequence[Row], kept: Rows) -> Iterator[str]:
    gone = {one["of"] for one in ended}
    here = {"since": event.on.isoformat(), "province": event.stream.partition(":")[2]}
    new = _office({**here, **row})
    # Programs that did not record since when let ids differ in capitals only.
    alike = str.casefold if "since" in row else str
    there = [
        _office(one)
        for one in kept.of("officer")
        if one["seq"] not in gone and alike(one["id"]) == alike(new.id)
    ]
    try:
        sensible(new)
        free(new, there)
    except InputError as error:
        yield error.message.rstrip(".")
    yield from _refused(row, kept)


def _refused(row: Row, kept: Rows) -> Iterator[str]:
    """Yield that a login is another officer's."""
    login = row.get("login")
    if login is None:
        return
    there = [_office(one) for one in kept.of("officer") if one["login"] == login]
    try:
        free_login(row["id"], login, there)
    except InputError as error:
        yield error.message.rstrip(".")


def _merged(row: Row, kept: Rows) -> Iterator[str]:
    """Yield that the province was a part of another one by the day that an office began."""
    mergers = list(kept.of("merger"))
    if mergers and row["since"] >= mergers[-1]["since"]:
        yield _("the province was a part of another one by then")


def _cannot_move(event: Event, ended: Sequence[Row], kept: Rows) -> Iterator[str]:
    """Yield why an office could not move to another commune: it stays in its role."""
    own = {row["seq"]: row for row in kept.of("officer")}
    for office in (own[row["of"]] for row in ended):
        if office["role"] != event.form["role"] or office["role"] not in COMMUNE_ROLES:
            yield _("it moves an office into another role, or one of no commune")
        if is_over(office, event.on.isoformat()):
            yield _("it ends an office that had not begun, or was over")


def cannot_end(on: str, ended: Sequence[Row], kept: Rows) -> Iterator[str]:
    """Yield why offices could not be ended on a day, by the offices that there were."""
    own = {row["seq"]: row for row in kept.of("officer")}
    for row in ended:
        office = own[row["of"]]
        if row["until"] < office["since"] or is_over(office, on):
            yield _("it ends an office that had not begun, or was over")
    yield from _keeps_no_admin(on, {row["of"] for row in ended}, kept)


def _keeps_no_admin(on: str, ended: set[int], kept: Rows) -> Iterator[str]:
    admins = [row for row in kept.of("officer") if row["role"] == Role.ADMIN]
    if any(row["seq"] in ended for row in admins) and not any(
        row["since"] <= on and row["until"] is None for row in admins if row["seq"] not in ended
    ):
        yield _("it ends the office of the only administrator")


def _office(row: Row) -> Officer:
    until = row.get("until")
    return Officer(
        *(row["id"], row["name"], Role(row["role"]), row["province"]),
        commune=row.get("commune"),
        since=date.fromisoformat(row["since"]),
        until=date.fromisoformat(until) if until else None,
        login=row.get("login"),
    )
