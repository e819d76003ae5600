"""The club that a command is about: by its id, its name or a part of it."""

from typing import TYPE_CHECKING

from engine import codes
from engine.cli.context import Context
from engine.cli.pick import did_you_mean, pick
from engine.errors import InputError, UnknownError
from engine.i18n import _
from engine.model import Club
from engine.reports import clubs

if TYPE_CHECKING:
    from engine.store.reader import Reader


def club_id(
    context: Context, named: str, *, asking: bool = True, store: "Reader | None" = None
) -> str:
    """Return the id of the one club meant; at a terminal, of several the one that is chosen.

    A text that is only a part of a name, or nearly one, means no club until somebody says so;
    without ``asking``, as in a file of steps, nobody does. ``store`` is where a command reads that
    writes nothing.
    Raises ``UnknownError`` or ``InputError`` naming those that may be meant.
    """
    store = store or context.registry.store
    found = clubs.find(store, named)
    if len(found) == 1:
        return _named(context, found[0], asking)
    if found:
        error = InputError(
            _("Several clubs are called {name}: {clubs}.").format(
                name=named, clubs="; ".join(map(str, found))
            ),
            code=codes.CLUB_SEVERAL,
            help=_("Give the id instead of the name."),
        )
    else:
        found = clubs.similar(store, named)
        error = UnknownError(
            _("There is no club {club}.").format(club=named),
            code=codes.CLUB_UNKNOWN,
            help=did_you_mean(found) if found else "clb club list",
        )
    if not asking:
        raise error
    return _named(context, pick(context, error, found), asking)


def _named(context: Context, club: clubs.NamedClub, asking: bool) -> str:
    """Return a club's id; messages are in the words of its place from now on."""
    if asking:
        context.read_about(club.province, club.commune)
    return club.club


def meant_club(context: Context, named: str | None) -> Club:
    """Return the club meant; at a terminal one that was not named is asked for."""
    if named is None:
        from engine.cli.ask_step import pick_club

        return pick_club(context)
    return context.registry.lifecycle.club(club_id(context, named))
