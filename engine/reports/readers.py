"""Who took a whole list of members, with every identity number, when and for what: of the log."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from engine.store import codec
from engine.store.reader import Reader

READ = (
    "SELECT e.stream, e.seq, e.recorded_at, e.officer, e.body, c.name FROM event e "
    "LEFT JOIN club c ON e.stream = 'club:' || c.id "
    "WHERE e.step = 'export' AND e.province = ? AND e.on_date >= ? AND e.on_date <= ? "
    "ORDER BY e.recorded_at, e.stream, e.seq"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole list that somebody took: ``rows`` people, for a reason."""

    club: str
    name: str | None
    seq: int
    recorded_at: str
    officer: str
    rows: int
    reason: str | None


def readings(store: Reader, province: str, first: date, last: date) -> Iterator[Reading]:
    """Yield who took whole lists of a province's clubs between two days, in order."""
    days = (first.isoformat(), last.isoformat())
    for stream, seq, moment, officer, body, name in store.rows(READ, (province, *days)):
        form = codec.form_of(body)
        yield Reading(
            str(stream).partition(":")[2],
            name,
            int(seq),
            str(moment),
            str(officer),
            int(form["rows"]),
            form.get("reason"),
        )
