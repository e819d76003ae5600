"""Values nobody can change, as policies hold them and plugins get them, and their JSON."""

from collections.abc import ItemsView, Iterator, KeysView, Mapping, ValuesView
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from types import MappingProxyType
from typing import Any

from engine.i18n import _


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

    # What Mapping has in general calls __getitem__ key by key; these are a dict's own.

    def __contains__(self, key: object) -> bool:
        return key in self._items

    def get(self, key: str, default: Any = None) -> Any:
        """Return the value of a key, ``default`` where there is none."""
        return self._items.get(key, default)

    def keys(self) -> KeysView[str]:
        """Return the keys."""
        return self._items.keys()

    def values(self) -> ValuesView[Any]:
        """Return the values."""
        return self._items.values()

    def items(self) -> ItemsView[str, Any]:
        """Return the keys with their values."""
        return self._items.items()

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
_SIMPLE = frozenset({str, int, bool, type(None)})
"""What most values are, and what needs no freezing."""


def freeze(value: Any) -> Any:
    """Return ``value`` with FrozenMaps for mappings, tuples for lists and sets, all the way down.

    Sets are sorted first, so that the same set always freezes to the same tuple.
    """
    if value.__class__ in _SIMPLE:
        return value
    if isinstance(value, Mapping):
        return FrozenMap({key: freeze(item) for key, item in value.items()})
    if isinstance(value, list | tuple):
        return tuple(freeze(item) for item in value)
    if isinstance(value, set | frozenset):
        return tuple(freeze(item) for item in sorted(value))
    return value


def thaw(value: Any) -> Any:
    """Return ``value`` with plain dicts and lists in place of frozen ones."""
    if isinstance(value, Mapping):
        return {key: thaw(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [thaw(item) for item in value]
    return value


def to_json(value: Any, *, exact: bool = False) -> Any:
    """Return ``value`` as JSON has it: dates in ISO, an enum's value, a dataclass as a mapping.

    Raises ``ValueError`` for what JSON cannot hold exactly (a decimal point, a clock time) where
    ``exact`` is asked for. What an event of the log holds is stricter: ``store.canonical``.
    """
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(to_json(key)): to_json(item, exact=exact) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [to_json(item, exact=exact) for item in value]
    if exact and isinstance(value, float | datetime | time):
        raise ValueError(_("{value} is neither a whole number nor a date").format(value=value))
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: to_json(getattr(value, one.name), exact=exact) for one in fields(value)}
    return value
