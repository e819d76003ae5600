"""A plugin as it is checked, and the mistakes that are found."""

from dataclasses import dataclass
from pathlib import Path

from engine.provinces.discover import GROUP, NATIONS
from engine.provinces.hookspecs import ANSWERS

HOOKS = tuple(ANSWERS)
BLOCK, WARN = "block", "warn"


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing wrong with a plugin: where, what, and what it should be.

    A ``block`` keeps the plugin from being installed, a ``warn`` does not. ``about`` narrows the
    code: the field of an answer, or the kind of thing reached for. ``asking`` marks what a hook did
    when it was only asked about a step.
    """

    code: str
    file: str
    key: str
    message: str
    expected: str = ""
    line: int | None = None
    level: str = BLOCK
    about: str = ""
    asking: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A plugin as it lies in a folder: its distribution, its province and its package.

    ``folder`` holds the package. ``project`` is the folder of its pyproject.toml when the plugin is
    checked as source, ``None`` when it was built. ``requires`` are the distributions it needs.
    ``wheel`` is the wheel that was unpacked into ``folder``, ``None`` when there was none.
    ``group`` is that of its entry point: a province's, or the nation's, whose id is ``province``.
    """

    name: str
    version: str
    province: str
    package: str
    folder: Path
    project: Path | None = None
    requires: tuple[str, ...] = ()
    wheel: Path | None = None
    group: str = GROUP

    @property
    def is_national(self) -> bool:
        """Return whether the plugin holds for every province: a policy file and no code."""
        return self.group == NATIONS

    def __str__(self) -> str:
        return f"{self.name} {self.version}"
