"""The first run at a terminal: a few questions, then the database is there and who works in it."""

from pathlib import Path

from engine.cli import advice, ask, kept
from engine.cli.ask_step import acting
from engine.cli.context import Context
from engine.cli.prompt import say, yes
from engine.errors import ClbError, StorageError
from engine.i18n import _
from engine.interview.first_run import DRAFT
from engine.labels import office_name
from engine.lifecycle.first_run import begin, first_run

STARTING_FILE = ".clbz"


def needs_first_run(context: Context) -> bool:
    """Return whether there is no database yet, or nobody in it."""
    registry = context.registry_if_any()
    return registry is None or not registry.officers.everybody()


def ask_first_run(context: Context) -> None:
    """Ask the questions, make the database and remember who works here.

    Raises ``click.Abort`` where somebody stops: nothing is made then, and the answers are kept.
    """
    if _begun_with_file(context):
        return
    asks = first_run(context.provinces)
    ask.intro(asks.title)
    for line in asks.preface():
        say(line)
    officers = kept.settled(context, asks, DRAFT).officers()
    context.use(begin(context.settings.database, officers, provinces=context.provinces))
    context.remembered.drop_draft(*DRAFT)
    me = officers[0].id
    context.act_as(me)
    context.remembered.keep_officer(me)
    say("")
    for one in officers:
        say(
            _("Added: {name}, {role}").format(
                name=one.name, role=office_name(one, city=context.is_city(one.province))
            )
        )
    if advice.from_a_menu():
        say(_("This computer remembers {name}.").format(name=officers[0].name))
        return
    say(
        _("This computer remembers {name}; somebody else: {command}.").format(
            name=officers[0].name, command="clb canbo dung"
        )
    )


def _begun_with_file(context: Context) -> bool:
    """Offer to begin with a province's starting file that is in this folder; return whether it did.

    A file that is refused is reported, and the questions are asked.
    """
    files = sorted(Path().glob(f"*{STARTING_FILE}"))
    question = _("Begin with the province's file {name}?")
    if not files or not yes(question.format(name=files[-1].name)):
        return False
    from engine.cli.bundle_import import begin_with

    try:
        begin_with(context, files[-1])
    except ClbError as error:
        context.fail(error)
        return False
    say(_("The database is made; officers and clubs are those of the file."))
    acting(context)
    return True


def offer_first_run(context: Context, missing: StorageError) -> None:
    """Ask whether the database that a command needs is to be made now, and make it.

    Raises ``missing`` where somebody does not want it, ``click.Abort`` where somebody stops.
    """
    say(missing.message)
    if not yes(_("Make it now, with a few questions?")):
        raise missing
    ask_first_run(context)
