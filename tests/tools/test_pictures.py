"""The pictures in the READMEs and in docs/ show what the program shows today."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support import needs
from support.browser import browser

from tools import pictures

pytestmark = pytest.mark.slow

RENEW = "no longer true: python -m tools.pictures"


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with pictures.demo() as found:
        yield found


def test_the_picture_of_the_overview_is_true(folder: Path, tmp_path: Path) -> None:
    """What it shows is on the page, in the same order; where a line ends is the fonts' business."""
    with browser(tmp_path) as driver:
        pictures.overview(driver, folder)
        today = iter(pictures.words(driver, in_view=False))
    shown = pictures.shown(pictures.PICTURES / "overview.png")
    assert len(shown) > 20
    assert [text for text in shown if text not in today] == [], RENEW


def test_the_picture_of_a_decision_is_true(folder: Path) -> None:
    needs.pages()
    _picture, words = pictures.decision(folder)
    assert "QUYẾT" in words
    assert pictures.shown(pictures.PICTURES / "decision.png") == words, RENEW
