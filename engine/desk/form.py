"""A form on one screen: its questions, what is said about each answer, and what the rules find.

What is typed is judged while it is typed, in the database's thread, half a second after the last
key. Nothing is written before the summary was agreed to.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.events import DescendantFocus
from textual.timer import Timer
from textual.widgets import Static

from engine.desk.confirm import ConfirmPage, ReasonPage, SummaryPage
from engine.desk.done import DonePage
from engine.desk.field import Field
from engine.desk.filling import Filling, Recorded
from engine.desk.findings import content
from engine.desk.page import Page
from engine.errors import ClbError, InputError
from engine.i18n import _
from engine.interview.interview import Interview
from engine.interview.question import Answer, Question
from engine.interview.reading import hint
from engine.model import Finding, Level

PAUSE_SECONDS = 0.5
"""How long nothing is typed before the rules are asked."""


class FormPage(Page):
    """The screen of one form."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "record", _("Record"), key_display="F2"),
        Binding("f6", "findings", _("What was found"), key_display="F6", show=False),
    ]
    help = (
        _("This is a form. The places marked * have to be filled in."),
        _("• Enter or Tab goes to the next place. A wrong answer is named at once."),
        _("• Answers to choose from: the arrow keys or the mouse; Space marks several."),
        _("• Names: type a few letters, then the arrow down and Enter."),
        _("• At the bottom is what the rules say about it: ✗ refuses, ! asks for a reason."),
        _("• F2 shows everything once more and asks before it is recorded."),
    )

    def __init__(self, filling: Filling) -> None:
        super().__init__()
        self._filling = filling
        self._asked: Interview | None = None
        self._doubts: dict[str, str] = {}
        self._settled: set[str] = set()
        self._wrong: dict[str, InputError] = {}
        self._found: tuple[Finding, ...] = ()
        self._waiting: Timer | None = None

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
            yield VerticalScroll(id="fields")
            with VerticalScroll(id="side"):
                yield Static("", id="hint", markup=False)
                yield Static("", id="found", markup=False)

    async def load(self) -> None:
        """Begin the interview."""
        self._asked = await self.read(self._filling.begin)
        self.retitle()
        about = "\n".join((*self._asked.about(), *self._asked.preface()))
        self.query_one("#about", Static).update(about)
        obstacles = self._asked.obstacles()
        if obstacles:
            self.query_one("#found", Static).update(content(obstacles))
            self.query_one("#side").add_class("alone")
            return
        await self._lay_out()
        first = next(iter(self.query(Field)), None)
        if first is not None:
            first.control().focus()
        self._judge_soon()

    @property
    def asked(self) -> Interview:
        """The interview as it stands."""
        assert self._asked is not None
        return self._asked

    def _fields(self) -> dict[str, Field]:
        return {one.question.path: one for one in self.query(Field)}

    async def _lay_out(self) -> None:
        """Show the questions there are now: new ones are put in, those asked no more go."""
        there = self._fields()
        questions = self.asked.questions()
        paths = [one.path for one in questions]
        for path, field in there.items():
            now = next((one for one in questions if one.path == path), None)
            if now is None or now.choices != field.question.choices or now.kind != field.question.kind:
                await field.remove()
                self._wrong.pop(path, None)
                if now is None:
                    self._asked = self.asked.without(path)
        there = self._fields()
        place = self.query_one("#fields")
        for at, one in enumerate(questions):
            if one.path in there:
                value = one.default if not there[one.path].touched else None
                there[one.path].renew(one, value)
                continue
            value = self.asked.answers.get(one.path, one.default)
            new = Field(one, value)
            after = [path for path in paths[:at] if path in self._fields()]
            if after:
                await place.mount(new, after=self._fields()[after[-1]])
            else:
                await place.mount(new, before=0 if place.children else None)
        for field in self.query(Field):
            self._take(field)

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
            self._asked = self.asked.without(path)
            self._doubts.pop(path, None)
            empty = not typed.strip()
            field.say(None if empty and not field.touched else error)
            return
        self._wrong.pop(path, None)
        if answer.doubt and path not in self._settled:
            self._doubts[path] = answer.doubt
        else:
            self._doubts.pop(path, None)
        self._asked = self.asked.answered(path, answer.value)
        field.say(answer)

    async def on_field_changed(self, event: Field.Changed) -> None:
        """Judge an answer at once, and the whole form a little later."""
        event.stop()
        self._settled.discard(event.field.question.path)
        self._take(event.field)
        await self._lay_out()
        self._judge_soon()

    def on_field_entered(self, event: Field.Entered) -> None:
        """Go to the next question; after the last one the form is shown whole."""
        event.stop()
        fields = list(self.query(Field))
        at = fields.index(event.field)
        if at + 1 < len(fields):
            fields[at + 1].control().focus()
        else:
            self.action_record()

    def on_descendant_focus(self, _event: DescendantFocus) -> None:
        """Show what is meant by the question that has the focus."""
        field = next((one for one in self.query(Field) if one.has_focus_within), None)
        if field is not None:
            self.query_one("#hint", Static).update(meaning(field.question))
            field.scroll_visible(animate=False)

    def _judge_soon(self) -> None:
        if self._waiting is not None:
            self._waiting.stop()
        self._waiting = self.set_timer(PAUSE_SECONDS, self._begin_judging)

    def _begin_judging(self) -> None:
        self.run_worker(self._judge(), exclusive=True, group="judge")

    async def _judge(self) -> bool:
        """Ask the rules and show what they find; return whether they could be asked."""
        asked = self.asked
        try:
            self._found = await self.read(lambda registry: self._filling.judge(registry, asked))
        except ClbError as error:
            self._found = ()
            self.query_one("#found", Static).update(f"✗ {error.message}")
            return False
        self.query_one("#found", Static).update(
            content(self._found) if self._found else _("Nothing is in the way.")
        )
        return True

    def action_findings(self) -> None:
        """Let the keys move through what was found."""
        self.query_one("#side").focus()

    def action_record(self) -> None:
        """Ask what is still to be asked, show it whole, and record it."""
        if self._asked is not None and not self._asked.obstacles():
            self.run_worker(self._record(), exclusive=True, group="record")

    async def _record(self) -> None:
        fields = self._fields()
        for path, error in self._wrong.items():
            fields[path].say(error)
        if self._wrong:
            first = next(path for path in fields if path in self._wrong)
            fields[first].control().focus()
            self.notice(
                _("Still to be filled in or corrected: {count}.").format(count=len(self._wrong))
            )
            return
        self.notice("")
        for path, doubt in tuple(self._doubts.items()):
            if not await self.app.push_screen_wait(ConfirmPage(fields[path].question.title, doubt)):
                fields[path].control().focus()
                return
            self._settled.add(path)
            self._doubts.pop(path)
        if not await self._judge() or any(one.level is Level.BLOCK for one in self._found):
            self.notice(_("It cannot be recorded so: see what is marked with ✗."))
            return
        reasons = await self._reasons()
        if reasons is None:
            return
        if await self.app.push_screen_wait(SummaryPage(self.heading(), self.asked, reasons)):
            await self._write(reasons)

    async def _reasons(self) -> Mapping[str, str] | None:
        """Ask for the reason to go on in spite of each warning; ``None`` where one stops it."""
        reasons: dict[str, str] = {}
        for one in self._found:
            if one.level is Level.WARN and one.code not in reasons:
                reason = await self.app.push_screen_wait(ReasonPage(one))
                if not reason:
                    return None
                reasons[one.code] = str(reason)
        return reasons

    async def _write(self, reasons: Mapping[str, str]) -> None:
        asked = self.asked
        try:
            done: Recorded = await self.read(
                lambda registry: self._filling.write(registry, asked, reasons)
            )
        except ClbError as error:
            if error.findings:
                self.query_one("#found", Static).update(content(error.findings))
            self.notice(error)
            return
        await self.app.push_screen_wait(DonePage(self.heading(), done))
        self.dismiss(done)


def meaning(question: Question) -> str:
    """Return what a question means: what to fill in, an example, why the default, the article."""
    because = (
        _("Filled in: {why}.").format(why=question.default_because)
        if question.default_because
        else None
    )
    source = _("Ground: {source}").format(source=question.source) if question.source else None
    return " ".join(filter(None, (question.help, hint(question), because, source)))
