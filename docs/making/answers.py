"""The reference of the JSON answers: each command's fields."""

from pathlib import Path
from typing import Any

import schemas
from making.page import ROOT, code, opening, table

ABOUT = (
    "With `--json` a command prints one JSON document on standard output, and nothing else there. "
    "Its schema\nis `schemas/cli/COMMAND.schema.json`. Keys and ids are English and do not change; "
    "days are ISO, money is\nan integer number of đồng, what is absent is `null`. A failure "
    "answers with [error](#error). `[]` marks\neach element of a list."
)


def names() -> list[str]:
    """Return the answers that have a schema."""
    return sorted(path.name.partition(".")[0] for path in Path(ROOT / "schemas/cli").iterdir())


def page() -> str:
    """Return the page."""
    return opening("JSON answers", ABOUT) + "".join(map(_answer, names())).rstrip() + "\n"


def _answer(name: str) -> str:
    schema = schemas.load(f"cli/{name}")
    fields = [(code(path), kind) for path, kind in rows(schema)]
    return (
        f"## `{name}`\n\n{schema.get('description', '')}\n\n{table(('field', 'value'), fields)}\n"
    )


def rows(schema: dict[str, Any]) -> list[tuple[str, str]]:
    """Return each field of a schema with what it holds, once."""
    return list(dict.fromkeys(_rows(schema, schema, "")))


def _rows(
    schema: Any, root: dict[str, Any], path: str, seen: frozenset[str] = frozenset()
) -> list[tuple[str, str]]:
    schema, inside = _solid(schema, root, seen)
    found: list[tuple[str, str]] = []
    for part in ("oneOf", "anyOf", "allOf"):
        for one in schema.get(part, ()):
            found += [row for row in _rows(one, root, path, inside) if row[0]]
    for name, inner in schema.get("properties", {}).items():
        found += _rows(inner, root, f"{path}.{name}" if path else name, inside)
    inner = schema.get("additionalProperties")
    if isinstance(inner, dict) and inner:
        found += _rows(inner, root, f"{path}.*" if path else "*", inside)
    if "items" in schema:
        found += _rows(schema["items"], root, f"{path}[]", inside)
    if found and path.endswith("[]"):
        return found
    return [(path, _kind(schema)), *found] if path else found


def _solid(
    schema: Any, root: dict[str, Any], seen: frozenset[str]
) -> tuple[dict[str, Any], frozenset[str]]:
    """Follow references; one that leads back into itself is named, and not followed."""
    if not isinstance(schema, dict):
        return {}, seen
    while str(schema.get("$ref", "")).startswith("#/"):
        name = str(schema["$ref"])
        if name in seen:
            return {"type": "the same again"}, seen
        seen |= {name}
        found: Any = root
        for part in name[2:].split("/"):
            found = found[part]
        schema = {**found, **{key: value for key, value in schema.items() if key != "$ref"}}
    return schema, seen


def _kind(schema: dict[str, Any]) -> str:
    if "const" in schema:
        return code(str(schema["const"]))
    if "enum" in schema:
        return ", ".join(code("null" if one is None else str(one)) for one in schema["enum"])
    kind = schema.get("type", "any value")
    shown = " or ".join(kind) if isinstance(kind, list) else str(kind)
    if schema.get("format") == "date":
        shown = shown.replace("string", "date")
    note = schema.get("description")
    return f"{shown}: {note}" if note else shown
