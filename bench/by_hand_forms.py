"""The forms of the life's steps, checked by hand: what the JSON Schemas say, as plain code."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from engine.vietnamese.text import clean

Check = Callable[[Any], bool]
ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
ACTIVITY = re.compile(r"[a-z][a-z0-9_]*")


class FormError(Exception):
    """A form is not complete or not true to its schema."""


def text(most: int) -> Check:
    """Accept a text of at most so many letters."""
    return lambda value: isinstance(value, str) and 0 < len(value) <= most


def whole(low: int, high: int) -> Check:
    """Accept a whole number between two ends."""
    return lambda value: type(value) is int and low <= value <= high


def one_of(*allowed: str) -> Check:
    """Accept one of a few words."""
    return lambda value: value in allowed


def day(value: Any) -> bool:
    """Accept a day that exists, as ISO text."""
    if not isinstance(value, str) or not ISO.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def yes_or_no(value: Any) -> bool:
    """Accept true or false."""
    return isinstance(value, bool)


def list_of(check: Check) -> Check:
    """Accept a list without repetitions whose items pass."""
    return lambda value: (
        isinstance(value, list) and len(set(value)) == len(value) and all(map(check, value))
    )


def activity(value: Any) -> bool:
    """Accept the id of an activity."""
    return isinstance(value, str) and ACTIVITY.fullmatch(value) is not None


NUMBER, TITLE, NOTE = text(100), text(200), text(2000)
MONEY, COUNT = whole(0, 10**15), whole(0, 100_000)
REQUIRED: dict[str, dict[str, Check]] = {
    "open": {"date": day, "name": TITLE, "commune": TITLE, "village": TITLE},
    "roster": {"added": COUNT, "changed": COUNT, "left": COUNT},
    "set_board": {},
    "propose": {"submission.number": NUMBER, "submission.date": day},
    "approve": {
        "decision.number": NUMBER,
        "decision.date": day,
        "decision.signer": TITLE,
        "decision.title": TITLE,
    },
    "train": {
        "course.kind": one_of("initial", "supplementary", "refresher", "support"),
        "course.start": day,
        "course.days": whole(1, 366),
        "course.attendees": COUNT,
    },
    "launch": {
        "date": day,
        "place": NOTE,
        "attendance": COUNT,
        "charter_adopted": yes_or_no,
        "funds_opened": list_of(one_of("income", "operating")),
    },
    "fund": {
        "date": day,
        "kind": one_of(
            "grant", "contribution", "opening", "loan", "repayment", "expense", "reversal"
        ),
        "source": one_of("province_budget", "commune_budget", "donor", "member", "other"),
        "fund": one_of("income", "operating"),
        "amount": whole(1, 10**15),
        "document": NOTE,
    },
    "meeting": {"date": day, "attendance": COUNT, "activities": list_of(activity)},
    "supervise": {
        "date": day,
        "inspector": NOTE,
        "meetings_held": whole(0, 1000),
        "activities": list_of(activity),
        "borrowers": COUNT,
        "conclusion": one_of("pass", "consolidate"),
    },
    "review": {
        "year": whole(1900, 2200),
        "date": day,
        "result": one_of("pass", "consolidate"),
        "by_regulation": yes_or_no,
        "well_run": yes_or_no,
    },
}
OPTIONAL: dict[str, dict[str, Check]] = {
    "open": {"commune_id": text(40), "after": text(40)},
    "roster": {"date": day, "reason": NOTE, "file": text(64)},
    "set_board": {
        **dict.fromkeys(("chair", "vice", "secretary", "treasurer"), TITLE),
        "date": day,
        "members": list_of(TITLE),
    },
    "propose": {"lead_unit": TITLE},
    "approve": {
        **{
            f"appraisal.{aspect}": one_of("met", "not_met")
            for aspect in ("conditions", "criteria", "organisation", "personnel", "finance")
        },
        "appraisal.date": day,
        "appraisal.appraiser": TITLE,
        "decision.issuer": TITLE,
    },
    "train": {"course.topics": NOTE, "date": day},
    "launch": {},
    "fund": {"donor": TITLE, "resolution": NOTE, "reverses": COUNT},
    "meeting": {},
    "supervise": {
        "income_fund_balance": MONEY,
        "operating_fund_balance": MONEY,
        "borrowers_in_kind": COUNT,
        "members_with_need": COUNT,
        "members_served": COUNT,
        "recommendations": NOTE,
    },
    "review": {"notes": NOTE},
}
KNOWN = {step: REQUIRED[step] | OPTIONAL[step] for step in REQUIRED}


def tidy(value: Any) -> Any:
    """Return a form with its texts cleaned and its empty answers left out."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        inner = {name: tidy(item) for name, item in value.items() if item is not None}
        return {name: item for name, item in inner.items() if item not in ("", {})}
    if isinstance(value, list):
        return [tidy(item) for item in value]
    return value


def flat(form: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield each field by its dotted path."""
    for name, value in form.items():
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def checked(step: str, form: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the form tidied, and its fields by path. Raises ``FormError``."""
    tidied = tidy(form)
    found = dict(flat(tidied))
    known = KNOWN[step]
    if missing := [path for path in REQUIRED[step] if path not in found]:
        raise FormError(f"missing: {', '.join(missing)}")
    wrong = [path for path, value in found.items() if path not in known or not known[path](value)]
    if wrong:
        raise FormError(f"wrong: {', '.join(wrong)}")
    return tidied, found
