"""What ``clb doctor`` looks at on a PostgreSQL server: its settings, TLS, clock, logins."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from engine.cli.doctor_check import Check
from engine.clock import now
from engine.i18n import _

if TYPE_CHECKING:
    from engine.store.database import Store

OLDEST = 130000
"""The oldest version whose statements this program uses (PostgreSQL 13)."""
APART = timedelta(seconds=60)
SETTINGS = """
SELECT current_setting('server_version_num')::int, current_setting('server_version'),
current_setting('server_encoding'), clock_timestamp(),
current_setting('synchronous_standby_names') <> '',
session_user = (SELECT tableowner FROM pg_tables WHERE tablename = 'event'
                AND schemaname = current_schema()),
EXISTS (SELECT 1 FROM officer WHERE login IS NOT NULL),
(SELECT count(*) FROM pg_stat_replication), pg_is_in_recovery()"""
SAFE = ("fsync", "full_page_writes", "synchronous_commit", "autovacuum")
"""Settings without which what was confirmed is lost when the power goes, or space is."""


def examine(store: "Store") -> Iterator[Check]:
    """Check a server's settings; whatever is asked, every login may ask it."""
    row: Any = store.row(SETTINGS)
    number, version, letters, moment, waits, owner, logins, standbys, standby = row
    yield _version(int(number), str(version))
    yield from _settings(store, str(letters))
    yield clock(moment, now())
    tls, here = store.transport()
    yield connection(tls=tls, here=here)
    walls = store.has_walls
    new = int(store.rows("SELECT clb_walls.unknown_logins()")[0][0]) if walls else 0
    yield _logins(owner=bool(owner), logins=bool(logins), walls=walls, new=new)
    yield standbys_of(int(standbys), waits=bool(waits), standby=bool(standby))


def standbys_of(standbys: int, *, waits: bool, standby: bool) -> Check:
    """Return how many standby servers there are, and whether every change waits for one in vain."""
    if standby:
        return Check("standby", "ok", _("This is a standby server: nothing is written to it."))
    if waits and not standbys:
        return Check(
            "standby",
            "error",
            _("Every change waits for a standby server, and none is connected."),
            _("Start the standby server, or: {how}").format(how=ALONE),
        )
    message = _("Standby servers connected: {count}").format(count=standbys)
    return Check("standby", "ok", message)


ALONE = "ALTER SYSTEM RESET synchronous_standby_names; SELECT pg_reload_conf();"


def _version(number: int, version: str) -> Check:
    message = _("PostgreSQL {version}").format(version=version)
    if number >= OLDEST:
        return Check("server", "ok", message)
    return Check("server", "error", message, _("Use PostgreSQL 13 or newer."))


def _settings(store: "Store", letters: str) -> Iterator[Check]:
    if letters != "UTF8":
        message = _("The database keeps letters as {encoding}, not as UTF8.").format(
            encoding=letters
        )
        yield Check("encoding", "error", message, _("Make it anew: {how}").format(how=UTF8))
    off = [one for one in SAFE if store.rows(f"SHOW {one}") == [("off",)]]
    if not off:
        yield Check("settings", "ok", _("The server keeps what it confirmed when the power goes."))
    for one in off:
        yield Check(
            "settings",
            "warn" if one == "autovacuum" else "error",
            _("The server's setting {name} is off.").format(name=one),
            f"ALTER SYSTEM SET {one} = on; SELECT pg_reload_conf();",
        )


UTF8 = "CREATE DATABASE clb ENCODING 'UTF8' TEMPLATE template0"


def clock(there: datetime, here: datetime) -> Check:
    """Return whether this computer's clock goes as the server's does."""
    apart = abs(there - here)
    if apart <= APART:
        return Check("clock", "ok", _("This computer's clock goes as the server's does."))
    return Check(
        "clock",
        "warn",
        _("This computer's clock and the server's are {seconds} seconds apart.").format(
            seconds=int(apart.total_seconds())
        ),
        _("Let both keep the time by the network (NTP)."),
    )


def connection(*, tls: bool, here: bool) -> Check:
    """Return whether others on the network could read what is sent."""
    if tls:
        return Check("tls", "ok", _("The connection is encrypted (TLS)."))
    if here:
        return Check("tls", "ok", _("The server is this computer: nothing goes over the network."))
    return Check(
        "tls",
        "warn",
        _("The connection is not encrypted: others on the network can read names and numbers."),
        _("Add to the address: {what}").format(what="?sslmode=verify-full&sslrootcert=…"),
    )


def _logins(*, owner: bool, logins: bool, walls: bool, new: int) -> Check:
    if not walls:
        return Check(
            "walls",
            "warn",
            _("Every login of the server sees every row: no roles were applied."),
            "clb db roles --apply",
        )
    if new:
        return Check(
            "walls",
            "warn",
            _("Officers whose logins the roles do not know yet: {count}").format(count=new),
            "clb db roles --apply",
        )
    if owner and logins:
        return Check(
            "walls",
            "warn",
            _("This login owns the tables and is bound by no role."),
            _("Use it for upgrades and roles only; work under the officers' logins."),
        )
    return Check("walls", "ok", _("The roles of the server were applied."))
