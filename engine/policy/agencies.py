"""Agencies that a document names, once another one has taken their place.

A document keeps its words: a duty of 2021 is the department's that it named. Whoever reads it after
a reorganisation needs to know who that is now, and whether a document confirms it.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from operator import attrgetter

from engine.i18n import _
from engine.policy.model import Policy
from engine.vietnamese.dates import dmy

DAY = timedelta(days=1)


def on_day(policy: Policy, text: str, on: date) -> str:
    """Return the agencies of ``text`` as the document has them, each with its successor by ``on``.

    ``"Sở A, Sở B"`` becomes ``"Sở A (nay: Sở C, chưa xác nhận), Sở B"`` where the policy's
    ``routing`` values name a successor of Sở A. An agency that ended without a known successor is
    marked so.
    """
    remarks = {
        name: remark for name, remark in _replaced(policy, on).items() if f"{name} (" not in text
    }
    # The longest first: a name that is a part of another agency's is not meant there.
    names = sorted(_names(policy), key=len, reverse=True) if remarks else []
    found = (f"{one} ({remarks[one]})" if one in remarks else one for one in _cut(text, names))
    return "".join(found)


def named_first(policy: Policy, agency: str) -> str:
    """Return what the document calls an agency of the ``routing`` group; its id where unknown."""
    key = f"routing.{agency}"
    entries = policy.entries_of(key) if policy.has(key) else ()
    return str(entries[0].value["name"]) if entries else agency


def name_on(policy: Policy, agency: str, on: date) -> str:
    """Return what an agency of the ``routing`` group is called on a day; its id where unknown."""
    key = f"routing.{agency}"
    for entry in policy.entries_of(key) if policy.has(key) else ():
        if entry.holds(on):
            name = str(entry.value["name"])
            confirmed = entry.value["confirmed"]
            return name if confirmed else _("{name} (not confirmed)").format(name=name)
    return agency


def province_title(policy: Policy, on: date) -> str | None:
    """Return the province with its title (tỉnh, thành phố), as its committee was named that day.

    Before the first document it had the name that this one has. ``None`` where no document at hand
    names the committee of a later day, or none confirms it.
    """
    key = "routing.province_committee"
    entries = policy.entries_of(key) if policy.has(key) else ()
    first = min(entries, key=attrgetter("start"), default=None)
    held = next((one for one in entries if one.holds(on)), None)
    named = first if first is not None and on < first.start else held
    if named is None or not named.value["confirmed"]:
        return None
    _before, _title, place = str(named.value["name"]).partition("Ủy ban nhân dân ")
    return place or None


def _names(policy: Policy) -> Iterator[str]:
    """Yield what the documents call the agencies of the ``routing`` group."""
    for _id, entries in policy.group("routing"):
        yield from (str(entry.value["name"]) for entry in entries)


def _cut(text: str, names: Sequence[str]) -> list[str]:
    """Return a text in parts, of which each name that is in it is one."""
    return re.split(f"({'|'.join(map(re.escape, names))})", text) if names else [text]


def _replaced(policy: Policy, on: date) -> dict[str, str]:
    """Return what is to be known of each agency that another one has replaced, by its name."""
    found: dict[str, str] = {}
    for _id, entries in policy.group("routing"):
        current = next((entry for entry in entries if entry.holds(on)), None)
        for entry in entries:
            name = str(entry.value["name"])
            if entry.end is None or entry.end >= on:
                continue
            if current is None:
                if entry.end == policy.document(entry.document).end:
                    continue  # the document ended, not the agency
                found[name] = _("ended on {day}, successor not confirmed").format(
                    day=dmy(entry.end + DAY)
                )
            elif current.value["name"] != name:
                now = _("now {agency}").format(agency=current.value["name"])
                if not current.value["confirmed"]:
                    now = _("{now}, not confirmed").format(now=now)
                found[name] = now
    return found
