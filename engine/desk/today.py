"""Today's work (Việc hôm nay): one's own tasks first, what is late at the top."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Button

from engine.desk.page import Page
from engine.desk.rows import Column, Heading, Line, Row, Rows
from engine.i18n import _
from engine.labels import role_names, step_name, task_name
from engine.lifecycle.registry import Registry
from engine.model import Officer
from engine.reports import merged
from engine.reports.agenda import Agenda, agenda, at_work, communes_of, in_sight
from engine.reports.due import clubs_of
from engine.reports.due_row import Due, task_words
from engine.reports.under_way import UnderWay, under_way
from engine.rules.obligations import STEPS
from engine.vietnamese.dates import dmy

SOON_DAYS = 30


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be done, read at one moment: tasks, and clubs on the way to their launch."""

    agenda: Agenda
    begun: tuple[UnderWay, ...]
    today: date
    offices: Sequence[Officer] = ()

    def next_is_own(self, one: UnderWay) -> bool:
        """Return whether the next step of a club that is being founded is one's own."""
        return any(
            each.role in one.roles and in_sight(one.commune, (each,)) for each in self.offices
        )


class TodayPage(Page):
    """The first screen."""

    renews = True
    _remarked: object | None = None
    """The line that the message above the keys is about."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "clubs", _("My clubs"), key_display="F2"),
        Binding("f4", "open", _("Open a new club"), key_display="F4"),
        Binding("f6", "who", _("Who I am"), key_display="F6"),
        Binding("f7", "report", _("A report"), key_display="F7"),
        Binding("f8", "send", _("Send clubs"), show=False),
        Binding("f9", "receive", _("Receive"), show=False),
        Binding("f10", "app.quit", _("Leave"), key_display="F10"),
        Binding("escape", "back", _("Back"), show=False),
        Binding("f5", "refresh", _("Read anew"), key_display="F5", show=False),
    ]
    help = (
        _("This is what is to be done, what is late at the top; then clubs being founded."),
        _("• Enter on a task of yours opens its form; on a task of others it opens the club."),
        _("• F2 shows your clubs by stage, F4 opens the file of a new club."),
        _("• F8 sends clubs to the other side as a file, F9 takes in a file that came from there."),
        _("• F7 makes a report and opens it, F6 is for who you are: your name, place, another."),
    )

    def heading(self) -> str:
        """Return the title: the day and who works here."""
        return _("Today's work") + f" · {self.desk.greeting()}"

    def body(self) -> ComposeResult:
        """Compose the list of tasks."""
        yield Rows(
            Column(_("Due")),
            Column(_("Days late"), right=True),
            Column(_("To do"), grows=True),
            Column(_("Name of the club"), grows=True),
            Column(_("Who"), grows=True),
            empty=_("Nothing is due. F2 shows your clubs, F4 opens a new one."),
        )
        of_commune = any(one.of_one_commune for one in self.desk.offices)
        send = _("F8 Send to the province") if of_commune else _("F8 Send to a commune")
        receive = (
            _("F9 Take in from the province") if of_commune else _("F9 Take in from a commune")
        )
        with Horizontal(id="exchange"):
            yield Button(send, id="send", classes="line", compact=True)
            yield Button(receive, id="receive", classes="line", compact=True)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Send, or take in."""
        if event.button.id == "send":
            self.action_send()
        else:
            self.action_receive()

    async def load(self) -> None:
        """Read what is due."""
        work = await self.read(self._work)
        rows = self.query_one(Rows)
        shown = Lines(work, with_commune=self.desk.several_communes, city=self.desk.city)
        rows.put(shown.all())
        rows.focus_list()

    def _work(self, registry: Registry) -> Work:
        today = registry.lifecycle.today()
        store, provinces = registry.store, registry.provinces
        province, communes = self.desk.province, communes_of(self.desk.offices)
        rows, _warnings = merged.due(store, provinces, province, today, communes=communes)
        found = agenda(rows, self.desk.offices)
        shown = {(one.club, step_of(one)) for one in (*found.own, *found.others)}
        begun: list[UnderWay] = []
        for rules in merged.parts(store, provinces, province, today):
            one = rules.policy.province_id
            clubs = None if communes is None else clubs_of(store, one, communes)
            begun += under_way(store, rules, one, today, clubs)
        left = tuple(one for one in begun if (one.club, one.step) not in shown)
        return Work(found, left, today, at_work(self.desk.offices))

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Open the form of a task, or the club it is about."""
        one = event.key
        assert isinstance(one, Due | UnderWay)
        if one.club is None:
            assert isinstance(one, Due)
            self.notice(about_report(one, city=self.desk.city), good=True)
            self._remarked = one
            return
        from engine.desk.club import ClubPage

        self.app.push_screen(ClubPage(one.club, step=step_of(one)))

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """Drop the remark about a line once it is left."""
        if self._remarked not in (None, event.key):
            self._remarked = None
            self.notice("")

    def action_clubs(self) -> None:
        """Show the clubs."""
        from engine.desk.clubs import ClubsPage

        self.app.push_screen(ClubsPage())

    def action_open(self) -> None:
        """Open the file of a new club."""
        self.desk.open_club()

    def action_report(self) -> None:
        """Open the form of a report."""
        from engine.desk.form import FormPage
        from engine.desk.report import ReportFilling

        self.app.push_screen(FormPage(ReportFilling(self.desk.province, self.desk.me)))

    def action_send(self) -> None:
        """Show to whom a file can be sent."""
        from engine.desk.sending import SendPage

        self.app.push_screen(SendPage())

    def action_receive(self) -> None:
        """Take in a file that was sent."""
        self.run_worker(self._receive(), exclusive=True, group="receive")

    async def _receive(self) -> None:
        from engine.desk.receiving import receive

        await receive(self)
        self.reload()

    def action_who(self) -> None:
        """Let somebody else work here."""
        self.run_worker(self._who(), exclusive=True, group="who")

    async def _who(self) -> None:
        before = self.desk.officer
        await self.desk.ask_who()
        self.retitle()
        if self.desk.officer != before:
            self.query_one(Rows).put(())  # the cursor begins at what is now one's own
        self.reload()

    def action_refresh(self) -> None:
        """Read anew."""
        self.reload()

    def action_back(self) -> None:
        """Ask before the desk is left: Esc is pressed often."""
        self.notice(_("This is the first screen. F10 leaves."), good=True)


def about_report(one: Due, *, city: bool) -> str:
    """Return what is to be known of a task that is about no club: what, by whom, on what ground."""
    who = _("by: {who}").format(who=role_names(one.doers, city=city))
    source = _("ground: {source}").format(source=one.source)
    return "\n".join(filter(None, (f"{task_words(one)}; {who}; {source}", one.note)))


def step_of(one: Due | UnderWay) -> str | None:
    """Return the step by which a task of a club is done; ``None`` where that is none."""
    return one.step or STEPS.get(one.kind) if isinstance(one, Due) else one.step


class Lines:
    """Work as lines under their headings."""

    def __init__(self, work: Work, *, with_commune: bool, city: bool) -> None:
        self.work, self.with_commune, self.city = work, with_commune, city
        named = {one.club: one.club_name for one in (*work.agenda.own, *work.agenda.others)}
        named.update((one.club, one.club_name) for one in work.begun)
        self._named = Counter(named.values())

    def all(self) -> list[Line]:
        """Return one's own tasks first, then the clubs being founded, then what others owe."""
        found, shown = self.work.agenda, list[Line]()
        begun_here = [one for one in self.work.begun if self.work.next_is_own(one)]
        elsewhere = [one for one in self.work.begun if one not in begun_here]
        if not (found.own or begun_here):
            shown.append(
                Heading(_("Nothing of yours is due. F2 shows your clubs, F4 opens a new one."))
            )
        owed = _("What the city owes") if self.city else _("What the province owes")
        groups: tuple[tuple[str, Sequence[Row]], ...] = (
            (_("Your tasks"), [self._task(one, own=True) for one in found.own]),
            (_("Clubs being founded: your step is next"), [self._begun(one) for one in begun_here]),
            (_("Clubs being founded: what is next"), [self._begun(one) for one in elsewhere]),
            (_("What others owe your clubs"), self._tasks(found.others)),
            (owed, self._tasks(found.province)),
            (_("Not done while it was asked for; owed no more"), self._tasks(found.ended)),
        )
        for heading, rows in groups:
            if rows:
                shown += [Heading(f"{heading} ({len(rows)})"), *rows]
        return shown

    def _club(self, one: Due | UnderWay) -> str:
        """Return a club's name with what distinguishes it from others on the list."""
        village = one.village if self._named[one.club_name] > 1 else None
        where = one.commune if self.with_commune else None
        return " · ".join(filter(None, (one.club_name, village, where)))

    def _tasks(self, found: Iterable[Due]) -> list[Row]:
        return [self._task(one) for one in found]

    def _task(self, one: Due, *, own: bool = False) -> Row:
        """Return one task: its day, what it is, of which club, and who does it.

        Of one's own that others may do too it is who one is oneself.
        """
        today = self.work.today
        late = one.overdue_days(today)
        soon = one.due_on is not None and (one.due_on - today).days <= SOON_DAYS
        style = "" if one.ended else "$error bold" if late else "$warning" if soon else ""
        about = self._club(one) or task_words(one)
        mine = [office.role for office in self.work.offices if office.role in one.doers]
        who = role_names(mine[:1] if own and mine else one.doers, city=self.city)
        return Row(one, (day_text(one), str(late or ""), task_name(one.kind), about, who), style)

    def _begun(self, one: UnderWay) -> Row:
        """Return one club that is being founded: the step that is next, and who takes it."""
        who = role_names(one.roles, city=self.city)
        return Row(one, ("", "", step_name(one.step), self._club(one), who))


def day_text(one: Due) -> str:
    """Return the day a task is due, or was due last."""
    return dmy(one.due_on) if one.due_on else _("no day set")
