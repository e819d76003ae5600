"""Remarks about a person's name as it was typed: papers print it so."""

from collections.abc import Iterator

from engine.i18n import _


def remarks(name: str) -> Iterator[str]:
    """Yield what is odd about a name that may be right all the same: no mark, small letters."""
    if name.isascii():
        yield _("The name has no marks. If it should have some, type it anew: papers print it so.")
    if any(word[:1].islower() for word in name.split()):
        yield _("A name begins with capital letters: papers print it as it is typed.")
