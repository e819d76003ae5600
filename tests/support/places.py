"""Every place in a JSON value, and the value with something else at one of them."""

from typing import Any

STRANGE: tuple[Any, ...] = (None, 7, "x", [], {}, [1], {"a": 1}, -1, "2021-99-99", True, 10**30)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return every place in a body."""
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    return [path, *(one for key, part in inner for one in places(part, (*path, key)))]


def changed(body: Any, place: tuple[Any, ...], to: Any) -> Any:
    """Return a body with another value at one place; ``...`` takes the place out."""
    if not place:
        return to
    copy = dict(body) if isinstance(body, dict) else list(body)
    if to is ... and len(place) == 1:
        del copy[place[0]]
    else:
        copy[place[0]] = changed(body[place[0]], place[1:], to)
    return copy
