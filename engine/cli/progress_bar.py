"""Progress of long work on the error stream: one line that counts up, or a line now and then."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from engine.cli.context import Context
from engine.cli.tables import width
from engine.vietnamese.text import number

SHORT = 2_000
"""Rows that are done before anybody wonders; nothing is shown for them."""
EVERY = 10_000
"""Rows between two lines where the error stream is no terminal."""


@contextmanager
def counting(
    context: Context, label: str, total: int | None = None
) -> Iterator[Callable[[int], None]]:
    """Yield a function that takes the number of rows done and shows it.

    Without a ``total`` short work shows nothing. At a terminal the line is gone in the end.
    """
    shown = drawn = 0

    def show(done: int) -> None:
        nonlocal shown, drawn
        if total is None and done <= SHORT:
            return
        text = f"{label}: {number(done)}" + ("" if total is None else f"/{number(total)}")
        if sys.stderr.isatty():
            click.echo(f"\r{text}", err=True, nl=False)
            drawn = width(text)
        elif total is not None or shown == 0 or done >= shown + EVERY:
            shown = done
            context.message(text)

    try:
        yield show
    finally:
        if drawn:
            click.echo(f"\r{' ' * drawn}\r", err=True, nl=False)


@contextmanager
def busy(context: Context, label: str, rows: int) -> Iterator[None]:
    """Show that ``rows`` rows are being processed until the block ends."""
    with counting(context, label) as show:
        show(rows)
        yield
