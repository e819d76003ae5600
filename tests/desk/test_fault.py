"""A fault of the program closes the desk with sentences, and shows nothing of what it held."""

import asyncio

import pytest
from support.core import ASSOCIATION, Core
from support.databases import address
from textual.worker import WorkerFailed

from engine.desk.app import Desk
from engine.desk.database import DatabaseThread
from engine.desk.page import Page
from engine.remembered import Remembered

NAME = "Nguyễn Thị Bí Mật"


class Faulty(Page):
    async def load(self) -> None:
        held = NAME
        raise RuntimeError(held)


def test_a_fault_is_reported_without_any_name(
    core: Core, capfd: pytest.CaptureFixture[str]
) -> None:
    url = address(core.store)
    app = Desk(DatabaseThread(url, core.clock), Remembered(url), ASSOCIATION)

    async def play() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await app.push_screen(Faulty())
            await pilot.pause()

    with pytest.raises(WorkerFailed):
        asyncio.run(play())
    out, err = capfd.readouterr()
    shown = out + err
    assert "Cửa sổ làm việc gặp lỗi nên phải đóng." in shown
    assert "test_fault.py" in shown
    assert NAME not in shown
