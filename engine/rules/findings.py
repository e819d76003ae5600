"""Short ways to write a finding, one a level."""

from typing import TypedDict, Unpack

from engine.codes.code import Code
from engine.model import Finding, Level, Officer


class Details(TypedDict, total=False):
    """What a finding may hold besides its code and message; ``Finding`` documents each."""

    expected: str | None
    actual: str | None
    source: str | None
    who: str | None
    fix: str | None
    by: Officer | None


def block(code: Code, message: str, **details: Unpack[Details]) -> Finding:
    """Return a finding that refuses the step."""
    return Finding(code, Level.BLOCK, message, **details)


def warn(code: Code, message: str, **details: Unpack[Details]) -> Finding:
    """Return a finding that an officer must acknowledge with a reason."""
    return Finding(code, Level.WARN, message, **details)


def note(code: Code, message: str, **details: Unpack[Details]) -> Finding:
    """Return a finding that is only shown."""
    return Finding(code, Level.NOTE, message, **details)


def refuse(code: Code, message: str, **details: Unpack[Details]) -> Finding:
    """Return a block about who may act: role, scope or separation of duties."""
    return Finding(code, Level.BLOCK, message, **details, permission=True)
