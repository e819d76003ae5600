"""The desk in a browser of this computer: one window, one key, nothing for anybody else.

The server listens on 127.0.0.1 only. The address has a token that opens the desk once: whoever uses
it first gets a cookie, and from then on only that browser is answered, to the same address too,
until the server is closed. What a page of another site sends is refused by its Origin and Host,
which a browser does not let it choose. Who is refused gets a page that says what to do.
"""

import hmac
import secrets
import shlex
import socket
import subprocess
import sys
import webbrowser
from collections.abc import Callable, Sequence
from html import escape
from importlib.resources import files
from string import Template

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from textual_serve.server import Server

from engine import codes
from engine.errors import InputError
from engine.i18n import _, language

HOST = "127.0.0.1"
COOKIE_SECONDS = 7 * 24 * 3600
"""How long a browser keeps the cookie, closed or not; it is good for this server alone."""


class WebDesk(Server):
    """The server. ``command`` is the program that a window runs, ``say`` shows the address."""

    def __init__(
        self, command: Sequence[str], port: int | None, say: Callable[[str], None]
    ) -> None:
        self._socket = listening(port)
        chosen = int(self._socket.getsockname()[1])
        super().__init__(
            joined(command),
            host=HOST,
            port=chosen,
            title=_("Intergenerational self-help clubs"),
            public_url=f"http://{HOST}:{chosen}",
        )
        self._say = say
        self._token: str | None = secrets.token_urlsafe(32)
        self._session = secrets.token_urlsafe(32)
        self._cookie = f"clb_desk_{chosen}"

    @property
    def address(self) -> str:
        """The address that opens the desk, once."""
        return f"{self.public_url}/?token={self._token}"

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.middlewares.append(self._guarded)
        return app

    @property
    def _guarded(self) -> Middleware:
        @web.middleware
        async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
            """Answer only the browser that the desk was opened in."""
            if request.headers.get("Host") != f"{HOST}:{self.port}":
                raise self._refused(_("This address is not the desk's."))
            origin = request.headers.get("Origin")
            is_socket = request.path == "/ws"
            if origin != self.public_url if is_socket else origin not in (None, self.public_url):
                raise self._refused(_("Another page may not use the desk."))
            known = self._knows(request.cookies.get(self._cookie))
            if request.path == "/" and "token" in request.query:
                return self._led_in() if known else self._let_in(request.query["token"])
            if not known:
                raise self._refused(_("This browser has not opened the desk yet."))
            return await handler(request)

        return guarded

    def _let_in(self, token: str) -> web.StreamResponse:
        """Exchange the token for a cookie; it is good for one time."""
        if self._token is None or not _equal(token, self._token):
            raise self._refused(_("This address was used already, in another browser or window."))
        self._token = None
        answer = self._led_in()
        answer.set_cookie(
            *(self._cookie, self._session),
            httponly=True,
            samesite="Strict",
            path="/",
            max_age=COOKIE_SECONDS,
        )
        return answer

    def _led_in(self) -> web.Response:
        """Lead to the desk, and the token out of the address."""
        return web.Response(status=303, headers={"Location": "/"})

    def _refused(self, what: str) -> web.HTTPForbidden:
        """Return the page that says why nothing is shown, and what to do."""
        todo = (
            _("Go back to the browser window that opened the desk first; F5 there shows it again."),
            _("No such window any more: close the program's black window, then start it anew."),
            _("It opens the browser itself, or shows a new address there."),
        )
        page = Template(files(__name__).joinpath("refused.html").read_text(encoding="utf-8"))
        text = page.substitute(
            language=language(),
            title=escape(self.title),
            what=escape(what),
            todo="".join(f"<li>{escape(one)}</li>" for one in todo),
        )
        return web.HTTPForbidden(text=text, content_type="text/html", headers=HEADERS)

    def _knows(self, cookie: str | None) -> bool:
        return cookie is not None and _equal(cookie, self._session)

    async def handle_index(self, request: web.Request) -> web.StreamResponse:
        """Return the page with the window in it: our words, and nothing from the network."""
        del request
        page = Template(files(__name__).joinpath("page.html").read_text(encoding="utf-8"))
        text = page.substitute(
            language=language(),
            title=self.title,
            socket=f"ws://{HOST}:{self.port}/ws",
            opening=_("Opening ..."),
            closed=_("The desk is closed."),
            again=_("Open it again"),
            gone=_("The program is closed: start it anew, as you did before."),
        )
        return web.Response(text=text, content_type="text/html", headers=HEADERS)

    def serve(self, debug: bool = False) -> None:
        """Serve until Ctrl+C."""
        del debug
        web.run_app(self._make_app(), sock=self._socket, print=None)

    async def on_startup(self, app: web.Application) -> None:
        """Show the address and open a browser at it."""
        del app
        self._say(_("The desk is open in the browser. If none opened, go to this address:"))
        self._say(self.address)
        self._say(_("Press Ctrl+C here to close it."))
        webbrowser.open(self.address)


POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "font-src 'self'; img-src 'self' data:; connect-src 'self' ws://127.0.0.1:*; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
"""What the page may load: its own files, and nothing of another site."""
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}


def _equal(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def listening(port: int | None) -> socket.socket:
    """Return a socket on a port of this computer, on any free one if none is given.

    Raises ``InputError`` where another program has the port.
    """
    found = socket.socket()
    try:
        found.bind((HOST, port or 0))
    except OSError as error:
        found.close()
        raise InputError(
            _("Another program uses the port {port}.").format(port=port),
            code=codes.USAGE,
            help=_("Leave out --port: then a free one is taken."),
        ) from error
    found.listen()  # a browser that is opened at once waits here
    return found


def joined(command: Sequence[str]) -> str:
    """Return a command as the system's shell takes it."""
    return subprocess.list2cmdline(command) if sys.platform == "win32" else shlex.join(command)
