"""What several commands' options have in common."""

from datetime import date

from engine.i18n import _

ON = _("The day of the question (YYYY-MM-DD or dd/mm/yyyy); today if left out")


def day(text: str | None) -> date | None:
    """Read a day, ``None`` where none was given. Raises ``InputError``."""
    if text is None:
        return None
    from engine.vietnamese.text import parse_date

    return parse_date(text)
