"""Giving a file to the program that the system opens such files with (Word for a paper)."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

OPENERS = ("xdg-open", "gio", "wslview")
"""What opens a file on a desktop that is neither Windows nor macOS."""


def open_file(path: Path) -> bool:
    """Open a file and return whether there was a program to give it to."""
    if sys.platform == "win32":
        try:
            os.startfile(path)  # noqa: S606  (a paper that was just written)
        except OSError:
            return False
        return True
    command = _command(path)
    if command is None:
        return False
    try:
        subprocess.Popen(  # noqa: S603  (the system's own program, a paper just written)
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    return True


def _command(path: Path) -> list[str] | None:
    if sys.platform == "darwin":
        return ["open", str(path)]
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return None
    program = next((one for one in OPENERS if shutil.which(one)), None)
    if program is None:
        return None
    return [program, "open", str(path)] if program == "gio" else [program, str(path)]
