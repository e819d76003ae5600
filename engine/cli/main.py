"""The top of the command tree, and how every failure is reported."""

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from typing import Any

import click

from engine import __version__, codes
from engine.cli import tables, usage
from engine.cli.aliases import TOP
from engine.cli.command import Group
from engine.cli.context import Context
from engine.cli.settings import Settings
from engine.errors import ClbError, InputError
from engine.i18n import _, work_in
from engine.vietnamese.text import bare, means

COMMANDS: dict[str, tuple[str, str]] = {
    "desk": ("desk", _("The officer's desk: today's work, clubs and forms, in a window")),
    "demo": ("demo", _("See the whole life of clubs, on real data, in a database of its own")),
    "club": ("club", _("Open, list and look at clubs")),
    "member": ("member", _("Member lists: import, add, edit, list")),
    "board": ("board", _("The club's board (Ban Chủ nhiệm)")),
    "check": ("step", _("What prevents a club's next steps")),
    "advance": ("step", _("Take a club a step further, or record something")),
    "fund": ("fund", _("The clubs' funds")),
    "loan": ("loan", _("Money the club lends to its members")),
    "book": ("book", _("A club's own book as one workbook, out and back in")),
    "due": ("due", _("What falls due, and what is late")),
    "commune": ("commune", _("Administrative units: look them up, load a list")),
    "progress": ("progress", _("How far a province is with its targets")),
    "report": ("report", _("Reports of a province")),
    "document": ("document", _("Administrative papers of a club, as Word files")),
    "officer": ("officer", _("Who may act, and where")),
    "province": ("province", _("Installed province plugins")),
    "policy": ("policy", _("What a province's documents say, with article and date")),
    "lifecycle": ("lifecycle", _("The steps of a club's life")),
    "audit": ("audit", _("Check the event log")),
    "db": ("db", _("Make, check and rebuild the database")),
    "bundle": ("bundle", _("Clubs as files, between computers that share no database")),
    "export": ("export", _("The log for other tools")),
    "doctor": ("doctor", _("Check this installation, with what to do")),
    "explain": ("explain", _("What a code means and what to do")),
}
"""Each command, its module and what it does, known without loading the module."""

UPKEEP = ("audit", "bundle", "db", "demo", "desk", "doctor")
"""Commands that are about a database as it is, or have their own first run."""

HELP = ("help", "trợgiúp", "giúp")
"""Words that ask for the help."""


class LazyGroup(Group):
    """A group that loads a command's module only when that command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of an officer's work."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"engine.cli.{COMMANDS[cmd_name][0]}")
        command = getattr(module, cmd_name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without loading them, then the words for a command of a group."""
        del ctx
        with formatter.section(_("Commands")):
            formatter.write_dl([(self.called(name), text) for name, (_m, text) in COMMANDS.items()])
        short = [(bare(word), meant) for word, meant in TOP.items() if meant not in COMMANDS]
        with formatter.section(_("In one word")):
            formatter.write_dl([(word, f"clb {meant}") for word, meant in short])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command meant and its arguments; help is an option and a word."""
        if any(means(args[0], word) for word in HELP):
            args = [*args[1:], "--help"] if args[1:] else args
        if any(means(args[0], word) for word in HELP):
            click.echo(ctx.get_help())
            ctx.exit()
        return super().resolve_command(ctx, args)


@click.command(
    cls=LazyGroup,
    name="clb",
    help=_("Carries clubs from proposal to yearly review, under their own province's rules."),
    epilog=_("Before or after any command: --json, --database URL, --as OFFICER, --lang vi|en."),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    invoke_without_command=True,
)
@click.version_option(__version__, "--version", message="clb %(version)s")
@click.pass_context
def clb(ctx: click.Context) -> None:
    """Hold the commands; alone at a terminal it is the officer's desk, elsewhere the help."""
    context = ctx.find_object(Context)
    assert context is not None
    if ctx.invoked_subcommand is not None:
        context.may_begin = ctx.invoked_subcommand not in UPKEEP
        return
    context.settle()
    if not context.interactive:
        raise click.exceptions.NoArgsIsHelpError(ctx)
    if tables.plain():
        from engine.cli.plain_desk import run

        run(context)
        return
    from engine.cli.desk import open_desk

    open_desk(context)


def execute(args: Sequence[str], settings: Settings, complaint: str | None = None) -> int:
    """Run one command; whatever is expected to fail becomes a sentence and an exit code."""
    context = Context(settings)
    try:
        if complaint is not None:
            raise InputError(
                _("{option} needs a value.").format(option=complaint), code=codes.USAGE
            )
        if settings.typed_database and "://" in str(settings.database):
            from engine.lifecycle.registry import refuse_shown_password

            refuse_shown_password(str(settings.database))
        answer: Any = clb.main(args=list(args), prog_name="clb", standalone_mode=False, obj=context)
        sys.stdout.flush()
        return answer if isinstance(answer, int) else 0
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return 2
    except click.ClickException as error:
        return context.fail(usage.as_error(error))
    except click.exceptions.Exit as error:
        return int(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo(_("Stopped; nothing was changed."), err=True)
        return 130
    except BrokenPipeError:
        return 0
    except ClbError as error:
        return context.fail(error)
    except OSError as error:
        return _file_failed(context, error)
    finally:
        work_in()
        context.close()


def _file_failed(context: Context, error: OSError) -> int:
    """Report a file that failed where nothing more is known of it, such as the answer's own."""
    from engine.files import failure

    if error.filename is not None:
        return context.fail(failure(os.fsdecode(error.filename), error))
    found = failure(_("The answer"), error, writing=True)
    # What is still to be written would fail once more when the process ends.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    context.settings = replace(context.settings, json=False)
    return context.fail(found)
