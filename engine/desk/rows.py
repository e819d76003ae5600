"""A table to move through with arrows or mouse: headings, columns, and lines that break by words.

No text is cut: what is too long for its column goes on in the next line.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import Resize
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from engine.i18n import _

GAP = "  "
MARGINS = 3
"""Columns of the screen outside the lines: a blank at each end and the scroll bar."""
LEAST = 8
"""Letters below which no column is made narrower."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column. ``grows`` is whether its texts may go on in a next line; ``right`` aligns them."""

    title: str
    grows: bool = False
    right: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A line to choose. ``key`` is what it means; ``style`` a style of the desk's."""

    key: object
    cells: tuple[str, ...]
    style: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that names those below it and cannot be chosen."""

    text: str


Line = Row | Heading


class Lines(OptionList):
    """The lines. The cursor stops at the first and at the last of them."""

    def action_cursor_down(self) -> None:
        """Move the cursor to the next line, if there is one."""
        at = self.highlighted
        if at is None or not all(one.disabled for one in self.options[at + 1 :]):
            super().action_cursor_down()

    def action_cursor_up(self) -> None:
        """Move the cursor to the line before, if there is one."""
        at = self.highlighted
        if at is None or not all(one.disabled for one in self.options[:at]):
            super().action_cursor_up()


class Rows(Vertical):
    """The table. Sends ``Chosen`` for Enter or a click on a line, ``Moved`` when one is reached."""

    DEFAULT_CSS = """
    Rows { height: 1fr; }
    Rows > Static { height: 1; text-style: bold; color: $primary; padding: 0 1; }
    Rows > OptionList { height: 1fr; border: none; padding: 0 1; background: $background;
        scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
    Rows > OptionList.-textual-compact { padding: 0 1; }
    Rows > OptionList:focus { border: none; background-tint: $background 0%; }
    Rows > OptionList > .option-list--option-disabled { color: $primary; text-style: bold; }
    """

    class Chosen(Message):
        """A line was chosen."""

        def __init__(self, rows: "Rows", key: object) -> None:
            super().__init__()
            self.rows, self.key = rows, key

        @property
        def control(self) -> "Rows":
            """The table that sent it."""
            return self.rows

    class Moved(Chosen):
        """A line was reached."""

    def __init__(
        self,
        *columns: Column,
        empty: str | None = None,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self._columns = columns
        self._lines: list[Line] = []
        self._is_read = False
        self._empty = empty or _("Nothing.")
        self._width = 0

    def compose(self) -> ComposeResult:
        """Compose the headings and the list."""
        if any(one.title for one in self._columns):
            yield Static(id="headings", markup=False)
        yield Lines(markup=False, compact=True)

    @property
    def options(self) -> OptionList:
        """The list itself."""
        return self.query_one(OptionList)

    @property
    def key(self) -> object | None:
        """What the line under the cursor means, ``None`` where there is none."""
        at = self.options.highlighted
        line = self._lines[at] if at is not None and at < len(self._lines) else None
        return line.key if isinstance(line, Row) else None

    def put(self, lines: Sequence[Line]) -> None:
        """Show these lines; the cursor stays with what it was on, if that is still there."""
        there = self.key
        self._lines, self._is_read = list(lines), True
        self._draw(there)

    def retitle(self, place: int, title: str) -> None:
        """Call a column otherwise from the next lines on."""
        self._columns = tuple(
            replace(one, title=title) if at == place else one
            for at, one in enumerate(self._columns)
        )

    def choose(self, key: object) -> None:
        """Move the cursor to a line, if it is there."""
        keys = [line.key if isinstance(line, Row) else None for line in self._lines]
        if key in keys:
            self.options.highlighted = keys.index(key)

    def focus_list(self) -> None:
        """Let the keys move through the lines."""
        self.options.focus()

    def on_resize(self, event: Resize) -> None:
        """Lay the columns out anew."""
        if event.size.width != self._width:
            self._width = event.size.width
            self._draw(self.key)

    def _draw(self, there: object | None) -> None:
        if not self._width:
            return
        options = self.options
        widths = self._widths(self._width - MARGINS)
        options.clear_options()
        if not self._lines:
            if self._is_read:
                options.add_option(Option(self._empty, disabled=True))
            return
        options.add_options(
            [
                Option(Content(line.text), disabled=True)
                if isinstance(line, Heading)
                else Option(self._content(line, widths))
                for line in self._lines
            ]
        )
        for heading in self.query("#headings"):
            assert isinstance(heading, Static)
            titles = Row(None, tuple(one.title for one in self._columns))
            heading.update(self._content(titles, widths))
        keys = [line.key if isinstance(line, Row) else None for line in self._lines]
        if there is not None and there in keys:
            options.highlighted = keys.index(there)
        else:
            options.action_first()

    def _widths(self, room: int) -> list[int]:
        shown = [line.cells for line in self._lines if isinstance(line, Row)]
        widths = [
            max(cell_len(column.title), *(cell_len(cells[place]) for cells in shown), 0)
            for place, column in enumerate(self._columns)
        ]
        growing = [place for place, one in enumerate(self._columns) if one.grows]
        room -= len(GAP) * (len(widths) - 1)
        while growing and sum(widths) > room:
            widest = max(growing, key=widths.__getitem__)
            if widths[widest] <= LEAST:
                break
            widths[widest] -= 1
        if growing and sum(widths) < room:
            widths[growing[0]] += room - sum(widths)
        return widths

    def _content(self, row: Row, widths: Sequence[int]) -> Content:
        parts = [
            (textwrap.wrap(cell, widths[place], break_on_hyphens=False) or [""])
            if cell_len(cell) > widths[place]
            else [cell]
            for place, cell in enumerate(row.cells)
        ]
        lines = []
        for line in range(max(map(len, parts))):
            texts = []
            for place, found in enumerate(parts):
                text = found[line] if line < len(found) else ""
                blanks = " " * (widths[place] - cell_len(text))
                texts.append(blanks + text if self._columns[place].right else text + blanks)
            lines.append(GAP.join(texts).rstrip())
        return Content.styled("\n".join(lines), row.style)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Pass on which line was chosen."""
        event.stop()
        if self.key is not None:
            self.post_message(self.Chosen(self, self.key))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Pass on which line was reached."""
        event.stop()
        if self.key is not None:
            self.post_message(self.Moved(self, self.key))
