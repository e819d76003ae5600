"""Counting: one constant query a measure, over the whole province, as the log stands on a day.

Each query gives a row for every club (or commune, village) it looks at: id, name, commune, the part
that counts, the whole it is counted out of, how many of it are estimated, why it does not count (or
counts in a marked way), and the fact that decided. Totals are sums of the same rows, made by the
database.
"""

from dataclasses import dataclass

ESTABLISHED = "c.province = ? AND c.decided_on IS NOT NULL AND c.decided_on <= ?"
ALIVE = "(c.ended_on IS NULL OR c.ended_on > ?)"
DECIDED = "c.province = ? AND c.decided_on >= ? AND c.decided_on <= ?"
# Each club's last record is looked up by its key: ranking all records costs several times more.
LAST_SUPERVISION = """
last_seen AS (
  SELECT s.club, s.on_date, s.members, s.meetings_held, s.activities, s.income_fund_balance,
         s.borrowers, coalesce(s.borrowers_in_kind, 0) AS in_kind, s.members_with_need,
         s.members_served, 1 AS place
  FROM (SELECT id FROM club WHERE province = ?) k
  JOIN supervision s ON s.club = k.id AND s.seq = (
    SELECT t.seq FROM supervision t
    WHERE t.club = k.id AND t.voided_by IS NULL AND t.on_date >= ? AND t.on_date <= ?
    ORDER BY t.on_date DESC, t.seq DESC LIMIT 1)
)"""
WOMEN = "count(*) FILTER (WHERE sex = 'F' AND born <= ?) AS elderly_women, "
PEOPLE = f"""
people AS (
  SELECT club, count(*) AS members,
         count(*) FILTER (WHERE born <= ?) AS elderly,
         {WOMEN}count(*) FILTER (WHERE born = ? OR born = ?) AS estimated
  FROM member
  WHERE province = ? AND joined_on <= ? AND (left_on IS NULL OR left_on > ?)
  GROUP BY club
)"""
PEOPLE_NEEDS = ("limit", "limit", "limit_year", "limit_month", "province", "at", "at")
SEEN_NEEDS = ("province", "from", "at")
HAS_FUND = (
    "(c.launched_on <= ? AND c.funds_opened IN ('{fund}', 'income,operating')) OR EXISTS "
    "(SELECT 1 FROM ledger l WHERE l.club = c.id AND l.fund = '{fund}' AND l.on_date <= ?)"
)
STANDING_GRANT = """
l.province = ? AND l.kind = 'grant' AND l.source = ? AND l.on_date >= ? AND l.on_date <= ?
AND NOT EXISTS (SELECT 1 FROM ledger r
                WHERE r.club = l.club AND r.reverses = l.seq AND r.on_date <= ?)"""
GRANT_NEEDS = ("province", "funds_source", "from", "at", "at")


@dataclass(frozen=True, slots=True)
class Query:
    """A query and the names of its parameters, in order."""

    sql: str
    needs: tuple[str, ...]


QUERIES = {
    "clubs_decided": Query(
        f"""
SELECT c.id, c.name, c.commune, 1 AS part, 0 AS whole, 0 AS estimated,
       CASE WHEN c.decided_on < ? THEN 'before_document' END AS why, c.decided_on AS fact
FROM club c WHERE {DECIDED}""",
        ("stated_from", "province", "from", "at"),
    ),
    "clubs_total": Query(
        f"""
SELECT c.id, c.name, c.commune, CASE WHEN {ALIVE} THEN 1 ELSE 0 END AS part, 0 AS whole,
       0 AS estimated, CASE WHEN {ALIVE} THEN NULL ELSE 'dissolved' END AS why,
       c.decided_on AS fact
FROM club c WHERE {ESTABLISHED}""",
        ("at", "at", "province", "at"),
    ),
    "elderly_members": Query(
        f"""
WITH {PEOPLE.replace(WOMEN, "")}
SELECT c.id, c.name, c.commune, coalesce(p.elderly, 0) AS part, coalesce(p.members, 0) AS whole,
       coalesce(p.estimated, 0) AS estimated,
       CASE WHEN c.decided_on < ? THEN 'before_document' END AS why, c.decided_on AS fact
FROM club c LEFT JOIN people p ON p.club = c.id WHERE {DECIDED} AND {ALIVE}""",
        (*PEOPLE_NEEDS[1:], "stated_from", "province", "from", "at", "at"),
    ),
    "women_among_elderly": Query(
        f"""
WITH {PEOPLE}
SELECT c.id, c.name, c.commune, coalesce(p.elderly_women, 0) AS part,
       coalesce(p.elderly, 0) AS whole, coalesce(p.estimated, 0) AS estimated,
       NULL AS why, c.decided_on AS fact
FROM club c LEFT JOIN people p ON p.club = c.id WHERE {DECIDED} AND {ALIVE}""",
        (*PEOPLE_NEEDS, "province", "from", "at", "at"),
    ),
    "clubs_maintained": Query(
        f"""
SELECT c.id, c.name, c.commune, CASE WHEN {ALIVE} THEN 1 ELSE 0 END AS part, 1 AS whole,
       0 AS estimated, CASE WHEN {ALIVE} THEN NULL ELSE 'dissolved' END AS why,
       c.decided_on AS fact
FROM club c
WHERE {ESTABLISHED} AND c.decided_on >= ? AND c.decided_on <= ?
AND (c.ended_on IS NULL OR c.ended_on >= ?)""",
        ("at", "at", "province", "at", "cohort_from", "cohort_to", "from"),
    ),
    "clubs_trained_and_supervised": Query(
        f"""
WITH seen AS (
  SELECT club, max(on_date) AS last FROM supervision
  WHERE province = ? AND voided_by IS NULL AND on_date >= ? AND on_date <= ? GROUP BY club
)
SELECT c.id, c.name, c.commune,
       CASE WHEN c.trained_on <= ? AND s.last IS NOT NULL THEN 1 ELSE 0 END AS part,
       1 AS whole, 0 AS estimated,
       CASE WHEN c.trained_on IS NULL OR c.trained_on > ? THEN 'not_trained'
            WHEN s.last IS NULL THEN 'not_supervised' END AS why,
       coalesce(s.last, c.trained_on) AS fact
FROM club c LEFT JOIN seen s ON s.club = c.id WHERE {ESTABLISHED} AND {ALIVE}""",
        ("province", "from", "at", "at", "at", "province", "at", "at"),
    ),
    "clubs_initial_and_yearly_training": Query(
        f"""
WITH course AS (
  SELECT club, max(on_date) AS last FROM training
  WHERE province = ? AND voided_by IS NULL AND kind IN ('initial', 'refresher') AND on_date <= ?
  GROUP BY club
)
SELECT c.id, c.name, c.commune,
       CASE WHEN c.trained_on <= ? AND t.last >= ? THEN 1 ELSE 0 END AS part,
       1 AS whole, 0 AS estimated,
       CASE WHEN c.trained_on IS NULL OR c.trained_on > ? THEN 'not_trained'
            WHEN t.last IS NULL OR t.last < ? THEN 'refresher_late' END AS why, t.last AS fact
FROM club c LEFT JOIN course t ON t.club = c.id WHERE {ESTABLISHED} AND {ALIVE}""",
        ("province", "at", "at", "trained_since", "at", "trained_since", "province", "at", "at"),
    ),
    "clubs_well_run": Query(
        f"""
WITH checked AS (
  SELECT c.id, c.name, c.commune, j.on_date AS reviewed,
         CASE WHEN j.club IS NULL THEN 'not_reviewed'
              WHEN NOT j.well_run THEN 'not_well_run'
              WHEN ? = 0 THEN NULL
              WHEN s.club IS NULL THEN 'no_figures'
              WHEN 100 * (CASE WHEN ? = 1
                               THEN coalesce(s.members_served,
                                             s.borrowers + coalesce(s.borrowers_in_kind, 0) * ?)
                               ELSE s.borrowers + coalesce(s.borrowers_in_kind, 0) * ? END)
                   < ? * (CASE WHEN ? = 1 THEN s.members_with_need ELSE s.members END)
              THEN 'few_borrowers' END AS why
  FROM club c
  LEFT JOIN review j ON j.club = c.id AND j.seq = (
    SELECT t.seq FROM review t
    WHERE t.club = c.id AND t.voided_by IS NULL AND t.on_date >= ? AND t.on_date <= ?
    ORDER BY t.year DESC, t.seq DESC LIMIT 1)
  LEFT JOIN supervision s ON s.club = c.id AND s.seq = (
    SELECT t.seq FROM supervision t
    WHERE t.club = c.id AND t.voided_by IS NULL AND t.on_date >= ? AND t.on_date <= ?
    ORDER BY t.on_date DESC, t.seq DESC LIMIT 1)
  WHERE {ESTABLISHED} AND {ALIVE}
)
SELECT id, name, commune, CASE WHEN why IS NULL THEN 1 ELSE 0 END AS part, 1 AS whole,
       0 AS estimated, why, reviewed AS fact FROM checked""",
        (
            "borrowers_asked",
            "of_need",
            "kind_counts",
            "kind_counts",
            "borrowers_percent",
            "of_need",
            "from",
            "at",
            "ever",
            "at",
            "province",
            "at",
            "at",
        ),
    ),
    "clubs_with_both_funds": Query(
        f"""
WITH checked AS (
  SELECT c.id, c.name, c.commune, c.launched_on,
         CASE WHEN ? = 1 AND NOT ({HAS_FUND.format(fund="income")}) THEN 'no_income_fund'
              WHEN ? = 1 AND NOT ({HAS_FUND.format(fund="operating")}) THEN 'no_operating_fund'
              WHEN ? = 1 AND NOT coalesce(c.charter, FALSE) THEN 'no_charter' END AS why
  FROM club c WHERE {ESTABLISHED} AND {ALIVE}
)
SELECT id, name, commune,
       CASE WHEN launched_on <= ? AND why IS NULL THEN 1 ELSE 0 END AS part,
       1 AS whole, 0 AS estimated,
       CASE WHEN launched_on IS NULL OR launched_on > ? THEN 'not_launched' ELSE why END AS why,
       launched_on AS fact FROM checked""",
        (
            "income_asked",
            "at",
            "at",
            "operating_asked",
            "at",
            "at",
            "charter_asked",
            "province",
            "at",
            "at",
            "at",
            "at",
        ),
    ),
    "clubs_income_fund_minimum": Query(
        f"""
WITH {LAST_SUPERVISION}, book AS (
  SELECT club, sum(delta) AS there FROM ledger
  WHERE province = ? AND fund = 'income' AND on_date <= ?
  AND coalesce("of", kind) NOT IN ('loan', 'repayment') GROUP BY club
), checked AS (
  SELECT c.id, c.name, c.commune, coalesce(s.income_fund_balance, b.there, 0) AS there
  FROM club c LEFT JOIN last_seen s ON s.club = c.id AND s.place = 1
  LEFT JOIN book b ON b.club = c.id
  WHERE {ESTABLISHED} AND {ALIVE}
)
SELECT id, name, commune, CASE WHEN there >= ? THEN 1 ELSE 0 END AS part, 1 AS whole,
       0 AS estimated, CASE WHEN there < ? THEN 'fund_small' END AS why, there AS fact
FROM checked""",
        (
            "province",
            "ever",
            "at",
            "province",
            "at",
            "province",
            "at",
            "at",
            "fund_minimum",
            "fund_minimum",
        ),
    ),
    "clubs_full_activities_monthly": Query(
        f"""
WITH {LAST_SUPERVISION}, since AS (
  SELECT s.club, s.on_date, s.meetings_held, s.activities,
         coalesce((SELECT max(e.on_date) FROM supervision e
                   WHERE e.club = s.club AND e.voided_by IS NULL AND e.on_date < s.on_date),
                  (SELECT k.launched_on FROM club k WHERE k.id = s.club)) AS before
  FROM last_seen s WHERE s.place = 1
), checked AS (
  SELECT c.id, c.name, c.commune, s.on_date AS seen,
         CASE WHEN s.club IS NULL THEN 'not_supervised'
              WHEN (CASE WHEN s.activities = '' THEN 0
                    ELSE length(s.activities) - length(replace(s.activities, ',', '')) + 1 END) < ?
              THEN 'few_activities'
              WHEN s.meetings_held
                   < 12 * (CAST(substr(s.on_date, 1, 4) AS INTEGER)
                           - CAST(substr(s.before, 1, 4) AS INTEGER))
                     + CAST(substr(s.on_date, 6, 2) AS INTEGER)
                     - CAST(substr(s.before, 6, 2) AS INTEGER)
              THEN 'few_meetings' END AS why
  FROM club c LEFT JOIN since s ON s.club = c.id WHERE {ESTABLISHED} AND {ALIVE}
)
SELECT id, name, commune, CASE WHEN why IS NULL THEN 1 ELSE 0 END AS part, 1 AS whole,
       0 AS estimated, why, seen AS fact FROM checked""",
        (*SEEN_NEEDS, "activities_count", "province", "at", "at"),
    ),
    "communes_with_clubs": Query(
        f"""
SELECT c.commune_key, min(c.commune), min(c.commune),
       CASE WHEN count(*) >= ? THEN 1 ELSE 0 END AS part, 0 AS whole, 0 AS estimated,
       CASE WHEN count(*) < ? THEN 'few_clubs' END AS why, count(*) AS fact
FROM club c WHERE {ESTABLISHED} AND {ALIVE} GROUP BY c.commune_key""",
        ("per_commune", "per_commune", "province", "at", "at"),
    ),
    "communes_with_clubs_to_standard": Query(
        f"""
WITH said AS (
  SELECT club, standard, standard_document,
         row_number() OVER (PARTITION BY club ORDER BY on_date DESC, seq DESC) AS place
  FROM review
  WHERE province = ? AND voided_by IS NULL AND standard IS NOT NULL AND on_date <= ?
)
SELECT c.id, c.name, c.commune, CASE WHEN s.standard = 'met' THEN 1 ELSE 0 END AS part, 0 AS whole,
       0 AS estimated,
       CASE WHEN s.standard IS NULL THEN 'standard_unknown'
            WHEN s.standard <> 'met' THEN 'standard_not_met' END AS why,
       s.standard_document AS fact
FROM club c LEFT JOIN said s ON s.club = c.id AND s.place = 1 WHERE {ESTABLISHED} AND {ALIVE}""",
        ("province", "at", "province", "at", "at"),
    ),
    "villages_with_clubs": Query(
        f"""
SELECT c.commune_key || '/' || c.village_key, min(c.village), min(c.commune), 1 AS part,
       0 AS whole, 0 AS estimated, NULL AS why, count(*) AS fact
FROM club c WHERE {ESTABLISHED} AND {ALIVE} GROUP BY c.commune_key, c.village_key""",
        ("province", "at", "at"),
    ),
    "members_with_need_served": Query(
        f"""
WITH {LAST_SUPERVISION}
SELECT c.id, c.name, c.commune,
       CASE WHEN s.members_with_need IS NULL THEN 0
            ELSE coalesce(s.members_served, s.borrowers) END AS part,
       coalesce(s.members_with_need, 0) AS whole, 0 AS estimated,
       CASE WHEN s.members_with_need IS NULL THEN 'no_figures' END AS why, s.on_date AS fact
FROM club c LEFT JOIN last_seen s ON s.club = c.id AND s.place = 1
WHERE {ESTABLISHED} AND {ALIVE}""",
        (*SEEN_NEEDS, "province", "at", "at"),
    ),
    "members_who_borrowed": Query(
        f"""
WITH {LAST_SUPERVISION}
SELECT c.id, c.name, c.commune,
       CASE WHEN s.club IS NULL THEN 0
            WHEN ? = 1 THEN coalesce(s.members_served, s.borrowers + s.in_kind * ?)
            ELSE s.borrowers + s.in_kind * ? END AS part,
       coalesce(CASE WHEN ? = 1 THEN s.members_with_need ELSE s.members END, 0) AS whole,
       0 AS estimated, CASE WHEN s.club IS NULL THEN 'no_figures' END AS why, s.on_date AS fact
FROM club c LEFT JOIN last_seen s ON s.club = c.id AND s.place = 1
WHERE {ESTABLISHED} AND {ALIVE}""",
        (
            *SEEN_NEEDS,
            "of_need",
            "kind_counts",
            "kind_counts",
            "of_need",
            "province",
            "at",
            "at",
        ),
    ),
    "grant_amount": Query(
        f"""
SELECT c.id, c.name, c.commune, sum(l.amount) AS part, 0 AS whole, 0 AS estimated, NULL AS why,
       min(l.on_date) AS fact
FROM ledger l JOIN club c ON c.id = l.club WHERE {STANDING_GRANT}
GROUP BY c.id, c.name, c.commune""",
        GRANT_NEEDS,
    ),
    "grants_a_year": Query(
        f"""
SELECT c.id, c.name, c.commune, 1 AS part, 0 AS whole, 0 AS estimated, NULL AS why,
       min(l.on_date) AS fact
FROM ledger l JOIN club c ON c.id = l.club WHERE {STANDING_GRANT}
GROUP BY c.id, c.name, c.commune""",
        GRANT_NEEDS,
    ),
}
"""The query of each measure that the records can tell."""
TOTAL = (
    "SELECT sum(part), sum(whole), sum(estimated), "
    "sum(CASE WHEN why = 'before_document' THEN 1 ELSE 0 END) FROM ({}) AS counted"
)
