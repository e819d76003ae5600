"""The errors of the engine: one base class, a stable code and an exit code each.

A message is a sentence for the person at the keyboard; ``help`` is what to do next.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine import codes
from engine.codes.code import Code

if TYPE_CHECKING:
    from engine.model import Finding


class ClbError(Exception):
    """An expected failure. ``code`` never changes once released; ``message`` may.

    ``help`` is the fix that the code itself has where none is given.
    """

    code: Code = codes.ERROR
    exit_code = 5

    def __init__(
        self,
        message: str,
        *,
        help: str = "",  # noqa: A002  (the name of the key in the command line's JSON contract)
        code: Code | None = None,
        findings: Sequence["Finding"] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.findings = tuple(findings)
        if code is not None:
            self.code = code
        self.help = help or self.code.fix


class RefusedError(ClbError):
    """A rule refuses the step: a block, a wrong state, a warning nobody acknowledged."""

    code = codes.REFUSED
    exit_code = 1


class InputError(ClbError):
    """Bad usage or bad input: an unknown club, a date that does not exist, a missing field."""

    code = codes.INPUT
    exit_code = 2


class UnknownError(InputError):
    """A club, officer, province, step or key that is not there."""

    code = codes.UNKNOWN


class NotPermittedError(ClbError):
    """The officer's role, scope or part in an earlier step does not allow this."""

    code = codes.NOT_PERMITTED
    exit_code = 3


class ConflictError(ClbError):
    """Somebody else changed the club meanwhile."""

    code = codes.CONFLICT
    exit_code = 4


class StorageError(ClbError):
    """The database cannot be opened, is of another version, or does not verify."""

    code = codes.STORAGE


class PluginError(ClbError):
    """A province's plugin is missing, cannot be loaded or answered wrongly."""

    code = codes.PLUGIN


class PolicyError(PluginError):
    """A policy file that cannot be read or contradicts itself."""

    code = codes.POLICY
