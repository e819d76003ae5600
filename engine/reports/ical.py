"""Due days as a calendar file (iCalendar, RFC 5545) that phones and mail programs read."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

OCTETS = 75
FIRST_DAY = date(2020, 1, 1)
"""The day from which the days are counted that number the versions of an entry (SEQUENCE)."""


@dataclass(frozen=True, slots=True)
class WholeDay:
    """One whole day in a calendar.

    ``uid`` never changes, so that a second import replaces the entry; ``cancelled`` takes it away.
    ``alarms`` are the hours before (negative: after) the day begins at which it reminds, with
    ``summary`` as the reminder. ``contact`` is the body that does what the entry is about.
    """

    uid: str
    day: date
    summary: str
    description: str
    location: str = ""
    categories: Sequence[str] = ()
    contact: str = ""
    alarms: Sequence[int] = ()
    cancelled: bool = False


def calendar(days: Iterable[WholeDay], stamp: date, name: str = "") -> bytes:
    """Return a calendar file; ``stamp`` is the day it was asked for (no clock is read).

    The versions of an entry are numbered by that day: calendars take a later file's for newer.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//clb-lien-the-he//clb due//VI",
        "METHOD:PUBLISH",
    ]
    if name:
        lines += [f"NAME:{_text(name)}", f"X-WR-CALNAME:{_text(name)}"]
    for one in days:
        lines += _entry(one, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _entry(one: WholeDay, stamp: date) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(one.uid)}"
    yield f"SEQUENCE:{max(0, (stamp - FIRST_DAY).days)}"
    yield f"STATUS:{'CANCELLED' if one.cancelled else 'CONFIRMED'}"
    yield f"DTSTAMP:{stamp:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{one.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(one.summary)}"
    yield f"DESCRIPTION:{_text(one.description)}"
    if one.location:
        yield f"LOCATION:{_text(one.location)}"
    if one.categories:
        yield f"CATEGORIES:{','.join(map(_text, one.categories))}"
    if one.contact:
        yield f"CONTACT:{_text(one.contact)}"
    yield "TRANSP:TRANSPARENT"
    for hours in one.alarms:
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"DESCRIPTION:{_text(one.summary)}"
        yield f"TRIGGER:{'-' if hours > 0 else ''}PT{abs(hours)}H"
        yield "END:VALARM"
    yield "END:VEVENT"


def _text(value: str) -> str:
    for char in ("\\", ";", ","):
        value = value.replace(char, f"\\{char}")
    return "\\n".join(value.splitlines())


def _folded(line: str) -> str:
    """Break a line so that no part is longer than 75 octets and no letter is cut."""
    parts, size = [""], 0
    for char in line:
        width = len(char.encode())
        if size + width > OCTETS:
            parts.append("")
            size = 1
        parts[-1] += char
        size += width
    return "\r\n ".join(parts)
