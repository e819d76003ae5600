"""The log, the personal data outside it, and the tables that are folds of the log.

Written as plain SQL, which both SQLite and PostgreSQL read, so that a later change of the models
cannot change what this step once made.
"""

from typing import Any

RECORD = "club TEXT NOT NULL, seq INTEGER NOT NULL, province TEXT NOT NULL, on_date TEXT NOT NULL, "
VOIDED = ", voided_by INTEGER, PRIMARY KEY (club, seq)"

TABLES = {
    "stream": "id TEXT NOT NULL PRIMARY KEY, province TEXT NOT NULL, seq INTEGER NOT NULL, "
    "head TEXT NOT NULL",
    "officer": "id TEXT NOT NULL, role TEXT NOT NULL, province TEXT NOT NULL, name TEXT NOT NULL, "
    "commune TEXT, commune_id TEXT, PRIMARY KEY (id, role, province)",
    "club": "id TEXT NOT NULL PRIMARY KEY, province TEXT NOT NULL, name TEXT NOT NULL, "
    "name_key TEXT NOT NULL, commune TEXT NOT NULL, commune_key TEXT NOT NULL, commune_id TEXT, "
    "village TEXT NOT NULL, village_key TEXT NOT NULL, state TEXT NOT NULL, seq INTEGER NOT NULL, "
    "head TEXT NOT NULL, state_seq INTEGER NOT NULL, state_on TEXT NOT NULL, "
    "opened_on TEXT NOT NULL, submission_number TEXT, submitted_on TEXT, lead_unit TEXT, "
    "decision_number TEXT, decided_on TEXT, trained_on TEXT, launched_on TEXT, "
    "supervised_on TEXT, reviewed_on TEXT, suspended_from TEXT, ended_on TEXT, charter BOOLEAN, "
    'funds_opened TEXT, "after" TEXT',
    "member": "club TEXT NOT NULL, id TEXT NOT NULL, province TEXT NOT NULL, sex TEXT NOT NULL, "
    "born TEXT NOT NULL, circumstance TEXT, joined_on TEXT NOT NULL, left_on TEXT, "
    '"commit" TEXT NOT NULL, PRIMARY KEY (club, id)',
    "personal": "club TEXT NOT NULL, member TEXT NOT NULL, province TEXT NOT NULL, "
    "name TEXT NOT NULL, name_key TEXT NOT NULL, id_number TEXT, phone TEXT, village TEXT, "
    "note TEXT, salt TEXT NOT NULL, PRIMARY KEY (club, member)",
    "person": "club TEXT NOT NULL, id TEXT NOT NULL, province TEXT NOT NULL, "
    '"commit" TEXT NOT NULL, PRIMARY KEY (club, id)',
    "board": "club TEXT NOT NULL, post TEXT NOT NULL, province TEXT NOT NULL, "
    "person TEXT NOT NULL, since TEXT NOT NULL, PRIMARY KEY (club, post)",
    "task": "club TEXT NOT NULL, kind TEXT NOT NULL, opened_seq INTEGER NOT NULL, "
    "province TEXT NOT NULL, due_on TEXT, role TEXT NOT NULL, source TEXT, closed_seq INTEGER, "
    "closed_on TEXT, outcome TEXT, days_late INTEGER, PRIMARY KEY (club, kind, opened_seq)",
    "ledger": RECORD + "kind TEXT NOT NULL, fund TEXT NOT NULL, source TEXT NOT NULL, "
    "amount BIGINT NOT NULL, delta BIGINT NOT NULL, document TEXT NOT NULL, donor TEXT, "
    'resolution TEXT, reverses INTEGER, "of" TEXT, PRIMARY KEY (club, seq)',
    "training": RECORD + "kind TEXT NOT NULL, start TEXT NOT NULL, days INTEGER NOT NULL, "
    "attendees INTEGER NOT NULL" + VOIDED,
    "supervision": RECORD + "members INTEGER NOT NULL, meetings_held INTEGER NOT NULL, "
    "activities TEXT NOT NULL, income_fund_balance BIGINT NOT NULL, "
    "operating_fund_balance BIGINT NOT NULL, borrowers INTEGER NOT NULL, "
    "borrowers_in_kind INTEGER, members_with_need INTEGER, members_served INTEGER, "
    "conclusion TEXT NOT NULL" + VOIDED,
    "review": RECORD + "year INTEGER NOT NULL, result TEXT NOT NULL, "
    "by_regulation BOOLEAN NOT NULL, well_run BOOLEAN NOT NULL, members INTEGER NOT NULL" + VOIDED,
    "meeting": RECORD + "attendance INTEGER NOT NULL, activities TEXT NOT NULL" + VOIDED,
    "delivery": "province TEXT NOT NULL, seq INTEGER NOT NULL, report TEXT NOT NULL, "
    "period TEXT NOT NULL, sent_on TEXT NOT NULL, PRIMARY KEY (province, seq)",
    "unit": "province TEXT NOT NULL, id TEXT NOT NULL, valid_from TEXT NOT NULL, valid_to TEXT, "
    "name TEXT NOT NULL, kind TEXT NOT NULL, parent TEXT, successor TEXT, source TEXT NOT NULL, "
    "confirmed BOOLEAN NOT NULL, PRIMARY KEY (province, id, valid_from)",
}
EVENT = (
    "stream TEXT NOT NULL, seq INTEGER NOT NULL, province TEXT NOT NULL, step TEXT NOT NULL, "
    "from_state TEXT, to_state TEXT, on_date TEXT NOT NULL, recorded_at TEXT NOT NULL, "
    "officer TEXT NOT NULL, body TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (stream, seq)"
)
INDEXES = (
    "CREATE INDEX club_state ON club (province, state)",
    "CREATE INDEX club_decided ON club (province, decided_on)",
    "CREATE INDEX club_village ON club (province, commune_key, village_key)",
    "CREATE UNIQUE INDEX task_one ON task (club, kind) WHERE closed_seq IS NULL",
    "CREATE INDEX task_due ON task (province, due_on) WHERE closed_seq IS NULL",
    "CREATE INDEX ledger_year ON ledger (province, on_date)",
)


def up(_migrator: Any, db: Any) -> None:
    """Make every table."""
    from engine.store.orm import SqliteDatabase

    tail = " WITHOUT ROWID" if isinstance(db, SqliteDatabase) else ""
    db.execute_sql(f"CREATE TABLE event ({EVENT})")
    for name, columns in TABLES.items():
        db.execute_sql(f"CREATE TABLE {name} ({columns}){tail}")
    for statement in INDEXES:
        db.execute_sql(statement)
