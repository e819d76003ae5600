"""Who acts on a server is who logged in: an officer with a login of the own acts under it alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from engine import codes
from engine.errors import NotPermittedError
from engine.i18n import _
from engine.store.database import Store
from engine.store.reader import Reader

KNOWN = "SELECT id, login FROM officer WHERE login IS NOT NULL AND (id = ? OR login = ?)"
IS_BOUND = "SELECT row_security_active('event')"

_again: ContextVar[bool] = ContextVar("again", default=False)


@contextmanager
def taking_again() -> Iterator[None]:
    """Let steps be taken again as their officers': these logged in when they recorded them.

    Ask ``require_no_own_login`` first.
    """
    before = _again.set(True)
    try:
        yield
    finally:
        _again.reset(before)


def require_login(store: Store, officer: str) -> None:
    """Refuse an officer who is not the one that logged in to the server.

    A login that is nobody's may be of an office where several officers share it; then whoever has
    a login of the own is refused. A file has no logins. Raises ``NotPermittedError``.
    """
    if store.login is None or _again.get():
        return
    known = store.rows(KNOWN, (officer, store.login))
    if not known or (officer, store.login) in known:
        return
    theirs = sorted({str(id_) for id_, login in known if login == store.login})
    if theirs:
        message = _("The login {login} is of {officer}, who acts as nobody else.").format(
            login=store.login, officer=", ".join(theirs)
        )
    else:
        message = _("{officer} acts under the own login only, not under {login}.").format(
            officer=officer, login=store.login
        )
    raise NotPermittedError(
        message,
        code=codes.OFFICER_LOGIN,
        help=_("Log in to the server as the officer who acts, or act as the one who logged in."),
    )


def require_whole(store: Reader, advice: str) -> None:
    """Refuse a login of communes where a whole province is needed. Raises ``NotPermittedError``."""
    if store.is_partial:
        raise NotPermittedError(
            _("This login sees the clubs of its own communes only."),
            code=codes.DATABASE_PART,
            help=advice,
        )


def require_no_own_login(store: Store) -> None:
    """Refuse a login that records for some only where events of others are kept.

    That is an officer's own, and each one that row-level security binds. Raises
    ``NotPermittedError``.
    """
    if store.login is None:
        return
    known = store.rows(KNOWN, ("", store.login))
    if known:
        message = _(
            "A file brings what others recorded; under the login {login} only {officer} can record."
        ).format(login=store.login, officer=", ".join(sorted(str(id_) for id_, _l in known)))
    elif store.rows(IS_BOUND)[0][0]:
        message = _(
            "A file brings what others recorded; the login {login} may not record for everybody."
        ).format(login=store.login)
    else:
        return
    raise NotPermittedError(
        message,
        code=codes.OFFICER_LOGIN,
        help=_(
            "Whoever keeps the server takes the file in, with the account that owns the tables."
        ),
    )
