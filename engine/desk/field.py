"""One question on the screen: its title, what is typed or chosen, and what is said about it."""

from datetime import date
from typing import Any

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Label, Static

from engine.desk.finder import Finder
from engine.desk.picks import Picks
from engine.errors import InputError
from engine.i18n import _
from engine.interview.question import Answer, Choice, Kind, Question
from engine.vietnamese.text import dmy, number

IN_VIEW = 8
"""Choices that are all shown at once; of more of them one is found by its letters."""
SEPARATOR = "; "


class Field(Vertical):
    """A question. Sends ``Changed`` whenever its answer may have changed."""

    DEFAULT_CSS = """
    Field { height: auto; }
    Field > Horizontal { height: auto; }
    Field Label { width: 40%; padding: 0 1; }
    Field:focus-within Label { text-style: bold; color: $primary; }
    Field Input { width: 1fr; }
    Field > #said { display: none; height: auto; padding: 0 1 0 3; color: $success; }
    Field > #said.shown { display: block; }
    Field > #said.bad { color: $error; }
    Field > #said.doubtful { color: $warning; }
    """

    class Changed(Message):
        """What is typed or chosen has changed."""

        def __init__(self, field: "Field") -> None:
            super().__init__()
            self.field = field

    class Entered(Changed):
        """Enter was pressed: the next question, please."""

    def __init__(self, question: Question, value: Any) -> None:
        super().__init__()
        self.question = question
        self._value = value
        self.touched = False
        """Whether a person changed the answer: a default that follows from others stays theirs."""

    def compose(self) -> ComposeResult:
        """Compose the title and what is filled in."""
        with Horizontal():
            star = " *" if self.question.required else ""
            yield Label(f"{self.question.title}{star}", markup=False)
            yield self._control()
        yield Static("", id="said", markup=False)

    def _control(self) -> Widget:
        one, value = self.question, self._value
        if one.kind is Kind.YES_NO:
            picks = Picks((Choice(True, _("yes")), Choice(False, _("no"))))
            picks.choose([] if value is None else [value])
            return picks
        if one.kind in (Kind.CHOICE, Kind.CHOICES) and len(one.choices) <= IN_VIEW:
            picks = Picks(one.choices, several=one.kind is Kind.CHOICES)
            picks.choose(value if isinstance(value, list | tuple) else [value])
            return picks
        if one.kind is Kind.CHOICES:
            picks = Picks(one.choices, several=True)
            picks.choose(value or ())
            return picks
        if one.choices and one.kind is not Kind.PEOPLE:
            finder = Finder(one.choices)
            if value is not None:
                finder.call_after_refresh(finder.put, value)
            return finder
        return Input(as_typed(one, value), placeholder=one.example or "", compact=True)

    def control(self) -> Widget:
        """Return what takes the focus."""
        for kind in (Picks, Finder):
            for one in self.query(kind):
                return one.field if isinstance(one, Finder) else one
        return self.query_one(Input)

    @property
    def typed(self) -> str:
        """The answer as text, as the interview reads it."""
        for picks in self.query(Picks):
            if self.question.kind is Kind.YES_NO:
                return "".join(_("yes") if one else _("no") for one in picks.values)
            return SEPARATOR.join(map(str, picks.values))
        for finder in self.query(Finder):
            return finder.typed
        return self.query_one(Input).value

    def renew(self, question: Question, value: Any) -> None:
        """Take a question whose default now follows from other answers."""
        self.question = question
        if self.touched or value == self._value:
            return
        self._value = value
        for picks in self.query(Picks):
            picks.choose(value if isinstance(value, list | tuple) else [value])
            return
        for finder in self.query(Finder):
            finder.put("" if value is None else value)
            return
        control = self.query_one(Input)
        with self.prevent(Input.Changed):
            control.value = as_typed(question, value)

    def say(self, answer: Answer | InputError | None) -> None:
        """Show what the answer was read as, what is remarkable about it, or why it cannot be."""
        line = self.query_one("#said", Static)
        text = ""
        if isinstance(answer, InputError):
            text = " ".join(filter(None, (f"✗ {answer.message}", answer.help)))
        elif answer is not None:
            text = said(self.question, answer, self.typed)
        line.update(text)
        line.set_class(bool(text), "shown")
        line.set_class(isinstance(answer, InputError), "bad")
        doubtful = isinstance(answer, Answer) and bool(answer.doubt or answer.remarks)
        line.set_class(doubtful, "doubtful")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Pass on that something was typed."""
        event.stop()
        self._change()

    def on_picks_changed(self, event: Picks.Changed) -> None:
        """Pass on that something was chosen."""
        event.stop()
        self._change()

    def on_finder_changed(self, event: Finder.Changed) -> None:
        """Pass on that something was found."""
        event.stop()
        self._change()

    def _change(self) -> None:
        self.touched = True
        self.post_message(self.Changed(self))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on to the next question."""
        event.stop()
        self.post_message(self.Entered(self))


def as_typed(question: Question, value: Any) -> str:
    """Return a value as one would type it, ``""`` for none."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        names = {one.value: one.label for one in question.choices}
        return SEPARATOR.join(str(names.get(one, one)) for one in value)
    if question.kind is Kind.DAY:
        return dmy(date.fromisoformat(value))
    if question.kind in (Kind.MONEY, Kind.NUMBER) and isinstance(value, int):
        return number(value)
    return str(value)


def said(question: Question, answer: Answer, typed: str) -> str:
    """Return what an answer was read as where that is not what was typed, with its remarks."""
    plain = question.kind in (Kind.DAY, Kind.MONEY, Kind.PERIOD, Kind.YEAR)
    lines = [f"= {answer.shown}"] if plain and answer.shown and answer.shown != typed else []
    lines += [f"! {one}" for one in answer.remarks]
    if answer.doubt:
        lines.append(f"? {answer.doubt}")
    return "\n".join(lines)
