"""What a question on the screen means, and how it is answered there."""

from engine.desk.field import IN_VIEW
from engine.i18n import _
from engine.interview.question import CHOSEN, NAMED, Kind, Question
from engine.interview.reading import hint


def meaning(question: Question) -> str:
    """Return what a question means: what to fill in, an example, why the default, the article."""
    because = (
        _("Filled in: {why}.").format(why=question.default_because)
        if question.default_because
        else None
    )
    source = _("Ground: {source}").format(source=question.source) if question.source else None
    return " ".join(filter(None, (question.help, how(question), because, source)))


def how(question: Question) -> str:
    """Return how a question is answered on the screen."""
    if question.kind is Kind.CHOICES:
        return _("The arrow keys move, Space marks; or click.")
    if question.kind is Kind.FILE:
        return _("F7 shows the folders; or type where it lies.")
    if question.kind is Kind.YES_NO or (
        question.kind in CHOSEN and len(question.choices) <= IN_VIEW
    ):
        return _("The arrow keys choose; or click.")
    if question.choices and question.kind not in NAMED:
        return _("Type a few letters, then the arrow down and Enter.")
    return hint(question)
