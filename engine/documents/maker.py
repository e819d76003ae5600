"""The papers of one club as files: one of them, or those of a stage in a folder."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from engine import codes
from engine.documents.dossier import NEXT, by_hand, of_stages
from engine.documents.fields import meaning, why
from engine.documents.papers import Contents, Paper, paper
from engine.documents.render import Filled, Template, template
from engine.errors import ClbError
from engine.files import Failure, write_file, writing
from engine.i18n import N_, _
from engine.labels import stage_name
from engine.lifecycle.registry import Registry
from engine.model import Club
from engine.reports.dossier import Dossier

SUFFIX = ".docx"
PAPER = Failure(
    ClbError, codes.DOCUMENT_WRITE, N_("Close it in Word if it is open there, then try again.")
)
"""How a paper that cannot be written is reported."""


@dataclass(frozen=True, slots=True)
class Made:
    """A paper that was made, with what is left open in it."""

    paper: Paper
    contents: Contents
    filled: Filled
    template: Template

    @property
    def notices(self) -> tuple[str, ...]:
        """What whoever prints it must know, in sentences."""
        if not self.filled.unknown:
            return self.contents.notices
        asked = _("The template {name} asks for what nobody knows: {fields}.").format(
            name=self.template.name, fields=", ".join(self.filled.unknown)
        )
        return (*self.contents.notices, asked)

    @property
    def blanks(self) -> list[dict[str, str]]:
        """What is blank, each with its meaning and why."""
        return [
            {
                "field": path,
                "meaning": meaning(path),
                "why": why(path, self.contents.record, self.paper.steps),
            }
            for path in self.filled.blanks
        ]

    @property
    def by_hand(self) -> list[str]:
        """The labels of the places that are left to be written in."""
        return by_hand(self.filled.data)


class PaperMaker:
    """Makes papers of one club from its file, read once. ``as_of`` is the day they are of."""

    def __init__(self, registry: Registry, club: Club, as_of: date | None = None) -> None:
        self._lifecycle = registry.lifecycle
        self._as_of = as_of
        self.club = club
        self._plugin = registry.provinces.plugin(club.province)
        self._rules = registry.provinces.rules(club.province)
        self._units = self._lifecycle.gather.units(club.province)
        self._dossier = Dossier(registry.store, club)

    def of_stages(self, stages: Collection[str]) -> tuple[Paper, ...]:
        """Return the papers of some stages in their order."""
        return of_stages(stages, {one.step for one in self._dossier.records}, self._rules)

    def paper(self, named: str) -> Paper:
        """Return the paper of that id or title, one of the province's own kinds too.

        Raises ``UnknownError``.
        """
        return paper(named, self._rules)

    def require_may(self, wanted: Collection[Paper], officer: str) -> None:
        """Refuse papers that name members to who may not take the list out.

        Raises ``NotPermittedError``.
        """
        if any(one.names_members for one in wanted):
            self._lifecycle.require_may(self.club.id, "export", officer=officer)

    def make(self, wanted: Paper, given: Path | None = None, entry: int | None = None) -> Made:
        """Return a paper, filled. Raises ``ClbError``.

        ``given`` is a template of one's own, ``entry`` the number of what it is about.
        """
        contents = wanted.contents(
            self._dossier,
            self._rules,
            units=self._units,
            as_of=self._as_of,
            today=self._lifecycle.today(),
            entry=entry,
        )
        form = template(wanted.file, self._plugin, given)
        return Made(wanted, contents, contents.filled(form), form)

    def fill(self, folder: Path, wanted: Sequence[Paper]) -> list[tuple[Path, Made]]:
        """Write papers into a folder, numbered in their order. Raises ``ClbError``."""
        with writing(folder, PAPER):
            folder.mkdir(parents=True, exist_ok=True)
        found = [(folder / name, made) for name, made in self.make_all(wanted)]
        for path, made in found:
            write_file(path, made.filled.data, PAPER)
        return found

    def make_all(self, wanted: Sequence[Paper]) -> list[tuple[str, Made]]:
        """Return papers, each with its file's name, numbered in their order."""
        return [
            (f"{place:02} {one.title}{SUFFIX}", self.make(one))
            for place, one in enumerate(wanted, start=1)
        ]


def next_stages(club: Club) -> tuple[str, ...]:
    """Return the stages whose papers a club needs next."""
    return NEXT[club.state]


def paper_words(wanted: Paper, club: Club) -> tuple[str, ...]:
    """Return the words of a paper's file name: clubs of one name differ by where they are."""
    return (wanted.title, *place_words(club))


def folder_words(stages: Sequence[str], club: Club) -> tuple[str, ...]:
    """Return the words of the name of a folder with the papers of some stages."""
    called = [stage_name(one) for one in stages] if len(stages) == 1 else []
    return (_("Papers"), *called, *place_words(club))


def place_words(club: Club) -> tuple[str, ...]:
    """Return the words that distinguish a club from another of its name."""
    return (club.name, club.village, club.commune)


def open_places(blanks: Sequence[Mapping[str, Any]], hand: Sequence[str]) -> Iterator[str]:
    """Yield what is blank in a paper and why, and what is left to be written by hand."""
    for blank in blanks:
        yield _("  blank: {meaning} ({why})").format(**blank)
    if hand:
        yield _("  by hand: {places}").format(places="; ".join(hand))


def listing(
    papers: Sequence[tuple[str, Sequence[Mapping[str, Any]], Sequence[str], Sequence[str]]],
) -> Iterator[str]:
    """Yield what is open in each paper of a folder; what is to be noted of all of them, once.

    A paper is the name of its file, what is blank, what is left to be written and its notices.
    """
    notices = [own for _name, _blanks, _hand, own in papers]
    first = notices[0] if len(notices) > 1 else ()
    of_all = [one for one in first if all(one in more for more in notices)]
    for notice in of_all:
        yield _("  note: {notice}").format(notice=notice)
    for name, blanks, hand, own in papers:
        yield from ("", name, *open_places(blanks, hand))
        for notice in own:
            if notice not in of_all:
                yield _("  note: {notice}").format(notice=notice)
