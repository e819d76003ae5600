"""Take the pictures of the READMEs and of ``docs/``: ``python -m tools.pictures``.

They show what ``clb demo`` writes: the overview of a province in a browser, and a decision as it is
printed. Each picture carries the words it shows, so that a test can say when it is no longer true.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from engine import i18n
from engine.cli import run
from tools.browser import opened, wide

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
PROVINCE = "bac_ninh"
SHOWN = "Shown"
"""The name under which a picture keeps the words it shows."""

WIDTH, HEIGHT = 1200, 760
COLOURS = 128
PAPER = "quyet_dinh_thanh_lap"
PAPER_WIDTH = 900
WORDS = """
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const part = walker.currentNode, range = document.createRange();
    range.selectNodeContents(part);
    const box = range.getBoundingClientRect(), text = part.textContent.trim();
    if (text && box.width > 1 && (!arguments[0] || box.top >= 0 && box.bottom <= innerHeight)
        && part.parentElement.checkVisibility({visibilityProperty: true, opacityProperty: true}))
      found.push(text.replace(/\\s+/g, " "));
  }
  return found;"""


@contextmanager
def demo() -> Iterator[Path]:
    """Play the demo; its files of the province are in the folder."""
    with TemporaryDirectory() as folder:
        i18n.use("vi")
        if run(["demo", "--out", folder]) != 0:
            raise SystemExit(1)
        yield Path(folder) / PROVINCE


def overview(driver: Any, folder: Path) -> tuple[bytes, list[str]]:
    """Return the first screen of the overview, and the words on it."""
    wide(driver, WIDTH, HEIGHT)
    driver.get((folder / "overview.html").as_uri())
    return driver.get_screenshot_as_png(), words(driver, in_view=True)


def words(driver: Any, *, in_view: bool) -> list[str]:
    """Return the texts that the open page shows, or those in view, from top to bottom."""
    found: list[str] = driver.execute_script(WORDS, in_view)
    return found


def decision(folder: Path) -> tuple[bytes, list[str]]:
    """Return the first page of a decision as it is printed, and its words."""
    with TemporaryDirectory() as work:
        office = ["soffice", f"-env:UserInstallation={(Path(work) / 'profile').as_uri()}"]
        paper = folder / f"{PAPER}.docx"
        _do(*office, "--headless", "--convert-to", "pdf", "--outdir", work, str(paper))
        pdf = str(Path(work) / f"{PAPER}.pdf")
        first = ["-f", "1", "-l", "1"]
        shape = ["-png", "-scale-to-x", str(PAPER_WIDTH), "-scale-to-y", "-1"]
        picture = _do("pdftoppm", *first, *shape, pdf)
        text = _do("pdftotext", *first, "-raw", pdf, "-").decode("utf-8")
    return picture, text.split()


def _do(*command: str) -> bytes:
    return subprocess.run(command, capture_output=True, check=True, timeout=180).stdout


def save(path: Path, picture: bytes, words: list[str]) -> None:
    """Save a picture with the words it shows, in few colours: it is of text."""
    about = PngInfo()
    about.add_itxt(SHOWN, "\n".join(words))
    image = Image.open(BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    image.save(path, optimize=True, pnginfo=about)


def shown(path: Path) -> list[str]:
    """Return the words that a picture says it shows."""
    with Image.open(path) as image:
        image.load()
        return str(image.info[SHOWN]).split("\n")


def main() -> int:
    """Take every picture anew."""
    PICTURES.mkdir(exist_ok=True)
    with demo() as folder, TemporaryDirectory() as profile, opened(Path(profile)) as driver:
        save(PICTURES / "overview.png", *overview(driver, folder))
        save(PICTURES / "decision.png", *decision(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
