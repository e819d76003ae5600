"""The day of the officer's page, in a real browser, word for word."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from support import browser
from support.doc_blocks import DOCS
from support.web_desk import Window, at, served

from engine.vietnamese.text import parse_date
from tools.desk_player import KEYS, PAGE, Act, acts

pytestmark = pytest.mark.slow

FIRST_F, LAST_F = 112, 121
"""The codes of F1 and F10, as browsers number keys."""


def test_the_day_goes_in_a_browser_with_keys_and_mouse(tmp_path: Path) -> None:
    shutil.copytree(DOCS / "examples", tmp_path / "docs" / "examples")
    with browser.browser(tmp_path / "profile") as driver, served(tmp_path) as (opening, day):
        at(day, date(2025, 3, 3))
        window = Window(driver, opening)
        window.sees("F1 Trợ giúp")
        for act in acts(PAGE.read_text(encoding="utf-8")):
            done(window, day, act, tmp_path)
        window.sees("Giám sát → đang hoạt động", "Mở hồ sơ")
        codes = range(FIRST_F, LAST_F + 1)
        assert all(window.takes(f"F{code - FIRST_F + 1}", code) for code in codes)
        shown = driver.find_element("css selector", ".closed")
        window.until(shown.is_displayed, "the window is closed by F10")
        assert "Cửa sổ làm việc đã đóng." in shown.text


def done(window: Window, day: Path, act: Act, folder: Path) -> None:
    """Do what a line of the page is."""
    from selenium.webdriver import Keys

    if act.what == "gõ":
        window.press(act.text.replace("docs/", f"{folder}/docs/"))
    elif act.what == "bấm" and act.text.startswith("vào "):
        window.click(act.text.removeprefix("vào "))
    elif act.what == "bấm":
        name = KEYS.get(act.text, act.text)
        window.press({"space": " "}.get(name) or getattr(Keys, name.upper(), name))
    elif act.what == "thấy":
        window.sees(act.text)
    elif act.what == "ngày":
        at(day, parse_date(act.text))
