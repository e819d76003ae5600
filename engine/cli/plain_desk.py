"""``clb`` alone where a window is no help: first run, clubs, steps and papers as numbered lines.

For screen readers and terminals that are no more than a printer (``CLB_PLAIN=1``). Everything is
done by the commands themselves, with their questions.
"""

from collections.abc import Callable

import click

from engine.cli import advice
from engine.cli.ask_step import (
    Menu,
    acting,
    chosen,
    menu,
    own_clubs,
    own_commune,
    pick_club,
    place_of,
    say_why_not,
)
from engine.cli.context import Context
from engine.cli.first_run import ask_first_run, needs_first_run
from engine.cli.prompt import choose, say, typed
from engine.errors import ClbError
from engine.i18n import _
from engine.interview.situation import StepOffer
from engine.labels import state_name
from engine.model import Club, State
from engine.vietnamese.text import bare

BACK = _("The number, 0 to go back")
BEFORE_THE_DECISION = (State.PREPARING, State.RETURNED, State.PROPOSED)
"""States in which the member list is still being made."""
SHOWN = 12
"""Clubs that are listed; of more of them one is found by some words of its name."""


def run(context: Context) -> int:
    """Lead through the work until nobody wants any more; return the exit code."""
    advice.work_from_a_menu()
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
    listed = own_clubs(context)
    if not listed and own_commune(context) is not None:
        opened = _open(context)
        if opened is not None:
            return opened
    say("")
    say(_("What is to be done?"))
    shown = listed if len(listed) <= SHOWN else ()
    names = [f"{one.name}, {one.village}: {state_name(one.state)}" for one in shown]
    work: list[tuple[str, Callable[[], object]]] = [
        (_("today's work"), lambda: _run(context, "due")),
        (_("open the file of a new club"), lambda: _open(context)),
        (_("make a report"), lambda: _run(context, "report build")),
        (_("somebody else works here"), lambda: _somebody_else(context)),
        (_("add an officer"), lambda: _run(context, "officer add")),
    ]
    if listed and not shown:
        work.insert(0, (_("work on a club"), lambda: pick_club(context)))
    number = choose((*names, *(name for name, _do in work)), _("The number, 0 to leave"))
    if number == 0:
        return None
    if number <= len(shown):
        return lifecycle.club(shown[number - 1].club)
    try:
        done = work[number - len(shown) - 1][1]()
    except click.Abort:
        return True
    return done if isinstance(done, Club) else True


def _somebody_else(context: Context) -> None:
    """Let somebody else work here. Raises ``click.Abort`` where nobody is chosen."""
    from engine.cli.officer import who_it_is

    chosen_ = who_it_is(context, context.registry.officers.everybody()).id
    context.act_as(chosen_)
    context.remembered.keep_officer(chosen_)


def _open(context: Context) -> Club | None:
    """Open the file of a new club and read its list; ``None`` where somebody stopped."""
    before = context.remembered.club
    _run(context, "club open")
    opened = context.remembered.club
    if opened is None or opened == before:
        return None
    say("")
    say(_("The member list, if there is a file of it (Excel, Word, .csv); Enter = later"))
    while file := _later(typed("   " + _("The file"))):
        if _run(context, "member import", opened, file):
            _run(context, "advance", opened, "set_board")
            break
    return context.registry.lifecycle.club(opened)


def _later(text: str) -> str:
    """Return a path as it was typed, blank for a no."""
    path = _path(text)
    return "" if bare(path) in ("khong", "chua", "0") else path


def _work_on(context: Context, club: Club) -> None:
    """Ask what to do with a club until nothing more is to be done."""
    while True:
        now = context.registry.lifecycle.club(club.id)
        offered = menu(context, now)
        say("")
        say(f"{place_of(now)}: {state_name(now.state)}")
        doing = _usual(context, now, offered)
        number = choose([name for name, _do in doing], BACK, offered.default)
        if number == 0:
            return
        doing[number - 1][1]()


Doing = list[tuple[str, Callable[[], object]]]
"""Lines of a menu, each with what it does."""


def _usual(context: Context, club: Club, offered: Menu) -> Doing:
    """Return what is usually done with a club, in few enough lines to stay on the screen."""
    doing: Doing = [(offered.line(one), _taking(context, club, one)) for one in offered.usual]
    if club.state in BEFORE_THE_DECISION:
        doing.append(_list(context, club))
    doing.append((_("the club's page"), lambda: _run(context, "club show", club.id)))
    doing.append((_("a paper to print"), lambda: _print(context, club)))
    doing.append((_("other steps, and why some cannot be taken"), _other(context, club, offered)))
    return doing


def _other(context: Context, club: Club, offered: Menu) -> Callable[[], object]:
    """Return what asks which of the less usual things is done."""

    def ask() -> None:
        doing: Doing = [(offered.line(one), _taking(context, club, one)) for one in offered.rest]
        if club.state not in BEFORE_THE_DECISION:
            doing.append(_list(context, club))
        closed = offered.closed
        doing.append((_("why other steps cannot be taken yet"), lambda: say_why_not(closed)))
        say("")
        number = choose([name for name, _do in doing], BACK)
        if number:
            doing[number - 1][1]()

    return ask


def _list(context: Context, club: Club) -> tuple[str, Callable[[], object]]:
    """Return the line that reads a member list."""

    def read() -> None:
        file = _later(typed(_("The file (Excel, Word, .csv); Enter = later")))
        if file:
            _run(context, "member import", club.id, file)

    return _("read the member list from a file"), read


def _taking(context: Context, club: Club, offer: StepOffer) -> Callable[[], object]:
    """Return what takes a step, as who its line names."""

    def take() -> None:
        acts = context.settings.officer
        _run(context, "advance", club.id, chosen(context, offer))
        if acts is not None:
            context.act_as(acts)

    return take


def _print(context: Context, club: Club) -> None:
    """Print a paper into the folder of papers, where the desk writes them too."""
    _run(context, "document render", club.id)


def _path(text: str) -> str:
    """Return a path as it was typed, or pasted with the quotes that Windows puts around it."""
    return text.strip().strip("\"'")


def _run(context: Context, words: str, *more: str) -> bool:
    """Run a command; what stops it is written, and the work goes on. Return whether it was done."""
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
