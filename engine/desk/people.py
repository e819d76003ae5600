"""The forms about one member: somebody new, changes, somebody who leaves."""

from abc import abstractmethod
from collections.abc import Mapping
from datetime import date
from typing import Any

from engine.desk.filling import Filling, Judged, Recorded, recorded, tried
from engine.i18n import _
from engine.interview.interview import Interview
from engine.lifecycle.lifecycle import Outcome
from engine.lifecycle.people import Member, RosterWork
from engine.lifecycle.registry import Registry
from engine.model import Club
from engine.roster.asking import LeavingInterview, MemberInterview
from engine.roster.members import active
from engine.roster.plan import OnList


class ListFilling(Filling):
    """A change of one club's list, recorded as one step."""

    step = "roster"

    def __init__(self, club: str, officer: str) -> None:
        self.club_id, self.officer = club, officer
        self.club: Club | None = None
        self.there: tuple[Member, ...] = ()

    def seen(self, registry: Registry) -> Club:
        """Read the club and its list: the change counts only while they are the same."""
        self.club = registry.lifecycle.club(self.club_id)
        self.there = active(registry.store, self.club)
        return self.club

    def about(self, asked: Interview) -> str:
        """Return the club with its village and commune."""
        del asked
        one = self.club
        return f"{one.name}, {one.village}, {one.commune}" if one else ""

    def member(self, id_: str) -> Member:
        """Return a member of the list."""
        return next(one for one in self.there if one.id == id_)

    @abstractmethod
    def work(self, asked: Interview) -> RosterWork:
        """Return the change that was answered. Raises ``InputError``."""

    def judge(self, registry: Registry, asked: Interview) -> Judged:
        """Judge the change once everything is filled in."""
        if not asked.is_complete():
            return Judged((), asked)
        return Judged(tried(lambda: self.change(registry, asked, {}, dry_run=True)), asked)

    def write(self, registry: Registry, asked: Interview, reasons: Mapping[str, str]) -> Recorded:
        """Record the change."""
        done = recorded(registry, self.change(registry, asked, reasons, dry_run=False))
        return Recorded((self.sentence(asked), *done.lines[1:]), done.club)

    def more(self) -> Mapping[str, Any]:
        """Return what else is recorded of the change."""
        return {}

    @abstractmethod
    def sentence(self, asked: Interview) -> str:
        """Return what was done, in a sentence."""

    def change(
        self, registry: Registry, asked: Interview, reasons: Mapping[str, str], *, dry_run: bool
    ) -> Outcome:
        """Record the change, or only try it. Raises ``ClbError``."""
        work = self.work(asked)
        form: dict[str, Any] = {
            "added": len(work.added),
            "changed": len(work.changed),
            "left": len(work.left),
            "reason": asked.answers.get("reason"),
            **self.more(),
        }
        day = asked.answers.get("date")
        return registry.lifecycle.advance(
            self.club_id,
            self.step,
            form,
            officer=self.officer,
            on=date.fromisoformat(day) if day else registry.lifecycle.today(),
            acknowledged=reasons,
            dry_run=dry_run,
            prepare=OnList(self.there, work),
        )


class MemberFilling(ListFilling):
    """The form of a member: a new one, or changes of one who is there."""

    def __init__(self, club: str, officer: str, member: str | None = None) -> None:
        super().__init__(club, officer)
        self._member = member

    def begin(self, registry: Registry) -> Interview:
        """Return the questions about the member."""
        club = self.seen(registry)
        return MemberInterview(
            on=registry.lifecycle.today(),
            there=self.there,
            member=self.member(self._member) if self._member else None,
            village=club.village,
        )

    def work(self, asked: Interview) -> RosterWork:
        """Return the member that was answered."""
        assert isinstance(asked, MemberInterview)
        wanted = asked.wanted()
        return RosterWork(changed=[wanted]) if self._member else RosterWork(added=[wanted])

    def sentence(self, asked: Interview) -> str:
        """Return who is on the list now."""
        assert isinstance(asked, MemberInterview)
        if self._member:
            return _("Changed: {name}").format(name=asked.wanted().name)
        return _("Added: {name}").format(name=asked.wanted().name)


class LeavingFilling(ListFilling):
    """The form of a member who leaves."""

    def __init__(self, club: str, officer: str, member: str) -> None:
        super().__init__(club, officer)
        self._member = member

    def begin(self, registry: Registry) -> Interview:
        """Return the questions about the leaving."""
        self.seen(registry)
        return LeavingInterview(on=registry.lifecycle.today(), member=self.member(self._member))

    def about(self, asked: Interview) -> str:
        """Return who leaves which club."""
        return f"{self.member(self._member).name} · {super().about(asked)}"

    def work(self, asked: Interview) -> RosterWork:
        """Return the leaving."""
        del asked
        return RosterWork(left=[self._member])

    def sentence(self, asked: Interview) -> str:
        """Return who left."""
        del asked
        return _("Left the club: {name}").format(name=self.member(self._member).name)
