"""A command run at a real terminal, with somebody typing."""

import os
import struct
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from threading import Thread

import pytest
from support.commands import Answer


def at_terminal(
    *args: str | Path,
    typed: str = "",
    columns: int = 80,
    environ: Mapping[str, str] | None = None,
) -> Answer:
    """Run one command in a process of its own whose input and output are a terminal.

    ``typed`` is what the person types. What the terminal shows besides the answer is in ``err``.
    """
    shown, printed, code = _run(
        args, typed, columns, {"TERM": "dumb", **(environ or {})}, piped=False
    )
    return Answer(code, shown, printed)


def watched(*args: str | Path, columns: int = 80, term: str = "xterm") -> Answer:
    """Run one command whose answer goes elsewhere, and whose talk goes to a terminal (``err``)."""
    shown, printed, code = _run(args, "", columns, {"TERM": term}, piped=True)
    return Answer(code, printed, shown)


def _run(
    args: tuple[str | Path, ...],
    typed: str,
    columns: int,
    environ: Mapping[str, str],
    *,
    piped: bool,
) -> tuple[str, str, int]:
    """Return what the terminal shows, what went to a pipe, and the exit code."""
    pty = pytest.importorskip("pty")
    fcntl, termios = pytest.importorskip("fcntl"), pytest.importorskip("termios")
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    unset = ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "PYTHONIOENCODING")
    inherited = {name: value for name, value in os.environ.items() if name not in unset}
    shown: list[bytes] = []
    with subprocess.Popen(
        [sys.executable, "-m", "engine", *map(str, args)],
        stdin=theirs,
        stdout=subprocess.PIPE if piped else theirs,
        stderr=theirs if piped else subprocess.PIPE,
        env={**inherited, "PYTHONPATH": os.getcwd(), **environ},
    ) as process:
        os.close(theirs)
        reader = Thread(target=_read, args=(ours, shown))
        reader.start()
        os.write(ours, typed.encode())
        try:
            out, err = process.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()  # it waits for more to be typed
            raise
    reader.join(timeout=60)
    os.close(ours)
    return b"".join(shown).decode(), (out or err or b"").decode(), process.returncode


def _read(terminal: int, shown: list[bytes]) -> None:
    """Read while the command writes: a terminal holds little that nobody has read."""
    try:
        while part := os.read(terminal, 65536):
            shown.append(part)
    except OSError:
        # The last process at the other end has gone.
        return
