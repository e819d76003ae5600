"""Due days as a calendar file (iCalendar, RFC 5545) that phones and mail programs read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

OCTETS = 75


@dataclass(frozen=True, slots=True)
class WholeDay:
    """One whole day in a calendar. ``uid`` never changes, so that a second import replaces it."""

    uid: str
    day: date
    summary: str
    description: str


def calendar(days: Iterable[WholeDay], stamp: date) -> bytes:
    """Return a calendar file; ``stamp`` is the day it was asked for (no clock is read)."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//clb-lien-the-he//clb due//VI"]
    for one in days:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_text(one.uid)}",
            f"DTSTAMP:{stamp:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{one.day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_text(one.summary)}",
            f"DESCRIPTION:{_text(one.description)}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


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
