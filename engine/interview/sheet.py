"""Interviews about what is no step of a club: a member, an officer, a paper, a report."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from engine.i18n import N_, _
from engine.interview.interview import Interview
from engine.interview.places import placed
from engine.interview.question import Answer, Choice, Kind, Question
from engine.interview.reading import coded
from engine.labels import CIRCUMSTANCES, SEXES
from engine.model import COMMUNE_ROLES, Finding, Officer, Role
from engine.rules.communes import TWO_TIER

Check = Callable[[Question, Answer], Answer]
"""Holds an answer against more than its kind. Raises ``InputError``."""
CheckSoFar = Callable[[Question, Answer, Mapping[str, Any]], Answer]
"""Holds an answer against those before it. Raises ``InputError``."""


@dataclass(frozen=True, kw_only=True)
class Sheet(Interview):
    """A short list of questions, ``asked`` given the answers so far; ``check`` judges each."""

    on: date
    name: str
    heading: str
    asked: Callable[[Mapping[str, Any]], tuple[Question, ...]]
    check: Check | None = None
    check_so_far: CheckSoFar | None = None
    in_the_way: tuple[Finding, ...] = ()

    @property
    def today(self) -> date:
        """Return the present day."""
        return self.on

    @property
    def subject(self) -> str:
        """Return the id of what is filled in."""
        return self.name

    @property
    def title(self) -> str:
        """Return what is being done."""
        return self.heading

    def ask(self) -> tuple[Question, ...]:
        """Return the questions."""
        return self.asked(self.answers)

    def obstacles(self) -> tuple[Finding, ...]:
        """Return what is in the way before the first question."""
        return self.in_the_way

    def judge(self, question: Question, answer: Answer) -> Answer:
        """Hold an answer against what the subject allows."""
        if question.kind is Kind.PLACE:
            return placed(answer)
        if self.check_so_far is not None:
            answer = self.check_so_far(question, answer, self.answers)
        return answer if self.check is None else self.check(question, answer)


def member(on: date, village: str, check: Check, now: Mapping[str, Any] | None = None) -> Sheet:
    """Return the questions about a member; ``check`` holds a birth or a number against rules.

    ``village`` is the club's, where most of its members live. ``now`` is what is on the list of
    somebody who is there already.
    """
    heading, questions = _("A new member"), _about_a_member(village)
    if now is not None:
        heading = _("A member's entry on the list")
        questions = tuple(
            replace(
                one,
                default=now.get(one.path),
                default_because=_("as on the list") if now.get(one.path) else None,
                asked=True,
            )
            for one in questions
        )
    return Sheet(on=on, name="member", heading=heading, asked=lambda _given: questions, check=check)


def _about_a_member(village: str) -> tuple[Question, ...]:
    return (
        Question("name", Kind.TEXT, _("Full name"), _("As on the identity card."), "Trần Văn Đức"),
        Question("sex", Kind.CHOICE, _("Sex"), choices=coded(SEXES)),
        Question(
            "born",
            Kind.TEXT,
            _("Born"),
            _("The year alone is enough where the day is not known."),
            "02/05/1950",
        ),
        Question(
            "circumstance",
            Kind.CHOICE,
            _("The household's circumstance"),
            _("As certified by the commune: poor, near poor or in difficulty."),
            default="none",
            default_because=_("most households"),
            choices=coded((*CIRCUMSTANCES, "none")),
        ),
        Question(
            "village",
            Kind.TEXT,
            _("Village or residential group"),
            default=village or None,
            asked=False,
        ),
        Question("id_number", Kind.TEXT, _("Identity number"), required=False, asked=False),
        Question("phone", Kind.TEXT, _("Phone"), required=False, asked=False),
        Question("note", Kind.TEXT, _("Note"), required=False, asked=False),
    )


def _works_for(roles: Iterable[Role], default: Role | None = None) -> Question:
    return Question(
        "role",
        Kind.CHOICE,
        _("Works for"),
        _("Who proposes a club cannot be the one who decides on it."),
        choices=coded(role.value for role in roles),
        default=default.value if default is not None else None,
    )


def officer(
    on: date,
    provinces: tuple[Choice, ...],
    communes: Mapping[str, tuple[Choice, ...]],
    by: Officer | None,
    check: Check,
) -> Sheet:
    """Return the questions about a new officer.

    ``by`` is an office of who asks, whose province and commune are offered; ``check`` holds a name
    against what a name may be.
    """

    def asked(given: Mapping[str, Any]) -> tuple[Question, ...]:
        province = given.get("province") or (by.province if by is not None else None)
        commune = by.commune if by is not None else None
        found = [
            Question("name", Kind.TEXT, _("Full name"), _("As the officer signs."), "Lê Văn Minh"),
            _works_for(role for role in Role if role is not Role.DISTRICT or on < TWO_TIER),
            Question(
                "province",
                Kind.CHOICE,
                _("Province or city"),
                choices=provinces,
                default=by.province if by is not None else None,
                default_because=_("as your own") if by is not None else None,
                asked=by is None,
            ),
        ]
        if given.get("role") in COMMUNE_ROLES:
            found.append(
                Question(
                    "commune",
                    Kind.PLACE,
                    _("Commune or ward"),
                    _("The full name as papers have it, with xã or phường."),
                    "Xã Tân Lập",
                    default=commune,
                    default_because=_("as your own") if commune is not None else None,
                    choices=communes.get(str(province), ()),
                )
            )
        if given.get("role") == Role.DISTRICT:
            found.append(
                Question(
                    "district",
                    Kind.TEXT,
                    _("District"),
                    _("Its name as the list of units or the province's documents have it."),
                    "Huyện Đông",
                )
            )
        return tuple(found)

    return Sheet(on=on, name="officer", heading=_("A new officer"), asked=asked, check=check)


def officer_now(
    on: date,
    office: Officer,
    communes: tuple[Choice, ...],
    colleagues: tuple[str, ...],
    check: Check,
) -> Sheet:
    """Return the questions that correct an officer's name and, but for administrators, the office.

    ``colleagues`` are the names of others who hold an office in the same commune: one who
    mistyped its name has usually done so for all of them.
    """

    def asked(given: Mapping[str, Any]) -> tuple[Question, ...]:
        found = [
            Question(
                "name",
                Kind.TEXT,
                _("Full name"),
                _("As the officer signs."),
                default=office.name,
            )
        ]
        if office.role in (Role.ADMIN, Role.DISTRICT):
            return tuple(found)
        others = (role for role in Role if role not in (Role.ADMIN, Role.DISTRICT))
        found.append(_works_for(others, default=office.role))
        if given.get("role", office.role) in COMMUNE_ROLES:
            found.append(
                Question(
                    "commune",
                    Kind.PLACE,
                    _("Commune or ward"),
                    _("The full name as papers have it, with xã or phường."),
                    default=office.commune,
                    choices=communes,
                )
            )
        if colleagues and given.get("commune") not in (None, office.commune):
            found.append(
                Question(
                    "together",
                    Kind.YES_NO,
                    _("The same for {names}").format(names=", ".join(colleagues)),
                    _("They are in {commune} too.").format(commune=office.commune),
                )
            )
        return tuple(found)

    return Sheet(
        on=on,
        name="officer_now",
        heading=_("Name and place of {name}").format(name=office.name),
        asked=asked,
        check=check,
    )


def paper(on: date, papers: tuple[Choice, ...], likely: str | None) -> Sheet:
    """Return the question which paper; ``likely`` is the one of the club's last step."""
    question = Question(
        "kind",
        Kind.CHOICE,
        _("Which paper"),
        _("A paper can be printed before its step too: what is not known stays blank."),
        default=likely,
        default_because=_("of the last step") if likely is not None else None,
        choices=papers,
    )
    return Sheet(on=on, name="paper", heading=_("A paper"), asked=lambda _given: (question,))


def report(
    on: date, reports: tuple[Choice, ...], latest: Mapping[str, str], formats: tuple[str, ...]
) -> Sheet:
    """Return the questions which report, of which period, for which program.

    ``latest`` is the last period that each report of half years or of years is asked for.
    """

    def asked(given: Mapping[str, Any]) -> tuple[Question, ...]:
        chosen = given.get("report")
        found = [Question("report", Kind.CHOICE, _("Which report"), choices=reports)]
        last = latest.get(str(chosen))
        if last is not None:
            found.append(
                Question(
                    "period",
                    Kind.PERIOD,
                    _("Of which period"),
                    _("The period the figures are of."),
                    _EXAMPLES.get(last[4:5], "năm {year}").format(year=on.year),
                    default=last,
                    default_because=_("the last one that is over"),
                )
            )
        found.append(
            Question(
                "format",
                Kind.CHOICE,
                _("For which program"),
                default="docx",
                default_because=_("to be signed"),
                choices=tuple(
                    Choice(one, _(FORMATS[one]), words=(one,)) for one in FORMATS if one in formats
                ),
            )
        )
        return tuple(found)

    return Sheet(on=on, name="report", heading=_("A report"), asked=asked)


_EXAMPLES = {"H": "6 tháng đầu năm {year}", "Q": "quý 1 năm {year}"}
"""A period of each kind as somebody types it."""
FORMATS = {
    "docx": N_("Word"),
    "xlsx": N_("Excel"),
    "html": N_("a page for the browser"),
    "json": N_("data for another program"),
}
