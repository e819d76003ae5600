"""Which one is meant: several fit what was typed, or something nearly does."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import click

from engine.cli.context import Context
from engine.errors import InputError
from engine.i18n import _
from engine.vietnamese.reading import read_yes_no

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
    context.message(error.message)
    if len(found) == 1:
        question = _("Is it {name}? (có/không)").format(name=found[0])
        if _answered(question, read_yes_no):
            return found[0]
        raise error
    for number, one in enumerate(found, start=1):
        context.message(f"  {number}  {one}")
    number = _answered(_("Which one? Its number, 0 for none"), lambda text: _number(text, found))
    if number == 0:
        raise error
    return found[number - 1]


def _number(text: str, found: Sequence[object]) -> int:
    """Return a number of the list, or 0. Raises ``InputError`` for anything else."""
    typed = text.strip()
    if typed.isascii() and typed.isdigit() and int(typed) <= len(found):
        return int(typed)
    raise InputError(_("Type a number from 0 to {most}.").format(most=len(found)))


def _answered(question: str, read: Callable[[str], T]) -> T:
    """Ask until the answer can be read."""
    while True:
        try:
            return read(click.prompt(question, err=True))
        except InputError as error:
            click.echo(error.message, err=True)
