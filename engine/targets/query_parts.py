"""Parts that several measures' queries share, each with the names it brings to a query."""

import re

from engine.model import FundKind

OF_PROVINCE = re.compile(r"/\* (\w+) of :province \*/")
"""What ``of_province`` returns."""


def of_province(table: str) -> str:
    """Return the condition that a club's row is of the asked province, where tables are divided.

    Where they are not it is left out (``engine.reports.queries.bound``): the club alone finds the
    row, and a database might go through the whole province instead.
    """
    return f" /* {table} of :province */"


def people(more: str = "") -> str:
    """Return the part of a query that counts each club's members on the day."""
    return f"""
people AS (
  SELECT club, count(*) AS members,
         count(*) FILTER (WHERE born <= :limit) AS elderly,
         {more}count(*) FILTER (WHERE born = :limit_year OR born = :limit_month) AS estimated
  FROM member
  WHERE province = :province AND joined_on <= :at AND (left_on IS NULL OR left_on > :at)
  GROUP BY club
)"""


MEMBERS = f"""SELECT count(*) FROM member m WHERE m.club = known.id{of_province("m")}
              AND m.joined_on <= :at AND (m.left_on IS NULL OR m.left_on > :at)"""
"""How many members a club has on the day."""


def last_supervision(since: str = ":from") -> str:
    """Return the part of a query that finds each club's last supervision.

    Each club's last record is found by its key: ranking all records costs several times more.
    """
    return f"""
last_seen AS (
  SELECT s.club, s.on_date, s.members, s.meetings_held, s.activities, s.seq,
         s.borrowers, coalesce(s.borrowers_in_kind, 0) AS in_kind, s.borrowers_improved,
         s.members_with_need, s.members_served
  FROM (SELECT id FROM club WHERE province = :province) k
  JOIN supervision s ON s.club = k.id{of_province("s")} AND s.seq = (
    SELECT t.seq FROM supervision t
    WHERE t.club = k.id{of_province("t")} AND t.voided_by IS NULL
    AND t.on_date >= {since} AND t.on_date <= :at
    ORDER BY t.on_date DESC, t.seq DESC LIMIT 1)
)"""


def fund_is_missing(fund: FundKind) -> str:
    """Return the branch of a query for a club without a fund that its province asks for.

    A club has a fund that was opened at its launch or has an entry in the ledger that was not taken
    back.
    """
    return f"WHEN :{fund}_asked = 1 AND NOT {_opened(fund)} THEN 'no_{fund}_fund'"


def _opened(fund: str, id_: str = "") -> str:
    """Return the condition that a club has a fund: one by name, or by the expression ``id_``."""
    within, same = (f"',' || {id_} || ','", id_) if id_ else (f"',{fund},'", f"'{fund}'")
    return f"""(
              (c.launched_on <= :at
               AND replace(',' || c.funds_opened || ',', {within}, '')
                   <> ',' || c.funds_opened || ',')
              OR EXISTS (SELECT 1 FROM ledger l
                         WHERE l.club = c.id AND l.fund = {same} AND l.on_date <= :at
                         {of_province("l")} AND l.kind <> 'reversal' AND NOT EXISTS (
                           SELECT 1 FROM ledger r
                           WHERE r.province = :province AND r.club = l.club
                           AND r.reverses = l.seq AND r.on_date <= :at)))"""


def by_book(more: str = "") -> str:
    """Return the expression that counts a club's members who owe it a loan on the day.

    ``more`` narrows the loans. Where no loan is in the club's book by then, it is null: the book is
    not kept here, and the supervision's figure holds.
    """
    return f"""(CASE WHEN {BOOK_KEPT} THEN (
         SELECT count(DISTINCT b.member) FROM loan b
         WHERE b.club = c.id AND b.voided_by IS NULL AND b.on_date <= :at {more}
         {of_province("b")}
         AND b.amount > coalesce((
           SELECT sum(g.principal) FROM loan_change g
           WHERE g.club = b.club AND g.loan = b.seq AND g.voided_by IS NULL
           {of_province("g")} AND g.on_date <= :at), 0)) END)"""


BOOK_KEPT = f"""EXISTS (SELECT 1 FROM loan b WHERE b.club = c.id AND b.voided_by IS NULL
                              {of_province("b")} AND b.on_date <= :at)"""
"""Whether a club keeps its loans here: one was given by the day, or is an old debt."""


def owed(by: str) -> str:
    """Return the expression for what a club's members owe it by its loan book on some day."""
    return f"""coalesce((SELECT sum(b.amount) FROM loan b
              WHERE b.club = c.id AND b.voided_by IS NULL AND b.on_date {by}
              {of_province("b")}), 0)
            - coalesce((SELECT sum(g.principal) FROM loan_change g
              JOIN loan b ON b.club = g.club AND b.seq = g.loan AND b.voided_by IS NULL
              {of_province("b")}
              WHERE g.club = c.id AND g.voided_by IS NULL AND g.on_date {by}
              {of_province("g")}), 0)"""


IN_MONEY = "AND NOT b.in_kind"
IN_KIND = "AND b.in_kind"
MEANT_LOANS = "AND (:kind_counts = 1 OR NOT b.in_kind)"
ACTIVITIES = """(CASE WHEN s.activities = '' THEN 0
                    ELSE length(s.activities) - length(replace(s.activities, ',', '')) + 1 END)"""
"""How many kinds of activity a supervision found."""


def month(day: str) -> str:
    """Return the expression that numbers the month of a day."""
    return f"(12 * CAST(substr({day}, 1, 4) AS INTEGER) + CAST(substr({day}, 6, 2) AS INTEGER))"


ID_WIDTH = 64
"""Characters that the id of an activity takes where a query is given all of them in one text."""
MET = f"""place(n) AS (
  SELECT 0 UNION ALL SELECT n + 1 FROM place WHERE n + 1 < CAST(:activities_listed AS INTEGER)
), held AS MATERIALIZED (
  SELECT DISTINCT club, activities FROM meeting
  WHERE province = :province AND voided_by IS NULL AND on_date >= :from AND on_date <= :at
), named AS MATERIALIZED (
  SELECT h.activities, p.n FROM (SELECT DISTINCT activities FROM held) h JOIN place p
  ON replace(',' || h.activities || ',', ',' || rtrim(substr(
       CAST(:activity_ids AS TEXT), p.n * {ID_WIDTH} + 1, {ID_WIDTH})) || ',', '')
     <> ',' || h.activities || ','
), met AS MATERIALIZED (
  SELECT h.club, count(DISTINCT n.n) AS activities
  FROM held h JOIN club k ON k.id = h.club LEFT JOIN named n ON n.activities = h.activities
  WHERE k.launched_on <= :at GROUP BY h.club
)"""
"""The clubs with meetings recorded in the period, and how many kinds of activity they had."""
MONTHS = f"""kept AS (
  SELECT m.club, CASE WHEN {month("min(m.on_date)")} > {month("min(k.launched_on)")}
                      THEN {month("min(m.on_date)")}
                      ELSE {month("min(k.launched_on)")} + 1 END AS own_month
  FROM met JOIN meeting m ON m.club = met.club{of_province("m")} JOIN club k ON k.id = m.club
  WHERE m.voided_by IS NULL AND m.on_date <= :at GROUP BY m.club
), spans AS (
  SELECT club, CASE WHEN own_month > :first_month THEN own_month ELSE :first_month END
               AS first_month
  FROM kept
), by_month AS (
  SELECT s.club, s.first_month, (
    SELECT count(DISTINCT substr(m.on_date, 1, 7)) FROM meeting m
    WHERE m.club = s.club AND m.voided_by IS NULL{of_province("m")}
    AND {month("m.on_date")} BETWEEN s.first_month AND :last_month) AS months
  FROM spans s
)"""
"""The months with a meeting of each of those clubs, and the first month that counts."""
OWN_FUNDS = f"""own_fund_place(n) AS (
  SELECT 0 UNION ALL SELECT n + 1 FROM own_fund_place
  WHERE n + 1 < CAST(:own_funds_asked AS INTEGER)
), own_fund(id) AS (
  SELECT rtrim(substr(CAST(:own_fund_ids AS TEXT), n * {ID_WIDTH} + 1, {ID_WIDTH}))
  FROM own_fund_place
)"""
"""The funds of the province's own that it asks every club for; one without an id for none."""
OWN_FUND_IS_MISSING = f"""WHEN EXISTS (
              SELECT 1 FROM own_fund f WHERE f.id <> '' AND NOT {_opened("", "f.id")}
            ) THEN 'no_own_fund'"""
"""The branch of a query for a club without one of them."""
ESTABLISHED = "c.province = :province AND c.decided_on IS NOT NULL AND c.decided_on <= :at"
ALIVE = "(c.ended_on IS NULL OR c.ended_on > :at)"
DECIDED = "c.province = :province AND c.decided_on >= :from AND c.decided_on <= :at"
ELDERLY_WOMEN = "count(*) FILTER (WHERE sex = 'F' AND born <= :limit) AS elderly_women, "
GRANTED = """
l.province = :province AND l.kind = 'grant' AND l.source = :funds_source
AND l.on_date >= :granted_from AND l.on_date <= :at
AND NOT EXISTS (SELECT 1 FROM ledger r
                WHERE r.province = :province AND r.club = l.club AND r.reverses = l.seq
                AND r.on_date <= :at)"""
