"""What is asked before something is written: doubts, reasons, and whether all of it is right."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, Input, Label, Static

from engine.desk.findings import content
from engine.desk.page import Page
from engine.desk.text_field import TextField
from engine.errors import InputError
from engine.i18n import _
from engine.interview.doubts import read_reason
from engine.interview.interview import Interview
from engine.model import Finding

SCROLLS = (("up", -1), ("down", 1), ("pageup", -10), ("pagedown", 10))
"""Lines that a key moves what is asked about."""


class Asking(Page):
    """A question with two answers. Left and right choose, Enter answers, Esc is no."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "app.focus_previous", _("Back"), show=False),
        Binding("right", "app.focus_next", _("On"), show=False),
        *(Binding(key, f"scroll({by})", show=False) for key, by in SCROLLS),
    ]
    yes, no = _("Yes"), _("No")
    help: tuple[str, ...] = (
        _("Choose with the arrow keys and Enter, or with the mouse. Esc goes back."),
    )

    def question(self) -> ComposeResult:
        """Compose what is asked."""
        yield from ()

    def body(self) -> ComposeResult:
        """Compose the question and the two answers."""
        with VerticalScroll(id="text", can_focus=False):
            yield from self.question()
        with Horizontal(id="buttons"):
            yield Button(self.yes, id="yes", variant="primary")
            yield Button(self.no, id="no")

    async def load(self) -> None:
        """Begin on the first answer."""
        self.query_one("#yes").focus()

    def action_scroll(self, lines: int) -> None:
        """Move through what is asked about, where it is longer than the screen."""
        self.query_one("#text").scroll_relative(y=lines, animate=False)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Answer."""
        self.answer(event.button.id == "yes")

    def answer(self, agreed: bool) -> None:
        """Hand back the answer."""
        self.dismiss(agreed)

    def action_back(self) -> None:
        """Answer no."""
        self.dismiss(False)


class ConfirmPage(Asking):
    """Whether a doubtful answer is meant."""

    def __init__(self, title: str, doubt: str) -> None:
        super().__init__()
        self._title, self._doubt = title, doubt

    def heading(self) -> str:
        """Return what the doubt is about."""
        return self._title

    def question(self) -> ComposeResult:
        """Compose the doubt."""
        yield Static(self._doubt, markup=False)


class ReasonPage(Asking):
    """Whether to go on in spite of a warning, and then why. Hands back the reason, or nothing."""

    def __init__(self, warning: Finding) -> None:
        super().__init__()
        self._warning = warning

    def heading(self) -> str:
        """Return the title."""
        return _("Go on all the same?")

    def question(self) -> ComposeResult:
        """Compose the warning with what is asked for, what was found, and the article."""
        yield Static(content((self._warning,)), markup=False)
        yield Static("")
        yield Label(_("Why is it done all the same? The reason is kept."), id="why-label")
        yield TextField(id="reason", placeholder=_("Type the reason, then Enter"), compact=True)

    async def load(self) -> None:
        """Begin on the first answer; the reason is asked for once it is yes."""
        for one in self.query("#why-label, #reason"):
            one.display = False
        self.query_one("#yes").focus()

    def answer(self, agreed: bool) -> None:
        """Ask why, or go back."""
        if not agreed:
            self.dismiss(None)
            return
        for one in self.query("#why-label, #reason"):
            one.display = True
        field = self.query_one("#reason", Input)
        if field.value.strip():
            self._hand_back(field.value)
        else:
            field.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Hand back the reason."""
        self._hand_back(event.value)

    def _hand_back(self, typed: str) -> None:
        try:
            self.dismiss(read_reason(typed))
        except InputError as error:
            self.notice(error)

    def action_back(self) -> None:
        """Stop."""
        self.dismiss(None)


class SummaryPage(Asking):
    """Everything once more: is it right? (Đúng chưa?)"""

    yes, no = _("Right, record it"), _("Change it")

    def __init__(
        self,
        title: str,
        abouts: Sequence[str],
        asked: Interview,
        warned: Sequence[tuple[Finding, str]],
    ) -> None:
        super().__init__()
        self._title, self._abouts, self._asked, self._warned = title, abouts, asked, warned

    def heading(self) -> str:
        """Return the question."""
        return _("Is it right?") + f" · {self._title}"

    def question(self) -> ComposeResult:
        """Compose the answers, each with its title, after what warned of them."""
        if about := "\n".join(filter(None, self._abouts)):
            yield Static(about, classes="strong", markup=False)
        for warning, reason in self._warned:
            yield Static(f"! {warning.message}", markup=False, classes="warning")
            with Horizontal(classes="pair"):
                yield Label(_("Reason to go on"), markup=False)
                yield Static(reason, markup=False)
        for title, shown in self._asked.summary():
            with Horizontal(classes="pair"):
                yield Label(title, markup=False)
                yield Static(shown, markup=False)
