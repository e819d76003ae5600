"""A limit of time for code that is not ours: broken off where it is, and its place named.

A hook runs while the write lock is held, so one that does not come back would stop everybody.
Three things end it, each for what the one before cannot end: an exception raised in it again and
again; when that was in vain for as long again, the end of the process; a second later, its end from
a process apart, for code that lets nothing else run (a loop inside C).
"""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from types import FrameType
from typing import Any

from engine.provinces.ending import BROKEN, PLACE, Ender

AGAIN_SECONDS = 0.2
"""After how long the exception is raised again in code that caught it."""
LEAST_SECONDS = 5.0
"""For how long the exception is tried at least, so that a busy machine ends no process."""
APART_SECONDS = 1.0
"""How much later the process apart ends what could not end itself."""
HAS_ALARM = hasattr(signal, "setitimer")
_ENDER = Ender()


def many_calls() -> AbstractContextManager[None]:
    """Make many calls cheaper that hold no lock: their end from a process apart may come later."""
    return _ENDER.shared()


class BrokenOffError(BaseException):
    """Raised in code that takes longer than it may; no ``Exception``, so that few catch it."""


class TimeLimit:
    """Breaks off what it runs after some seconds, with ``BrokenOffError``.

    ``package`` is the package whose file and line are named in ``place``. ``end`` is given a place
    and returns the line that is written when the process has to be ended. ``late`` is whether the
    time was over, also where the code caught the exception and ended by itself.
    """

    def __init__(self, seconds: float, package: str, end: Callable[[str], str]) -> None:
        self.seconds = seconds
        self.late = False
        self.place = ""
        self._inside = f"{os.sep}{package}{os.sep}"
        self._end = end
        self._in_vain = max(seconds, LEAST_SECONDS)
        self._first: float | None = None

    def run(self, work: Callable[[], Any]) -> Any:
        """Return what ``work`` returns. Raise ``BrokenOffError`` when it had to be broken off."""
        alarm = HAS_ALARM and threading.current_thread() is threading.main_thread()
        watch = _Alarm(self) if alarm else _Watcher(self)
        last = self.seconds + self._in_vain + APART_SECONDS
        _ENDER.watch(last, self._inside.replace(os.sep, "/"), self._end(PLACE))
        try:
            watch.start()
            return _block(work)
        finally:
            while True:
                with suppress(BrokenOffError):  # raised as the block was left
                    watch.stop()
                    _ENDER.stop()
                    break

    def is_over(self, frame: FrameType | None) -> bool:
        """Note where the block is; return whether it is to be broken off.

        Ends the process when it was broken off in vain for as long again.
        """
        within, place = self._found(frame)
        if not within:
            return False
        self.late, self.place = True, place or self.place
        now = time.monotonic()
        self._first = self._first or now
        if now - self._first > self._in_vain:
            with suppress(OSError, ValueError, AttributeError):
                sys.stderr.write(f"{self._end(self.place)}\n")
                sys.stderr.flush()
            os._exit(BROKEN)
        return True

    def _found(self, frame: FrameType | None) -> tuple[bool, str]:
        """Return whether the code is still running, and the file and line of its package.

        ``""`` where none of the package runs.
        """
        place = ""
        while frame is not None:
            if frame.f_code is _block.__code__:
                return True, place
            _before, inside, file = frame.f_code.co_filename.rpartition(self._inside)
            if inside and not place:
                place = f"{self._inside[1:]}{file}:{frame.f_lineno}".replace(os.sep, "/")
            frame = frame.f_back
        return False, ""


def _block(work: Callable[[], Any]) -> Any:
    """Call what is limited; only while this runs is anything raised in it."""
    return work()


class _Alarm:
    """A timer of the system that interrupts the main thread, even many a loop inside C."""

    def __init__(self, limit: TimeLimit) -> None:
        self._limit = limit

    def start(self) -> None:
        """Set the timer; whoever else uses it gets it back."""
        self._handler = signal.signal(signal.SIGALRM, self._rang)
        self._since = time.monotonic()
        self._timer = signal.setitimer(signal.ITIMER_REAL, self._limit.seconds, AGAIN_SECONDS)

    def stop(self) -> None:
        """Set the timer back to what it was."""
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, self._handler)
        left, again = self._timer
        if left:
            waited = time.monotonic() - self._since
            signal.setitimer(signal.ITIMER_REAL, max(left - waited, 0.001), again)

    def _rang(self, _number: int, frame: FrameType | None) -> None:
        if self._limit.is_over(frame):
            raise BrokenOffError


class _Watcher:
    """A thread that raises the exception in another one: where there is no such timer."""

    def __init__(self, limit: TimeLimit) -> None:
        self._limit = limit
        self._watched = threading.get_ident()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def start(self) -> None:
        """Begin to watch the thread that calls this."""
        self._thread.start()

    def stop(self) -> None:
        """End watching, and take back what was raised too late."""
        self._over.set()
        self._thread.join()
        if self._limit.late:
            _raise_in(self._watched, None)

    def _watch(self) -> None:
        wait = self._limit.seconds
        while not self._over.wait(wait):
            if self._limit.is_over(sys._current_frames().get(self._watched)):
                _raise_in(self._watched, BrokenOffError)
            wait = AGAIN_SECONDS


def _raise_in(thread: int, error: type[BaseException] | None) -> None:
    """Raise an exception in a thread as soon as it runs Python code; ``None`` takes it back."""
    import ctypes

    raised = None if error is None else ctypes.py_object(error)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), raised)
