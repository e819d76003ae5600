"""A form on one screen: its questions, the remark on each answer, and what the rules find.

What is typed is judged while it is typed, in the database's thread, half a second after the last
key. Nothing is written before the summary was agreed to.
"""

from asyncio import Lock
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.events import DescendantFocus
from textual.timer import Timer
from textual.widgets import Input, Static

from engine.desk.confirm import ConfirmPage, ReasonPage, SummaryPage
from engine.desk.done import DonePage
from engine.desk.field import IN_VIEW, Field, as_typed
from engine.desk.files import FilePage
from engine.desk.filling import Filling, Judged, Recorded
from engine.desk.findings import content
from engine.desk.here import HerePage
from engine.desk.page import Page
from engine.desk.passphrase import unlocked
from engine.desk.rows import Column, Row, Rows
from engine.errors import ClbError, InputError
from engine.i18n import _
from engine.interview import drafts
from engine.interview.doubts import doubts
from engine.interview.interview import Interview
from engine.interview.question import CHOSEN, NAMED, Kind, Question
from engine.interview.reading import hint
from engine.labels import holder_name, office_name
from engine.model import Finding, Level, Officer

SETTLING = 4
"""How often questions may follow from answers to others that follow from answers."""
PAUSE_SECONDS = 0.5
"""How long nothing is typed before the rules are asked."""


class FormPage(Page):
    """The screen of one form."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "record", _("Record"), key_display="F2"),
        Binding("f4", "show_all", _("Rarely needed"), show=False),
        Binding("f5", "begin_anew", _("Begin anew"), show=False),
        Binding("f6", "findings", _("What was found"), key_display="F6", show=False),
        Binding("f7", "choose_file", _("Choose the file"), key_display="F7"),
        Binding("f8", "tick", _("Tick people"), key_display="F8"),
        Binding("tab", "go(1)", _("On"), show=False),
        Binding("shift+tab", "go(-1)", _("Back"), show=False),
    ]
    help = (
        _("This is a form. The places marked * have to be filled in."),
        _("• Enter or Tab goes to the next place. A wrong answer is named at once."),
        _("• Answers to choose from: the arrow keys or the mouse; Space marks several."),
        _("• Names: type a few letters, then the arrow down and Enter."),
        _("• At the bottom is what the rules say about it: ✗ refuses, ! asks for a reason."),
        _("• F4 shows the places that are rarely needed, F5 begins anew."),
        _("• F8, where people are named: a list on which they are ticked."),
        _("• F2 shows everything once more and asks before it is recorded."),
    )

    def __init__(self, filling: Filling | None = None, *, at_once: bool = False) -> None:
        super().__init__()
        self._at_once = at_once
        self._filling = filling
        self._asked: Interview | None = None
        self._doubts: dict[str, str] = {}
        self._settled: set[str] = set()
        self._wrong: dict[str, InputError] = {}
        self._found: tuple[Finding, ...] = ()
        self._waiting: Timer | None = None
        self._laying_out = Lock()
        self._drafted: frozenset[str] = frozenset()
        self._all = False
        self._actor: Officer | None = None
        """Who does it, where that is somebody else than who works at this desk."""

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

    async def load(self) -> None:
        """Begin the interview."""
        self._asked = await self.begun()
        self.retitle()
        self.show("#about", "\n".join(filter(None, (*self._abouts(), *self._asked.preface()))))
        obstacles = self._asked.obstacles()
        if obstacles:
            await self._show_obstacles(obstacles)
            return
        self._take_up_draft()
        await self._lay_out()
        first = next(iter(self.query(Field)), None)
        if first is not None:
            first.take_focus()
        self.refresh_bindings()
        if self._at_once and not self._wrong and not self._drafted:
            self._at_once = False
            self.action_record()
        else:
            self._judge_soon()

    async def _show_obstacles(self, obstacles: Sequence[Finding]) -> None:
        """Show what is in the way; where others may do it, ask who of them sits here now."""
        self.refresh_bindings()
        others = self.filling.others(self.asked)
        found = content(obstacles)
        if not others and all(one.permission for one in obstacles):
            nobody = _("Nobody who may is entered: F6 on the first screen, then F4, adds one.")
            found = Content("\n").join((found, Content(f"→ {nobody}")))
        self.show("#found", found)
        fields = self.query_one("#fields")
        await fields.remove_children()
        self.query_one("#form").set_class(not others, "alone")
        if not others:
            return
        rows = Rows(Column(_("Name"), grows=True), Column(_("Role"), grows=True), id="others")
        await fields.mount(
            Static(
                _("Who is at the computer now? The log names whoever it is."),
                id="who",
                markup=False,
            ),
            rows,
        )
        rows.put(
            [Row(one.id, (one.name, holder_name(one.role, city=self.desk.city))) for one in others]
        )
        rows.focus_list()

    def _abouts(self) -> tuple[str, ...]:
        """Return what the form is about, and who does it where that is somebody else."""
        if self._actor is None:
            return (self.about(),)
        who = f"{self._actor.name}, {office_name(self._actor, city=self.desk.city)}"
        return self.about(), _("Done by: {who}").format(who=who)

    async def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Go on as the officer who sits here now."""
        others = self.filling.others(self.asked)
        self._actor = next(one for one in others if one.id == event.key)
        self.filling.hand_over(self._actor.id)
        await self.query_one("#fields").remove_children()
        self.show("#found", "")
        self.reload()

    def _take_up_draft(self) -> None:
        """Fill in what was answered before and not recorded."""
        if self.draft is None:
            return
        kept = self.desk.remembered.draft(*self.draft)
        answers = drafts.answers_of(kept, self.asked.subject)
        if any(value is not None for value in answers.values()):
            self._asked = drafts.take_up(self.asked, answers)
            self._drafted = frozenset(self.asked.answers)
            self.notice(
                _("What was not recorded last time is filled in. F5 begins anew."), good=True
            )

    async def action_begin_anew(self) -> None:
        """Forget the draft and begin with nothing answered."""
        self._drop_draft()
        self.notice("")
        await self.query_one("#fields").remove_children()
        self._wrong, self._doubts, self._drafted = {}, {}, frozenset()
        self.reload()

    def _keep_draft(self) -> None:
        """Keep what somebody typed or chose; what only followed will follow anew."""
        if self.draft is None:
            return
        touched = {field.question.path for field in self.query(Field) if field.touched}
        answers = {path: value for path, value in self.asked.answers.items() if path in touched}
        draft = drafts.to_draft(replace(self.asked, answers=answers))
        self.desk.remembered.keep_draft(draft, *self.draft)

    def _drop_draft(self) -> None:
        if self.draft is not None:
            self.desk.remembered.drop_draft(*self.draft)

    @property
    def draft(self) -> tuple[str, ...] | None:
        """What a draft of it is kept under, ``None`` where none is kept."""
        return self.filling.draft

    @property
    def filling(self) -> Filling:
        """What is filled in."""
        assert self._filling is not None
        return self._filling

    async def begun(self) -> Interview:
        """Return the interview with nothing answered. Raises ``ClbError``."""
        return await self.read(self.filling.begin)

    async def judged(self) -> Judged:
        """Return what the rules find. Raises ``ClbError``."""
        asked = self.asked
        return await self.read(lambda registry: self.filling.judge(registry, asked))

    async def written(self, reasons: Mapping[str, str]) -> Recorded:
        """Write it. Raises ``ClbError``."""
        asked = self.asked
        return await self.read(lambda registry: self.filling.write(registry, asked, reasons))

    def about(self) -> str:
        """Return what the form is about."""
        return self.filling.about(self.asked)

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
        after: Field | None = None
        for one in questions:
            there = self._fields().get(one.path)
            if there is None:
                there = Field(one, self.asked.answers.get(one.path, one.default))
                there.touched = one.path in self._drafted
                before = 0 if after is None and place.children else None
                await place.mount(there, before=before, after=after)
            elif (
                after is not None and place.children.index(there) != place.children.index(after) + 1
            ):
                place.move_child(there, after=after)
            after = there

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
        """Judge an answer at once, and the whole form a little later."""
        event.stop()
        self._settled.discard(event.field.question.path)
        self.notice("")  # what was found about the form no longer holds for certain
        self._take(event.field)
        await self._lay_out()
        self._keep_draft()
        if not self._found:
            self.show("#found", self._nothing_found())
        self._judge_soon()

    async def on_field_entered(self, event: Field.Entered) -> None:
        """Go to the next question; after the last one the form is shown whole."""
        event.stop()
        if not await self._go(event.field, 1):
            self.action_record()

    async def on_field_chosen(self, event: Field.Chosen) -> None:
        """Go to the next question, where there is one."""
        event.stop()
        await self._go(event.field, 1)

    async def action_go(self, by: int) -> None:
        """Go to the next question or the one before, never out of the form."""
        there = next((one for one in self.query(Field) if one.has_focus_within), None)
        if there is not None:
            await self._go(there, by)
        elif self.query(Field):
            self.query(Field).first().take_focus()
        elif by > 0:
            self.focus_next()
        else:
            self.focus_previous()

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
        field = next((one for one in self.query(Field) if one.has_focus_within), None)
        if field is not None:
            self.show("#hint", meaning(field.question))
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
            judged = await self.judged()
        except ClbError as error:
            self._found = ()
            self.show("#found", f"✗ {error.message}")
            return False
        if not self.is_attached:
            return False
        self._found = judged.findings
        if judged.asked != asked and self.asked == asked:
            self._asked = judged.asked
            await self._lay_out()
        self.show("#found", self._findings())
        self.call_after_refresh(self._keep_in_view)
        return True

    def _findings(self) -> Content | str:
        """Return what was found; a warning asks for a reason, which this screen has no room for."""
        if not self._found:
            return self._nothing_found()
        found = content(self._found)
        if any(one.level is Level.BLOCK for one in self._found) or not doubts(self._found, {}):
            return found
        asked = Content.styled(_("F2 asks for the reason."), "bold")
        return Content("\n").join((asked, found))

    def _nothing_found(self) -> str:
        if self._wrong:
            return _("Not filled in yet: {count}.").format(count=len(self._wrong))
        return _("Nothing is in the way.")

    def _keep_in_view(self) -> None:
        """Keep the question that has the focus in view, however much room the findings take."""
        for field in self.query(Field):
            if field.has_focus_within:
                field.scroll_visible(animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show the key of files only in a form that has one, that of recording only in a form."""
        del parameters
        if action == "record":
            return self._asked is None or not self._asked.obstacles()
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
                self._judge_soon()

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
            fields[first].take_focus()
            if not self._found:
                self.show("#found", "")  # the notice says the same, louder
            self.notice(
                _("Still to be filled in or corrected: {count}.").format(count=len(self._wrong))
            )
            return
        self.notice("")
        for path, doubt in tuple(self._doubts.items()):
            if not await self.app.push_screen_wait(ConfirmPage(fields[path].question.title, doubt)):
                fields[path].take_focus()
                return
            self._settled.add(path)
            self._doubts.pop(path)
        judged = await self._judge()
        if judged and any(one.permission for one in self._found) and await self._handed_over():
            judged = await self._judge()
        if not judged or any(one.level is Level.BLOCK for one in self._found):
            self.notice(_("It cannot be recorded so: see what is marked with ✗."))
            return
        reasons = await self._reasons()
        if reasons is None:
            return
        if await self.app.push_screen_wait(self._summary(reasons)):
            await self._write(reasons)

    async def _handed_over(self) -> bool:
        """Let somebody who may record exactly this, and sits here now, do so; else return false."""
        asked = self.asked
        others = await self.read(lambda registry: self.filling.instead(registry, asked))
        if not others:
            return False
        chosen = await self.app.push_screen_wait(
            HerePage(self.heading(), self.about(), self._found, others)
        )
        actor = next((one for one in others if one.id == chosen), None)
        if actor is None:
            return False
        self._drop_draft()
        self._actor = actor
        self.filling.hand_over(actor.id)
        self.show("#about", "\n".join(filter(None, (*self._abouts(), *asked.preface()))))
        return True

    def _summary(self, reasons: Mapping[str, str]) -> SummaryPage:
        warned = [(one, reasons[one.code]) for one in self._found if one.code in reasons]
        return SummaryPage(self.heading(), self._abouts(), self.asked, warned)

    async def _reasons(self) -> Mapping[str, str] | None:
        """Ask for the reason to go on in spite of each warning; ``None`` where one stops it."""
        reasons: dict[str, str] = {}
        for doubt in doubts(self._found, reasons):
            reason = await self.app.push_screen_wait(ReasonPage(doubt.finding))
            if not reason:
                return None
            reasons[doubt.finding.code] = str(reason)
        return reasons

    async def _write(self, reasons: Mapping[str, str]) -> None:
        try:
            if self._filling is not None and not await unlocked(self, self._filling.officer):
                return
            done = await self.written(reasons)
        except ClbError as error:
            if error.findings:
                self.show("#found", content(error.findings))
            self.notice(error)
            return
        self._drop_draft()
        if done.erased and done.club is not None:
            self.desk.remembered.drop_drafts_of(done.club)
        by = self._abouts()[1:]
        shown = replace(done, lines=(*done.lines, *by))
        await self.app.push_screen_wait(DonePage(self.heading(), shown))
        self.dismiss(done)


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


def meaning(question: Question) -> str:
    """Return what a question means: what to fill in, an example, why the default, the article."""
    because = (
        _("Filled in: {why}.").format(why=question.default_because)
        if question.default_because
        else None
    )
    source = _("Ground: {source}").format(source=question.source) if question.source else None
    return " ".join(filter(None, (question.help, how(question), because, source)))


def how(question: Question) -> str:
    """Return how a question is answered on the screen."""
    if question.kind is Kind.CHOICES:
        return _("The arrow keys move, Space marks; or click.")
    if question.kind is Kind.FILE:
        return _("F7 shows the folders; or type where it lies.")
    if question.kind is Kind.YES_NO or (
        question.kind in CHOSEN and len(question.choices) <= IN_VIEW
    ):
        return _("The arrow keys choose; or click.")
    if question.choices and question.kind not in NAMED:
        return _("Type a few letters, then the arrow down and Enter.")
    return hint(question)
