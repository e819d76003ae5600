"""What is shown when the database cannot be opened: why, and what to do."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from engine.desk.page import Page
from engine.errors import ClbError
from engine.i18n import _


class FailedPage(Page):
    """A failure that leaves nothing to work on."""

    def __init__(self, error: ClbError) -> None:
        super().__init__()
        self._error = error

    def heading(self) -> str:
        """Return the title."""
        return _("The database cannot be opened")

    def body(self) -> ComposeResult:
        """Compose the reason."""
        with VerticalScroll(id="text"):
            yield Static(f"{self._error.message}\n\n{self._error.help}", markup=False)

    def action_back(self) -> None:
        """Leave: there is nothing before this."""
        self.app.exit()
