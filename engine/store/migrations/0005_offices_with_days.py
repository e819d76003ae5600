"""Offices keep their days: who was in office on a day is a question the log answers.

The rows are made anew from the log, since those of officers who were removed are gone. Plain SQL,
as in the first step.
"""

import json
from typing import Any

TABLE = (
    "CREATE TABLE officer (province TEXT NOT NULL, seq INTEGER NOT NULL, id TEXT NOT NULL, "
    "role TEXT NOT NULL, name TEXT NOT NULL, commune TEXT, commune_id TEXT, since TEXT NOT NULL, "
    '"until" TEXT, PRIMARY KEY (province, seq))'
)
INDEX = "CREATE INDEX officer_id ON officer (id)"
EVENTS = (
    "SELECT province, seq, on_date, body FROM event WHERE step IN "
    "('officer_add', 'officer_remove') AND substr(stream, 1, 9) = 'province:' "
    "ORDER BY province, seq"
)
COLUMNS = ("province", "seq", "id", "role", "name", "commune", "commune_id", "since", "until")


def up(_migrator: Any, db: Any) -> None:
    """Make the table anew and fill it with every office that the log knows."""
    offices: list[dict[str, Any]] = []
    for province, seq, on, body in db.execute_sql(EVENTS).fetchall():
        for row in json.loads(body)["effects"]["records"]:
            table = row.pop("table")
            if table == "officer":
                offices.append({"province": province, "seq": seq, "since": on, **row})
            elif table == "officer_removed":
                for one in offices:
                    if (one["province"], one["id"]) == (province, row["id"]):
                        one.setdefault("until", on)
    db.execute_sql("DROP TABLE officer")
    db.execute_sql(TABLE)
    db.execute_sql(INDEX)
    marks = ", ".join([db.param] * len(COLUMNS))
    names = ", ".join(f'"{one}"' for one in COLUMNS)
    for one in offices:
        values = [one.get(column) for column in COLUMNS]
        db.execute_sql(f"INSERT INTO officer ({names}) VALUES ({marks})", values)
