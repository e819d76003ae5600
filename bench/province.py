"""A generated province of any size, written straight into the tables, kept in a temporary folder.

Every club was founded in one of three years, is at work and has met every month of the last. The
events are there with their days and states, but their bodies are all but empty: this is for
reading and for steps, not for ``audit verify``.
"""

import os
import sqlite3
from contextlib import closing
from datetime import date
from hashlib import sha256
from pathlib import Path

from bench.life import ready
from bench.options import cache
from engine.store.canonical import digest

PEOPLE = 60
ON = date(2025, 6, 30)
"""The day on which this province is looked at."""
NUMBERS = """
CREATE TEMP TABLE clubs AS
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?)
SELECT i, printf('BN-%08d', i) AS id, 2021 + i % 3 AS y, i / 40 AS commune FROM n
"""
CLUB = """
INSERT INTO club (id, province, name, name_key, commune, commune_key, village, village_key, state,
  seq, head, state_seq, state_on, opened_on, submission_number, submitted_on, decision_number,
  decided_on, trained_on, launched_on, supervised_on, reviewed_on, charter, funds_opened)
SELECT id, 'bac_ninh', 'CLB Liên thế hệ ' || i, 'clb liên thế hệ ' || i,
  CASE commune WHEN 0 THEN 'phường Đình Bảng' ELSE 'phường Số ' || commune END,
  CASE commune WHEN 0 THEN 'đình bảng' ELSE 'số ' || commune END,
  'Khu phố ' || i, 'khu phố ' || i, 'operating', 25, lower(hex(randomblob(32))), 25,
  '2025-04-02', y || '-08-02', '01/TTr-HNCT', y || '-08-10', '05/QĐ-UBND', y || '-09-01',
  y || '-09-15', y || '-10-01', '2025-04-02', '2024-10-05', 1, 'income,operating'
FROM clubs
"""
MEMBER = """
INSERT INTO member (club, id, province, sex, born, circumstance, joined_on, "commit")
WITH RECURSIVE n(k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM n WHERE k + 1 < ?)
SELECT c.id, printf('M%08d', k), 'bac_ninh', CASE WHEN k % 2 THEN 'F' ELSE 'M' END,
  CASE WHEN k % 10 < 7 THEN 1938 + (k * 7 + c.i) % 22 ELSE 1975 + (k * 3 + c.i) % 20 END
    || CASE WHEN k % 4 THEN '' ELSE printf('-%02d-%02d', 1 + k % 12, 1 + k % 28) END,
  CASE k % 6 WHEN 1 THEN 'poor' WHEN 3 THEN 'near_poor' END, c.y || '-08-02',
  lower(hex(randomblob(32)))
FROM clubs c CROSS JOIN n
"""
EVENT = """
INSERT INTO event (stream, seq, province, step, from_state, to_state, on_date, recorded_at, officer,
  body, hash)
SELECT 'club:' || id, {seq}, 'bac_ninh', '{step}', {before}, '{after}', {day},
  '2026-01-02T03:04:05Z', 'hoi_tinh', {body}, digest({body}) FROM clubs
"""
OPEN_BODY = (
    "(SELECT json_object('v', 1, 'form', json_object('commune', c.commune, 'village', c.village)) "
    "FROM club c WHERE c.id = clubs.id)"
)
TASK = """
INSERT INTO task (club, kind, opened_seq, province, due_on, role, source, closed_seq, closed_on,
  outcome, days_late)
SELECT id, '{kind}', {opened}, 'bac_ninh', {due}, '{role}', {source}, {closed} FROM clubs
"""
ARTICLE = "'QĐ 933/QĐ-UBND, Phần thứ ba, II.4'"
LATE = "CASE WHEN i % 20 THEN '2025-10-02' ELSE '2025-06-02' END"
"""One club in twenty is late with its supervision on ``ON``."""
TASKS = (
    ("training_initial", 5, "NULL", "province", ARTICLE, (6, "y || '-09-15'")),
    ("launch", 5, "NULL", "association", "NULL", (7, "y || '-10-01'")),
    (
        "training_supplementary",
        6,
        "(y + 1) || '-03-15'",
        "province",
        ARTICLE,
        (9, "(y + 1) || '-03-10'"),
    ),
    ("supervision", 7, "(y + 1) || '-04-01'", "province", ARTICLE, (10, "'2024-04-02'")),
    ("supervision", 10, "'2024-10-02'", "province", ARTICLE, (11, "'2024-10-03'")),
    ("supervision", 11, "'2025-04-03'", "province", ARTICLE, (25, "'2025-04-02'")),
    ("supervision", 25, LATE, "province", ARTICLE, None),
    ("review", 7, "(y + 1) || '-10-01'", "province", "NULL", (12, "'2024-10-05'")),
    ("review", 12, "'2025-10-05'", "province", "NULL", None),
)
MEETINGS = tuple(
    (13 + place, f"'{2024 + (place > 5)}-{1 + (place + 6) % 12:02d}-15'") for place in range(12)
)
SUPERVISIONS = ((10, "'2024-04-02'"), (11, "'2024-10-03'"), (25, "'2025-04-02'"))
EVENTS = (
    (1, "open", "preparing", "y || '-08-02'"),
    (2, "roster", "preparing", "y || '-08-02'"),
    (3, "set_board", "preparing", "y || '-08-02'"),
    (4, "propose", "proposed", "y || '-08-10'"),
    (5, "approve", "approved", "y || '-09-01'"),
    (6, "train", "trained", "y || '-09-15'"),
    (7, "launch", "launched", "y || '-10-01'"),
    (8, "fund", "launched", "y || '-10-15'"),
    (9, "train", "launched", "(y + 1) || '-03-10'"),
    (10, "supervise", "operating", "'2024-04-02'"),
    (11, "supervise", "operating", "'2024-10-03'"),
    (12, "review", "operating", "'2024-10-05'"),
    *((seq, "meeting", "operating", day) for seq, day in MEETINGS),
    (25, "supervise", "operating", "'2025-04-02'"),
)
RECORDS = (
    "INSERT INTO training (club, seq, province, on_date, kind, start, days, attendees) "
    "SELECT id, 6, 'bac_ninh', y || '-09-15', 'initial', y || '-09-14', 2, 5 FROM clubs",
    "INSERT INTO training (club, seq, province, on_date, kind, start, days, attendees) "
    "SELECT id, 9, 'bac_ninh', (y + 1) || '-03-10', 'supplementary', (y + 1) || '-03-10', 1, 5 "
    "FROM clubs",
    "INSERT INTO ledger (club, seq, province, on_date, kind, fund, source, amount, delta, document,"
    " resolution) SELECT id, 8, 'bac_ninh', y || '-10-15', 'grant', 'operating', "
    "'province_budget', 100000000, 100000000, 'UNC 12', 'NQ 05/NQ-HĐND' FROM clubs",
    *(
        "INSERT INTO supervision (club, seq, province, on_date, members, meetings_held, activities,"
        " borrowers, conclusion) "
        f"SELECT id, {seq}, 'bac_ninh', {day}, 60, 6, 'health_care,culture_sport', "
        "20 + i % 40, 'pass' FROM clubs"
        for seq, day in SUPERVISIONS
    ),
    *(
        "INSERT INTO supervision_balance (club, supervision, province, fund, balance) "
        f"SELECT id, {seq}, 'bac_ninh', 'operating', 100000000 FROM clubs"
        for seq, _day in SUPERVISIONS
    ),
    "INSERT INTO review (club, seq, province, on_date, year, result, by_regulation, well_run, "
    "members) SELECT id, 12, 'bac_ninh', '2024-10-05', 2024, 'pass', 1, i % 5 > 0, 60 FROM clubs",
    *(
        "INSERT INTO meeting (club, seq, province, on_date, attendance, activities) "
        f"SELECT id, {seq}, 'bac_ninh', {day}, 40 + i % 20, 'culture_sport' FROM clubs"
        for seq, day in MEETINGS
    ),
)


def province(clubs: int, people: int = PEOPLE) -> Path:
    """Return a database of that many clubs; generated once for each shape of the tables."""
    draft = cache() / f"draft-{os.getpid()}.sqlite3"
    draft.unlink(missing_ok=True)
    ready(draft)
    with closing(sqlite3.connect(draft)) as db:
        tables = db.execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall()
    mark = sha256(Path(__file__).read_bytes() + repr(tables).encode()).hexdigest()[:12]
    path = cache() / f"province-{clubs}-{people}-{mark}.sqlite3"
    if not path.exists():
        _fill(draft, clubs, people)
        draft.rename(path)
    draft.unlink(missing_ok=True)
    return path


def _fill(path: Path, clubs: int, people: int) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.create_function("digest", 1, digest, deterministic=True)
        db.execute("PRAGMA journal_mode = OFF")
        db.execute("PRAGMA synchronous = OFF")
        db.execute("PRAGMA cache_size = -200000")
        db.execute("BEGIN")
        db.execute(NUMBERS, (clubs,))
        db.execute(CLUB)
        db.execute(MEMBER, (people,))
        before = "NULL"
        for seq, step, after, day in EVENTS:
            body = OPEN_BODY if step == "open" else """'{"v":1,"form":{}}'"""
            given = {"seq": seq, "step": step, "before": before, "after": after, "day": day}
            db.execute(EVENT.format(**given, body=body))
            before = f"'{after}'"
        for kind, opened, due, role, source, closed in TASKS:
            done = "NULL, NULL, NULL, NULL"
            if closed is not None:
                done = f"{closed[0]}, {closed[1]}, 'done', 0"
            given = {"kind": kind, "opened": opened, "due": due, "role": role, "source": source}
            db.execute(TASK.format(**given, closed=done))
        for statement in RECORDS:
            db.execute(statement)
        db.execute("COMMIT")
        db.execute("ANALYZE")
        db.execute("PRAGMA journal_mode = WAL")
