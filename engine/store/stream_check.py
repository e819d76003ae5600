"""One stream held against all that the database has of it.

Needs no database: it is given the rows, so that another process can do it as well.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.i18n import _
from engine.store import fold
from engine.store.fault import Fault, Kind
from engine.store.personal import is_committed
from engine.store.reader import Row
from engine.store.rows import COLUMNS
from engine.store.stream import Judge, Stream, read_stream
from engine.vietnamese.text import bare

TABLES_OF = {
    "province": ("stream", *fold.PROVINCE_TABLES),
    "seal": ("stream", *fold.SEAL_TABLES),
    "club": tuple(
        name for name in COLUMNS if name not in ("stream", *fold.PROVINCE_TABLES, *fold.SEAL_TABLES)
    ),
}
"""The tables that a stream of each kind is folded into."""


def tables_of(kind: str) -> tuple[str, ...]:
    """Return the tables that a stream of a kind is folded into."""
    return TABLES_OF.get(kind, ("stream",))


@dataclass(slots=True)
class Part:
    """A stream with what the database holds of it.

    ``events`` are its rows of the log, ``heads`` what the tables know of its end, ``tables`` its
    rows of each table that is compared, ``people`` its rows of personal data where these are
    checked, ``withheld`` whose did not come with it in a file, where one was ever exchanged.
    ``strangers``, ``odd`` and ``nobodys`` are rows that lie before these and belong to no stream:
    heads, one of each table, personal data.
    """

    name: str
    events: Iterable[Row]
    heads: list[Row] = field(default_factory=list)
    tables: dict[str, list[Row]] = field(default_factory=dict)
    people: list[Row] | None = None
    withheld: set[str] = field(default_factory=set)
    strangers: list[Row] = field(default_factory=list)
    odd: dict[str, Row] = field(default_factory=dict)
    nobodys: list[Row] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """Return what the stream is about: ``club``, ``province``."""
        return self.name.partition(":")[0]

    @property
    def owner(self) -> str:
        """Return the id of the club or province."""
        return self.name.partition(":")[2]


@dataclass(slots=True)
class Found:
    """What is wrong with streams.

    ``faults`` are in the order in which they are reported, ``doubts`` are what the judge found,
    ``odd`` the first row of each table that is not what the log says. ``unjudged`` is whether
    nobody can be judged by it: a province's own stream, where who was in office is recorded, is
    broken.
    """

    faults: list[Fault] = field(default_factory=list)
    doubts: list[Fault] = field(default_factory=list)
    odd: dict[str, Row] = field(default_factory=dict)
    unjudged: bool = False

    def add(self, other: "Found") -> None:
        """Add what is wrong with what comes after."""
        self.faults += other.faults
        self.doubts += other.doubts
        self.odd = other.odd | self.odd
        self.unjudged = self.unjudged or other.unjudged


@dataclass(frozen=True, slots=True)
class Work:
    """How streams are checked: by themselves, with a judge, with the tables, with personal data."""

    judge: Judge | None = None
    tables: bool = False
    personal: bool = False

    @property
    def folded(self) -> bool:
        """Return whether more than the chains is checked."""
        return self.tables or self.personal or self.judge is not None

    def check(self, part: Part) -> Found:
        """Return what is wrong with a stream."""
        found = Found([gone(row) for row in part.strangers], odd=part.odd)
        stream = read_stream(part.name, part.events, folded=self.folded, judge=self.judge)
        if stream.fault is not None:
            found.unjudged = part.kind != "club"
            found.faults.append(stream.fault)
        else:
            found.doubts += [] if stream.doubt is None else [stream.doubt]
            found.faults += end(stream, part.heads)
            for name, rows in part.tables.items():
                if name not in found.odd:
                    _compare(name, rows, stream.rows.lines(name), found)
        found.faults += map(nobodys, part.nobodys)
        if stream.fault is None and part.people is not None:
            found.faults += _people(stream, part.people, part.withheld)
        return found


def _compare(name: str, here: list[Row], there: list[Row], found: Found) -> None:
    different = set() if here == there else set(here) ^ set(there)
    if different:
        found.odd[name] = next(row for row in (*here, *there) if row in different)


def gone(row: Row) -> Fault:
    """Return the fault of a stream that only the tables know."""
    return Fault(str(row[0]), row[1], _("its events are gone"), "end")


def end(stream: Stream, own: list[Row]) -> Iterator[Fault]:
    """Yield where a stream ends elsewhere than what the tables were made from."""
    if not own:
        reason = _("the tables do not know this stream")
        yield Fault(stream.name, stream.seq, reason, "table")
    elif own[0][1:] != (stream.seq, stream.head):
        reached = own[0][1]
        reason = (
            _("the last event is not the one the tables were made from")
            if reached == stream.seq
            else _("the stream ends here, but the tables were made from it up to event {seq}")
        )
        kind: Kind = "table" if isinstance(reached, int) and reached < stream.seq else "end"
        yield Fault(stream.name, stream.seq, reason.format(seq=reached), kind)


def _people(stream: Stream, rows: list[Row], withheld: set[str]) -> Iterator[Fault]:
    """Yield whose personal data is not what the stream committed to, or is gone."""
    missing = dict(stream.people)
    for _club, member, *rest in rows:
        reason = _personal_reason(rest, missing.pop(member, None), stream.province)
        if reason is not None:
            yield Fault(stream.name, 0, reason.format(member=member), "personal")
    for member in sorted(missing.keys() - withheld):
        reason = _("the personal data of {member} is gone, and nobody erased it")
        yield Fault(stream.name, 0, reason.format(member=member), "personal")


def nobodys(row: Row) -> Fault:
    """Return the fault of personal data that belongs to no club."""
    reason = _("the personal data of {member} is not what the log committed to")
    return Fault(f"club:{row[0]}", 0, reason.format(member=row[1]), "personal")


def _personal_reason(row: Sequence[Any], committed: str | None, owner: str) -> str | None:
    """Return what is wrong with a row of personal data."""
    *texts, salt, name_key, province = row
    try:
        same = is_committed(committed, salt, texts)
    except (TypeError, ValueError):
        same = False
    if not same:
        return _("the personal data of {member} is not what the log committed to")
    if name_key != bare(texts[0]):
        return _("the search key of {member} is not that of the name")
    if province != owner:
        return _("the personal data of {member} is filed under another province")
    return None
