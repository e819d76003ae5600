"""One record of a club's history, whole: every field as it was filled in, or corrected since."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Label, Static

from engine.desk.page import Page
from engine.frozen import thaw
from engine.i18n import _
from engine.interview.reading import show
from engine.interview.situation import Situation
from engine.interview.step import StepInterview
from engine.labels import step_name
from engine.lifecycle.history import corrected_forms, overlay
from engine.lifecycle.registry import Registry
from engine.lifecycle.situation import situation
from engine.model import Club, Event
from engine.reports import clubs
from engine.rules import forms
from engine.rules.request import reach
from engine.vietnamese.text import dmy


@dataclass(frozen=True, slots=True)
class Shown:
    """A record as it is shown: its event, who recorded it, its fields with their titles."""

    event: Event
    officer: str
    fields: tuple[tuple[str, str], ...]


def shown(registry: Registry, club: Club, seq: int) -> Shown:
    """Return a record of a club; one that was annulled has the form it was recorded with."""
    event = next(one for one in clubs.history(registry.store, club.id) if one.seq == seq)
    known = situation(registry.lifecycle, club.id, event.step, None)
    counted = next((one.form for one in known.records if one.seq == seq), None)
    form = clubs.readable(event, known.names) if counted is None else counted
    asked = StepInterview(step=event.step, situation=known)
    for one in forms.fields(event.step):
        value = reach(form, one.path)
        if value is not None:
            asked = asked.answered(one.path, value)
    fields = [
        (one.title, show(one, value)) for one, value in asked.filled() if not one.is_about_the_form
    ]
    names = {one.id: one.name for one in registry.officers.ever()}
    officer = names.get(event.officer, event.officer)
    return Shown(event, officer, (*fields, *_changed(registry, club, event, known)))


def _changed(
    registry: Registry, club: Club, event: Event, known: Situation
) -> Iterator[tuple[str, str]]:
    """Yield what a correction changed: each field's title, with what it said and what it says."""
    if event.step != "correct":
        return
    earlier = [one for one in clubs.history(registry.store, club.id) if one.seq < event.seq]
    target = next(one for one in earlier if one.seq == event.form["seq"])
    before = corrected_forms(earlier)[target.seq]
    after = overlay(before, event.form["changes"])
    asked = StepInterview(step=target.step, situation=known)
    paths = [one.path for one in forms.fields(target.step)]
    for path in paths:
        asked = asked.answered(path, _said(after, path, known))
    for path in paths:
        old, new = _said(before, path, known), _said(after, path, known)
        question = asked.question(path)
        if old != new and question is not None:
            was = _("blank") if old is None else show(question, old)
            yield question.title, f"{was} → {show(question, new)}"


def _said(form: Mapping[str, Any], path: str, known: Situation) -> Any:
    """Return what a form says in a field, with names for the ids of people."""
    value = thaw(reach(form, path))
    return known.names.get(value, value) if isinstance(value, str) else value


class RecordPage(Page):
    """A record."""

    help = (_("This is one record, as it counts today. Esc goes back."),)

    def __init__(self, club: Club, seq: int) -> None:
        super().__init__()
        self._club, self._seq = club, seq
        self._step = ""

    def heading(self) -> str:
        """Return what was recorded, of which club."""
        name = step_name(self._step)
        return f"{name[:1].upper()}{name[1:]} · {self._club.name}" if self._step else ""

    def body(self) -> ComposeResult:
        """Compose the place for the fields."""
        yield VerticalScroll(id="text")

    async def load(self) -> None:
        """Read the record."""
        found = await self.read(lambda registry: shown(registry, self._club, self._seq))
        self._step = found.event.step
        self.retitle()
        day = (_("Date"), dmy(found.event.on))
        first = (
            (_("No."), str(found.event.seq)),
            *(() if day in found.fields else (day,)),
            (_("Recorded by"), found.officer),
        )
        reasons = ((_("Reason to go on"), one.reason) for one in found.event.acknowledged)
        place = self.query_one("#text")
        await place.remove_children()
        await place.mount(
            *(
                Horizontal(Label(title, markup=False), Static(text, markup=False), classes="pair")
                for title, text in (*first, *found.fields, *reasons)
            )
        )
        place.focus()
