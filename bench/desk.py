"""``desk``: from the key to the first screen of the officer's desk, and a key on a long list.

The desk runs on a terminal of 80 x 24, on a database of 500 clubs. The reference is a bare Textual
program that shows as much. The budget of the first task is by the clock, as an officer waits for
it: it holds on a machine with two idle processors.
"""

import fcntl
import os
import pty
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable
from pathlib import Path

from bench.life import TOWN
from bench.measure import Sample, by_turns, wall
from bench.options import Options
from bench.province import province
from bench.result import Row, timed_row

NAME = "desk"
TITLE = "the officer's desk: its first screen"
CLUBS, PEOPLE = 500, 10
FIRST_TASK_MS, FRAME = 1000.0, 2.0
PATIENCE_SECONDS = 60
SIZE = struct.pack("HHHH", 24, 80, 0, 0)
LEAVE = b"\x1b[21~"  # F10
BARE = """
from textual.app import App
from textual.widgets import Footer, OptionList, Static

class Bare(App):
    BINDINGS = [("f10", "quit", "Leave")]
    def compose(self):
        yield Static("Ready")
        yield OptionList(*(str(number) for number in range(500)))
        yield Footer()

Bare().run()
"""


def run(options: Options) -> list[Row]:
    """Measure the first frame and the first task against a bare program's first frame."""
    clubs = options.size(CLUBS, CLUBS, 10)
    with tempfile.TemporaryDirectory(prefix="clb-bench-desk-") as home:
        where = {
            "CLB_DATABASE": str(province(clubs, PEOPLE)),
            "CLB_OFFICER": TOWN,
            "CLB_LANG": "vi",
            "CLB_HOME": home,
        }
        desk = [sys.executable, "-m", "engine", "desk"]
        taken = by_turns(
            {
                "frame": _until(desk, where, ("Đang mở",)),
                "task": _until(desk, where, ("Việc của", "chưa có việc")),
                "bare": _until([sys.executable, "-c", BARE], where, ("Ready",)),
            },
            options.rounds,
            warm=not options.tiny,
        )
    clock = wall(taken["task"]).scaled(1e3)
    case = f"the first task, {clubs} clubs, by the clock"
    return [
        timed_row(NAME, "the first frame", taken["frame"], taken["bare"], budget=FRAME),
        timed_row(NAME, f"the first task, {clubs} clubs", taken["task"], taken["bare"]),
        Row(NAME, case, "clb", "ms", clock, budget=FIRST_TASK_MS, limits="value"),
    ]


def _until(command: list[str], env: dict[str, str], seen: tuple[str, ...]) -> Callable[[], Sample]:
    return lambda: shown(command, env, seen)


def shown(command: list[str], env: dict[str, str], seen: tuple[str, ...]) -> Sample:
    """Run a program at a terminal until one of some texts is shown, then leave it.

    The processor time is that until the text, the program's loading included. Raises
    ``RuntimeError`` where no text comes.
    """
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, SIZE)
    wanted, found = [one.encode() for one in seen], b""
    start = time.perf_counter()
    terminal = {**env, "TERM": "xterm-256color"}
    with subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=terminal, start_new_session=True
    ) as child:
        os.close(theirs)
        while not any(one in found for one in wanted):
            if time.perf_counter() - start > PATIENCE_SECONDS:
                child.kill()
                raise RuntimeError(f"{' '.join(command)}: {found.decode(errors='replace')}")
            found += os.read(ours, 65536)
        taken = Sample(_spent(child.pid), time.perf_counter() - start)
        os.write(ours, LEAVE)
        _drain(ours)
    os.close(ours)
    return taken


def _spent(process: int) -> float:
    """Return the processor time of a program that runs, in seconds."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _drain(terminal: int) -> None:
    """Read what is still written: a terminal that nobody reads holds the program up."""
    try:
        while os.read(terminal, 65536):
            pass
    except OSError:
        return  # the program has gone
