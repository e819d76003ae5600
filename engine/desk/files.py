"""Choosing a file: the folders as a tree, only what may be meant shown in them."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import DirectoryTree, Input, Static
from textual.widgets.directory_tree import DirEntry

from engine.clock import moment_of
from engine.desk.page import Page
from engine.desk.rows import Column, Row, Rows
from engine.desk.text_field import TextField
from engine.i18n import _

ZALO = "Zalo Received Files"
"""The folder of Zalo for computers, within the documents."""
MOST_RECEIVED = 200
LISTS = frozenset((".xlsx", ".xls", ".csv", ".txt", ".docx"))


class Tree(DirectoryTree):
    """A tree of folders with the files to choose from in them."""

    ICON_NODE = "▸ "
    ICON_NODE_EXPANDED = "▾ "
    ICON_FILE = "  "

    endings: frozenset[str] = LISTS

    def filter_paths(self, paths: Iterable[Path]) -> Iterable[Path]:
        """Return the folders and such files that are not hidden."""
        return [
            one
            for one in paths
            if not one.name.startswith((".", "~"))
            and (one.is_dir() or one.suffix.lower() in self.endings)
        ]


def received(suffix: str) -> list[Path]:
    """Return the files with that ending where programs put what is received, the newest first."""
    from platformdirs import user_desktop_path, user_documents_path, user_downloads_path

    documents = user_documents_path()
    folders = [user_downloads_path(), user_desktop_path(), documents, documents / ZALO]
    if FilePage.last is not None:
        folders.append(FilePage.last)
    found: dict[Path, float] = {}
    for folder in folders:
        with suppress(OSError):
            found.update(
                (one, one.stat().st_mtime)
                for one in folder.iterdir()
                if one.suffix.lower() == suffix and not one.name.startswith((".", "~"))
            )
    return sorted(found, key=lambda one: (-found[one], one.name))[:MOST_RECEIVED]


class ReceivedPage(Page):
    """The files that were received lately, to choose one from. Hands back its path."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "folder", _("The whole folder"), key_display="F5"),
        Binding("f7", "elsewhere", _("It is elsewhere"), key_display="F7"),
    ]
    help = (
        _("The newest file is at the top. Enter chooses the one under the cursor."),
        _("F5, where it is shown: every file of the folder that the one under the cursor is in."),
        _("F7 shows all folders, for a file on a USB stick or somewhere else."),
    )

    def __init__(self, title: str, suffix: str, *, folders: bool = False) -> None:
        super().__init__()
        self._title, self._suffix, self._folders = title, suffix, folders

    def heading(self) -> str:
        """Return what is chosen."""
        return self._title

    def body(self) -> ComposeResult:
        """Compose the list."""
        yield Rows(
            Column(_("File"), grows=True),
            Column(_("Folder"), grows=True),
            Column(_("Received at")),
            empty=_("No file ending in {suffix} was received. F7: it is elsewhere.").format(
                suffix=self._suffix
            ),
        )

    async def load(self) -> None:
        """Look for the files."""
        rows = self.query_one(Rows)
        rows.put([_line(one) for one in received(self._suffix)])
        rows.focus_list()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Hand back the file."""
        self.dismiss(str(event.key))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show the key for a folder only where one can be chosen."""
        del parameters
        return self._folders if action == "folder" else True

    def action_folder(self) -> None:
        """Hand back the folder of the file under the cursor."""
        key = self.query_one(Rows).key
        if key is not None:
            self.dismiss(str(Path(str(key)).parent))

    def action_elsewhere(self) -> None:
        """Choose in the folders."""
        self.run_worker(self._elsewhere(), exclusive=True, group="file")

    async def _elsewhere(self) -> None:
        path = await self.app.push_screen_wait(
            FilePage(self._title, frozenset({self._suffix}), folders=self._folders)
        )
        if path:
            self.dismiss(path)


def _line(path: Path) -> Row:
    when = moment_of(path.stat().st_mtime).strftime("%d/%m %H:%M")
    return Row(str(path), (path.name, path.parent.name, when), "")


class FilePage(Page):
    """A file to choose, or with ``folders`` a whole folder. Hands back its path."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "folder", _("The whole folder"), key_display="F5"),
    ]
    help = (
        _("Enter or a click opens a folder and chooses a file."),
        _("F5, where it is shown: every file of the folder under the cursor."),
        _("Another disk, such as a USB stick: type its name above (E:\\) and press Enter."),
    )
    last: ClassVar[Path | None] = None
    """The folder that a file was chosen from before."""

    def __init__(
        self,
        title: str | None = None,
        endings: frozenset[str] = LISTS,
        *,
        folders: bool = False,
    ) -> None:
        super().__init__()
        self._title = title or _("Choose the file of the list")
        self._endings, self._folders = endings, folders

    def heading(self) -> str:
        """Return what is chosen."""
        return self._title

    def body(self) -> ComposeResult:
        """Compose the folder's name and the tree."""
        start = FilePage.last or Path.home()
        yield TextField(str(start), id="folder", compact=True)
        tree = Tree(start, id="tree")
        tree.endings = self._endings
        yield tree
        yield Static("", id="named", markup=False)

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

    def on_tree_node_highlighted(self, event: Tree.NodeHighlighted[DirEntry]) -> None:
        """Show the whole name of what is under the cursor, which the tree may cut."""
        entry = event.node.data
        self.show("#named", "" if entry is None else entry.path.name)

    def on_directory_tree_file_selected(self, event: DirectoryTree.FileSelected) -> None:
        """Choose a file."""
        self._choose(event.path)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show the key for a folder only where one can be chosen."""
        del parameters
        return self._folders if action == "folder" else True

    def action_folder(self) -> None:
        """Choose the folder under the cursor, or that of the file there."""
        node = self.query_one(Tree).cursor_node
        if node is None or node.data is None:
            return
        path = node.data.path
        FilePage.last = path if path.is_dir() else path.parent
        self.dismiss(str(FilePage.last))

    def _choose(self, path: Path) -> None:
        FilePage.last = path.parent
        self.dismiss(str(path))
