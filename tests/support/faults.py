"""What ``clb audit verify`` and ``clb db check`` find in a database, one kind at a time."""

from engine.store import verify
from engine.store.database import Store
from engine.store.fault import Fault
from engine.store.rows import COLUMNS


def chain_faults(store: Store) -> list[Fault]:
    """Return the first fault of each stream, in the order of streams."""
    return list(verify.faults(store))


def table_faults(store: Store) -> list[Fault]:
    """Return each table's first difference from a fold of the log."""
    return [one for one in verify.faults(store, tables=True) if one.stream in COLUMNS]


def personal_faults(store: Store) -> list[Fault]:
    """Return the members whose personal data is not what was committed to, or is gone."""
    return [one for one in verify.faults(store, personal=True) if one.kind == "personal"]
