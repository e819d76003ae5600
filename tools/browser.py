"""A real browser on a page of ours: Chromium without a window or a history."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
DRIVER = "chromedriver"
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
)


def program() -> str | None:
    """Return the path of an installed browser, if there is one."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


@contextmanager
def opened(profile: Path) -> Iterator[Any]:
    """Open the installed browser with an empty profile."""
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = program() or PROGRAMS[0]
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(
        options=options, service=webdriver.ChromeService(shutil.which(DRIVER))
    )
    try:
        driver.get("about:blank")  # else the first page may be read while the start page is there
        yield driver
    finally:
        driver.quit()


def wide(driver: Any, width: int, height: int = 900, scale: float = 1) -> None:
    """Give the page the width of a screen or of a phone, in points; a point is ``scale`` dots."""
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": width < 500},
    )


def coloured(driver: Any, scheme: str) -> None:
    """Let the computer ask for ``light`` or ``dark`` pages."""
    driver.execute_cdp_cmd(
        "Emulation.setEmulatedMedia",
        {"features": [{"name": "prefers-color-scheme", "value": scheme}]},
    )
