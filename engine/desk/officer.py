"""The forms about officers: a new one, and one whose name or place is put right."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from engine import codes
from engine.desk.filling import Filling, Judged, Recorded
from engine.i18n import _
from engine.interview.interview import Interview
from engine.interview.sheet import Sheet
from engine.labels import office_name
from engine.lifecycle.new_officer import correct, made, present, questions, questions_now
from engine.lifecycle.registry import Registry
from engine.model import Finding, Level, Officer, Role


class OfficerFilling(Filling):
    """A new officer, whom an administrator adds."""

    def __init__(self, officer: str) -> None:
        self.officer = self._works_here = officer
        self._admins: tuple[Officer, ...] = ()

    def begin(self, registry: Registry) -> Interview:
        """Return the questions; for who is no administrator, with that in the way."""
        asked, where = self.questions(registry)
        self._admins = tuple(
            one
            for one in registry.officers.everybody()
            if one.role is Role.ADMIN and one.province == where
        )
        if self.officer in {one.id for one in self._admins}:
            return asked
        return replace(asked, in_the_way=(_only_administrators(self._admins),))

    def questions(self, registry: Registry) -> tuple[Sheet, str]:
        """Return the questions, and the province whose administrator answers them."""
        where = present(registry, self._works_here).province
        return questions(registry, self._works_here), where

    def others(self, asked: Interview) -> tuple[Officer, ...]:
        """Return the administrators, who may do it."""
        return self._admins if asked.obstacles() else ()

    def hand_over(self, officer: str) -> None:
        """Let an administrator, who sits here now, do it."""
        self.officer = officer

    def judge(self, registry: Registry, asked: Interview) -> Judged:
        """Find nothing: each answer is judged by itself, the whole when it is written."""
        del registry
        return Judged((), asked)

    def write(self, registry: Registry, asked: Interview, reasons: Mapping[str, str]) -> Recorded:
        """Add the officer."""
        del reasons
        kept = registry.officers.add(made(registry, asked.form()), by=self.officer)
        return Recorded((_("Added:"), *lines(registry, (kept,))))


class CorrectionFilling(OfficerFilling):
    """The name, body and commune of an officer who is there."""

    def __init__(self, officer: str, which: str) -> None:
        super().__init__(officer)
        self._which = which

    def questions(self, registry: Registry) -> tuple[Sheet, str]:
        """Return the questions with what is on record."""
        return questions_now(registry, self._which), present(registry, self._which).province

    def write(self, registry: Registry, asked: Interview, reasons: Mapping[str, str]) -> Recorded:
        """Correct the officer."""
        del reasons
        offices = correct(registry, self._which, asked.form(), self.officer)
        return Recorded(tuple(lines(registry, offices)))


def lines(registry: Registry, offices: Sequence[Officer]) -> Iterator[str]:
    """Yield the offices that somebody has now, and whether their communes were looked up."""
    provinces = registry.provinces
    for one in offices:
        office = office_name(one, city=provinces.is_city(one.province))
        yield f"{one.name}: {office}, {provinces.name(one.province)}"
        if one.of_one_commune and not registry.officers.is_checked(one.province, one.since):
            yield _("No list of communes is loaded: {name} was not checked.").format(
                name=one.commune
            )


def _only_administrators(admins: Sequence[Officer]) -> Finding:
    return Finding(
        codes.OFFICER_ADMIN,
        Level.BLOCK,
        _("Only an administrator adds and changes officers."),
        who=", ".join(one.name for one in admins) or None,
        permission=True,
    )
