"""What became of communes by a policy: compiled by hand where no list of units is loaded."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from engine.policy.model import Entry, Policy
from engine.rules.communes import Unit, place_keys

KEY = "communes.succession"
BY_NAME = "name:"
"""What the ids begin with that are made from a name."""


def succession(policy: Policy) -> Iterator[Unit]:
    """Yield the units of a policy's succession table, each in its days.

    Their ids are made from their names; nothing else is known of them.
    """
    for entry in policy.entries_of(KEY):
        ids = place_keys(str(row[one]) for row in entry.value for one in ("name", "successor"))
        begun = {ids[row["successor"]]: row["from"] for row in entry.value}
        ended = {ids[row["name"]]: row for row in entry.value}
        for row in entry.value:
            old, new = str(row["name"]), str(row["successor"])
            if ids[old] not in begun or begun[ids[old]] >= row["from"]:
                yield _unit(policy, entry, ids, old, date.min, row)
            later = ended.get(ids[new])
            if later is not None and later["from"] <= row["from"]:
                later = None  # an earlier unit of the same name
            confirmed = bool(row.get("confirmed", False))
            yield _unit(policy, entry, ids, new, row["from"], later, confirmed)


def _unit(
    policy: Policy,
    entry: Entry,
    ids: Mapping[str, str],
    name: str,
    first: date,
    end: Mapping[str, Any] | None,
    confirmed: bool = True,
) -> Unit:
    """Return a unit from its first day to the row of the table that ends it, if one does."""
    if end is not None:
        confirmed = confirmed and bool(end.get("confirmed", False))
    return Unit(
        id=f"{BY_NAME}{ids[name]}",
        name=name,
        kind=_kind(name),
        province=policy.province_id,
        valid_from=first,
        valid_to=end["from"] - timedelta(days=1) if end else None,
        parent=end.get("district") if end else None,
        successor=f"{BY_NAME}{ids[end['successor']]}" if end else None,
        source=entry.source,
        confirmed=confirmed,
    )


def _kind(name: str) -> str:
    first = name.split()
    words = " ".join(first[:2]).casefold()
    return words if words in ("thị trấn", "đặc khu") else first[0].casefold()
