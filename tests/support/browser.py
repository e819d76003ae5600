"""A real browser on a page of ours, where the machine has one."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from support import needs

from tools.browser import coloured, opened, wide

__all__ = ["browser", "coloured", "wide"]


@contextmanager
def browser(profile: Path) -> Iterator[Any]:
    """Open a browser with an empty profile."""
    needs.browser()
    with opened(profile) as driver:
        yield driver
