"""Judging the events of officers' keys again: what the registry of keys never records."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from engine.i18n import _
from engine.model import Event
from engine.store.rows import Rows
from engine.store.signatures import halves

FORM = {"key_add": {"officer", "key", "since"}, "key_end": {"officer", "of", "until"}}


def follows(step: str, form: Mapping[str, Any], records: Sequence[dict[str, Any]]) -> bool:
    """Return whether what is recorded is what the form says, and nothing besides."""
    named = {"officer"} if step == "key_end" else set[str]()
    row = {name: value for name, value in form.items() if name not in named}
    return form.keys() == FORM[step] and list(records) == [row]


def misfits(event: Event, kept: Rows) -> Iterator[str]:
    """Yield what is wrong with a key that is registered or ended; ``kept`` are the rows before."""
    form = event.form
    open_keys = [
        one
        for one in kept.of("key")
        if one["officer"] == form["officer"] and one.get("until") is None
    ]
    if event.step == "key_end":
        if form["of"] not in {one["seq"] for one in open_keys}:
            yield _("it ends a key that {officer} had not, or that was ended").format(
                officer=form["officer"]
            )
        if not _is_day(form["until"]):
            yield _("a key ends on a day that is none")
        return
    if not any(
        one["id"] == form["officer"] and (one["until"] or LAST_DAY) > event.on.isoformat()
        for one in kept.of("officer")
    ):
        yield _("it registers a key of {officer}, who was in no office").format(
            officer=form["officer"]
        )
    if not _is_key(form["key"]):
        yield _("it registers what is no public line of a key")
    if form["key"] in {one["key"] for one in open_keys}:
        yield _("it registers a key that is registered already")
    if not _is_day(form["since"]):
        yield _("a key begins on a day that is none")


LAST_DAY = "9999-12-31"


def _is_key(line: Any) -> bool:
    try:
        return bool(halves(line))
    except (ValueError, TypeError, AttributeError):
        return False


def _is_day(text: Any) -> bool:
    try:
        return bool(date.fromisoformat(text).isoformat() == text)
    except (ValueError, TypeError):
        return False
