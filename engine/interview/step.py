"""The questions of a club's step: from its form's schema, the policy in force and what is known."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from engine import codes
from engine.codes.code import Code
from engine.errors import InputError
from engine.frozen import FrozenMap
from engine.i18n import _
from engine.interview import hints, remarks
from engine.interview.correcting import CHANGES
from engine.interview.interview import Interview
from engine.interview.printed import NUMBERS
from engine.interview.question import Answer, Choice, Kind, Question
from engine.interview.reading import coded, pair_name
from engine.interview.situation import Person, Situation
from engine.model import ENDS, Finding, FundKind, Level, balance_field
from engine.policy.effective import Rules
from engine.rules import forms, own
from engine.rules.care import TWO
from engine.rules.forms import Field, Own
from engine.rules.request import StepRequest
from engine.states import guards
from engine.states import step as find_step
from engine.states.stage import Step
from engine.vietnamese.text import dmy, iso_day, key, name_order

KINDS: Mapping[str, Kind] = {
    "string": Kind.TEXT,
    "date": Kind.DAY,
    "integer": Kind.NUMBER,
    "boolean": Kind.YES_NO,
    "array": Kind.LINES,
}
COURSE = ("course.start", "course.days")
"""The fields from which a course's last day follows."""
OWN = f"{own.OWN}."
"""What the path of a province's own field begins with."""
MEANINGS: Mapping[str, Kind] = {
    "year": Kind.YEAR,
    "record": Kind.RECORD,
    "place": Kind.PLACE,
    "rate": Kind.RATE,
    "pairs": Kind.PAIRS,
}


@dataclass(frozen=True, kw_only=True)
class StepInterview(Interview):
    """The interview about one step of one club (or about a club's opening)."""

    step: str
    situation: Situation

    @property
    def today(self) -> date:
        """Return the present day."""
        return self.situation.today

    @property
    def subject(self) -> str:
        """Return the step's name."""
        return self.step

    @property
    def title(self) -> str:
        """Return what people call the step."""
        return own.called(self.situation.rules, self.step)

    def is_known(self, question: Question) -> bool:
        """Return whether an answer follows; the number of a paper only seems to, and an amount.

        The commune's book gives numbers to papers that this program knows nothing of, a course is
        written down some days after it, and of what is owed any part may be paid.
        """
        only_likely = (*NUMBERS, COURSE[0], *hints.COUNTED_OUT.get(self.step, ()))
        return question.path not in only_likely and super().is_known(question)

    @property
    def is_final(self) -> bool:
        """Return whether the step ends the club's life, takes one back or erases."""
        step = find_step(self.step)
        return step.name in ("annul", "erase") or any(move.to in ENDS for move in step.moves)

    @property
    def on(self) -> date:
        """Return the day the step happened, as far as it is answered; else today."""
        text = self.answers.get(find_step(self.step).happened_on)
        return iso_day(text) or self.today

    @property
    def rules(self) -> Rules:
        """Return the policy as it holds for the club."""
        return self.situation.rules.for_club(self.situation.club.decided_on)

    @property
    def own(self) -> Own:
        """Return the fields that the province adds to the step's form that day."""
        return own.in_force(self.situation.rules, self.step, self.on)

    def ask(self) -> tuple[Question, ...]:
        """Return the questions of the step's form, with what follows from the situation."""
        fields = [self._question(one) for one in forms.fields(self.step, self.own)]
        own_ones = [one for one in fields if one.path.startswith(OWN)]
        balances = [one for one in own_ones if own.is_balance(one.path)]
        asked: list[Question] = []
        for one in fields:
            if one not in own_ones:
                asked.append(one)
            if one.path == balance_field(FundKind.OPERATING):
                asked += balances
        hint = hints.HINTS.get(self.step)
        found = asked if hint is None else hint(self, asked)
        return (*found, *(one for one in own_ones if one not in balances))

    def to_tick(self, question: Question) -> tuple[Choice, ...]:
        """Return the lines that are ticked: the members; of pairs those recorded the last time."""
        if question.kind is not Kind.PAIRS:
            by_name = sorted(question.choices, key=lambda one: name_order(one.label))
            return tuple(by_name)
        last = [one for one in self.situation.records if one.form.get(question.path)]
        there: list[str] = []
        for text in last[-1].form[question.path] if last else ():
            with suppress(InputError):  # somebody of the pair has left the list
                there += self.read(question, str(text)).value
        known = {str(one.value) for one in question.choices}
        return tuple(
            Choice(pair, pair_name(question, pair))
            for pair in dict.fromkeys(there)
            if known.issuperset(pair.split(TWO))
        )

    def obstacles(self) -> tuple[Finding, ...]:
        """Return what prevents the step whatever is answered: state, role, scope, duties."""
        offer = self.situation.offer(self.step)
        found = offer.obstacles if offer is not None else ()
        more = hints.OBSTACLES.get(self.step)
        return found if found or more is None else tuple(more(self))

    def preface(self) -> tuple[str, ...]:
        """Return what must be known before the first question."""
        say = hints.PREFACES.get(self.step)
        return tuple(say(self)) if say is not None else ()

    def judge(self, question: Question, answer: Answer) -> Answer:
        """Hold an answer against its field, its day against the club's life, and what is known."""
        step, path = self._field_of(question)
        fields = own.ever(self.situation.rules, step, self.on)
        if path in {one.path for one in forms.fields(step, fields)}:
            forms.check_value(step, path, answer.value, fields)
        if question.path == find_step(self.step).happened_on:
            self._require_day(date.fromisoformat(answer.value))
        elif question.path in COURSE:
            self._require_over(question.path, answer.value)
        return remarks.remarked(self, question, answer)

    def _field_of(self, question: Question) -> tuple[str, str]:
        """Return the step and the path of the field asked about: in a correction, the record's."""
        path = question.path.removeprefix(CHANGES)
        if path == question.path:
            return self.step, path
        seq = self.answers.get("seq")
        record = next((one for one in self.situation.records if one.seq == seq), None)
        return (self.step if record is None else record.step), path

    def _require_day(self, on: date) -> None:
        """Refuse a day on which the step cannot have happened. Raises ``InputError``."""
        step = find_step(self.step)
        request = self.request(step, on)
        outcome = step.outcome(request) if step.outcome else None
        to = next(
            (
                move.leads(request.club.state)
                for move in step.moves
                if request.club.state in move.sources and move.when in (None, outcome)
            ),
            None,
        )
        for one in guards.days(step, request, to):
            if one.level is Level.BLOCK:
                code = one.code if isinstance(one.code, Code) else None
                raise InputError(one.message, code=code, help=one.fix or "")

    def _require_over(self, path: str, value: Any) -> None:
        """Refuse a course that is not over yet. Raises ``InputError``."""
        course = {**{name: self.answers.get(name) for name in COURSE}, path: value}
        start, days = iso_day(course["course.start"]), course["course.days"]
        end = start and start + timedelta(days=(days or 1) - 1)
        if start is None or end is None or end <= self.today:
            return
        raise InputError(
            _("{count} days from {start} last until {end}, which is still to come.").format(
                count=days or 1, start=dmy(start), end=dmy(end)
            ),
            code=codes.DATE_FUTURE,
            help=_("A course is recorded when it is over."),
        )

    def request(self, step: Step, on: date) -> StepRequest:
        """Return a request with what the situation knows, for rules that need no more."""
        known = self.situation
        return StepRequest(
            step=step.name,
            on=on,
            today=known.today,
            club=known.club,
            form=FrozenMap({}),
            rules=known.rules,
            officer=known.officer,
            composition=known.composition,
            board=known.board,
            ledger=known.ledger,
            loans=known.loans,
            lending=known.lending,
            asking=True,
        )

    def _question(self, one: Field) -> Question:
        kind = MEANINGS.get(one.meaning or "") or KINDS.get(one.kind, Kind.TEXT)
        kind = Kind.MONEY if one.money else kind
        choices: tuple[Choice, ...] = ()
        if one.choices or one.item_choices:
            kind = Kind.CHOICES if one.item_choices else Kind.CHOICE
            choices = coded(one.choices or one.item_choices, one.called)
        if one.personal and kind is not Kind.PAIRS:
            kind = Kind.PEOPLE if one.kind == "array" else Kind.PERSON
            choices = people_choices(self.situation.people)
        if kind is Kind.PAIRS:
            choices = people_choices(self.situation.people)
        if kind is Kind.PLACE:
            choices = self.situation.communes
        question = Question(
            one.path,
            kind,
            one.title,
            one.help,
            one.example,
            one.required,
            choices=choices,
            asked=one.required or one.asked,
            source=one.source,
        )
        if one.path == find_step(self.step).happened_on and kind is Kind.DAY:
            return replace(question, default=self.today.isoformat(), default_because=_("today"))
        return question


def people_choices(people: tuple[Person, ...]) -> tuple[Choice, ...]:
    """Return members as choices: by name, with the birth year; namesakes of a year with ids too."""
    named: dict[tuple[str, str], int] = {}
    for one in people:
        who = key(one.name), one.born[:4]
        named[who] = named.get(who, 0) + 1
    return tuple(
        Choice(
            one.id,
            one.name,
            one.born[:4]
            if named[key(one.name), one.born[:4]] == 1
            else f"{one.born[:4]}, {one.id}",
        )
        for one in people
    )
