"""The JSON Schemas (draft 2020-12) of everything the engine reads or answers."""

import json
import os
from typing import Any


def bundled() -> dict[str, Any]:
    """Return the schema of a policy file in one piece, as editors read it (``#:schema FILE``)."""
    values = load("policy_values")["$defs"]
    text = json.dumps({**load("policy"), "$defs": values}, ensure_ascii=False)
    whole: dict[str, Any] = json.loads(text.replace('"values#/$defs/', '"#/$defs/'))
    del whole["$id"]
    return whole


def load(name: str) -> dict[str, Any]:
    """Read one schema by name: ``"policy"``, ``"forms/propose"``, ``"cli/progress"``.

    Each call reads the file anew, so a caller may keep or change what it gets. A schema that is
    another one's with a title of its own (``"$ref": "fund-record.schema.json"``) is given whole.
    Raises ``FileNotFoundError`` when there is no schema of that name.
    """
    path = os.path.join(os.path.dirname(__file__), *f"{name}.schema.json".split("/"))
    # The loader reads it, as it may lie in a zip; importlib.resources would take longer to load.
    data: bytes = __loader__.get_data(path)  # type: ignore[name-defined]
    schema: dict[str, Any] = json.loads(data)
    if str(schema.get("$ref", "#")).startswith("#"):
        return schema
    folder, _slash, _name = name.rpartition("/")
    other = schema.pop("$ref").removesuffix(".schema.json")
    return {**load(f"{folder}/{other}"), **schema}
