"""A form on one screen: its questions, the remark on each answer, and what the rules find.

What is typed is judged while it is typed, in the database's thread, half a second after the last
key. Nothing is written before the summary was agreed to.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from engine.desk.answers import AnswersPage
from engine.desk.confirm import ConfirmPage, ReasonPage, SummaryPage
from engine.desk.done import DonePage
from engine.desk.field import Field
from engine.desk.filling import Filling, Judged, Recorded
from engine.desk.findings import content
from engine.desk.here import HerePage
from engine.desk.passphrase import unlocked
from engine.desk.rows import Column, Row, Rows
from engine.errors import ClbError
from engine.i18n import _
from engine.interview import drafts
from engine.interview.doubts import doubts
from engine.interview.interview import Interview
from engine.labels import holder_name, office_name
from engine.model import Finding, Level, Officer

PAUSE_SECONDS = 0.5
"""How long nothing is typed before the rules are asked."""


class FormPage(AnswersPage):
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
        self._found: tuple[Finding, ...] = ()
        self._waiting: Timer | None = None
        self._actor: Officer | None = None
        """Who does it, where that is somebody else than who works at this desk."""

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

    def changed(self) -> None:
        """Keep what was typed, and judge the whole form a little later."""
        self._keep_draft()
        if not self._found:
            self.show("#found", self._nothing_found())
        self._judge_soon()

    def answered(self) -> None:
        """Show the form whole, to be agreed to."""
        self.action_record()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show the key of recording only in a form that is filled in."""
        if action == "record":
            return self._asked is None or not self._asked.obstacles()
        return super().check_action(action, parameters)

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
