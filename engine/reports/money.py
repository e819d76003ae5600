"""The money of clubs: one club's ledger as people read it, and what a province's clubs received."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from engine.model import Club, EntryKind, LedgerEntry
from engine.reports.queries import of_clubs
from engine.rules.funds import held
from engine.store import facts
from engine.store.database import Store
from engine.vietnamese.text import key

SELECT_RECEIVED = """
SELECT substr(l.on_date, 1, 4), l.fund, l.source, l.donor, l.kind, count(*), sum(l.amount)
FROM ledger l
WHERE l.province = ?{clubs} AND l.kind IN ('grant', 'contribution') AND l.on_date <= ?
  AND l.on_date >= ? AND l.on_date <= ?
  AND NOT EXISTS (
    SELECT 1 FROM ledger r
    WHERE r.province = ? AND r.club = l.club AND r.reverses = l.seq AND r.on_date <= ?
  )
GROUP BY 1, 2, 3, 4, 5
ORDER BY 1, 2, 3, 4, 5
"""


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """An entry of a ledger, what its fund held after it, and the reversal that took it back."""

    entry: LedgerEntry
    held: int
    reversed_by: int | None


class Part(NamedTuple):
    """What came into one kind of fund from one source in one year, in đồng."""

    year: str
    fund: str
    source: str
    amount: int


@dataclass(frozen=True, slots=True)
class Received:
    """Money that came to a province's clubs, in đồng: grants and contributions not taken back.

    An entry that a reversal took back counts nowhere: it is missing from its own year, not taken
    off the year of the reversal. ``grants`` is how many grants there were. ``by_donor`` holds only
    money whose donor is named; ``parts`` is the total by year, fund and source at once.
    """

    total: int
    grants: int
    by_year: dict[str, int]
    by_source: dict[str, int]
    by_fund: dict[str, int]
    by_donor: dict[str, int]
    parts: tuple[Part, ...]

    def data(self, funds: Mapping[str, str], sources: Mapping[str, str]) -> dict[str, Any]:
        """Return the sums for a report, with the labels of the province's own funds and sources."""
        return {
            "total": self.total,
            "grants": self.grants,
            "by_year": self.by_year,
            "by_source": self.by_source,
            "by_fund": self.by_fund,
            "parts": [
                {
                    **one._asdict(),
                    **({"fund_label": funds[one.fund]} if one.fund in funds else {}),
                    **({"source_label": sources[one.source]} if one.source in sources else {}),
                }
                for one in self.parts
            ],
        }


def ledger(store: Store, club: Club, on: date) -> list[LedgerLine]:
    """Return a club's ledger up to a day, in the order it was recorded."""
    entries = [one for one in facts.ledger(store, club) if one.on is None or one.on <= on]
    taken_back = {one.reverses: one.seq for one in entries if one.reverses is not None}
    sums: dict[str, int] = {}
    lines = []
    for entry in entries:
        sums[entry.fund] = sums.get(entry.fund, 0) + entry.delta
        lines.append(LedgerLine(entry, sums[entry.fund], taken_back.get(entry.seq)))
    return lines


def balances(lines: Iterable[LedgerLine], funds: Iterable[str] = ()) -> dict[str, int | None]:
    """Return what each fund holds at the end of a ledger, in đồng; ``None`` without an entry.

    ``funds`` are those of the club's province.
    """
    return held((line.entry for line in lines), funds)


def received(
    store: Store,
    province: str,
    on: date,
    year: int | None = None,
    *,
    clubs: Collection[str] | None = None,
) -> Received:
    """Add up what a province's clubs had received by a day, in one year if asked.

    ``clubs`` are the ids of those that count, all where it is left out.

    Donors whose names differ only in case or in the place of the tone mark are one; the first
    spelling is shown.
    """
    first, last = (year, year) if year is not None else (1, 9999)
    at = on.isoformat()
    bounds = (f"{first:04}-01-01", f"{last:04}-12-31")
    parts: dict[tuple[str, str, str], int] = defaultdict(int)
    by_donor: dict[str, int] = defaultdict(int)
    spelt: dict[str, str] = {}
    grants = 0
    condition, ids = of_clubs("l.club", clubs)
    for when, fund, source, donor, kind, count, amount in store.rows(
        SELECT_RECEIVED.format(clubs=condition), (province, *ids, at, *bounds, province, at)
    ):
        parts[when, fund, source] += int(amount)
        if donor is not None:
            by_donor[spelt.setdefault(key(donor), donor)] += int(amount)
        if kind == EntryKind.GRANT:
            grants += int(count)
    found = tuple(Part(*one, amount) for one, amount in parts.items())
    return Received(
        sum(parts.values()),
        grants,
        _sums((one.year, one.amount) for one in found),
        _sums(sorted((one.source, one.amount) for one in found)),
        _sums(sorted((one.fund, one.amount) for one in found)),
        dict(by_donor),
        found,
    )


def _sums(rows: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for name, amount in rows:
        found[name] += amount
    return dict(found)
