"""The page of help: what can be done on the screen it was asked on, and the keys everywhere."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from engine.desk.page import Page
from engine.i18n import _


class HelpPage(Page):
    """The help of one screen."""

    def __init__(self, text: tuple[str, ...]) -> None:
        super().__init__()
        self._text = text

    def heading(self) -> str:
        """Return the title."""
        return _("Help")

    def body(self) -> ComposeResult:
        """Compose the text."""
        with VerticalScroll(id="text"):
            yield Static("\n".join((*self._text, "", *everywhere())), markup=False)

    def action_help(self) -> None:
        """Do nothing: this is the help."""


def everywhere() -> tuple[str, ...]:
    """Return what the keys do on every screen."""
    return (
        _("On every screen:"),
        _("• The arrow keys ↑ ↓ move, Enter opens; the mouse does the same."),
        _("• Tab goes to the next place, Shift+Tab to the one before."),
        _("• Esc goes back and changes nothing; what was typed in a form is kept."),
        _("• F1 shows this help, F3 finds a club, F10 leaves."),
        _("• Names may be typed without marks, in any case."),
        _("• Days: 15/9/2025, 15/9/25, hôm nay. Money: 6.000.000, 6 triệu, 100tr."),
    )
