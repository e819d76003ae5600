"""Checking a log in two processes, each of which reads and checks spans of it.

Streams are independent of each other, so whichever process has time takes the next span. Both read
the same moment, or there is only one. If the second process cannot be started or ends early, this
one does its work too: the answer is the same, only later.
"""

import os
import pickle
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager, suppress
from typing import Any

import engine
from engine import i18n
from engine.child_process import ROOT, SAME_ENGINE
from engine.store import span
from engine.store.database import IN_MEMORY, Store, connect
from engine.store.stream_check import Found, Work

BEGIN = f"{SAME_ENGINE}\nfrom engine.store.second_process import main; main()"
MANY_EVENTS = 10_000
"""From how many events on it is worth starting a second process."""
GONE = (OSError, EOFError, ValueError, TypeError, AttributeError, pickle.PickleError)
"""What talking to a process ends in that is no longer there, or that cannot be given the work."""


@contextmanager
def shared(store: Store) -> Iterator["Second | None"]:
    """Hold a snapshot, and yield a second process that reads the same one if it is of use.

    A server hands its snapshot on. Of a SQLite file the second process takes its own first; nothing
    was written since if what SQLite calls the version of the data is the same before and after.
    """
    with ExitStack() as stack:
        second = stack.enter_context(Second(store)) if _is_of_use(store) else None
        if second is None:
            stack.enter_context(store.snapshot())
        elif store.is_sqlite:
            before = store.rows(VERSION)
            second.join()
            stack.enter_context(store.snapshot())
            if store.rows(VERSION) != before:
                second.end()
        else:
            stack.enter_context(store.snapshot())
            second.join(str(store.rows(EXPORT)[0][0]))
        yield second


VERSION = "PRAGMA data_version"
EXPORT = "SELECT pg_export_snapshot()"
COUNT = "SELECT count(*) FROM event"


def _is_of_use(store: Store) -> bool:
    """Return whether a second process can read what this one reads, and is worth its start."""
    return (
        processors() > 1
        and not store.database.in_transaction()
        and store.apart is None
        and store.target.file != IN_MEMORY
        and store.has_table("event")
        and int(store.rows(COUNT)[0][0]) >= MANY_EVENTS
    )


def processors() -> int:
    """Return how many processors this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def checked(store: Store, work: Work, second: "Second | None" = None) -> Found:
    """Check a log and return what was found, in the order of its spans; ends the second process."""
    spans = span.WHOLE if second is None else span.divided(store)
    found: dict[int, Found] = {}
    waiting = deque(enumerate(spans))
    with ExitStack() as stack:
        theirs: Future[None] | None = None
        if second is not None:
            pool = stack.enter_context(ThreadPoolExecutor(1))
            stack.callback(second.end)
            theirs = pool.submit(_hand_over, waiting, work, second, found)
        _check(store, waiting, work, found)
        if theirs is not None:
            theirs.result()
            _check(store, waiting, work, found)
    whole = Found()
    for number in sorted(found):
        whole.add(found[number])
    return whole


Waiting = deque[tuple[int, span.Span]]


def _check(store: Store, waiting: Waiting, work: Work, found: dict[int, Found]) -> None:
    """Check spans until none is waiting."""
    while (one := _next(waiting)) is not None:
        found[one[0]] = span.check(store, one[1], work)


def _hand_over(waiting: Waiting, work: Work, second: "Second", found: dict[int, Found]) -> None:
    """Let the second process check spans until none is waiting, or it is gone."""
    while (one := _next(waiting)) is not None:
        answer = second.check(one[1], work)
        if answer is None:
            waiting.appendleft(one)
            return
        found[one[0]] = answer


def _next(waiting: Waiting) -> tuple[int, span.Span] | None:
    with suppress(IndexError):
        return waiting.popleft()
    return None


class Second:
    """The second process, as the first one sees it. Ends with the block it is opened in."""

    def __init__(self, store: Store) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        with suppress(OSError):
            self._process = subprocess.Popen(  # noqa: S603  (our own interpreter, a list)
                [sys.executable, "-P", "-c", BEGIN, ROOT],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        # Another version of this program is sent nothing else.
        if self._exchange((i18n.language(), i18n.places(), store.target)) != engine.__file__:
            self.end()

    def __enter__(self) -> "Second":
        return self

    def __exit__(self, *_error: object) -> None:
        self.end()

    def join(self, exported: str | None = None) -> None:
        """Let the process hold a snapshot: its own, or one that a server exported."""
        self._exchange(exported)

    def check(self, one: span.Span, work: Work) -> Found | None:
        """Return what the process finds in a span; ``None`` where it is gone."""
        found: Found | None = self._exchange((one, work))
        return found

    def _exchange(self, message: Any) -> Any:
        """Send something and return what comes back; ``None`` where the process is gone."""
        if self._process is None:
            return None
        asked, answer = self._process.stdin, self._process.stdout
        assert asked is not None
        assert answer is not None
        try:
            asked.write(pickle.dumps(message))
            asked.flush()
            return pickle.load(answer)  # noqa: S301  (written by this program)
        except GONE:
            self.end()
            return None

    def end(self) -> None:
        """End the process, which has nothing that could be lost."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            with suppress(OSError, ValueError):
                process.communicate()


def main() -> None:
    """Be the second process: check what comes in until the first one ends."""
    # Ctrl-C reaches both; the first one decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    asked, answer = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr

    def exchange(message: Any) -> Any:
        pickle.dump(message, answer)
        answer.flush()
        return pickle.load(asked)  # noqa: S301  (written by this program)

    language, places, target = pickle.load(asked)  # noqa: S301  (written by this program)
    i18n.use(language)
    i18n.work_in(*places)
    with suppress(EOFError), closing(connect(target)) as store:
        exported = exchange(engine.__file__)
        with store.snapshot(exported):
            found: Any = store.rows(JOINED)
            while True:
                one, work = exchange(found)
                found = span.check(store, one, work)


JOINED = "SELECT count(*) FROM schema_migration"
"""Read at once: a snapshot is taken by the first query."""
