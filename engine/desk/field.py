"""One question on the screen: its title, what is typed or chosen, and the remark on it."""

from datetime import date
from pathlib import Path
from typing import Any

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.events import DescendantBlur, DescendantFocus
from textual.message import Message
from textual.widgets import Input, Label, Static

from engine.desk.finder import Finder
from engine.desk.picks import Picks
from engine.desk.text_field import TextField
from engine.errors import InputError
from engine.i18n import _
from engine.interview.advice import without_commands
from engine.interview.question import CHOSEN, NAMED, Answer, Choice, Kind, Question
from engine.interview.reading import name_to_type, pair_name
from engine.labels import period_name
from engine.vietnamese.text import dmy, number

IN_VIEW = 8
"""Choices that are all shown at once; of more of them one is found by its letters."""
SEPARATOR = "; "
LONG = 40
"""Letters of where a file lies from which on its name may be out of view."""


class Field(Vertical):
    """A question. Sends ``Changed`` whenever its answer may have changed."""

    DEFAULT_CSS = """
    Field { height: auto; }
    Field > Horizontal { height: auto; }
    Field Label { width: 44%; padding: 0 1; }
    Field.current Label { text-style: bold; color: $primary; }
    Field Input { width: 1fr; }
    Field > #remark { display: none; height: auto; padding: 0 1 0 3; color: $success; }
    Field > #remark.shown { display: block; }
    Field > #remark.bad { color: $error; }
    Field > #remark.doubtful { color: $warning; }
    """

    class Changed(Message):
        """What is typed or chosen has changed."""

        def __init__(self, field: "Field") -> None:
            super().__init__()
            self.field = field

    class Entered(Changed):
        """Enter was pressed: the next question, please."""

    class Chosen(Changed):
        """An answer was chosen from a list: the next question, if there is one."""

    def __init__(self, question: Question, value: Any) -> None:
        super().__init__()
        self.question = question
        self._value = value
        self.entry = entry(question, value)
        """What is typed into or chosen from."""
        self._read = self.typed
        self.touched = False
        """Whether a person changed the answer: a default that follows from others stays theirs."""

    def compose(self) -> ComposeResult:
        """Compose the title and what is filled in."""
        with Horizontal():
            yield Label(self._title(), markup=False)
            yield self.entry
        yield Static("", id="remark", markup=False)

    def _title(self) -> str:
        star = " *" if self.question.required else ""
        now = _(" (now: {now})").format(now=self.question.now) if self.question.now else ""
        return f"{self.question.title}{now}{star}"

    def take_focus(self) -> None:
        """Let the keys go into this question, from the next one on.

        ``Widget.focus`` waits its turn behind keys that are here already.
        """
        control = self.entry
        self.screen.set_focus(control.field if isinstance(control, Finder) else control)

    @property
    def typed(self) -> str:
        """The answer as text, as the interview reads it."""
        control = self.entry
        if not isinstance(control, Picks):
            return control.typed if isinstance(control, Finder) else control.value
        if self.question.kind is Kind.YES_NO:
            return "".join(_("yes") if one else _("no") for one in control.values)
        return SEPARATOR.join(map(str, control.values))

    def renew(self, question: Question) -> None:
        """Take a question that follows anew from other answers, with its default."""
        if question == self.question:
            return
        self.question, value = question, question.default
        self.query_one(Label).update(self._title())
        if self.touched or value == self._value:
            return
        self._value = value
        control = self.entry
        if isinstance(control, Picks):
            control.choose(value if isinstance(value, list | tuple) else [value])
        elif isinstance(control, Finder):
            control.put("" if value is None else value)
        else:
            with self.prevent(Input.Changed):
                control.value = as_typed(question, value)
        self._read = self.typed

    def say(self, answer: Answer | InputError | None) -> None:
        """Show what the answer was read as, what is remarkable about it, or why it cannot be."""
        line = self.query_one("#remark", Static)
        text = ""
        if isinstance(answer, InputError):
            text = f"✗ {_missing()}"
            if self.typed.strip():
                text = " ".join(filter(None, (f"✗ {answer.message}", self._advice(answer))))
        elif answer is not None:
            text = remark(self.question, answer, self.typed if self.touched else answer.shown)
        line.update(text)
        line.set_class(bool(text), "shown")
        line.set_class(isinstance(answer, InputError), "bad")
        doubtful = isinstance(answer, Answer) and bool(answer.doubt or answer.remarks)
        line.set_class(doubtful, "doubtful")

    def _advice(self, error: InputError) -> str | None:
        """Return what to do about a wrong answer, as it is done on the screen."""
        if self.question.kind is Kind.FILE:
            return _("F7 shows the folders.")
        if isinstance(self.entry, Finder):
            return _("Type a few letters, then the arrow down and Enter.")
        return without_commands(error.help)

    def on_descendant_focus(self, _event: DescendantFocus) -> None:
        """Mark the question that the keys go into.

        Textual does not restyle what is within ``:focus-within`` when the focus moves.
        """
        self.add_class("current")

    def on_descendant_blur(self, _event: DescendantBlur) -> None:
        """Take the mark away."""
        self.remove_class("current")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Pass on that something was typed."""
        event.stop()
        self._change()

    def on_picks_changed(self, event: Picks.Changed) -> None:
        """Pass on that something was chosen."""
        event.stop()
        self._change()

    def on_picks_entered(self, event: Picks.Entered) -> None:
        """Go on to the next question."""
        event.stop()
        self.post_message(self.Entered(self))

    def on_finder_changed(self, event: Finder.Changed) -> None:
        """Pass on that something was found."""
        event.stop()
        self._change()

    def on_finder_chosen(self, event: Finder.Chosen) -> None:
        """Go on to the next question, where there is one."""
        event.stop()
        self.post_message(self.Chosen(self))

    def _change(self) -> None:
        if self.typed == self._read:
            return  # Textual reports a field's first text as a change too.
        self._read, self.touched = self.typed, True
        self.post_message(self.Changed(self))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on to the next question."""
        event.stop()
        self.post_message(self.Entered(self))


def entry(question: Question, value: Any) -> Picks | Finder | Input:
    """Return what a question is answered with: few choices in view, many to be found, or text."""
    given = value if isinstance(value, list | tuple) else [] if value is None else [value]
    if question.kind is Kind.YES_NO:
        picks = Picks((Choice(True, _("yes")), Choice(False, _("no"))))
        picks.choose(given)
        return picks
    few = len(question.choices) <= IN_VIEW
    if question.kind is Kind.CHOICES or (question.kind in CHOSEN and few):
        picks = Picks(question.choices, several=question.kind is Kind.CHOICES)
        picks.choose(given)
        return picks
    example = _("for example {example}").format(example=question.example)
    if question.choices and question.kind not in NAMED:
        return Finder(
            question.choices, value, example if question.example else _("type a few letters")
        )
    shown = example if question.example else ""
    return TextField(as_typed(question, value), placeholder=shown, compact=True)


def _missing() -> str:
    return _("Still to be filled in.")


def as_typed(question: Question, value: Any) -> str:
    """Return a value as one would type it, ``""`` for none."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        if question.kind is Kind.PAIRS:
            return SEPARATOR.join(pair_name(question, str(one)) for one in value)
        if question.kind is Kind.PEOPLE:
            return SEPARATOR.join(name_to_type(question, one) for one in value)
        names = {one.value: one.label for one in question.choices}
        return SEPARATOR.join(str(names.get(one, one)) for one in value)
    if question.kind is Kind.DAY:
        return dmy(date.fromisoformat(value))
    if question.kind is Kind.PERIOD:
        return period_name(str(value))
    if question.kind in (Kind.MONEY, Kind.NUMBER) and isinstance(value, int):
        return number(value)
    return str(value)


def remark(question: Question, answer: Answer, typed: str) -> str:
    """Return what an answer was read as where that is not what was typed, with its remarks."""
    if question.kind is Kind.FILE and len(typed) > LONG:
        return Path(str(answer.value)).name
    plain = question.kind in (Kind.DAY, Kind.MONEY, Kind.PERIOD, Kind.YEAR, Kind.TEXT)
    lines = [f"= {answer.shown}"] if plain and answer.shown and answer.shown != typed else []
    lines += [f"! {one}" for one in answer.remarks]
    if answer.doubt:
        lines.append(f"? {answer.doubt}")
    return "\n".join(lines)
