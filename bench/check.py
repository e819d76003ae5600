"""``check``: what goes through the whole log, with reading it once by hand as the reference.

By hand is: every body fetched in order, hashed, parsed and spelled again, and each person's
commitment computed from the row with the name. The time is that of ``audit verify``, ``db check``
and ``db rebuild`` without starting Python; the memory is the peak of the commands as processes,
which must not grow with the log. The first two start a second process for a long log: their
processor time and their memory are those of both together, and their budget is held against the
clock, on two idle processors.
"""

import json
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from bench.life import MEMBERS, opened
from bench.measure import Sample, Spread, by_turns, timed, timed_with_children
from bench.memory import COMMAND, PEAK, peak
from bench.options import Options
from bench.result import Limits, Row, timed_row
from bench.sealed import sealed
from engine.lifecycle import upkeep
from engine.store.database import Store

NAME = "check"
TITLE = "verifying, checking and rebuilding a whole database"
TIMES, FLAT, MOST_MB = 2.0, 1.1, 100.0
EVENTS = 12
HELD: dict[str, Limits] = {"audit verify": "clock", "db check": "clock", "db rebuild": "ratio"}
BOTH = COMMAND.replace(
    PEAK,
    f"""{PEAK}
def children():
    import resource, sys
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return used // 1024 if sys.platform == "darwin" else used
""",
).replace("peak(), file", "peak() + children(), file")
WORK: dict[str, Callable[[Store], object]] = {
    "audit verify": upkeep.verify_log,
    "db check": upkeep.check,
    "db rebuild": upkeep.rebuild,
}


def run(options: Options) -> list[Row]:
    """Measure the three commands: their time, and their peak of memory."""
    return [*_times(options), *_peaks(options)]


def _times(options: Options) -> list[Row]:
    clubs = options.size(5_000, 300, 3)
    with tempfile.TemporaryDirectory(prefix="clb-bench-check-") as name:
        path = Path(name) / "clb.sqlite3"
        shutil.copy(sealed(clubs), path)
        store = opened(path).store
        try:
            subjects: dict[str, Callable[[], Sample]] = {"hand": lambda: timed(lambda: _read(path))}
            for case, work in WORK.items():
                subjects[case] = lambda work=work: timed_with_children(  # type: ignore[misc]
                    lambda: work(store)
                )
            found = by_turns(subjects, options.rounds)
        finally:
            store.close()
    case_of = f"{{}}, {clubs * EVENTS} events, {clubs * MEMBERS} members"
    return [
        timed_row(
            NAME,
            case_of.format(case),
            found[case],
            found["hand"],
            unit="s",
            budget=TIMES,
            limits=HELD[case],
        )
        for case in WORK
    ]


def _read(path: Path) -> None:
    """Read the log once, and the personal data with it."""
    with closing(sqlite3.connect(path)) as db:
        for body, hash_ in db.execute("SELECT body, hash FROM event ORDER BY stream, seq"):
            found = json.loads(body)
            again = json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            if sha256(again.encode()).hexdigest() != hash_:
                raise RuntimeError("an event does not fit")
        names = ("id_number", "name", "note", "phone", "village")
        sql = f"SELECT salt, {', '.join(names)} FROM personal ORDER BY club, member"
        for salt, *texts in db.execute(sql):
            spelled = json.dumps(
                dict(zip(names, texts, strict=True)), ensure_ascii=False, separators=(",", ":")
            )
            sha256(bytes.fromhex(salt) + spelled.encode()).hexdigest()


def _peaks(options: Options) -> list[Row]:
    many = options.size(5_000, 5_000, 6)
    with tempfile.TemporaryDirectory(prefix="clb-bench-check-") as name:
        paths = []
        for clubs in (many, many // 5):
            paths.append(Path(name) / f"{clubs}.sqlite3")
            shutil.copy(sealed(clubs), paths[-1])
        found: list[Row] = []
        for case in WORK:
            much, little = (peak(BOTH, *case.split(), "--database", str(one)) for one in paths)
            label = f"{case}, {many * EVENTS} events"
            value, reference = Spread(much, much, much), Spread(little, little, little)
            times = much / little
            ratio = Spread(times, times, times)
            found.append(
                Row(NAME, label, "clb", "MB", value, budget=MOST_MB, limits="value"),
            )
            found.append(
                Row(
                    NAME,
                    f"{label}, of a fifth of them",
                    "clb",
                    "MB",
                    value,
                    reference,
                    ratio,
                    budget=FLAT,
                )
            )
    return found
