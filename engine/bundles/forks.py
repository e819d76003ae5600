"""How a stream of a file meets the one that is here: it goes on, or both went on (a fork)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from engine import codes
from engine.bundles import partners
from engine.bundles.form import Line
from engine.errors import ConflictError
from engine.i18n import _
from engine.labels import step_name
from engine.model import Event
from engine.store.database import Store
from engine.vietnamese.text import dmy

SELECT_HASHES = "SELECT seq, hash FROM event WHERE stream = ? ORDER BY seq"
SELECT_LAST = "SELECT max(seq) FROM event WHERE stream = ?"


@dataclass(frozen=True, slots=True)
class Fork:
    """A stream that went on at both sides after the event ``common``: here, and in the file.

    ``is_ours`` is whether it is for this side to take its own steps again: where the province has
    sent them out already, the commune does it.
    """

    stream: str
    name: str
    common: int
    here: tuple[Event, ...]
    there: tuple[Event, ...]
    is_ours: bool


class ForkedError(ConflictError):
    """The province's own stream went on here too, on which all else in its file rests."""

    code = codes.BUNDLE_FORK

    def __init__(self, fork: Fork) -> None:
        sides = {
            "here": "; ".join(map(event_text, fork.here)),
            "there": "; ".join(map(event_text, fork.there)),
        }
        super().__init__(
            _(
                "The province's own records went on here too, so nothing is taken in yet. "
                "Here: {here}. In the file: {there}."
            ).format(**sides),
            help=_("Take yours again first: {command}").format(
                command="clb bundle rebase province"
            ),
        )
        self.fork = fork


def event_text(event: Event) -> str:
    """Return an event in a few words: its number, day, step and officer."""
    return f"{event_name(event)} ({event.officer})"


def event_name(event: Event) -> str:
    """Return an event's number, day and step, with the officer that one of a province is about."""
    about = event.form.get("id") if event.step.startswith("officer_") else None
    what = " ".join(filter(None, (step_name(event.step), about)))
    return f"{event.seq}. {dmy(event.on)} {what}"


@dataclass(slots=True)
class Meeting:
    """A stream as it is here and as a file has it. ``new`` are the events that go on from here.

    ``gone`` are those of the file that are passed over: the first was taken again here.
    """

    stream: str
    common: int = 0
    new: list[Line] = field(default_factory=list)
    gone: Sequence[Line] = ()
    here: int = 0
    forked: bool = False
    missing: tuple[int, int] | None = None


def meet(store: Store, stream: str, lines: Sequence[Line]) -> Meeting:
    """Hold a file's events of a stream against those that are here."""
    here: dict[int, str] = dict(store.rows(SELECT_HASHES, (stream,)))
    last = len(here)
    if not lines:
        return Meeting(stream, here=last, common=last)
    found = Meeting(stream, here=last, common=min(last, lines[0].seq - 1))
    first = lines[0]
    if first.seq > last + 1:
        found.missing = (last + 1, first.seq - 1)
        return found
    if first.event().prev != here.get(first.seq - 1, ""):
        found.missing = (1, first.seq - 1)
        return found
    for line in lines:
        if line.seq > last:
            found.new.append(line)
        elif here[line.seq] == line.hash:
            found.common = line.seq
        else:
            if partners.is_gone(store, stream, line.seq, line.hash):
                found.gone = [one for one in lines if one.seq >= line.seq]
            else:
                found.forked = True
            break
    return found


def last_here(store: Store, stream: str) -> int:
    """Return the number of the last event of a stream here, 0 where there is none."""
    row = store.row(SELECT_LAST, (stream,))
    return 0 if row is None or row[0] is None else int(row[0])
