"""Reading a database: constant queries, and failures raised as sentences about this database."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NoReturn

from engine import codes
from engine.errors import StorageError
from engine.i18n import _
from engine.store.failures import OF_SQLITE, failure
from engine.store.sqlite import open_to_read
from engine.store.url import DatabaseAddress

Row = tuple[Any, ...]


class Reader:
    """A database that can be queried. ``?`` is the place of a parameter."""

    is_sqlite = True
    failures: tuple[type[Exception], ...] = OF_SQLITE

    def __init__(self, target: DatabaseAddress) -> None:
        self.target = target

    def execute(self, sql: str, params: Sequence[Any]) -> Any:
        """Run a statement and return the driver's cursor. Raises what the driver raises."""
        raise NotImplementedError

    @property
    def has_walls(self) -> bool:
        """Whether a server's roles were applied, whose functions count what a login cannot see."""
        return False

    @property
    def is_partial(self) -> bool:
        """Whether who logged in sees the clubs of some communes only, not a whole province."""
        return False

    @property
    def divided(self) -> bool:
        """Whether the tables are divided by province (see ``engine.store.partitions``)."""
        return False

    def has_table(self, name: str) -> bool:
        """Return whether there is a table of that name."""
        raise NotImplementedError

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[Row]:
        """Run a query and return its rows."""
        try:
            return list(self.execute(sql, params).fetchall())
        except self.failures as error:
            raise_storage_error(self.target, error)

    def row(self, sql: str, params: Sequence[Any] = ()) -> Row | None:
        """Return the first row of a query, ``None`` when it has none."""
        try:
            found = self.execute(sql, params).fetchone()
        except self.failures as error:
            raise_storage_error(self.target, error)
        return None if found is None else tuple(found)

    def stream_rows(self, sql: str, params: Sequence[Any] = ()) -> Iterator[Row]:
        """Return the rows of a long query one at a time."""
        try:
            yield from self.execute(sql, params)
        except self.failures as error:
            raise_storage_error(self.target, error)

    @property
    def is_standby(self) -> bool:
        """Whether it is a server that follows another one and takes no changes itself."""
        return False

    def as_of(self) -> datetime | None:
        """Return when the last change was made that a standby server has; ``None`` elsewhere."""
        return None

    def scan(self, sql: str, params: Sequence[Any] = ()) -> Iterator[Row]:
        """Return the rows of a query over whole tables, never many of them at once in memory."""
        return self.stream_rows(sql, params)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let everything read in the block be of one moment, whatever others write meanwhile."""
        raise NotImplementedError
        yield

    def close(self) -> None:
        """Close the connection."""
        raise NotImplementedError


class ReadOnlyDatabase(Reader):
    """A SQLite file opened only to be read, without what writing needs: it opens sooner."""

    def __init__(self, target: DatabaseAddress) -> None:
        super().__init__(target)
        require_file(target)
        try:
            self._connection, self._apart = open_to_read(target)
        except OF_SQLITE as error:
            raise_storage_error(target, error)

    def execute(self, sql: str, params: Sequence[Any]) -> Any:
        """Run a query."""
        return self._connection.execute(sql, params)

    def has_table(self, name: str) -> bool:
        """Return whether there is a table of that name."""
        sql = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
        return self.row(sql, (name,)) is not None

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let everything read in the block be of one moment, whatever others write meanwhile."""
        self.rows("BEGIN")
        try:
            yield
        finally:
            self._connection.rollback()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()
        if self._apart is not None:
            self._apart.close()


def require_file(target: DatabaseAddress) -> None:
    """Raise ``StorageError`` when there is no such file; opening it would make one."""
    refuse_special(target)
    refuse_broken(target)
    if target.file is None or not os.path.exists(target.file):
        raise StorageError(
            _("There is no database at {path}.").format(path=target),
            code=codes.DATABASE_MISSING,
            help=_("Make it once: clb db init."),
        )


def refuse_broken(target: DatabaseAddress) -> None:
    """Raise ``StorageError`` where a restore was killed after it had set the database aside.

    An empty database in its place would hide what is kept next to it. Both files are asked for: an
    old ``.replaced`` alone, or an unfinished backup, is next to many a database.
    """
    file = str(target.file)
    if os.path.exists(file):
        return
    folder, name = os.path.split(os.path.abspath(file))
    try:
        here = [one for one in os.listdir(folder) if one.startswith(f"{name}.")]
    except OSError:
        return
    kept = sorted(one for one in here if one.startswith(f"{name}.replaced"))
    if kept and any(one.endswith(".part") for one in here):
        raise StorageError(
            _("There is no database at {path}: bringing back a copy was broken off.").format(
                path=target
            ),
            code=codes.RESTORE_BROKEN,
            help=_(
                "Bring the copy back again: clb db restore FILE. What was there before is kept "
                "next to it: {names}."
            ).format(names=", ".join(kept)),
        )


def refuse_special(target: DatabaseAddress) -> None:
    """Raise ``StorageError`` for a device or a pipe, which reading and writing would hang or harm.

    A folder passes, since opening it fails.
    """
    file = str(target.file)
    if os.path.exists(file) and not os.path.isfile(file) and not os.path.isdir(file):
        raise StorageError(
            _("{database} is not a database.").format(database=target),
            code=codes.DATABASE_FORMAT,
            help=_("Name the right file with --database or CLB_DATABASE."),
        )


def raise_storage_error(target: DatabaseAddress, error: Exception) -> NoReturn:
    """Raise what a driver raised as a sentence about this database.

    Raises ``ConflictError`` when somebody else holds it, else ``StorageError``.
    """
    raise failure(target, error) from error
