"""What is looked at, and what is told of it."""

from dataclasses import dataclass
from pathlib import Path

HOOKS = ("clb_checks", "clb_reports", "clb_build_report", "clb_after_step")
"""The hooks' names, without importing their types; a test holds them to ``hookspecs.ANSWERS``."""
BLOCK, WARN = "block", "warn"


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing wrong with a plugin: where, what, and what it should be.

    A ``block`` keeps the plugin from being installed, a ``warn`` is only told.
    """

    code: str
    file: str
    key: str
    message: str
    expected: str = ""
    line: int | None = None
    level: str = BLOCK


@dataclass(frozen=True, slots=True)
class Candidate:
    """A plugin as it lies in a folder: its distribution, its province and its package.

    ``folder`` holds the package. ``project`` is the folder of its pyproject.toml when the plugin is
    looked at as source, ``None`` when it was built. ``requires`` are the distributions it asks for.
    """

    name: str
    version: str
    province: str
    package: str
    folder: Path
    project: Path | None = None
    requires: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.name} {self.version}"
