"""The first run: who works here, and where."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from engine.desk.page import Page
from engine.i18n import _


class FirstRunPage(Page):
    """What is to be done before the desk can be used."""

    def heading(self) -> str:
        """Return the title."""
        return _("It is not known who works here")

    def body(self) -> ComposeResult:
        """Compose what to do."""
        with VerticalScroll(id="text"):
            yield Static(
                _("Add --as OFFICER, or set CLB_OFFICER once. Officers: clb officer list."),
                markup=False,
            )

    def action_back(self) -> None:
        """Leave: there is nothing before this."""
        self.app.exit()
