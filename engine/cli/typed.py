"""What people type for a command's options and arguments, in Vietnamese or by its code.

A parameter type turns it into the code that the command works with. What reads words is loaded
once something was typed: most commands are given nothing to read.
"""

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

from engine.cli.context import Context
from engine.clock import today
from engine.errors import ClbError, InputError, UnknownError
from engine.i18n import _
from engine.vietnamese.text import clean

if TYPE_CHECKING:
    from engine.words import Words

PROVINCE_TITLES = ("", "tỉnh ", "thành phố ", "TP ", "TP. ")
"""What people write before the name of a province."""


class Choice(click.Choice[str]):
    """One of a few codes, by any of its words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the code. Fails as a choice does, naming the words there are."""
        from engine import words

        try:
            return super().convert(words.read(self.choices, str(value)), param, ctx)
        except InputError as error:
            self.fail(f"{error.message} {error.help}", param, ctx)


class OwnChoice(Choice):
    """One of a few codes, or one that a province adds under a group of its policy."""

    def __init__(self, choices: Sequence[str], group: str) -> None:
        super().__init__(choices)
        self.group = group

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the code; whether the club's province has it, the form judges."""
        from engine.rules.own import is_own
        from engine.vietnamese.reading import read_choice

        typed = clean(str(value))
        if is_own(typed):
            return typed
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            context = ctx.find_object(Context) if ctx is not None else None
            if context is not None:
                with suppress(InputError):
                    return read_choice(_own_names(context, self.group), typed)
            raise


class Step(click.types.StringParamType):
    """A step of a club, by any of its words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the step's id. Raises ``UnknownError``."""
        context = ctx.find_object(Context) if ctx is not None else None
        return step_named(super().convert(value, param, ctx), context)


def step_named(typed: str, context: Context | None = None) -> str:
    """Return the id of the step that a text means; one of a province's own by its label too.

    Raises ``UnknownError`` naming near ones.
    """
    from engine import words
    from engine.rules.own import is_own
    from engine.states import STEPS
    from engine.vietnamese.reading import read_choice

    if is_own(clean(typed)):
        return clean(typed)
    try:
        return words.read((one.name for one in STEPS), typed)
    except InputError as error:
        with suppress(InputError):
            if context is not None:
                return read_choice(_own_steps(context), typed)
        raise UnknownError(
            _("There is no step “{name}”.").format(name=clean(typed)), help=error.help
        ) from error


def _own_steps(context: Context) -> "Words":
    """Return the own steps of the installed provinces; a broken plugin has none."""
    from engine.rules.own import STEP as GROUP

    return _own_names(context, GROUP)


def _own_names(context: Context, group: str) -> "Words":
    """Return what the installed provinces add to a group of the policy, by their labels."""
    from engine.rules.own import is_own

    found: dict[str, tuple[str, ...]] = {}
    for province in context.provinces.found():
        with suppress(ClbError):
            policy = context.provinces.policy(province)
            for name in policy.keys_of(group):
                id_ = name.partition(".")[2]
                if is_own(id_):
                    labels = tuple(str(one.value["label"]) for one in policy.entries_of(name))
                    found[id_] = (*found.get(id_, ()), *labels)
    return found


class Province(click.types.StringParamType):
    """An installed province, by its id, its name or the two letters of its clubs."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the province's id; what is none stays as typed, and is not found later."""
        typed = super().convert(value, param, ctx)
        context = ctx.find_object(Context) if ctx is not None else None
        if context is None:
            return typed
        if typed not in context.provinces.found():
            from engine.vietnamese.reading import read_choice

            try:
                typed = read_choice(_provinces(context), typed)
            except InputError:
                return clean(typed)
        context.read_about(typed)
        return typed


def _provinces(context: Context) -> "Words":
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
        from engine.vietnamese.reading import read_period

        return read_period(super().convert(value, param, ctx), today())


STEP, PROVINCE, PERIOD = Step(), Province(), Period()
OF_PROVINCE = click.option(
    "--province",
    type=PROVINCE,
    default=None,
    help=_("Province id or name; the officer's if left out"),
)
"""The option of commands about one province."""
