"""Whether the computers that write into one database judge by the same plugin.

Each event holds the receipt of the plugin that judged it; on a server that several computers use,
the receipts of the last events show which versions they have.
"""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from packaging.version import InvalidVersion, Version

from engine.model import Receipt
from engine.store import codec
from engine.store.database import Store

RECENT = 200
"""How many of a province's last events are read."""
LAST = (
    "SELECT recorded_at, officer, body FROM event WHERE province = ?"
    " ORDER BY recorded_at DESC, seq DESC LIMIT ?"
)


@dataclass(frozen=True, slots=True)
class Judged:
    """When an event was recorded, by whom, and under which plugin."""

    recorded_on: date
    officer: str
    receipt: Receipt


def recent(store: Store, province: str) -> list[Judged]:
    """Return the last events of a province that a plugin judged, the newest first.

    One that somebody changed so that it cannot be read is left out; ``audit verify`` names it.
    """
    found = []
    for recorded_at, officer, body in store.rows(LAST, (province, RECENT)):
        with suppress(*codec.STRANGE):
            receipt = json.loads(body)["policy"]
            if receipt:
                recorded_on = date.fromisoformat(recorded_at[:10])
                found.append(Judged(recorded_on, officer, Receipt(**receipt)))
    return found


def others(judged: Sequence[Judged], own: Receipt) -> list[Judged]:
    """Return what was judged under another plugin than this computer's, the newest of each kind.

    What came before the first event of this computer's plugin is an earlier version, as everywhere
    after an upgrade; so is the last event, when nothing was judged since the upgrade.
    """
    ours = [place for place, one in enumerate(judged) if is_same(one.receipt, own)]
    since = judged[: ours[-1]] if ours else judged[:1]
    found: dict[Receipt, Judged] = {}
    for one in since:
        if not is_same(one.receipt, own) and (ours or not _older(one.receipt, own)):
            found.setdefault(one.receipt, one)
    return list(found.values())


def is_same(one: Receipt, own: Receipt) -> bool:
    """Return whether two receipts are of one plugin; those of older events have no code."""
    alike = (one.plugin, one.version, one.digest) == (own.plugin, own.version, own.digest)
    return alike and (None in (one.code, own.code) or one.code == own.code)


def _older(one: Receipt, own: Receipt) -> bool:
    try:
        return one.plugin == own.plugin and Version(one.version) < Version(own.version)
    except InvalidVersion:
        return False
