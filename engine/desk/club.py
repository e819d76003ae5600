"""A club's page: what comes next and what is in its way, people, board, money, papers, history."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static, TabbedContent, TabPane

from engine.desk.findings import content
from engine.desk.page import Page
from engine.desk.rows import Column, Heading, Line, Row, Rows
from engine.documents.papers import Paper, papers
from engine.errors import ClbError
from engine.i18n import _
from engine.labels import (
    circumstance_name,
    count_name,
    entry_name,
    fund_name,
    post_name,
    role_names,
    sex_name,
    source_name,
    state_name,
    step_name,
    task_name,
)
from engine.lifecycle import StepAvailability
from engine.lifecycle.history import effective
from engine.lifecycle.people import Member
from engine.lifecycle.registry import Registry
from engine.model import Club, Event, Level, Task
from engine.reports import clubs, money
from engine.reports.dossier import Dossier
from engine.reports.recorded import recorded
from engine.roster.members import in_order, listed
from engine.rules.succession import succession
from engine.states import step as find_step
from engine.vietnamese.dates import born_text
from engine.vietnamese.text import dmy, dong, number

if TYPE_CHECKING:
    from engine.desk.printing import Printed

RARE = frozenset(
    ("withdraw", "reject", "suspend", "dissolve", "rename", "rehome", "correct", "annul", "erase")
)
"""Steps that are offered last: they end a club's life, or put right what was recorded."""
OF_A_FILE = "export"
"""The step that records a full list taken out as a file, which the desk does not write."""
OF_OTHERS = "change_board"
"""The record that officers look for where another role makes it."""
TABS = ("steps", "members", "board", "money", "papers", "history")


@dataclass(frozen=True, slots=True)
class Facts:
    """What the page shows, read at one moment."""

    page: clubs.Page
    steps: Sequence[StepAvailability]
    members: Sequence[Member]
    seats: Sequence[clubs.Seat]
    ledger: Sequence[money.LedgerLine]
    events: Sequence[Event]
    recorded: Mapping[str, int]
    names: dict[str, str]
    today: date
    city: bool

    @property
    def club(self) -> Club:
        """The club."""
        return self.page.club


def facts(registry: Registry, club_id: str, officer: str) -> Facts:
    """Read what a club's page shows. Raises ``UnknownError``."""
    lifecycle, store = registry.lifecycle, registry.store
    club, today = lifecycle.club(club_id), lifecycle.today()
    known = succession(registry.provinces.policy(club.province))
    page = clubs.page(store, club, lifecycle.gather.composition(club, today), today, known=known)
    records = Dossier(store, club).records
    return Facts(
        page,
        lifecycle.check(club_id, officer=officer),
        in_order(listed(store, club_id, today)),
        clubs.board(store, club_id),
        money.ledger(store, club_id, today),
        clubs.history(store, club_id),
        {one.step: one.seq for one in records},
        {one.id: one.name for one in registry.officers.ever()},
        today,
        registry.provinces.is_city(club.province),
    )


class ClubPage(Page):
    """One club."""

    renews = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f6", "add_member", _("Add a person"), key_display="F6"),
        Binding("f6", "name_board", _("Name the board"), key_display="F6"),
        Binding("f7", "import_members", _("Take in a list"), key_display="F7"),
        Binding("f8", "let_leave", _("Leaves"), key_display="F8"),
        Binding("f8", "record_money", _("Record money"), key_display="F8"),
        Binding("f9", "export_members", _("To Excel"), key_display="F9"),
        Binding("f9", "dossier", _("All papers of a stage"), key_display="F9"),
        *(
            Binding(str(place), f"tab('{name}')", show=False)
            for place, name in enumerate(TABS, start=1)
        ),
    ]
    help = (
        _("This is one club. The keys 1 to 6, or the mouse, turn its pages."),
        _("• 1: what can be done now, and what is in the way of the rest. Enter opens the form."),
        _("• 2: the members. Enter changes one, F6 adds one, F7 takes in a list, F8: one leaves."),
        _("• 2 too: F9 writes the list to Excel, numbers hidden."),
        _("• 4: the two funds. F8 records money that came or went."),
        _("• 5: the papers. Enter writes one and opens it in Word. F9 writes those of a stage."),
        _("• 6: all that was recorded. Enter shows one record whole."),
    )

    def __init__(self, club: str, *, step: str | None = None, tab: str = "steps") -> None:
        super().__init__()
        self._club = club
        self._step = step
        self._tab = tab
        self._facts: Facts | None = None

    def heading(self) -> str:
        """Return the club's name."""
        return self._facts.club.name if self._facts else ""

    def body(self) -> ComposeResult:
        """Compose the pages."""
        yield Static("", id="about", markup=False)
        with TabbedContent(initial=self._tab, id="pages"):
            with TabPane(_("1 To do"), id="steps"):
                yield Rows(
                    Column(""), Column("", grows=True), Column("", grows=True), id="list-steps"
                )
                with VerticalScroll(id="why"):
                    yield Static("", markup=False)
            with TabPane(_("2 Members"), id="members"):
                yield Rows(
                    Column(_("No."), right=True),
                    Column(_("Name"), grows=True),
                    Column(_("Sex")),
                    Column(_("Born")),
                    Column(_("Circumstance"), grows=True),
                    Column(_("Village"), grows=True),
                    id="list-members",
                    empty=_("No members yet. F7 takes in a list, F6 adds a person."),
                )
            with TabPane(_("3 Board"), id="board"):
                yield Rows(
                    Column(_("Post")),
                    Column(_("Name"), grows=True),
                    Column(_("Since")),
                    id="list-board",
                    empty=_("No board has been named yet. F6 names one."),
                )
            with TabPane(_("4 Funds"), id="money"):
                yield Static("", id="held", markup=False)
                yield Rows(
                    Column(_("No."), right=True),
                    Column(_("Date")),
                    Column(_("Kind"), grows=True),
                    Column(_("Fund"), grows=True),
                    Column(_("In or out (đồng)"), right=True),
                    Column(_("Held (đồng)"), right=True),
                    id="list-money",
                    empty=_("No money has been recorded yet. F8 records some."),
                )
            with TabPane(_("5 Papers"), id="papers"):
                yield Rows(
                    Column(_("Paper"), grows=True),
                    Column(_("Written from"), grows=True),
                    id="list-papers",
                )
            with TabPane(_("6 History"), id="history"):
                yield Rows(
                    Column(_("No."), right=True),
                    Column(_("Date")),
                    Column(_("What was done"), grows=True),
                    Column(_("Who"), grows=True),
                    id="list-history",
                )

    async def load(self) -> None:
        """Read the club."""
        found = await self.read(lambda registry: facts(registry, self._club, self.desk.me))
        self._facts = found
        self.retitle()
        self.show("#about", about(found))
        shown: dict[str, list[Line]] = {
            "steps": steps(found),
            "members": members(found),
            "board": [seat(one) for one in found.seats],
            "money": [entry(one) for one in found.ledger],
            "papers": paper_lines(found.recorded),
            "history": history(found),
        }
        for name, lines in shown.items():
            self._rows(name).put(lines)
        self.show(
            "#held",
            " · ".join(
                f"{fund_name(fund)}: {dong(held)}" for fund, held in found.page.funds.items()
            ),
        )
        if self._step is not None:
            self._rows("steps").choose(self._step)
            self._step = None
        self._focus()

    def _rows(self, name: str) -> Rows:
        return self.query_one(f"#list-{name}", Rows)

    def _focus(self) -> None:
        self._rows(self.query_one(TabbedContent).active).focus_list()
        self.refresh_bindings()

    def on_tabbed_content_tab_activated(self) -> None:
        """Let the keys move through the page that was turned to."""
        self._focus()

    def action_tab(self, name: str) -> None:
        """Turn to a page."""
        self.query_one(TabbedContent).active = name

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show only the keys of the page that is open."""
        of = {
            "add_member": "members",
            "import_members": "members",
            "let_leave": "members",
            "name_board": "board",
            "record_money": "money",
            "export_members": "members",
            "dossier": "papers",
        }
        if action not in of:
            return super().check_action(action, parameters)
        there = self.query("#pages")
        return bool(there) and self.query_one(TabbedContent).active == of[action]

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """Show what speaks against the step under the cursor."""
        if event.rows.id == "list-steps" and self._facts is not None:
            one = next((one for one in self._facts.steps if one.step == event.key), None)
            self.show("#why > Static", why(one) if one else "")

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Open what was chosen."""
        page, key = event.rows.id, event.key
        if page == "list-steps":
            self.desk.take_step(self._club, str(key))
        elif page == "list-members":
            self.desk.edit_member(self._club, str(key))
        elif page == "list-board":
            self.action_name_board()
        elif page == "list-papers":
            self._print_paper(str(key))
        elif page in ("list-history", "list-money"):
            assert self._facts is not None
            from engine.desk.record import RecordPage

            self.app.push_screen(RecordPage(self._facts.club, int(str(key))))

    def action_name_board(self) -> None:
        """Name the board that is proposed; after the decision, change it."""
        if self._facts is not None:
            step = "change_board" if self._facts.club.decided_on else "set_board"
            self.desk.take_step(self._club, step)

    def _print_paper(self, kind: str) -> None:
        from engine.desk.printing import rendered

        me = self.desk.me
        self._print(lambda registry: rendered(registry, self._club, kind, me))

    def _print(self, make: Callable[[Registry], "Printed"]) -> None:
        self.run_worker(self._printed(make), exclusive=True, group="print")

    async def _printed(self, make: Callable[[Registry], "Printed"]) -> None:
        from engine.desk.printing import print_file

        try:
            await print_file(self, make)
        except ClbError as error:
            self.notice(error)

    def action_dossier(self) -> None:
        """Choose the stage whose papers are written at once."""
        from engine.desk.stage import StagePage

        if self._facts is not None:
            self.app.push_screen(StagePage(self._club, self._facts.club.name))

    def action_export_members(self) -> None:
        """Write the member list as a workbook and open it."""
        from engine.desk.printing import member_list

        me = self.desk.me
        self._print(lambda registry: member_list(registry, self._club, me))

    def action_add_member(self) -> None:
        """Add a person to the list."""
        self.desk.edit_member(self._club)

    def action_import_members(self) -> None:
        """Take in a list."""
        self.desk.import_members(self._club)

    def action_let_leave(self) -> None:
        """Record that the member under the cursor left."""
        member = self._rows("members").key
        if member is not None:
            self.desk.let_leave(self._club, str(member))

    def action_record_money(self) -> None:
        """Record money."""
        self.desk.take_step(self._club, "fund")


def about(found: Facts) -> str:
    """Return two lines: where the club is and how far it has come; who its members are."""
    club, counts = found.club, found.page.composition
    since = f" ({dmy(club.state_on)})" if club.state_on else ""
    shown = ("women", "elderly", "poor", "near_poor", "difficult")
    inside = ", ".join(f"{count_name(name)} {getattr(counts, name)}" for name in shown)
    return f"{club.village}, {found.page.place} · {state_name(club.state)}{since}\n" + _(
        "Members: {members} ({inside})"
    ).format(members=counts.members, inside=inside)


def steps(found: Facts) -> list[Line]:
    """Return the steps of a club: those that can be taken, those in whose way something is."""
    open_: list[StepAvailability] = []
    blocked: list[StepAvailability] = []
    others: list[StepAvailability] = []
    records: list[StepAvailability] = []
    rare: list[StepAvailability] = []
    for one in found.steps:
        if one.step == OF_A_FILE:
            continue
        if one.step in RARE or find_step(one.step).is_record:
            if one.allowed:
                (rare if one.step in RARE else records).append(one)
            elif one.step == OF_OTHERS and _only_for_others(one):
                others.append(one)
        elif one.allowed:
            open_.append(one)
        elif any(each.permission and each.level is Level.BLOCK for each in one.findings):
            others.append(one)
        else:
            blocked.append(one)
    shown: list[Line] = []
    for heading, mark, group in (
        (_("You can do now"), "▶", open_),
        (_("Something is in the way"), "✗", blocked),
        (_("Others do this"), "·", others),
        (_("To write down"), "+", records),
        (_("Rarely needed"), "+", rare),
    ):
        if group:
            shown.append(Heading(heading))
            shown += [Row(one.step, (mark, _named(one.step), _aside(one, found))) for one in group]
    return shown


def _only_for_others(one: StepAvailability) -> bool:
    """Return whether nothing but who asks is in the way of a step."""
    return all(each.permission for each in one.findings if each.level is Level.BLOCK)


def _named(step: str) -> str:
    name = step_name(step)
    return name[:1].upper() + name[1:]


def _aside(one: StepAvailability, found: Facts) -> str:
    """Return what belongs to a step in a line: when it is due, by whom, what refuses it."""
    from engine.rules.obligations import STEPS

    due = [task for task in found.page.tasks if STEPS.get(task.kind) == one.step]
    dues = [_due_text(task, one.step, found.today) for task in due]
    blocks = [each.message for each in one.findings if each.level is Level.BLOCK]
    if one.allowed:
        return ", ".join(dues)
    if any(each.permission for each in one.findings):
        return ", ".join((role_names(one.roles, city=found.city), *dues))
    return blocks[0]


def _due_text(task: Task, step: str, today: date) -> str:
    """Return when a task is due; what it is called only where its step is called otherwise."""
    late = clubs.overdue(task, today)
    day = _("due {day}").format(day=dmy(task.due_on)) if task.due_on else _("no day set")
    named = (task_name(task.kind),) if task_name(task.kind) != step_name(step) else ()
    text = ", ".join((*named, day))
    return text + (" " + _("({days} days late)").format(days=late) if late else "")


def why(one: StepAvailability) -> Content | str:
    """Return what speaks against a step or about it."""
    return content(one.findings) if one.findings else _("Nothing is in the way.")


def members(found: Facts) -> list[Line]:
    """Return the members; the village of those who live where the club is goes without saying.

    Numbers of identity and telephone are not shown.
    """
    return [
        Row(
            one.id,
            (
                str(place),
                one.name or _("(erased)"),
                sex_name(one.sex),
                born_text(one.born),
                circumstance_name(one.circumstance) if one.circumstance else "",
                "" if one.village == found.club.village else one.village or "",
            ),
        )
        for place, one in enumerate(found.members, start=1)
    ]


def seat(one: clubs.Seat) -> Row:
    """Return one post of the board."""
    return Row(one.post, (post_name(one.post), one.name or _("(erased)"), dmy(one.since)))


def entry(line: money.LedgerLine) -> Row:
    """Return one entry of the ledger."""
    one = line.entry
    kind = f"{entry_name(one.kind)} · {source_name(one.source)}"
    sign = "+" if one.delta > 0 else ""
    return Row(
        one.seq,
        (
            str(one.seq),
            dmy(one.on) if one.on else "",
            kind,
            fund_name(one.fund),
            f"{sign}{number(one.delta)}",
            number(line.held),
        ),
        "strike" if line.reversed_by is not None else "",
    )


def paper_lines(recorded: Mapping[str, int]) -> list[Line]:
    """Return the papers: those of the latest record first, those of none last, greyed."""
    found = [(one, [step for step in one.steps if step in recorded]) for one in papers()]
    found.sort(key=lambda pair: -max((recorded[step] for step in pair[1]), default=0))
    return [paper_line(one, there) for one, there in found]


def paper_line(one: Paper, there: Sequence[str]) -> Row:
    """Return one paper, and what it is written from."""
    source = ", ".join(map(step_name, there)) if there else _("not recorded yet: blanks")
    return Row(one.id, (one.title, source), "" if there else "$foreground 60%")


def history(found: Facts) -> list[Line]:
    """Return the records of a club, the latest first, each with those that correct it."""
    by: dict[int, list[str]] = {}
    for one in effective(found.events):
        if one.step == "correct":
            by.setdefault(one.form["seq"], []).append(str(one.seq))
    return [event(one, found, by.get(one.seq, ())) for one in reversed(found.events)]


def event(one: Event, found: Facts, corrections: Sequence[str] = ()) -> Row:
    """Return one record of the club's history: what was done, the amount, the result, the names."""
    moved = one.to_state is not None and one.to_state != one.from_state
    where = f" → {state_name(one.to_state)}" if moved and one.to_state else ""
    what = recorded(one, found.page.names)
    done = f"{_named(one.step)}{where}" + (f": {what}" if what else "")
    if corrections:
        done += " · " + _("corrected in no. {seq}").format(seq=", ".join(corrections))
    who = found.names.get(one.officer, one.officer)
    return Row(one.seq, (str(one.seq), dmy(one.on), done, who))
