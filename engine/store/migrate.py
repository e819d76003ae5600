"""The version of a database: making it, naming it, bringing it up to date."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from engine import codes
from engine.errors import ClbError, StorageError
from engine.i18n import _
from engine.store.failures import failure
from engine.store.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Callable

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


def upgrade(store: "Store", *, first: "Callable[[list[str]], None] | None" = None) -> list[str]:
    """Run the migrations a database lacks; several processes at once do it once.

    ``first`` is called with their names when nobody else can write any more. Returns the names of
    those that ran. Raises ``StorageError`` or ``ConflictError``; nothing is changed then.
    """
    # Foreign keys can only be switched outside a transaction, and tables only rebuilt without them.
    if store.is_sqlite:
        store.run("PRAGMA foreign_keys=OFF")
    try:
        with _nothing_changed(store), store.write("migrations"):
            missing = [name for name in known() if name not in applied(store)]
            if missing and first is not None:
                first(missing)
            ran = _run(store) if missing else []
            if ran and store.divided:
                from engine.store.partitions import divide_new  # only now: it costs time to load

                divide_new(store)
            return ran
    finally:
        if store.is_sqlite:
            store.run("PRAGMA foreign_keys=ON")


def _run(store: "Store") -> list[str]:
    from engine.store import orm

    ran = list(orm.migrations(store.database, MIGRATIONS).up())
    if store.is_sqlite and store.rows("PRAGMA foreign_key_check"):
        raise _failed(_("references would lead to nothing"))
    return ran


@contextmanager
def _nothing_changed(store: "Store") -> Iterator[None]:
    """Turn whatever stops an upgrade into a sentence that ends with: nothing was changed."""
    try:
        yield
    except ClbError as error:
        found = error
    except store.failures as error:
        found = failure(store.target, error)
    except Exception as error:  # a migration is a program: whatever it raises, its work is undone
        raise _failed(f"{type(error).__name__}: {error}") from error
    else:
        return
    if found.code == codes.DATABASE_UNUSABLE:
        raise _failed(found.message.removesuffix(".")) from found
    if found.code != codes.DATABASE_UPGRADE:
        found.message = _("{message} Nothing was changed.").format(message=found.message)
    raise found


def _failed(reason: str) -> StorageError:
    return StorageError(
        _("The upgrade failed: {reason}. Nothing was changed.").format(reason=reason),
        code=codes.DATABASE_UPGRADE,
        help=_("Go on with the version of the program of before, and report this."),
    )
