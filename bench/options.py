"""What a run was asked for, and where it may keep generated data."""

import tempfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Options:
    """``tiny`` shrinks everything until it only shows that it works; ``quick`` is for working."""

    quick: bool = False
    tiny: bool = False
    profile: bool = False
    large: bool = False

    @property
    def rounds(self) -> int:
        """How many rounds the medians are of: never under five, but in a trial."""
        return 2 if self.tiny else 5

    def size(self, full: int, quick: int, tiny: int) -> int:
        """Return how large something is to be."""
        return tiny if self.tiny else quick if self.quick else full


def cache() -> Path:
    """Return the folder of generated data; it can be deleted at any time."""
    folder = Path(tempfile.gettempdir()) / "clb-bench"
    folder.mkdir(exist_ok=True)
    return folder
