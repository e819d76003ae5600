"""The application: its colours and keys, who works with it, and the first screen."""

from collections.abc import Sequence
from sys import exc_info
from traceback import format_tb
from typing import ClassVar

from rich.text import Text
from textual.app import App
from textual.binding import Binding, BindingType
from textual.theme import Theme

from engine import codes
from engine.desk.database import DatabaseThread
from engine.errors import ClbError
from engine.i18n import _
from engine.lifecycle.registry import Registry
from engine.model import Officer, Role
from engine.remembered import Remembered
from engine.reports.agenda import at_work
from engine.states import step as find_step

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
"""From so many columns on what is found has its place beside a form, not below it."""
TRACED = 3
"""Places in the program that are shown of a fault."""


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

    def on_mount(self) -> None:
        """Begin with today's work, or with the questions of a first run."""
        self.register_theme(THEME)
        self.theme = THEME.name
        self.title = _("Intergenerational self-help clubs")
        self.run_worker(self.begin(), exclusive=True)

    async def begin(self) -> None:
        """Show today's work to an officer who is known, else ask who it is."""
        from engine.desk.today import TodayPage

        try:
            self.offices = await self.database.run(self._known)
        except ClbError as error:
            if error.code != codes.DATABASE_MISSING:
                await self._fail(error)
                return
            await self._first_run()
        if not self.offices:
            await self.ask_who()
        if self.offices:
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

    def is_me(self, officer: str) -> None:
        """Let somebody work here, and remember it on this computer."""
        self.officer = officer
        self.remembered.keep_officer(officer)

    def _known(self, registry: Registry) -> tuple[Officer, ...]:
        found = () if self.officer is None else registry.lifecycle.officers(self.officer)
        self.city = bool(found) and registry.provinces.is_city(found[0].province)
        return found

    async def _fail(self, error: ClbError) -> None:
        from engine.desk.failed import FailedPage

        await self.push_screen(FailedPage(error))

    @property
    def me(self) -> str:
        """The id of the officer who works here."""
        assert self.officer is not None
        return self.officer

    @property
    def several_communes(self) -> bool:
        """Whether the officer works on clubs of several communes."""
        return any(one.commune is None for one in at_work(self.offices))

    @property
    def province(self) -> str:
        """The province the officer works in."""
        return self.offices[0].province

    def may_be(self, *roles: Role) -> bool:
        """Return whether the officer has one of these roles."""
        return any(one.role in roles for one in self.offices)

    def take_step(self, club: str, step: str) -> None:
        """Open the form of a club's step; a member list is changed on the list itself."""
        from engine.desk.club import ClubPage
        from engine.desk.filling import StepFilling
        from engine.desk.form import FormPage

        if find_step(step).command is None:
            self.push_screen(FormPage(StepFilling(club, step, self.me)))
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
        self.database.close()


def greeting(offices: Sequence[Officer]) -> str:
    """Return who works here and where."""
    where = next((one.commune for one in offices if one.commune), None)
    return ", ".join(filter(None, (offices[0].name, where)))
