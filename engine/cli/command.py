"""Commands and groups that speak the language in use, and say all that is missing at once.

``click`` writes OPTIONS, COMMAND and TEXT into its help; here they are words of the catalogue.
"""

from collections.abc import Callable
from typing import Any

import click

from engine.cli import aliases, usage
from engine.i18n import N_, _

METAVARS = {
    one: one
    for one in (
        N_("CLUB"),
        N_("STEP"),
        N_("FILE"),
        N_("FOLDER"),
        N_("ID"),
        N_("KIND"),
        N_("MEMBER"),
        N_("NAME"),
        N_("NAME|FILE"),
        N_("PROVINCE"),
        N_("PROVINCE|PATH"),
        N_("REPORT"),
        N_("SEQ"),
        N_("TEXT"),
        N_("CODE"),
        N_("KEY"),
        N_("DAY"),
        N_("NUMBER"),
        N_("AMOUNT"),
        N_("OPTIONS"),
        N_('CODE="…"'),
        N_("FIELD=VALUE"),
        N_("PATH=VALUE"),
        N_("KEY=VALUE"),
        N_("LINE|FILE"),
    )
}
"""The placeholder of a value in the help."""
DAYS = ("--on", "--from", "--until")
"""Options that hold a day in every command."""


def metavar(param: click.Parameter) -> str | None:
    """Return the placeholder of a parameter's value; ``None`` where its choices are shown."""
    if isinstance(param.type, click.Choice) and param.metavar is None:
        return None
    name = param.metavar
    if name is None and isinstance(param, click.Argument):
        name = str(param.name).upper()
    elif name is None and isinstance(param.type, click.Path):
        name = "FILE"
    elif name is None and set(param.opts) & set(DAYS):
        name = "DAY"
    elif name is None:
        name = "NUMBER" if isinstance(param.type, click.types.IntParamType) else "TEXT"
    shown = _(METAVARS[name]) if name in METAVARS else name
    return shown if param.required or isinstance(param, click.Option) else f"[{shown}]"


class Command(click.Command):
    """A command whose help and complaints are in the language in use."""

    def __init__(self, name: str | None, **given: Any) -> None:
        super().__init__(name, **given)
        self.options_metavar = f"[{_(METAVARS['OPTIONS'])}]"
        for param in self.params:
            param.metavar = metavar(param)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments. Fails naming all that is missing, and what is one word too many."""
        typed = list(args)
        try:
            # A name without its quotes is found before a piece of it is read as something else.
            if not isinstance(self, click.Group) and not set(ctx.help_option_names) & set(typed):
                _given, rest, _order = self.make_parser(ctx).parse_args(args=list(args))
                if rest:
                    raise usage.too_much(rest, typed, ctx)
            return super().parse_args(ctx, args)
        except click.MissingParameter as error:
            raise usage.Missing(_missing(self, ctx, typed) or [error.param], ctx) from error
        except click.NoSuchOption as error:
            raise usage.no_option(error, typed) from error

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options; of one with choices, each in words with its code."""
        records = [
            _described(param, record, ctx)
            for param in self.get_params(ctx)
            if isinstance(param, click.Option) and (record := param.get_help_record(ctx))
        ]
        if records:
            with formatter.section(_("Options")):
                formatter.write_dl(records)


def _missing(command: click.Command, ctx: click.Context, args: list[str]) -> list[Any]:
    """Return every parameter that is required and was not given."""
    given, _rest, _order = command.make_parser(ctx).parse_args(args=list(args))
    return [
        param
        for param in command.get_params(ctx)
        if param.required and param.value_is_missing(param.consume_value(ctx, given)[0])
    ]


def _described(param: click.Option, record: tuple[str, str], ctx: click.Context) -> tuple[str, str]:
    names, text = record
    if not isinstance(param.type, click.Choice) or param.help is None:
        return record
    from engine.words import of

    words = of(param.type.choices)
    if not all(words.values()):
        return record
    choices = ", ".join(
        code if own[0] == code else f"{own[0]} ({code})" for code, own in words.items()
    )
    shown = names.replace(param.make_metavar(ctx), _(METAVARS["TEXT"]))
    return shown, f"{param.help}: {choices}{text.removeprefix(param.help)}"


class Group(Command, click.Group):
    """A group of commands, which may be called by their Vietnamese words too."""

    command_class = Command
    group_class = type

    def __init__(self, name: str | None = None, **given: Any) -> None:
        super().__init__(name, **given)
        self.subcommand_metavar = _("COMMAND ...")

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command meant and its arguments. Fails naming the nearest commands."""
        if self.get_command(ctx, args[0]) is None:
            args = [*(aliases.meant(self.name, args[0]) or args[:1]), *args[1:]]
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as error:
            raise usage.no_command(error, self.list_commands(ctx), self.name) from error

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with the words that mean them."""
        with formatter.section(_("Commands")):
            formatter.write_dl(
                [
                    (self.called(name), command.get_short_help_str(200))
                    for name in self.list_commands(ctx)
                    if (command := self.get_command(ctx, name)) and not command.hidden
                ]
            )

    def called(self, command: str) -> str:
        """Return a command's name with the words that mean it."""
        return ", ".join((command, *aliases.typed_for(self.name, command)))


def command(**given: Any) -> Callable[[Callable[..., Any]], Command]:
    """Make a function a command. As ``click.command``."""
    return click.command(cls=Command, **given)


def group(**given: Any) -> Callable[[Callable[..., Any]], Group]:
    """Make a function a group of commands. As ``click.group``."""
    return click.command(cls=Group, **given)
