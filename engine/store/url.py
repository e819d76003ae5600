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
HIDDEN_BEFORE_HOST = r"(://[^:/@]*):(.*)@"
HIDDEN_IN_QUERY = r"(?<=[?&])(?:ssl)?password=([^&]*)"
"""Where a URL can hold a password, which is not shown: before the host and in the query."""
SCHEME = r"([A-Za-z][A-Za-z0-9+.-]+):"
"""How a URL begins; a single letter is a drive of Windows."""
SERVER = ("postgresql://", "postgres://")
SETTINGS = r"(?:^|\s)(?:host|hostaddr|port|user|password|dbname|service)\s*="
"""What a connection string of libpq contains, which is neither a URL nor a path."""


LIKE_A_URL = r"[:：]//|//.*:.*@|^[^/\\]{2,}:.*@"
"""What no path of a database has, and a URL that is not written as it should be."""
AROUND = " \t\r\n\u200b\ufeff\"'“”‘’"
"""What may surround a name: ``set CLB_DATABASE="…"`` of Windows keeps quotes and blanks."""


@dataclass(frozen=True, slots=True)
class DatabaseAddress:
    """A database: a SQLite file or a PostgreSQL connection (``dsn``)."""

    file: str | None = None
    dsn: str | None = None

    def __str__(self) -> str:
        if self.file is not None:
            return self.file
        return hidden(str(self.dsn))

    def without_password(self, text: str) -> str:
        """Return a text about this database without the password that its URL may hold."""
        from urllib.parse import unquote

        found = [match[2] for match in re.finditer(HIDDEN_BEFORE_HOST, self.dsn or "")]
        found += [match[1] for match in re.finditer(HIDDEN_IN_QUERY, self.dsn or "")]
        for password in found:
            for spelt in {password, unquote(password)} - {""}:
                text = text.replace(spelt, "…")
        return text

    @property
    def path(self) -> "Path | None":
        """Return where the SQLite file is or will be, ``None`` for a connection."""
        if self.file is None:
            return None
        from pathlib import Path

        return Path(self.file)


def hidden(text: str) -> str:
    """Return a text without the passwords of the URLs in it."""
    shown = re.sub(HIDDEN_BEFORE_HOST, r"\1:…@", text)
    return re.sub(HIDDEN_IN_QUERY, "…", shown)


def holds_password(text: str) -> bool:
    """Return whether what names a database has a password in it."""
    return hidden(text) != text


def parse(text: str | None) -> DatabaseAddress:
    """Read ``--database`` or ``CLB_DATABASE``; nothing means the user's own file.

    ``sqlite:////absolute/path``, ``sqlite:///C:/path``, a bare path or ``postgresql://...``;
    ``%20`` and the like are decoded; blanks and quotes around it are left out. Raises
    ``InputError`` for any other kind of URL; no message holds a password.
    """
    text = (text or "").strip(AROUND)
    if not text:
        return DatabaseAddress(os.path.join(user_dir(), DEFAULT_NAME))
    if "\0" in text or "%00" in text:
        raise InputError(
            _("The name of the database has a sign that no name can have."),
            code=codes.DATABASE_URL,
            help=_("Give a file path, sqlite:////path or postgresql://…"),
        )
    found = re.match(SCHEME, text)
    scheme = "" if found is None else found[1].lower()
    text = text if found is None else scheme + text[found.end(1) :]
    if scheme == "sqlite":
        return DatabaseAddress(_sqlite_path(text))
    if text.startswith(SERVER):
        return DatabaseAddress(dsn=_server(text))
    # What is refused may hold a password, so only its beginning is shown.
    if scheme:
        raise InputError(
            _("“{url}” is not a database this program knows.").format(url=f"{scheme}:…"),
            code=codes.DATABASE_URL,
            help=_("Give a file path, sqlite:////path or postgresql://…"),
        )
    if re.search(SETTINGS, text):
        raise InputError(
            _("A database is not named by “host=… user=…” but by a URL."),
            code=codes.DATABASE_URL,
            help=_("Give a file path, sqlite:////path or postgresql://…"),
        )
    if re.search(LIKE_A_URL, text):
        raise InputError(
            _("The URL of the database is not written as it should be."),
            code=codes.DATABASE_URL,
            help=_("Give a file path, sqlite:////path or postgresql://…"),
        )
    return DatabaseAddress(os.path.normpath(os.path.expanduser(text)))


def _server(url: str) -> str:
    """Return a server's URL. Raises ``InputError`` where a sign in the password cuts it short."""
    place = url.partition("://")[2]
    host = re.split(r"[/?#]", place)[0]
    cut = "@" not in host and "@" in place.partition("?")[0]
    if cut or "#" in place or not all(map(_has_port, host.rpartition("@")[2].split(","))):
        raise InputError(
            _("The URL of the database is not written as it should be."),
            code=codes.DATABASE_URL,
            help=_(
                "Write postgresql://USER@HOST:PORT/NAME. In a password write / as %2F, # as %23, "
                "? as %3F, @ as %40 and % as %25, or keep it in .pgpass."
            ),
        )
    return url


def _has_port(host: str) -> bool:
    """Return whether one of the hosts of a URL has a port that is a number, or none."""
    after = host.partition("]")[2] if host.startswith("[") else host
    _name, colon, port = after.rpartition(":")
    return not (colon and port) or port.isdecimal()


def _sqlite_path(url: str) -> str:
    rest = url.removeprefix("sqlite:")
    if "%" in rest:
        from urllib.parse import unquote

        rest = unquote(rest)
    if not rest.startswith("///") or len(rest) == 3:
        raise InputError(
            _("“{url}” does not name a file.").format(
                url=re.sub(HIDDEN_BEFORE_HOST, r"\1:…@", url)
            ),
            code=codes.DATABASE_URL,
            help=_("Write sqlite:////absolute/path.sqlite3 or sqlite:///C:/path.sqlite3."),
        )
    path = rest.removeprefix("///")
    drive = len(path) > 1 and path[1] == ":"
    return os.path.normpath(path if drive or path.startswith("/") else f"/{path}")
