"""The names of files that commands take."""

import os
import re
from collections.abc import Sequence
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

FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
"""What no file's name may have on Windows."""


def free_name(words: Sequence[str], suffix: str) -> Path:
    """Return a name for a new file here, made of words: no file of that name is there yet."""
    stem = FORBIDDEN.sub("-", " ".join(words)).strip(" .")[:100]
    found, number = Path(f"{stem}{suffix}"), 1
    while found.exists():
        number += 1
        found = Path(f"{stem} ({number}){suffix}")
    return found
