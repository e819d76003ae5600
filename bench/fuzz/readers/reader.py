"""One reader of what somebody gives, and what may come of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench import life
from bench.fuzz.office import office
from bench.result import ROOT
from engine.cli.context import Context
from engine.cli.settings import Settings
from engine.errors import ClbError

READ = "read"
"""What came of an input that was not refused."""

Seeds = Callable[[], Sequence[bytes]]


@dataclass(frozen=True)
class Reader:
    """One reader: what people give it, examples of that, and words that are in it.

    ``json`` is whether the examples, or what follows their first line, are JSON. ``refuses`` is
    what it raises besides ``ClbError``. A ``slow`` one takes a process or a database at each turn.
    """

    name: str
    what: str
    read: Callable[[bytes], object]
    seeds: Seeds
    words: Sequence[str] = ()
    json: bool = False
    refuses: tuple[type[Exception], ...] = ()
    slow: bool = False


class CrashError(Exception):
    """A reader did what none may."""


def outcome(one: Reader, data: bytes) -> str:
    """Return what came of an input: ``READ`` or the code of its refusal.

    Raises whatever a reader may not raise, and ``CrashError`` for a refusal that is no sentence.
    """
    try:
        one.read(data)
    except ClbError as error:
        for part in (error.code, error.message, error.help):
            if not part.strip():
                raise CrashError(f"{error.code!r}: {error.message!r}, {error.help!r}") from error
        return error.code
    except one.refuses:
        return "refused"
    return READ


def text(data: bytes) -> str:
    """Return what a terminal would have passed on: bytes that are no UTF-8 are half letters."""
    return data.decode("utf-8", "surrogateescape")


def readable(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def files(*patterns: str, most: int = 100_000) -> list[bytes]:
    found = [path.read_bytes() for pattern in patterns for path in sorted(ROOT.glob(pattern))]
    assert found, patterns
    return sorted((one for one in found if len(one) <= most), key=len)


def context() -> Context:
    """Return the context of a command in the office."""
    context = Context(Settings(officer=life.ASSOCIATION))
    context._registry = office().registry
    return context
