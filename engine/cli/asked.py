"""Options and arguments that a command needs, and that are asked for at a terminal instead."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from engine.cli.context import Context


def _is_asked(context: click.Context) -> bool:
    """Return whether a person can be asked in this call."""
    found = context.find_object(Context)
    return found is not None and found.interactive


class _Asked(click.Parameter):
    """What is required, but may be left out where a person can be asked: it is ``None`` then."""

    def process_value(self, ctx: click.Context, value: Any) -> Any:
        """Return the value. Raises ``click.MissingParameter`` where nobody can be asked for it."""
        try:
            return super().process_value(ctx, value)
        except click.MissingParameter:
            if _is_asked(ctx):
                return None
            raise


class AskedOption(_Asked, click.Option):
    """An option that is asked for."""


class AskedArgument(_Asked, click.Argument):
    """An argument that is asked for."""


Command = TypeVar("Command", bound=Callable[..., Any])


def asked_option(*names: str, **more: Any) -> Callable[[Command], Command]:
    """Give a command an option that it needs, as ``click.option`` does."""
    return click.option(*names, required=True, cls=AskedOption, **more)


def asked_argument(name: str, **more: Any) -> Callable[[Command], Command]:
    """Give a command an argument that it needs, as ``click.argument`` does."""
    return click.argument(name, cls=AskedArgument, **more)
