"""What is worth remembering between two commands: files that can be lost without harm."""

import contextlib
import os

from engine.user_dir import home

FOLDER = "checked"


def recall(name: str) -> bytes | None:
    """Return what was remembered under a name, ``None`` when there is nothing."""
    try:
        with open(_place(name), "rb") as file:
            return file.read()
    except OSError:
        return None


def remember(name: str, data: bytes) -> None:
    """Keep bytes under a name; a folder that cannot be written costs time, nothing else."""
    place = _place(name)
    draft = f"{place}.{os.getpid()}"
    with contextlib.suppress(OSError):
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(draft, "wb") as file:
            file.write(data)
        os.replace(draft, place)


def _place(name: str) -> str:
    return os.path.join(home(), FOLDER, name)
