"""What several commands' options have in common."""

from datetime import date

from engine.i18n import _
from engine.text import parse_date

ON = _("The day of the question (YYYY-MM-DD or dd/mm/yyyy); today if left out")


def day(text: str | None) -> date | None:
    """Read a day, ``None`` where none was given. Raises ``InputError``."""
    return None if text is None else parse_date(text)
