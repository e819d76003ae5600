"""What became of communes by a policy: compiled by hand where no list of units is loaded."""

from collections.abc import Iterator
from datetime import date, timedelta

from engine.policy.model import Policy
from engine.rules.communes import Unit, commune_key

KEY = "communes.succession"


def succession(policy: Policy) -> Iterator[Unit]:
    """Yield the units of a policy's succession table, each in its days.

    Their ids are made from their names; nothing else is known of them.
    """
    for entry in policy.entries_of(KEY):
        for row in entry.value:
            begins: date = row["from"]
            old, new = str(row["name"]), str(row["successor"])
            confirmed = bool(row.get("confirmed", False))
            yield Unit(
                id=f"name:{commune_key(old)}",
                name=old,
                kind=_kind(old),
                province=policy.province_id,
                valid_from=date.min,
                valid_to=begins - timedelta(days=1),
                parent=row.get("district"),
                successor=f"name:{commune_key(new)}",
                source=entry.source,
                confirmed=confirmed,
            )
            yield Unit(
                id=f"name:{commune_key(new)}",
                name=new,
                kind=_kind(new),
                province=policy.province_id,
                valid_from=begins,
                source=entry.source,
                confirmed=confirmed,
            )


def _kind(name: str) -> str:
    first = name.split()
    words = " ".join(first[:2]).casefold()
    return words if words in ("thị trấn", "đặc khu") else first[0].casefold()
