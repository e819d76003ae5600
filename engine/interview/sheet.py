"""Interviews about what is no step of a club: a member, an officer, a paper, a report."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from engine.i18n import _
from engine.interview.interview import Interview
from engine.interview.places import placed
from engine.interview.question import Answer, Choice, Kind, Question
from engine.interview.reading import coded
from engine.labels import CIRCUMSTANCES, SEXES
from engine.model import COMMUNE_ROLES, Officer, Role
from engine.rules.calendar import Period

Check = Callable[[Question, Answer], Answer]
"""Holds an answer against more than its kind. Raises ``InputError``."""


@dataclass(frozen=True, kw_only=True)
class Sheet(Interview):
    """A short list of questions, ``asked`` given the answers so far; ``check`` judges each."""

    on: date
    name: str
    heading: str
    asked: Callable[[Mapping[str, Any]], tuple[Question, ...]]
    check: Check | None = None

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

    def judge(self, question: Question, answer: Answer) -> Answer:
        """Hold an answer against what the subject allows."""
        if question.kind is Kind.PLACE:
            return placed(answer)
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
        Question("village", Kind.TEXT, _("Village"), default=village or None, asked=False),
        Question("id_number", Kind.TEXT, _("Identity number"), required=False, asked=False),
        Question("phone", Kind.TEXT, _("Phone"), required=False, asked=False),
        Question("note", Kind.TEXT, _("Note"), required=False, asked=False),
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
            Question(
                "role",
                Kind.CHOICE,
                _("Works for"),
                _("Who proposes a club cannot be the one who decides on it."),
                choices=coded(role.value for role in Role),
            ),
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
        return tuple(found)

    return Sheet(on=on, name="officer", heading=_("A new officer"), asked=asked, check=check)


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
    on: date, reports: tuple[Choice, ...], cycles: Mapping[str, str], formats: tuple[str, ...]
) -> Sheet:
    """Return the questions which report, of which period, for which program.

    ``cycles`` says of each report whether it is of half years, of years or of neither.
    """

    def asked(given: Mapping[str, Any]) -> tuple[Question, ...]:
        chosen = given.get("report")
        found = [Question("report", Kind.CHOICE, _("Which report"), choices=reports)]
        cycle = cycles.get(str(chosen)) if chosen is not None else None
        if cycle in ("half_year", "year"):
            found.append(
                Question(
                    "period",
                    Kind.PERIOD,
                    _("Of which period"),
                    _("The period the figures are of."),
                    "6 tháng đầu năm 2026" if cycle == "half_year" else "năm 2026",
                    default=last_period(cycle, on),
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
                choices=tuple(Choice(one, FORMATS.get(one, one), words=(one,)) for one in formats),
            )
        )
        return tuple(found)

    return Sheet(on=on, name="report", heading=_("A report"), asked=asked)


FORMATS = {"docx": "Word", "xlsx": "Excel", "html": "HTML", "json": "JSON"}


def last_period(cycle: str, on: date) -> str:
    """Return the last half year or year that was over before a day."""
    year = on.year - 1
    if cycle == "year":
        return str(year)
    first = Period.parse(f"{on.year}H1")
    return first.id if first.end < on else f"{year}H2"
