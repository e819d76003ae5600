"""Somebody at the officer's desk: keys, clicks, and what the screen of 80×24 shows."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from time import monotonic
from typing import Any

from support.core import Core
from support.databases import address
from textual.pilot import Pilot

from engine.clock import Clock
from engine.desk.app import Desk
from engine.desk.database import DatabaseThread
from engine.remembered import Remembered

SIZE = (80, 24)
PATIENCE_SECONDS = 5


@dataclass
class Sitting:
    """One person before the screen."""

    pilot: Pilot[None]
    app: Desk

    @property
    def lines(self) -> list[str]:
        """What the screen shows, line by line."""
        strips = self.app.screen._compositor.render_strips()
        return ["".join(part.text for part in strip).rstrip() for strip in strips]

    @property
    def text(self) -> str:
        """What the screen shows, as one text with single blanks."""
        return " ".join(" ".join(self.lines).split())

    async def sees(self, *texts: str) -> None:
        """Wait until the screen shows these texts."""
        await self.until(lambda: all(one in self.text for one in texts), texts)

    async def until(self, seen: Callable[[], bool], wanted: object) -> None:
        """Wait until something is so."""
        end = monotonic() + PATIENCE_SECONDS
        while not seen():
            assert monotonic() < end, f"not seen: {wanted}\n" + "\n".join(self.lines)
            await self.pilot.pause(0.02)

    async def press(self, *keys: str) -> None:
        """Press keys by their names."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Type a text where the cursor is."""
        await self.press(*("space" if one == " " else one for one in text))

    async def click(self, text: str) -> None:
        """Click on the first place where the screen shows a text."""
        for row, line in enumerate(self.lines):
            if text in line:
                await self.pilot.click(offset=(line.index(text) + 1, row))
                await self.pilot.pause()
                return
        raise AssertionError(f"not on the screen: {text}\n" + "\n".join(self.lines))


Script = Callable[[Sitting], Awaitable[Any]]


def sit(
    url: str, officer: str | None, script: Script, *, clock: Clock, size: tuple[int, int] = SIZE
) -> None:
    """Let somebody work at the desk on a database."""

    async def play() -> None:
        app = Desk(DatabaseThread(url, clock), Remembered(url), officer)
        async with app.run_test(size=size) as pilot:
            await script(Sitting(pilot, app))

    asyncio.run(play())


def at_desk(core: Core, officer: str, script: Script, size: tuple[int, int] = SIZE) -> None:
    """Let an officer of a registry work at the desk on its day."""
    sit(address(core.store), officer, script, clock=core.clock, size=size)
