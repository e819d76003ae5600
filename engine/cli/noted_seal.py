"""The seal that somebody noted elsewhere: typed, or printed in a report, or in a backup."""

import html
import json
import re
import zipfile
import zlib
from pathlib import Path

from engine import codes
from engine.errors import ClbError, InputError
from engine.files import failure
from engine.i18n import _
from engine.seals.checkpoint import Noted, checkpoint_of, parse, printed

SQLITE = b"SQLite format 3\x00"
ZIP = b"PK"
PARTS = re.compile(r"word/footer\d*\.xml|xl/worksheets/sheet1\.xml|word/document\.xml")
"""Where a report as Word file or workbook has its seal: the footer, or else the text."""
MOST_BYTES = 64_000_000
"""What is read of a file: the foot of a report on 20,000 clubs is within it."""


def backup(text: str) -> Path | None:
    """Return the file if a database is named. Raises ``InputError`` where it cannot be read."""
    file = Path(text)
    return file if _is_file(file) and _start(file).startswith(SQLITE) else None


def read(text: str) -> list[Noted]:
    """Return the seal that was typed, or those in the report or checkpoints of that name.

    Raises ``InputError`` for neither, and for a file without a seal.
    """
    file = Path(text)
    if not _is_file(file):
        return [_typed(text)]
    found = _in_file(file)
    if found:
        return found
    raise InputError(
        _("There is no seal in {file}.").format(file=file),
        code=codes.SEAL_FILE,
        help=_("Type the line itself: {example}.").format(
            example='--seal "BN 2461 3f9a 77c2 01de 88b0"'
        ),
    )


def _typed(text: str) -> Noted:
    try:
        return parse(text)
    except InputError:
        if not set(text) & set("./\\"):
            raise
        raise InputError(
            _("There is no file {file}.").format(file=text),
            code=codes.FILE,
            help=_("Check the name and the folder."),
        ) from None


def _is_file(file: Path) -> bool:
    try:
        return file.is_file()
    except (OSError, ValueError):
        return False


def _in_file(file: Path) -> list[Noted]:
    if _start(file).startswith(ZIP):
        return _in_archive(file)
    try:
        with file.open("rb") as opened:
            text = opened.read(MOST_BYTES).decode("utf-8", "replace")
    except OSError as error:
        raise _unreadable(file, error) from error
    whole = _whole(text)
    if whole:
        return whole
    return _without_tags(text) if "<" in text[:1000] else printed(text)


def _whole(text: str) -> list[Noted]:
    """Return the seals of a report as JSON, a proof or checkpoints, which have the whole root."""
    try:
        document = json.loads(text)
        seal = document.get("seal") or document["tree"]
        prefix = parse(seal["line"]).prefix
        return [Noted(int(seal["size"]), str(seal["root"]), prefix, str(seal["origin"]))]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, InputError):
        blocks = (checkpoint_of(block + "\n") for block in text.split("\n\n"))
        return [one for one in blocks if one is not None]


def _in_archive(file: Path) -> list[Noted]:
    try:
        with zipfile.ZipFile(file) as archive:
            names = sorted(
                filter(PARTS.fullmatch, archive.namelist()), key=lambda one: "footer" not in one
            )
            for name in names:
                with archive.open(name) as part:
                    found = _without_tags(part.read(MOST_BYTES).decode("utf-8", "replace"))
                if found:
                    return found
    except (zipfile.BadZipFile, zlib.error, ValueError, EOFError, OSError, RuntimeError) as error:
        raise _unreadable(file, error) from error
    return []


def _without_tags(text: str) -> list[Noted]:
    """Return the seals printed in XML or HTML; Word may put tags anywhere into a line."""
    for between in ("\n", ""):
        found = printed(html.unescape(re.sub("<[^>]*>", between, text)))
        if found:
            return found
    return []


def _start(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(len(SQLITE))
    except OSError as error:
        raise _unreadable(file, error) from error


def _unreadable(file: Path, error: Exception) -> ClbError:
    if isinstance(error, OSError):
        return failure(file, error)
    return InputError(
        _("{path} cannot be read: {reason}.").format(path=file, reason=_("it is damaged")),
        code=codes.FILE,
        help=_("Check the name and the folder."),
    )
