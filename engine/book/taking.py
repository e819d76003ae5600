"""The new rows of a club's workbook through the lifecycle, each its own step or none of it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from engine import codes
from engine.book.plan import Found, Judged
from engine.book.sheets import MEMBERS, PLACE, Values, day_path, fingerprint, form_of
from engine.errors import ClbError, InputError, RefusedError, StorageError
from engine.i18n import _
from engine.labels import LIST_CIRCUMSTANCES, PAPER_SEXES
from engine.lifecycle.lifecycle import Lifecycle, Outcome
from engine.lifecycle.people import Member, RosterWork, member_id
from engine.model import Club, FileRow
from engine.reports import loans
from engine.roster.cells import details
from engine.roster.members import active
from engine.roster.plan import OnList


@dataclass(slots=True)
class Done:
    """A row and what became of it; ``event`` is its number in the club's stream."""

    judged: Judged
    event: int | None = None
    error: ClbError | None = None


class _Undone(Exception):  # noqa: N818  (it is no failure: a preview ends so)
    """Ends the transaction of a preview."""


@dataclass(slots=True)
class Taking:
    """Records the new rows of one workbook, all in one transaction.

    A refused row leaves the others alone. With ``dry_run`` everything is judged in its turn and
    nothing is kept. ``on`` is the day on which new members join.
    """

    lifecycle: Lifecycle
    club: str
    since: int
    officer: str
    on: date
    acks: Mapping[str, str] = field(default_factory=dict)
    dry_run: bool = False

    @property
    def _club(self) -> Club:
        return self.lifecycle.club(self.club)

    def take(self, judged: Iterable[Judged]) -> list[Done]:
        """Return what became of each row. Raises ``StorageError``, ``ConflictError``."""
        rows = [Done(one) for one in judged]
        new = [row for row in rows if row.judged.found is Found.NEW]
        new.sort(key=_when)
        try:
            with self.lifecycle.store.write(by=None if self.dry_run else self.officer):
                self._members([row for row in new if row.judged.key == MEMBERS])
                for row in new:
                    if row.judged.key != MEMBERS:
                        self._one([row], lambda row=row: self._step(row))  # type: ignore[misc]
                if self.dry_run:
                    raise _Undone
        except _Undone:
            pass
        return rows

    def _members(self, rows: list[Done]) -> None:
        added: list[tuple[Done, Member]] = []
        for row in rows:
            try:
                added.append((row, _member(_values(row), self.on)))
            except ClbError as error:
                row.error = error
        if added:
            people = [member for _row, member in added]
            self._one([row for row, _member in added], lambda: self._roster(people))

    def _one(self, rows: list[Done], take: Callable[[], int]) -> None:
        try:
            with self.lifecycle.store.savepoint():
                event = take()
        except StorageError:
            raise
        except ClbError as error:
            for row in rows:
                row.error = error
            return
        for row in rows:
            row.event = None if self.dry_run else event

    def _roster(self, added: list[Member]) -> int:
        there = active(self.lifecycle.store, self._club)
        outcome = self.lifecycle.advance_within(
            self.club,
            MEMBERS,
            {"added": len(added), "changed": 0, "left": 0},
            officer=self.officer,
            on=self.on,
            acknowledged=self.acks,
            prepare=OnList(there, RosterWork(added=added)),
        )
        return _event(outcome)

    def _step(self, row: Done) -> int:
        values = dict(_values(row))
        store, key = self.lifecycle.store, row.judged.key
        if "member" in values and "loan" not in values:
            values["member"] = member_id(store, self._club, values["member"])
        if key == "repay" and "loan" not in values:
            values["loan"] = self._loan(values)
        step, form = form_of(key, values)
        content = {
            "book": self.club,
            "since": self.since,
            "step": step,
            "form": fingerprint(form, 64),
            "number": row.judged.number,
        }
        unique = FileRow(fingerprint(content, 64))

        def take(reasons: Mapping[str, str]) -> int:
            outcome = self.lifecycle.advance_within(
                self.club, step, form, officer=self.officer, acknowledged=reasons, row=unique
            )
            return _event(outcome)

        assert row.judged.line is not None
        try:
            return take(self.acks)
        except RefusedError as error:
            if not row.judged.line.why or not only_warned(error):
                raise
            asked = {one.code: row.judged.line.why for one in error.findings if one.level == "warn"}
            return take({**asked, **self.acks})

    def _loan(self, values: Values) -> int:
        """Return the one loan that a member still owes. Raises ``InputError``."""
        on = date.fromisoformat(values["date"])
        owed = [
            one.seq
            for one in loans.book(self.lifecycle.store, self._club, on)
            if one.member == values["member"] and one.outstanding
        ]
        if len(owed) == 1:
            return owed[0]
        raise InputError(
            _("This member owes nothing on that day.")
            if not owed
            else _("This member has several loans: {loans}.").format(
                loans=", ".join(map(str, owed))
            ),
            code=codes.LOAN_UNKNOWN,
            help=_("Write the number of the loan: clb loan list {club}.").format(club=self.club),
        )


def only_warned(error: ClbError) -> bool:
    """Return whether a reason is all that a row lacks."""
    levels = [one.level for one in error.findings]
    return "warn" in levels and "block" not in levels


def _when(row: Done) -> tuple[str, int, int]:
    line = row.judged.line
    assert line is not None
    key = row.judged.key
    day = "" if key == MEMBERS else str(line.values[day_path(key)])
    return day, PLACE[key], line.row


def _values(row: Done) -> Values:
    assert row.judged.line is not None
    return row.judged.line.values


def _member(values: Values, on: date) -> Member:
    """Return a row of the sheet of members as a member. Raises ``InputError``."""
    sexes = {name: code for code, name in PAPER_SEXES.items()}
    households = {name: code for code, name in LIST_CIRCUMSTANCES.items()}
    given: dict[str, Any] = {**values, "sex": sexes[values["sex"]]}
    if "circumstance" in values:
        given["circumstance"] = households[values["circumstance"]]
    return Member(**details(given, on))


def _event(outcome: Any) -> int:
    found = outcome.event if isinstance(outcome, Outcome) else outcome
    assert found is not None
    return int(found.seq)
