"""The line at the bottom of a screen with the keys that do something there."""

from textual.screen import Screen
from textual.widgets import Footer


class KeyLine(Footer):
    """A footer that is also filled in while the window has no focus.

    In a browser the program begins without it, and may never hear that the window has it.
    """

    def __init__(self) -> None:
        super().__init__(show_command_palette=False, compact=True)

    def bindings_changed(self, screen: Screen[object]) -> None:
        """Show the keys anew."""
        self._bindings_ready = True
        if self.is_attached and screen is self.screen:
            self.call_after_refresh(self.recompose)
