"""What was recorded, for which club, what is due next, and the paper to print now."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, Static

from engine.desk.filling import Recorded
from engine.desk.page import Page
from engine.errors import ClbError
from engine.i18n import _


class DonePage(Page):
    """The answer to something that was written."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,up", "app.focus_previous", _("Back"), show=False),
        Binding("right,down", "app.focus_next", _("On"), show=False),
        Binding("f9", "print(0)", _("Print"), key_display="F9"),
    ]
    help = (
        _("It is recorded. F9 or the button writes the paper and opens it in Word."),
        _("Esc or Enter goes on."),
    )

    def __init__(self, title: str, done: Recorded) -> None:
        super().__init__()
        self._title, self._done = title, done

    def heading(self) -> str:
        """Return that it is recorded, or that a file is made."""
        done = _("Recorded") if self._done.file is None else _("The file is made")
        return f"{done} · {self._title}"

    def body(self) -> ComposeResult:
        """Compose what was recorded and what comes next."""
        with VerticalScroll(id="text", can_focus=False):
            if self._done.file is not None:
                yield Static("", id="file", markup=False)
            for line in self._done.lines:
                yield Static(line, markup=False)
            for place, (_kind, named) in enumerate(self._done.papers):
                title = _("Print: {paper}").format(paper=named)
                yield Button(title, id=f"paper-{place}", classes="paper", compact=True)
        with Horizontal(id="buttons"):
            yield Button(_("Go on"), id="on", variant="primary")

    async def load(self) -> None:
        """Begin on the way on; a file that was made is opened."""
        self.query_one("#on").focus()
        if self._done.file is not None:
            from engine.desk.printing import hand_over

            self.show("#file", hand_over(self, self._done.file))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show the key of printing only where there is a paper."""
        del parameters
        return bool(self._done.papers) if action == "print" else True

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Print, or go on."""
        if event.button.id == "on":
            self.dismiss()
        else:
            self.action_print(int(str(event.button.id).rpartition("-")[2]))

    def action_print(self, place: int) -> None:
        """Write a paper and open it."""
        self.run_worker(self._print(self._done.papers[place][0]), exclusive=True, group="print")

    async def _print(self, kind: str) -> None:
        from engine.desk.printing import print_file, rendered

        club, me = self._done.club, self.desk.me
        assert club is not None
        try:
            await print_file(self, lambda registry: rendered(registry, club, kind, me))
        except ClbError as error:
            self.notice(error)
