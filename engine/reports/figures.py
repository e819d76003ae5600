"""A province's figures on a day: one row a club, one a commune, and their sums.

Members are folded to their clubs by the database, clubs to their communes here, so that what is
held in memory grows with the clubs and not with their members.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from engine.frozen import EMPTY
from engine.lifecycle.history import states_on
from engine.model import State
from engine.policy.agencies import province_title
from engine.policy.effective import Rules
from engine.policy.model import Policy
from engine.policy.own_money import own_funds
from engine.reports.columns import COLUMNS, RECORDS, Column, Format, Source, club_columns
from engine.reports.commune_names import (
    CommuneNames,
    Place,
    address,
    in_a_sentence,
    place_text,
    unconfirmed,
)
from engine.reports.loans import turnover_percent
from engine.reports.queries import bound, of_clubs
from engine.rules.calendar import born_by
from engine.rules.communes import place_keys
from engine.rules.lateness import days_after, late_days
from engine.rules.succession import succession
from engine.store import codec
from engine.store.database import Store
from engine.targets.query_parts import of_province
from engine.vietnamese.collation import in_order

NOT_COUNTED = (State.WITHDRAWN, State.REJECTED)
TURNOVER = "loans_turnover_percent"
YES_NO = tuple(one.name for one in COLUMNS if one.format is Format.YES_NO)


def found_columns(rules: Rules, on: date) -> tuple[Column, ...]:
    """Return the columns whose values are found by the query, those of own funds with them."""
    return tuple(one for one in club_columns(own_funds(rules.policy, on)) if one.sql)


def _value(one: Column) -> str:
    """Return the value of a column; where a club has nothing to add up, it is 0 or absent."""
    if one.source is Source.CLUB:
        return one.sql
    name = f"{one.source}.{one.name}"
    return name if one.absent else f"coalesce({name}, 0)"


@cache
def rows_query(found: tuple[Column, ...]) -> str:
    """Return the query of the rows of clubs with the values of some columns."""

    def aggregates(source: Source) -> str:
        return ", ".join(f"{one.sql} AS {one.name}" for one in found if one.source is source)

    return f"""
WITH members AS (
  SELECT club, {aggregates(Source.MEMBERS)}
  FROM member
  WHERE province = :province AND joined_on <= :at AND (left_on IS NULL OR left_on > :at)
  GROUP BY club
), entries AS (
  SELECT club, {aggregates(Source.LEDGER)}
  FROM ledger WHERE province = :province AND on_date <= :at GROUP BY club
), grants AS (
  SELECT l.club, {aggregates(Source.GRANTS)} FROM ledger l
  WHERE l.province = :province AND l.kind = 'grant' AND l.on_date >= :from AND l.on_date <= :at
  AND NOT EXISTS (SELECT 1 FROM ledger r
                  WHERE r.province = :province AND r.club = l.club AND r.reverses = l.seq
                  AND r.on_date <= :at)
  GROUP BY l.club
), loans AS (
  SELECT club, {aggregates(Source.LOANS)} FROM (
    SELECT b.*, coalesce((
             SELECT sum(g.principal) FROM loan_change g
             WHERE g.club = b.club AND g.loan = b.seq AND g.voided_by IS NULL{of_province("g")}
             AND NOT g.written_off AND g.on_date <= b.due AND g.on_date <= :at), 0) AS in_time
    FROM (
      SELECT b.club, b.seq, b.amount, b.opening, b.on_date AS given_on,
             b.amount - coalesce(sum(g.principal), 0) AS owed,
             coalesce(sum(CASE WHEN g.on_date < :from THEN g.principal ELSE 0 END), 0)
               AS paid_before,
             coalesce(sum(CASE WHEN g.on_date >= :from AND NOT g.written_off
                               THEN g.principal ELSE 0 END), 0) AS repaid,
             coalesce(sum(CASE WHEN g.on_date >= :from THEN g.interest ELSE 0 END), 0) AS interest,
             coalesce((
               SELECT g.due_on FROM loan_change g
               WHERE g.club = b.club AND g.loan = b.seq AND g.voided_by IS NULL{of_province("g")}
               AND g.on_date <= :at AND g.due_on IS NOT NULL
               ORDER BY g.seq DESC LIMIT 1), b.due_on) AS due
      FROM loan b LEFT JOIN loan_change g ON g.club = b.club AND g.loan = b.seq
        AND g.voided_by IS NULL AND g.on_date <= :at{of_province("g")}
      WHERE b.province = :province AND b.voided_by IS NULL AND b.on_date <= :at
      GROUP BY b.club, b.seq, b.amount, b.opening, b.on_date, b.due_on
    ) AS b
  ) AS given GROUP BY club
)
SELECT c.id, c.name, c.commune, c.village, c.village_key, c.opened_on,
       {", ".join(map(_value, found))}
FROM club c
LEFT JOIN members ON members.club = c.id
LEFT JOIN entries ON entries.club = c.id
LEFT JOIN grants ON grants.club = c.id
LEFT JOIN loans ON loans.club = c.id
LEFT JOIN supervision s ON s.club = c.id{of_province("s")} AND s.seq = (
  SELECT t.seq FROM supervision t WHERE t.club = c.id AND t.voided_by IS NULL AND t.on_date <= :at
  {of_province("t")} ORDER BY t.on_date DESC, t.seq DESC LIMIT 1)
LEFT JOIN review j ON j.club = c.id{of_province("j")} AND j.seq = (
  SELECT t.seq FROM review t WHERE t.club = c.id AND t.voided_by IS NULL AND t.on_date <= :at
  {of_province("t")} ORDER BY t.year DESC, t.seq DESC LIMIT 1)
WHERE c.province = :province AND c.opened_on <= :at"""


LATER = (
    "SELECT stream, on_date, recorded_at FROM event WHERE province = ? AND on_date <= ? "
    "AND substr(stream, 1, 5) = 'club:' AND substr(recorded_at, 1, 10) > on_date"
)
"""What was recorded of clubs after its day."""
COUNTED = tuple(
    f"SELECT '{one.name}', count(*) FROM {one.table} WHERE province = ?{{clubs}} "
    f"AND voided_by IS NULL AND on_date >= ? AND on_date <= ? {one.condition}"
    for one in RECORDS
)


@dataclass(frozen=True, slots=True)
class ClubRow:
    """One club on a day. What happened later is not in it.

    ``commune`` is its name on that day and ``formerly`` the one at the founding, where it was
    another; ``place`` and ``former_place`` are the same with district and province of their days.
    ``figures`` is its row in a report: after who and where it is come the values of the columns
    that the query finds. Money is đồng, grants are those of the period, the funds hold all that
    came and went by the day.
    """

    club: str
    name: str
    commune: str
    formerly: str | None
    place: str
    former_place: str | None
    commune_key: str
    village_key: tuple[str, str]
    village: str
    state: State
    figures: dict[str, Any]

    @property
    def living(self) -> bool:
        """Return whether the club was established and not dissolved on the day."""
        return self.figures["decided_on"] is not None and self.figures["ended_on"] is None


def club_rows(
    store: Store, rules: Rules, province: str, start: date, end: date
) -> tuple[ClubRow, ...]:
    """Return a province's clubs as they were at the end of a period, by commune and village.

    Proposals that were withdrawn or rejected are left out.
    """
    at = end.isoformat()
    age = rules.needed("membership.elderly_age", end)
    limit = born_by(int(age.value), end)
    days = {"from": start.isoformat(), "at": at}
    born = {"limit": limit, "limit_year": limit[:4], "limit_month": limit[:7]}
    states = states_on(store, province, at)
    names = CommuneNames(store, province, end, known=succession(rules.policy))
    written = _Written(rules.policy, end)
    late = _recorded_late(store, rules, province, end)
    known: dict[str, str] = {}  # days, above all, are in many rows
    columns = found_columns(rules, end)
    query = rows_query(columns)
    with codec.damaged_columns():
        found = [
            tuple([known.setdefault(one, one) if type(one) is str else one for one in row])
            for row in store.stream_rows(
                *bound(store, query, {"province": province, **days, **born})
            )
            if states[row[0]] not in NOT_COUNTED
        ]
    places = [names.of(row[0], row[2], date.fromisoformat(row[5])) for row in found]
    now = place_keys(place.name for place in places)
    then = place_keys(row[2] for row in found)
    rows = [
        _row(
            *(row, columns, states[row[0]], place, (now[place.name], then[row[2]])),
            *(written, late[f"club:{row[0]}"]),
        )
        for row, place in zip(found, places, strict=True)
    ]
    return tuple(
        in_order(
            rows,
            lambda row: row.commune,
            lambda row: row.village,
            lambda row: row.name,
            lambda row: row.club,
        )
    )


class _Written:
    """Communes written with what is above them, on the day of a report and at the foundings."""

    def __init__(self, policy: Policy, on: date) -> None:
        self.policy = policy
        self.now = province_title(policy, on) or policy.name
        self._then: dict[date, str] = {}

    def place(self, place: Place) -> str:
        """Return a commune as it is on the day."""
        return address(place.name, place.district, self.now)

    def former(self, place: Place, founded_on: date) -> str | None:
        """Return the commune as it was at a founding, where it was another."""
        if not place.another:
            return None
        then = self._then.get(founded_on)
        if then is None:
            then = province_title(self.policy, founded_on) or self.policy.name
            self._then[founded_on] = then
        name = in_a_sentence(place.formerly or place.name)
        was = address(name, place.former_district, then)
        if was == in_a_sentence(self.place(place)):
            return None  # another unit of the same name, with the same above it
        return was if place.confirmed else unconfirmed(was)


def _recorded_late(store: Store, rules: Rules, province: str, end: date) -> Counter[str]:
    """Count of each club's stream what was recorded long after it happened, up to a day."""
    limit = late_days(rules, end)

    @cache  # many share a day and an hour of recording
    def is_late(on: str, hour: str) -> bool:
        return days_after(date.fromisoformat(on), f"{hour}:00:00Z") >= limit

    with codec.damaged_columns():
        return Counter(
            stream
            for stream, on, recorded_at in store.stream_rows(LATER, (province, end.isoformat()))
            if is_late(on, recorded_at[:13])
        )


def _row(
    row: tuple[Any, ...],
    columns: tuple[Column, ...],
    state: State,
    place: Place,
    keys: tuple[str, str],
    written: _Written,
    late: int,
) -> ClubRow:
    """Return a club's row; ``keys`` compare its commune now, and as it was recorded."""
    id_, name, _commune, village, village_key, opened_on, *values = row
    now, then = written.place(place), written.former(place, date.fromisoformat(opened_on))
    figures = {
        "club": id_,
        "name": name,
        "commune": place.name,
        "formerly": place.formerly,
        "place": place_text(now, then),
        "village": village,
        "state": state.value,
        **dict(zip((one.name for one in columns), values, strict=True)),
    }
    for one in YES_NO:
        figures[one] = None if figures[one] is None else bool(figures[one])
    figures["recorded_late"] = late
    figures[TURNOVER] = _turnover(figures)
    where = (place.name, place.formerly, now, then, keys[0], (keys[1], village_key), village)
    return ClubRow(id_, name, *where, state, figures)


def commune_rows(clubs: Iterable[ClubRow], own: Mapping[str, str] = EMPTY) -> list[dict[str, Any]]:
    """Return one row a commune: its clubs and the sums over those that are alive.

    ``own`` are the labels of the funds of the province's own.
    """
    summed = [one for one in club_columns(own) if one.summed]
    found: dict[str, dict[str, Any]] = {}
    living: dict[str, list[ClubRow]] = defaultdict(list)
    former: dict[str, dict[str, None]] = defaultdict(dict)
    for one in clubs:
        row = found.setdefault(
            one.commune_key, {"commune": one.commune, "formerly": [], "place": one.place}
        )
        if one.formerly and one.formerly not in row["formerly"]:
            row["formerly"].append(one.formerly)
        if one.former_place:
            former[one.commune_key].setdefault(one.former_place)
        if one.living:
            living[one.commune_key].append(one)
    for key, row in found.items():
        row["place"] = place_text(row["place"], ", ".join(former[key]))
        row["clubs"] = len(living[key])
        row["villages"] = len({one.village_key for one in living[key]})
        row.update(_sums(living[key], summed))
    return list(found.values())


def _sums(rows: list[ClubRow], summed: Iterable[Column]) -> dict[str, int | None]:
    """Return the sums of the columns that are added up; of what no club has there is none."""
    found: dict[str, int | None] = {}
    for one in summed:
        known = [row.figures[one.name] for row in rows if row.figures[one.name] is not None]
        found[one.name] = sum(known) if known or not one.absent else None
    found[TURNOVER] = _turnover(found)
    return found


def _turnover(figures: Mapping[str, Any]) -> int | None:
    """Return the turnover of the loans of a club or of some, by the sums of their books."""
    return turnover_percent(
        *(figures[f"loans_{name}"] for name in ("owed_before", "owed", "repaid"))
    )


def totals(
    store: Store,
    rules: Rules,
    province: str,
    start: date,
    end: date,
    clubs: Iterable[ClubRow],
    *,
    of: Collection[str] | None = None,
) -> dict[str, Any]:
    """Return the sums of a period: clubs by state, members and money of those alive.

    ``of`` are the ids of the clubs where they are not all of the province.
    """
    rows = list(clubs)
    living = [one for one in rows if one.living]
    decided = [one.figures["decided_on"] for one in rows if one.figures["decided_on"] is not None]
    age = rules.needed("membership.elderly_age", end)
    first, at = start.isoformat(), end.isoformat()
    condition, ids = of_clubs("club", of)
    recorded = store.rows(
        " UNION ALL ".join(COUNTED).format(clubs=condition),
        (province, *ids, first, at) * len(COUNTED),
    )
    by_state = Counter(one.state for one in rows)
    return {
        "clubs": len(living),
        "clubs_decided": len(decided),
        "clubs_decided_in_period": sum(day >= first for day in decided),
        "clubs_dissolved_in_period": sum(
            one.state is State.DISSOLVED and (one.figures["ended_on"] or "") >= first
            for one in rows
        ),
        "communes_with_clubs": len({one.commune_key for one in living}),
        "villages_with_clubs": len({one.village_key for one in living}),
        "clubs_by_state": {state.value: by_state[state] for state in State if by_state[state]},
        **_sums(living, [one for one in found_columns(rules, end) if one.summed]),
        "elderly_age": age.value,
        "elderly_age_source": age.citation,
        **{name: int(count) for name, count in recorded},
    }
