"""``report``: a province of 20.000 clubs with 1,2 million members and 240.000 monthly records.

The reference is SQL written by hand for this province alone, on the same file: members are folded
to clubs first and clubs to communes then, each table is gone through once. It answers with the same
figures: ``agrees`` compares the two on a smaller province before anything is timed.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from statistics import median
from typing import Any

from bench.life import PROVINCE, opened
from bench.measure import Sample, by_turns, timed
from bench.options import Options
from bench.profiling import profiled
from bench.province import ON, province
from bench.result import Row, timed_row
from engine.documents.report_formats import COMPARED, render
from engine.lifecycle.registry import Registry
from engine.reports.building import build
from engine.reports.due import due
from engine.reports.progress import progress
from engine.vietnamese.collation import in_order

NAME = "report"
TITLE = "a large province: progress, what is due, the six-month report"
BUDGET, FILE_BUDGET = 1.2, 1.5
FILE_ROUNDS = 3
AT, HALF, START = ON.isoformat(), "2025H1", "2025-01-01"
LIMIT = f"{ON.year - 60}-{ON.month:02d}-{ON.day:02d}"
HELD = (
    "club",
    "members",
    "women",
    "elderly",
    "operating_fund",
    "supervised_on",
    "borrowers",
    "recorded_late",
)
"""Columns of a club's row that the two sides are compared by."""
KINDS = (
    *("culture_sport", "health_care", "income_generation", "home_care"),
    *("community_support", "resource_building", "rights", "knowledge"),
)
"""The activities that the plan of Bắc Ninh wants of every club."""
Answer = dict[str, Any]

FOLD = f"""
WITH people AS (
  SELECT club, count(*) AS members, sum(sex = 'F') AS women, sum(born <= '{LIMIT}') AS elderly,
         sum(sex = 'F' AND born <= '{LIMIT}') AS elderly_women,
         sum(length(born) < 10 AND born = substr('{LIMIT}', 1, length(born))) AS estimated,
         sum(circumstance = 'poor') AS poor, sum(circumstance = 'near_poor') AS near_poor,
         sum(circumstance = 'difficult') AS difficult
  FROM member WHERE joined_on <= '{AT}' AND (left_on IS NULL OR left_on > '{AT}') GROUP BY club
), money AS (
  SELECT club, sum(CASE WHEN fund = 'income' THEN delta END) AS income,
         sum(CASE WHEN fund = 'operating' THEN delta END) AS operating,
         sum(CASE WHEN kind = 'grant' AND on_date >= '{START}' THEN amount ELSE 0 END) AS granted
  FROM ledger WHERE on_date <= '{AT}' GROUP BY club
), seen AS (
  SELECT club, max(on_date) AS on_date, conclusion, borrowers FROM supervision
  WHERE voided_by IS NULL AND on_date <= '{AT}' GROUP BY club
), judged AS (
  SELECT club, max(year) AS year, result, well_run FROM review
  WHERE voided_by IS NULL AND on_date <= '{AT}' GROUP BY club
)
SELECT c.id, c.name, c.commune, c.village, c.state, c.decided_on, c.trained_on, c.launched_on,
       c.ended_on, p.members, p.women, p.elderly, p.elderly_women, p.estimated, p.poor, p.near_poor,
       coalesce(p.difficult, 0), m.income, m.operating,
       coalesce(m.granted, 0), s.on_date, s.conclusion, s.borrowers, j.year, j.result, j.well_run
FROM club c LEFT JOIN people p ON p.club = c.id LEFT JOIN money m ON m.club = c.id
LEFT JOIN seen s ON s.club = c.id LEFT JOIN judged j ON j.club = c.id
WHERE c.opened_on <= '{AT}' ORDER BY c.commune_key, c.village_key, c.name_key, c.id"""
DAYS = ("decided_on", "trained_on", "launched_on", "ended_on")
SUMS = (
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
SEEN = ("supervised_on", "supervision", "borrowers", "reviewed_year", "review", "well_run")
COLUMNS = ("club", "name", "commune", "village", "state", *DAYS, *SUMS, *SEEN)
SUMMED = range(COLUMNS.index("members"), COLUMNS.index("supervised_on"))
CLUBS = f"""
SELECT count(*), sum((c.ended_on IS NULL OR c.ended_on > '{AT}') AND c.launched_on <= '{AT}'),
  sum((c.ended_on IS NULL OR c.ended_on > '{AT}') AND c.trained_on <= '{AT}'
      AND s.club IS NOT NULL),
  sum((c.ended_on IS NULL OR c.ended_on > '{AT}') AND j.well_run
      AND coalesce(h.kinds, 1 + length(s.activities) - length(replace(s.activities, ',', ''))) >= 8
      AND 100 * coalesce(o.borrowers, s.borrowers) >= 50 * CASE
        WHEN o.club IS NULL THEN s.members ELSE (
          SELECT count(*) FROM member m WHERE m.club = c.id AND m.joined_on <= '{AT}'
          AND (m.left_on IS NULL OR m.left_on > '{AT}')) END),
  sum(c.launched_on <= '{AT}' AND c.funds_opened = 'income,operating' AND c.charter)
FROM club c
LEFT JOIN (SELECT club, max(on_date), borrowers, members, activities FROM supervision
           WHERE voided_by IS NULL AND on_date <= '{AT}' GROUP BY club) s ON s.club = c.id
LEFT JOIN (SELECT club, max(year), well_run FROM review
           WHERE voided_by IS NULL AND on_date <= '{AT}' GROUP BY club) j ON j.club = c.id
LEFT JOIN (SELECT club, {" + ".join(f"max(activities LIKE '%{one}%')" for one in KINDS)} AS kinds
           FROM (SELECT DISTINCT club, activities FROM meeting WHERE voided_by IS NULL
                 AND on_date >= '2021-01-01' AND on_date <= '{AT}') GROUP BY club) h
  ON h.club = c.id AND c.launched_on <= '{AT}'
LEFT JOIN (SELECT club, sum(owes) AS borrowers FROM (
             SELECT b.club, max(b.amount > coalesce((
               SELECT sum(g.principal) FROM loan_change g WHERE g.club = b.club AND g.loan = b.seq
               AND g.voided_by IS NULL AND g.on_date <= '{AT}'), 0)) AS owes
             FROM loan b WHERE b.voided_by IS NULL AND b.on_date <= '{AT}'
             GROUP BY b.club, b.member) GROUP BY club) o ON o.club = c.id
WHERE c.decided_on >= '2017-01-01' AND c.decided_on <= '{AT}'"""
ELDERLY = f"""
SELECT sum(p.elderly) FROM club c JOIN (
  SELECT club, sum(born <= '{LIMIT}') AS elderly,
         sum(length(born) < 10 AND born = substr('{LIMIT}', 1, length(born))) AS estimated
  FROM member WHERE joined_on <= '{AT}' AND (left_on IS NULL OR left_on > '{AT}') GROUP BY club
) p ON p.club = c.id
WHERE c.decided_on >= '2021-01-01' AND c.decided_on <= '{AT}'
  AND (c.ended_on IS NULL OR c.ended_on > '{AT}')"""
GRANTS = f"""
SELECT substr(l.on_date, 1, 4), count(DISTINCT l.club), sum(l.amount) FROM ledger l
WHERE l.kind = 'grant' AND l.source = 'province_budget' AND l.on_date <= '{AT}' AND NOT EXISTS
  (SELECT 1 FROM ledger r WHERE r.club = l.club AND r.reverses = l.seq) GROUP BY 1"""
TASKS = f"""
SELECT t.due_on, t.kind, c.commune, c.name, t.club, t.role, t.source,
       max(0, CAST(julianday('{AT}') - julianday(t.due_on) AS INTEGER)) AS late
FROM task t JOIN club c ON c.id = t.club
JOIN event e ON e.stream = 'club:' || t.club AND e.seq = t.opened_seq
WHERE e.on_date <= '{AT}' AND (t.closed_on IS NULL OR t.closed_on > '{AT}')
ORDER BY t.due_on, t.kind"""
HEAD = "SELECT stream, seq, body, hash FROM event ORDER BY stream, seq"
LATE = f"""
SELECT stream, count(*) FROM event
WHERE stream GLOB 'club:*' AND on_date <= '{AT}'
AND julianday(date(recorded_at, '+7 hours')) - julianday(on_date) >= 30 GROUP BY stream"""
STAYS = """
SELECT from_state, CAST(julianday(on_date) - julianday(since) AS INTEGER) FROM (
  SELECT from_state, to_state, on_date,
         lag(on_date) OVER (PARTITION BY stream ORDER BY seq) AS since
  FROM event WHERE stream GLOB 'club:*' AND (step = 'open' OR from_state <> to_state))
WHERE since IS NOT NULL"""


def run(options: Options) -> list[Row]:
    """Measure progress, due and the report against the hand-written SQL."""
    with _both(province(options.size(300, 300, 30))) as (registry, db):
        agrees(registry, db)
    found: list[Row] = []
    with _both(province(options.size(20_000, 4_000, 30))) as (registry, db):
        for case, (ours, theirs) in _cases(registry, db).items():
            if options.profile:
                profiled(ours)
                continue
            subjects = {"clb": _timed(ours), "hand": _timed(theirs)}
            samples = by_turns(subjects, options.rounds, warm=False)
            found.append(timed_row(NAME, case, samples["clb"], samples["hand"], budget=BUDGET))
        if not options.profile:
            found += _files(registry, options)
    return found


def _files(registry: Registry, options: Options) -> list[Row]:
    """Measure the six-month report made and written as each kind of file against that as JSON."""
    subjects = {
        one: _timed(partial(_file, registry, one)) for one in ("json", "docx", "html", "xlsx")
    }
    samples = by_turns(subjects, options.size(FILE_ROUNDS, FILE_ROUNDS, 1), warm=False)
    return [
        timed_row(
            *(NAME, f"six-month report as {kind}", taken, samples["json"]),
            budget=FILE_BUDGET,
            note="of the time as JSON",
        )
        for kind, taken in samples.items()
        if kind != "json"
    ]


def _file(registry: Registry, kind: str) -> bytes:
    built = build(
        *(registry.store, registry.provinces, PROVINCE, "half_year", HALF, ON),
        compared=kind in COMPARED,
    )
    return render(kind, built.document)


@contextmanager
def _both(path: Path) -> Iterator[tuple[Registry, sqlite3.Connection]]:
    """Open one database for both sides, its pages read once."""
    registry = opened(path)
    with closing(sqlite3.connect(path)) as db:
        db.execute("SELECT sum(length(body)) FROM event").fetchone()
        db.execute("SELECT sum(length(born)) FROM member").fetchone()
        yield registry, db
    registry.store.close()


def _timed(work: Callable[[], object]) -> Callable[[], Sample]:
    return lambda: timed(work)


def _cases(
    registry: Registry, db: sqlite3.Connection
) -> dict[str, tuple[Callable[[], object], Callable[[], object]]]:
    store, rules = registry.store, registry.provinces.rules(PROVINCE)
    return {
        "progress": (
            lambda: progress(store, rules, PROVINCE, ON),
            lambda: progress_by_hand(db),
        ),
        "due": (
            lambda: due(store, rules, PROVINCE, ON, past=True),
            lambda: due_by_hand(db),
        ),
        "six-month report": (
            lambda: build(store, registry.provinces, PROVINCE, "half_year", HALF, ON),
            lambda: report_by_hand(db),
        ),
    }


def progress_by_hand(db: sqlite3.Connection) -> Answer:
    """Count what Bắc Ninh's goals ask for."""
    total, alive, supervised, well_run, funds = db.execute(CLUBS).fetchone()
    grants = {year: (clubs, amount) for year, clubs, amount in db.execute(GRANTS)}
    return {
        "new_clubs": total,
        "elderly_members": db.execute(ELDERLY).fetchone()[0],
        "clubs_maintained": alive,
        "well_run": well_run,
        "trained_and_supervised": supervised,
        "both_funds": funds,
        "total_grants": sum(amount for _clubs, amount in grants.values()),
        **{f"yearly_grants {year}": clubs for year, (clubs, _amount) in grants.items()},
    }


def due_by_hand(db: sqlite3.Connection) -> list[Any]:
    """List the open tasks, what is due first at the top."""
    tasks = db.execute(TASKS).fetchall()
    return [
        task
        for _alike, rows in groupby(tasks, key=itemgetter(0, 1))
        for task in in_order(rows, itemgetter(2), itemgetter(3), itemgetter(4))
    ]


def report_by_hand(db: sqlite3.Connection) -> Answer:
    """Make the report's tables: clubs, communes, sums, targets, what is late, stays, head."""
    rows = db.execute(FOLD).fetchall()
    communes: dict[str, list[int]] = {}
    sums = [0] * len(SUMMED)
    for row in rows:
        own = communes.setdefault(row[2], [0] * (len(SUMMED) + 1))
        own[-1] += 1
        for place, column in enumerate(SUMMED):
            own[place] += row[column] or 0
            sums[place] += row[column] or 0
    names = [COLUMNS[column] for column in SUMMED]
    # What no club has, as a fund that none has opened, is not zero.
    there = [any(row[column] is not None for row in rows) for column in SUMMED]
    late: dict[str, list[Any]] = {}
    overdue = [task for task in due_by_hand(db) if task[-1]]
    for task in overdue:
        late.setdefault(task[4], []).append(task)
    stays: dict[str, list[int]] = {}
    for state, days in db.execute(STAYS):
        stays.setdefault(state, []).append(days)
    digest, events = sha256(), 0
    for stream, seq, body, hash_ in db.execute(HEAD):
        assert sha256(body.encode()).hexdigest() == hash_
        digest.update(f"{stream} {seq} {hash_}\n".encode())
        events += 1
    recorded_late = dict(db.execute(LATE))
    document = {
        "figures": {
            name: total if known else None
            for name, total, known in zip(names, sums, there, strict=True)
        },
        "states": Counter(row[4] for row in rows),
        "progress": progress_by_hand(db),
        "communes": [
            {"commune": name, "clubs": own[-1], **dict(zip(names, own, strict=False))}
            for name, own in communes.items()
        ],
        "clubs": [
            dict(
                zip(COLUMNS, row, strict=True), recorded_late=recorded_late.get(f"club:{row[0]}", 0)
            )
            for row in in_order(rows, *map(itemgetter, (2, 3, 1, 0)))
        ],
        "overdue": [
            dict(zip(("due_on", "kind", "commune", "name", "club"), task, strict=False))
            for task in overdue
        ],
        "durations": {state: (median(days), max(days)) for state, days in stays.items()},
        "attention": [
            {"club": row[0], "late": late.get(row[0], ()), "members": row[9]}
            for row in rows
            if row[0] in late or not 60 <= row[9] <= 75 or min(row[17] or 0, row[18] or 0) < 0
        ],
        "log": {"head": digest.hexdigest(), "events": events},
    }
    assert json.dumps(document["figures"])
    return document


def agrees(registry: Registry, db: sqlite3.Connection) -> None:
    """Raise ``AssertionError`` where the two sides count differently."""
    store, rules = registry.store, registry.provinces.rules(PROVINCE)
    theirs = progress_by_hand(db)
    for row in progress(store, rules, PROVINCE, ON):
        name = row.goal.id
        if name == "yearly_grants":
            name = f"{name} {row.goal.period}"
        assert (row.progress.actual or 0) == theirs.get(name, 0), (name, row.progress, theirs)
    clubs = [one for one in due(store, rules, PROVINCE, ON, past=True) if one.club]
    theirs_due = [task[4] for task in due_by_hand(db)]
    assert [one.club for one in clubs] == theirs_due, "the two sides differ in what is due"
    ours = build(store, registry.provinces, PROVINCE, "half_year", HALF, ON).document
    hand = report_by_hand(db)
    pairs = {
        "log": (ours["log"], hand["log"]),
        "figures": ({name: ours["figures"][name] for name in hand["figures"]}, hand["figures"]),
        "clubs": tuple(
            [[one[name] for name in HELD] for one in side["clubs"]] for side in (ours, hand)
        ),
        "communes": (len(ours["communes"]), len(hand["communes"])),
        "overdue": (sum(one["club"] is not None for one in ours["overdue"]), len(hand["overdue"])),
        "attention": (len(ours["attention"]), len(hand["attention"])),
    }
    for name, (first, second) in pairs.items():
        assert first == second, f"the two reports differ in {name}"
