"""The measures a policy chooses from: what counts, out of what, in words and as a query.

A measure is one object, and a new one is one more entry of ``MEASURES`` and of the enumeration in
the policy's schema. The queries are data: ``engine.reports`` runs them.

Each query gives a row for every club (or commune, village) it reads: id, name, commune, the part
that counts, the whole it is counted out of, how many of it are estimated, why it does not count (or
counts in a marked way), and the fact that decided. Totals are sums of the same rows, made by the
database. ``:at`` and the like are facts of the goal, the policy and the day.
"""

from engine.i18n import N_
from engine.model import FundKind
from engine.targets.measure import Completion, Measure
from engine.targets.query_parts import (
    ACTIVITIES,
    ALIVE,
    BOOK_KEPT,
    DECIDED,
    ELDERLY_WOMEN,
    ESTABLISHED,
    GRANTED,
    IN_MONEY,
    MEANT_LOANS,
    MEMBERS,
    MET,
    MONTHS,
    OWN_FUND_IS_MISSING,
    OWN_FUNDS,
    by_book,
    fund_is_missing,
    last_supervision,
    month,
    of_province,
    owed,
    people,
)

MEASURES = {
    one.name: one
    for one in (
        Measure(
            "clubs_decided",
            "clubs",
            N_(
                "Clubs whose decision of establishment falls in the period, by the day of the "
                "decision; a club dissolved later stays counted."
            ),
            sql=f"""
SELECT c.id, c.name, c.commune, 1 AS part, 0 AS whole, 0 AS estimated,
       CASE WHEN c.decided_on < :stated_from THEN 'before_document' END AS why, c.decided_on AS fact
FROM club c WHERE {DECIDED}""",
        ),
        Measure(
            "clubs_total",
            "clubs",
            N_(
                "All clubs established by the day, of earlier years too; dissolved ones are "
                "left out."
            ),
            from_zero=False,
            sql=f"""
SELECT c.id, c.name, c.commune, CASE WHEN {ALIVE} THEN 1 ELSE 0 END AS part, 0 AS whole,
       0 AS estimated, CASE WHEN {ALIVE} THEN NULL ELSE 'dissolved' END AS why,
       c.decided_on AS fact
FROM club c WHERE {ESTABLISHED}""",
        ),
        Measure(
            "elderly_members",
            "members",
            N_(
                "Members who had turned the elderly age on the day, in clubs decided in the "
                "period and not dissolved; a birth year alone counts from its first day."
            ),
            sql=f"""
WITH {people()}
SELECT c.id, c.name, c.commune, coalesce(p.elderly, 0) AS part, coalesce(p.members, 0) AS whole,
       coalesce(p.estimated, 0) AS estimated,
       CASE WHEN c.decided_on < :stated_from THEN 'before_document' END AS why, c.decided_on AS fact
FROM club c LEFT JOIN people p ON p.club = c.id WHERE {DECIDED} AND {ALIVE}""",
        ),
        Measure(
            "women_among_elderly",
            "members",
            N_(
                "Women among the elderly members of clubs decided in the period and not "
                "dissolved, over the whole province."
            ),
            whole=True,
            two_sided=True,
            sql=f"""
WITH {people(ELDERLY_WOMEN)}
SELECT c.id, c.name, c.commune, coalesce(p.elderly_women, 0) AS part,
       coalesce(p.elderly, 0) AS whole, coalesce(p.estimated, 0) AS estimated,
       CASE WHEN c.decided_on < :stated_from THEN 'before_document' END AS why, c.decided_on AS fact
FROM club c LEFT JOIN people p ON p.club = c.id WHERE {DECIDED} AND {ALIVE}""",
        ),
        Measure(
            "clubs_maintained",
            "clubs",
            N_(
                "Clubs launched by the day that are neither dissolved nor suspended on it, out "
                "of all that were launched; a club dissolved before the period began is not "
                "among them. Whether their quality rose is not measured."
            ),
            whole=True,
            completion=Completion.SUSPENDED,
            sql=f"""
SELECT c.id, c.name, c.commune, CASE WHEN {ALIVE} THEN 1 ELSE 0 END AS part, 1 AS whole,
       0 AS estimated, CASE WHEN {ALIVE} THEN NULL ELSE 'dissolved' END AS why,
       c.decided_on AS fact
FROM club c
WHERE {ESTABLISHED} AND c.launched_on <= :at
AND c.decided_on >= :cohort_from AND c.decided_on <= :cohort_to
AND (c.ended_on IS NULL OR c.ended_on >= :from)""",
        ),
        Measure(
            "clubs_trained_and_supervised",
            "clubs",
            N_(
                "Clubs whose board had its initial training and that were supervised at least "
                "once in the period, out of those established and not dissolved."
            ),
            whole=True,
            sql=f"""
WITH seen AS (
  SELECT club, max(on_date) AS last FROM supervision
  WHERE province = :province AND voided_by IS NULL AND on_date >= :from AND on_date <= :at
  GROUP BY club
)
SELECT c.id, c.name, c.commune,
       CASE WHEN c.trained_on <= :at AND s.last IS NOT NULL THEN 1 ELSE 0 END AS part,
       1 AS whole, 0 AS estimated,
       CASE WHEN c.trained_on IS NULL OR c.trained_on > :at THEN 'not_trained'
            WHEN s.last IS NULL THEN 'not_supervised' END AS why,
       coalesce(s.last, c.trained_on) AS fact
FROM club c LEFT JOIN seen s ON s.club = c.id WHERE {ESTABLISHED} AND {ALIVE}""",
        ),
        Measure(
            "clubs_initial_and_yearly_training",
            "clubs",
            N_(
                "Clubs whose board had its initial training and no refresher overdue on the "
                "day, out of those established and not dissolved."
            ),
            whole=True,
            sql=f"""
WITH course AS (
  SELECT club, max(on_date) AS last FROM training
  WHERE province = :province AND voided_by IS NULL AND kind IN ('initial', 'refresher')
  AND on_date <= :at GROUP BY club
)
SELECT c.id, c.name, c.commune,
       CASE WHEN c.trained_on <= :at AND t.last >= :trained_since THEN 1 ELSE 0 END AS part,
       1 AS whole, 0 AS estimated,
       CASE WHEN c.trained_on IS NULL OR c.trained_on > :at THEN 'not_trained'
            WHEN t.last IS NULL OR t.last < :trained_since THEN 'refresher_late' END AS why,
       t.last AS fact
FROM club c LEFT JOIN course t ON t.club = c.id WHERE {ESTABLISHED} AND {ALIVE}""",
        ),
        Measure(
            "clubs_well_run",
            "clubs",
            N_(
                "Clubs whose last yearly review in the period found them well run, that held every "
                "activity and that reached the province's share of borrowers, out of those "
                "established and not dissolved: by the meetings recorded in the period and by the "
                "loan book of a club that keeps them, else by its last supervision."
            ),
            whole=True,
            sql=f"""
WITH RECURSIVE {MET}, known AS MATERIALIZED (
  SELECT c.id, c.name, c.commune, j.club AS review, j.well_run, j.on_date AS reviewed,
         m.club IS NOT NULL AS met,
         CASE WHEN m.club IS NULL THEN {ACTIVITIES} ELSE m.activities END AS activities,
         {by_book(MEANT_LOANS)} AS owing,
         s.borrowers + coalesce(s.borrowers_in_kind, 0) * :kind_counts AS borrowers,
         s.club AS supervision, s.borrowers_improved, s.members_with_need, s.members_served,
         s.members AS members_seen
  FROM club c
  LEFT JOIN review j ON j.club = c.id{of_province("j")} AND j.seq = (
    SELECT t.seq FROM review t
    WHERE t.club = c.id{of_province("t")} AND t.voided_by IS NULL
    AND t.on_date >= :from AND t.on_date <= :at
    ORDER BY t.year DESC, t.seq DESC LIMIT 1)
  LEFT JOIN supervision s ON s.club = c.id{of_province("s")} AND s.seq = (
    SELECT t.seq FROM supervision t
    WHERE t.club = c.id{of_province("t")} AND t.voided_by IS NULL
    AND t.on_date >= :ever AND t.on_date <= :at
    ORDER BY t.on_date DESC, t.seq DESC LIMIT 1)
  LEFT JOIN met m ON m.club = c.id WHERE {ESTABLISHED} AND {ALIVE}
), counted AS (
  SELECT known.*, :improved_asked = 0 AND owing IS NOT NULL
                  AND (:of_need = 0 OR members_served IS NULL) AS booked,
         CASE WHEN :improved_asked = 1 THEN borrowers_improved
              WHEN :of_need = 1 THEN coalesce(members_served, owing, borrowers)
              ELSE coalesce(owing, borrowers) END AS part,
         CASE WHEN :of_need = 1 THEN members_with_need
              WHEN :improved_asked = 0 AND owing IS NOT NULL THEN ({MEMBERS})
              ELSE members_seen END AS whole
  FROM known
), checked AS (
  SELECT counted.*,
         CASE WHEN review IS NULL THEN 'not_reviewed'
              WHEN NOT well_run THEN 'not_well_run'
              WHEN activities IS NULL THEN 'no_figures'
              WHEN activities < :activities_count
              THEN CASE WHEN met THEN 'few_activities_met' ELSE 'few_activities' END
              WHEN :borrowers_asked = 0 THEN NULL
              WHEN :improved_asked = 1 AND supervision IS NOT NULL AND part IS NULL
              THEN 'income_unknown'
              WHEN part IS NULL THEN 'no_figures'
              WHEN 100 * part < :borrowers_percent * whole
              THEN CASE WHEN booked THEN 'few_borrowers_booked' ELSE 'few_borrowers' END
         END AS why
  FROM counted
)
SELECT id, name, commune, CASE WHEN why IS NULL THEN 1 ELSE 0 END AS part, 1 AS whole,
       0 AS estimated,
       CASE WHEN why IS NOT NULL THEN why
            WHEN met AND booked AND :borrowers_asked = 1 THEN 'by_own_book'
            WHEN met THEN 'by_meetings'
            WHEN booked AND :borrowers_asked = 1 THEN 'by_book' END AS why,
       reviewed AS fact FROM checked""",
        ),
        Measure(
            "clubs_with_both_funds",
            "clubs",
            N_(
                "Launched clubs with the funds the province asks for (opened at the launch, or "
                "with an entry in the ledger that was not taken back) and with a charter where it "
                "asks for one, out of those established and not dissolved."
            ),
            whole=True,
            sql=f"""
WITH RECURSIVE {OWN_FUNDS}, checked AS (
  SELECT c.id, c.name, c.commune, c.launched_on,
         CASE {" ".join(map(fund_is_missing, FundKind))} {OWN_FUND_IS_MISSING}
              WHEN :charter_asked = 1 AND NOT coalesce(c.charter, FALSE) THEN 'no_charter'
         END AS why
  FROM club c WHERE {ESTABLISHED} AND {ALIVE}
)
SELECT id, name, commune,
       CASE WHEN launched_on <= :at AND why IS NULL THEN 1 ELSE 0 END AS part,
       1 AS whole, 0 AS estimated,
       CASE WHEN launched_on IS NULL OR launched_on > :at THEN 'not_launched' ELSE why END AS why,
       launched_on AS fact FROM checked""",
        ),
        Measure(
            "clubs_income_fund_minimum",
            "clubs",
            N_(
                "Clubs whose income fund reached the minimum, with what is lent out: by the ledger "
                "and the loan book where a loan is in it, else at the last supervision, or by the "
                "ledger where there was none; out of those established and not dissolved."
            ),
            whole=True,
            sql=f"""
WITH {last_supervision(":ever")}, book AS (
  SELECT club, sum(delta) AS held,
         sum(CASE WHEN coalesce("of", kind) IN ('loan', 'repayment') THEN 0 ELSE delta END)
           AS there
  FROM ledger
  WHERE province = :province AND fund = '{FundKind.INCOME}' AND on_date <= :at GROUP BY club
), checked AS (
  SELECT c.id, c.name, c.commune, {BOOK_KEPT} AS booked,
         CASE WHEN {BOOK_KEPT} THEN coalesce(b.held, 0) + {owed("<= :at")}
              ELSE coalesce(i.balance, b.there, 0) END AS there
  FROM club c LEFT JOIN last_seen s ON s.club = c.id
  LEFT JOIN supervision_balance i
  ON i.club = s.club{of_province("i")} AND i.supervision = s.seq AND i.fund = '{FundKind.INCOME}'
  LEFT JOIN book b ON b.club = c.id
  WHERE {ESTABLISHED} AND {ALIVE}
)
SELECT id, name, commune, CASE WHEN there >= :fund_minimum THEN 1 ELSE 0 END AS part, 1 AS whole,
       0 AS estimated, CASE WHEN there < :fund_minimum THEN 'fund_small'
                            WHEN booked THEN 'by_book' END AS why, there AS fact
FROM checked""",
        ),
        Measure(
            "clubs_full_activities_monthly",
            "clubs",
            N_(
                "Clubs that held every activity and a meeting in each full month of the period, "
                "out of those established and not dissolved: by the recorded meetings of a club, "
                "from the month after its launch and its first recorded meeting on; by its last "
                "supervision where no meeting of the period is recorded."
            ),
            whole=True,
            sql=f"""
WITH RECURSIVE {MET}, {MONTHS}, {last_supervision()}, since AS (
  SELECT s.club, s.on_date, s.meetings_held, s.activities,
         coalesce((SELECT max(e.on_date) FROM supervision e
                   WHERE e.club = s.club{of_province("e")} AND e.voided_by IS NULL
                   AND e.on_date < s.on_date),
                  (SELECT k.launched_on FROM club k WHERE k.id = s.club)) AS before
  FROM last_seen s
), checked AS (
  SELECT c.id, c.name, c.commune, CASE WHEN m.club IS NULL THEN s.on_date ELSE :at END AS seen,
         CASE WHEN m.club IS NOT NULL AND m.activities < :activities_count
              THEN 'few_activities_met'
              WHEN m.club IS NOT NULL AND b.months < :last_month - b.first_month + 1
              THEN 'few_months_met'
              WHEN m.club IS NOT NULL THEN 'by_meetings'
              WHEN s.club IS NULL THEN 'not_supervised'
              WHEN {ACTIVITIES} < :activities_count
              THEN 'few_activities'
              WHEN s.meetings_held
                   < {month("s.on_date")} - {month("s.before")}
              THEN 'few_meetings' END AS why
  FROM club c LEFT JOIN since s ON s.club = c.id LEFT JOIN met m ON m.club = c.id
  LEFT JOIN by_month b ON b.club = c.id
  WHERE {ESTABLISHED} AND {ALIVE}
)
SELECT id, name, commune, CASE WHEN coalesce(why, 'by_meetings') = 'by_meetings' THEN 1 ELSE 0
       END AS part, 1 AS whole, 0 AS estimated, why, seen AS fact FROM checked""",
        ),
        Measure(
            "clubs_new_tasks",
            "clubs",
            N_("It cannot be measured from the clubs' records."),
            whole=True,
        ),
        Measure(
            "communes_with_clubs",
            "communes",
            N_(
                "Communes with at least the wanted number of clubs established and not "
                "dissolved, each commune once."
            ),
            whole=True,
            completion=Completion.COMMUNES,
            sql=f"""
SELECT c.commune, c.commune, c.commune, 0 AS part, 0 AS whole, 0 AS estimated, NULL AS why,
       count(*) AS fact
FROM club c WHERE {ESTABLISHED} AND {ALIVE} GROUP BY c.commune""",
        ),
        Measure(
            "communes_with_clubs_to_standard",
            "communes",
            N_(
                "Communes with at least the wanted number of clubs that meet the standard by "
                "the last yearly review that says so and names the document, each commune once. "
                "Where no review of a club says it, it is not known, and counted apart."
            ),
            whole=True,
            completion=Completion.STANDARD,
            sql=f"""
WITH answered AS (
  SELECT club, standard, standard_document,
         row_number() OVER (PARTITION BY club ORDER BY on_date DESC, seq DESC) AS place
  FROM review
  WHERE province = :province AND voided_by IS NULL AND standard IS NOT NULL AND on_date <= :at
)
SELECT c.id, c.name, c.commune, CASE WHEN s.standard = 'met' THEN 1 ELSE 0 END AS part, 0 AS whole,
       0 AS estimated,
       CASE WHEN s.standard IS NULL THEN 'standard_unknown'
            WHEN s.standard <> 'met' THEN 'standard_not_met' END AS why,
       s.standard_document AS fact
FROM club c LEFT JOIN answered s ON s.club = c.id AND s.place = 1
WHERE {ESTABLISHED} AND {ALIVE}""",
        ),
        Measure(
            "villages_with_clubs",
            "villages",
            N_(
                "Villages with a club established and not dissolved, each village once; a share "
                "is given only where the loaded list of units has the villages."
            ),
            whole=True,
            completion=Completion.VILLAGES,
            sql=f"""
SELECT c.village_key, min(c.village), c.commune, 1 AS part, 0 AS whole, 0 AS estimated,
       NULL AS why, count(*) AS fact
FROM club c WHERE {ESTABLISHED} AND {ALIVE} GROUP BY c.commune, c.village_key""",
        ),
        Measure(
            "members_with_need_served",
            "members",
            N_(
                "Members with need who were helped, out of members with need, by each club's "
                "last supervision in the period; without a figure of those helped, the borrowers "
                "of the club's loan book count, and those of the supervision where no loan is in "
                "the book."
            ),
            whole=True,
            sql=f"""
WITH {last_supervision()}
SELECT c.id, c.name, c.commune,
       CASE WHEN s.members_with_need IS NULL THEN 0
            ELSE coalesce(s.members_served, {by_book(IN_MONEY)}, s.borrowers) END AS part,
       coalesce(s.members_with_need, 0) AS whole, 0 AS estimated,
       CASE WHEN s.members_with_need IS NULL THEN 'no_figures' END AS why, s.on_date AS fact
FROM club c LEFT JOIN last_seen s ON s.club = c.id
WHERE {ESTABLISHED} AND {ALIVE}""",
        ),
        Measure(
            "members_who_borrowed",
            "members",
            N_(
                "Members who borrowed, out of all members (or those with need, as the document "
                "says): by the club's loan book those who owe on the day, by its last supervision "
                "where no loan is in the book; other clubs have no figures. Where the document "
                "asks for a better income too, those who have one by the last supervision."
            ),
            whole=True,
            sql=f"""
WITH {last_supervision()}, {people()}, booked AS (
  SELECT c.id, {by_book(MEANT_LOANS)} AS owing FROM club c WHERE {ESTABLISHED} AND {ALIVE}
)
SELECT c.id, c.name, c.commune,
       CASE WHEN :improved_asked = 1 THEN coalesce(s.borrowers_improved, 0)
            WHEN :of_need = 1 AND s.club IS NULL THEN 0
            WHEN :of_need = 1
            THEN coalesce(s.members_served, b.owing, s.borrowers + s.in_kind * :kind_counts)
            ELSE coalesce(b.owing, s.borrowers + s.in_kind * :kind_counts, 0) END AS part,
       coalesce(CASE WHEN :improved_asked = 1 AND s.borrowers_improved IS NULL THEN 0
                     WHEN :of_need = 1 THEN s.members_with_need
                     WHEN :improved_asked = 1 THEN s.members
                     WHEN b.owing IS NOT NULL THEN p.members
                     ELSE s.members END, 0) AS whole,
       0 AS estimated,
       CASE WHEN s.club IS NULL AND (:of_need = 1 OR :improved_asked = 1 OR b.owing IS NULL)
            THEN 'no_figures'
            WHEN :improved_asked = 1
            THEN CASE WHEN s.borrowers_improved IS NULL THEN 'income_unknown' END
            WHEN b.owing IS NOT NULL
            AND (:of_need = 0 OR s.members_served IS NULL) THEN 'by_book' END AS why,
       CASE WHEN b.owing IS NOT NULL AND :of_need = 0 AND :improved_asked = 0
            THEN :at ELSE s.on_date END AS fact
FROM club c JOIN booked b ON b.id = c.id LEFT JOIN last_seen s ON s.club = c.id
LEFT JOIN people p ON p.club = c.id
WHERE {ESTABLISHED} AND {ALIVE}""",
        ),
        Measure(
            "loans_turnover",
            "dong",
            N_(
                "How often the money lent came back: principal repaid in the period, out of the "
                "mean of what borrowers owed before it and on the day, by the loan books of clubs "
                "established and not dissolved. Written off is not repaid; one turn is 100 percent."
            ),
            whole=True,
            sql=f"""
WITH booked AS (
  SELECT c.id, c.name, c.commune, {BOOK_KEPT} AS kept,
         {owed("< :from")} AS before, {owed("<= :at")} AS owed,
         coalesce((SELECT sum(g.principal) FROM loan_change g
           JOIN loan b ON b.club = g.club AND b.seq = g.loan AND b.voided_by IS NULL
           {of_province("b")}
           WHERE g.club = c.id AND g.voided_by IS NULL AND NOT g.written_off{of_province("g")}
           AND g.on_date >= :from AND g.on_date <= :at), 0) AS repaid
  FROM club c WHERE {ESTABLISHED} AND {ALIVE}
)
SELECT id, name, commune, repaid AS part, (before + owed) / 2 AS whole, 0 AS estimated,
       CASE WHEN NOT kept THEN 'no_loan_book' END AS why, :at AS fact
FROM booked""",
        ),
        Measure(
            "grant_amount",
            "dong",
            N_(
                "Establishment grants recorded in the period, from the document's first day on, "
                "from the province's source, less those taken back."
            ),
            sql=f"""
SELECT c.id, c.name, c.commune, sum(l.amount) AS part, 0 AS whole, 0 AS estimated, NULL AS why,
       min(l.on_date) AS fact
FROM ledger l JOIN club c ON c.id = l.club WHERE {GRANTED}
GROUP BY c.id, c.name, c.commune""",
        ),
        Measure(
            "grants_a_year",
            "clubs",
            N_(
                "Clubs that received the establishment grant in the year, from the document's "
                "first day on, each club once; grants taken back are left out."
            ),
            sql=f"""
SELECT c.id, c.name, c.commune, 1 AS part, 0 AS whole, 0 AS estimated, NULL AS why,
       min(l.on_date) AS fact
FROM ledger l JOIN club c ON c.id = l.club WHERE {GRANTED}
GROUP BY c.id, c.name, c.commune""",
        ),
        Measure(
            "outside",
            "members",
            N_("It cannot be measured from the clubs' records."),
            whole=True,
        ),
    )
}
"""Every measure by its name."""

OWN = frozenset({"members_who_borrowed"})
"""Measures of a club's own indicator, which a policy states under ``indicator``, not ``target``."""
