"""What is wrong with a policy file, one problem a mistake, for the person who wrote it."""

from dataclasses import dataclass

from engine.errors import PolicyError
from engine.i18n import _


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: a stable ``code``, the ``key`` it is at, what was found and what was expected.

    ``line`` is the line of the file, counted from 1, or None when it is not known.
    """

    code: str
    key: str
    found: str
    expected: str
    message: str
    line: int | None = None

    def __str__(self) -> str:
        if self.line is None:
            return f"{self.message} [{self.code}]"
        where = _("Line {line}").format(line=self.line)
        return f"{where}: {self.message} [{self.code}]"


class PolicyFileError(PolicyError):
    """A policy file refused, with every problem found in it."""

    def __init__(self, origin: str, problems: tuple[Problem, ...]) -> None:
        heading = _("Mistakes in the policy file {origin}: {count}.").format(
            origin=origin, count=len(problems)
        )
        lines = "".join(f"\n- {problem}" for problem in problems)
        super().__init__(
            heading + lines,
            help=_("Correct the lines named above, then check the file again: clb province check."),
        )
        self.origin = origin
        self.problems = problems
