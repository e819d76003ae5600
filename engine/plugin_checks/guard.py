"""Keeping a hook from reaching out while it is tried: files, network, other programs, databases.

Python's audit hooks cannot be taken away again, so this belongs into a process of its own.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

REACHING = {
    "socket.": "network",
    "urllib.": "network",
    "http.client.": "network",
    "sqlite3.": "database",
    "subprocess.": "process",
    "os.system": "process",
    "os.exec": "process",
    "os.fork": "process",
    "os.posix_spawn": "process",
    "os.spawn": "process",
    "os.startfile": "process",
    "ctypes.": "process",
    "webbrowser.open": "process",
    "os.putenv": "environment",
    "os.unsetenv": "environment",
    "os.remove": "file",
    "os.rename": "file",
    "os.mkdir": "file",
    "os.rmdir": "file",
    "os.link": "file",
    "os.symlink": "file",
    "os.truncate": "file",
    "os.chmod": "file",
    "os.chown": "file",
    "os.utime": "file",
    "shutil.": "file",
    "tempfile.": "file",
}
"""What the beginning of an audit event's name stands for."""
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC


def reached(event: str) -> str | None:
    """Return what kind of thing an audit event reaches out to, ``None`` where it does not."""
    return next((kind for begins, kind in REACHING.items() if event.startswith(begins)), None)


def written(arguments: tuple[object, ...]) -> str | None:
    """Return the name of a file that is opened for writing, ``None`` for one that is read."""
    path, mode, flags = (*arguments, None, None, None)[:3]
    by_mode = isinstance(mode, str) and any(sign in mode for sign in "wax+")
    by_flags = isinstance(flags, int) and bool(flags & _WRITING)
    return str(path) if by_mode or by_flags else None


class Guard:
    """Refuses what reaches out, while it is on, and remembers what was tried."""

    def __init__(self) -> None:
        self.tried: list[str] = []
        self._on = False
        sys.addaudithook(self._heard)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Refuse and remember until the block ends."""
        self._on = True
        try:
            yield
        finally:
            self._on = False

    def _heard(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self._on:
            return
        if event == "open":
            path = written(arguments)
            told = f"open {path:.80}" if path is not None else None
        else:
            told = event if reached(event) else None
        if told is not None:
            self.tried.append(told)
            raise PermissionError(told)
