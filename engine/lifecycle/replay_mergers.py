"""Judging again how provinces became parts of others: each merger is in two streams, by one person.

Where a computer is a commune's, its database may hold one of the two only, or an old copy of it: a
merger is not held against its counterpart there.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from engine.i18n import _
from engine.lifecycle import replay_offices as offices
from engine.lifecycle.merger import WHOLE
from engine.model import Event
from engine.store.database import Store
from engine.store.rows import Rows

STREAMS = "SELECT DISTINCT stream FROM event WHERE substr(stream, 1, 9) = 'province:'"
PARTNERS = "SELECT own AND commune IS NOT NULL FROM partner"
STEPS = {"merge": "into", "merge_in": "from"}
"""The steps of a merger, each with the field that names the other province."""


class Mergers:
    """The mergers that the streams of provinces record, of both sides."""

    def __init__(self, store: Store) -> None:
        self._streams = {str(one).partition(":")[2] for (one,) in store.rows(STREAMS)}
        partners = [bool(own) for (own,) in store.rows(PARTNERS)]
        self._exchanged, self._of_a_commune = bool(partners), any(partners)
        self._merges: list[tuple[str, str, str, str]] = []
        self._taken: dict[str, list[tuple[str, str, str, date]]] = {}

    def enter(self, event: Event, province: str, recorded: date) -> None:
        """Note an event of a merger. Raises ``KeyError`` for a form that is none."""
        form = event.form
        if event.step == "merge":
            self._merges.append((province, form["into"], form["date"], form["document"]))
        elif event.step == "merge_in":
            here = self._taken.setdefault(province, [])
            here.append((form["from"], form["date"], form["document"], recorded))

    def takes_over(self, province: str, on: date) -> bool:
        """Return whether a province took another one over on the day of recording."""
        return any(one[3] == on for one in self._taken.get(province, ()))

    def can_know(self, province: str) -> bool:
        """Return whether what another province records must be in this database."""
        if self._of_a_commune:
            return False
        return province in self._streams or not self._exchanged

    def misfits(self, event: Event, province: str, kept: Rows) -> Iterator[str]:
        """Yield what a merger contradicts, in the stream of the province that it is in."""
        form = dict(event.form)
        other = form[STEPS[event.step]]
        if form["date"] != event.on.isoformat():
            yield _("the day of its form is not the day of the event")
        if not isinstance(form["document"], str) or not form["document"].strip():
            yield _("a merger names no document")
        if other == province:
            yield _("a province is merged into itself")
        if event.step == "merge":
            yield from self._merge(form, province, kept)
        elif self.can_know(other) and not self._merges_of(other, province, form):
            yield _("the other province's own log does not have the merger")

    def _merge(self, form: dict[str, Any], province: str, kept: Rows) -> Iterator[str]:
        before = [str(row["successor"]) for row in kept.of("merger")]
        if before and not self._merges_of(before[-1], form["into"], form):
            yield _("the province was a part of another one by then")
        if not self.can_know(form["into"]):
            return
        parts = {province, *before[-1:]}
        taken = self._taken.get(form["into"], ())
        if not any(
            one in parts and (on, document) == (form["date"], form["document"])
            for one, on, document, _recorded in taken
        ):
            yield _("the other province's own log does not have the merger")

    def _merges_of(self, old: str, into: str, form: dict[str, Any]) -> bool:
        return (old, into, form["date"], form["document"]) in self._merges


def follow(form: dict[str, Any], records: offices.Recorded, kept: Rows) -> bool:
    """Return whether a merger records what its form says, and ends offices of the whole alone."""
    rows = [row for _table, row in records]
    tables = [table for table, _row in records]
    merged = {"successor": form["into"], "since": form["date"], "document": form["document"]}
    if rows[:1] != [merged] or tables != ["merger"] + ["officer_ended"] * (len(rows) - 1):
        return False
    return (
        offices.are_of(rows[1:], kept)
        and all(row["until"] == form["date"] for row in rows[1:])
        and _of_the_whole(rows[1:], form["date"], kept)
    )


def _of_the_whole(ended: Sequence[offices.Row], on: str, kept: Rows) -> bool:
    own = {row["seq"]: row for row in kept.of("officer")}
    found = [own[row["of"]] for row in ended]
    return all(one["role"] in WHOLE and not offices.is_over(one, on) for one in found)
