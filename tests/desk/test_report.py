"""A report made at the desk: periods in words, the commune's own, and where the file is."""

from datetime import date
from pathlib import Path

import pytest
from support.core import ASSOCIATION, TOWN, Core
from support.desk import Sitting, at_desk

from engine.desk import printing

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "papers_folder", lambda: tmp_path / "papers")
    monkeypatch.setattr(printing, "open_file", lambda _path: False)


def test_the_communes_own_report_is_made_and_its_file_named(core: Core, tmp_path: Path) -> None:
    core.bring("launched")
    core.clock.day = date(2022, 7, 4)

    async def play(me: Sitting) -> None:
        await me.sees("Việc hôm nay", "F7 Lập báo cáo", "F10 Thoát")
        await me.press("f7")
        await me.sees("Báo cáo nào *", "phường Đình Bảng")
        await me.press("space", "enter")
        await me.sees("6 tháng đầu năm 2022")
        assert "H1" not in me.text
        await me.press("f2")
        await me.sees("Đúng chưa?", "6 tháng đầu năm 2022")
        await me.press("enter")
        await me.sees("Đã làm xong", ".docx", "phường Đình Bảng")
        assert "Đã ghi" not in me.text

    at_desk(core, ASSOCIATION, play)
    (made,) = (tmp_path / "papers").iterdir()
    assert "6 tháng đầu năm 2022" in made.name


def test_a_period_is_typed_in_words_and_one_that_is_not_asked_for_is_refused(core: Core) -> None:
    core.bring("launched")
    core.clock.day = date(2022, 7, 4)

    async def play(me: Sitting) -> None:
        await me.sees("Việc hôm nay")
        await me.press("f7")
        await me.sees("Báo cáo nào *")
        await me.press("space", "enter", "end", *("backspace",) * 30)
        await me.type("6 thang cuoi nam 2021")
        await me.sees("= 6 tháng cuối năm 2021")
        await me.press("end", *("backspace",) * 30)
        await me.type("nam 1999")
        await me.sees("✗", "không được yêu cầu cho")
        assert "--" not in me.text

    at_desk(core, TOWN, play)
