"""Where the registries of tests lie: SQLite files, or a PostgreSQL server of the whole run.

Both can keep what is in a database under a name and put it into a test's database again, in
milliseconds.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Protocol

import pytest
from filelock import FileLock
from support.needs import absent

from engine.store.database import Store
from engine.store.tables import ALL
from tools import postgresql

KINDS = ("sqlite", "postgresql")
PREFIX, OWNER = "clb-postgresql-", "owner"
"""How the folder of a run's server is called, and the file in it that names the run's process."""
RUN = "CLB_TEST_POSTGRESQL"
"""Names the folder of the run's server, to the processes of pytest-xdist too."""

SHAPE = """
SELECT relname, attname, format_type(atttypid, atttypmod), attnotnull FROM pg_class
JOIN pg_attribute ON attrelid = pg_class.oid WHERE relnamespace = 'public'::regnamespace
AND attnum > 0 UNION ALL
SELECT tgname, tgrelid::regclass::text, '', true FROM pg_trigger ORDER BY 1, 2
"""
"""What a test may have changed besides rows: tables, columns, indexes, triggers."""

LEAVE = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
VACUUM_EVERY = 50
"""Emptied tables keep their dead rows until they are vacuumed, and queries pass through them."""

HISTORY = "schema_migration"
TABLES = tuple(one._meta.table_name for one in ALL)


class Place(Protocol):
    """Where one kind of database lies."""

    def address(self, folder: Path) -> str:
        """Return the address of a test's own database; ``folder`` is the test's."""

    def clear(self, address: str) -> None:
        """Leave no database at an address, or an empty one."""

    def keep(self, name: str, address: str) -> None:
        """Keep what is in a database, which is closed, under a name."""

    def fill(self, name: str, address: str) -> None:
        """Put what was kept under a name in the place of whatever is at an address."""


class Files:
    """SQLite files; what is kept lies in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def address(self, folder: Path) -> str:
        return str(folder / "clb.sqlite3")

    def clear(self, address: str) -> None:
        Path(address).unlink(missing_ok=True)

    def keep(self, name: str, address: str) -> None:
        shutil.copy(address, self.folder / name)

    def fill(self, name: str, address: str) -> None:
        shutil.copy(self.folder / name, address)


class OnServer:
    """One database of the run's server, which the tests of a process use one after another.

    Rows are kept here, since emptying tables and filling them is ten times as quick as making a
    database; a test that changed more than rows makes the next one start with a new database.
    """

    def __init__(self, server: postgresql.Server, name: str) -> None:
        self._server = server
        self._name = name
        self._kept: dict[str, dict[str, bytes]] = {}
        self._shape: list[Any] = []
        self._filled = 0

    def address(self, folder: Path) -> str:
        return self._server.url(self._name)

    def clear(self, address: str) -> None:
        self._server.create(self._name)

    def keep(self, name: str, address: str) -> None:
        with closing(self._connect()) as here:
            self._shape = self._shape or here.execute(SHAPE).fetchall()
            self._kept[name] = {table: _out(here, table) for table in (HISTORY, *TABLES)}

    def fill(self, name: str, address: str) -> None:
        if not self._usable():
            self._make()
        self._filled += 1
        with closing(self._connect()) as here:
            if self._filled % VACUUM_EVERY == 0:
                here.execute("VACUUM")
            with here.transaction():
                here.execute(";".join(f"DELETE FROM {one}" for one in self._kept[name]))
                for table, rows in self._kept[name].items():
                    if rows:
                        with here.cursor().copy(f"COPY {table} FROM STDIN") as copy:
                            copy.write(rows)

    def _usable(self) -> bool:
        """Return whether only rows differ from what was kept; nobody is connected after that."""
        with closing(self._connect()) as here:
            here.execute(LEAVE)
            return here.execute(SHAPE).fetchall() == self._shape

    def _make(self) -> None:
        from engine.lifecycle import upkeep
        from engine.store.url import parse

        self._server.create(self._name)
        upkeep.init(parse(self._server.url(self._name)))

    def _connect(self) -> Any:
        import psycopg

        return psycopg.connect(self._server.url(self._name), autocommit=True)


def _out(connection: Any, table: str) -> bytes:
    with connection.cursor().copy(f"COPY {table} TO STDOUT") as copy:
        return b"".join(bytes(part) for part in copy)


def begin_run() -> Path | None:
    """Name a folder for a server in this process's environment, unless another process has.

    Returns the folder, which ``end_run`` takes away again, or ``None``.
    """
    if RUN in os.environ:
        return None
    _end_killed_runs()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    (folder / OWNER).write_text(str(os.getpid()), encoding="ascii")
    os.environ[RUN] = str(folder)
    return folder


def _end_killed_runs() -> None:
    """Stop the servers of runs that were killed before they could; of one's own runs only."""
    for owner in Path(tempfile.gettempdir()).glob(f"{PREFIX}*/{OWNER}"):
        try:
            os.kill(int(owner.read_text(encoding="ascii")), 0)
        except ProcessLookupError:
            # Another run that begins at this moment may stop the same server first.
            with suppress(subprocess.CalledProcessError):
                end_run(owner.parent)
        except (OSError, ValueError):
            continue


def end_run(folder: Path) -> None:
    """Stop the run's server, if a test started it, and remove its folder."""
    os.environ.pop(RUN, None)
    if (found := postgresql.programs()) is not None:
        server = postgresql.Server(folder, found)
        if server.running():
            server.stop()
    shutil.rmtree(folder, ignore_errors=True)


def server() -> postgresql.Server:
    """Return the run's server, started by the first process that asks.

    Where the programs or the driver are missing the test is skipped; in CI it fails.
    """
    found = postgresql.programs()
    absent(_missing(found))
    assert found is not None
    folder = Path(os.environ[RUN])
    here = postgresql.Server(folder, found)
    with FileLock(folder / "lock"):
        if not here.running():
            here.start()
    return here


def _missing(found: Path | None) -> Iterable[str]:
    if os.name != "posix":
        yield "a Unix-like system, on which PostgreSQL is tested"
        return
    if found is None:
        yield f"a PostgreSQL server ({postgresql.PACKAGES})"
    try:
        import psycopg  # noqa: F401
    except ImportError:
        yield "the driver psycopg (requirements-test.txt)"


def place(kind: str, name: str, folder: pytest.TempPathFactory) -> Place:
    """Return where the registries of a test process lie: ``name`` keeps two of a kind apart."""
    if kind == "sqlite":
        return Files(folder.mktemp(name))
    process = os.environ.get("PYTEST_XDIST_WORKER", "one")
    return OnServer(server(), f"clb_{name}_{process}")


def change(store: Store, sql: str, *params: Any) -> int:
    """Change a database as any other tool can: on a connection of its own, past the engine.

    ``?`` is the place of a parameter. Returns how many rows were touched.
    """
    store.close()
    if store.target.file is not None:
        import sqlite3

        with closing(sqlite3.connect(store.target.file)) as tool, tool:
            rows = tool.execute(sql, params).rowcount
    else:
        import psycopg

        with closing(psycopg.connect(str(store.target.dsn), autocommit=True)) as tool:
            rows = tool.execute(sql.replace("?", "%s").encode(), params).rowcount
    store.database.connect()
    return rows


def on_each(metafunc: pytest.Metafunc, *marks: pytest.MarkDecorator) -> None:
    """Run a test that asks for ``database_kind`` on each kind; ``marks`` are for PostgreSQL.

    One that is itself marked ``sqlite`` or ``postgresql`` runs there only.
    """
    if "database_kind" not in metafunc.fixturenames:
        return
    marked = {one.name for one in metafunc.definition.iter_markers()}
    kinds = [
        pytest.param(kind, marks=(pytest.mark.postgresql, *marks) if kind == "postgresql" else ())
        for kind in KINDS
        if kind in marked or not marked & set(KINDS)
    ]
    metafunc.parametrize("database_kind", kinds, indirect=True)


def address(store: Store) -> str:
    """Return the address at which a database can be opened once more."""
    return str(store.target.file or store.target.dsn)


def columns(store: Store, table: str) -> dict[str, str]:
    """Return the type of each of a table's columns, in the table's order, in small letters."""
    return {one.name: one.data_type.lower() for one in store.database.get_columns(table)}
