"""Messages in the language of the person at the keyboard.

Message ids are English; the Vietnamese catalogue is complete and is the default. The language is
settled once, before the command modules are imported, because help texts are read at import.
"""

import gettext
import os
from functools import cache

LOCALES = os.path.join(os.path.dirname(__file__), "locale")
LANGUAGES = ("vi", "en")
DOMAIN = "clb"

_active: gettext.NullTranslations | None = None
_language = "vi"


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
    return _active.gettext(message)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, LOCALES, languages=[language], fallback=True)


def vietnamese(message: str) -> str:
    """Return a message in Vietnamese, whatever the language in use: as people may type it."""
    return _catalogue("vi").gettext(message)


def N_(message: str) -> str:  # noqa: N802  (gettext's own name for it)
    """Mark ``message`` for the catalogues and return it unchanged; ``_`` translates it later."""
    return message
