"""Who sits at the computer now, where another than who works at this desk may do something."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from engine.desk.findings import content
from engine.desk.page import Page
from engine.desk.rows import Column, Row, Rows
from engine.i18n import _
from engine.labels import holder_name
from engine.model import Finding, Officer


class HerePage(Page):
    """The officers who may record what is filled in. Hands back the id of the one chosen."""

    help = (_("Choose who sits here now. What is filled in stays. Esc goes back."),)

    def __init__(
        self, title: str, about: str, found: Sequence[Finding], others: Sequence[Officer]
    ) -> None:
        super().__init__()
        self._title, self._about = title, about
        self._found = tuple(one for one in found if one.permission)
        self._others = others

    def heading(self) -> str:
        """Return what is being recorded."""
        return self._title

    def body(self) -> ComposeResult:
        """Compose the question, the officers, and why it is asked."""
        yield Static(self._about, id="about", markup=False)
        yield Static(
            _("Who is at the computer now? The log names whoever it is."), id="who", markup=False
        )
        yield Rows(Column(_("Name"), grows=True), Column(_("Role"), grows=True), id="others")
        with VerticalScroll(id="why"):
            yield Static(content(self._found), markup=False)

    async def load(self) -> None:
        """Show the officers."""
        rows = self.query_one(Rows)
        city = self.desk.city
        rows.put(
            [Row(one.id, (one.name, holder_name(one.role, city=city))) for one in self._others]
        )
        rows.focus_list()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Hand back who it is."""
        self.dismiss(event.key)
