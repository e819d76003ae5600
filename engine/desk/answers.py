"""Questions on one screen: those that follow from the answers, each answer read at once."""

from asyncio import Lock
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

from textual.app import ComposeResult
from textual.containers import Container, Vertical, VerticalScroll
from textual.events import DescendantFocus, Key, Paste
from textual.timer import Timer
from textual.widgets import Input, Static

from engine.desk.field import Field, as_typed
from engine.desk.files import FilePage
from engine.desk.meaning import meaning
from engine.desk.page import Page
from engine.errors import InputError
from engine.i18n import _
from engine.interview.interview import Interview
from engine.interview.question import NAMED, Kind, Question

MOVING = ("enter", "tab", "shift+tab")
"""Keys that go on to another question."""
MOVING_SECONDS = 2.0
"""How long keys are kept back at most while another question is gone to."""
SETTLING = 4
"""How often questions may follow from answers to others that follow from answers."""


class AnswersPage(Page):
    """The screen of an interview. Subclasses begin it, and do with its answers what is wanted."""

    def __init__(self) -> None:
        super().__init__()
        self._asked: Interview | None = None
        self._doubts: dict[str, str] = {}
        self._settled: set[str] = set()
        self._wrong: dict[str, InputError] = {}
        self._laying_out = Lock()
        self._drafted: frozenset[str] = frozenset()
        self._all = False
        self._moving: Timer | None = None
        self._kept: list[Key | Paste] = []

    def heading(self) -> str:
        """Return what is filled in."""
        if self._asked is None:
            return ""
        title = self._asked.title
        return title[:1].upper() + title[1:]

    def body(self) -> ComposeResult:
        """Compose the places to fill in and what is found."""
        yield Static("", id="about", markup=False)
        with Container(id="form"):
            with VerticalScroll(id="form-fields"):
                yield Vertical(id="fields")
                yield Static("", id="rare", markup=False)
            with VerticalScroll(id="side"):
                yield Static("", id="hint", markup=False)
                yield Static("", id="found", markup=False)

    @property
    def asked(self) -> Interview:
        """The interview as answered so far."""
        assert self._asked is not None
        return self._asked

    def _fields(self) -> dict[str, Field]:
        return {one.question.path: one for one in self.query(Field)}

    async def _lay_out(self) -> None:
        """Show the questions that follow from the answers, until no answer changes them."""
        async with self._laying_out:
            await self._settle()

    async def _settle(self) -> None:
        for _time in range(SETTLING):
            questions = self._questions()
            await self._show(questions)
            for field in self.query(Field):
                self._take(field)
            if self._questions() == questions:
                return

    def _questions(self) -> list[Question]:
        """Return the questions that are shown: what is rarely needed only when it is wanted."""
        found = in_order(self.asked.questions())
        rare = [one for one in found if is_rare(one) and one.path not in self._drafted]
        self.show(
            "#rare",
            _("Rarely needed, F4 shows it: {fields}.").format(
                fields=", ".join(one.title for one in rare)
            )
            if rare and not self._all
            else "",
        )
        return found if self._all else [one for one in found if one not in rare]

    async def action_show_all(self) -> None:
        """Show what is rarely needed too, or no more."""
        self._all = not self._all
        await self._lay_out()

    async def _show(self, questions: Sequence[Question]) -> None:
        """Put in the questions that are new; take out those that are asked no more."""
        wanted = {one.path: one for one in questions}
        for path, field in self._fields().items():
            now = wanted.get(path)
            if (
                now is not None
                and now.kind is field.question.kind
                and now.choices == field.question.choices
            ):
                field.renew(now)
                continue
            await field.remove()
            self._wrong.pop(path, None)
            self._doubts.pop(path, None)
            if now is None:
                self._asked = without(self.asked, path)
        place = self.query_one("#fields", Vertical)
        if not place.children:
            await place.mount(*map(self._field, questions))
        after: Field | None = None
        for one in questions:
            there = self._fields().get(one.path)
            if there is None:
                there = self._field(one)
                before = 0 if after is None and place.children else None
                await place.mount(there, before=before, after=after)
            elif (
                after is not None and place.children.index(there) != place.children.index(after) + 1
            ):
                place.move_child(there, after=after)
            after = there

    def _field(self, question: Question) -> Field:
        there = Field(question, self.asked.answers.get(question.path, question.default))
        there.touched = question.path in self._drafted
        return there

    def _take(self, field: Field) -> None:
        """Read what a field holds into the interview."""
        path, question = field.question.path, field.question
        typed = field.typed
        if field.touched and not typed.strip():
            question = replace(question, default=None)
        try:
            answer = self.asked.read(question, typed)
        except InputError as error:
            self._wrong[path] = error
            self._asked = without(self.asked, path)
            self._doubts.pop(path, None)
            empty = not typed.strip()
            field.say(None if empty and not field.touched else error)
            return
        self._wrong.pop(path, None)
        if not field.touched:
            answer = replace(answer, doubt=None)  # what was filled in was answered elsewhere
        if answer.doubt and path not in self._settled:
            self._doubts[path] = answer.doubt
        else:
            self._doubts.pop(path, None)
        self._asked = self.asked.answered(path, answer.value)
        field.say(answer)

    async def on_field_changed(self, event: Field.Changed) -> None:
        """Judge an answer at once."""
        event.stop()
        self._settled.discard(event.field.question.path)
        self.notice("")  # what was found about the form no longer holds for certain
        self._take(event.field)
        await self._lay_out()
        self.changed()

    def changed(self) -> None:
        """Follow up an answer that was given or changed."""

    def answered(self) -> None:
        """Follow up Enter in the last question."""

    async def on_field_entered(self, event: Field.Entered) -> None:
        """Go to the next question, if there is one."""
        event.stop()
        async with self._arriving():
            if not await self._go(event.field, 1):
                self.answered()

    async def on_field_chosen(self, event: Field.Chosen) -> None:
        """Go to the next question, where there is one."""
        event.stop()
        async with self._arriving():
            await self._go(event.field, 1)

    async def action_go(self, by: int) -> None:
        """Go to the next question or the one before, never out of the form."""
        there = self._there()
        async with self._arriving():
            if there is not None:
                await self._go(there, by)
            elif self.query(Field):
                self.query(Field).first().take_focus()
            elif by > 0:
                self.focus_next()
            else:
                self.focus_previous()

    def _there(self) -> Field | None:
        """Return the question that the keys go into."""
        return next((one for one in self.query(Field) if one.has_focus_within), None)

    def keeps(self, event: Key | Paste) -> bool:
        """Return whether a key is kept until the question that is gone to has the focus.

        Textual hands a key to whatever has the focus when it comes, while Enter or Tab before it
        may not have been dealt with yet: it would be typed into the question that was left.
        """
        if self._moving is not None:
            self._kept.append(event)
            return True
        if isinstance(event, Key) and event.key in MOVING and self._there() is not None:
            self._moving = self.set_timer(MOVING_SECONDS, self._hand_on)
        return False

    @asynccontextmanager
    async def _arriving(self) -> AsyncIterator[None]:
        """Hand the keys that were kept on once another question is gone to."""
        try:
            yield
        finally:
            await self._hand_on()

    async def _hand_on(self) -> None:
        """Hand on the keys that were kept, in their order."""
        if self._moving is not None:
            self._moving.stop()
            self._moving = None
        kept, self._kept = self._kept, []
        for event in kept:
            await self.app.on_event(event)

    async def _go(self, there: Field, by: int) -> bool:
        """Go some questions on from one; return whether there is such a question."""
        await self._lay_out()  # an answer just given may have brought another question
        fields = list(self.query(Field))
        to = fields.index(there) + by
        if not 0 <= to < len(fields):
            return False
        fields[to].take_focus()
        return True

    def on_descendant_focus(self, _event: DescendantFocus) -> None:
        """Show what is meant by the question that has the focus."""
        field = self._there()
        if field is not None:
            self.show("#hint", meaning(field.question))
            field.scroll_visible(animate=False)

    def _keep_in_view(self) -> None:
        """Keep the question that has the focus in view, however much room the findings take."""
        for field in self.query(Field):
            if field.has_focus_within:
                field.scroll_visible(animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show the key of files, and that of ticking, only where there is something for it."""
        del parameters
        if action == "tick":
            return self._ticked() is not None
        return action != "choose_file" or any(map(is_file, self.query(Field)))

    def action_choose_file(self) -> None:
        """Choose a file in its folder."""
        self.run_worker(self._choose_file(), exclusive=True, group="file")

    async def _choose_file(self) -> None:
        path = await self.app.push_screen_wait(FilePage())
        for field in self.query(Field):
            if path and is_file(field) and isinstance(field.entry, Input):
                field.entry.value = str(path)
                field.take_focus()
                self.changed()

    def _ticked(self) -> Question | None:
        """Return the question whose people are ticked, ``None`` where there is none."""
        if self._asked is None or self._asked.obstacles():
            return None
        return next((one for one in self._asked.questions() if one.kind in NAMED), None)

    def action_tick(self) -> None:
        """Tick people on a page of their own."""
        if (question := self._ticked()) is not None:
            self.run_worker(self._tick(question), exclusive=True, group="tick")

    async def _tick(self, question: Question) -> None:
        from engine.desk.ticks import TicksPage

        there = self.asked.answers.get(question.path) or ()
        chosen = await self.app.push_screen_wait(
            TicksPage(question, self.asked.to_tick(question), there)
        )
        if not isinstance(chosen, list):
            return
        self._drafted |= {question.path}
        self._asked = self.asked.answered(question.path, chosen)
        await self._lay_out()
        field = self._fields()[question.path]
        assert isinstance(field.entry, Input)
        field.entry.value = as_typed(question, chosen)
        field.take_focus()


def in_order(questions: Sequence[Question]) -> list[Question]:
    """Return what is asked first, then what may be left as it is."""
    return sorted(questions, key=lambda one: not one.asked)


def is_file(field: Field) -> bool:
    """Return whether a field is filled in with a file."""
    return field.question.kind is Kind.FILE


def is_rare(question: Question) -> bool:
    """Return whether a question may stay blank and is not asked in the ordinary case."""
    return not question.asked and not question.required and question.default is None


def without(asked: Interview, path: str) -> Interview:
    """Return an interview without the answer to a question."""
    answers = {name: value for name, value in asked.answers.items() if name != path}
    return replace(asked, answers=answers)
