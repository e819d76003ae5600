"""The keys a policy may have, read from the schema's own structure, so they are written once."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import schemas
from engine.i18n import _

NOT_KEYS = frozenset({"province", "document", "left_out"})


@cache
def _properties() -> Mapping[str, Any]:
    properties: Mapping[str, Any] = schemas.load("policy")["properties"]
    return properties


@cache
def _groups() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    return {
        name: (
            tuple(group.get("properties", ())),
            tuple(pattern for pattern, _value in patterns(name)),
        )
        for name, group in _properties().items()
        if name not in NOT_KEYS
    }


def patterns(group: str) -> tuple[tuple[str, Mapping[str, Any]], ...]:
    """Return the patterns of the names that a province gives itself, with each value's schema.

    A name of two parts (``form.STEP.NAME``) has one pattern.
    """
    found: list[tuple[str, Mapping[str, Any]]] = []
    for pattern, value in _properties()[group].get("patternProperties", {}).items():
        inner = value.get("patternProperties")
        if inner is None:
            found.append((pattern, value))
            continue
        found += ((rf"{pattern[:-1]}\.{name[1:]}", one) for name, one in inner.items())
    return tuple(found)


def groups() -> tuple[str, ...]:
    """Return the groups of keys ("roles", "membership" ...) in the schema's order."""
    return tuple(_groups())


@cache
def keys() -> frozenset[str]:
    """Return every key that has a fixed name, as ``group.id``."""
    return frozenset(
        f"{group}.{name}" for group, (names, _p) in _groups().items() for name in names
    )


def ids(group: str) -> tuple[str, ...]:
    """Return the fixed ids of one group, in the schema's order; empty for an unknown group."""
    return _groups()[group][0] if group in _groups() else ()


@cache
def is_known(key: str) -> bool:
    """Return whether a policy may have ``key``: a fixed one, or one a province names itself."""
    group, dot, name = key.partition(".")
    if not dot or group not in _groups():
        return False
    names, patterns = _groups()[group]
    return name in names or fits(name, patterns)


def closest(word: str, among: Iterable[str]) -> str | None:
    """Return the one of ``among`` most like ``word``, or None when nothing is near."""
    import difflib

    found = difflib.get_close_matches(word, list(among), n=1, cutoff=0.6)
    return found[0] if found else None


def suggestion(key: str) -> str:
    """Return what may have been meant by an unknown ``key``, or where to find the keys."""
    near = closest(key, keys())
    if near:
        return _("Did you mean {key}?").format(key=near)
    return _("All keys: clb policy keys.")


@cache
def entry_fields() -> frozenset[str]:
    """Return the fields any dated value may have: value, from, to, source ..."""
    return frozenset(schemas.load("policy_values")["$defs"]["entry"]["properties"])


def fits(name: str, patterns: Iterable[str]) -> bool:
    """Return whether ``name`` matches one of the schema's ``patterns`` for names of one's own."""
    return any(re.search(pattern, name) for pattern in patterns)
