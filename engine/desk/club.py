"""A club's page: what comes next and what is in its way, people, board, money, papers, history."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static, TabbedContent, TabPane

from engine.desk import loans as loan_book
from engine.desk.club_lines import (
    Facts,
    about,
    entry,
    facts,
    history,
    members,
    open_steps,
    paper_lines,
    seat,
    steps,
    why,
)
from engine.desk.page import Page
from engine.desk.rows import Column, Line, Rows
from engine.errors import ClbError
from engine.i18n import _, read_in
from engine.labels import (
    fund_held,
    fund_name,
)
from engine.lifecycle.registry import Registry
from engine.policy.own_money import fund_labels
from engine.rules.communes import wording

if TYPE_CHECKING:
    from engine.desk.printing import Printed

F6_TAKEN = ("add_member", "name_board", "repay")
"""What F6 does on some pages, where it changes nobody who works here."""
VILLAGE_COLUMN = 5
"""The column of a member's village, which a ward calls otherwise."""
TABS = ("steps", "members", "board", "money", "papers", "history", "loans")


class ClubPage(Page):
    """One club."""

    renews = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f6", "add_member", _("Add a person"), key_display="F6"),
        Binding("f6", "name_board", _("Name the board"), key_display="F6"),
        Binding("f6", "who", _("Who I am"), key_display="F6"),
        Binding("f7", "import_members", _("Take in a list"), key_display="F7"),
        Binding("f8", "let_leave", _("Leaves"), key_display="F8"),
        Binding("f8", "record_money", _("Record money"), key_display="F8"),
        Binding("f6", "repay", _("Repaid as due"), key_display="F6"),
        Binding("f8", "lend", _("Lend"), key_display="F8"),
        Binding("f9", "export_members", _("To Excel"), key_display="F9"),
        Binding("f9", "dossier", _("All papers of a stage"), key_display="F9"),
        Binding("f9", "slip", _("Print its slip"), key_display="F9"),
        Binding("f9", "card", _("Print its card"), key_display="F9"),
        *(
            Binding(str(place), f"tab('{name}')", show=False)
            for place, name in enumerate(TABS, start=1)
        ),
    ]
    help = (
        _("This is one club. The keys 1 to 7, or the mouse, turn its pages."),
        _("• 1: what can be done now, and what is in the way of the rest. Enter opens the form."),
        _("• 2: the members. Enter changes one, F6 adds one, F7 takes in a list, F8: one leaves."),
        _("• 2 too: F9 writes the list to Excel, numbers hidden."),
        _("• 4: the funds. F8 records money in or out, F9 prints the slip of an entry."),
        _("• 5: the papers. Enter writes one and opens it in Word. F9 writes those of a stage."),
        _("• 6: all that was recorded. Enter shows one record whole."),
        _("• 7: the loan book, what is late first. Enter records a repayment, F8 lends."),
        _("• 7 too: F6, then Enter, records what is due by now. F9 prints the card of a loan."),
    )

    def __init__(self, club: str, *, step: str | None = None, tab: str = "steps") -> None:
        super().__init__()
        self._club = club
        self._step = step
        self._tab = tab
        self._facts: Facts | None = None
        self._open: list[object] = []
        """The steps that could be taken when the club was read last."""

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
                    Column(_("Record no."), right=True),
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
                    Column(_("Record no."), right=True),
                    Column(_("Date")),
                    Column(_("What was done"), grows=True),
                    Column(_("Who"), grows=True),
                    id="list-history",
                )
            with TabPane(_("7 Loans"), id="loans"):
                yield Static("", id="owed", markup=False)
                yield Rows(
                    *loan_book.columns(),
                    id="list-loans",
                    empty=_("Nothing has been lent yet. F8 lends to a member."),
                )

    async def load(self) -> None:
        """Read the club."""
        found = await self.read(lambda registry: facts(registry, self._club, self.desk.me))
        has_moved = self._facts is not None and self._facts.club.state is not found.club.state
        self._facts = found
        self.retitle()
        with read_in(*wording(found.club.commune, city=found.city)):
            self.show("#about", about(found))
            self._rows("members").retitle(VILLAGE_COLUMN, _("Village"))
            shown: dict[str, list[Line]] = {
                "steps": steps(found),
                "members": members(found),
                "board": [seat(one) for one in found.seats],
                "money": [entry(one, found.rules) for one in found.ledger],
                "papers": paper_lines(found.recorded, found.rules),
                "history": history(found),
                "loans": loan_book.lines(found.loans, found.page.names, found.today),
            }
        there = self._rows("steps").key
        for name, lines in shown.items():
            self._rows(name).put(lines)
        self._go_on(there, open_steps(shown["steps"]), has_moved=has_moved)
        self.show(
            "#held",
            " · ".join(
                f"{fund_name(fund, fund_labels(found.rules.policy))}: {fund_held(held)}"
                for fund, held in found.page.funds.items()
            ),
        )
        self.show("#owed", loan_book.sums_text(found.loans, found.today))
        if self._step is not None:
            self._rows("steps").choose(self._step)
            self._step = None
        self._focus()

    def _go_on(self, there: object | None, now: list[object], *, has_moved: bool) -> None:
        """Move the cursor to what comes next, once the club moved or its own step is taken."""
        if has_moved:
            self._rows("steps").options.action_first()
        elif there in self._open and there not in now and now:
            self._rows("steps").choose(now[0])
        self._open = now

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
            "lend": "loans",
            "repay": "loans",
            "card": "loans",
            "slip": "money",
        }
        if action not in of and action != "who":
            return super().check_action(action, parameters)
        there = self.query("#pages")
        tab = self.query_one(TabbedContent).active if there else ""
        if action == "who":
            return bool(tab) and tab not in {of[name] for name in F6_TAKEN}
        return bool(tab) and tab == of[action]

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
        elif page == "list-loans":
            self._repay(int(str(key)))
        elif page in ("list-history", "list-money"):
            assert self._facts is not None
            from engine.desk.record import RecordPage

            self.app.push_screen(RecordPage(self._facts.club, int(str(key))))

    def action_name_board(self) -> None:
        """Name the board that is proposed; after the decision, change it."""
        if self._facts is not None:
            step = "change_board" if self._facts.club.decided_on else "set_board"
            self.desk.take_step(self._club, step)

    def action_who(self) -> None:
        """Let somebody else go on with this club."""
        self.run_worker(self._who(), exclusive=True, group="who")

    async def _who(self) -> None:
        await self.desk.ask_who()
        self.reload()

    def _print_paper(self, kind: str, entry: int | None = None) -> None:
        from engine.desk.printing import rendered

        me = self.desk.me
        self._print(lambda registry: rendered(registry, self._club, kind, me, entry))

    def action_slip(self) -> None:
        """Print the receipt or the payment slip of the entry under the cursor."""
        seq = self._rows("money").key
        if self._facts is not None and seq is not None:
            line = next(one for one in self._facts.ledger if one.entry.seq == seq)
            self._print_paper("phieu_thu" if line.entry.delta > 0 else "phieu_chi", line.entry.seq)

    def action_card(self) -> None:
        """Print the card of the loan under the cursor."""
        seq = self._rows("loans").key
        if seq is not None:
            self._print_paper("the_vay", int(str(seq)))

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

    def action_lend(self) -> None:
        """Lend to a member."""
        self.desk.take_step(self._club, "lend")

    def action_repay(self) -> None:
        """Record what is due by now of the loan under the cursor."""
        seq = self._rows("loans").key
        if seq is not None:
            self._repay(int(str(seq)), at_once=True)

    def _repay(self, loan: int, *, at_once: bool = False) -> None:
        """Record a repayment of a loan; of one that is repaid its record is shown."""
        assert self._facts is not None
        if any(one.seq == loan and one.outstanding for one in self._facts.loans):
            self.desk.take_step(self._club, "repay", {"loan": loan}, at_once=at_once)
            return
        from engine.desk.record import RecordPage

        self.app.push_screen(RecordPage(self._facts.club, loan))
