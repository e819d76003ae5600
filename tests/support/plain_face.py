"""The plain face, driven through a pseudo-terminal of 80 x 24, as whoever uses it sees it."""

import os
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest

COLUMNS, LINES = 80, 24
CLB_ON = Path(__file__).with_name("clb_on.py")
KEPT = 2000
"""Lines that have left the screen and are still looked at."""
ENTER, STOP = "\r", "\x03"


class Face:
    """One program at a terminal. What is on the screen is read as a person reads it."""

    def __init__(
        self, *args: str, environ: Mapping[str, str] | None = None, on: date | None = None
    ) -> None:
        """Begin a command; ``on`` is the day it is, where a test has one."""
        pexpect, pyte = pytest.importorskip("pexpect"), pytest.importorskip("pyte")
        self.screen = pyte.HistoryScreen(COLUMNS, LINES, history=KEPT, ratio=0.5)
        self.stream = pyte.ByteStream(self.screen)
        unset = ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "PYTHONIOENCODING")
        inherited = {name: value for name, value in os.environ.items() if name not in unset}
        self.child: Any = pexpect.spawn(
            sys.executable,
            [*(("-m", "engine") if on is None else (str(CLB_ON), on.isoformat())), *args],
            dimensions=(LINES, COLUMNS),
            env={**inherited, "PYTHONPATH": os.getcwd(), "TERM": "xterm", **(environ or {})},
            timeout=60,
        )
        self.child.delaybeforesend = None
        self.seen = ""
        self.answers = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.child.close(force=True)

    def wait(self, text: str) -> None:
        """Wait until a text is written after what was waited for before."""
        self.wait_for(text)

    def wait_for(self, *texts: str) -> int:
        """Wait until one of some texts is written; return which one."""
        import pexpect

        try:
            found: int = self.child.expect_exact([text.encode() for text in texts])
        except (pexpect.TIMEOUT, pexpect.EOF):
            self._take(self.child.before)
            raise AssertionError(f"{texts} did not come; the screen:\n{self.shown()}") from None
        self._take(self.child.before + self.child.after)
        return found

    def answer(self, question: str, typed: str = "") -> None:
        """Wait for a question and answer it; nothing typed is Enter alone."""
        self.wait(question)
        self.type(typed)

    def type(self, text: str) -> None:
        """Type a line."""
        self.child.send(text.encode() + ENTER.encode())
        self.answers += 1

    def stop(self, question: str) -> None:
        """Wait for a question and press Ctrl-C."""
        self.wait(question)
        self.child.send(STOP)

    def end(self) -> int:
        """Wait until the program ends, and return its exit code."""
        import pexpect

        self.child.expect(pexpect.EOF)
        self._take(self.child.before)
        self.child.close()
        return int(self.child.exitstatus)

    def _take(self, written: bytes) -> None:
        self.stream.feed(written)
        self.seen += written.decode("utf-8", "replace")

    def shown(self) -> str:
        """Return the lines of the screen, those that have left it first."""
        gone = [
            "".join(line[place].data for place in range(COLUMNS))
            for line in self.screen.history.top
        ]
        return "\n".join(line.rstrip() for line in (*gone, *self.screen.display))


def home(folder: Path) -> dict[str, str]:
    """Return the environment of somebody who has never used the program."""
    return {
        "CLB_HOME": str(folder / "home"),
        "CLB_DATABASE": str(folder / "clb.sqlite3"),
        "CLB_PLAIN": "1",
    }
