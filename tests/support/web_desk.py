"""Somebody at the desk in a real browser: what the window shows, keys, clicks.

The browser draws the screen on a canvas, so it is read from what the socket of the window received.
The desk notes what it has taken, so that nobody types before it is ready, however busy the machine.
"""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from time import monotonic, sleep, time_ns
from typing import Any

import pytest
from support.browser import wide

PATIENCE_SECONDS = 60
READ_SECONDS, LOOK_SECONDS = 0.1, 0.02
"""How long a window is quiet once it is read; how often it is looked at."""
BINARY = 2
"""The kind of a frame that brings what the window shows."""
SIZE = (804, 580)
"""Points of a window that shows about 80 columns and 24 lines."""
WINDOW = """
import asyncio
import sys
from datetime import date
from pathlib import Path
from textual.events import Key, MouseDown
from textual.pilot import Pilot
from engine import i18n
from engine.desk import app
from engine.desk.app import Desk
from engine.desk.database import DatabaseThread
from engine.remembered import Remembered
from engine.scenario.world import StillClock

class Clock(StillClock):
    def __call__(self):
        self.day = date.fromisoformat(Path(sys.argv[2]).read_text())
        return super().__call__()

class Watched(Desk):
    CSS_PATH = str(Path(app.__file__).with_name("desk.tcss"))
    taken = 0

    def on_mount(self):
        self.watching = asyncio.create_task(self.watch())

    async def on_event(self, event):
        await super().on_event(event)
        self.taken += isinstance(event, (Key, MouseDown))

    async def watch(self):
        pilot = Pilot(self)
        while True:
            before = self.taken
            await pilot.pause()
            reads = any(one.group == "load" and one.is_running for one in self.workers)
            if before == self.taken and not reads:
                Path(sys.argv[3]).write_text(str(before))
            await asyncio.sleep(0.05)

i18n.use("vi")
Watched(DatabaseThread(sys.argv[1], Clock(date.min)), Remembered(sys.argv[1])).run()
"""
SERVER = """
import sys
from engine import i18n
from engine.desk.web import WebDesk
i18n.use("vi")
def show(line):
    print(line, flush=True)

WebDesk([sys.executable, "-c", *sys.argv[1:]], None, show).serve()
"""


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, Path]]:
    """Serve a desk of its own; yield its address, and the file with the day that it has."""
    day = folder / "day"
    files = [str(folder / "clb.sqlite3"), str(day), str(taken_by(day))]
    command = [sys.executable, "-c", SERVER, WINDOW, *files]
    given = {"BROWSER": "true", "CLB_HOME": str(folder / "home"), "PYTHONPATH": os.getcwd()}
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, **given},
    ) as server:
        assert server.stdout is not None
        try:
            lines = (line.strip() for line in server.stdout)
            yield next(line for line in lines if line.startswith("http://127.0.0.1:")), day
        finally:
            server.terminate()


def taken_by(day: Path) -> Path:
    """Return the file in which a desk notes how many keys and clicks it has dealt with."""
    return day.with_name("taken")


class Window:
    """The desk's window in a browser, whose day is in a file."""

    def __init__(self, driver: Any, opening: str, day: Path) -> None:
        pyte = pytest.importorskip("pyte")
        self.driver = driver
        self._given, self._taken = 0, taken_by(day)
        wide(driver, *SIZE)
        driver.get(opening)
        self._screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self._screen)

    def read(self) -> bool:
        """Take in what the window's socket received since it was read last; whether it did."""
        came = False
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.webSocketFrameReceived":
                frame = message["params"]["response"]
                if frame["opcode"] == BINARY:
                    came = True
                    self._stream.feed(base64.b64decode(frame["payloadData"]))
            elif message["method"] == "Network.webSocketFrameSent":
                sent = message["params"]["response"]["payloadData"]
                if '"resize"' in sent:
                    size = json.loads(sent)[1]
                    self._screen.resize(size["height"], size["width"])
        return came

    def rest(self) -> None:
        """Wait until the desk has dealt with what it was given, and the window shows it."""
        begun = time_ns()
        self.until(lambda: self._is_ready_since(begun), f"{self._given} keys and clicks are taken")
        last = monotonic()
        while monotonic() - last < READ_SECONDS:
            if self.read():
                last = monotonic()
            sleep(LOOK_SECONDS)

    def _is_ready_since(self, begun: int) -> bool:
        """Return whether the desk noted, later than a moment, that nothing waits for it."""
        if not self._taken.exists() or self._taken.stat().st_mtime_ns < begun:
            return False
        noted = self._taken.read_text(encoding="utf-8")
        return noted.isdecimal() and int(noted) >= self._given

    @property
    def lines(self) -> list[str]:
        """What the window shows, line by line."""
        return [line.rstrip() for line in self._screen.display]

    @property
    def text(self) -> str:
        """What the window shows, as one text with single blanks."""
        return " ".join(" ".join(self.lines).split())

    def sees(self, *texts: str) -> None:
        """Wait until the window shows these texts."""
        self.until(lambda: all(one in self.text for one in texts), texts)
        self.rest()

    def until(self, seen: Callable[[], bool], wanted: object) -> None:
        """Wait until something is so."""
        end = monotonic() + PATIENCE_SECONDS
        while not seen():
            if monotonic() > end:
                raise AssertionError(f"not seen: {wanted}\n" + "\n".join(self.lines))
            sleep(LOOK_SECONDS)
            self.read()

    def press(self, *keys: str) -> None:
        """Press keys, or type a text."""
        self.driver.switch_to.active_element.send_keys(*keys)
        self._given += sum(map(len, keys))
        self.rest()

    def click(self, text: str) -> None:
        """Click on the first place where the window shows a text."""
        from selenium.webdriver import ActionChains

        self.until(lambda: any(text in line for line in self.lines), text)
        row = next(row for row, line in enumerate(self.lines) if text in line)
        column = self.lines[row].index(text) + 1
        screen = self.driver.find_element("css selector", ".xterm-screen")
        across, down = screen.size["width"], screen.size["height"]
        x = (column + 0.5) * across / self._screen.columns - across / 2
        y = (row + 0.5) * down / self._screen.lines - down / 2
        mouse = ActionChains(self.driver).move_to_element_with_offset(screen, int(x), int(y))
        mouse.click().perform()
        self._given += 1
        self.rest()

    def takes(self, key: str, code: int) -> bool:
        """Return whether the desk takes a key, so that the browser does nothing with it."""
        return not self.driver.execute_script(DISPATCH, key, code)


DISPATCH = """
return document.querySelector(".xterm-helper-textarea").dispatchEvent(new KeyboardEvent(
  "keydown", {key: arguments[0], keyCode: arguments[1], bubbles: true, cancelable: true}));
"""


def at(day: Path, when: date) -> None:
    """Let the desk have a day."""
    day.write_text(when.isoformat(), encoding="utf-8")
