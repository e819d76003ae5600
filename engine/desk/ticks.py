"""Ticking people: who was at a meeting, which pairs of home care go on; a line each, by keys."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Key
from textual.widgets import Label, Static

from engine.desk.finder import Finder, fitting
from engine.desk.page import Page
from engine.desk.picks import SEVERAL
from engine.desk.rows import Column, Row, Rows
from engine.i18n import _
from engine.interview.question import Choice, Kind, Question
from engine.interview.reading import pair_name
from engine.rules.care import TWO
from engine.vietnamese.text import bare, number


class TicksPage(Page):
    """A line for each person (or pair). Hands back the values that are ticked, or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "done", _("Take over"), key_display="F2"),
        Binding("f4", "all", _("All or nobody"), key_display="F4"),
        Binding("f6", "add", _("Another pair"), key_display="F6"),
        Binding("space", "tick", _("Tick"), key_display=_("Space")),
    ]
    help = (
        _("Space or Enter ticks the line and goes on to the next; the arrow keys move."),
        _("Letters of a name lead to it. F4 ticks all: then only take off who is absent."),
        _("F6 adds a pair of home care. F2 takes over what is ticked into the form."),
    )

    def __init__(
        self, question: Question, offered: Sequence[Choice], ticked: Iterable[Any]
    ) -> None:
        super().__init__()
        self._question = question
        self._offered = list(offered)
        self._ticked: set[Any] = set()
        self._typed = ""
        for one in ticked:
            self._offer(one)

    def _offer(self, value: Any) -> None:
        """Tick a value; one that has no line yet gets one."""
        self._ticked.add(value)
        if value not in [one.value for one in self._offered]:
            self._offered.append(Choice(value, pair_name(self._question, str(value))))

    def heading(self) -> str:
        """Return what is ticked."""
        return self._question.title

    def body(self) -> ComposeResult:
        """Compose the count and the lines."""
        yield Static("", id="about", markup=False)
        yield Rows(Column(""), Column(_("Name"), grows=True), Column(""), id="ticks")

    @property
    def rows(self) -> Rows:
        """The table."""
        return self.query_one(Rows)

    async def load(self) -> None:
        """Show the lines with their ticks."""
        self._show()
        self.rows.focus_list()
        if not self._offered and self._question.kind is Kind.PAIRS:
            self.action_add()

    def _show(self) -> None:
        shown = _("Ticked: {count} of {all}.").format(
            count=number(len(self._ticked)), all=number(len(self._offered))
        )
        self.show("#about", shown)
        self.rows.put(
            [
                Row(one.value, (SEVERAL[one.value in self._ticked], one.label, one.note or ""))
                for one in self._offered
            ]
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show the key of pairs only where there are pairs."""
        del parameters
        return action != "add" or self._question.kind is Kind.PAIRS

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Tick a line, or take the tick off, and go on to the next one."""
        self._typed = ""
        self._ticked ^= {event.key}
        values = [one.value for one in self._offered]
        after = values.index(event.key) + 1
        self._show()
        if after < len(values):
            self.rows.choose(values[after])

    def action_tick(self) -> None:
        """Tick the line under the cursor."""
        if self.rows.key is not None:
            self.on_rows_chosen(Rows.Chosen(self.rows, self.rows.key))

    def on_key(self, event: Key) -> None:
        """Go to the line that has what is typed, at the beginning of a word where there is one."""
        if not event.is_printable or not event.character or event.key == "space":
            self._typed = ""
            return
        keys = [bare(one.label) for one in self._offered]
        for typed in (self._typed + event.character, event.character):
            if places := fitting(keys, [bare(typed)]):
                self._typed = typed
                self.rows.choose(self._offered[places[0]].value)
                break

    def action_all(self) -> None:
        """Tick all; where all are ticked, nobody."""
        every = {one.value for one in self._offered}
        self._ticked = set() if self._ticked == every else every
        self._show()

    def action_done(self) -> None:
        """Hand back what is ticked, in the order of the lines."""
        self.dismiss([one.value for one in self._offered if one.value in self._ticked])

    def action_back(self) -> None:
        """Leave the form as it was."""
        self.dismiss(None)

    def action_add(self) -> None:
        """Ask for another pair."""
        self.app.push_screen(PairPage(self._question), self._add)

    def _add(self, pair: object) -> None:
        if pair is not None:
            self._offer(pair)
            self._show()
            self.rows.choose(pair)


class PairPage(Page):
    """Who cares for whom: two members. Hands back both ids, or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "done", _("Take over"), key_display="F2"),
    ]
    help = (_("Type a few letters, then the arrow down and Enter. F2 takes the pair over."),)

    def __init__(self, question: Question) -> None:
        super().__init__()
        self._question = question
        self._places = (_("Volunteer"), _("Person cared for"))

    def heading(self) -> str:
        """Return what is asked."""
        return _("Another pair")

    def body(self) -> ComposeResult:
        """Compose the two names."""
        for place in self._places:
            yield Label(place, markup=False)
            yield Finder(self._question.choices, placeholder=_("type a few letters"))

    async def load(self) -> None:
        """Begin with the volunteer."""
        self.query(Finder).first().field.focus()

    def on_input_submitted(self) -> None:
        """Go on to the second name, then take both over."""
        first, second = self.query(Finder)
        if first.has_focus_within:
            second.field.focus()
        else:
            self.action_done()

    def action_done(self) -> None:
        """Hand the pair back once both are members."""
        known = {str(one.value) for one in self._question.choices}
        pair = [one.typed for one in self.query(Finder)]
        for place, who in zip(self._places, pair, strict=True):
            if who not in known:
                self.notice(_("{place}: choose a member from the list.").format(place=place))
                return
        if pair[0] == pair[1]:
            self.notice(_("Nobody is a pair with themselves."))
            return
        self.dismiss(TWO.join(pair))
