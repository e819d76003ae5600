"""An interview: questions one after the other, each answer judged at once, at the end a form.

It knows no terminal and no window: faces ask its questions and hand it what was typed. It is a
value that never changes; an answer makes a new one. So going back is keeping the earlier one, and a
draft is its answers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Self

from engine.frozen import EMPTY
from engine.i18n import _
from engine.interview import reading
from engine.interview.question import Answer, Choice, Question
from engine.model import Finding
from engine.rules import forms


@dataclass(frozen=True, kw_only=True)
class Interview:
    """What is being asked, and what was answered so far, by path.

    An answer of ``None`` is a question left blank. ``earlier`` are answers of another time, from a
    draft or before going back: they are the defaults of their questions.
    """

    answers: Mapping[str, Any] = field(default_factory=lambda: EMPTY)
    earlier: Mapping[str, Any] = field(default_factory=lambda: EMPTY)

    @property
    def today(self) -> date:
        """Return the present day."""
        raise NotImplementedError

    @property
    def subject(self) -> str:
        """Return the id of what is filled in: a step's name, "first_run" ..."""
        raise NotImplementedError

    @property
    def title(self) -> str:
        """Return what is being done, as people call it."""
        raise NotImplementedError

    def ask(self) -> tuple[Question, ...]:
        """Return the questions, given the answers so far, without what was typed earlier."""
        raise NotImplementedError

    def obstacles(self) -> tuple[Finding, ...]:
        """Return what prevents the step whatever is answered, before the first question."""
        return ()

    def preface(self) -> tuple[str, ...]:
        """Return what must be known before the first question, as sentences."""
        return ()

    def judge(self, question: Question, answer: Answer) -> Answer:
        """Return the answer with remarks and doubts. Raises ``InputError`` for a wrong one."""
        del question
        return answer

    def questions(self) -> tuple[Question, ...]:
        """Return every question, in order, given the answers so far."""
        return tuple(self._with_earlier(one) for one in self.ask())

    def _with_earlier(self, question: Question) -> Question:
        value = self.earlier.get(question.path)
        if value is None:
            return question
        return replace(question, default=value, default_because=_("as typed before"), asked=True)

    def question(self, path: str) -> Question | None:
        """Return the question that fills in a field, ``None`` where it is not asked."""
        return next((one for one in self.questions() if one.path == path), None)

    def next(self) -> Question | None:
        """Return the first question that waits for an answer, ``None`` when none does."""
        waiting = (one for one in self.questions() if one.path not in self.answers)
        return next((one for one in waiting if one.asked), None)

    def is_known(self, question: Question) -> bool:
        """Return whether a question has an answer that follows and that nobody typed otherwise.

        A face may show it with the others at the end, and ask once whether all are right.
        """
        return question.default is not None and question.path not in self.earlier

    def next_unknown(self) -> Question | None:
        """Return the first question that waits and of which nothing is known."""
        waiting = (one for one in self.questions() if one.path not in self.answers)
        return next((one for one in waiting if one.asked and not self.is_known(one)), None)

    def with_known(self) -> Self:
        """Return the interview with what is known as the answers that are still missing."""
        whole = self
        while (question := whole.next()) is not None and whole.is_known(question):
            whole = whole.answered(question.path, question.default)
        return whole

    @property
    def is_final(self) -> bool:
        """Return whether what is filled in ends something, or cannot be taken back."""
        return False

    def read(self, question: Question, typed: str) -> Answer:
        """Return what was typed as an answer. Raises ``InputError`` with a sentence and example."""
        answer = reading.read(question, typed, self.today)
        return answer if answer.value is None else self.judge(question, answer)

    def to_tick(self, question: Question) -> tuple[Choice, ...]:
        """Return the lines on which the answers of a question about several people are ticked."""
        return question.choices

    def answered(self, path: str, value: Any) -> Self:
        """Return the interview with one more answer."""
        return replace(self, answers={**self.answers, path: value})

    def taken_back(self, path: str) -> Self:
        """Return the interview without an answer, which becomes the default of its question."""
        answers = {name: value for name, value in self.answers.items() if name != path}
        earlier = {**self.earlier, path: self.answers.get(path)}
        return replace(self, answers=answers, earlier=earlier)

    def resumed(self, answers: Mapping[str, Any]) -> Self:
        """Return the interview with the answers of a draft as defaults, all to be confirmed."""
        return replace(self, earlier={**self.earlier, **answers})

    def value(self, path: str) -> Any:
        """Return the answer to a question, or the default of one that is not asked."""
        if path in self.answers:
            return self.answers[path]
        one = self.question(path)
        return one.default if one is not None and not one.asked else None

    def filled(self) -> tuple[tuple[Question, Any], ...]:
        """Return the questions that have a value, with it: answers, and defaults not asked for."""
        found = []
        for one in self.questions():
            value = self.answers.get(one.path) if one.path in self.answers else None
            if one.path not in self.answers and not one.asked:
                value = one.default
            if value is not None:
                found.append((one, value))
        return tuple(found)

    def form(self) -> dict[str, Any]:
        """Return the form, nested, as the engine takes it."""
        data: dict[str, Any] = {}
        for one, value in self.filled():
            if not one.is_about_the_form:
                forms.place(data, one.path, value)
        return data

    def summary(self) -> tuple[tuple[str, str], ...]:
        """Return what would be recorded, title and value shown in full, for "Đúng chưa?".

        Where something is changed, what it says now comes first.
        """
        return tuple(
            (one.title, reading.changed(one, value))
            for one, value in self.filled()
            if not one.is_about_the_form
        )

    def is_complete(self) -> bool:
        """Return whether no question waits for an answer."""
        return self.next() is None
