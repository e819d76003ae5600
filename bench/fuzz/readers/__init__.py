"""Every reader of what somebody gives the program: one table, for the tests and for long runs.

A reader is given bytes. It may answer, or raise ``ClbError`` with a code, a sentence and what to
do; anything else is a crash.
"""

from bench.fuzz.readers import books, bundles, lists, log, provinces, typed
from bench.fuzz.readers.reader import READ, CrashError, Reader, outcome

__all__ = ["READ", "READERS", "CrashError", "Reader", "named", "outcome"]

READERS: tuple[Reader, ...] = (
    *lists.READERS,
    *books.READERS,
    *typed.READERS,
    *log.READERS,
    *bundles.READERS,
    *provinces.READERS,
)


def named(name: str) -> Reader:
    """Return a reader of the table. Raises ``KeyError``."""
    return {one.name: one for one in READERS}[name]
