"""Taking in the files with clubs that the other side sent (Nhận từ tỉnh)."""

from pathlib import Path

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, Static

from engine.bundles import starting, taking
from engine.bundles.cover import part, signed_late, summary
from engine.bundles.folder import files, in_order, outcome
from engine.bundles.forks import ForkedError
from engine.bundles.form import SUFFIX, Bundle, read, with_names
from engine.bundles.partners import called
from engine.bundles.taking import Taken
from engine.desk.done import DonePage
from engine.desk.files import ReceivedPage
from engine.desk.filling import Recorded
from engine.desk.page import Page
from engine.desk.passphrase import unlocked
from engine.desk.rows import Column, Row, Rows
from engine.desk.settling import settle
from engine.errors import ClbError
from engine.i18n import _
from engine.vietnamese.text import number


class TakePage(Page):
    """What would come of a file; hands back whether it is to be taken in."""

    help = (_("The button takes the whole file in; Esc leaves everything as it is."),)

    def __init__(self, taken: Taken, *, beginning: bool = False) -> None:
        super().__init__()
        self._taken, self._beginning = taken, beginning

    def heading(self) -> str:
        """Return what is asked."""
        if self._beginning:
            return _("Begin with this file?")
        return _("Take it in?") if self._taken.is_new else _("Nothing new")

    def body(self) -> ComposeResult:
        """Compose what the file holds."""
        with VerticalScroll(id="text", can_focus=False):
            if self._beginning:
                receiver = called(self._taken.bundle.receiver)
                yield Static(
                    _("This computer becomes that of {receiver}.").format(receiver=receiver),
                    classes="strong",
                    markup=False,
                )
            for line in taken_lines(self._taken):
                yield Static(line, markup=False)
        with Horizontal(id="buttons"):
            on = _("Take it in") if self._taken.is_new else _("Go on")
            yield Button(on, id="on", variant="primary")

    async def load(self) -> None:
        """Begin on the button."""
        self.query_one("#on").focus()

    def on_button_pressed(self) -> None:
        """Take it in."""
        self.dismiss(True)


def taken_lines(taken: Taken) -> list[str]:
    """Return what comes of a file, a line each."""
    lines = [f"{name}: {value}" for name, value in summary(taken.bundle).items()]
    lines += [f"{part(one.name, one.first, one.last)}: {one.what}" for one in taken.coming]
    lines += [
        (
            _("✗ {name}: both sides went on after event {seq}. The next screen shows both.")
            if one.is_ours
            else _("✗ {name}: both sides went on after event {seq}. The commune has to settle it.")
        ).format(name=one.name, seq=one.common)
        for one in taken.forks
    ]
    if taken.signed:
        lines.append(signed_late(taken.signed))
    if not taken.is_new and not taken.forks:
        lines.append(_("Nothing in this file is new here."))
    return [*lines, *taken.warnings]


async def receive(page: Page) -> None:
    """Let somebody choose a file or a folder of them, and take it in."""
    chosen = await page.app.push_screen_wait(
        ReceivedPage(_("Choose the file that was sent"), SUFFIX, folders=True)
    )
    if not isinstance(chosen, str):
        return
    if Path(chosen).is_dir():
        await page.app.push_screen_wait(FolderPage(Path(chosen)))
    else:
        await _receive_file(page, Path(chosen))


async def _receive_file(page: Page, path: Path) -> None:
    """Show what a file holds, take it in, and settle what went apart."""
    try:
        bundle = await _readable(page, read(path))
        seen = None if bundle is None else await _looked_at(page, bundle)
        if bundle is None or seen is None:
            return
        is_asked = seen.is_new or not seen.forks
        if is_asked and await page.app.push_screen_wait(TakePage(seen)) is not True:
            return
        taken = await page.read(lambda registry: taking.take(registry, bundle))
    except ClbError as error:
        page.notice(error)
        return
    if seen.is_new:
        await _show_taken(page, taken)
    for fork in taken.forks:
        await settle(page, bundle, fork)


async def _show_taken(page: Page, taken: Taken) -> None:
    """Show what was taken in, and that an answer is due."""
    lines = taken_lines(taken)
    if taken.coming:
        lines.append(_("Now send a file back (F8): then they know what you have."))
    await page.app.push_screen_wait(DonePage(_("Receive"), Recorded(tuple(lines))))


async def _readable(page: Page, bundle: Bundle) -> Bundle | None:
    """Return a file with the names that are encrypted in it, where the key here opens them.

    ``None`` where somebody stops. Raises ``ClbError``.
    """
    if bundle.box is None:
        return bundle
    if not await unlocked(page, page.desk.me):
        return None
    return _opened(page, bundle)


def _opened(page: Page, bundle: Bundle) -> Bundle:
    """Return a file with the names that are encrypted in it, where an open key is for them."""
    ring = page.desk.database.keyring
    pair = None if ring is None or bundle.box is None else ring.pair(page.desk.me)
    return bundle if pair is None else with_names(bundle, pair)


async def _looked_at(page: Page, bundle: Bundle) -> Taken | None:
    """Return what would come of a file, once the province's own records are settled.

    ``None`` where somebody leaves these as they are. Raises ``ClbError``.
    """
    while True:
        try:
            return await page.read(lambda registry: taking.take(registry, bundle, dry_run=True))
        except ForkedError as error:
            if not await settle(page, bundle, error.fork):
                return None


async def begin_with_file(page: Page) -> Bundle | None:
    """Let somebody choose the province's starting file and begin with it on a new computer."""
    path = await page.app.push_screen_wait(
        ReceivedPage(_("Choose the file that the province sent"), SUFFIX)
    )
    if not isinstance(path, str):
        return None
    try:
        bundle = read(Path(path))
        seen = await page.desk.database.ask(
            lambda provinces, clock: starting.preview(bundle, provinces, clock)
        )
        if await page.app.push_screen_wait(TakePage(seen, beginning=True)) is not True:
            return None
        await page.desk.database.begin_with(bundle)
    except ClbError as error:
        page.notice(error)
        return None
    return bundle


class FolderPage(Page):
    """Every file of a folder is taken in, the oldest first, with a line for each."""

    help = (
        _("Each file is taken in by itself: one that is refused stops no other."),
        _("Enter on a line opens that file: what went apart in it is settled there."),
        _("Esc goes back; what is taken in stays."),
    )

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def heading(self) -> str:
        """Return which folder it is."""
        return _("Receive a folder") + f" · {self._folder.name}"

    def body(self) -> ComposeResult:
        """Compose how far it is, and a line for each file."""
        yield Static("", id="about", markup=False)
        yield Rows(Column(_("What came of it"), grows=True))

    async def load(self) -> None:
        """Take the files in."""
        rows, lines = self.query_one(Rows), list[Row]()
        rows.focus_list()
        found = await self.read(lambda _registry: list(in_order(files(self._folder))))
        if any(isinstance(one, Bundle) and one.box for _path, one in found):
            await unlocked(self, self.desk.me)
        for path, one in found:
            done = await self._tried(one)
            lines.append(Row(str(path), (outcome(path, done),), _style(done)))
            rows.put(lines)
            about = _("Files done") + f": {number(len(lines))}/{number(len(found))}"
            self.show("#about", about)
        if not found:
            text = _("There is no file ending in {suffix} in the folder {folder}.")
            self.show("#about", text.format(suffix=SUFFIX, folder=self._folder))

    async def _tried(self, found: Bundle | ClbError) -> Taken | ClbError:
        """Take a file in; return what came of it, or why it is refused."""
        if isinstance(found, ClbError):
            return found
        try:
            return await self.read(lambda registry: taking.take(registry, _opened(self, found)))
        except ClbError as error:
            return error

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Open one of the files."""
        self.run_worker(_receive_file(self, Path(str(event.key))), exclusive=True, group="receive")


def _style(done: Taken | ClbError) -> str:
    if isinstance(done, ClbError):
        return "$error"
    return "$warning" if done.forks else ""
