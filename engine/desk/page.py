"""What every screen of the desk has: a title, a line for messages, the keys at the bottom."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Resize
from textual.screen import Screen
from textual.visual import VisualType
from textual.widgets import Static
from textual.worker import Worker

from engine.desk.key_line import KeyLine
from engine.errors import ClbError
from engine.i18n import _
from engine.interview.advice import without_commands

if TYPE_CHECKING:
    from engine.desk.app import Desk
    from engine.lifecycle.registry import Registry

T = TypeVar("T")
LEAST_COLUMNS, LEAST_LINES = 72, 20
"""The size of a window below which lines and keys are cut."""


class Page(Screen[object]):
    """A screen. Subclasses fill ``body`` and read what they show in ``load``."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", _("Help"), key_display="F1"),
        Binding("escape", "back", _("Back"), key_display="Esc"),
    ]
    help: tuple[str, ...] = ()
    """What can be done on this screen, for F1."""

    renews: ClassVar[bool] = False
    """Whether it is read anew when another screen that was above it is left."""
    _was_left = False
    _is_small = False

    @property
    def desk(self) -> "Desk":
        """The application."""
        return cast("Desk", self.app)

    def heading(self) -> str:
        """Return the screen's title."""
        return ""

    def body(self) -> ComposeResult:
        """Compose what is between the title and the keys."""
        yield from ()

    def compose(self) -> ComposeResult:
        """Compose the screen."""
        yield Static(self.heading(), id="title", markup=False)
        yield from self.body()
        yield Static("", id="notice", markup=False)
        yield KeyLine()

    def show(self, where: str, text: VisualType) -> None:
        """Show a text in a place of this screen, if the screen is still there."""
        for one in self.query(where).results(Static):
            one.update(text)

    def retitle(self) -> None:
        """Show the title anew."""
        self.show("#title", self.heading())

    def on_mount(self) -> None:
        """Read what is shown."""
        self.reload()

    def on_screen_suspend(self) -> None:
        """Remember that another screen may change what is shown here."""
        self._was_left = True

    def on_screen_resume(self) -> None:
        """Read anew what another screen may have changed."""
        if self.renews and self._was_left:
            self.reload()

    def on_resize(self, event: Resize) -> None:
        """Ask for a larger window where this one is too small to read."""
        is_small = event.size.width < LEAST_COLUMNS or event.size.height < LEAST_LINES
        if is_small != self._is_small:
            self._is_small = is_small
            self.notice(self._too_small() if is_small else "")

    def _too_small(self) -> str:
        """Return what to do where this window shows too little; a browser enlarges the letters."""
        if self.app.is_web:
            return _("Too little fits in this window: widen it, or press Ctrl and - (smaller).")
        return _("This window is small: please enlarge it.")

    def reload(self) -> None:
        """Read what is shown once more, without stopping the screen."""
        _read: Worker[None] = self.run_worker(self._load, exclusive=True, group="load")

    async def _load(self) -> None:
        try:
            await self.load()
        except ClbError as error:
            self.notice(error)

    async def load(self) -> None:
        """Read what is shown. Raises ``ClbError``."""

    async def read(self, work: "Callable[[Registry], T]") -> T:
        """Return what some work with the database returns. Raises ``ClbError``."""
        return await self.desk.database.run(work)

    def notice(self, what: ClbError | str, *, good: bool = False) -> None:
        """Show a message above the keys; an error with what to do about it."""
        text = (
            what
            if isinstance(what, str)
            else "\n".join(filter(None, (what.message, without_commands(what.help))))
        )
        self.show("#notice", text)
        for line in self.query("#notice"):
            line.set_class(bool(text), "shown")
            line.set_class(good, "good")

    def action_back(self) -> None:
        """Return to the screen before."""
        self.dismiss()

    def action_help(self) -> None:
        """Show what can be done here."""
        from engine.desk.help import HelpPage

        self.app.push_screen(HelpPage(self.help))
