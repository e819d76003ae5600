"""The first run: a few questions, and there is a database with everybody who works in it.

Whoever answers becomes the administrator of the province on this computer, because the first
officer of a database must be one; that is shown. It is a second role next to the own one:
it lets one add officers, and takes no step of a club.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from engine import codes
from engine.errors import InputError
from engine.i18n import _, read_in
from engine.interview import names
from engine.interview.interview import Interview
from engine.interview.places import placed
from engine.interview.question import Answer, Choice, Kind, Question
from engine.interview.reading import coded
from engine.labels import role_name
from engine.model import COMMUNE_ROLES, Officer, Role
from engine.rules.communes import EITHER, wording
from engine.vietnamese.text import bare, key

DRAFT = ("first_run",)
"""What a draft of it is kept under."""
SHORTEST = 2
"""Letters of a name."""


@dataclass(frozen=True, kw_only=True)
class FirstRun(Interview):
    """The interview of the first run. ``communes`` are those known by name, by province."""

    on: date
    provinces: tuple[Choice, ...]
    communes: tuple[tuple[str, tuple[Choice, ...]], ...] = ()
    cities: frozenset[str] = frozenset()
    """Those of the provinces that are cities."""

    @property
    def today(self) -> date:
        """Return the present day."""
        return self.on

    @property
    def subject(self) -> str:
        """Return the id of what is filled in."""
        return "first_run"

    @property
    def title(self) -> str:
        """Return what is being done."""
        return _("First run")

    def preface(self) -> tuple[str, ...]:
        """Return what the answers make, and who becomes the administrator."""
        return (
            _("Nothing is kept on this computer yet. A few questions, and the work can begin."),
            _(
                "Whoever answers also becomes the administrator: may add officers on this "
                "computer, and decides nothing about a club by that."
            ),
        )

    def ask(self) -> tuple[Question, ...]:
        """Return the questions: six in a commune, three at the province."""
        city = self.answers.get("province") in self.cities
        commune = self.answers.get("commune")
        kind = (EITHER,) if commune is None else ()
        with read_in(*kind, *wording(str(commune or ""), city=city)):
            return tuple(self._asked())

    def _asked(self) -> Iterator[Question]:
        yield Question("province", Kind.CHOICE, _("Province or city"), choices=self.provinces)
        yield Question(
            "role",
            Kind.CHOICE,
            _("You work for"),
            _("Who proposes a club cannot be the one who decides on it."),
            choices=coded(role.value for role in (*COMMUNE_ROLES, Role.PROVINCE)),
        )
        if not self.is_of_province:
            yield Question(
                "commune",
                Kind.PLACE,
                _("Commune or ward"),
                _("The full name as papers have it, with xã or phường."),
                "Xã Tân Lập",
                choices=dict(self.communes).get(str(self.answers.get("province")), ()),
            )
        yield Question(
            "name", Kind.TEXT, _("Your full name"), _("As you sign papers."), "Nguyễn Thị Lan"
        )
        if not self.is_of_province:
            yield from self._colleagues()

    def _colleagues(self) -> Iterator[Question]:
        yield Question(
            "colleague",
            Kind.TEXT,
            _("Full name of the colleague at {other}").format(other=role_name(self.other)),
            _("Another person than you: the one proposes, the other decides."),
            "Trần Văn Bình",
        )
        yield Question(
            "province_officer",
            Kind.TEXT,
            _("Full name of the officer of the province who trains and supervises"),
            _("Blank if it is not known yet; it can be added later."),
            "Phạm Thị Hòa",
            required=False,
        )

    @property
    def is_of_province(self) -> bool:
        """Return whether it is the province's own computer: its communes are added later."""
        return self.answers.get("role") == Role.PROVINCE

    @property
    def other(self) -> Role:
        """Return the role of the colleague."""
        own = self.answers.get("role")
        return Role.ASSOCIATION if own == Role.COMMITTEE else Role.COMMITTEE

    def judge(self, question: Question, answer: Answer) -> Answer:
        """Refuse a name that is none, and one person for two offices."""
        if question.path in ("name", "colleague", "province_officer"):
            self._require_name(question, str(answer.value))
            return replace(answer, doubt=names.doubt(str(answer.value)))
        if question.kind is Kind.PLACE:
            return placed(answer)
        return answer

    def _require_name(self, question: Question, name: str) -> None:
        if len(name) < SHORTEST or not any(char.isalpha() for char in name):
            raise InputError(
                _("“{text}” is not a name.").format(text=name),
                code=codes.OFFICER_NAME,
                help=_("For example {example}.").format(example=question.example),
            )
        names.latin(name)
        if question.path == "colleague" and key(name) == key(str(self.answers.get("name", ""))):
            raise InputError(
                _("The colleague is another person than you."),
                code=codes.DUTIES_NAMESAKE,
                help=_("Who proposes a club cannot be the one who decides on it."),
            )

    def officers(self) -> tuple[Officer, ...]:
        """Return the offices that the answers make: the administrator's first, then one's own."""
        form = self.form()
        province, taken = form["province"], set[str]()
        me = officer_id(form["name"], taken)
        if self.is_of_province:
            return tuple(
                Officer(me, form["name"], role, province) for role in (Role.ADMIN, Role.PROVINCE)
            )
        commune, own, other = form["commune"], Role(form["role"]), self.other
        found = [
            Officer(me, form["name"], Role.ADMIN, province),
            Officer(me, form["name"], own, province, commune),
            Officer(
                officer_id(form["colleague"], taken), form["colleague"], other, province, commune
            ),
        ]
        if name := form.get("province_officer"):
            found.append(Officer(officer_id(name, taken), name, Role.PROVINCE, province))
        return tuple(found)


def officer_id(name: str, taken: set[str]) -> str:
    """Return an id made of a name ("nguyen-thi-lan") that is not taken, and take it."""
    words = "".join(char if char.isascii() and char.isalnum() else " " for char in bare(name))
    stem = "-".join(words.split())[:36].strip("-") or "can-bo"
    found, number = stem, 1
    while found in taken:
        number += 1
        found = f"{stem}-{number}"
    taken.add(found)
    return found
