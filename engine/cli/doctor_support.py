"""``clb doctor --support FILE``: what whoever helps from afar needs, and nobody's name.

No text that people typed goes into it: kinds, counts, versions and codes only. So there is nothing
to be masked, and nothing that a mask could miss.
"""

import json
import os
import platform
import sys
import zipfile
from collections.abc import Mapping, Sequence
from importlib.metadata import distributions
from io import BytesIO
from typing import TYPE_CHECKING, Any

from engine import __version__
from engine.cli.doctor_check import Check
from engine.errors import ClbError
from engine.i18n import language

if TYPE_CHECKING:
    from engine.cli.context import Context

SETTINGS = ("CLB_DATABASE", "CLB_DATABASE_READ", "CLB_HOME", "CLB_LANG", "CLB_NO_PLUGINS")
"""Environment variables of which it is noted whether they are set."""


def bundle(context: "Context", checks: Sequence[Check]) -> bytes:
    """Return the zip file."""
    parts: Mapping[str, Any] = {
        "program.json": _program(),
        "checks.json": [{"check": one.check, "status": one.status} for one in checks],
        "provinces.json": _provinces(context),
        "database.json": _database(context),
    }
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, json.dumps(content, ensure_ascii=False, indent=2))
    return written.getvalue()


def _program() -> dict[str, Any]:
    return {
        "clb": __version__,
        "python": ".".join(map(str, sys.version_info[:3])),
        "system": platform.system(),
        "release": platform.release(),
        "machine": platform.machine(),
        "language": language(),
        "set": [name for name in SETTINGS if os.environ.get(name)],
        "packages": dict(sorted({(one.name, one.version) for one in distributions()})),
    }


def _provinces(context: "Context") -> list[dict[str, Any]]:
    from engine.cli.province import lines

    kept = ("province", "plugin", "version", "api_version", "status", "hooks")
    return [{name: row[name] for name in kept} for row in lines(context.provinces)]


def _database(context: "Context") -> dict[str, Any]:
    """Return what kind of database it is and how much is in it; its error's code without one."""
    from engine.reports.monitoring import contents

    try:
        return contents(context.registry.store, context.registry.lifecycle.today())
    except ClbError as error:
        return {"error": error.code}
