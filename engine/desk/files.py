"""Choosing a file: the folders as a tree, only what may be a list shown in them."""

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import DirectoryTree, Input

from engine.desk.page import Page
from engine.i18n import _

LISTS = frozenset((".xlsx", ".xls", ".csv", ".txt", ".docx"))


class Tree(DirectoryTree):
    """A tree of folders with lists in them."""

    ICON_NODE = "▸ "
    ICON_NODE_EXPANDED = "▾ "
    ICON_FILE = "  "

    def filter_paths(self, paths: Iterable[Path]) -> Iterable[Path]:
        """Return the folders and lists that are not hidden."""
        return [
            one
            for one in paths
            if not one.name.startswith((".", "~")) and (one.is_dir() or one.suffix.lower() in LISTS)
        ]


class FilePage(Page):
    """A file to choose. Hands back its path."""

    help = (
        _("Enter or a click opens a folder and chooses a file."),
        _("Another disk, such as a USB stick: type its name above (E:\\) and press Enter."),
    )
    last: ClassVar[Path | None] = None
    """The folder that a file was chosen from before."""

    def heading(self) -> str:
        """Return what is chosen."""
        return _("Choose the file of the list")

    def body(self) -> ComposeResult:
        """Compose the folder's name and the tree."""
        start = FilePage.last or Path.home()
        yield Input(str(start), id="folder", compact=True)
        yield Tree(start, id="tree")

    async def load(self) -> None:
        """Begin in the tree."""
        self.query_one("#tree").focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to a folder, or choose a file, that was typed."""
        path = Path(event.value.strip("\"' ")).expanduser()
        if path.is_file():
            self._choose(path)
        elif path.is_dir():
            tree = self.query_one(Tree)
            tree.path = path
            tree.focus()
        else:
            self.notice(_("There is no folder {path}.").format(path=path))

    def on_directory_tree_file_selected(self, event: DirectoryTree.FileSelected) -> None:
        """Choose a file."""
        self._choose(event.path)

    def _choose(self, path: Path) -> None:
        FilePage.last = path.parent
        self.dismiss(str(path))
