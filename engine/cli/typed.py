"""What people type for a command's options and arguments, in Vietnamese or by its code.

A parameter type turns it into the code that the command works with.
"""

from typing import Any

import click

from engine import words
from engine.cli.context import Context
from engine.clock import today
from engine.errors import InputError, UnknownError
from engine.i18n import _
from engine.vietnamese.reading import read_choice, read_period
from engine.vietnamese.text import clean

PROVINCE_TITLES = ("", "tỉnh ", "thành phố ", "TP ", "TP. ")
"""What people write before the name of a province."""


class Choice(click.Choice[str]):
    """One of a few codes, by any of its words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the code. Fails as a choice does, naming the words there are."""
        try:
            return super().convert(words.read(self.choices, str(value)), param, ctx)
        except InputError as error:
            self.fail(f"{error.message} {error.help}", param, ctx)


class Step(click.types.StringParamType):
    """A step of a club, by any of its words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the step's id. Raises ``UnknownError``."""
        return step_named(super().convert(value, param, ctx))


def step_named(typed: str) -> str:
    """Return the id of the step that a text means. Raises ``UnknownError`` naming near ones."""
    from engine.states import STEPS

    try:
        return words.read((one.name for one in STEPS), typed)
    except InputError as error:
        raise UnknownError(
            _("There is no step “{name}”.").format(name=clean(typed)), help=error.help
        ) from error


class Province(click.types.StringParamType):
    """An installed province, by its id, its name or the two letters of its clubs."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the province's id; what is none stays as typed, and is not found later."""
        typed = super().convert(value, param, ctx)
        context = ctx.find_object(Context) if ctx is not None else None
        if context is None or typed in context.provinces.found():
            return typed
        try:
            return read_choice(_provinces(context), typed)
        except InputError:
            return clean(typed)


def _provinces(context: Context) -> words.Words:
    """Return the words of the installed provinces whose plugin can be read."""
    return {
        id_: tuple(f"{title}{name}" for title in PROVINCE_TITLES)
        for id_ in context.provinces.found()
        for name in (context.provinces.name(id_),)
    }


class Period(click.types.StringParamType):
    """A half year or a year, as reports are made for them."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the period's id. Raises ``InputError``."""
        return read_period(super().convert(value, param, ctx), today())


STEP, PROVINCE, PERIOD = Step(), Province(), Period()
OF_PROVINCE = click.option(
    "--province",
    type=PROVINCE,
    default=None,
    help=_("Province id or name; the officer's if left out"),
)
"""The option of commands about one province."""
