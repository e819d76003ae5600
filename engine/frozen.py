"""Values nobody can change: what policies hold and what plugins are handed."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any


class FrozenMap(Mapping[str, Any]):
    """A mapping that cannot be changed and can be hashed when its values can.

    It is read as a dict is (``map["key"]``, ``map.get("key")``, ``in``, ``items()``).
    """

    __slots__ = ("_hash", "_items")

    _items: Mapping[str, Any]
    _hash: int | None

    def __init__(self, items: Mapping[str, Any] | None = None) -> None:
        object.__setattr__(self, "_items", MappingProxyType(dict(items or {})))
        object.__setattr__(self, "_hash", None)

    def __getitem__(self, key: str) -> Any:
        return self._items[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        if self._hash is None:
            object.__setattr__(self, "_hash", hash(frozenset(self._items.items())))
        assert self._hash is not None
        return self._hash

    def __repr__(self) -> str:
        return f"FrozenMap({dict(self._items)!r})"

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"FrozenMap cannot be changed: {name}")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"FrozenMap cannot be changed: {name}")

    def __reduce__(self) -> tuple[type["FrozenMap"], tuple[dict[str, Any]]]:
        return (FrozenMap, (dict(self._items),))


EMPTY = FrozenMap()


def freeze(value: Any) -> Any:
    """Return ``value`` with FrozenMaps for mappings, tuples for lists and sets, all the way down.

    Sets are sorted first, so that the same set always freezes to the same tuple.
    """
    if isinstance(value, Mapping):
        return FrozenMap({key: freeze(item) for key, item in value.items()})
    if isinstance(value, list | tuple):
        return tuple(freeze(item) for item in value)
    if isinstance(value, set | frozenset):
        return tuple(freeze(item) for item in sorted(value))
    return value


def thaw(value: Any) -> Any:
    """Return ``value`` with plain dicts and lists in place of frozen ones, ready for JSON."""
    if isinstance(value, Mapping):
        return {key: thaw(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [thaw(item) for item in value]
    return value
