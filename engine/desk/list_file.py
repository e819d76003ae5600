"""The form of a list file: read at once, shown as it would be taken in, recorded when agreed to."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from engine import codes
from engine.desk.filling import Judged, Recorded, tried
from engine.desk.people import ListFilling
from engine.files import read_file
from engine.i18n import _
from engine.interview.interview import Interview
from engine.lifecycle.people import RosterWork
from engine.lifecycle.registry import Registry
from engine.model import Finding, Level
from engine.roster import household_words
from engine.roster import plan as planning
from engine.roster.asking import KEEP, SKIP, WHOLE, ListInterview, ListRead
from engine.roster.members import counted, listed
from engine.roster.model import Place, Reading
from engine.roster.plan import Plan
from engine.roster.remarks import namesake

SHOWN = 20
"""Bad cells and namesakes that are shown; more of them are corrected in the file first."""


class ListFileFilling(ListFilling):
    """A list file on its way into a club."""

    def __init__(self, club: str, officer: str) -> None:
        super().__init__(club, officer)
        self._known: tuple[tuple[object, ...], Reading] | None = None
        self._on = date.min
        self._plan = Plan()
        self._digest = ""

    def begin(self, registry: Registry) -> Interview:
        """Return the questions about a list file."""
        self.seen(registry)
        self._on = registry.lifecycle.today()
        return ListInterview(on=self._on, there=bool(self.there))

    def judge(self, registry: Registry, asked: Interview) -> Judged:
        """Read the file, and say of it what cannot be read, who is there twice, what is odd.

        Raises ``InputError`` for a file that is no list at all.
        """
        assert isinstance(asked, ListInterview)
        name = asked.answers.get("file")
        if not name:
            return Judged((), replace(asked, found=None, raised=()))
        reading = self._reading(Path(name), asked.list_answers())
        plan = self._worked_out(reading, asked)
        self._plan = plan
        self._digest = hashlib.sha256(read_file(Path(name))).hexdigest()
        assert self.club is not None
        now = registry.lifecycle.gather.composition(self.club, asked.on)
        assert now.elderly_age is not None
        there = listed(registry.store, self.club_id, asked.on)
        after = counted(planning.after(there, plan), asked.on, now.elderly_age)
        found = replace(asked.raising(reading.questions), found=ListRead(reading, plan, after))
        findings = (*refusals(reading, plan, asked), *remarks(reading, plan))
        if not reading.questions and not any(one.level is Level.BLOCK for one in findings):
            findings += tried(lambda: self.change(registry, found, {}, dry_run=True))
        return Judged(findings, found)

    def _reading(self, path: Path, answers: Mapping[str, str]) -> Reading:
        from engine.roster.reader import read

        assert self.club is not None
        known = {**household_words.known(self.club.province), **answers}
        mark = (str(path), path.stat().st_mtime_ns, tuple(sorted(known.items())))
        if self._known is None or self._known[0] != mark:
            self._known = (mark, read(path, on=self._on, answers=known))
        return self._known[1]

    def _worked_out(self, reading: Reading, asked: ListInterview) -> Plan:
        """Return what the list changes; whoever is there twice comes once, unless they differ."""

        def plan(without: frozenset[Place] = frozenset()) -> Plan:
            return planning.plan(
                reading.people,
                self.there,
                fields=planning.known_fields(reading.columns),
                replacing=asked.says(WHOLE),
                without=without,
            )

        first = plan()
        if not first.duplicates or asked.says(KEEP):
            return first
        left_out = frozenset(
            place
            for one in first.duplicates
            for place in (one.places if one.members and not asked.says(WHOLE) else one.places[1:])
        )
        return replace(plan(left_out), duplicates=first.duplicates)

    def work(self, asked: Interview) -> RosterWork:
        """Return what the list changes."""
        del asked
        return self._plan.work(self.there)

    def write(self, registry: Registry, asked: Interview, reasons: Mapping[str, str]) -> Recorded:
        """Record the list, and remember what words for households mean here."""
        assert isinstance(asked, ListInterview)
        assert self.club is not None
        done = super().write(registry, asked, reasons)
        household_words.keep(self.club.province, asked.list_answers())
        return done

    def more(self) -> Mapping[str, Any]:
        """Return the file's digest, which the log keeps."""
        return {"file": self._digest}

    def sentence(self, asked: Interview) -> str:
        """Return how many were taken in."""
        del asked
        return _("Imported: {taken} (new {added}, changed {changed}); left: {left}.").format(
            taken=self._plan.taken,
            added=len(self._plan.added),
            changed=len(self._plan.changed),
            left=len(self._plan.left),
        )


def refusals(reading: Reading, plan: Plan, asked: ListInterview) -> Iterator[Finding]:
    """Yield what keeps a list from being taken in as it is."""
    if reading.rejected and not asked.says(SKIP):
        for one in reading.rejected[:SHOWN]:
            yield Finding(
                codes.ROSTER_REJECTED,
                Level.BLOCK,
                _("Row {row}, column {column}").format(
                    row=f"{one.sheet} {one.row}".strip(), column=one.column
                ),
                one.expected,
                one.found or "-",
            )
        more = len(reading.rejected) - SHOWN
        if more > 0:
            yield Finding(
                codes.ROSTER_REJECTED, Level.BLOCK, _("... and {count} more.").format(count=more)
            )
    elif not reading.people:
        yield Finding(codes.ROSTER_NOBODY, Level.BLOCK, _("The file names nobody."))
    elif plan.is_idle:
        yield Finding(codes.USAGE, Level.BLOCK, _("Everybody in the file is on the list already."))


def remarks(reading: Reading, plan: Plan) -> Iterator[Finding]:
    """Yield what was read, who is there twice, and what was understood and not simply copied."""
    yield Finding(
        codes.USAGE,
        Level.NOTE,
        _("Read: {count} people.").format(count=len(reading.people)),
    )
    for one in plan.duplicates[:SHOWN]:
        yield Finding(codes.ROSTER_DUPLICATES, Level.NOTE, namesake(one))
    for remark in reading.remarks:
        yield Finding(codes.USAGE, Level.NOTE, remark)
