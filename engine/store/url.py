"""Which database is meant: a file path, a ``sqlite:`` URL or a ``postgresql:`` URL."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from engine.errors import InputError
from engine.home import home
from engine.i18n import _

DEFAULT_NAME = "clb.sqlite3"


@dataclass(frozen=True, slots=True)
class Target:
    """A database: a SQLite file (``path``) or a PostgreSQL connection (``dsn``)."""

    path: Path | None = None
    dsn: str | None = None

    def __str__(self) -> str:
        return str(self.path) if self.path is not None else str(self.dsn)


def parse(text: str | None) -> Target:
    """Read what ``--database`` or ``CLB_DATABASE`` says; nothing means the user's own file.

    ``sqlite:////absolute/path``, ``sqlite:///C:/path``, a bare path or ``postgresql://...``;
    ``%20`` and the like are decoded. Raises ``InputError`` for any other kind of URL.
    """
    if not text:
        return Target(path=home() / DEFAULT_NAME)
    if text.startswith("sqlite:"):
        return Target(path=_sqlite_path(text))
    if text.startswith(("postgresql://", "postgres://")):
        return Target(dsn=text)
    if "://" in text:
        raise InputError(
            _("“{url}” is not a database this program knows.").format(url=text),
            code="CLB-DATABASE-URL",
            help=_("Give a file path, sqlite:////path or postgresql://…"),
        )
    return Target(path=Path(text).expanduser())


def _sqlite_path(url: str) -> Path:
    rest = unquote(url.removeprefix("sqlite:"))
    if not rest.startswith("///") or len(rest) == 3:
        raise InputError(
            _("“{url}” does not name a file.").format(url=url),
            code="CLB-DATABASE-URL",
            help=_("Write sqlite:////absolute/path.sqlite3 or sqlite:///C:/path.sqlite3."),
        )
    path = rest.removeprefix("///")
    drive = len(path) > 1 and path[1] == ":"
    return Path(path if drive or path.startswith("/") else f"/{path}")
