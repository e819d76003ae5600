"""The number of a paper and its signer's title, as papers have them however they were typed."""

from engine.errors import InputError
from engine.interview.question import Question
from engine.vietnamese.text import bare, decision_number

NUMBERS = ("decision.number", "submission.number")
"""Fields that hold the number of a paper."""
TITLES = {"chu tich": "Chủ tịch", "pho chu tich": "Phó Chủ tịch"}
"""Who signs for a committee, by the title without marks."""


def symbol(question: Question) -> str:
    """Return the symbol of a paper that its number may be typed with, from the example."""
    return (question.example or "").partition("/")[2]


def as_printed(question: Question, typed: str) -> str:
    """Return an answer as papers have it: 45/QD-UBND is 45/QĐ-UBND, "chu tich" Chủ tịch.

    A submission's number that was typed without its symbol stays so: who submits has the symbol.
    """
    path = question.path.removeprefix("changes.")
    if path == "decision.title":
        return TITLES.get(bare(typed), typed)
    of_decision = path == "decision.number"
    if path not in NUMBERS or not (of_decision or "/" in typed) or not symbol(question):
        return typed
    try:
        return decision_number(typed, symbol(question))
    except InputError:
        return typed
