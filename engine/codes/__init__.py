"""Every code the engine raises or reports, as an object; the only place that explains it.

A raise site names the object (``codes.DATE_FUTURE``); ``clb explain`` and the reference of the
codes are made from it. A new code is one ``Code(...)`` in the file of its area. Ids never change
once released: scripts and people ask for them. A province's own codes are plain strings.
"""

from types import ModuleType

from engine.codes import bundles, club, files, plugins, seals, system, usage
from engine.codes.bundles import *  # noqa: F403  (each code is public under its own name)
from engine.codes.club import *  # noqa: F403
from engine.codes.code import Code
from engine.codes.files import *  # noqa: F403
from engine.codes.plugins import *  # noqa: F403
from engine.codes.seals import *  # noqa: F403
from engine.codes.system import *  # noqa: F403
from engine.codes.usage import *  # noqa: F403

AREAS = (club, usage, files, system, seals, bundles, plugins)


def catalogue() -> dict[str, Code]:
    """Return every code by its id, in the order of a club's life, then area by area."""
    return {str(code): code for area in AREAS for code in of_area(area)}


def of_area(area: ModuleType) -> list[Code]:
    """Return the codes of one area, in the order they are written in."""
    return [value for value in vars(area).values() if isinstance(value, Code)]
