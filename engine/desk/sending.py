"""Sending clubs to the other side as a file (Gửi tỉnh)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from engine.bundles import making, status
from engine.bundles.cover import signed_now, unsigned_lines
from engine.bundles.keyring import Keyring
from engine.bundles.making import Order
from engine.bundles.status import Exchange
from engine.desk.confirm import Asking
from engine.desk.done import DonePage
from engine.desk.filling import Recorded
from engine.desk.page import Page
from engine.desk.passphrase import unlocked
from engine.desk.rows import Column, Row, Rows
from engine.errors import ClbError
from engine.files import papers_folder
from engine.i18n import _
from engine.lifecycle.registry import Registry
from engine.vietnamese.text import dmy, number


class SendPage(Page):
    """To whom a file can be sent, and how long ago one came from there."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "names", _("With names, or without"), key_display="F2"),
        Binding("f5", "whole", _("Everything, for a new computer"), key_display="F5"),
    ]
    help = (
        _("Enter writes a file with what the other side does not have yet, and shows where it is."),
        _("F2: with the names of members, or without."),
        _("F5: everything from the beginning, for a computer that has nothing yet."),
        _("Who sent a file last is at the top. “Not yet there” becomes less once they answer."),
        _("Send the file by e-mail, Zalo or USB. It can be sent twice without harm."),
    )
    renews = True
    names = whole = False

    def heading(self) -> str:
        """Return what is done here."""
        return _("Send a file with clubs")

    def body(self) -> ComposeResult:
        """Compose what goes along, and the list of receivers."""
        yield Static(self._about(), id="about", markup=False)
        yield Rows(
            Column(_("Receiver"), grows=True),
            Column(_("Clubs"), right=True),
            Column(_("Last file of")),
            Column(_("Not yet there"), right=True),
            empty=_("There is nobody to send to."),
        )

    async def load(self) -> None:
        """Read who there is."""
        rows = self.query_one(Rows)
        province = self.desk.province
        found = await self.read(lambda registry: status.status(registry, province))
        if any(one.of_one_commune for one in self.desk.offices):
            found = [one for one in found if one.commune is None] or [
                Exchange(None, 0, None, None, 0)
            ]
        found.sort(key=lambda one: one.received_at, reverse=True)
        rows.put([_row(one) for one in found])
        rows.focus_list()

    def _about(self) -> str:
        names = _("The names of members go along.") if self.names else _("Names stay here.")
        what = (
            _("Everything is sent, from the beginning.")
            if self.whole
            else _("What they do not have yet is sent.")
        )
        return f"{what} {names}"

    def action_names(self) -> None:
        """Let the names of members go along, or not."""
        self.names = not self.names
        self.show("#about", self._about())

    def action_whole(self) -> None:
        """Send everything, as to a computer that has nothing yet, or only what is new."""
        self.whole = not self.whole
        self.show("#about", self._about())

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Write the file."""
        assert isinstance(event.key, Exchange)
        self.run_worker(self._send(event.key.commune), exclusive=True, group="send")

    async def _send(self, to: str | None) -> None:
        order = Order(self.desk.me, to=to, names=self.names, whole=self.whole)
        ring = self.desk.database.keyring
        assert ring is not None
        try:
            if not await unlocked(self, order.officer):
                return
            pair = ring.pair(order.officer)
            if pair is not None:
                mine = await self.read(
                    lambda registry: unsigned_lines(
                        registry.store, making.pending(registry, order, pair)
                    )
                )
                signs = await self.app.push_screen_wait(OwnPage(mine)) if mine else False
                if signs is None:
                    return
                order = replace(order, sign=bool(signs))
            lines, text = await self.read(lambda registry: _made(registry, order, ring))
        except ClbError as error:
            self.notice(error)
            return
        self.app.copy_to_clipboard(text)
        await self.app.push_screen(DonePage(self.heading(), Recorded(tuple(lines))))


def _row(one: Exchange) -> Row:
    made = dmy(one.made_on) if one.made_on else _("never")
    return Row(
        one, (one.commune or _("the province"), number(one.clubs), made, number(one.lacks)), ""
    )


class OwnPage(Asking):
    """What was recorded unsigned under one's name. Hands back whether to sign it, or nothing."""

    yes, no = _("All of it is mine: sign"), _("Leave it unsigned")
    help = (
        _("A signature states that you recorded this. What is not yours, leave unsigned."),
        _("Esc goes back; no file is written."),
    )

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__()
        self._lines = lines

    def heading(self) -> str:
        """Return the question."""
        return _("Did you record this?")

    def question(self) -> ComposeResult:
        """Compose what it is."""
        about = _("Recorded under your name and not signed: {count}")
        yield Static(about.format(count=number(len(self._lines))), classes="strong", markup=False)
        for line in self._lines:
            yield Static(line, markup=False)

    def action_back(self) -> None:
        """Write no file."""
        self.dismiss(None)


def _made(registry: Registry, order: Order, ring: Keyring) -> tuple[list[str], str]:
    """Write a file and return what it is, where it is, and the text to send with it."""
    place = papers_folder()
    place.mkdir(parents=True, exist_ok=True)
    file = making.free_file(registry, order, place)
    made = making.make(registry, order, file, ring.pair(order.officer))
    signature, ended = made.bundle.signature, ring.ended(order.officer)
    text = _("File “{name}”: {what}. In clb: F9, choose the file.").format(
        name=file.name, what=made.what
    )
    lines = [
        _("The file: {path}").format(path=file),
        _("Text to paste into Zalo (it is copied already):"),
        text,
        "",
        _("Signed by {officer}.").format(officer=signature["officer"])
        if signature
        else _("Nobody signed the file: who sent it is only asserted."),
        *([signed_now(made.signed)] if made.signed else []),
        *([] if ended is None else [_ended(ended)]),
        "",
        *made.cover.splitlines()[2:-2],
    ]
    return lines, text


def _ended(day: date) -> str:
    """Return why nothing was signed, and where another key is made."""
    return _(
        "Your key was ended from {day}: nothing is signed. F6, then F7 and F2: a new one."
    ).format(day=dmy(day))
