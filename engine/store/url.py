"""Which database is meant: a file path, a ``sqlite:`` URL or a ``postgresql:`` URL."""

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine import codes
from engine.errors import InputError
from engine.i18n import _
from engine.user_dir import user_dir

if TYPE_CHECKING:
    from pathlib import Path

DEFAULT_NAME = "clb.sqlite3"
HIDDEN_BEFORE_HOST = r"(://[^:/@]*):.*@"
HIDDEN_IN_QUERY = r"(?<=[?&])(?:ssl)?password=[^&]*"
"""Where a URL can hold a password, which is not shown: before the host and in the query."""


@dataclass(frozen=True, slots=True)
class DatabaseAddress:
    """A database: a SQLite file or a PostgreSQL connection (``dsn``)."""

    file: str | None = None
    dsn: str | None = None

    def __str__(self) -> str:
        if self.file is not None:
            return self.file
        shown = re.sub(HIDDEN_BEFORE_HOST, r"\1:…@", str(self.dsn))
        return re.sub(HIDDEN_IN_QUERY, "…", shown)

    @property
    def path(self) -> "Path | None":
        """Return where the SQLite file is or will be, ``None`` for a connection."""
        if self.file is None:
            return None
        from pathlib import Path

        return Path(self.file)


def parse(text: str | None) -> DatabaseAddress:
    """Read ``--database`` or ``CLB_DATABASE``; nothing means the user's own file.

    ``sqlite:////absolute/path``, ``sqlite:///C:/path``, a bare path or ``postgresql://...``;
    ``%20`` and the like are decoded. Raises ``InputError`` for any other kind of URL.
    """
    if not text:
        return DatabaseAddress(os.path.join(user_dir(), DEFAULT_NAME))
    if text.startswith("sqlite:"):
        return DatabaseAddress(_sqlite_path(text))
    if text.startswith(("postgresql://", "postgres://")):
        return DatabaseAddress(dsn=text)
    if "://" in text:
        raise InputError(
            _("“{url}” is not a database this program knows.").format(url=text),
            code=codes.DATABASE_URL,
            help=_("Give a file path, sqlite:////path or postgresql://…"),
        )
    return DatabaseAddress(os.path.normpath(os.path.expanduser(text)))


def _sqlite_path(url: str) -> str:
    rest = url.removeprefix("sqlite:")
    if "%" in rest:
        from urllib.parse import unquote

        rest = unquote(rest)
    if not rest.startswith("///") or len(rest) == 3:
        raise InputError(
            _("“{url}” does not name a file.").format(url=url),
            code=codes.DATABASE_URL,
            help=_("Write sqlite:////absolute/path.sqlite3 or sqlite:///C:/path.sqlite3."),
        )
    path = rest.removeprefix("///")
    drive = len(path) > 1 and path[1] == ":"
    return os.path.normpath(path if drive or path.startswith("/") else f"/{path}")
