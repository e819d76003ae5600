"""The database as the screens use it: one thread that reads and writes, while the screen goes on.

A connection belongs to the thread that opened it, so everything is done there, one after the
other; a screen stays alive while it waits for an answer. The engine is loaded there too, while
the first screen is drawn.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from engine.clock import Clock, now

if TYPE_CHECKING:
    from engine.bundles.form import Bundle
    from engine.bundles.keyring import Keyring
    from engine.lifecycle.registry import Registry
    from engine.model import Officer
    from engine.provinces.load import Provinces

T = TypeVar("T")


class DatabaseThread:
    """One database, opened at its first use in a thread of its own."""

    def __init__(self, url: str | None, clock: Clock = now) -> None:
        self.url = url
        self._clock = clock
        self._registry: Registry | None = None
        self.keyring: Keyring | None = None
        """The keys that were opened at this desk; used in its thread only."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="clb-database")

    @cached_property
    def _provinces(self) -> "Provinces":
        from engine.provinces.load import Provinces

        return Provinces()

    async def run(self, work: "Callable[[Registry], T]") -> T:
        """Do some work with the database and return what it returns.

        Raises what it raises, and ``StorageError`` where the database cannot be opened.
        """
        return await asyncio.wrap_future(self._thread.submit(self._run, work))

    def _run(self, work: "Callable[[Registry], T]") -> T:
        if self._registry is None:
            from engine.lifecycle.registry import open_registry

            self._use(open_registry(self.url, provinces=self._provinces, clock=self._clock))
        assert self._registry is not None
        return work(self._registry)

    def _use(self, registry: "Registry") -> None:
        """Work with a database that is open; the screens open the keys that sign in it."""
        from engine.bundles.keyring import Keyring

        self._registry, self.keyring = registry, Keyring(registry, lambda _officer: None)
        registry.store.signing = self.keyring

    async def ask(self, work: "Callable[[Provinces, Clock], T]") -> T:
        """Do some work that needs no database: there is none before the first run."""
        return await asyncio.wrap_future(
            self._thread.submit(lambda: work(self._provinces, self._clock))
        )

    async def begin(self, officers: "Sequence[Officer]") -> None:
        """Make the database and put the officers of a first run into it. Raises ``ClbError``."""
        await asyncio.wrap_future(self._thread.submit(self._begin, officers))

    def _begin(self, officers: "Sequence[Officer]") -> None:
        from engine.lifecycle.first_run import begin

        self._use(begin(self.url, officers, provinces=self._provinces, clock=self._clock))

    async def begin_with(self, bundle: "Bundle") -> None:
        """Make the database with the province's starting file. Raises ``ClbError``."""
        await asyncio.wrap_future(self._thread.submit(self._begin_with, bundle))

    def _begin_with(self, bundle: "Bundle") -> None:
        from engine.bundles.starting import begin

        self._use(begin(self.url, bundle, self._provinces, self._clock)[0])

    def close(self) -> None:
        """Close the database once what is under way is done."""
        self._thread.submit(self._close)
        self._thread.shutdown()

    def _close(self) -> None:
        if self._registry is not None:
            self._registry.store.close()
            self._registry = None
