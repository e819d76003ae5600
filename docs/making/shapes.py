"""A schema's values described in words, and a made-up example of each."""

import json
from typing import Any

Schema = dict[str, Any]
FREE = "; may be left out"
KINDS = {"string": "text", "integer": "whole number", "boolean": "true or false"}


class Shapes:
    """The named shapes of the policy's values."""

    def __init__(self, defs: Schema) -> None:
        self.defs = defs

    def entry(self, name: str) -> list[tuple[str, str]]:
        """Return the fields peculiar to a dated value of that shape: its value and extras."""
        found = self.defs[name]["items"]["properties"]
        rows: list[tuple[str, str]] = []
        for field, inner in found.items():
            rows += self._rows(field, inner)
        return rows

    def _rows(self, path: str, schema: Schema) -> list[tuple[str, str]]:
        schema = self._solid(schema)
        if schema.get("type") == "object" and "properties" in schema:
            needed = schema.get("required", ())
            return [
                (inner_path, words if name in needed else _free(words))
                for name, inner in schema["properties"].items()
                for inner_path, words in self._rows(f"{path}.{name}", inner)
            ]
        item = self._solid(schema.get("items", {}))
        if schema.get("type") == "array" and item.get("type") == "object":
            return [
                row
                for name, inner in item["properties"].items()
                for row in self._rows(f"{path}[].{name}", inner)
            ]
        return [(path, self.described(schema))]

    def described(self, schema: Schema) -> str:
        """Return what a value may be, in words."""
        schema = self._solid(schema)
        if "enum" in schema:
            return "one of " + ", ".join(f"`{one}`" for one in schema["enum"])
        if "else" in schema:
            return f"{self.described(schema['else'])}, or `{schema['then']['examples'][0]}`"
        kind = schema.get("type")
        if kind == "array":
            return f"list, each {self.described(schema.get('items', {}))}"
        if isinstance(kind, list):
            inner = ", ".join(schema.get("properties", ()))
            return f"a whole number, or `{{ {inner} }}`" if inner else " or ".join(kind)
        if kind == "object":
            inner = ", ".join(f"`{name}`" for name in schema.get("properties", {}))
            of_any = schema.get("additionalProperties") or {"type": "any"}
            return f"table of {inner or 'names of your own, each ' + self.described(of_any)}"
        text = "date" if schema.get("format") == "date" else KINDS.get(str(kind), "any value")
        if "minimum" in schema and "maximum" in schema:
            text += f", {schema['minimum']} to {schema['maximum']}"
        elif "minimum" in schema:
            text += f", at least {schema['minimum']}"
        if "examples" in schema:
            text += ", such as " + ", ".join(f"`{one}`" for one in schema["examples"])
        return text

    def sample(self, name: str) -> dict[str, str]:
        """Return a value of that shape and what it needs besides, field by field, as TOML."""
        item = self.defs[name]["items"]
        needed = ("value", *item.get("required", ()))
        return {field: _toml(self._made(item["properties"][field])) for field in needed}

    def _made(self, schema: Schema) -> Any:
        schema = self._solid(schema)
        schema = schema.get("else", schema)
        if "enum" in schema:
            return schema["enum"][0]
        if "examples" in schema:
            return schema["examples"][0]
        kind = schema.get("type")
        if kind == "array":
            return [self._made(schema["items"])]
        if kind == "object":
            names = schema.get("required") or schema["properties"]
            return {name: self._made(schema["properties"][name]) for name in names}
        if kind == "boolean":
            return True
        if kind == "integer" or isinstance(kind, list):
            return max(int(schema.get("minimum", 0)), 12)
        return "…"

    def _solid(self, schema: Schema) -> Schema:
        while "$ref" in schema:
            found = self.defs[str(schema["$ref"]).rpartition("/")[2]]
            schema = {**found, **{key: value for key, value in schema.items() if key != "$ref"}}
        return schema


def _free(words: str) -> str:
    return words if words.endswith(FREE) else words + FREE


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
