"""Who works here: chosen once, remembered on this computer, changed at a key."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from engine.desk.page import Page
from engine.desk.rows import Column, Row, Rows
from engine.i18n import _
from engine.labels import role_name
from engine.lifecycle.registry import Registry
from engine.model import Officer, Role


class WhoPage(Page):
    """The officers of this database, one line a person. Hands back the id of who was chosen."""

    renews = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f4", "add", _("Add an officer"), key_display="F4"),
    ]
    help = (
        _("Choose yourself. What you record is kept with your name."),
        _("This computer remembers it; the key F6 on the first screen changes it."),
        _("F4 adds an officer; only an administrator may."),
    )

    def heading(self) -> str:
        """Return the question."""
        return _("Who are you?")

    def body(self) -> ComposeResult:
        """Compose the list."""
        yield Rows(
            Column(_("Name"), grows=True),
            Column(_("Role"), grows=True),
            Column(_("Commune"), grows=True),
        )

    async def load(self) -> None:
        """Read the officers."""
        rows = self.query_one(Rows)
        rows.put(await self.read(lines))
        if self.desk.officer is not None:
            rows.choose(self.desk.officer)
        rows.focus_list()

    def action_add(self) -> None:
        """Open the form of a new officer."""
        from engine.desk.form import FormPage
        from engine.desk.officer import OfficerFilling

        if self.desk.officer is None:
            self.notice(_("First choose who you are; then F6 leads here again."))
        else:
            self.app.push_screen(FormPage(OfficerFilling(self.desk.me)))

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Hand back who it is."""
        self.dismiss(event.key)


def people(registry: Registry) -> list[tuple[Officer, ...]]:
    """Return who is in office today, each with all offices; who only administers comes last."""
    offices: dict[str, list[Officer]] = {}
    for one in registry.officers.everybody(registry.lifecycle.today()):
        offices.setdefault(one.id, []).append(one)
    found = [tuple(theirs) for theirs in offices.values()]
    return sorted(found, key=lambda theirs: all(one.role is Role.ADMIN for one in theirs))


def lines(registry: Registry) -> list[Row]:
    """Return a line for each of them: the name, the roles as their province has them, where."""
    shown = []
    for theirs in people(registry):
        names = dict.fromkeys(
            role_name(one.role, city=registry.provinces.is_city(one.province)) for one in theirs
        )
        where = next((one.commune for one in theirs if one.commune), None)
        shown.append(Row(theirs[0].id, (theirs[0].name, _(" or ").join(names), where or "")))
    return shown
