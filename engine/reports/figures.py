"""A province's figures on a day: one row a club, one a commune, and their sums.

Members are folded to their clubs by the database, clubs to their communes here, so that what is
held in memory grows with the clubs and not with their members.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from engine.lifecycle.history import states_on
from engine.model import State
from engine.policy.effective import Rules
from engine.reports.commune_names import CommuneNames
from engine.rules.calendar import born_by
from engine.store.database import Store

NOT_COUNTED = (State.WITHDRAWN, State.REJECTED)
ROWS = """
WITH people AS (
  SELECT club, count(*) AS members,
         count(*) FILTER (WHERE sex = 'F') AS women,
         count(*) FILTER (WHERE born <= ?) AS elderly,
         count(*) FILTER (WHERE sex = 'F' AND born <= ?) AS elderly_women,
         count(*) FILTER (WHERE born = ? OR born = ?) AS estimated,
         count(*) FILTER (WHERE circumstance = 'poor') AS poor,
         count(*) FILTER (WHERE circumstance = 'near_poor') AS near_poor,
         count(*) FILTER (WHERE circumstance = 'difficult') AS difficult
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
       s.on_date, s.conclusion, s.borrowers, j.year, j.result, j.well_run, c.opened_on,
       c.village_key
FROM club c
LEFT JOIN people p ON p.club = c.id
LEFT JOIN money m ON m.club = c.id
LEFT JOIN granted g ON g.club = c.id
LEFT JOIN supervision s ON s.club = c.id AND s.seq = (
  SELECT t.seq FROM supervision t WHERE t.club = c.id AND t.voided_by IS NULL AND t.on_date <= ?
  ORDER BY t.on_date DESC, t.seq DESC LIMIT 1)
LEFT JOIN review j ON j.club = c.id AND j.seq = (
  SELECT t.seq FROM review t WHERE t.club = c.id AND t.voided_by IS NULL AND t.on_date <= ?
  ORDER BY t.year DESC, t.seq DESC LIMIT 1)
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


class ClubRow(NamedTuple):
    """One club on a day. What happened later is not in it. Money is đồng.

    ``commune`` is its name on that day and ``formerly`` the one at the founding, where it was
    another. ``grants`` are those of the period; the funds hold all that came and went by the day.
    """

    club: str
    name: str
    commune: str
    formerly: str | None
    commune_key: str
    village_key: tuple[str, str]
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
        """Return whether the club was established and not dissolved on the day."""
        return self.decided_on is not None and self.ended_on is None

    @property
    def summed(self) -> tuple[int, ...]:
        """Return the figures that are added up, in the order of ``SUMMED``."""
        row: tuple[Any, ...] = self
        return row[SUMS]

    def data(self) -> dict[str, Any]:
        """Return the row for a report."""
        row: dict[str, Any] = dict(zip(self._fields, self, strict=True))
        del row["commune_key"], row["village_key"]
        row["state"] = self.state.value
        return row


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


FIRST = ClubRow._fields.index(SUMMED[0])
SUMS = slice(FIRST, FIRST + len(SUMMED))
assert tuple(ClubRow._fields)[SUMS] == SUMMED
"""Where in a club's row the figures that are added up stand, side by side."""


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
    states = states_on(store, province, at)
    needs = (
        *(limit, limit, limit[:4], limit[:7], province, at, at),
        *(province, at),
        *(province, first, at, at),
        *(at, at, at, at),
        *(at, at),
        *(province, at),
    )
    names = CommuneNames(store, province, end)
    found = store.stream_rows(ROWS, needs)
    rows = [_row(row, states[row[0]], names) for row in found if states[row[0]] not in NOT_COUNTED]
    if any(row.formerly for row in rows):
        rows.sort(key=lambda row: row.commune_key)
    return tuple(rows)


def _row(row: tuple[Any, ...], state: State, names: CommuneNames) -> ClubRow:
    id_, name, commune, key, village, *facts, well_run, opened_on, village_key = row
    place = names.of(id_, commune, date.fromisoformat(opened_on))
    judged = None if well_run is None else bool(well_run)
    where: tuple[Any, ...] = (place.name, place.formerly, place.key, (key, village_key), village)
    values: tuple[Any, ...] = (id_, name, *where, state, *facts, judged)
    return ClubRow(*values)


def commune_rows(clubs: Iterable[ClubRow]) -> list[dict[str, Any]]:
    """Return one row a commune: its clubs and the sums over those that are alive."""
    found: dict[str, dict[str, Any]] = {}
    sums: dict[str, list[tuple[int, ...]]] = defaultdict(list)
    for one in clubs:
        row = found.setdefault(
            one.commune_key,
            {
                "commune": one.commune,
                "formerly": [],
                "clubs": 0,
                "villages": 0,
                **dict.fromkeys(SUMMED, 0),
            },
        )
        if one.formerly and one.formerly not in row["formerly"]:
            row["formerly"].append(one.formerly)
        if one.living:
            sums[one.commune_key].append(one.summed)
    villages = Counter(
        key for key, _village in {(one.commune_key, one.village_key) for one in clubs if one.living}
    )
    for key, row in found.items():
        row.update({"clubs": len(sums[key]), "villages": villages[key]} | _added(sums[key]))
    return list(found.values())


def _added(rows: list[tuple[int, ...]]) -> dict[str, int]:
    if not rows:
        return dict.fromkeys(SUMMED, 0)
    return dict(zip(SUMMED, map(sum, zip(*rows, strict=True)), strict=True))


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
        "villages_with_clubs": len({one.village_key for one in living}),
        "clubs_by_state": {
            state.value: by_state[state.value] for state in State if by_state[state.value]
        },
        **_added([one.summed for one in living]),
        "elderly_age": age.value,
        "elderly_age_source": age.citation,
        **{name: int(count) for name, count in held},
    }
