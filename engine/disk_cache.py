"""Files kept between two commands to save time, which can be lost without harm."""

import contextlib
import os

from engine.user_dir import PRIVATE_FOLDER, user_dir

FOLDER = "checked"


def read_cache(name: str) -> bytes | None:
    """Return the bytes kept under a name, ``None`` without any."""
    try:
        with open(_place(name), "rb") as file:
            return file.read()
    except OSError:
        return None


def write_cache(name: str, data: bytes) -> None:
    """Keep bytes under a name. A folder that cannot be written costs time, nothing else."""
    place = _place(name)
    draft = f"{place}.{os.getpid()}"
    with contextlib.suppress(OSError):
        os.makedirs(user_dir(), PRIVATE_FOLDER, exist_ok=True)
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(draft, "wb") as file:
            file.write(data)
        os.replace(draft, place)


def _place(name: str) -> str:
    return os.path.join(user_dir(), FOLDER, name)
