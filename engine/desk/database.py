"""The database as the screens use it: one thread that reads and writes, while the screen goes on.

A connection belongs to the thread that opened it, so everything is done there, one after the
other; a screen waits for an answer without standing still.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from engine.clock import Clock, now
from engine.lifecycle.first_run import begin
from engine.lifecycle.registry import Registry, open_registry
from engine.model import Officer
from engine.provinces.load import Provinces

T = TypeVar("T")


class DatabaseThread:
    """One database, opened at its first use in a thread of its own."""

    def __init__(self, url: str | None, clock: Clock = now) -> None:
        self.url = url
        self._clock = clock
        self._provinces = Provinces()
        self._registry: Registry | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="clb-database")

    async def run(self, work: Callable[[Registry], T]) -> T:
        """Do some work with the database and return what it returns.

        Raises what it raises, and ``StorageError`` where the database cannot be opened.
        """
        return await asyncio.wrap_future(self._thread.submit(self._run, work))

    def _run(self, work: Callable[[Registry], T]) -> T:
        if self._registry is None:
            self._registry = open_registry(self.url, provinces=self._provinces, clock=self._clock)
        return work(self._registry)

    async def ask(self, work: Callable[[Provinces, Clock], T]) -> T:
        """Do some work that needs no database: there is none before the first run."""
        return await asyncio.wrap_future(self._thread.submit(work, self._provinces, self._clock))

    async def begin(self, officers: Sequence[Officer]) -> None:
        """Make the database and put the officers of a first run into it. Raises ``ClbError``."""
        await asyncio.wrap_future(self._thread.submit(self._begin, officers))

    def _begin(self, officers: Sequence[Officer]) -> None:
        self._registry = begin(self.url, officers, provinces=self._provinces, clock=self._clock)

    def close(self) -> None:
        """Close the database once what is under way is done."""
        self._thread.submit(self._close)
        self._thread.shutdown()

    def _close(self) -> None:
        if self._registry is not None:
            self._registry.store.close()
            self._registry = None
