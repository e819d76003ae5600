"""Advice as a face gives it that has no command line."""

import re

from engine import codes


def without_commands(advice: str | None) -> str | None:
    """Return the part of some advice that can be followed without typing a command.

    That a message is to be read is no advice to whoever reads it.
    """
    if not advice or advice == codes.INPUT.fix:
        return None
    parts = re.split(r"(?<=[;.:]) ", advice)
    kept = " ".join(one for one in parts if "clb " not in one and "--" not in one)
    return re.sub(r"[;:]$", ".", kept) or None
