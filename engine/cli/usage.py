"""What is wrong with a typed command, in sentences that say what to type."""

from collections.abc import Sequence

import click

from engine import codes
from engine.cli import aliases
from engine.errors import InputError
from engine.i18n import _
from engine.vietnamese.text import unmarked

SHOWN = 3
"""Names that come near and are offered."""


class Complaint(click.UsageError):
    """A typed command that cannot be used; ``help`` is what to type."""

    def __init__(self, message: str, ctx: click.Context | None, help: str = "") -> None:  # noqa: A002
        super().__init__(message, ctx)
        self.help = help


class Missing(Complaint):
    """Options and arguments that a command needs and did not get."""

    def __init__(self, params: Sequence[click.Parameter], ctx: click.Context) -> None:
        self.params = tuple(params)
        names = "; ".join(_called(one, ctx) for one in params)
        super().__init__(_("Missing: {names}.").format(names=names), ctx)


def _called(param: click.Parameter, ctx: click.Context) -> str:
    """Return a parameter's name with what it is."""
    if isinstance(param, click.Option) and param.help:
        return f"{param.opts[0]} ({param.help.partition(';')[0].partition(':')[0]})"
    return param.opts[0] if isinstance(param, click.Option) else param.make_metavar(ctx)


def too_much(words: Sequence[str], args: Sequence[str], ctx: click.Context) -> Complaint:
    """Return the complaint about words that belong to nothing: a name without its quotes."""
    start = list(args).index(words[0])
    pieces = [one for one in args[:start] if not one.startswith("-")]
    name = " ".join([*pieces[-1:], *words])
    return Complaint(
        _("“{words}” is too much: a name with blanks is typed between quotation marks.").format(
            words=" ".join(words)
        ),
        ctx,
        _("Write it so: {command}").format(command=f'{ctx.command_path} … "{name}" …'),
    )


def no_option(error: click.NoSuchOption, args: Sequence[str]) -> Complaint:
    """Return the complaint about an option that is none, or a name that begins as options do."""
    from difflib import get_close_matches

    ctx = error.ctx
    typed = next((one for one in args if one.startswith(error.option_name)), error.option_name)
    if " " in typed.partition("=")[0]:
        return Complaint(
            _("“{text}” begins with a hyphen and was taken for an option.").format(text=typed),
            ctx,
            _("Give the id instead of the name, or type -- before it."),
        )
    message = _("There is no option {name}.").format(name=typed.partition("=")[0])
    options = [one for one in (ctx.command.params if ctx else ()) if isinstance(one, click.Option)]
    near = get_close_matches(typed, [name for one in options for name in one.opts], n=SHOWN)
    words = unmarked(typed.partition("=")[0].strip("-").replace("-", " "))
    by_help = [one for one in options if words and f" {words} " in f" {unmarked(one.help or '')} "]
    found = [one for one in options if set(near) & set(one.opts)] or by_help
    names = "; ".join(f"{one.opts[0]} ({one.help})" if one.help else one.opts[0] for one in found)
    return Complaint(message, ctx, _("Did you mean: {names}?").format(names=names) if found else "")


def no_command(error: click.NoSuchCommand, commands: Sequence[str], group: str | None) -> Complaint:
    """Return the complaint about a command that is none, with those that come near."""
    from difflib import get_close_matches

    words = {unmarked(word): command for word, command in aliases.of(group).items()}
    near = get_close_matches(unmarked(error.command_name), [*commands, *words], n=SHOWN)
    path = error.ctx.command_path if error.ctx else "clb"
    names = ", ".join(f"{path} {one}" for one in near)
    return Complaint(
        _("There is no command {name}.").format(name=error.command_name),
        error.ctx,
        _("Did you mean: {names}?").format(names=names)
        if near
        else _("The commands are: {names}.").format(names=", ".join(commands)),
    )


def as_error(error: click.ClickException) -> InputError:
    """Return what click complained of as an error of the engine, with the way to go on."""
    command = getattr(getattr(error, "ctx", None), "command_path", "clb")
    message = error.format_message()
    advice = getattr(error, "help", "") or _("See {command} --help.").format(command=command)
    if "://" in message + advice:
        from engine.lifecycle.registry import without_passwords

        message, advice = without_passwords(message), without_passwords(advice)
    return InputError(
        message,
        code=codes.USAGE,
        help=advice,
    )
