"""Lines that a person types at a terminal, asked for until they can be read.

Questions and remarks go to the error stream; the answer of a command stays apart from it.
"""

from collections.abc import Callable, Iterable
from typing import TypeVar

import click

from engine import codes
from engine.cli import advice, tables
from engine.errors import InputError
from engine.i18n import _

T = TypeVar("T")
BACK = "<"
"""Typed to go back by one question."""


def say(text: str = "", indent: str = "") -> None:
    """Write a line to the person, folded between words."""
    for line in tables.wrapped(text, indent) or [""]:
        click.echo(line, err=True)


def typed(label: str, suffix: str = ": ") -> str:
    """Return one line that is typed. Ctrl-C and Ctrl-D raise ``click.Abort``."""
    try:
        text = click.prompt(label, default="", show_default=False, err=True, prompt_suffix=suffix)
    except click.Abort:
        click.echo(err=True)  # what follows begins on a line of its own
        raise
    return str(text)


def until_read(label: str, read: Callable[[str], T]) -> T:
    """Ask until what is typed can be read."""
    while True:
        try:
            return read(typed(label))
        except InputError as error:
            refuse(error)


def refuse(error: InputError) -> None:
    """Say why an answer does not count, and how it would."""
    say(error.message, "   ")
    if error.help != codes.INPUT.fix and (help_ := advice.followed(error.help)):
        say(help_, "   ")


def yes(question: str, *, back: bool | None = None, enter: bool | None = None) -> bool:
    """Ask a question that is answered with yes or no, in any of the usual words.

    A figure is none of them: it is meant for a line with that number, somewhere else. ``back`` is
    what "<" means, where one can go back, ``enter`` what Enter alone does, where it counts.
    """
    from engine.vietnamese.reading import read_yes_no

    def read(text: str) -> bool:
        if text.strip() == BACK and back is not None:
            return back
        if not text.strip() and enter is not None:
            return enter
        if text.strip().isdigit():
            raise InputError(
                _("“{text}” is neither yes nor no.").format(text=text.strip()),
                help=_("Type có or không."),
            )
        return read_yes_no(text)

    say(question)
    if enter is not None:
        say(_("Enter = {default}").format(default=_("yes") if enter else _("no")), "   ")
    return until_read("   " + _("yes or no"), read)


def choose(
    choices: Iterable[str], label: str, default: int | None = None, unlisted: Iterable[str] = ()
) -> int:
    """Ask for one of several by its number, from 1, or by how it begins.

    0 is none of them, Enter the ``default``. The ``unlisted`` are found by how they begin alone;
    their numbers follow.
    """
    from engine.interview.reading import begins

    listed, further = list(choices), list(unlisted)
    for number, one in enumerate(listed, start=1):
        numbered(number, one)
    if default is not None:
        say(_("Enter = {default}").format(default=listed[default - 1]), "   ")

    def read(text: str) -> int:
        text = text.strip()
        if not text and default is not None:
            return default
        if text.isascii() and text.isdigit() and int(text) <= len(listed):
            return int(text)
        every = enumerate((*listed, *further), start=1)
        meant = [place for place, one in every if begins(text, (one,))]
        if len(meant) == 1:
            return meant[0]
        raise InputError(_("Type a number from 0 to {most}.").format(most=len(listed)))

    return until_read(label, read)


def numbered(number: object, text: str) -> None:
    """Write a line with its number before it, the lines it goes on in further in."""
    for place, part in enumerate(tables.wrapped(text, " " * 6)):
        click.echo(f"{number:>4}  {part.lstrip()}" if place == 0 else part, err=True)
