"""Somebody at the officer's desk, on a registry of the tests."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from support.core import Core
from support.databases import address

from engine.clock import Clock
from engine.desk.app import Desk
from engine.desk.database import DatabaseThread
from engine.remembered import Remembered
from tools.desk_player import SIZE, Sitting

Script = Callable[[Sitting], Awaitable[Any]]


async def on_club(me: Sitting, *keys: str) -> None:
    """Go from the first screen to the page of the first club, and press keys there."""
    await me.sees("Việc hôm nay")
    await me.press("f2", "enter", *keys)


def sit(
    url: str,
    officer: str | None,
    script: Script,
    *,
    clock: Clock,
    size: tuple[int, int] = SIZE,
    kind: type[Desk] = Desk,
) -> None:
    """Let somebody work at the desk on a database."""

    async def play() -> None:
        app = kind(DatabaseThread(url, clock), Remembered(url), officer)
        async with app.run_test(size=size) as pilot:
            await script(Sitting(pilot))

    asyncio.run(play())


def at_desk(
    core: Core,
    officer: str,
    script: Script,
    size: tuple[int, int] = SIZE,
    kind: type[Desk] = Desk,
) -> None:
    """Let an officer of a registry work at the desk on its day."""
    sit(address(core.store), officer, script, clock=core.clock, size=size, kind=kind)
