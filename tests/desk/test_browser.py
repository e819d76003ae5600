"""The day of the officer's page, in a real browser, word for word."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from support import browser
from support.browser import wide
from support.doc_blocks import DOCS
from support.web_desk import SIZE, Window, at, served
from support.word import Word

from engine.vietnamese.text import parse_date
from tools.desk_player import KEYS, PAGE, Act, acts

pytestmark = pytest.mark.slow

FIRST_F, LAST_F = 112, 121
"""The codes of F1 and F10, as browsers number keys."""


def test_the_day_goes_in_a_browser_with_keys_and_mouse(tmp_path: Path) -> None:
    shutil.copytree(DOCS / "examples", tmp_path / "docs" / "examples")
    with browser.browser(tmp_path / "profile") as driver, served(tmp_path) as (opening, day):
        at(day, date(2025, 3, 3))
        window = Window(driver, opening, day)
        window.sees("F1 Trợ giúp")
        for act in acts(PAGE.read_text(encoding="utf-8")):
            done(window, day, act, tmp_path)
        window.sees("Giám sát → đang hoạt động", "Mở hồ sơ")
        is_enlarged(window)
        is_downloaded(window, tmp_path / "Tải xuống")
        codes = range(FIRST_F, LAST_F + 1)
        assert all(window.takes(f"F{code - FIRST_F + 1}", code) for code in codes)
        shown = driver.find_element("css selector", ".closed")
        window.until(shown.is_displayed, "the window is closed by F10")
        assert "Cửa sổ làm việc đã đóng." in shown.text


def is_enlarged(window: Window) -> None:
    """Enlarge the letters until too little fits, as Ctrl and + do, and make them small again."""
    wide(window.driver, *(side * 2 // 3 for side in SIZE))
    window.sees("chứa được ít chữ")
    wide(window.driver, *SIZE)
    window.until(lambda: "chứa được ít chữ" not in window.text, "the window is large again")
    window.sees("Giám sát → đang hoạt động", "F1 Trợ giúp")


def is_downloaded(window: Window, folder: Path) -> None:
    """Print the paper at the top of a club's papers: the browser has it whole, under its name."""
    allowed = {"behavior": "allow", "downloadPath": str(folder)}
    window.driver.execute_cdp_cmd("Browser.setDownloadBehavior", allowed)
    window.press("5")
    window.sees("Biên bản giám sát")
    window.press("\ue007")
    window.sees("Đã tải về thư mục Tải xuống")
    window.until(lambda: list(folder.glob("*.docx")), "the paper is downloaded")
    (paper,) = folder.glob("*.docx")
    assert paper.name.startswith("Biên bản giám sát")
    assert "Thịnh Lang" in Word.of(paper).text


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
