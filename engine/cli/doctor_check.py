"""One thing that ``clb doctor`` checked."""

from dataclasses import dataclass
from typing import Literal

Status = Literal["ok", "warn", "error"]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing checked. ``help`` is what to do; empty where nothing is."""

    check: str
    status: Status
    message: str
    help: str = ""
