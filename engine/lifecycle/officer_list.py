"""Officers from a list: what each row changes, recorded all at once or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from engine.codes import OFFICER_UNKNOWN
from engine.errors import ClbError, NotPermittedError
from engine.lifecycle.officers import OfficerService, Which, one_place
from engine.model import Officer

Action = Literal["added", "renamed", "ended", "login"]


@dataclass(frozen=True, slots=True)
class Change:
    """What a row of the list did, nothing if that is all; ``officer`` is as the row has it."""

    row: int
    officer: Officer
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Mistake:
    """Why a row cannot be taken."""

    row: int
    error: ClbError


class _UndoneError(Exception):
    """Raised to take back what was only tried."""


def take_in(
    service: OfficerService, rows: Sequence[tuple[int, Officer]], *, by: str | None, keep: bool
) -> tuple[list[Change], list[Mistake]]:
    """Add, rename or end the officers of a list; an office that is as its row has it stays.

    With mistakes in it, or without ``keep``, nothing is recorded. Raises ``NotPermittedError``,
    ``UnknownError`` for who takes the list in.
    """
    changes: list[Change] = []
    mistakes: list[Mistake] = []
    try:
        with service.store.write("officers", by=by if keep else None):
            for number, new in rows:
                try:
                    with service.store.savepoint():
                        changes.append(Change(number, new, _take(service, new, by)))
                except ClbError as error:
                    if isinstance(error, NotPermittedError) or error.code == OFFICER_UNKNOWN:
                        raise
                    mistakes.append(Mistake(number, error))
            if mistakes or not keep:
                raise _UndoneError
    except _UndoneError:
        pass
    return changes, mistakes


def _take(service: OfficerService, new: Officer, by: str | None) -> tuple[Action, ...]:
    held = _held(service, new)
    if held is None:
        service.add(new, by=by)
        return ("added",)
    if held.until is not None and held.until <= service.today():
        return ()
    actions: list[Action] = []
    if held.name != new.name:
        service.rename(new.id, new.name, by=by)
        actions.append("renamed")
    if new.login is not None and new.login != held.login:
        service.give_login(new.id, new.login, by=by)
        actions.append("login")
    if new.until is not None and new.until != held.until:
        which = Which(held.role, held.province, held.commune)
        service.end(new.id, which, new.until, by=by, step="officer_change")
        actions.append("ended")
    return tuple(actions)


def _held(service: OfficerService, new: Officer) -> Officer | None:
    """Return the office that a row is about: one that began that day, or that is not over."""
    today = service.today()
    for one in service.ever():
        same = (one.id, one.role, one.province) == (new.id, new.role, new.province)
        if not same or not one_place(one.commune, new.commune):
            continue
        if one.since == new.since if new.since else (one.until is None or one.until > today):
            return one
    return None
