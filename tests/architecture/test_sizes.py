"""One idea a file: no module is long, and most are short."""

from pathlib import Path

import pytest
from support.sources import dotted, modules

LONGEST, USUAL = 500, 300


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("path", modules(), ids=dotted)
def test_no_module_is_longer_than_500_lines(path: Path) -> None:
    assert lines(path) <= LONGEST


def test_nine_modules_of_ten_have_at_most_300_lines() -> None:
    long = [dotted(path) for path in modules() if lines(path) > USUAL]
    assert 10 * len(long) <= len(modules()), long
