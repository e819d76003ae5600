"""Agencies that a document names, once another one has taken their place.

A document keeps its words: a duty of 2021 is the department's that it named. Whoever reads it after
a reorganisation needs to know who that is now, and whether a document confirms it.
"""

from collections.abc import Iterator
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
    for name, remark in _replaced(policy, on):
        if name in text and f"{name} (" not in text:
            text = text.replace(name, f"{name} ({remark})")
    return text


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


def _replaced(policy: Policy, on: date) -> Iterator[tuple[str, str]]:
    """Yield each agency's former name, the longest first, with what is to be known of it."""
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
    yield from sorted(found.items(), key=lambda one: -len(one[0]))
