"""Advice as a face gives it that has no command line."""

import re


def without_commands(advice: str | None) -> str | None:
    """Return the part of some advice that can be followed without typing a command."""
    if not advice:
        return advice
    parts = re.split(r"(?<=[;.]) ", advice)
    kept = " ".join(one for one in parts if "clb " not in one and "--" not in one)
    return re.sub(r";$", ".", kept) or None
