"""A command run at a real terminal, with somebody typing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.roster_cli import Answer


def at_terminal(*args: str | Path, typed: str) -> Answer:
    """Run one command in a process of its own whose input and output are a terminal.

    ``typed`` is what the person types. What the terminal shows beside the answer is in ``err``.
    """
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "engine", *map(str, args)],
        stdin=theirs,
        stdout=theirs,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.getcwd(), "TERM": "dumb"},
    ) as process:
        os.close(theirs)
        os.write(ours, typed.encode())
        _out, said = process.communicate(timeout=60)
    shown = b""
    try:
        while part := os.read(ours, 65536):
            shown += part
    except OSError:
        pass
    finally:
        os.close(ours)
    return Answer(process.returncode, shown.decode(), said.decode())
