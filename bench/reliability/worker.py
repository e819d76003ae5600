"""A process that takes steps: ``python -m bench.reliability.worker JOB ADDRESS NUMBER CLUB...``.

It prints ``ready``, waits for a line, and then prints a line for each step: ``done KEY`` once it is
confirmed, ``failed CODE KEY`` where a sentence refused it. A traceback goes to the error stream.
"""

import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta

from bench import life
from bench.reliability.stage import YEAR
from engine.errors import ClbError
from engine.lifecycle.registry import Registry, open_registry
from engine.scenario.forms import form

STEPS = 200
FIRST = date(2021, 11, 1)
DAYS = 1000
KEYS = 10_000
"""No process takes more steps."""
GRANT_ON = date(YEAR, 11, 1)


def meet(address: str, number: int, clubs: list[str], steps: int = STEPS) -> Iterator[str]:
    """Record meetings in the clubs, one after another; the key is how many attended each."""
    here = opened(address)
    for step in range(steps):
        key = number * KEYS + step
        on = FIRST + timedelta(days=key % DAYS)
        filled = form("meeting", on, {"attendance": key, "activities": ["health_care"]})
        try:
            here.lifecycle.advance(
                clubs[step % len(clubs)], "meeting", filled, officer=life.ASSOCIATION
            )
            yield f"done {key}"
        except ClbError as error:
            yield f"failed {error.code} {key}"
            here.store.close()
            here = opened(address)


def always(address: str, number: int, clubs: list[str]) -> Iterator[str]:
    """Record meetings until killed."""
    yield from meet(address, number, clubs, KEYS)


def grant(address: str, number: int, clubs: list[str]) -> Iterator[str]:
    """Record a grant for each club, in an order of one's own, without a reason for any warning."""
    here = opened(address)
    start = number * 5 % len(clubs)
    for club in (*clubs[start:], *clubs[:start]):
        filled = form("fund", GRANT_ON, {**life.GRANT, "fund": "operating"})
        try:
            here.lifecycle.advance(club, "fund", filled, officer=life.TOWN)
            yield f"done {club}"
        except ClbError as error:
            yield f"failed {error.code} {club}"


JOBS = {"meet": meet, "always": always, "grant": grant}


def opened(address: str) -> Registry:
    """Open the registry, however long it takes until there is a connection.

    The clock is the machine's, as for those who check meanwhile: an event recorded ahead of it is a
    fault.
    """
    while True:
        with suppress(ClbError):
            here = open_registry(address)
            here.provinces.hooks(life.PROVINCE)
            return here


def main(job: str, address: str, number: str, *clubs: str) -> None:
    """Do a job once a line is read."""
    opened(address).store.close()
    print("ready", flush=True)
    sys.stdin.readline()
    for line in JOBS[job](address, int(number), list(clubs)):
        print(line, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
