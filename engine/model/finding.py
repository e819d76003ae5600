"""What speaks for or against a step, and an officer's reason for going on."""

from dataclasses import dataclass

from engine.model.vocabulary import Level


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason for or against a step.

    ``source`` is the article in force on the step's date, ``who`` can mend it and ``fix`` says how.
    ``plugin`` is stamped by the host (name and version) on what a province's own check found.
    ``permission`` marks the findings about role, scope and separation of duties.
    """

    code: str
    level: Level
    message: str
    expected: str | None = None
    actual: str | None = None
    source: str | None = None
    who: str | None = None
    fix: str | None = None
    plugin: str | None = None
    permission: bool = False


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """An officer's reason for going on in spite of a warning; the event keeps it."""

    code: str
    reason: str
