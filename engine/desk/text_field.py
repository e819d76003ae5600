"""A place to type in, with the keys that people know from Word."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input


class TextField(Input):
    """An input in which Ctrl+A selects all; Textual goes to the start of the line."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+a", "select_all", show=False)]
