"""Play a page of ``docs/`` at the officer's desk, and take its pictures.

A page holds blocks ```` ```text desk ````, each line one thing: what is typed (``gõ``), which key
is pressed or what is clicked on (``bấm``), what is seen (``thấy``). ``<!-- ngày 03/03/2025 -->`` is
the day that follows. A picture in the page shows the screen as it is at that place.
``python -m tools.desk_player`` renews the pictures.
"""

import asyncio
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from textual.pilot import Pilot

from engine import i18n
from engine.scenario.world import StillClock
from engine.vietnamese.text import parse_date

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "can-bo" / "mot-ngay.md"
SIZE = (80, 24)
PATIENCE_SECONDS = 20
PARTS = re.compile(
    r"^```text desk\n(?P<block>.*?)^```$|<!-- ngày (?P<day>[0-9/]+) -->"
    r"|!\[[^\]]*\]\((?P<picture>[^)]+\.svg)\)",
    re.MULTILINE | re.DOTALL,
)
KEYS = {
    "Enter": "enter",
    "Esc": "escape",
    "Tab": "tab",
    "phím cách": "space",
    "mũi tên xuống": "down",
    "mũi tên lên": "up",
    "mũi tên phải": "right",
    "mũi tên trái": "left",
}
COMMENT = re.compile(r"<!--.*?-->\s*", re.DOTALL)
FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
CLUB_ID = re.compile(r"\b([A-Z]{2})-[0-9A-Z]{8}\b")
SVG_ID = re.compile(r"\bterminal-[0-9]+\b")


@dataclass(frozen=True)
class Act:
    """One line of a page: ``gõ``, ``bấm``, ``thấy``, ``ngày`` or ``hình``, and what of it."""

    what: str
    text: str


def acts(page: str) -> Iterator[Act]:
    """Yield what a page does and shows, in its order."""
    for part in PARTS.finditer(page):
        if part["day"]:
            yield Act("ngày", part["day"])
        elif part["picture"]:
            yield Act("hình", part["picture"])
        else:
            for line in filter(None, map(str.strip, part["block"].splitlines())):
                what, _blank, text = line.partition(" ")
                yield Act(what, text.strip())


@dataclass
class Sitting:
    """One person before the screen of the desk."""

    pilot: "Pilot[None]"

    @property
    def lines(self) -> list[str]:
        """What the screen shows, line by line."""
        strips = self.pilot.app.screen._compositor.render_strips()
        return ["".join(part.text for part in strip).rstrip() for strip in strips]

    @property
    def text(self) -> str:
        """What the screen shows, as one text with single blanks."""
        return " ".join(" ".join(self.lines).split())

    async def sees(self, *texts: str) -> None:
        """Wait until the screen shows these texts."""
        await self.until(lambda: all(one in self.text for one in texts), texts)

    async def until(self, seen: Callable[[], bool], wanted: object) -> None:
        """Wait until something is so."""
        end = monotonic() + PATIENCE_SECONDS
        while not seen():
            if monotonic() > end:
                raise AssertionError(f"not seen: {wanted}\n" + "\n".join(self.lines))
            await self.pilot.pause(0.02)

    async def press(self, *keys: str) -> None:
        """Press keys by their names."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Type a text where the cursor is."""
        await self.press(*("space" if one == " " else one for one in text))

    async def paste(self, text: str) -> None:
        """Paste a text where the cursor is."""
        from textual.events import Paste

        self.pilot.app.post_message(Paste(text))
        await self.pilot.pause()

    async def click(self, text: str) -> None:
        """Wait until a text stays where it is on the screen and click on its first place."""
        await self.sees(text)
        place, before = self._place(text), None
        while place != before:
            await self.pilot.pause()
            place, before = self._place(text), place
        await self.pilot.click(offset=place)
        await self.pilot.pause()

    def _place(self, text: str) -> tuple[int, int]:
        """Return the column and the row of a text. Raises ``AssertionError`` for none."""
        for row, line in enumerate(self.lines):
            if text in line:
                return line.index(text) + 1, row
        raise AssertionError(f"not on the screen: {text}\n" + "\n".join(self.lines))


async def play(page: str, url: str, clock: StillClock, pictures: Path | None = None) -> int:
    """Do what a page says at a desk of its own; return how many answers were given.

    ``pictures`` is the folder of the page where its pictures are written; without it none are.
    """
    from engine.desk.app import Desk
    from engine.desk.database import DatabaseThread
    from engine.remembered import Remembered

    answers = 0
    app = Desk(DatabaseThread(url, clock), Remembered(url))
    async with app.run_test(size=SIZE) as pilot:
        me = Sitting(pilot)
        for act in acts(page):
            answers += act.what == "gõ"
            if act.what == "gõ":
                await me.type(act.text)
            elif act.what == "bấm":
                await pressed(me, act.text)
            elif act.what == "thấy":
                await me.sees(act.text)
            elif act.what == "ngày":
                clock.day = parse_date(act.text)
            elif pictures is not None:
                await me.sees("F1")  # the keys come last
                picture = pictures / act.text
                picture.parent.mkdir(exist_ok=True)
                picture.write_text(drawn(app.export_screenshot()), encoding="utf-8")
    return answers


async def pressed(me: Sitting, text: str) -> None:
    """Press a key, or click on what is written on the screen."""
    if text.startswith("vào "):
        await me.click(text.removeprefix("vào "))
    else:
        await me.press(KEYS.get(text, text.lower()))


def drawn(svg: str) -> str:
    """Return a picture that loads nothing from a network and has every letter of Vietnamese.

    A club's random id and the checksum that names the picture's parts are left out of it: a picture
    of the same screen is the same file.
    """
    families = "Consolas, 'Roboto Mono', 'Liberation Mono', Menlo, monospace"
    plain = COMMENT.sub("", FONTS.sub("", svg))
    stable = CLUB_ID.sub(r"\1-4QJ7X2M8", SVG_ID.sub("terminal", plain))
    return re.sub(r"font-family:[^;]*;", f"font-family: {families};", stable)


def main() -> int:
    """Renew the pictures of the page."""
    i18n.use("vi")
    with TemporaryDirectory() as home:
        shutil.copytree(ROOT / "docs" / "examples", Path(home) / "docs" / "examples")
        os.chdir(home)
        os.environ["CLB_HOME"] = home
        page = PAGE.read_text(encoding="utf-8")
        url = str(Path(home) / "clb.sqlite3")
        answers = asyncio.run(play(page, url, StillClock(date(2025, 3, 3)), PAGE.parent))
    sys.stdout.write(f"{PAGE.name}: {answers} answers typed\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
