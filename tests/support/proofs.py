"""The checker of proofs that the documentation gives to people without ``clb``."""

import importlib.util
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

SCRIPT = Path(__file__).parents[2] / "docs" / "examples" / "check_proof.py"


def _checker() -> ModuleType:
    """Return the documentation's script as a module."""
    spec = importlib.util.spec_from_file_location("check_proof", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PUBLISHED = _checker()


def included(hashed: bytes, index: int, size: int, path: Sequence[bytes], top: bytes) -> bool:
    """Return whether the script takes ``path`` as leading from a leaf to the root ``top``."""
    try:
        return bool(PUBLISHED.climb(path, index, size, hashed)[0] == top)
    except ValueError:
        return False


def consistent(old: int, new: int, before: bytes, after: bytes, path: Sequence[bytes]) -> bool:
    """Return whether the script takes the tree of ``old`` leaves as the beginning of the other."""
    try:
        return bool(PUBLISHED.is_beginning(old, before, new, after, list(path)))
    except (ValueError, IndexError):
        return False
