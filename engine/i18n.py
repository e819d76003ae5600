"""Messages in the language of the person at the keyboard.

Message ids are English; the Vietnamese catalogue is complete and is the default. The language is
settled once, before the command modules are imported, because help texts are read at import.

A message may have other words in a ward (phường) or a city (thành phố) than in a commune of a
province: gettext's contexts of these names hold them. Those of the place where the reader works
are used, or while something is judged (``read_in``) those of the place that it is about.

English has no catalogue for gettext to choose plurals from, and Vietnamese has no plural. So in
English a message with a number before a plural gets its noun, and the verb after it, in the
singular where that number is one.
"""

import gettext
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

LOCALES = os.path.join(os.path.dirname(__file__), "locale")
LANGUAGES = ("vi", "en")
DOMAIN = "clb"
BETWEEN = ("more", "monthly", "new", "overdue", "province", "yearly")
"""Words that may be between a number and what it counts."""
IRREGULAR: Mapping[str, str] = {"people": "person", "women": "woman"}
COUNTED = (
    *("borrowers", "cells", "characters", "clubs", "communes", "courses", "days", "districts"),
    *("events", "items", "letters", "meetings", "members", "months", "papers", "payments"),
    *("people", "plugins", "reports", "reviews", "rows", "seconds", "signatures", "supervisions"),
    *("targets", "tasks", "times", "units", "villages", "volunteers", "women", "years"),
)
"""What messages count, each with its number right before it."""
VERBS: Mapping[str, str] = {
    "are": "is",
    "have": "has",
    "live": "lives",
    "need": "needs",
    "were": "was",
}
_PLURAL = re.compile(
    rf"\{{(\w+)\}}((?: (?:{'|'.join(BETWEEN)}))? )({'|'.join(COUNTED)})\b"
    rf"(?: ({'|'.join(VERBS)})\b)?"
)
_ONE = ("1", 1)

_active: gettext.NullTranslations | None = None
_language = "vi"
_home: tuple[str, ...] = ()
_about: ContextVar[tuple[str, ...] | None] = ContextVar("about", default=None)


def use(language: str) -> None:
    """Set the language of messages, ``vi`` or ``en``; anything else is Vietnamese."""
    global _active, _language  # noqa: PLW0603  (one language a process)
    _language = language if language in LANGUAGES else "vi"
    _active = _catalogue(_language)
    # click translates its own words through the process-wide default domain.
    os.environ["LANGUAGE"] = _language
    gettext.bindtextdomain("messages", LOCALES)


def language() -> str:
    """Return the language in use."""
    return _language


def _(message: str) -> str:
    """Translate ``message`` (an English sentence, possibly with ``{fields}``)."""
    if _active is None:
        use(os.environ.get("CLB_LANG", "vi"))
    assert _active is not None
    for place in places():
        own = _active.pgettext(place, message)
        if own != message:
            return own
    return _counting(message) if _language == "en" else _active.gettext(message)


class _Counting(str):
    """A message with plurals; formatting it puts those of a number of one in the singular."""

    __slots__ = ()

    def format(self, *args: Any, **fields: Any) -> str:
        """Return the message with its fields, in the singular after a number of one."""

        def form(match: re.Match[str]) -> str:
            name, between, noun, verb = match.groups()
            if name not in fields or fields[name] not in _ONE:
                return match[0]
            one = IRREGULAR.get(noun) or noun[:-1]
            return f"{{{name}}}{between}{one}{f' {VERBS[verb]}' if verb else ''}"

        return _PLURAL.sub(form, str(self)).format(*args, **fields)


def _counting(message: str) -> str:
    """Return an English message whose plurals fit their numbers."""
    return _Counting(message) if _PLURAL.search(message) else message


def places() -> tuple[str, ...]:
    """Return the contexts whose words are in use."""
    about = _about.get()
    return _home if about is None else about


def work_in(*places: str) -> None:
    """Use the words of the place where the reader works from now on; none for the usual ones."""
    global _home  # noqa: PLW0603  (one reader a process)
    _home = places


@contextmanager
def read_in(*places: str) -> Iterator[None]:
    """Use the words of a place that something is about, and no others."""
    before = _about.set(places)
    try:
        yield
    finally:
        _about.reset(before)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, LOCALES, languages=[language], fallback=True)


def vietnamese(message: str) -> str:
    """Return a message in Vietnamese, whatever the language in use: as people may type it."""
    return _catalogue("vi").gettext(message)


def N_(message: str) -> str:  # noqa: N802  (gettext's own name for it)
    """Mark ``message`` for the catalogues and return it unchanged; ``_`` translates it later."""
    return message
