"""A person's name as it was typed: what makes it none, and what is odd and may be right."""

from collections.abc import Iterator

from engine import codes
from engine.errors import InputError
from engine.i18n import _
from engine.rules.communes import kind_of
from engine.vietnamese.text import foreign_letters


def latin(name: str) -> str:
    """Return a name. Raises ``InputError`` where a letter of it only looks Latin."""
    if strange := foreign_letters(name):
        raise InputError(
            _("The name has letters of another script: {letters}.").format(
                letters=" ".join(strange)
            ),
            code=codes.OFFICER_NAME,
            help=_("Type the name again."),
        )
    return name


def remarks(name: str) -> Iterator[str]:
    """Yield what is odd about the name of a member: no mark, small letters."""
    if name.isascii():
        yield _("The name has no marks. If it should have some, type it anew: papers print it so.")
    if any(word[:1].islower() for word in name.split()):
        yield _("A name begins with capital letters: papers print it as it is typed.")


def doubt(name: str) -> str | None:
    """Return what to ask about the name of somebody who signs or acts, ``None`` for nothing.

    There is no list to hold it against, and every paper after it prints it.
    """
    if kind_of(name) is not None:
        return _("“{name}” is like the name of a place. Is it a person's name?").format(name=name)
    if name.isascii() or any(word[:1].islower() for word in name.split()):
        return _("Papers print “{name}” as typed. Is that how it is written, marks too?").format(
            name=name
        )
    return None
