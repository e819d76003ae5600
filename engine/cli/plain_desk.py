"""``clb`` alone where a window is no help: first run, clubs, steps and papers as numbered lines.

For screen readers and terminals that are no more than a printer (``CLB_PLAIN=1``). Everything is
done by the commands themselves, with their questions.
"""

import click

from engine.cli.ask_step import acting, menu, own_commune, place_of, say_why_not
from engine.cli.context import Context
from engine.cli.first_run import ask_first_run, needs_first_run
from engine.cli.prompt import choose, say, typed, until_read
from engine.errors import ClbError, InputError
from engine.i18n import _
from engine.labels import state_name
from engine.model import Club
from engine.reports import clubs


def run(context: Context) -> int:
    """Lead through the work until nobody wants any more; return the exit code."""
    if needs_first_run(context):
        ask_first_run(context)
    acting(context)
    while True:
        club = _pick(context)
        if club is None:
            return 0
        if isinstance(club, Club):
            _work_on(context, club)


def _pick(context: Context) -> Club | bool | None:
    """Ask what to work on: a club, ``True`` for what was done without one; ``None`` to end."""
    lifecycle = context.registry.lifecycle
    listed = clubs.listing(
        context.registry.store,
        context.province_of_officer(),
        lifecycle.today(),
        commune=own_commune(context),
    )
    if not listed and own_commune(context) is not None:
        opened = _open(context)
        if opened is not None:
            return opened
    say("")
    say(_("What is to be done?"))
    names = [f"{one.name}, {one.village}: {state_name(one.state)}" for one in listed]
    work = (_("today's work"), _("open the file of a new club"))
    number = choose((*names, *work), _("The number, 0 to leave"))
    if number == 0:
        return None
    if number <= len(listed):
        return lifecycle.club(listed[number - 1].club)
    if number == len(listed) + 1:
        _run(context, "due")
        return True
    return _open(context) or True


def _open(context: Context) -> Club | None:
    """Open the file of a new club and read its list; ``None`` where somebody stopped."""
    before = context.remembered.club
    _run(context, "club open")
    opened = context.remembered.club
    if opened is None or opened == before:
        return None
    say("")
    say(_("The member list, if there is a file of it (.xlsx, .xls, .csv); Enter = later"))
    while file := typed("   " + _("The file")).strip().strip("\"'"):
        if _run(context, "member import", opened, file):
            break
    return context.registry.lifecycle.club(opened)


def _work_on(context: Context, club: Club) -> None:
    """Ask what to do with a club until nothing more is to be done."""
    while True:
        now = context.registry.lifecycle.club(club.id)
        offered = menu(context, now)
        more = (
            _("read the member list from a file"),
            _("the club's page"),
            _("a paper to print"),
            _("why other steps cannot be taken yet"),
        )
        say("")
        say(f"{place_of(now)}: {state_name(now.state)}")
        number = choose((*offered.lines, *more), _("The number, 0 to go back"))
        if number == 0:
            return
        if number <= len(offered.lines):
            _run(context, "advance", club.id, offered.step(number))
            continue
        extra = number - len(offered.lines)
        if extra == 1:
            file = until_read(_("The file (.xlsx, .xls, .csv)"), _file)
            _run(context, "member import", club.id, file)
        elif extra == len(more):
            say_why_not(offered.closed)
        else:
            _run(context, "club show" if extra == 2 else "document render", club.id)


def _file(text: str) -> str:
    """Return a path as it was typed, or pasted with the quotes that Windows puts around it."""
    found = text.strip().strip("\"'")
    if not found:
        raise InputError(_("Type where the file is, or drag it into this window."))
    return found


def _run(context: Context, words: str, *more: str) -> bool:
    """Run a command; what stops it is said, and the work goes on. Return whether it was done."""
    from engine.cli.main import clb

    acts = context.settings.officer
    done = False
    try:
        clb.main([*words.split(), *more], prog_name="clb", standalone_mode=False, obj=context)
        done = True
    except click.Abort:
        say(_("Stopped; nothing was changed."))
    except ClbError as error:
        context.fail(error)
    if acts is not None:
        context.act_as(acts)
    return done
