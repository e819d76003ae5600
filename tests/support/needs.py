"""What a test needs of the machine: programs and fonts.

Where something is missing the test is skipped with a reason that names the package which brings
it; in CI (``CI=true``) it fails instead, so that nothing is left out there unseen.
"""

import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping

import pytest

from tools.browser import DRIVER, program

PAGE_TOOLS = {
    "soffice": "libreoffice-writer-nogui",
    "pdfinfo": "poppler-utils",
    "pdffonts": "poppler-utils",
    "pdftotext": "poppler-utils",
    "fc-list": "fontconfig",
}
"""The programs that turn papers into pages and read them, with the Debian package of each."""

SERIFS = ("Times New Roman", "Liberation Serif")
"""Fonts with the widths the papers are laid out for, best first."""

SERIF_PACKAGE = "fonts-liberation2"
"""The Debian package of a serif with Vietnamese letters; the older fonts-liberation has none."""


def missing_tools(tools: Mapping[str, str]) -> list[str]:
    """Return the programs that are not on the path, each with the package that brings it."""
    return [
        f"{tool} (Debian: {package})"
        for tool, package in tools.items()
        if shutil.which(tool) is None
    ]


def vietnamese_fonts() -> frozenset[str]:
    """Return the families of the installed fonts that cover Vietnamese, as fontconfig lists them.

    Empty where fontconfig is missing or fails.
    """
    if shutil.which("fc-list") is None:
        return frozenset()
    listed = subprocess.run(
        ["fc-list", ":lang=vi", "family"], capture_output=True, check=False, encoding="utf-8"
    )
    return families(listed.stdout.splitlines())


def families(lines: Iterable[str]) -> frozenset[str]:
    """Return the families that lines of ``fc-list`` name; one font may have several names."""
    return frozenset(name.strip() for line in lines for name in line.split(",") if name.strip())


def absent(reasons: Iterable[str]) -> None:
    """Skip the test for those reasons, fail it in CI; return where there is none."""
    if not (joined := "; ".join(reasons)):
        return
    if os.environ.get("CI") == "true":
        pytest.fail(f"missing on this machine: {joined}")
    pytest.skip(f"missing on this machine: {joined}")


def pages() -> None:
    """Return where papers can be turned into pages; else skip, or fail in CI."""
    reasons = missing_tools(PAGE_TOOLS)
    if not vietnamese_fonts() & set(SERIFS):
        wanted = " or ".join(SERIFS)
        reasons.append(f"the font {wanted} with Vietnamese letters (Debian: {SERIF_PACKAGE})")
    absent(reasons)


def browser() -> None:
    """Return where there are a browser and its driver; where one is missing skip, or fail in CI."""
    reasons = []
    if program() is None:
        reasons.append("chromium (Debian: chromium)")
    if shutil.which(DRIVER) is None:
        reasons.append("chromedriver (Debian: chromium-driver)")
    try:
        import selenium  # noqa: F401
    except ImportError:
        reasons.append("selenium (tests/requirements.txt)")
    absent(reasons)


def other_tools() -> str:
    """Return a Python that has the programs of ``tests/other_tools.txt``; else skip, or fail in CI.

    ``CLB_OTHER_TOOLS`` names it; nothing of theirs is installed next to ours.
    """
    python = os.environ.get("CLB_OTHER_TOOLS", "")
    found = python and subprocess.run(
        [python, "-c", "import pm4py, SpiffWorkflow"], capture_output=True, check=False
    )
    if not found or found.returncode:
        absent(["CLB_OTHER_TOOLS: a Python with tests/other_tools.txt"])
    return python
