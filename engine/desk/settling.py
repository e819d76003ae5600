"""A stream that went on at both sides: both shown, and one's own steps taken again on theirs."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from engine.bundles.forks import Fork, event_text
from engine.bundles.form import Bundle
from engine.bundles.rebasing import Again, Settled, Wish, rebase
from engine.desk.confirm import ReasonPage
from engine.desk.done import DonePage
from engine.desk.filling import Recorded
from engine.desk.page import Page
from engine.desk.passphrase import unlocked
from engine.desk.rows import Column, Row, Rows
from engine.errors import ClbError
from engine.i18n import _
from engine.interview.doubts import doubts
from engine.model import Event


class SettlePage(Page):
    """Both sides of a fork next to each other. Hands back what is wished, or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "settle", _("Record them again"), key_display="F2"),
    ]
    help = (
        _("Left is what was recorded here, right what came in the file. Nothing is overwritten."),
        _("F2 takes theirs in and records yours again after it, each judged anew."),
        _("Enter on one of yours leaves it out, for what both sides recorded; Enter again: not."),
        _("Esc leaves the club as it is."),
    )

    def __init__(self, bundle: Bundle, fork: Fork, officer: str) -> None:
        super().__init__()
        self._bundle, self._fork = bundle, fork
        self._wish = Wish(officer, {})
        self._seen: Settled | None = None

    def heading(self) -> str:
        """Return which club it is."""
        return _("Both sides went on") + f" · {self._fork.name}"

    def body(self) -> ComposeResult:
        """Compose both sides and what would come of the own steps."""
        yield Static(
            _("Same up to event {seq}. F2 records yours again after theirs.").format(
                seq=self._fork.common
            ),
            id="about",
            markup=False,
        )
        yield Rows(
            Column(_("Here"), grows=True),
            Column(_("In the file"), grows=True),
            Column(_("Yours become"), grows=True),
        )

    async def load(self) -> None:
        """Find what would come of it."""
        wish, stream = self._wish, self._fork.stream
        try:
            self._seen = await self.read(
                lambda registry: rebase(registry, self._bundle, stream, wish, dry_run=True)
            )
        except ClbError as error:
            self._seen = None
            self.notice(error)
        rows = self.query_one(Rows)
        rows.put(list(self._rows()))
        rows.focus_list()
        self.refresh_bindings()

    def _rows(self) -> Iterator[Row]:
        becomes = {} if self._seen is None else {one.event.seq: one for one in self._seen.own}
        for place, (own, other) in enumerate(zip_longest(self._fork.here, self._fork.there)):
            again = None if own is None else becomes.get(own.seq)
            key = -place - 1 if own is None else own.seq
            yield Row(key, (_cell(own), _cell(other), _becomes(again)), _style(again))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show the key only where this side can settle it."""
        del parameters
        return self._seen is not None if action == "settle" else True

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Leave an own step out, or no more."""
        assert isinstance(event.key, int)
        if event.key > 0 and self._seen is not None:
            left_out = self._wish.left_out ^ {event.key}
            self._wish = replace(self._wish, left_out=left_out)
            self.reload()

    def action_settle(self) -> None:
        """Ask for the reasons that are missing, then hand back the wish."""
        self.run_worker(self._settle(), exclusive=True, group="settle")

    async def _settle(self) -> None:
        while self._seen is not None and self._seen.unanswered:
            reasons = dict(self._wish.acknowledged)
            for doubt in doubts(self._seen.unanswered, reasons):
                reason = await self.app.push_screen_wait(ReasonPage(doubt.finding))
                if not reason:
                    return
                reasons[doubt.finding.code] = str(reason)
            self._wish = replace(self._wish, acknowledged=reasons)
            await self.load()
        if self._seen is not None:
            self.dismiss(self._wish)


async def settle(page: Page, bundle: Bundle, fork: Fork) -> bool:
    """Show a fork and let somebody settle it; return whether they did."""
    wish = await page.app.push_screen_wait(SettlePage(bundle, fork, page.desk.me))
    if not isinstance(wish, Wish) or not await unlocked(page, wish.officer):
        return False
    try:
        done = await page.read(lambda registry: rebase(registry, bundle, fork.stream, wish))
    except ClbError as error:
        page.notice(error)
        return False
    await page.app.push_screen_wait(DonePage(fork.name, Recorded(tuple(_lines(done)))))
    return True


def _lines(done: Settled) -> Iterator[str]:
    for one in done.own:
        yield f"{_cell(one.event)}: {_becomes(one)}"
    yield _("What yours were before is kept.")
    yield _("Now send your file: F8.")


def _cell(event: Event | None) -> str:
    return "" if event is None else event_text(event)


def _becomes(again: Again | None) -> str:
    """Return what becomes of an own step."""
    if again is None:
        return ""
    if again.seq is not None:
        return _("✓ event {seq}").format(seq=again.seq)
    blocked = next((one.message for one in again.findings if one.message != again.why), "")
    mark = "!" if again.unanswered else "✗"
    return f"{mark} {again.why}" + (f": {blocked}" if blocked else "")


def _style(again: Again | None) -> str:
    if again is None or again.seq is not None:
        return ""
    return "$warning" if again.unanswered else "$error"
