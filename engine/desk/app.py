"""The application: its colours and keys, who works with it, and the first screen."""

from collections.abc import Mapping
from sys import exc_info
from traceback import format_tb
from typing import TYPE_CHECKING, Any, ClassVar

from rich.text import Text
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Event, Key, Paste
from textual.theme import Theme
from textual.widgets import Static

from engine import codes
from engine.desk.database import DatabaseThread
from engine.errors import ClbError
from engine.i18n import _, work_in
from engine.remembered import Remembered

if TYPE_CHECKING:
    from engine.lifecycle.registry import Registry
    from engine.model import Officer

THEME = Theme(
    name="clb",
    dark=False,
    primary="#0b3d6e",
    secondary="#0b3d6e",
    accent="#8a4b00",
    foreground="#111111",
    background="#ffffff",
    surface="#f2f5f8",
    panel="#dfe7ef",
    success="#14532d",
    warning="#7a4a00",
    error="#9b1c1c",
    variables={
        "block-cursor-background": "#ffe08a",
        "block-cursor-foreground": "#111111",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#fff3cf",
        "block-cursor-blurred-foreground": "#111111",
        "footer-key-foreground": "#8a4b00",
        "footer-description-foreground": "#111111",
        "button-focus-text-style": "bold underline",
        "input-selection-background": "#0b3d6e 35%",
    },
)
"""Black on white, as on paper, with few and dark colours: for eyes of sixty years."""
BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]
"""From so many columns on what is found is next to a form, not below it."""
TRACED = 3
"""Places in the program that are shown of a fault."""


def _somebody(registry: "Registry") -> bool:
    """Return whether a database has officers: a first run that was broken off leaves none."""
    return bool(registry.officers.everybody())


class Desk(App[None]):
    """The officer's desk."""

    ENABLE_COMMAND_PALETTE = False
    CSS_PATH = "desk.tcss"
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "find", _("Find"), show=False),
        Binding("f10", "quit", _("Leave"), show=False),
        Binding("ctrl+q", "quit", _("Leave"), show=False, priority=True),
        Binding("ctrl+c", "help_quit", show=False, system=True),
    ]

    def __init__(
        self, database: DatabaseThread, remembered: Remembered, officer: str | None = None
    ) -> None:
        super().__init__()
        self.database = database
        self.remembered = remembered
        self.officer = officer
        self.offices: tuple[Officer, ...] = ()
        self.city = False

    def compose(self) -> ComposeResult:
        """Compose what is shown at once, while the engine is loaded and the database opened."""
        yield Static(_("Intergenerational self-help clubs"), id="title", markup=False)
        yield Static(_("Opening ..."), id="text", markup=False)

    def on_mount(self) -> None:
        """Begin with today's work, or with the questions of a first run."""
        self.register_theme(THEME)
        self.theme = THEME.name
        self.title = _("Intergenerational self-help clubs")
        self.run_worker(self.begin(), exclusive=True)

    async def on_event(self, event: Event) -> None:
        """Take an event; a key may be kept until the question it is meant for has the focus."""
        if isinstance(event, Key | Paste) and not event.is_forwarded and self._kept_back(event):
            return
        await super().on_event(event)

    def _kept_back(self, event: Key | Paste) -> bool:
        from engine.desk.answers import AnswersPage

        return isinstance(self.screen, AnswersPage) and self.screen.keeps(event)

    async def begin(self) -> None:
        """Show today's work to an officer who is known, else ask who it is."""
        try:
            self.offices = await self.database.run(self._known)
            is_new = not self.offices and not await self.database.run(_somebody)
        except ClbError as error:
            if error.code != codes.DATABASE_MISSING:
                await self._fail(error)
                return
            is_new = True
        if is_new:
            await self._first_run()
        if not self.offices:
            await self.ask_who()
        if self.offices:
            from engine.desk.today import TodayPage

            await self.push_screen(TodayPage())

    async def _first_run(self) -> None:
        from engine.desk.first_run import FirstRunPage

        if await self.push_screen_wait(FirstRunPage()) is None:
            self.exit()
        else:
            self.offices = await self.database.run(self._known)

    async def ask_who(self) -> None:
        """Ask who works here, and remember it."""
        from engine.desk.who import WhoPage

        chosen = await self.push_screen_wait(WhoPage())
        if isinstance(chosen, str):
            self.is_me(chosen)
            self.offices = await self.database.run(self._known)
        elif not self.offices:
            self.exit()

    async def renew_me(self) -> None:
        """Read anew who works here: the name or the place may have been corrected."""
        self.offices = await self.database.run(self._known)

    def is_me(self, officer: str) -> None:
        """Let somebody work here, and remember it on this computer."""
        self.officer = officer
        self.remembered.keep_officer(officer)

    def _known(self, registry: "Registry") -> "tuple[Officer, ...]":
        found = () if self.officer is None else registry.lifecycle.officers(self.officer)
        self.city = bool(found) and registry.provinces.is_city(found[0].province)
        if self.officer is not None:
            from engine.reports.reading import work_at

            today = registry.lifecycle.today()
            work_at(registry.store, registry.provinces, self.officer, today)
        if not found:
            return found
        from engine.reports.agenda import placed

        rules = registry.provinces.rules(found[0].province)
        return tuple(placed(registry.store, rules, found, registry.lifecycle.today()))

    async def _fail(self, error: ClbError) -> None:
        from engine.desk.failed import FailedPage

        await self.push_screen(FailedPage(error))

    @property
    def me(self) -> str:
        """The id of the officer who works here."""
        assert self.officer is not None
        return self.officer

    def greeting(self) -> str:
        """Return who works here and where."""
        where = next((one.commune for one in self.offices if one.commune), None)
        return ", ".join(filter(None, (self.offices[0].name, where)))

    @property
    def several_communes(self) -> bool:
        """Whether the officer works on clubs of several communes."""
        from engine.reports.agenda import at_work

        return any(not one.of_one_commune for one in at_work(self.offices))

    @property
    def province(self) -> str:
        """The province the officer works in."""
        return self.offices[0].province

    def take_step(
        self,
        club: str,
        step: str,
        given: Mapping[str, Any] | None = None,
        *,
        at_once: bool = False,
    ) -> None:
        """Open the form of a club's step; a member list is changed on the list itself.

        ``given`` are fields that are known already. With ``at_once`` a form that everything is
        known of is shown whole, to be agreed to.
        """
        from engine.desk.club import ClubPage
        from engine.desk.filling import StepFilling
        from engine.desk.form import FormPage
        from engine.states import step as find_step

        if find_step(step).command is None:
            self.push_screen(FormPage(StepFilling(club, step, self.me, given), at_once=at_once))
        elif isinstance(self.screen, ClubPage):
            self.screen.action_tab("members")

    def open_club(self) -> None:
        """Open the form of a new club, and then its page."""
        from engine.desk.filling import OpenFilling, Recorded
        from engine.desk.form import FormPage

        def opened(done: object) -> None:
            from engine.desk.club import ClubPage

            if isinstance(done, Recorded) and done.club:
                self.push_screen(ClubPage(done.club))

        self.push_screen(FormPage(OpenFilling(self.province, self.me)), opened)

    def edit_member(self, club: str, member: str | None = None) -> None:
        """Open the form of a member, or of a new one."""
        from engine.desk.form import FormPage
        from engine.desk.people import MemberFilling

        self.push_screen(FormPage(MemberFilling(club, self.me, member)))

    def let_leave(self, club: str, member: str) -> None:
        """Open the form of a member who leaves."""
        from engine.desk.form import FormPage
        from engine.desk.people import LeavingFilling

        self.push_screen(FormPage(LeavingFilling(club, self.me, member)))

    def import_members(self, club: str) -> None:
        """Ask for the file of a member list, read it and take it in."""
        from engine.desk.form import FormPage
        from engine.desk.list_file import ListFileFilling

        self.push_screen(FormPage(ListFileFilling(club, self.me)))

    def action_find(self) -> None:
        """Show the clubs, ready to be searched."""
        from engine.desk.clubs import ClubsPage

        if self.offices and not isinstance(self.screen, ClubsPage):
            self.push_screen(ClubsPage(searching=True))

    def _fatal_error(self) -> None:
        """Close after a fault of the program: a sentence, and where it was, without any content.

        Textual would show every value that is known there, names of people among them.
        """
        kind, _fault, places = exc_info()
        lines = (
            _("The desk has a fault and closes."),
            _("What was recorded is safe, and what was typed is kept."),
            _("Send these lines to whoever looks after the program:"),
            *format_tb(places)[-TRACED:],
            kind.__name__ if kind else "",
        )
        self._exit_renderables[:] = [Text("\n".join(lines))]
        self._close_messages_no_wait()

    def action_help_quit(self) -> None:
        """Say how to leave: many press Ctrl+C to copy."""
        self.notify(_("Press F10 to leave."), title="")

    async def on_unmount(self) -> None:
        """Close the database."""
        work_in()
        self.database.close()
