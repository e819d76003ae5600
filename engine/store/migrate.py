"""The version of a database: making it, naming it, bringing it up to date."""

import os
from typing import TYPE_CHECKING

from engine import codes
from engine.errors import StorageError
from engine.i18n import _
from engine.store.reader import Reader

if TYPE_CHECKING:
    from engine.store.database import Store

MIGRATIONS = os.path.join(os.path.dirname(__file__), "migrations")
HISTORY = "schema_migration"


def known() -> list[str]:
    """Return the names of the migrations this program has, in order."""
    return sorted(
        name.removesuffix(".py")
        for name in os.listdir(MIGRATIONS)
        if name[0].isdigit() and name.endswith(".py")
    )


def applied(store: Reader) -> list[str]:
    """Return the names of the migrations a database has been through; empty for a new one."""
    if not store.has_table(HISTORY):
        return []
    return [str(name) for (name,) in store.rows(f"SELECT name FROM {HISTORY} ORDER BY name")]


def require_current(store: Reader) -> None:
    """Refuse a database that is not of this program's version.

    Raises ``StorageError``: empty or foreign (``CLB-DATABASE-EMPTY``), older
    (``CLB-DATABASE-OLD``) or newer (``CLB-DATABASE-NEWER``).
    """
    done, here = applied(store), known()
    if done == here:
        return
    if not done:
        raise StorageError(
            _("{database} is not a database of this program yet.").format(database=store.target),
            code=codes.DATABASE_EMPTY,
            help=_("Make it once: clb db init."),
        )
    if set(done) - set(here):
        raise StorageError(
            _("{database} was made by a newer version of this program.").format(
                database=store.target
            ),
            code=codes.DATABASE_NEWER,
            help=_("Install the newer version: pip install --upgrade clb-lien-the-he."),
        )
    raise StorageError(
        _("{database} was made by an older version of this program.").format(database=store.target),
        code=codes.DATABASE_OLD,
        help=_("Bring it up to date, after a backup: clb db upgrade."),
    )


def upgrade(store: "Store") -> list[str]:
    """Run the migrations a database lacks; several processes at once do it once.

    Returns the names of those that ran. Raises ``StorageError`` when a reference would break.
    """
    from engine.store import orm

    if not store.is_sqlite:
        with store.write("migrations"):
            return list(orm.migrations(store.database, MIGRATIONS).up())
    # Foreign keys can only be switched outside a transaction, and tables only rebuilt without them.
    store.run("PRAGMA foreign_keys=OFF")
    try:
        with store.write():
            ran = list(orm.migrations(store.database, MIGRATIONS).up())
            if store.rows("PRAGMA foreign_key_check"):
                raise StorageError(
                    _("The upgrade would leave references to nothing; nothing was changed."),
                    code=codes.DATABASE_UPGRADE,
                    help=_("Bring back a backup and report this."),
                )
    finally:
        store.run("PRAGMA foreign_keys=ON")
    return ran
