"""Who works here: chosen once, remembered on this computer, changed at a key."""

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from engine.bundles.partners import is_of_here
from engine.desk.page import Page
from engine.desk.rows import Column, Row, Rows
from engine.i18n import _
from engine.labels import holder_name
from engine.lifecycle.registry import Registry
from engine.model import Officer, Role
from engine.vietnamese.text import key

if TYPE_CHECKING:
    from engine.desk.filling import Filling


class WhoPage(Page):
    """The officers of this database, one line a person. Hands back the id of who was chosen."""

    renews = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f4", "add", _("Add an officer"), key_display="F4"),
        Binding("f5", "correct", _("Correct name or place"), key_display="F5"),
        Binding("f7", "keys", _("Keys to sign with"), key_display="F7"),
    ]
    help = (
        _("Choose yourself. What you record is kept with your name."),
        _("This computer remembers it; the key F6 on the first screen changes it."),
        _("F5 corrects the name, the body or the commune of who is under the cursor."),
        _("F4 adds an officer. Both are done by an administrator, whose name is asked for."),
        _("F7: the keys that officers sign with, yours among them."),
    )

    def heading(self) -> str:
        """Return the question."""
        return _("Who are you?")

    def body(self) -> ComposeResult:
        """Compose who works here now, and the list."""
        yield Static("", id="about", markup=False)
        yield Rows(
            Column(_("Name"), grows=True),
            Column(_("Role"), grows=True),
            Column(_("Commune"), grows=True),
        )

    async def load(self) -> None:
        """Read the officers."""
        rows = self.query_one(Rows)
        rows.put(await self.read(lines))
        if self.desk.offices:
            await self.desk.renew_me()
            self.show("#about", _("Working here now: {who}").format(who=self.desk.greeting()))
        if self.desk.officer is not None:
            rows.choose(self.desk.officer)
        rows.focus_list()

    def action_add(self) -> None:
        """Open the form of a new officer."""
        from engine.desk.officer import OfficerFilling

        self._open(lambda: OfficerFilling(self.desk.me))

    def action_correct(self) -> None:
        """Open the form that corrects the officer under the cursor."""
        from engine.desk.officer import CorrectionFilling

        which = self.query_one(Rows).key
        if which is not None:
            self._open(lambda: CorrectionFilling(self.desk.me, str(which)))

    def action_keys(self) -> None:
        """Show the keys of officers."""
        from engine.desk.keys import KeysPage

        if not self.desk.offices:
            self.notice(_("First choose who you are; then F6 leads here again."))
        else:
            self.app.push_screen(KeysPage())

    def _open(self, filling: "Callable[[], Filling]") -> None:
        from engine.desk.form import FormPage

        if not self.desk.offices:
            self.notice(_("First choose who you are; then F6 leads here again."))
        else:
            self.app.push_screen(FormPage(filling()))

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Hand back who it is."""
        self.dismiss(event.key)


def people(registry: Registry) -> list[tuple[Officer, ...]]:
    """Return who is in office today, each with all offices.

    Those of the commune that the province's starting file was for come first, who only administers
    comes last.
    """
    offices: dict[str, list[Officer]] = {}
    for one in registry.officers.everybody(registry.lifecycle.today()):
        offices.setdefault(one.id, []).append(one)
    found = [tuple(theirs) for theirs in offices.values()]

    def place(theirs: tuple[Officer, ...]) -> tuple[bool, bool]:
        of_here = any(is_of_here(registry.store, one) for one in theirs)
        return not of_here, all(one.role is Role.ADMIN for one in theirs)

    return sorted(found, key=place)


def lines(registry: Registry) -> list[Row]:
    """Return a line for each of them: the name, the roles as their province has them, where."""
    shown, found = [], people(registry)
    namesakes = Counter(key(theirs[0].name) for theirs in found)
    for theirs in found:
        names = dict.fromkeys(
            holder_name(one.role, city=registry.provinces.is_city(one.province)) for one in theirs
        )
        where = next((one.commune for one in theirs if one.commune), None)
        named = namesakes[key(theirs[0].name)]
        name = f"{theirs[0].name} ({theirs[0].id})" if named > 1 else theirs[0].name
        shown.append(Row(theirs[0].id, (name, ", ".join(names), where or "")))
    return shown
