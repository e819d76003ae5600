"""The JSON Schemas (draft 2020-12) of everything the engine reads or answers."""

import json
import os
from typing import Any


def load(name: str) -> dict[str, Any]:
    """Read one schema by name: ``"policy"``, ``"forms/propose"``, ``"cli/progress"``.

    Each call reads the file anew, so a caller may keep or change what it gets. Raises
    ``FileNotFoundError`` when there is no schema of that name.
    """
    path = os.path.join(os.path.dirname(__file__), *f"{name}.schema.json".split("/"))
    # The loader reads it, as it may lie in a zip; importlib.resources would take longer to load.
    data: bytes = __loader__.get_data(path)  # type: ignore[name-defined]
    schema: dict[str, Any] = json.loads(data)
    return schema
