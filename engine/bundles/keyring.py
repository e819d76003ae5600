"""The keys of this computer's user, opened once a session and used for whatever is recorded.

The library that signs is loaded only once a key is opened: most computers have none.
"""

import os
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from engine.files import read_text
from engine.lifecycle.registry import Registry
from engine.model import Event
from engine.rules.signing import is_required
from engine.store import signatures
from engine.store.database import Store
from engine.user_dir import user_dir

if TYPE_CHECKING:
    from engine.bundles.keys import Pair

FOLDER = "keys"
VARIABLE = "CLB_PASSPHRASE"
"""The environment variable for the passphrase where nobody can be asked."""
Unlock = Callable[[str], "Pair | None"]
"""Opens an officer's key, ``None`` where they go on without. Raises ``InputError``."""


def place(officer: str) -> Path:
    """Return the file of an officer's private half."""
    return Path(user_dir(), FOLDER, f"{officer}.pem")


def line_of(officer: str) -> str | None:
    """Return the public line of an officer's key on this computer, ``None`` where there is none."""
    file = place(officer).with_suffix(".pub")
    return read_text(file).strip() if file.exists() else None


def is_here(officer: str) -> bool:
    """Return whether an officer's key is on this computer."""
    return place(officer).exists()


def from_environment(officer: str) -> "Pair | None":
    """Open an officer's key with the passphrase in the environment, ``None`` where there is none.

    Raises ``InputError`` where it is wrong.
    """
    given = os.environ.get(VARIABLE)
    if not given:
        return None
    from engine.bundles import keys

    return keys.load(officer, given)


class Keyring:
    """The keys opened since the program began, for one database."""

    def __init__(self, registry: Registry, unlock: Unlock) -> None:
        self._registry = registry
        self._store: Store = registry.store
        self._today = registry.lifecycle.today
        self._unlock = unlock
        self._pairs: dict[str, Pair | None] = {}

    def needs(self, officer: str) -> bool:
        """Return whether an officer has a registered key here that was not asked for yet."""
        return officer not in self._pairs and is_here(officer) and self.is_registered(officer)

    def ready(self, officer: str) -> None:
        """Open an officer's key, once. Raises ``InputError`` for a wrong passphrase."""
        if self.needs(officer):
            self.open(officer, self._unlock(officer))

    def open(self, officer: str, pair: "Pair | None") -> None:
        """Keep an opened key; ``None`` is an officer who goes on without.

        Where the province asks for signatures they are asked again at the next step.
        """
        if pair is not None or not self.is_required(officer):
            self._pairs[officer] = pair

    def is_required(self, officer: str) -> bool:
        """Return whether a province of the officer's asks for signed steps today."""
        today = self._today()
        return any(
            is_required(self._registry.provinces.rules(one.province), today)
            for one in self._registry.lifecycle.officers(officer)
        )

    def pair(self, officer: str) -> "Pair | None":
        """Return an officer's key, ``None`` where it is not open."""
        return self._pairs.get(officer)

    def signs(self, officer: str) -> bool:
        """Return whether what an officer records is signed."""
        pair = self.pair(officer)
        return pair is not None and self._counts(officer, pair.public)

    def sign(self, event: Event, province: str) -> Mapping[str, str] | None:
        """Return the signature of an event's officer, ``None`` where no key is open for it."""
        pair = self.pair(event.officer)
        if pair is None:
            return None
        from engine.lifecycle.replay import recorded_on

        on, known = recorded_on(event.recorded_at), signatures.registered(self._store, province)
        own = (one for one in known if (one.officer, one.public) == (event.officer, pair.public))
        if not any(one.holds(on) for one in own):
            return None
        return pair.sign_event(event.hash)

    def is_registered(self, officer: str) -> bool:
        """Return whether the key that an officer has on this computer counts today."""
        line = line_of(officer)
        return line is not None and self._counts(officer, line)

    def ended(self, officer: str) -> date | None:
        """Return from which day the key on this computer does not count; ``None`` where it may."""
        line = line_of(officer)
        days = [
            one.until
            for one in signatures.of_officer(self._store, officer)
            if one.public == line and not one.holds(self._today())
        ]
        return None if self.is_registered(officer) else next(iter(filter(None, days)), None)

    def _counts(self, officer: str, public: str) -> bool:
        today = self._today()
        return any(
            (one.officer, one.public) == (officer, public) and one.holds(today)
            for one in signatures.of_officer(self._store, officer)
        )
