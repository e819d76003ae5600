"""A workbook as read, held against the log: what is new, known, changed, unclear or missing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from engine.book.entries import Book, Entry
from engine.book.reader import Line, ReadBook
from engine.book.sheets import (
    CHANGES,
    MEMBERS,
    PAIRS,
    PRESENT,
    day_path,
    differing,
    fingerprint,
)
from engine.i18n import _
from engine.states import step as find_step
from engine.vietnamese.text import dmy


class Found(StrEnum):
    """What a row is, held against the log.

    ``CHANGED``: it was recorded, and the file has something else now. ``UNCLEAR``: it is like
    something recorded since the workbook was written, or that was changed at both ends. ``OLDER``:
    only the log has something else. ``MISSING``: it is in the log and no longer in the file.
    """

    NEW = "new"
    KNOWN = "known"
    CHANGED = "changed"
    UNCLEAR = "unclear"
    OLDER = "older"
    MISSING = "missing"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Judged:
    """A row of the file, what it is, and the row of the log that it is about.

    ``number`` counts new rows of one content, so that two alike are two.
    """

    key: str
    found: Found
    line: Line | None = None
    entry: Entry | None = None
    paths: tuple[str, ...] = ()
    number: int = 1


def hold(read: ReadBook, book: Book) -> list[Judged]:
    """Return every row of a workbook as the log has it, and what it no longer has."""
    return [
        judged
        for key in book.entries
        if key in read.keys
        for judged in _Sheet(key, read, book.entries[key]).judged()
    ]


class _Sheet:
    """One sheet against the rows that the log has for it."""

    def __init__(self, key: str, read: ReadBook, entries: Sequence[Entry]) -> None:
        self._key = key
        self._seq = read.seq
        self._lines = [line for line in read.lines if line.key == key]
        self._entries = {entry.id: entry for entry in entries}

    def judged(self) -> Iterator[Judged]:
        marked: dict[str, list[Line]] = {}
        new: list[Line] = []
        for line in self._lines:
            if line.id:
                marked.setdefault(line.id, []).append(line)
            else:
                new.append(line)
        kept: set[str] = set()
        for id_, lines in marked.items():
            first = min(lines, key=lambda line: self._likeness(id_, line))
            # A copied row has the mark of the row it was copied from.
            new += [line for line in lines if line is not first]
            kept.add(id_)
            yield self._of_marked(id_, first)
        free = [one for id_, one in self._entries.items() if id_ not in kept]
        since = [one for one in free if one.seq > self._seq]
        yield from self._of_new(sorted(new, key=lambda line: line.row), since)
        for one in free:
            if one.seq <= self._seq:
                yield Judged(self._key, Found.MISSING, entry=one)

    def _likeness(self, id_: str, line: Line) -> int:
        """Return how far a marked row is from what it was: 0 for the row itself."""
        entry = self._entries.get(id_)
        if entry is not None and not differing(line.paths, line.values, entry.values):
            return 0
        return 1 if line.print == fingerprint(line.values) else 2

    def _of_marked(self, id_: str, line: Line) -> Judged:
        entry = self._entries.get(id_)
        untouched = line.print == fingerprint(line.values) and not line.ticked
        if entry is None:
            return Judged(self._key, Found.OLDER if untouched else Found.UNCLEAR, line)
        if line.bad:
            return Judged(self._key, Found.WRONG, line, entry)
        paths = tuple(differing(line.paths, line.values, entry.values))
        if not paths:
            return Judged(self._key, Found.KNOWN, line, entry)
        if untouched:
            return Judged(self._key, Found.OLDER, line, entry, paths)
        as_written = line.print == fingerprint(entry.values)
        return Judged(self._key, Found.CHANGED if as_written else Found.UNCLEAR, line, entry, paths)

    def _of_new(self, lines: Iterable[Line], since: list[Entry]) -> Iterator[Judged]:
        """Yield what rows without a mark are, held against what was recorded since."""
        left: list[Line] = []
        counted: dict[str, int] = {}
        for line in lines:
            if line.bad:
                yield Judged(self._key, Found.WRONG, line)
                continue
            same = next(
                (one for one in since if not differing(line.paths, line.values, one.values)), None
            )
            if same is None:
                left.append(line)
                continue
            since.remove(same)
            content = fingerprint(line.values)
            counted[content] = counted.get(content, 0) + 1
            yield Judged(self._key, Found.KNOWN, line, same)
        for line in left:
            like = next((one for one in since if self._is_like(line, one)), None)
            if like is not None:
                paths = tuple(differing(line.paths, line.values, like.values))
                yield Judged(self._key, Found.UNCLEAR, line, like, paths)
                continue
            content = fingerprint(line.values)
            counted[content] = counted.get(content, 0) + 1
            yield Judged(self._key, Found.NEW, line, number=counted[content])

    def _is_like(self, line: Line, entry: Entry) -> bool:
        """Return whether a new row seems to be a recorded one that was typed otherwise."""
        if self._key == MEMBERS:
            keep = ("name", "born")
            return all(line.values.get(path) == entry.values.get(path) for path in keep)
        paths = differing(line.paths, line.values, entry.values)
        known = (day_path(self._key), "document")
        return len(paths) == 1 and any(
            path in line.values and line.values[path] == entry.values.get(path) for path in known
        )


def advice(book: Book, judged: Judged) -> str:
    """Return the command that corrects a recorded row as the file has it; empty for none."""
    line, entry, club = judged.line, judged.entry, book.club.id
    if line is None or entry is None:
        return ""
    changes = {path: line.values.get(path, "") for path in judged.paths}
    if judged.key == MEMBERS:
        options = "".join(
            f" --{path.replace('_', '-')} {_quoted(text)}" for path, text in changes.items()
        )
        return f"clb member edit {club} {entry.id}{options}"
    step = find_step(entry.step)
    if step.corrected and not changes.keys() & set(step.fixed):
        activities = ",".join(
            path.partition(".")[2] for path in line.values if path.startswith("activities.")
        )
        given = {
            ("activities" if path.startswith("activities.") else path): text
            for path, text in changes.items()
        }
        if "activities" in given:
            given["activities"] = f"[{activities}]"
        for path in {PRESENT, PAIRS} & given.keys():
            given[path] = ", ".join(given[path])
        sets = "".join(
            f" --set {_quoted(f'changes.{path}={text}')}" for path, text in given.items()
        )
        return f"clb advance {club} correct --set seq={entry.seq}{sets}"
    if judged.key == CHANGES and entry.step != "repay":
        return f"clb loan show {club} {entry.values['loan']}"
    return f"clb fund record {club} --kind reversal --reverses {entry.seq}"


def _quoted(text: str) -> str:
    """Return a text as one word of a command, for the shells of Windows and of other systems."""
    return '"' + text.replace('"', r"\"") + '"'


def sentence(book: Book, judged: Judged) -> str:
    """Return what a row is, where somebody has to know of it."""
    which = _which(book, judged.key, judged.entry) if judged.entry is not None else ""
    return {
        Found.CHANGED: _("{which} is recorded and was changed in the workbook."),
        Found.UNCLEAR: _("This row is nearly what was recorded meanwhile: {which}.")
        if which
        else _("What this row was is no longer in the log, and the row was changed."),
        Found.OLDER: _("{which} was corrected after the workbook was written.")
        if which
        else _("What this row was has been taken back since."),
        Found.MISSING: _("{which} is no longer in the workbook; in the log it stays."),
    }.get(judged.found, "").format(which=which)


def _which(book: Book, key: str, entry: Entry) -> str:
    """Return what people know a recorded row by: who it is, or its day and number."""
    if key == MEMBERS:
        return _("The member {name}").format(name=book.label(entry.id))
    day = dmy(date.fromisoformat(entry.values[day_path(key)]))
    return _("What was recorded on {day} (event {seq})").format(day=day, seq=entry.seq)
