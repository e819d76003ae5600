"""A province's figures on a day: one row a club, one a commune, and their sums.

Members are folded to their clubs by the database, clubs to their communes here, so that what is
held in memory grows with the clubs and not with their members.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from engine.model import State
from engine.policy.effective import Rules
from engine.reports import standing
from engine.store.database import Store
from engine.store.facts import born_by

NOT_COUNTED = (State.WITHDRAWN, State.REJECTED)
ROWS = """
WITH people AS (
  SELECT club, count(*) AS members,
         sum(CASE WHEN sex = 'F' THEN 1 ELSE 0 END) AS women,
         sum(CASE WHEN born <= ? THEN 1 ELSE 0 END) AS elderly,
         sum(CASE WHEN sex = 'F' AND born <= ? THEN 1 ELSE 0 END) AS elderly_women,
         sum(CASE WHEN length(born) < 10 AND born = substr(?, 1, length(born))
             THEN 1 ELSE 0 END) AS estimated,
         sum(CASE WHEN circumstance = 'poor' THEN 1 ELSE 0 END) AS poor,
         sum(CASE WHEN circumstance = 'near_poor' THEN 1 ELSE 0 END) AS near_poor,
         sum(CASE WHEN circumstance = 'difficult' THEN 1 ELSE 0 END) AS difficult
  FROM member
  WHERE province = ? AND joined_on <= ? AND (left_on IS NULL OR left_on > ?)
  GROUP BY club
), money AS (
  SELECT club, sum(CASE WHEN fund = 'income' THEN delta ELSE 0 END) AS income,
         sum(CASE WHEN fund = 'operating' THEN delta ELSE 0 END) AS operating
  FROM ledger WHERE province = ? AND on_date <= ? GROUP BY club
), granted AS (
  SELECT l.club, sum(l.amount) AS amount FROM ledger l
  WHERE l.province = ? AND l.kind = 'grant' AND l.on_date >= ? AND l.on_date <= ?
  AND NOT EXISTS (SELECT 1 FROM ledger r
                  WHERE r.club = l.club AND r.reverses = l.seq AND r.on_date <= ?)
  GROUP BY l.club
), seen AS (
  SELECT club, on_date, conclusion, borrowers,
         row_number() OVER (PARTITION BY club ORDER BY on_date DESC, seq DESC) AS place
  FROM supervision WHERE province = ? AND voided_by IS NULL AND on_date <= ?
), judged AS (
  SELECT club, year, result, well_run,
         row_number() OVER (PARTITION BY club ORDER BY year DESC, seq DESC) AS place
  FROM review WHERE province = ? AND voided_by IS NULL AND on_date <= ?
)
SELECT c.id, c.name, c.commune, c.commune_key, c.village,
       CASE WHEN c.decided_on <= ? THEN c.decided_on END,
       CASE WHEN c.trained_on <= ? THEN c.trained_on END,
       CASE WHEN c.launched_on <= ? THEN c.launched_on END,
       CASE WHEN c.ended_on <= ? THEN c.ended_on END,
       coalesce(p.members, 0), coalesce(p.women, 0), coalesce(p.elderly, 0),
       coalesce(p.elderly_women, 0), coalesce(p.estimated, 0), coalesce(p.poor, 0),
       coalesce(p.near_poor, 0), coalesce(p.difficult, 0),
       coalesce(m.income, 0), coalesce(m.operating, 0), coalesce(g.amount, 0),
       s.on_date, s.conclusion, s.borrowers, j.year, j.result, j.well_run
FROM club c
LEFT JOIN people p ON p.club = c.id
LEFT JOIN money m ON m.club = c.id
LEFT JOIN granted g ON g.club = c.id
LEFT JOIN seen s ON s.club = c.id AND s.place = 1
LEFT JOIN judged j ON j.club = c.id AND j.place = 1
WHERE c.province = ? AND c.opened_on <= ?
ORDER BY c.commune_key, c.village_key, c.name_key, c.id"""
HELD = """
SELECT 'supervisions', count(*) FROM supervision
WHERE province = ? AND voided_by IS NULL AND on_date >= ? AND on_date <= ?
UNION ALL SELECT 'reviews', count(*) FROM review
WHERE province = ? AND voided_by IS NULL AND on_date >= ? AND on_date <= ?
UNION ALL SELECT 'trainings', count(*) FROM training
WHERE province = ? AND voided_by IS NULL AND kind <> 'support' AND on_date >= ? AND on_date <= ?
UNION ALL SELECT 'meetings', count(*) FROM meeting
WHERE province = ? AND voided_by IS NULL AND on_date >= ? AND on_date <= ?"""


@dataclass(frozen=True, slots=True)
class ClubRow:
    """One club on a day. What happened later is not in it. Money is đồng.

    ``grants`` are those of the period; the funds hold all that came and went by the day.
    """

    club: str
    name: str
    commune: str
    commune_key: str
    village: str
    state: State
    decided_on: str | None
    trained_on: str | None
    launched_on: str | None
    ended_on: str | None
    members: int
    women: int
    elderly: int
    elderly_women: int
    estimated: int
    poor: int
    near_poor: int
    difficult: int
    income_fund: int
    operating_fund: int
    grants: int
    supervised_on: str | None
    supervision: str | None
    borrowers: int | None
    reviewed_year: int | None
    review: str | None
    well_run: bool | None

    @property
    def living(self) -> bool:
        """Tell whether the club was established and not dissolved on the day."""
        return self.decided_on is not None and self.ended_on is None

    def data(self) -> dict[str, Any]:
        """Return the row for a report."""
        return {name: value for name, value in asdict(self).items() if name != "commune_key"}


SUMMED = (
    "members",
    "women",
    "elderly",
    "elderly_women",
    "estimated",
    "poor",
    "near_poor",
    "difficult",
    "income_fund",
    "operating_fund",
    "grants",
)


def club_rows(
    store: Store, rules: Rules, province: str, start: date, end: date
) -> tuple[ClubRow, ...]:
    """Return a province's clubs as they stood at the end of a period, by commune and village.

    Proposals that were withdrawn or rejected are left out.
    """
    first, at = start.isoformat(), end.isoformat()
    age = rules.rule("membership.elderly_age", end)
    assert age is not None, "the general procedure states an age for every day"
    limit = born_by(int(age.value), end)
    states = standing.states(store, province, at)
    needs = (
        *(limit, limit, limit, province, at, at),
        *(province, at),
        *(province, first, at, at),
        *(province, at),
        *(province, at),
        *(at, at, at, at),
        *(province, at),
    )
    rows = (_row(row, states) for row in store.stream_rows(ROWS, needs))
    return tuple(row for row in rows if row.state not in NOT_COUNTED)


def _row(row: tuple[Any, ...], states: dict[str, State]) -> ClubRow:
    id_, name, commune, key, village, *rest = row
    *facts, well_run = rest
    judged = None if well_run is None else bool(well_run)
    values: tuple[Any, ...] = (id_, name, commune, key, village, states[id_], *facts, judged)
    return ClubRow(*values)


def commune_rows(clubs: Iterable[ClubRow]) -> list[dict[str, Any]]:
    """Return one row a commune: its clubs and the sums over those that are alive."""
    found: dict[str, dict[str, Any]] = {}
    for one in clubs:
        row = found.setdefault(
            one.commune_key,
            {"commune": one.commune, "clubs": 0, "villages": 0, **dict.fromkeys(SUMMED, 0)},
        )
        if one.living:
            row["clubs"] += 1
            for name in SUMMED:
                row[name] += getattr(one, name)
    villages = Counter(
        key for key, _village in {(one.commune_key, one.village) for one in clubs if one.living}
    )
    for key, row in found.items():
        row["villages"] = villages[key]
    return list(found.values())


def totals(
    store: Store, rules: Rules, province: str, start: date, end: date, clubs: Iterable[ClubRow]
) -> dict[str, Any]:
    """Return the sums of a period: clubs by stage, members and money of those alive."""
    rows = list(clubs)
    living = [one for one in rows if one.living]
    age = rules.rule("membership.elderly_age", end)
    assert age is not None, "the general procedure states an age for every day"
    first, at = start.isoformat(), end.isoformat()
    held = store.rows(HELD, (province, first, at) * 4)
    by_state = Counter(one.state.value for one in rows)
    return {
        "clubs": len(living),
        "clubs_decided": sum(one.decided_on is not None for one in rows),
        "clubs_decided_in_period": sum(
            one.decided_on is not None and one.decided_on >= first for one in rows
        ),
        "clubs_dissolved_in_period": sum(
            one.state is State.DISSOLVED and (one.ended_on or "") >= first for one in rows
        ),
        "communes_with_clubs": len({one.commune_key for one in living}),
        "villages_with_clubs": len({(one.commune_key, one.village) for one in living}),
        "clubs_by_state": {
            state.value: by_state[state.value] for state in State if by_state[state.value]
        },
        **{name: sum(getattr(one, name) for one in living) for name in SUMMED},
        "elderly_age": age.value,
        "elderly_age_source": age.citation,
        **{name: int(count) for name, count in held},
    }


COLUMNS = tuple(field.name for field in fields(ClubRow) if field.name != "commune_key")
"""The names of a club's figures, in the order of its row."""
