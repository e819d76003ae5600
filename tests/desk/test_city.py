"""In a city the offices are called after the city, not after a province, on every screen."""

from datetime import date
from pathlib import Path

import pytest
from support.core import ASSOCIATION, Core, make_core
from support.desk import Sitting, at_desk


@pytest.fixture
def hai_phong(tmp_path: Path) -> Core:
    core = make_core(str(tmp_path / "clb.sqlite3"), province="hai_phong")
    core.bring("launched")
    core.clock.day = date(2022, 4, 2)
    return core


def test_who_works_here_and_what_is_due_and_who_takes_a_step_name_the_city(
    hai_phong: Core,
) -> None:
    async def play(me: Sitting) -> None:
        await me.sees("Việc hôm nay", "Việc của thành phố")
        assert "cấp tỉnh" not in me.text
        await me.press("f6")
        await me.sees("Ông/bà là ai?", "thành phố", "quản trị của thành phố")
        assert "tỉnh" not in me.text
        await me.press("escape", "f2", "enter")
        await me.sees("1 Việc", "thành phố")
        assert "cấp tỉnh" not in me.text
        await me.click("Giám sát")
        await me.sees("Ai đang ngồi máy?", "thành phố")
        assert "cấp tỉnh" not in me.text

    at_desk(hai_phong, ASSOCIATION, play)


def test_who_works_in_ha_noi_works_for_the_city(tmp_path: Path) -> None:
    core = make_core(str(tmp_path / "clb.sqlite3"), province="ha_noi")

    async def play(me: Sitting) -> None:
        await me.sees("Việc hôm nay")
        await me.press("f6")
        await me.sees("Ông/bà là ai?", "thành phố", "quản trị của thành phố")
        assert "tỉnh" not in me.text

    at_desk(core, ASSOCIATION, play)
