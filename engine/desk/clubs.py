"""My clubs by stage, and the search by a few letters, with marks or without."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Key
from textual.widgets import Input

from engine.desk.page import Page
from engine.desk.rows import Column, Heading, Line, Row, Rows
from engine.desk.text_field import TextField
from engine.i18n import _
from engine.labels import state_name
from engine.lifecycle.registry import Registry
from engine.model import State
from engine.reports.agenda import clubs_in_sight
from engine.reports.clubs import ListedClub
from engine.vietnamese.text import bare


class ClubsPage(Page):
    """The clubs an officer works on, those before their decision first."""

    renews = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f4", "open", _("Open a new club"), key_display="F4"),
    ]
    help = (
        _("These are your clubs by stage."),
        _("• Type a few letters of the name, village or commune: marks may be left out."),
        _("• Enter or a click opens a club's page."),
    )

    def __init__(self, *, searching: bool = False) -> None:
        super().__init__()
        self._searching = searching
        self._clubs: Sequence[ListedClub] = ()
        self._keys: Sequence[str] = ()

    def heading(self) -> str:
        """Return the title."""
        return _("My clubs") + (f" ({len(self._clubs)})" if self._clubs else "")

    def body(self) -> ComposeResult:
        """Compose the search and the list."""
        yield TextField(placeholder=_("Find: a few letters, without marks will do"), compact=True)
        yield Rows(
            Column(_("Name"), grows=True),
            Column(_("Village"), grows=True),
            *((Column(_("Commune"), grows=True),) if self.desk.several_communes else ()),
            Column(_("Members"), right=True),
            empty=_("No club. F4 opens a new one."),
        )

    async def load(self) -> None:
        """Read the clubs."""
        self._clubs = await self.read(self._listed)
        self._keys = [
            bare(" ".join((one.name, one.village, one.commune_now, one.commune, one.club)))
            for one in self._clubs
        ]
        self.retitle()
        self._show()
        if self._searching:
            self.query_one(Input).focus()
        else:
            self.query_one(Rows).focus_list()

    def _listed(self, registry: Registry) -> list[ListedClub]:
        today, provinces = registry.lifecycle.today(), registry.provinces
        here = self.desk.province
        return clubs_in_sight(registry.store, provinces, here, self.desk.offices, today)

    def _show(self) -> None:
        words = bare(self.query_one(Input).value).split()
        found = [
            one
            for one, key in zip(self._clubs, self._keys, strict=True)
            if all(word in key for word in words)
        ]
        self.query_one(Rows).put(by_stage(found, with_commune=self.desk.several_communes))

    def on_input_changed(self, _event: Input.Changed) -> None:
        """Show what fits the letters typed so far."""
        self._show()

    def on_input_submitted(self, _event: Input.Submitted) -> None:
        """Open the first club found."""
        rows = self.query_one(Rows)
        if isinstance(rows.key, str):
            self._open(rows.key)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Open a club's page."""
        self._open(str(event.key))

    def _open(self, club: str) -> None:
        from engine.desk.club import ClubPage

        self.app.push_screen(ClubPage(club))

    def on_key(self, event: Key) -> None:
        """Search with what is typed on the list, and go to the list with the arrow down."""
        field, rows = self.query_one(Input), self.query_one(Rows)
        if field.has_focus and event.key == "down":
            rows.focus_list()
        elif not field.has_focus and event.is_printable and event.character:
            field.focus()
            field.insert_text_at_cursor(event.character)
        else:
            return
        event.stop()
        event.prevent_default()

    def action_open(self) -> None:
        """Open the file of a new club."""
        self.desk.open_club()


def by_stage(found: Sequence[ListedClub], *, with_commune: bool) -> list[Line]:
    """Return clubs under the states they are in, in the order of a club's life."""
    shown: list[Line] = []
    for state in State:
        there = [one for one in found if one.state == state]
        if there:
            name = state_name(state)
            shown.append(Heading(f"{name[:1].upper()}{name[1:]} ({len(there)})"))
            for one in there:
                where = (one.village, one.commune_now) if with_commune else (one.village,)
                shown.append(Row(one.club, (one.name, *where, str(one.members))))
    return shown
