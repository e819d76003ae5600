"""Watching what a piece of code touches: clock, files, network, database, processes, environment.

Python tells an audit hook of files, sockets and the like, and a profile function of every call into
C, which is how the clock is read. An audit hook cannot be taken away again, so there is one, and it
does nothing outside ``watching``.
"""

import contextlib
import gc
import io
import os
import sys
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from types import FrameType
from typing import Any

from engine.plugin_checks.guard import reached, written

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


@dataclass(slots=True)
class Touched:
    """What was touched, by kind: each thing once, in order. ``printed`` is the standard output."""

    found: dict[tuple[str, str], None] = field(default_factory=dict)
    printed: str = ""

    def add(self, kind: str, what: str) -> None:
        """Remember that something was touched."""
        self.found[kind, what] = None

    def of(self, kind: str) -> list[str]:
        """Return what was touched of one kind."""
        return [what for one, what in self.found if one == kind]


_watched: ContextVar[Touched | None] = ContextVar("watched", default=None)


@cache
def _listen() -> None:
    """Hear Python's audit events, from now on: a hook for them cannot be taken away again."""
    sys.addaudithook(_audit)


@contextlib.contextmanager
def watching() -> Iterator[Touched]:
    """Watch what the code inside touches on this thread; nothing is forbidden, all is told."""
    _listen()
    touched, output = Touched(), io.StringIO()
    token, before, collecting = _watched.set(touched), sys.getprofile(), gc.isenabled()
    # Whoever listens to the garbage collector may read the clock; that is not the hook's doing.
    gc.disable()
    try:
        with contextlib.redirect_stdout(output):
            sys.setprofile(_profile)
            yield touched
    finally:
        sys.setprofile(before)
        if collecting:
            gc.enable()
        _watched.reset(token)
        touched.printed = output.getvalue()


def _audit(event: str, args: tuple[Any, ...]) -> None:
    touched = _watched.get()
    if touched is None:
        return
    if event == "open":
        path = written(args)
        # Python itself keeps compiled modules there.
        if path is not None and "__pycache__" not in path:
            touched.add("file", path)
    elif kind := reached(event):
        touched.add(kind, event)


def _profile(frame: FrameType, event: str, arg: Any) -> None:
    touched = _watched.get()
    if touched is None:
        return
    if event == "c_call":
        name = getattr(arg, "__name__", "")
        if getattr(arg, "__module__", None) == "time" and name in CLOCKS:
            touched.add("clock", f"time.{name}()")
        owner = getattr(arg, "__self__", None)
        if name in TODAY and isinstance(owner, type) and issubclass(owner, date):
            touched.add("clock", f"{owner.__name__}.{name}()")
    elif event == "call" and frame.f_code is _ENVIRONMENT:
        touched.add("environment", "os.environ")


_ENVIRONMENT = type(os.environ).__getitem__.__code__
