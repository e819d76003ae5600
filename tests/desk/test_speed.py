"""The first screen with 500 clubs: less than a second of work; then no key has to wait.

What a key costs is counted in calls, of which a busy machine makes as many as an idle one: 100.000
of them take about a twentieth of a second.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from cProfile import Profile
from datetime import date
from pathlib import Path
from pstats import Stats

import pytest
from support.core import BAC_NINH, TOWN, Core, make_core
from support.databases import address
from support.desk import Sitting, at_desk

CLUBS = 500
OPENED = date(2021, 8, 2)

FIRST_SCREEN = """
import asyncio, sys, time
from engine import i18n
i18n.use("vi")
from engine.desk.app import Desk
from engine.desk.database import DatabaseThread
from textual.widgets import OptionList
from engine.remembered import Remembered

async def main():
    url, officer = sys.argv[1:]
    app = Desk(DatabaseThread(url), Remembered(url), officer)
    async with app.run_test(size=(80, 24)) as pilot:
        while not any(one.option_count for one in app.screen.query(OptionList)):
            await pilot.pause(0.005)
        print(time.process_time())

asyncio.run(main())
"""


@contextmanager
def counted() -> Iterator[list[int]]:
    """Count the calls that this thread makes in the block."""
    calls, profile = [0], Profile()
    profile.enable()
    yield calls
    profile.disable()
    calls[0] = Stats(profile).total_calls  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Core:
    core = make_core(str(tmp_path_factory.mktemp("many") / "clb.sqlite3"), province=BAC_NINH)
    for number in range(CLUBS):
        core.open(OPENED, {"name": f"CLB Liên thế hệ Thôn {number}", "village": f"Thôn {number}"})
    return core


@pytest.mark.slow
def test_the_first_screen_takes_less_than_a_second_of_work(many: Core, tmp_path: Path) -> None:
    command = [sys.executable, "-c", FIRST_SCREEN, address(many.store), TOWN]
    spent = [
        float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        for _each in range(2)
    ]
    assert min(spent) < 1


@pytest.mark.slow
def test_scrolling_through_500_clubs_waits_for_nothing(many: Core) -> None:
    async def scroll(me: Sitting) -> None:
        await me.sees("Việc hôm nay")
        await me.press("f2")
        await me.sees(f"({CLUBS})", "Thôn 0")
        with counted() as calls:
            for _each in range(20):
                await me.press("pagedown")
        await me.press("end")
        await me.sees("Thôn 499")
        assert calls[0] / 20 < 100_000

    at_desk(many, TOWN, scroll)


@pytest.mark.slow
def test_a_letter_of_the_search_waits_for_nothing(many: Core) -> None:
    # A club whose random id has the figures is found by it.
    others = "SELECT id FROM club WHERE village <> 'Thôn 499'"
    by_id = sum("499" in id_ for (id_,) in many.store.rows(others))

    async def search(me: Sitting) -> None:
        await me.sees("Việc hôm nay")
        await me.press("f3")
        await me.sees(f"({CLUBS})", "Thôn 0")
        with counted() as calls:
            await me.type("thon 499")
        assert calls[0] / len("thon 499") < 300_000
        await me.sees(f"({1 + by_id})", "Thôn 499")

    at_desk(many, TOWN, search)
