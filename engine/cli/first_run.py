"""The first run at a terminal: six questions, then the database is there and who works in it."""

import click

from engine.cli import ask
from engine.cli.context import Context
from engine.cli.prompt import say, yes
from engine.errors import StorageError
from engine.i18n import _
from engine.labels import role_name
from engine.lifecycle.first_run import begin, first_run


def needs_first_run(context: Context) -> bool:
    """Return whether there is no database yet, or nobody in it."""
    registry = context.registry_if_any()
    return registry is None or not registry.officers.everybody()


def ask_first_run(context: Context) -> None:
    """Ask the six questions, make the database and remember who works here.

    Raises ``click.Abort`` where somebody stops: nothing is made then.
    """
    asks = first_run(context.provinces)
    ask.intro(asks.title)
    for line in asks.preface():
        say(line)
    while True:
        asks = ask.interview(asks)
        said = ask.summary(asks, ())
        if said == ask.STOP:
            raise click.Abort
        if said == ask.RIGHT:
            break
        asks = asks.taken_back(said.path) if not isinstance(said, str) else asks
    officers = asks.officers()
    context.use(begin(context.settings.database, officers, provinces=context.provinces))
    me = officers[0].id
    context.act_as(me)
    context.remembered.keep_officer(me)
    say("")
    for one in officers:
        say(
            _("Added: {officer} {name}, {role}").format(
                officer=one.id, name=one.name, role=role_name(one.role)
            )
        )
    say(
        _("This computer remembers {name}; somebody else: {command}.").format(
            name=officers[0].name, command="clb canbo dung"
        )
    )


def offer_first_run(context: Context, missing: StorageError) -> None:
    """Ask whether the database that a command needs is to be made now, and make it.

    Raises ``missing`` where somebody does not want it, ``click.Abort`` where somebody stops.
    """
    say(missing.message)
    if not yes(_("Make it now, with six questions?")):
        raise missing
    ask_first_run(context)
