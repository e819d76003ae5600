"""One opened database with everything that works on it."""

from dataclasses import dataclass

from engine import codes
from engine.clock import Clock, now
from engine.errors import InputError
from engine.i18n import _
from engine.lifecycle.lifecycle import Lifecycle
from engine.lifecycle.officers import OfficerService
from engine.lifecycle.province import ProvinceService
from engine.provinces.load import Provinces
from engine.store import migrate
from engine.store.database import Store, connect
from engine.store.url import DatabaseAddress, hidden, holds_password, parse


@dataclass(frozen=True, slots=True)
class Registry:
    """A database, the installed provinces, and what writes: clubs, provinces, officers."""

    store: Store
    provinces: Provinces
    lifecycle: Lifecycle
    province: ProvinceService
    officers: OfficerService


def target_of(url: str | None) -> DatabaseAddress:
    """Return which database is meant. Raises ``InputError``."""
    return parse(url)


def refuse_shown_password(url: str) -> None:
    """Refuse a password on the command line. Raises ``InputError``."""
    if holds_password(url):
        raise InputError(
            _("Everybody on this computer can read a password on the command line."),
            code=codes.DATABASE_PASSWORD_SHOWN,
            help=_(
                "Change it if others use this computer; keep it in .pgpass, PGPASSWORD or "
                "CLB_DATABASE."
            ),
        )


def without_passwords(text: str) -> str:
    """Return a text without the passwords of the URLs in it."""
    return hidden(text)


def open_registry(
    url: str | None, *, provinces: Provinces | None = None, clock: Clock = now
) -> Registry:
    """Open the database that is there and is of this version. Raises ``StorageError``."""
    store = connect(parse(url))
    migrate.require_current(store)
    return _registry(store, provinces or Provinces(), clock)


def open_replica(url: str) -> Store:
    """Open a database that is only read and is of this version. Raises ``StorageError``."""
    store = connect(parse(url))
    migrate.require_current(store)
    return store


def make_registry(
    url: str | None, *, provinces: Provinces | None = None, clock: Clock = now
) -> tuple[Registry, bool]:
    """Open the database, making it first where there is none; return whether it was made."""
    store = connect(parse(url), create=True)
    made = bool(migrate.upgrade(store))
    return _registry(store, provinces or Provinces(), clock), made


def _registry(store: Store, provinces: Provinces, clock: Clock) -> Registry:
    province = ProvinceService(store, provinces, clock)
    return Registry(
        store,
        provinces,
        Lifecycle(store, provinces, clock),
        province,
        OfficerService(province),
    )
