"""The cover sheet of a file with clubs: plain text for whoever opens it without this program."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from engine.bundles.form import EVENTS, Bundle
from engine.bundles.partners import called
from engine.bundles.signing import Unsigned
from engine.clock import ZONE
from engine.i18n import _
from engine.labels import step_name
from engine.lifecycle.registry import Registry
from engine.lifecycle.replay import moment
from engine.model import Event
from engine.rules.communes import wording
from engine.store.database import Store
from engine.vietnamese.text import dmy, number

MOST_STEPS = 6
"""Names of steps in one line."""
SELECT_CLUB = "SELECT id, name, village FROM club WHERE id = ?"


def cover(store: Store, bundle: Bundle, province: str) -> str:
    """Return the cover sheet; ``province`` is the province's name."""
    lines = [_("Clubs of {province}").format(province=province), ""]
    lines += [f"{name}: {value}" for name, value in summary(bundle).items()]
    lines.append("")
    for stream, events in bundle.streams().items():
        row = store.row(SELECT_CLUB, (stream.removeprefix("club:"),))
        name = f"{row[1]}, {row[2]} ({row[0]})" if row else province
        what = steps(line.event() for line in events)
        lines.append(f"{part(name, events[0].seq, events[-1].seq)}: {what}")
    lines += [
        _("To take it in: clb bundle import FILE."),
        _("It is a zip file of texts: {events} has one event a line, with its hash.").format(
            events=EVENTS
        ),
    ]
    return "\n".join(lines) + "\n"


def stream_name(registry: Registry, bundle: Bundle, stream: str) -> str:
    """Return how a file's stream is called: a club's name with its id, or the province's."""
    id_ = stream.partition(":")[2]
    if not stream.startswith("club:"):
        return registry.provinces.name(id_)
    row = registry.store.row(SELECT_CLUB, (id_,))
    if row is not None:
        return f"{row[1]} ({id_})"
    first = next((one for one in bundle.lines if one.stream == stream), None)
    named = dict(first.event().effects.fields).get("name") if first is not None else None
    return f"{named} ({id_})" if named else id_


def place_of(registry: Registry, bundle: Bundle) -> tuple[str, ...]:
    """Return the contexts in which messages about a file's commune are read (``engine.i18n``)."""
    commune = bundle.sender.commune or bundle.receiver.commune or ""
    return wording(commune, city=registry.provinces.is_city(bundle.province))


def part(name: str, first: int, last: int) -> str:
    """Return the line of a stream: which of its events there are."""
    return _("{name}: events {events}").format(
        name=name, events=first if first == last else f"{first}–{last}"
    )


def steps(events: Iterable[Event]) -> str:
    """Return which steps these events are, each once, in order."""
    names = list(dict.fromkeys(step_name(one.step) for one in events))
    return ", ".join([*names[:MOST_STEPS], "…"] if len(names) > MOST_STEPS else names)


def summary(bundle: Bundle) -> Mapping[str, str]:
    """Return what a file is, a line each: from whom, for whom, what, from when to when."""
    days = sorted({dmy(line.event().on): line.event().on for line in bundle.lines}.items(), key=_on)
    shown = " – ".join(dict.fromkeys((days[0][0], days[-1][0]))) if days else ""
    clubs = sum(stream.startswith("club:") for stream in bundle.streams())
    return {
        _("Sender"): f"{called(bundle.sender)} ({bundle.officer})",
        _("Receiver"): called(bundle.receiver),
        _("Made at"): made_at(bundle),
        _("Clubs in the file"): number(clubs),
        _("Events"): f"{number(len(bundle.lines))} ({shown})" if shown else "0",
        _("Names of members"): _names(bundle),
        **({_("Signatures"): _signatures(bundle)} if _is_signed(bundle) else {}),
        **({_("Signatures made later"): number(len(bundle.late))} if bundle.late else {}),
    }


def amounts(clubs: int, events: int, names: int, signatures: int) -> str:
    """Return what a file holds, or what came of it: of each kind how many, where there are some.

    ``signatures`` are those that were made after their events were sent.
    """
    found = (
        (_("{count} clubs"), clubs),
        (_("{count} new events"), events),
        (_("names of {count} members"), names),
        (_("{count} signatures made later"), signatures),
    )
    some = [text.format(count=number(count)) for text, count in found if count]
    return ", ".join(some) or _("nothing new")


def _is_signed(bundle: Bundle) -> bool:
    signed = bundle.signature is not None or any(line.signature for line in bundle.lines)
    return signed and bool(bundle.lines)


def _signatures(bundle: Bundle) -> str:
    """Return how many events are signed, and whose are not."""
    unsigned = Counter(line.event().officer for line in bundle.lines if line.signature is None)
    signed = _("{count} of {all} events").format(
        count=number(len(bundle.lines) - unsigned.total()), all=number(len(bundle.lines))
    )
    whose = ", ".join(f"{officer} {number(count)}" for officer, count in sorted(unsigned.items()))
    return f"{signed}; " + _("unsigned: {whose}").format(whose=whose) if whose else signed


def signed_now(count: int) -> str:
    """Return how many events were recorded unsigned under the sender's name and are signed now."""
    return _("Signed now, recorded unsigned under your name before: {count}").format(
        count=number(count)
    )


def signed_late(count: int) -> str:
    """Return how many signatures came of events that were here before."""
    return _("Signatures of events that were here already: {count}").format(count=number(count))


def unsigned_lines(store: Store, found: Sequence[Unsigned]) -> list[str]:
    """Return what was recorded unsigned under somebody's name, a line an event."""
    lines = []
    for one in found:
        id_ = one.stream.partition(":")[2]
        row = store.row(SELECT_CLUB, (id_,))
        lines.append(f"{row[1] if row else id_}: {one.seq}. {dmy(one.on)} {step_name(one.step)}")
    return lines


def _on(day: tuple[str, date]) -> date:
    return day[1]


def made_at(bundle: Bundle) -> str:
    """Return when a file was made, in Viet Nam's time."""
    return moment(bundle.made_at).astimezone(ZONE).strftime("%d/%m/%Y %H:%M")


def _names(bundle: Bundle) -> str:
    if bundle.box is not None:
        return _("yes, encrypted for the receiver")
    return _("no") if bundle.names is None else number(len(bundle.names))
