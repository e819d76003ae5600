"""Files inside an installed package, read without importing it, in folders, wheels and zips."""

import errno
import importlib.util
import os

# A zip archive reports a missing file without an error number.
_MISSING = (None, 0, errno.ENOENT, errno.ENOTDIR)


def package_path(package: str, *names: str) -> str | None:
    """Return where a file of a top-level package would be, ``None`` without such a package."""
    try:
        spec = importlib.util.find_spec(package)
    except (ImportError, ValueError, AttributeError):
        return None
    if spec is None or spec.origin is None or spec.loader is None:
        return None
    return os.path.join(os.path.dirname(spec.origin), *names)


def read_package_file(package: str, *names: str) -> bytes | None:
    """Return a file's bytes, ``None`` when there is no such package or no such file.

    Raises ``OSError`` when it is there and cannot be read.
    """
    path = package_path(package, *names)
    spec = importlib.util.find_spec(package) if path is not None else None
    get_data = getattr(spec.loader, "get_data", None) if spec is not None else None
    if path is None or get_data is None:
        return None
    try:
        data: bytes = get_data(path)
    except OSError as error:
        if error.errno in _MISSING:
            return None
        raise
    return data
