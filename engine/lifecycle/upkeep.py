"""Looking after a database: making it, bringing it up to date, checking it, recomputing it."""

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from engine import codes
from engine.clock import Clock, day_of, now
from engine.errors import InputError, StorageError
from engine.i18n import _
from engine.lifecycle import backup, reach
from engine.lifecycle.replay import Replay
from engine.model import Officer
from engine.provinces.load import Provinces
from engine.store import migrate, passwords, seals, verify
from engine.store import roles as walls
from engine.store.database import Store, connect
from engine.store.failures import bring_back
from engine.store.fault import Fault
from engine.store.partitions import divide
from engine.store.second_process import shared
from engine.store.url import DatabaseAddress

COUNT_EVENTS = "SELECT count(*) FROM event"


@dataclass(frozen=True, slots=True)
class Health:
    """What a check found: how many events there are, and every fault in order."""

    events: int
    faults: tuple[Fault, ...]

    @property
    def ok(self) -> bool:
        """Return whether nothing was found."""
        return not self.faults


@dataclass(frozen=True, slots=True)
class Upgrade:
    """The migrations that ran, and the copy made before them; both empty when none was needed."""

    ran: tuple[str, ...]
    backup: Path | None


def init(target: DatabaseAddress, divided_by: Iterable[str] | None = None) -> bool:
    """Make the database and return whether it was made; one that is there is left as it is.

    With ``divided_by``, provinces, the tables of a server are made of a partition for each.
    Raises ``StorageError`` when the place cannot be written or holds something else, or when the
    database is of another version.
    """
    if target.path is not None:
        if divided_by is not None:
            raise InputError(
                _("{database} is a file: only a server's tables are divided.").format(
                    database=target
                ),
                code=codes.DATABASE_ROLES,
                help=_("Name a server with --database postgresql://…"),
            )
        backup.refuse_foreign(target.path)
    with closing(connect(target, create=True)) as store:
        if migrate.applied(store):
            migrate.require_current(store)
            return False
        made = bool(migrate.upgrade(store))
        if divided_by is not None and made:
            with store.write("divide"):
                divide(store, divided_by)
        return made


def upgrade(target: DatabaseAddress) -> Upgrade:
    """Bring a database of an older version up to date, after a copy of its file.

    PostgreSQL is copied by its own tools, not here. Of several processes at once one does it and
    the others find nothing to do. Raises ``StorageError`` or ``ConflictError``; nothing is changed
    and no copy is left then.
    """
    copies: list[Path] = []

    def keep(missing: list[str]) -> None:
        if target.path is None:
            return
        with backup.sentences(target.path):
            copies.append(backup.reserve(target.path, f"before-{missing[0]}"))
            # Another connection, since one that holds the lock cannot be copied from.
            with closing(backup.read_only(target.path)) as before:
                backup.copy(before, copies[0], target)

    with closing(connect(target)) as store:
        if not _is_older(store):
            return Upgrade((), None)
        try:
            ran = migrate.upgrade(store, first=keep)
        except BaseException:
            for copy in copies:
                copy.unlink(missing_ok=True)
            raise
    return Upgrade(tuple(ran), copies[0] if copies else None)


@dataclass(frozen=True, slots=True)
class NewLogin:
    """A login that was made for an officer, with its password."""

    login: str
    password: str = field(repr=False)
    officer: Officer


def roles(
    target: DatabaseAddress,
    provinces: Provinces,
    *,
    apply: bool,
    hand_out: Callable[[Sequence[NewLogin]], None] | None = None,
    clock: Clock = now,
) -> list[str]:
    """Return the statements that wall off provinces and communes on a server, from one another.

    With ``apply`` they are run as well. ``hand_out`` then receives the logins of officers that
    were not there before, each with a password; where it raises, nothing was applied. Raises
    ``InputError`` for a database that is a file, ``StorageError``.
    """
    if target.file is not None:
        raise InputError(
            _("{database} is a file: who may use it is up to the rights of the file.").format(
                database=target
            ),
            code=codes.DATABASE_ROLES,
            help=_("Name a server with --database postgresql://…"),
        )
    with closing(connect(target)) as store:
        migrate.require_current(store)
        today = day_of(clock())
        there = sorted({*provinces.found(), *seals.provinces(store)})
        reached = reach.reach(store, provinces, today)
        found = list(walls.statements(there, reached, *reach.logins(store, today)))
        if apply:
            with store.write("roles"):
                before = passwords.logins(store) if hand_out else set[str]()
                for one in found:
                    store.run(one)
                if hand_out is not None:
                    hand_out(_passwords(store, before, today))
    return found


def _passwords(store: Store, before: Collection[str], today: date) -> list[NewLogin]:
    """Give a password to the login of each officer of today that was not there before."""
    new = {one.login: one for one in reach.with_logins(store, today) if one.login not in before}
    given = [NewLogin(str(login), passwords.drawn(), one) for login, one in sorted(new.items())]
    for one in given:
        passwords.give(store, one.login, one.password)
    return given


def needs_upgrade(target: DatabaseAddress) -> bool:
    """Return whether a database is of an older version. Raises ``StorageError``."""
    with closing(connect(target)) as store:
        return _is_older(store)


def _is_older(store: Store) -> bool:
    """Return whether ``upgrade`` has something to do. Raises ``StorageError`` where it cannot."""
    done, here = migrate.applied(store), migrate.known()
    if not done or done == here or set(done) - set(here):
        migrate.require_current(store)
        return False
    return True


def advice(store: Store) -> str:
    """Return how an earlier copy of this database is brought back, for a log that was changed."""
    return bring_back(store.target)


def verify_log(store: Store, clock: Clock = now) -> Health:
    """Walk the chains, judge each event, check the seals and the commitments to personal data.

    Holds the first fault of each stream, in the order of streams, then those of personal data.
    """
    with shared(store) as second:
        judge = Replay(store, clock)
        return _health(
            store,
            (
                *verify.faults(store, personal=True, judge=judge, second=second),
                *verify.seal_faults(store),
            ),
        )


def check(store: Store, clock: Clock = now) -> Health:
    """Check everything: the file, then what ``verify.whole`` checks.

    Raises ``StorageError`` when the file is too damaged to be read.
    """
    with shared(store) as second:
        judge = Replay(store, clock)
        return _health(store, (*_file_faults(store), *verify.whole(store, judge, second)))


def _health(store: Store, faults: Iterable[Fault]) -> Health:
    found = sorted(faults, key=lambda one: one.kind == "personal")
    return Health(_events(store), tuple(found))


def rebuild(store: Store, *, accept_end: bool = False) -> int:
    """Compute the tables anew from the log and return how many events there are.

    A log that is damaged is refused (``CLB-LOG-DAMAGED``). Where the tables know of events that are
    not there (``CLB-LOG-CUT``) they are the last trace of them, so ``accept_end`` must confirm that
    the log is right. Raises ``StorageError``; nothing is changed then.
    """
    with store.write():
        for fault in verify.cut_ends(store):
            if not accept_end:
                raise StorageError(
                    _("Events of {stream} after number {seq} are missing: {reason}.").format(
                        stream=fault.stream, seq=fault.seq, reason=fault.reason
                    ),
                    code=codes.LOG_CUT,
                    help=" ".join(
                        (
                            advice(store),
                            _("If you know that the log is right, repeat with --accept-end."),
                        )
                    ),
                )
        return verify.rebuild(store)


def _events(store: Store) -> int:
    found = store.row(COUNT_EVENTS)
    assert found is not None
    return int(found[0])


def _file_faults(store: Store) -> list[Fault]:
    if not store.is_sqlite:
        return []
    return [
        Fault("database", 0, str(sentence), "table")
        for (sentence,) in store.rows("PRAGMA integrity_check")
        if sentence != "ok"
    ]
