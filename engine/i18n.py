"""Messages in the language of the person at the keyboard.

Message ids are English; the Vietnamese catalogue is complete and is the default. The language is
settled once, before the command modules are imported, because help texts are read at import.
"""

import gettext
import os

LOCALES = os.path.join(os.path.dirname(__file__), "locale")
LANGUAGES = ("vi", "en")
DOMAIN = "clb"

_active: gettext.NullTranslations | None = None
_language = "vi"


def use(language: str) -> None:
    """Set the language of messages, ``vi`` or ``en``; anything else is Vietnamese."""
    global _active, _language  # noqa: PLW0603  (one language a process)
    _language = language if language in LANGUAGES else "vi"
    _active = gettext.translation(DOMAIN, LOCALES, languages=[_language], fallback=True)
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


def N_(message: str) -> str:  # noqa: N802  (gettext's own name for it)
    """Mark ``message`` for the catalogues and return it unchanged; ``_`` translates it later."""
    return message
