"""The passphrase of an officer's key, asked for once while the desk is open."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Label, Static

from engine.bundles import keyring
from engine.desk.confirm import Asking
from engine.desk.page import Page
from engine.desk.text_field import TextField
from engine.errors import InputError
from engine.i18n import _

UNSIGNED = "unsigned"
"""Handed back by the page where somebody goes on without a signature."""


class PassphrasePage(Asking):
    """The passphrase. Hands back the opened key, ``UNSIGNED``, or nothing with Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "app.focus_next", _("On"), show=False),
        Binding("up", "app.focus_previous", _("Back"), show=False),
    ]
    yes, no = _("Sign"), _("Go on without a signature")
    help = (
        _("Type the passphrase of your key and press Enter: what is recorded is signed."),
        _("It is asked for once, until the desk is closed. Nobody else sees it."),
        _("Without it the other side only knows the name that you gave."),
    )

    def __init__(self, officer: str, *, required: bool) -> None:
        super().__init__()
        self._officer, self._required = officer, required

    def heading(self) -> str:
        """Return what is asked for."""
        return _("Sign with your key")

    def question(self) -> ComposeResult:
        """Compose the place for the passphrase."""
        yield Static(_("The key of {officer} is on this computer.").format(officer=self._officer))
        if self._required:
            yield Static(
                _("The province asks for signed steps: without a signature no step is recorded."),
                classes="strong",
            )
        yield Label(_("Its passphrase:"))
        yield TextField(password=True, id="passphrase", compact=True)

    async def load(self) -> None:
        """Begin in the place for it."""
        self.query_one("#passphrase").focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Open the key."""
        self._open(event.value)

    def answer(self, agreed: bool) -> None:
        """Open the key, or go on without."""
        if agreed:
            self._open(self.query_one("#passphrase", Input).value)
        else:
            self.dismiss(UNSIGNED)

    def _open(self, passphrase: str) -> None:
        from engine.bundles import keys

        try:
            self.dismiss(keys.load(self._officer, passphrase))
        except InputError as error:
            self.notice(error)
            self.query_one("#passphrase", Input).value = ""
            self.query_one("#passphrase").focus()

    def action_back(self) -> None:
        """Go back; nothing is recorded."""
        self.dismiss(None)


async def unlocked(page: Page, officer: str) -> bool:
    """Let an officer open their key, if there is one here; return whether to go on.

    Raises ``InputError`` where the environment has a wrong passphrase.
    """
    ring = await page.read(lambda _registry: page.desk.database.keyring)
    assert ring is not None
    if not await page.read(lambda _registry: ring.needs(officer)):
        return True
    from engine.bundles.keys import Pair

    pair = keyring.from_environment(officer)
    if pair is None:
        required = await page.read(lambda _registry: ring.is_required(officer))
        answer = await page.app.push_screen_wait(PassphrasePage(officer, required=required))
        if answer is None:
            return False
        pair = answer if isinstance(answer, Pair) else None
    await page.read(lambda _registry: ring.open(officer, pair))
    return True
