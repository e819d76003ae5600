"""The seal that somebody noted elsewhere: typed, or printed in a report, or in a backup."""

import html
import json
import re
import zipfile
from pathlib import Path

from engine import codes
from engine.archive import DAMAGED
from engine.errors import ClbError, InputError
from engine.files import SQLITE_HEAD, failure
from engine.i18n import _
from engine.seals.checkpoint import (
    ORIGIN,
    ROOT_DIGITS,
    Noted,
    checkpoint_of,
    parse,
    printed,
)

ZIP = b"PK"
PARTS = re.compile(r"word/footer\d*\.xml|xl/worksheets/sheet1\.xml|word/document\.xml")
"""Where a report as Word file or workbook has its seal: the footer, or else the text."""
ROOT = re.compile(f"[0-9a-f]{{{ROOT_DIGITS}}}")
TAG = re.compile("<[^>]*>")
BLOCK = re.compile(r"</?(?:w:)?(?:p|div|li|br|tr|tc|td|th|h[1-6]|row|c)\b[^>]*>")
"""A tag of HTML, a Word file or a workbook that ends a line; any other may be within one."""
STRANGE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)
"""What reading JSON that is no report's and no proof's ends in."""
MOST_BYTES = 64_000_000
"""What is read of a file: the foot of a report on 20,000 clubs is within it."""


def backup(text: str) -> Path | None:
    """Return the file if a database is named. Raises ``InputError`` where it cannot be read."""
    file = Path(text)
    return file if _is_file(file) and _start(file).startswith(SQLITE_HEAD) else None


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
        shown = parse(seal["line"])
        one = Noted(int(seal["size"]), str(seal["root"]), shown.prefix, str(seal["origin"]))
    except (InputError, *STRANGE):
        return _checkpoints(text)
    if not ROOT.fullmatch(one.root) or shown.size != one.size or not shown.fits(one.root):
        raise _contradicts(seal["line"])
    return [one]


def _checkpoints(text: str) -> list[Noted]:
    """Return the seals of a file of checkpoints. Raises ``InputError`` where one is damaged.

    One that is passed over would let the others answer for it.
    """
    blocks = [block.strip("\n") for block in re.split("\n{2,}", text.replace("\r\n", "\n"))]
    read = [(block, checkpoint_of(block + "\n")) for block in blocks if block]
    if all(one is None for _block, one in read):
        return []
    for block, one in read:
        if one is None and block.startswith(f"{ORIGIN}/"):
            raise _contradicts(block.partition("\n")[0])
    return [one for _block, one in read if one is not None]


def _contradicts(name: str) -> InputError:
    return InputError(
        _("The seal {name} in the file is damaged or was changed.").format(name=name[:80]),
        code=codes.SEAL_FILE,
        help=_("Type the line itself: {example}.").format(
            example='--seal "BN 2461 3f9a 77c2 01de 88b0"'
        ),
    )


def _in_archive(file: Path) -> list[Noted]:
    try:
        with zipfile.ZipFile(file) as archive:
            names = sorted(filter(PARTS.fullmatch, archive.namelist()))
            feet = [name for name in names if "footer" in name]
            for group in (feet, [name for name in names if name not in feet]):
                found = list[Noted]()
                for name in group:
                    with archive.open(name) as part:
                        found += _without_tags(part.read(MOST_BYTES).decode("utf-8", "replace"))
                if found:
                    return list(dict.fromkeys(found))
    except DAMAGED as error:
        raise _unreadable(file, error) from error
    return []


def _without_tags(text: str) -> list[Noted]:
    """Return the seals printed in XML or HTML; Word may put tags anywhere into a line.

    A line in one piece does not answer for another that tags have split.
    """
    found = dict[tuple[int, str], Noted]()
    for bare in (TAG.sub("\n", text), TAG.sub("", BLOCK.sub("\n", text))):
        for one in printed(html.unescape(bare)):
            found.setdefault((one.size, one.root), one)
    return list(found.values())


def _start(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(len(SQLITE_HEAD))
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
