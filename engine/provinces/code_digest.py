"""The digest of a plugin's code: which code it was, whatever its version says."""

import hashlib
import os

DATA = frozenset({"policy.toml", "coverage.toml", "demo.toml"})
"""Files next to the code that are data alone; the policy has a digest of what it states."""
CACHE = "__pycache__"
READ_BYTES = 1 << 20


def code_digest(package: str) -> str | None:
    """Return the SHA-256 over the names and contents of a package's files, without its data.

    ``package`` is its folder. What Python keeps of files it imported is left out. ``None`` where
    the package is no folder or a file cannot be read.
    """
    if not os.path.isdir(package):
        return None
    total = hashlib.sha256()
    try:
        for name in sorted(_files(package)):
            with open(os.path.join(package, *name.split("/")), "rb") as file:
                total.update(
                    f"{name}\0{hashlib.file_digest(file, 'sha256').hexdigest()}\n".encode()
                )
    except OSError:
        return None
    return total.hexdigest()


def _files(package: str) -> list[str]:
    found = []
    for folder, inner, names in os.walk(package):
        inner[:] = [one for one in inner if one != CACHE]
        place = os.path.relpath(folder, package).replace(os.sep, "/")
        found += [name if place == "." else f"{place}/{name}" for name in names]
    return [one for one in found if one not in DATA]
