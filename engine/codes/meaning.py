"""What a code is told as."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a code means, and how what it stands for is mended."""

    means: str
    mend: str
