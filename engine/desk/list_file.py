"""The form of a list file: read at once, shown as it would be taken in, recorded when agreed to."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
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
from engine.reports.dossier import Dossier
from engine.roster import household_words
from engine.roster import plan as planning
from engine.roster.asking import KEEP, SKIP, WHOLE, ListInterview, ListRead, list_day
from engine.roster.cells import whole_number
from engine.roster.members import counted, listed
from engine.roster.model import Place, Reading, Rejection
from engine.roster.other_village import other_village
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
        assert self.club is not None
        self._on = list_day(self.club, registry.lifecycle.today(), there=bool(self.there))
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
        assert self.club is not None
        order = tuple(Dossier(registry.store, self.club).places)
        plan = self._worked_out(reading, asked, order)
        self._plan = plan
        self._digest = hashlib.sha256(read_file(Path(name))).hexdigest()
        now = registry.lifecycle.gather.composition(self.club, asked.on)
        assert now.elderly_age is not None
        there = listed(registry.store, self.club, asked.on)
        after = counted(planning.after(there, plan), asked.on, now.elderly_age)
        found = replace(asked.raising(reading.questions), found=ListRead(reading, plan, after))
        found = replace(found, elsewhere=other_village(reading.people, self.club.village))
        findings = (
            *refusals(reading, plan, asked),
            *remarks(reading, plan),
            *_elsewhere(found.elsewhere),
        )
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

    def _worked_out(self, reading: Reading, asked: ListInterview, order: Sequence[str]) -> Plan:
        """Return what the list changes; whoever is there twice comes once, unless they differ."""

        def plan(without: frozenset[Place] = frozenset()) -> Plan:
            return planning.plan(
                reading.people,
                self.there,
                fields=planning.known_fields(reading.columns),
                replacing=asked.says(WHOLE),
                without=without,
                order=order,
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
    hidden = [one for one in reading.rejected if one.expected == whole_number()]
    wrong = [one for one in reading.rejected if one not in hidden]
    if reading.rejected and not asked.says(SKIP):
        if hidden:
            yield _hidden_numbers(hidden)
        for one in wrong[:SHOWN]:
            yield Finding(
                codes.ROSTER_REJECTED,
                Level.BLOCK,
                _("Row {row}, column {column}").format(
                    row=f"{one.sheet} {one.row}".strip(), column=one.column
                ),
                one.expected,
                one.found or "-",
            )
        more = len(wrong) - SHOWN
        if more > 0:
            yield Finding(
                codes.ROSTER_REJECTED, Level.BLOCK, _("... and {count} more.").format(count=more)
            )
    elif not reading.people:
        yield Finding(codes.ROSTER_NOBODY, Level.BLOCK, _("The file names nobody."))
    elif plan.is_idle:
        yield Finding(codes.USAGE, Level.BLOCK, _("Everybody in the file is on the list already."))


def _hidden_numbers(cells: Sequence[Rejection]) -> Finding:
    """Return, once for all its cells, that a list was written with hidden numbers."""
    return Finding(
        codes.ROSTER_REJECTED,
        Level.BLOCK,
        _("This list was written with hidden numbers (columns {columns}).").format(
            columns=", ".join(sorted({one.column for one in cells}))
        ),
        _("the whole numbers, or none of these columns"),
        _("{count} cells with *").format(count=len(cells)),
        fix=_(
            "Delete these columns in Excel, save the file and choose it again with F7: "
            "the numbers on record stay."
        ),
    )


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


def _elsewhere(doubt: str | None) -> Iterator[Finding]:
    """Yield that the list seems to be of another village."""
    if doubt is not None:
        yield Finding(codes.USAGE, Level.NOTE, doubt)
