"""What a hook reaches for while it is called: files, network, programs, databases, the clock.

Python reports files, sockets and the like to audit hooks, and every call into C to a profile
function, which is how the clock is read. An audit hook cannot be removed again, so this belongs in
a process of its own.
"""

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from types import FrameType
from typing import Any

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
"""Kind of thing by the beginning of an audit event's name."""
CLOCKS = frozenset(
    f"{name}{unit}"
    for name in (
        "time",
        "monotonic",
        "perf_counter",
        "process_time",
        "thread_time",
        "clock_gettime",
    )
    for unit in ("", "_ns")
) | {"localtime", "gmtime", "ctime"}
TODAY = frozenset({"today", "now", "utcnow"})
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
_ENVIRONMENT = type(os.environ).__getitem__.__code__


@dataclass(frozen=True, slots=True)
class Reached:
    """One thing a hook reached for: ``kind`` is network, file, clock, ..., ``what`` the call."""

    kind: str
    what: str


class Guard:
    """Refuses and records what reaches out of a request; records clock and environment reads."""

    def __init__(self) -> None:
        self.reached: list[Reached] = []
        self._on = False
        sys.addaudithook(self._audit)

    @contextmanager
    def refusing(self) -> Iterator[None]:
        """Record what reaches out until the block ends, and raise ``PermissionError`` there."""
        self._on = True
        try:
            yield
        finally:
            self._on = False

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Record each read of the clock and the environment until the block ends. Slows calls."""
        before, collecting = sys.getprofile(), gc.isenabled()
        # Whoever listens to the garbage collector may read the clock; the hook does not.
        gc.disable()
        sys.setprofile(self._profile)
        try:
            yield
        finally:
            sys.setprofile(before)
            if collecting:
                gc.enable()

    def _audit(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self._on:
            return
        path = _written(arguments) if event == "open" else None
        kind = "file" if path is not None else _kind(event)
        if kind is not None:
            what = f"open {path:.80}" if path is not None else event
            self.reached.append(Reached(kind, what))
            raise PermissionError(what)

    def _profile(self, frame: FrameType, event: str, called: Any) -> None:
        if event == "c_call":
            name, owner = getattr(called, "__name__", ""), getattr(called, "__self__", None)
            if getattr(called, "__module__", None) == "time" and name in CLOCKS:
                self.reached.append(Reached("clock", f"time.{name}()"))
            elif name in TODAY and isinstance(owner, type) and issubclass(owner, date):
                self.reached.append(Reached("clock", f"{owner.__name__}.{name}()"))
        elif event == "call" and frame.f_code is _ENVIRONMENT:
            self.reached.append(Reached("environment", "os.environ"))


def _kind(event: str) -> str | None:
    """Return the kind of thing an audit event reaches for, ``None`` where it reaches nothing."""
    return next((kind for begins, kind in REACHING.items() if event.startswith(begins)), None)


def _written(arguments: tuple[object, ...]) -> str | None:
    """Return the name of a file that is opened for writing, ``None`` for one that is read."""
    path, mode, flags = (*arguments, None, None, None)[:3]
    by_mode = isinstance(mode, str) and any(sign in mode for sign in "wax+")
    by_flags = isinstance(flags, int) and bool(flags & _WRITING)
    return str(path) if by_mode or by_flags else None
