"""Keys that officers sign with (khóa ký): one's own is made, an administrator registers others'."""

import re
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Label, Static

from engine.bundles import keys, signing
from engine.bundles.keyring import line_of, place
from engine.desk.confirm import Asking
from engine.desk.done import DonePage
from engine.desk.filling import Recorded
from engine.desk.page import Page
from engine.desk.passphrase import unlocked
from engine.desk.rows import Column, Row, Rows
from engine.desk.text_field import TextField
from engine.errors import ClbError, InputError
from engine.i18n import _
from engine.lifecycle.registry import Registry
from engine.vietnamese.reading import read_day
from engine.vietnamese.text import dmy

SENT = re.compile(r"(?P<officer>\S+)\s+(?P<line>clb1-\S+)")
"""What an officer sends to the administrator: the id, and the public line of the key."""


class KeysPage(Page):
    """The keys that are registered, one's own among them."""

    renews = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "own", _("My key"), key_display="F2"),
        Binding("f4", "register", _("Register a key"), key_display="F4"),
        Binding("f8", "end", _("End a key"), key_display="F8"),
    ]
    help = (
        _("F2 makes your key, or shows the line of it that the administrator registers."),
        _("F4 registers the line that an officer sent: ask them by telephone first."),
        _("F8 ends the key under the cursor, from the day it was lost. Both: administrators."),
    )

    def heading(self) -> str:
        """Return what is shown."""
        return _("Keys to sign with")

    def body(self) -> ComposeResult:
        """Compose how far one's own key is, and the list."""
        yield Static("", id="about", markup=False)
        yield Rows(
            Column(_("Officer"), grows=True),
            Column(_("From")),
            Column(_("Until")),
            empty=_("No key is registered: who did what is asserted, not signed."),
        )

    async def load(self) -> None:
        """Read the keys."""
        me = self.desk.me
        found, names = await self.read(self._registered)
        rows = self.query_one(Rows)
        rows.put([_row(one, names.get(one.officer, one.officer)) for one in found])
        rows.focus_list()
        line = line_of(me)
        known = any(one.public == line and one.until is None for one in found)
        ring = self.desk.database.keyring
        ended = await self.read(lambda _registry: ring.ended(me) if ring else None)
        self.show("#about", _own(line is not None, known, ended))

    def _registered(self, registry: Registry) -> tuple[list[signing.Key], dict[str, str]]:
        found = signing.registered(registry.store, self.desk.province)
        return found, {one.id: one.name for one in registry.officers.ever()}

    def action_own(self) -> None:
        """Make one's own key, or show it once more."""
        self.run_worker(self._own(), exclusive=True, group="key")

    async def _own(self) -> None:
        me, line = self.desk.me, line_of(self.desk.me)
        found, _names = await self.read(self._registered)
        if line is None or any(one.public == line and one.until for one in found):
            made = await self.app.push_screen_wait(NewKeyPage(me))
            if not isinstance(made, str):
                return
            line = made
        text = f"{me} {line}"
        self.app.copy_to_clipboard(text)
        lines = (
            _("Text to send to the administrator, who registers it (it is copied already):"),
            text,
            "",
            _("The private half is here, under your passphrase: {path}").format(path=place(me)),
            _("Keep a copy of it on a USB stick. Nobody can restore it or its passphrase."),
        )
        await self.app.push_screen_wait(DonePage(_("My key"), Recorded(lines)))
        self.reload()

    def action_register(self) -> None:
        """Register the line that an officer sent."""
        self.run_worker(self._write(RegisterPage()), exclusive=True, group="key")

    def action_end(self) -> None:
        """End the key under the cursor."""
        which = self.query_one(Rows).key
        if which is not None:
            self.run_worker(self._write(EndPage(str(which))), exclusive=True, group="key")

    async def _write(self, page: "RegisterPage | EndPage") -> None:
        """Ask, and record what is answered."""
        if not await self.app.push_screen_wait(page) or not await unlocked(self, self.desk.me):
            return
        province, me = self.desk.province, self.desk.me
        try:
            await self.read(lambda registry: page.record(registry, province, me))
        except ClbError as error:
            self.notice(error)
            return
        self.notice(_("Recorded. Send a file (F8 on the first screen): then they know."), good=True)
        self.reload()


def _own(made: bool, known: bool, ended: date | None) -> str:
    if ended is not None:
        return _("Your key was ended from {day}: nothing is signed. F2 makes a new one.").format(
            day=dmy(ended)
        )
    if known:
        return _("Your key is registered: what you record is signed with it.")
    if made:
        return _("Your key is not registered yet. F2 shows what to send to the administrator.")
    return _("You have no key on this computer. F2 makes one.")


def _row(one: signing.Key, name: str) -> Row:
    until = dmy(one.until) if one.until else ""
    return Row(one.officer, (f"{name} ({one.officer})", dmy(one.since), until), "")


class KeyAsking(Asking):
    """Something to type before two answers. Hands back whether it is meant."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "app.focus_next", _("On"), show=False),
        Binding("up", "app.focus_previous", _("Back"), show=False),
    ]
    no = _("Back")

    async def load(self) -> None:
        """Begin in the first place to type in."""
        self.query(TextField).first().focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on to the next place, or to the answer."""
        del event
        self.app.action_focus_next()

    def typed(self, field: str) -> str:
        """Return what was typed in a place."""
        return self.query_one(f"#{field}", Input).value.strip()

    def answer(self, agreed: bool) -> None:
        """Check what was typed, and hand it back."""
        if not agreed:
            self.dismiss(None)
            return
        try:
            self.dismiss(self.checked())
        except InputError as error:
            self.notice(error)

    def checked(self) -> object:
        """Return what is handed back. Raises ``InputError``."""
        raise NotImplementedError

    def action_back(self) -> None:
        """Do nothing."""
        self.dismiss(None)


class NewKeyPage(KeyAsking):
    """A passphrase, twice. Hands back the public line of the key that was made."""

    yes = _("Make the key")
    help = (
        _("The passphrase is asked for when you record and send. Write it down where it is safe."),
    )

    def __init__(self, officer: str) -> None:
        super().__init__()
        self._officer = officer

    def heading(self) -> str:
        """Return what is made."""
        return _("A key of your own")

    def question(self) -> ComposeResult:
        """Compose the two places for it."""
        yield Label(_("A new passphrase, at least {count} letters:").format(count=keys.SHORTEST))
        yield TextField(password=True, id="first", compact=True)
        yield Label(_("The same once more:"))
        yield TextField(password=True, id="second", compact=True)

    def checked(self) -> str:
        """Make the key."""
        if self.typed("first") != self.typed("second"):
            raise InputError(_("The two passphrases differ. Type both again."))
        return keys.make(self._officer, self.typed("first")).public


class RegisterPage(KeyAsking):
    """The line that an officer sent. Hands back whether it is to be registered."""

    yes = _("Register")
    help = (
        _("Paste what the officer sent: the id and the line that begins with clb1-."),
        _("Ask them by telephone first: whoever has the key signs in this name."),
    )

    def heading(self) -> str:
        """Return what is done."""
        return _("Register a key")

    def question(self) -> ComposeResult:
        """Compose the place for the line and for the day."""
        yield Label(_("What the officer sent (paste it here):"))
        yield TextField(id="line", compact=True)
        yield Label(_("From this day; today if left out:"))
        yield TextField(id="day", compact=True)

    def checked(self) -> bool:
        """Read what was typed."""
        found = SENT.search(self.typed("line"))
        if found is None:
            raise InputError(
                _("“{text}” is not an officer's id and the line of a key.").format(
                    text=self.typed("line")
                )
            )
        self._officer, self._line = found["officer"], keys.require_public(found["line"])
        self._day = self.typed("day")
        return True

    def record(self, registry: Registry, province: str, by: str) -> None:
        """Register it. Raises ``ClbError``."""
        since = read_day(self._day, registry.lifecycle.today()) if self._day else None
        registry.officers.add_key(province, self._officer, self._line, since, by=by)


class EndPage(KeyAsking):
    """From which day an officer's key is ended. Hands back whether it is."""

    yes = _("End the key")
    help = (_("What was signed from that day on counts as asserted; it stays recorded."),)

    def __init__(self, officer: str) -> None:
        super().__init__()
        self._officer = officer

    def heading(self) -> str:
        """Return what is done."""
        return _("End the key of {officer}").format(officer=self._officer)

    def question(self) -> ComposeResult:
        """Compose the place for the day."""
        yield Label(_("From this day; today if left out:"))
        yield TextField(id="day", compact=True)

    def checked(self) -> bool:
        """Keep the day."""
        self._day = self.typed("day")
        return True

    def record(self, registry: Registry, province: str, by: str) -> None:
        """End it. Raises ``ClbError``."""
        until = read_day(self._day, registry.lifecycle.today()) if self._day else None
        registry.officers.end_key(province, self._officer, until, by=by)
