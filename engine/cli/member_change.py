"""What every change of a member list answers: where the log has it, who sits on the board still."""

from collections.abc import Iterable
from typing import Any

from engine.cli.context import Context
from engine.i18n import _
from engine.model import Club, Event
from engine.reports import clubs


def event_data(done: Event | None) -> dict[str, Any] | None:
    """Return where the log has what was done, ``None`` where nothing was recorded."""
    if done is None:
        return None
    return {
        "stream": done.stream,
        "seq": done.seq,
        "step": done.step,
        "on": done.on,
        "hash": done.hash,
    }


def warn_of_board(context: Context, club: Club, left: Iterable[str]) -> None:
    """Warn of everybody who left the list and is on the board still."""
    gone = set(left)
    for seat in clubs.board(context.registry.store, club) if gone else ():
        if seat.person in gone:
            context.message(
                _("{name} left the list and is still on the club's board.").format(
                    name=seat.name or seat.person
                )
            )
