"""Choosing among a few answers that are all in view, one or several, by key or by mouse."""

import textwrap
from collections.abc import Sequence
from itertools import accumulate
from typing import ClassVar

from rich.cells import cell_len
from textual.app import RenderResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click, Key, Resize
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from engine.i18n import _
from engine.interview.question import Choice
from engine.vietnamese.text import bare

GAP = "   "
LONGEST_NOTE = 40
"""Letters of what distinguishes an answer; the whole of it is in the record."""
ONE, SEVERAL = ("( )", "(•)"), ("[ ]", "[x]")


class Picks(Widget, can_focus=True):
    """The answers on one line where they fit, else one a line."""

    DEFAULT_CSS = """
    Picks { height: auto; width: 1fr; }
    Picks:focus { background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,up", "move(-1)", _("Back"), show=False),
        Binding("right,down", "move(1)", _("On"), show=False),
        Binding("space", "pick", _("Choose"), show=False),
        Binding("enter", "enter", _("On"), show=False),
    ]
    at = reactive(0, layout=False)

    class Changed(Message):
        """What is chosen has changed."""

        def __init__(self, picks: "Picks") -> None:
            super().__init__()
            self.picks = picks

    class Entered(Changed):
        """Enter was pressed: the next question, please."""

    def __init__(self, choices: Sequence[Choice], *, several: bool = False) -> None:
        super().__init__()
        self.choices = tuple(choices)
        self.several = several
        self.chosen: tuple[int, ...] = ()
        self._typed = ""

    def choose(self, values: Sequence[object]) -> None:
        """Choose these values without a message."""
        self.chosen = tuple(place for place, one in enumerate(self.choices) if one.value in values)
        if self.chosen:
            self.at = self.chosen[0]
        self.refresh(layout=True)

    @property
    def values(self) -> list[object]:
        """The values that are chosen."""
        return [self.choices[place].value for place in self.chosen]

    def _texts(self) -> list[str]:
        marks = SEVERAL if self.several else ONE
        return [
            f"{marks[place in self.chosen]} {one.label}"
            + (
                f" ({textwrap.shorten(one.note, LONGEST_NOTE, placeholder=' …')})"
                if one.note
                else ""
            )
            for place, one in enumerate(self.choices)
        ]

    def _is_line(self, width: int) -> bool:
        return cell_len(GAP.join(self._texts())) <= width

    def _parts(self, width: int) -> list[list[str]]:
        """Return the lines of each answer, where they are below each other."""
        indent = " " * (len(ONE[0]) + 1)
        return [
            textwrap.wrap(text, max(width, 10), subsequent_indent=indent) for text in self._texts()
        ]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return one line, or the lines of the answers below each other."""
        del container, viewport
        return 1 if self._is_line(width) else sum(map(len, self._parts(width)))

    def on_resize(self, _event: Resize) -> None:
        """Lay the answers out anew."""
        self.refresh(layout=True)

    def render(self) -> RenderResult:
        """Return the answers, the one under the cursor marked."""
        width = self.size.width
        in_line = self._is_line(width)
        texts = self._texts() if in_line else ["\n".join(one) for one in self._parts(width)]
        return Content(GAP if in_line else "\n").join(
            [
                Content.styled(text, "$background on $primary")
                if self.has_focus and place == self.at
                else Content.styled(text, "bold" if place in self.chosen else "")
                for place, text in enumerate(texts)
            ]
        )

    def on_click(self, event: Click) -> None:
        """Choose the answer that was clicked on."""
        width = self.size.width
        if self._is_line(width):
            ends = accumulate(cell_len(text) + len(GAP) for text in self._texts())
            at = event.x
        else:
            ends = accumulate(map(len, self._parts(width)))
            at = event.y
        place = next((place for place, end in enumerate(ends) if at < end), None)
        if place is not None:
            self.at = place
            self.action_pick()

    def on_focus(self) -> None:
        """Show the cursor."""
        self.refresh()

    def on_blur(self) -> None:
        """Take the cursor away."""
        self._typed = ""
        self.refresh()

    def on_key(self, event: Key) -> None:
        """Go to the answer whose words are typed, with marks or without."""
        if not (event.is_printable and event.character):
            return
        if event.key == "space" and not self._typed:
            return
        typed = self._typed + event.character
        found = [
            place
            for place, one in enumerate(self.choices)
            if f" {bare(typed)}" in f" {bare(one.label)}"
        ]
        if not found:
            return
        event.stop()
        event.prevent_default()
        self._typed, self.at = typed, found[0]
        if not self.several:
            self._set((self.at,))
        self.refresh()

    def action_move(self, by: int) -> None:
        """Go to the next answer; where only one counts, choose it: at first the first one."""
        self._typed = ""
        if self.several or self.chosen:
            self.at = max(0, min(len(self.choices) - 1, self.at + by))
        if not self.several:
            self._set((self.at,))
        self.refresh()

    def action_pick(self) -> None:
        """Choose the answer under the cursor, or take it back where several count."""
        if not self.several:
            self._set((self.at,))
        elif self.at in self.chosen:
            self._set(tuple(one for one in self.chosen if one != self.at))
        else:
            self._set(tuple(sorted((*self.chosen, self.at))))

    def action_enter(self) -> None:
        """Go on; where one has to be chosen and none is, it is the one under the cursor."""
        if not self.several and not self.chosen:
            self.action_pick()
        self.post_message(self.Entered(self))

    def _set(self, chosen: tuple[int, ...]) -> None:
        if chosen != self.chosen:
            self.chosen = chosen
            self.post_message(self.Changed(self))
        self.refresh(layout=True)
