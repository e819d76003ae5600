"""The JSON Schemas (draft 2020-12) of everything the engine reads or answers."""

import json
from importlib.resources import files
from typing import Any


def load(name: str) -> dict[str, Any]:
    """Read one schema by name: ``"policy"``, ``"forms/propose"``, ``"cli/progress"``.

    Each call reads the file anew, so a caller may keep or change what it gets. Raises
    ``FileNotFoundError`` when there is no schema of that name.
    """
    *folders, stem = name.split("/")
    resource = files(__name__).joinpath(*folders, f"{stem}.schema.json")
    schema: dict[str, Any] = json.loads(resource.read_text(encoding="utf-8"))
    return schema
