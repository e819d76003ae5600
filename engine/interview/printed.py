"""The number of a paper and its signer's title, as papers have them however they were typed."""

from engine.interview.question import Question
from engine.vietnamese.text import bare, numbered

NUMBERS = ("decision.number", "submission.number")
"""Fields that hold the number of a paper."""
TITLES = {"chu tich": "Chủ tịch", "pho chu tich": "Phó Chủ tịch"}
"""Who signs for a committee, by the title without marks."""


def symbol(question: Question) -> str:
    """Return the symbol of a paper that its number may be typed with, from the example."""
    return (question.example or "").partition("/")[2]


def as_printed(question: Question, typed: str) -> str:
    """Return an answer as papers have it: 45/QD-UBND is 45/QĐ-UBND, "chu tich" Chủ tịch.

    A number stays as it was typed where the question's example has no symbol.
    """
    path = question.path.removeprefix("changes.")
    if path == "decision.title":
        return TITLES.get(bare(typed), typed)
    if path not in NUMBERS or not symbol(question):
        return typed
    return numbered(typed, symbol(question))
