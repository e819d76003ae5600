"""What this user's computer remembers from one command to the next: who I am, which club, drafts.

One small folder of files that nobody else can read, in the user's own folder (``CLB_HOME`` moves
it). Each is about one database. Losing them costs a question and nothing else, so what cannot be
read or written is passed over.
"""

import contextlib
import json
import os
from hashlib import sha256
from typing import Any

from engine.user_dir import PRIVATE_FOLDER, user_dir

FOLDER = "remembered"
PRIVATE = 0o600
"""The mode of each file: drafts hold what people typed."""
OFFICER, CLUB, BACKUP = "officer", "club", "backup"


class Remembered:
    """What is remembered about one database; ``database`` is its address without a password."""

    def __init__(self, database: str) -> None:
        self.database = database

    @property
    def officer(self) -> str | None:
        """Return the officer who works on this computer."""
        return self._fact(OFFICER)

    @property
    def club(self) -> str | None:
        """Return the id of the club that was worked on last."""
        return self._fact(CLUB)

    @property
    def backup(self) -> str | None:
        """Return the moment of the last backup that was made on this computer."""
        return self._fact(BACKUP)

    def keep_backup(self, moment: str) -> None:
        """Remember when a backup was made."""
        self._keep_fact(BACKUP, moment)

    def keep_officer(self, officer: str | None) -> None:
        """Remember who works on this computer, or forget it."""
        self._keep_fact(OFFICER, officer)

    def keep_club(self, club: str | None) -> None:
        """Remember which club was worked on last, or forget it."""
        self._keep_fact(CLUB, club)

    def draft(self, *about: str) -> dict[str, Any] | None:
        """Return the draft about something (a club, a step, an officer), ``None`` without one."""
        return self._read(self._place("draft", *about))

    def keep_draft(self, data: dict[str, Any], *about: str) -> None:
        """Keep a draft, in place of an earlier one about the same."""
        self._write(self._place("draft", *about), data)

    def drop_draft(self, *about: str) -> None:
        """Delete a draft: what it held is recorded, or not wanted."""
        with contextlib.suppress(OSError):
            os.remove(self._place("draft", *about))

    def drop_drafts_of(self, subject: str) -> None:
        """Delete every draft about a club (or a province), of each step and officer."""
        with contextlib.suppress(OSError), os.scandir(_folder()) as found:
            for one in found:
                if one.name.startswith(f"draft-{self._digest(subject)}-"):
                    os.remove(one.path)

    def drop_old_drafts(self, before: float) -> None:
        """Delete the drafts, of every database, that were last changed before a moment (epoch)."""
        with contextlib.suppress(OSError), os.scandir(_folder()) as found:
            for one in found:
                if one.name.startswith("draft-") and one.stat().st_mtime < before:
                    os.remove(one.path)

    def _fact(self, name: str) -> str | None:
        found = (self._read(self._place("facts")) or {}).get(name)
        return found if isinstance(found, str) else None

    def _keep_fact(self, name: str, value: str | None) -> None:
        place = self._place("facts")
        facts = {**(self._read(place) or {}), name: value}
        self._write(place, {key: one for key, one in facts.items() if one is not None})

    def _place(self, kind: str, *about: str) -> str:
        """Return the file of something; the first of what it is about can be read from its name."""
        parts = (kind, *map(self._digest, about[:1]), self._digest(*about))
        return os.path.join(_folder(), "-".join(parts) + ".json")

    def _digest(self, *about: str) -> str:
        return sha256("\n".join((self.database, *about)).encode()).hexdigest()[:32]

    def _read(self, place: str) -> dict[str, Any] | None:
        try:
            with open(place, encoding="utf-8") as file:
                found = json.load(file)
        except (OSError, ValueError, RecursionError):
            return None
        return found if isinstance(found, dict) else None

    def _write(self, place: str, data: dict[str, Any]) -> None:
        """Write a file whole or not at all, also when the power goes: only its owner reads it."""
        unfinished = f"{place}.{os.getpid()}"
        with contextlib.suppress(OSError):
            os.makedirs(_folder(), PRIVATE_FOLDER, exist_ok=True)
            written = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE)
            with open(written, "w", encoding="utf-8") as file:
                json.dump(data, file, ensure_ascii=False)
                file.flush()
                os.fsync(file.fileno())
            os.replace(unfinished, place)


def _folder() -> str:
    return os.path.join(user_dir(), FOLDER)
