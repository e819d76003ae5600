"""A form held against its JSON Schema: what is wrong in it, in sentences.

The keywords are those of draft 2020-12 that the schemas in ``schemas/forms`` use, and only those: a
test compares this with the library jsonschema, which would cost a step a tenth of its time and a
command that takes one 30 ms to load.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from engine.i18n import _, language
from engine.vietnamese.text import iso_day

NO_HYPHEN = "^[^-–—]"
"""What the schemas ask of a club's name: one with a hyphen before it would read as an option."""
TYPES: Mapping[str, type] = {
    "array": list,
    "boolean": bool,
    "integer": int,
    "object": dict,
    "string": str,
}
Schema = Mapping[str, Any]


def wrong(schema: Schema, value: Any, path: str = "") -> Iterator[str]:
    """Yield what of a value the schema refuses, a sentence a keyword and field."""
    kind = schema.get("type")
    if kind is not None and not is_a(kind, value):
        yield _expected(schema, path, value, _kind_name(kind))
        return
    for keyword, limit in schema.items():
        if keyword in HOLDS and not HOLDS[keyword](value, limit):
            yield _expected(schema, path, value, _limit_name(keyword, limit))
    if isinstance(value, dict):
        yield from _wrong_fields(schema, value, path)
    elif isinstance(value, list) and "items" in schema:
        for place, item in enumerate(value):
            yield from wrong(schema["items"], item, _below(path, place))


def _wrong_fields(schema: Schema, value: Mapping[str, Any], path: str) -> Iterator[str]:
    known = schema.get("properties", {})
    absent = ", ".join(name for name in schema.get("required", ()) if name not in value)
    if absent:
        yield _("{where}: missing {names}.").format(where=_where(schema, path), names=absent)
    extra = ", ".join(sorted(value.keys() - known.keys()))
    if extra and schema.get("additionalProperties") is False:
        where = _where(schema, path)
        yield _("{where}: there is no field “{extra}”.").format(where=where, extra=extra)
    for name, item in value.items():
        if name in known:
            yield from wrong(known[name], item, _below(path, name))


def is_a(kind: str, value: Any) -> bool:
    """Return whether a value is of a type of JSON Schema; neither 1.0 nor true is an integer."""
    return isinstance(value, TYPES[kind]) and (kind == "boolean" or not isinstance(value, bool))


HOLDS: Mapping[str, Callable[[Any, Any], bool]] = {
    "enum": lambda value, choices: value in choices,
    "format": lambda value, _day: iso_day(value) is not None,
    "minimum": lambda value, limit: value >= limit,
    "maximum": lambda value, limit: value <= limit,
    "minLength": lambda value, limit: len(value) >= limit,
    "maxLength": lambda value, limit: len(value) <= limit,
    "minItems": lambda value, limit: len(value) >= limit,
    "maxItems": lambda value, limit: len(value) <= limit,
    "minProperties": lambda value, limit: len(value) >= limit,
    "uniqueItems": lambda value, _true: len({repr(item) for item in value}) == len(value),
    "pattern": lambda value, pattern: re.search(pattern, value) is not None,
}
"""Whether a value of the schema's type keeps a keyword."""


def title(schema: Schema) -> str:
    """Return a schema's title in the language in use."""
    return str(schema.get("x-en" if language() == "en" else "title", ""))


def _expected(schema: Schema, path: str, value: Any, expected: str) -> str:
    return _("{where}: expected {expected}, found “{found}”.").format(
        where=_where(schema, path), expected=expected, found=str(value)[:80]
    )


def _where(schema: Schema, path: str) -> str:
    label = title(schema)
    return f"{label} ({path})" if label and path else path or label


def _below(path: str, name: object) -> str:
    return f"{path}.{name}" if path else str(name)


def _kind_name(kind: str) -> str:
    return {
        "integer": _("a whole number"),
        "boolean": _("true or false"),
        "array": _("a list"),
        "object": _("a group of fields"),
    }.get(kind, _("a text"))


def _limit_name(keyword: str, limit: Any) -> str:
    if keyword == "enum":
        return _("one of {choices}").format(choices=", ".join(map(str, limit)))
    if keyword == "pattern":
        if limit == NO_HYPHEN:
            return _("a name that does not begin with a hyphen")
        return _("an id of small letters, digits and _")
    said = {
        "format": _("a day that exists (YYYY-MM-DD)"),
        "minimum": _("at least {limit}"),
        "maximum": _("at most {limit}"),
        "minLength": _("a text"),
        "maxLength": _("at most {limit} characters"),
        "minItems": _("at least {limit} items"),
        "uniqueItems": _("no item twice"),
    }
    return said.get(keyword, keyword).format(limit=limit)
