"""Writers of meetings, each a process: through the engine, or the same statements by hand."""

import json
import subprocess
import sys
import time
from contextlib import closing
from datetime import date, timedelta
from typing import Any

import psycopg

from bench.life import ASSOCIATION
from bench.server.country import Country
from engine.lifecycle.registry import open_registry
from engine.scenario.forms import form
from engine.store import codec, log
from engine.store.url import parse

FIRST = date(2025, 7, 1)
A_TURN = 40
"""Days that one turn may record meetings of, so that none is recorded twice."""
LAST = "SELECT body, hash FROM event WHERE stream = ? ORDER BY seq DESC LIMIT 1"
HAND_LOCK = "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))"
HAND_CLUB = "SELECT state, seq, head, commune, opened_on FROM club WHERE id = %s"
HAND_OFFICER = "SELECT role, commune, since, until FROM officer WHERE id = %s"
HAND_LAST = "SELECT seq, recorded_at FROM event WHERE stream = %s AND seq >= %s ORDER BY seq DESC"
HAND_UPDATE = "UPDATE club SET seq = %s, head = %s, state = %s WHERE id = %s"
HAND_MEETING = (
    "INSERT INTO meeting (club, seq, province, on_date, attendance, activities) "
    "VALUES (%s, %s, %s, %s, %s, %s)"
)


def engine(url: str, clubs: list[str], seconds: float, turn: int) -> list[float]:
    """Record meetings through the engine for so long; return what each step took."""
    registry = open_registry(url, provinces=Country())
    took: list[float] = []
    first = FIRST + timedelta(days=turn * A_TURN)
    _meet(registry, clubs[0], first)  # what is read once is read now
    _wait_for_the_others()
    end = time.perf_counter() + seconds
    number = 0
    while (began := time.perf_counter()) < end:
        day, which = divmod(number, len(clubs))
        _meet(registry, clubs[which], first + timedelta(days=day + 1))
        took.append(time.perf_counter() - began)
        number += 1
    registry.store.close()
    return took


def _meet(registry: Any, club: str, on: date) -> None:
    registry.lifecycle.advance(club, "meeting", form("meeting", on), officer=ASSOCIATION)


def by_hand(url: str, clubs: list[str], seconds: float, turn: int) -> list[float]:
    """Record meetings by the statements alone: lock, read, event, club, meeting, commit."""
    registry = open_registry(url, provinces=Country())
    first = FIRST + timedelta(days=turn * A_TURN)
    _meet(registry, clubs[0], first)
    (last,) = registry.store.rows(LAST, (f"club:{clubs[0]}",))
    event = codec.decode(*last)
    registry.store.close()
    took: list[float] = []
    with closing(psycopg.connect(str(parse(url).dsn))) as here:
        _wait_for_the_others()
        end = time.perf_counter() + seconds
        number = 0
        while (began := time.perf_counter()) < end:
            day, which = divmod(number, len(clubs))
            _by_hand(here, event, clubs[which], first + timedelta(days=day + 1))
            took.append(time.perf_counter() - began)
            number += 1
    return took


def _by_hand(here: Any, like: Any, club: str, on: date) -> None:
    from dataclasses import replace

    with here.transaction():
        here.execute(HAND_LOCK, (f"club:{club}",))
        state, seq, head, _commune, _opened = here.execute(HAND_CLUB, (club,)).fetchone()
        here.execute(HAND_OFFICER, (ASSOCIATION,)).fetchall()
        here.execute(HAND_LAST, (f"club:{club}", seq)).fetchone()
        made = replace(like, stream=f"club:{club}", seq=seq + 1, on=on, prev=head, hash="")
        sealed, text = codec.seal(made)
        province = _province(club)
        columns = log.columns(sealed, text, province)
        here.execute(log.INSERT_EVENT.replace("?", "%s"), columns)
        here.execute(HAND_UPDATE, (seq + 1, sealed.hash, state, club))
        here.execute(HAND_MEETING, (club, seq + 1, province, on.isoformat(), 50, "health_care"))


def _province(club: str) -> str:
    return "bac_ninh" if club.startswith("BN-") else club.partition("-")[0].lower()


def _wait_for_the_others() -> None:
    print("ready", flush=True)
    sys.stdin.readline()


def together(
    kind: str, url: str, shares: list[list[str]], seconds: float, turn: int
) -> list[list[float]]:
    """Run one process a share of clubs, all at once; return what each of their steps took."""
    code = (
        "import json, sys; from bench.server import writers; a = json.loads(sys.argv[1]); "
        "print(json.dumps(getattr(writers, a.pop('kind'))(**a)))"
    )
    running = [
        subprocess.Popen(
            [
                *(sys.executable, "-c", code),
                json.dumps(
                    {"kind": kind, "url": url, "clubs": clubs, "seconds": seconds, "turn": turn}
                ),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for clubs in shares
    ]
    for one in running:
        assert one.stdout is not None
        assert one.stdout.readline().strip() == "ready"
    for one in running:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    found = []
    for one in running:
        printed, _errors = one.communicate()
        found.append(json.loads(printed))
    return found
