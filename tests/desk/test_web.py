"""The desk in a browser: one address, good once, for one browser of this computer."""

import asyncio
import os
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from support.core import ASSOCIATION, Core
from support.databases import address

from engine.desk.web import HOST, WebDesk, listening
from engine.errors import InputError

WINDOW = [sys.executable, "-c", "pass"]
Ask = Callable[[aiohttp.ClientSession, WebDesk], Awaitable[Any]]


@asynccontextmanager
async def serving() -> AsyncIterator[tuple[aiohttp.ClientSession, WebDesk]]:
    desk = WebDesk(WINDOW, None, lambda _line: None)
    runner = web.AppRunner(await desk._make_app())
    await runner.setup()
    await web.SockSite(runner, desk._socket).start()
    try:
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as browser:
            yield browser, desk
    finally:
        await runner.cleanup()


def asked(ask: Ask) -> Any:
    """Return what somebody finds at a desk that is served."""

    async def play() -> Any:
        async with serving() as (browser, desk):
            return await ask(browser, desk)

    return asyncio.run(play())


@pytest.fixture(autouse=True)
def _no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER", "true")


async def status(browser: aiohttp.ClientSession, url: str, **headers: str) -> int:
    async with browser.get(url, headers=headers, allow_redirects=False) as answer:
        return answer.status


async def socket_status(browser: aiohttp.ClientSession, desk: WebDesk, **headers: str) -> int:
    """Return how the request for the window's socket is answered."""
    try:
        async with browser.ws_connect(f"{desk.public_url}/ws", headers=headers):
            return 101
    except aiohttp.WSServerHandshakeError as error:
        return error.status


def test_the_address_opens_the_desk_for_the_browser_that_used_it_first() -> None:
    async def ask(browser: aiohttp.ClientSession, desk: WebDesk) -> list[int]:
        opening = desk.address
        first = await status(browser, opening)
        page = await status(browser, f"{desk.public_url}/")
        again = await status(browser, opening)
        async with aiohttp.ClientSession() as other:
            elsewhere = await status(other, opening), await status(other, f"{desk.public_url}/")
        return [first, page, again, *elsewhere]

    assert asked(ask) == [303, 200, 303, 403, 403]


def test_who_opens_the_address_again_is_led_in_and_the_token_out_of_the_address() -> None:
    async def ask(browser: aiohttp.ClientSession, desk: WebDesk) -> tuple[str, str]:
        opening = desk.address
        await status(browser, opening)
        async with browser.get(opening) as answer:
            return str(answer.url), await answer.text()

    where, page = asked(ask)
    assert "token" not in where
    assert "Đang mở" in page


def test_the_cookie_outlives_the_window_of_the_browser() -> None:
    async def ask(browser: aiohttp.ClientSession, desk: WebDesk) -> str:
        async with browser.get(desk.address, allow_redirects=False) as answer:
            return answer.headers["Set-Cookie"]

    assert "Max-Age" in asked(ask)


@pytest.mark.parametrize("used", [True, False])
def test_who_is_refused_reads_in_vietnamese_what_to_do(used: bool) -> None:
    async def ask(browser: aiohttp.ClientSession, desk: WebDesk) -> tuple[int, str, str]:
        opening = desk.address
        async with aiohttp.ClientSession() as other:
            if used:
                await status(browser, opening)
            where = opening if used else f"{desk.public_url}/"
            async with other.get(where) as answer:
                return answer.status, answer.content_type, await answer.text()

    found, kind, page = asked(ask)
    assert (found, kind) == (403, "text/html")
    assert "bấm F5 ở đó là vào lại được" in page
    assert "mở lại chương trình" in page
    assert "clb desk" not in page


def test_a_wrong_token_opens_nothing_and_does_not_use_up_the_right_one() -> None:
    async def ask(browser: aiohttp.ClientSession, desk: WebDesk) -> list[int]:
        wrong = await status(browser, f"{desk.public_url}/?token=khac")
        none = await status(browser, f"{desk.public_url}/")
        right = await status(browser, desk.address)
        return [wrong, none, right]

    assert asked(ask) == [403, 403, 303]


@pytest.mark.parametrize("path", ["/", "/static/js/textual.js", "/download/1"])
def test_who_was_not_let_in_gets_nothing(path: str) -> None:
    async def ask(browser: aiohttp.ClientSession, desk: WebDesk) -> int:
        return await status(browser, desk.public_url + path)

    assert asked(ask) == 403


@pytest.mark.parametrize(
    ("origin", "found"),
    [
        ("right", 101),
        ("http://127.0.0.1:1", 403),
        ("http://localhost", 403),
        ("https://example.vn", 403),
        ("null", 403),
        (None, 403),
    ],
)
def test_the_socket_of_the_window_answers_the_desks_own_page_alone(
    origin: str | None, found: int
) -> None:
    async def ask(browser: aiohttp.ClientSession, desk: WebDesk) -> int:
        await status(browser, desk.address)
        sent = desk.public_url if origin == "right" else origin
        return await socket_status(browser, desk, **({"Origin": sent} if sent else {}))

    assert asked(ask) == found


def test_a_page_of_another_name_for_this_computer_is_refused() -> None:
    """A name that somebody points at 127.0.0.1 (DNS rebinding) is not this address."""

    async def ask(browser: aiohttp.ClientSession, desk: WebDesk) -> int:
        return await status(browser, desk.address, Host=f"evil.example:{desk.port}")

    assert asked(ask) == 403


def test_the_socket_needs_the_cookie_too() -> None:
    async def ask(browser: aiohttp.ClientSession, desk: WebDesk) -> int:
        return await socket_status(browser, desk, Origin=desk.public_url)

    assert asked(ask) == 403


def test_the_cookie_is_for_this_page_alone() -> None:
    async def ask(browser: aiohttp.ClientSession, desk: WebDesk) -> str:
        async with browser.get(desk.address, allow_redirects=False) as answer:
            return answer.headers["Set-Cookie"]

    cookie = asked(ask)
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


def test_the_page_is_vietnamese_and_loads_nothing_from_elsewhere() -> None:
    async def ask(browser: aiohttp.ClientSession, desk: WebDesk) -> tuple[str, str]:
        async with browser.get(desk.address) as answer:
            return await answer.text(), answer.headers["Content-Security-Policy"]

    page, policy = asked(ask)
    assert "Đang mở" in page
    assert "Cửa sổ làm việc đã đóng." in page
    assert re.findall(r"https?://(?!127\.0\.0\.1)", page) == []
    assert "default-src 'none'" in policy


def test_it_listens_on_this_computer_only() -> None:
    with listening(None) as found:
        assert found.getsockname()[0] == HOST == "127.0.0.1"


def test_a_port_that_is_taken_is_a_sentence() -> None:
    taken = listening(None)
    with taken, pytest.raises(InputError, match="đang có chương trình khác dùng"):
        listening(taken.getsockname()[1])


MISSING = """
import sys
sys.modules["textual_serve"] = None
from engine.cli import run
sys.exit(run(["desk", "--web"]))
"""


def test_where_the_extra_is_missing_it_is_shown_with_what_to_install() -> None:
    done = subprocess.run(
        [sys.executable, "-c", MISSING], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 2
    assert "Chưa cài phần mở cửa sổ làm việc trong trình duyệt." in done.stderr
    assert 'pip install "clb-lien-the-he[web]"' in done.stderr


@pytest.mark.slow
def test_a_browsers_window_shows_the_desk(core: Core) -> None:
    """The whole way: the command, its address, the socket, and the first screen through it."""
    given = {"CLB_DATABASE": address(core.store), "CLB_OFFICER": ASSOCIATION}
    command = [sys.executable, "-m", "engine", "desk", "--web"]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, encoding="utf-8", env={**os.environ, **given}
    ) as server:
        assert server.stderr is not None
        try:
            lines = (line.strip() for line in server.stderr)
            opening = next(line for line in lines if line.startswith("http://127.0.0.1:"))
            shown = asyncio.run(first_bytes(opening))
        finally:
            server.terminate()
    assert "Việc hôm nay" in shown


async def first_bytes(opening: str) -> str:
    """Return what the window shows until today's work is there."""
    base = opening.partition("/?")[0]
    shown = b""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as browser:
        await status(browser, opening)
        async with browser.ws_connect(f"{base}/ws", headers={"Origin": base}) as window:
            async with asyncio.timeout(40):
                async for message in window:
                    if message.type is aiohttp.WSMsgType.BINARY:
                        shown += message.data
                    if "Việc hôm nay".encode() in shown:
                        break
    return shown.decode("utf-8", "replace")
