"""Questions about a club's list: one member, somebody who leaves, a list file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Self

from engine.errors import InputError
from engine.i18n import _
from engine.interview import names
from engine.interview.interview import Interview
from engine.interview.question import Answer, Choice, Kind, Question
from engine.labels import CIRCUMSTANCES, SEXES, circumstance_name, sex_name
from engine.lifecycle.people import Member
from engine.model import Club, Composition, State
from engine.roster.cells import READERS
from engine.roster.columns import masked
from engine.roster.model import Question as ListQuestion
from engine.roster.model import Reading
from engine.roster.plan import Plan, who
from engine.vietnamese.dates import born_text
from engine.vietnamese.text import number

NUMBERS = ("id_number", "phone")
"""What is never shown: a blank keeps what is on record."""
WHOLE, SKIP, KEEP = "?whole", "?skip", "?keep"
"""Questions about a list file: none of them is part of the record."""
OPEN = "?list."
"""What the paths of questions that a list leaves open begin with, before their keys."""


@dataclass(frozen=True, kw_only=True)
class MemberInterview(Interview):
    """The interview about a member. ``there`` is the club's list, ``member`` who is changed.

    ``village`` is the club's, which most members live in.
    """

    on: date
    there: tuple[Member, ...]
    member: Member | None = None
    village: str = ""

    @property
    def today(self) -> date:
        """Return the present day."""
        return self.on

    @property
    def subject(self) -> str:
        """Return the id of what is filled in."""
        return "member"

    @property
    def title(self) -> str:
        """Return what is being done."""
        return _("a new member") if self.member is None else _("changes of a member")

    def ask(self) -> tuple[Question, ...]:
        """Return the questions, with what is on record."""
        return tuple(self._asked())

    def _asked(self) -> Iterator[Question]:
        one = self.member
        known = one or Member("", "", "")
        yield Question(
            "name", Kind.TEXT, _("Full name"), example="Trần Văn Đức", default=known.name or None
        )
        yield Question(
            "born",
            Kind.TEXT,
            _("Born"),
            _("The whole date, or the month and year, or the year alone, as it is known."),
            "02/05/1950",
            default=born_text(known.born) if known.born else None,
        )
        yield Question(
            "sex",
            Kind.CHOICE,
            _("Sex"),
            choices=tuple(Choice(sex, sex_name(sex)) for sex in SEXES),
            default=known.sex or None,
        )
        yield Question(
            "circumstance",
            Kind.CHOICE,
            _("Household"),
            choices=(
                *(Choice(kind, circumstance_name(kind)) for kind in CIRCUMSTANCES),
                Choice("none", _("none of these")),
            ),
            default=known.circumstance or "none",
        )
        yield Question(
            "village",
            Kind.TEXT,
            _("Village or residential group"),
            required=False,
            default=known.village if one else self.village or None,
        )
        for field, title, example in (
            ("id_number", _("Identity number (CCCD)"), "027150001234"),
            ("phone", _("Phone number"), "0912345678"),
        ):
            held = getattr(known, field)
            yield Question(
                field,
                Kind.TEXT,
                title,
                _("Blank keeps what is on record.") if held else None,
                example,
                required=False,
                now=masked(held) if held else None,
            )
        yield Question("note", Kind.TEXT, _("A note"), required=False, default=known.note)

    def judge(self, question: Question, answer: Answer) -> Answer:
        """Read it as a list is read, and ask about somebody who seems to be there already."""
        if question.path == "born":
            born = READERS["born"](str(answer.value), self.on)
            return self._doubted(replace(answer, shown=born_text(str(born))), {"born": born})
        if question.path in ("name", *NUMBERS):
            value = READERS[question.path](str(answer.value), self.on)
            found = Answer(value, str(value or ""))
            if question.path != "name":
                return found
            found = replace(found, remarks=tuple(names.remarks(str(value))))
            return self._doubted(found, {"name": value})
        return answer

    def _doubted(self, answer: Answer, given: Mapping[str, Any]) -> Answer:
        """Return the answer with the question whether a namesake is somebody else."""
        typed = {**self.answers, **given}
        name, born = typed.get("name"), typed.get("born")
        if not name or not born:
            return answer
        person = who(str(name), str(READERS["born"](str(born), self.on)))
        own = self.member.id if self.member else None
        same = [
            one
            for one in self.there
            if one.id != own and one.name and who(one.name, one.born) == person
        ]
        if not same:
            return answer
        return replace(
            answer,
            doubt=_(
                "{name}, born {year}, is on the club's list already. Is this another person?"
            ).format(name=same[0].name, year=same[0].born[:4]),
        )

    def wanted(self) -> Member:
        """Return the member as answered. Raises ``InputError``."""
        typed = {
            path: "" if value is None else str(value)
            for path, value in self.answers.items()
            if value is not None or path not in NUMBERS
        }
        read: dict[str, Any] = {
            field: READERS[field](text, self.on) for field, text in typed.items()
        }
        return replace(self.member or Member("", "", ""), **read)


@dataclass(frozen=True, kw_only=True)
class LeavingInterview(Interview):
    """The interview about a member who leaves the club."""

    on: date
    member: Member

    @property
    def today(self) -> date:
        """Return the present day."""
        return self.on

    @property
    def subject(self) -> str:
        """Return the id of what is filled in."""
        return "leave"

    @property
    def title(self) -> str:
        """Return what is being done."""
        return _("a member leaves the club")

    def ask(self) -> tuple[Question, ...]:
        """Return the day and the reason."""
        return (
            Question(
                "date",
                Kind.DAY,
                _("Since"),
                example="15/09/2025",
                default=self.on.isoformat(),
                default_because=_("today"),
            ),
            Question(
                "reason",
                Kind.TEXT,
                _("Reason"),
                _("Why; the log keeps it, so name nobody in it"),
                required=False,
            ),
        )


@dataclass(frozen=True, slots=True)
class ListRead:
    """A list file as read, and what it would change. ``made_of`` counts the club afterwards."""

    reading: Reading
    plan: Plan
    made_of: Composition


@dataclass(frozen=True, kw_only=True)
class ListInterview(Interview):
    """The interview about a list file. ``found`` is what is in it, once it was read.

    ``elsewhere`` is a sentence where it seems to be of another village.

    ``raised`` are the questions that the list leaves open, answered or not; ``there`` is whether
    the club has members already.
    """

    on: date
    there: bool = True
    found: ListRead | None = None
    raised: tuple[ListQuestion, ...] = ()
    elsewhere: str | None = None

    @property
    def today(self) -> date:
        """Return the present day."""
        return self.on

    @property
    def subject(self) -> str:
        """Return the id of what is filled in."""
        return "list"

    @property
    def title(self) -> str:
        """Return what is being done."""
        return _("a list is taken in")

    def ask(self) -> tuple[Question, ...]:
        """Return the questions: the file, and what it leaves open."""
        return tuple(self._asked())

    def _asked(self) -> Iterator[Question]:
        yield Question(
            "file",
            Kind.FILE,
            _("File of the list"),
            _("A file of Excel or Word, or a .csv, as it is."),
            "danh-sach.xlsx",
        )
        if self.there:
            yield Question(
                WHOLE,
                Kind.YES_NO,
                _("Is it the whole list?"),
                _("Yes: whoever is not in it leaves the club. No: it only adds people."),
                default=False,
            )
        for one in self.raised:
            yield Question(
                f"{OPEN}{one.key}",
                Kind.CHOICE,
                one.sentence,
                choices=tuple(Choice(value, means) for value, means in one.choices),
            )
        if self.found is None:
            return
        if self.found.reading.rejected:
            yield Question(
                SKIP,
                Kind.YES_NO,
                _("Leave out the rows that cannot be read?"),
                _("No: correct them in the file, then choose it again with F7."),
                default=False,
            )
        if self.found.plan.duplicates:
            yield Question(
                KEEP,
                Kind.YES_NO,
                _("Are those who seem to be there twice different people?"),
                _("No: each of them is taken in once."),
                default=False,
            )

    def judge(self, question: Question, answer: Answer) -> Answer:
        """Hold the file's name against the folder. Raises ``InputError``."""
        if question.path != "file":
            return answer
        path = Path(str(answer.value).strip("\"' ")).expanduser()
        if not path.is_file():
            raise InputError(_("There is no file {path}.").format(path=path))
        return Answer(str(path), str(path))

    def raising(self, questions: Sequence[ListQuestion]) -> Self:
        """Return the interview with the questions that a reading leaves open besides."""
        known = {one.key for one in self.raised}
        new = (one for one in questions if one.key not in known)
        return replace(self, raised=(*self.raised, *new))

    def list_answers(self) -> dict[str, str]:
        """Return the answers to what the list leaves open, by the keys of their questions."""
        return {
            path.removeprefix(OPEN): str(value)
            for path, value in self.answers.items()
            if path.startswith(OPEN) and value is not None
        }

    def says(self, path: str) -> bool:
        """Return whether a yes-or-no question was answered with yes."""
        return bool(self.answers.get(path))

    def summary(self) -> tuple[tuple[str, str], ...]:
        """Return how many people the file would bring, change and take away."""
        if self.found is None:
            return ()
        plan, reading = self.found.plan, self.found.reading
        rejected = {(one.sheet, one.row) for one in reading.rejected}
        left_out = len(reading.people) + len(rejected) - plan.taken
        return (
            (_("File of the list"), str(self.answers["file"])),
            (_("New"), number(len(plan.added))),
            (_("Changed"), number(len(plan.changed))),
            (_("Unchanged"), number(plan.unchanged)),
            *(
                ((_("Rows left out (twice there, or wrong)"), number(left_out)),)
                if left_out > 0
                else ()
            ),
            (_("Leave the club"), number(len(plan.left))),
            (_("Members afterwards"), number(self.found.made_of.members)),
            *(((_("Please check"), self.elsewhere),) if self.elsewhere else ()),
        )


def list_day(club: Club, today: date, *, there: bool) -> date:
    """Return the day a list is of where nobody says: the first one is part of the club's dossier.

    The dossier may be of an earlier day than the one on which it is typed.
    """
    if there or club.state is not State.PREPARING or club.opened_on is None:
        return today
    return min(club.opened_on, today)
