"""Today's work (Việc hôm nay): one's own tasks first, what is late at the top."""

from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from engine.desk.app import greeting
from engine.desk.page import Page
from engine.desk.rows import Column, Heading, Line, Row, Rows
from engine.i18n import _
from engine.labels import role_name, task_name
from engine.lifecycle.registry import Registry
from engine.reports.agenda import Agenda, agenda
from engine.reports.due import Due, due, task_words
from engine.rules.obligations import STEPS
from engine.vietnamese.dates import dmy

SOON_DAYS = 30


class TodayPage(Page):
    """The first screen."""

    renews = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "clubs", _("My clubs"), key_display="F2"),
        Binding("f4", "open", _("Open a new club"), key_display="F4"),
        Binding("f6", "who", _("Somebody else"), key_display="F6"),
        Binding("f3", "app.find", _("Find"), key_display="F3"),
        Binding("f10", "app.quit", _("Leave"), key_display="F10"),
        Binding("f7", "report", _("A report"), key_display="F7", show=False),
        Binding("f5", "refresh", _("Read anew"), key_display="F5", show=False),
    ]
    help = (
        _("This is what is to be done, what is late at the top."),
        _("• Enter on a task of yours opens its form; on a task of others it opens the club."),
        _("• F2 shows your clubs by stage, F4 opens the file of a new club."),
        _("• F7 makes a report and opens it, F6 lets somebody else work here."),
    )

    def heading(self) -> str:
        """Return the title: the day and who works here."""
        return _("Today's work") + f" · {greeting(self.desk.offices)}"

    def body(self) -> ComposeResult:
        """Compose the list of tasks."""
        yield Rows(
            Column(_("Due")),
            Column(_("Days late"), right=True),
            Column(_("To do"), grows=True),
            Column(_("Name of the club"), grows=True),
            Column(_("Who")),
            empty=_("Nothing is due. F2 shows your clubs, F4 opens a new one."),
        )

    async def load(self) -> None:
        """Read what is due."""
        found, today = await self.read(self._due)
        rows = self.query_one(Rows)
        several, city = self.desk.several_communes, self.desk.city
        rows.put(lines(found, today, with_commune=several, city=city))
        rows.focus_list()

    def _due(self, registry: Registry) -> tuple[Agenda, date]:
        today = registry.lifecycle.today()
        rules = registry.provinces.rules(self.desk.province)
        rows = due(registry.store, rules, self.desk.province, today)
        return agenda(rows, self.desk.offices), today

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Open the form of a task, or the club it is about."""
        one = event.key
        assert isinstance(one, Due)
        if one.club is None:
            self.notice(one.note or one.source)
            return
        from engine.desk.club import ClubPage

        self.app.push_screen(ClubPage(one.club, step=STEPS.get(one.kind)))

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

    def action_who(self) -> None:
        """Let somebody else work here."""
        self.run_worker(self._who(), exclusive=True, group="who")

    async def _who(self) -> None:
        await self.desk.ask_who()
        self.retitle()
        self.reload()

    def action_refresh(self) -> None:
        """Read anew."""
        self.reload()

    def action_back(self) -> None:
        """Ask before the desk is left: Esc is pressed often."""
        self.notice(_("This is the first screen. F10 leaves."), good=True)


def lines(found: Agenda, today: date, *, with_commune: bool, city: bool) -> list[Line]:
    """Return the tasks as lines under their headings."""
    shown: list[Line] = []
    if not found.own:
        shown.append(
            Heading(_("Nothing of yours is due. F2 shows your clubs, F4 opens a new one."))
        )
    groups = (
        (_("Your tasks"), found.own),
        (_("What others owe your clubs"), found.others),
        (_("What the city owes") if city else _("What the province owes"), found.province),
        (_("Not done while it was asked for; owed no more"), found.ended),
    )
    for heading, rows in groups:
        if rows:
            shown.append(Heading(f"{heading} ({len(rows)})"))
            shown += [line(one, today, with_commune=with_commune, city=city) for one in rows]
    return shown


def line(one: Due, today: date, *, with_commune: bool, city: bool) -> Row:
    """Return one task: its day, what it is, of which club, and who does it."""
    late = one.overdue_days(today)
    soon = one.due_on is not None and (one.due_on - today).days <= SOON_DAYS
    style = "" if one.ended else "$error bold" if late else "$warning" if soon else ""
    where = one.commune if with_commune else None
    club = " · ".join(filter(None, (one.club_name, where)))
    about = club or task_words(one)
    who = role_name(one.role, city=city)
    cells = (day_text(one), str(late or ""), task_name(one.kind), about, who)
    return Row(one, cells, style)


def day_text(one: Due) -> str:
    """Return the day a task is due, or was due last."""
    return dmy(one.due_on) if one.due_on else _("no day set")
