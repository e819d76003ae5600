"""A field whose answer is found among many: a few letters, without marks, show who or what fits."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import DescendantBlur
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from engine.desk.text_field import TextField
from engine.i18n import _
from engine.interview.question import Choice
from engine.vietnamese.text import bare

LONGEST_NOTE = 20
"""Letters of what distinguishes an answer that the field has room for."""
SHOWN = 50
"""Answers that are shown at most; a few letters more leave fewer."""


class Finder(Vertical):
    """A text field and, while it has the focus, the answers that fit what is typed."""

    DEFAULT_CSS = """
    Finder { height: auto; width: 1fr; }
    Finder > OptionList { display: none; height: auto; max-height: 6; border: none; padding: 0;
        background: $panel; scrollbar-size-vertical: 1; }
    Finder.open > OptionList { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "enter_list", _("Choose"), show=False),
    ]

    class Changed(Message):
        """What is typed or chosen has changed."""

        def __init__(self, finder: "Finder") -> None:
            super().__init__()
            self.finder = finder

    class Chosen(Changed):
        """An answer was chosen from the list: the next question, please."""

    def __init__(
        self, choices: Sequence[Choice], value: object | None = None, placeholder: str = ""
    ) -> None:
        super().__init__()
        self.choices = tuple(choices)
        self._keys = [bare(f"{one.label} {one.note or ''}") for one in self.choices]
        self._chosen = next((one for one in self.choices if one.value == value), None)
        shown = "" if value is None else str(value)
        self.field = TextField(
            in_field(self._chosen) if self._chosen else shown, placeholder=placeholder, compact=True
        )
        """The text field."""
        self._fitting: list[Choice] = []

    def compose(self) -> ComposeResult:
        """Compose the field and the list."""
        yield self.field
        yield OptionList(compact=True, markup=False)

    @property
    def typed(self) -> str:
        """What is typed, or the value of the answer chosen from the list."""
        text = self.field.value
        if self._chosen is not None and text == in_field(self._chosen):
            return str(self._chosen.value)
        return text

    def put(self, value: object) -> None:
        """Show a value as if it had been chosen."""
        for one in self.choices:
            if one.value == value:
                self._take(one)
                return
        self._chosen = None
        with self.prevent(Input.Changed):
            self.field.value = str(value)

    def _take(self, one: Choice) -> None:
        self._chosen = one
        with self.prevent(Input.Changed):
            self.field.value = in_field(one)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what fits."""
        event.stop()
        self._show()
        self.post_message(self.Changed(self))

    def _show(self) -> None:
        words = bare(self.field.value).split()
        there = self._chosen is not None and self.field.value == in_field(self._chosen)
        places = fitting(self._keys, [] if there else words)
        self._fitting = [self.choices[place] for place in places[:SHOWN]]
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(label(one)) for one in self._fitting])
        self.set_class(bool(self._fitting) and not there and self.field.has_focus, "open")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the only answer that fits what is typed; then the next question comes."""
        if self._chosen is None and event.value.strip() and len(self._fitting) == 1:
            self._take(self._fitting[0])
            self.remove_class("open")
            self.post_message(self.Changed(self))

    def on_descendant_blur(self, _event: DescendantBlur) -> None:
        """Close the list once the focus is elsewhere."""
        self.call_after_refresh(self._close_if_left)

    def _close_if_left(self) -> None:
        if not any(one.has_focus for one in self.query("Input, OptionList")):
            self.remove_class("open")

    def action_enter_list(self) -> None:
        """Go into the list, which shows all while nothing is typed."""
        if not self.has_class("open"):
            self._show()
            self.set_class(bool(self._fitting), "open")
        if self._fitting:
            options = self.query_one(OptionList)
            self.screen.set_focus(options)  # before keys that are here already
            options.action_first()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the answer, and go on."""
        event.stop()
        self._take(self._fitting[event.option_index])
        self.remove_class("open")
        self.screen.set_focus(self.field)
        self.post_message(self.Changed(self))
        self.post_message(self.Chosen(self))


def fitting(keys: Sequence[str], words: Sequence[str]) -> list[int]:
    """Return the places of the keys that have all words; those where each begins a word first.

    A word is typed from its beginning: "anh" is Ánh before it is Thanh.
    """
    found = [place for place, key in enumerate(keys) if all(word in key for word in words)]
    return sorted(found, key=lambda at: not all(f" {word}" in f" {keys[at]}" for word in words))


def label(one: Choice) -> str:
    """Return an answer with what distinguishes it."""
    return f"{one.label} ({one.note})" if one.note else one.label


def in_field(one: Choice) -> str:
    """Return a chosen answer as the field shows it: a long explanation has no room there."""
    return one.label if len(one.note or "") > LONGEST_NOTE else label(one)
