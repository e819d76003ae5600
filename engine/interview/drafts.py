"""A half-answered interview as plain JSON, and its answers taken up again.

A member of the club is in it as an id, as in the form; only the name of somebody on no list is in
it as typed. Whoever keeps drafts deletes one as soon as the step is recorded, and all of a club as
soon as personal data of it is erased.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

from engine.errors import InputError
from engine.frozen import to_json
from engine.interview.interview import Interview
from engine.interview.question import Answer
from engine.interview.reading import show

VERSION = 1
Asking = TypeVar("Asking", bound=Interview)


def to_draft(interview: Interview) -> dict[str, Any]:
    """Return what is kept of an interview: its subject, the day, the answers."""
    return {
        "v": VERSION,
        "subject": interview.subject,
        "on": interview.today.isoformat(),
        "answers": to_json(dict(interview.answers)),
    }


def answers_of(draft: Mapping[str, Any] | None, subject: str) -> dict[str, Any]:
    """Return the answers of a draft about ``subject``; none where there is no such draft."""
    if draft is None or draft.get("v") != VERSION or draft.get("subject") != subject:
        return {}
    found = draft.get("answers")
    return dict(found) if isinstance(found, dict) else {}


def take_up(interview: Asking, answers: Mapping[str, Any]) -> Asking:
    """Return the interview with the answers of a draft that still hold.

    One that would be refused today is its question's default, to be looked at again.
    """
    left = dict(answers)
    while left:
        known = next((one for one in interview.questions() if one.path in left), None)
        if known is None:
            break
        value = left.pop(known.path)
        try:
            if value is not None:
                interview.judge(known, Answer(value, show(known, value)))
        except (InputError, TypeError, ValueError):
            interview = interview.resumed({known.path: value})
        else:
            interview = interview.answered(known.path, value)
    return interview
