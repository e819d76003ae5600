"""What is odd about a person's name as it was typed, that may be right all the same."""

from collections.abc import Iterator

from engine.i18n import _
from engine.rules.communes import kind_of


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
