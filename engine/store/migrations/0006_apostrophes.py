"""Every kind of apostrophe is one in search keys: K’Brếp is found as K'Brếp. Plain SQL."""

from typing import Any

APOSTROPHES = "\u2019\u2018\u02bc\u02bb\u2032`\u00b4"
KEYS = {"personal": ("name_key",), "club": ("name_key", "commune_key", "village_key")}


def up(_migrator: Any, db: Any) -> None:
    """Put ' for the other apostrophes in the keys that are stored."""
    for table, columns in KEYS.items():
        for column in columns:
            for sign in APOSTROPHES:
                db.execute_sql(
                    f"UPDATE {table} SET {column} = replace({column}, {db.param}, {db.param}) "
                    f"WHERE {column} LIKE {db.param}",
                    (sign, "'", f"%{sign}%"),
                )
