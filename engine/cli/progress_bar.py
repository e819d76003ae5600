"""Telling that long work goes on: a bar at a terminal, a line now and then elsewhere."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from engine.cli.context import Context
from engine.vietnamese.text import number

if TYPE_CHECKING:
    from rich.progress import Progress

SHORT = 2_000
"""Rows that are done before anybody wonders; nothing is told about them."""
EVERY = 10_000


@contextmanager
def counting(context: Context, label: str) -> Iterator[Callable[[int], None]]:
    """Yield what is to be told how many rows are done, for work whose end is not known."""
    bar: Progress | None = None
    told = 0

    def tell(done: int) -> None:
        nonlocal bar, told
        if done <= SHORT:
            return
        if sys.stderr.isatty():
            bar = bar or _started(label)
            bar.update(bar.task_ids[0], completed=done, shown=number(done))
        elif told == 0 or done >= told + EVERY:
            told = done
            context.message(f"{label}: {number(done)}")

    try:
        yield tell
    finally:
        if bar is not None:
            bar.stop()


@contextmanager
def out_of(context: Context, label: str, total: int) -> Iterator[Callable[[int], None]]:
    """Yield what is to be told how many of ``total`` rows are done."""
    bar: Progress | None = None

    def tell(done: int) -> None:
        nonlocal bar
        if not sys.stderr.isatty():
            context.message(f"{label}: {number(done)}/{number(total)}")
            return
        bar = bar or _started(label, total=total)
        bar.update(bar.task_ids[0], completed=done, shown=f"{number(done)}/{number(total)}")

    try:
        yield tell
    finally:
        if bar is not None:
            bar.stop()


@contextmanager
def busy(context: Context, label: str, rows: int) -> Iterator[None]:
    """Tell that ``rows`` rows are being worked on until the block ends."""
    if rows <= SHORT:
        yield
        return
    if not sys.stderr.isatty():
        context.message(f"{label}: {number(rows)}")
        yield
        return
    bar = _started(label, number(rows))
    try:
        yield
    finally:
        bar.stop()


def _started(label: str, shown: str = "", total: int | None = None) -> "Progress":
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[shown]}"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    bar.add_task(label, total=total, shown=shown)
    bar.start()
    return bar
