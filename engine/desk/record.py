"""One record of a club's history, whole: every field as it was filled in, or corrected since."""

from collections.abc import Iterator
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Label, Static

from engine.desk.page import Page
from engine.i18n import _
from engine.interview.reading import show
from engine.interview.situation import Situation
from engine.interview.step import StepInterview
from engine.lifecycle.registry import Registry
from engine.lifecycle.situation import situation
from engine.model import Club, Event
from engine.reports import clubs
from engine.reports.corrections import changed
from engine.rules import forms, own
from engine.rules.request import reach
from engine.vietnamese.text import dmy


@dataclass(frozen=True, slots=True)
class Shown:
    """A record as it is shown: its event, its step's name, who recorded it, its fields."""

    event: Event
    called: str
    officer: str
    fields: tuple[tuple[str, str], ...]


def shown(registry: Registry, club: Club, seq: int) -> Shown:
    """Return a record of a club; one that was annulled has the form it was recorded with."""
    event = next(one for one in clubs.history(registry.store, club) if one.seq == seq)
    known = situation(registry.lifecycle, club.id, event.step, None)
    counted = next((one.form for one in known.records if one.seq == seq), None)
    form = clubs.readable(event, known.names) if counted is None else counted
    asked = StepInterview(step=event.step, situation=known.recorded_by(event.acted_as))
    fields = own.ever(known.rules, event.step, event.on)
    for one in forms.fields(event.step, fields):
        value = reach(form, one.path)
        if value is not None:
            asked = asked.answered(one.path, value)
    lines = [
        (one.title, show(one, value)) for one, value in asked.filled() if not one.is_about_the_form
    ]
    names = {one.id: one.name for one in registry.officers.ever()}
    officer = names.get(event.officer, event.officer)
    return Shown(
        event,
        own.called(known.rules, event.step),
        officer,
        (*lines, *_changed(registry, club, event, known)),
    )


def _changed(
    registry: Registry, club: Club, event: Event, known: Situation
) -> Iterator[tuple[str, str]]:
    """Yield what a correction changed: each field's title, with what it had and what it has."""
    if event.step == "correct":
        yield from changed(clubs.history(registry.store, club), event, known)


class RecordPage(Page):
    """A record."""

    help = (_("This is one record, as it counts today. Esc goes back."),)

    def __init__(self, club: Club, seq: int) -> None:
        super().__init__()
        self._club, self._seq = club, seq
        self._step = ""

    def heading(self) -> str:
        """Return what was recorded, of which club."""
        name = self._step
        return f"{name[:1].upper()}{name[1:]} · {self._club.name}" if self._step else ""

    def body(self) -> ComposeResult:
        """Compose the place for the fields."""
        yield VerticalScroll(id="text")

    async def load(self) -> None:
        """Read the record."""
        found = await self.read(lambda registry: shown(registry, self._club, self._seq))
        self._step = found.called
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
