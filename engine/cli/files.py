"""The names of files that commands take."""

import os
from pathlib import Path
from typing import Any

import click

from engine.i18n import _


class FilePath(click.Path):
    """A file or a folder to read or to write. An empty name would mean the folder one is in."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:
        """Return the path. Fails for a name that is empty."""
        if not os.fspath(value).strip():
            self.fail(_("The name of a file is empty."), param, ctx)
        return super().convert(value, param, ctx)


class NameOrPath(click.types.StringParamType):
    """The name of a thing, or the file or folder that it is in."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the text. Fails for one that is empty: it would mean the folder one is in."""
        text = super().convert(value, param, ctx)
        if not text.strip():
            self.fail(_("The name of a file is empty."), param, ctx)
        return text


PATH = FilePath()
NAME_OR_PATH = NameOrPath()
