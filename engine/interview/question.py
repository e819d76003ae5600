"""One question to a person, one possible answer of several, and an answer that was read."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What an answer is, which decides how it is read and how a face asks for it."""

    TEXT = "text"
    DAY = "day"
    NUMBER = "number"
    MONEY = "money"
    RATE = "rate"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    PERSON = "person"
    PEOPLE = "people"
    PAIRS = "pairs"
    YEAR = "year"
    PERIOD = "period"
    PLACE = "place"
    RECORD = "record"
    FILE = "file"
    LINES = "lines"


CHOSEN = frozenset({Kind.CHOICE, Kind.CHOICES, Kind.RECORD})
"""Kinds whose answer is one or several of the question's ``choices``, and nothing else.

People and places have choices too, as suggestions: another name may be typed.
"""
NAMED = frozenset({Kind.PEOPLE, Kind.PAIRS})
"""Kinds whose answer is several members, typed with something between them or ticked."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a question's choices: the value as the form has it, and what people call it.

    ``note`` is what distinguishes it, shown with it; ``words`` are further words that mean it.
    """

    value: Any
    label: str
    note: str | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A question. ``path`` is the dotted field that the answer fills in.

    A path that begins with "?" is about the form (which of its fields are corrected) and fills in
    none of it. ``help`` is one sentence: what is meant and where to find it. ``example`` is an
    answer as one types it. ``default`` is a value as the form has it, ``None`` where nothing is
    known; ``default_because`` says what it follows from. ``source`` is the article, where only this
    province asks it. ``asked`` is false for what a face may leave to the default, or empty:
    a screen shows it, plain lines go on without it. ``now`` is what is on record at present;
    ``blank`` is what an empty answer means, where it does not mean that there is nothing.
    """

    path: str
    kind: Kind
    title: str
    help: str | None = None
    example: str | None = None
    required: bool = True
    default: Any | None = None
    default_because: str | None = None
    choices: tuple[Choice, ...] = ()
    source: str | None = None
    asked: bool = True
    now: str | None = None
    blank: str | None = None

    @property
    def is_about_the_form(self) -> bool:
        """Return whether the answer fills in no field."""
        return self.path.startswith("?")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a text was read as: the form's value, and how it is shown back in full.

    ``remarks`` are sentences about it that stop nothing. ``doubt`` is a question, to be answered
    with yes or no, before the answer counts.
    """

    value: Any
    shown: str
    remarks: tuple[str, ...] = ()
    doubt: str | None = None
