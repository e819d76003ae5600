"""Which one is meant: several fit what was typed, or something nearly does."""

from collections.abc import Sequence
from typing import TypeVar

from engine.cli.context import Context
from engine.cli.prompt import choose, say, yes
from engine.errors import InputError
from engine.i18n import _

T = TypeVar("T")
MOST = 9
"""Candidates that are shown; a text that fits more of them says too little."""


def did_you_mean(found: Sequence[object]) -> str:
    """Return the question that names what may be meant."""
    names = "; ".join(map(str, found[:MOST])) + ("; …" if len(found) > MOST else "")
    return _("Did you mean: {names}?").format(names=names)


def pick(context: Context, error: InputError, found: Sequence[T]) -> T:
    """Return the one of several that the person at the terminal chooses.

    Raises ``error`` where nobody can be asked, there is nothing to choose from or too much, and
    where none is chosen.
    """
    if not context.interactive or not 0 < len(found) <= MOST:
        raise error
    say(error.message)
    if len(found) == 1:
        if yes(_("Is it {name}?").format(name=found[0])):
            return found[0]
        raise error
    number = choose(map(str, found), _("Which one? Its number, 0 for none"))
    if number == 0:
        raise error
    return found[number - 1]
