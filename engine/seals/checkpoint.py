"""How a seal is written: one short line for people, a checkpoint for programs, and both read back.

The line is ``BN 2461 · 3f9a 77c2 01de 88b0``: the province's prefix, how many events the tree has,
and the first 64 bits of its root. The checkpoint is the text of C2SP tlog-checkpoint, unsigned:
origin, size and the whole root in base64, a line each.
"""

import base64
import re
from dataclasses import dataclass

from engine import codes
from engine.errors import InputError
from engine.i18n import _

ORIGIN = "clb-lien-the-he"
"""What the origin of every log begins with."""
ROOT_DIGITS = 64
SHOWN_DIGITS = 16
"""How many hexadecimal digits of the root the short line has: 64 bits."""

LINE = re.compile(
    r"(?<![A-Za-z0-9])(?P<prefix>[A-Za-z]{2,4})\s+(?P<size>[0-9]{1,12})\s*[^\w\s]?\s*"
    r"(?P<root>[0-9A-Fa-f]{4}(?:\s*[0-9A-Fa-f]{4}){3}(?:(?:\s*[0-9A-Fa-f]{4}){12})?)"
    r"(?![0-9A-Za-z])"
)
PRINTED = re.compile(r"(?<![A-Z])([A-Z]{2,4}) ([0-9]{1,12}) · ((?:[0-9a-f]{4} ){3}[0-9a-f]{4})\b")
"""The line exactly as this program prints it, which is what is looked for in a file."""


@dataclass(frozen=True, slots=True)
class Noted:
    """A seal as somebody outside has it: ``root`` is 16 to 64 hexadecimal digits of the root.

    At least one of ``prefix`` (the province's, from a line) and ``origin`` (from a checkpoint) is
    known.
    """

    size: int
    root: str
    prefix: str | None = None
    origin: str | None = None

    def __str__(self) -> str:
        return line(self.prefix or self.origin or "?", self.size, self.root)

    def is_of(self, prefix: str, origin: str) -> bool:
        """Return whether this is a seal of the log with that prefix and origin."""
        if self.origin is not None:
            return self.origin == origin
        return self.prefix == prefix

    def fits(self, root: str) -> bool:
        """Return whether this is what was noted of that root, in hexadecimal."""
        return root.startswith(self.root)


def line(prefix: str, size: int, root: str) -> str:
    """Return the short line of a seal; ``root`` is in hexadecimal."""
    shown = root[:SHOWN_DIGITS]
    return f"{prefix} {size} · " + " ".join(shown[at : at + 4] for at in range(0, len(shown), 4))


def checkpoint(origin: str, size: int, root: str) -> str:
    """Return a seal as the text of a C2SP tlog-checkpoint without signatures."""
    return f"{origin}\n{size}\n{base64.b64encode(bytes.fromhex(root)).decode()}\n"


def parse(text: str) -> Noted:
    """Read a short line or a checkpoint, however it is spaced. Raises ``InputError``."""
    found = LINE.fullmatch(text.strip())
    if found is not None:
        digits = "".join(found["root"].split()).lower()
        return Noted(int(found["size"]), digits, prefix=found["prefix"].upper())
    made = checkpoint_of(text)
    if made is not None:
        return made
    raise InputError(
        _("“{text}” is not a seal.").format(text=" ".join(text.split())[:80]),
        code=codes.SEAL_TEXT,
        help=_("Type it as it is printed, for example: {example}.").format(
            example="BN 2461 · 3f9a 77c2 01de 88b0"
        ),
    )


def printed(text: str) -> list[Noted]:
    """Return the seals printed in a text, each once, in order."""
    found = (
        Noted(int(size), root.replace(" ", ""), prefix=prefix)
        for prefix, size, root in PRINTED.findall(text)
    )
    return list(dict.fromkeys(found))


def checkpoint_of(text: str) -> Noted | None:
    """Return the seal of a checkpoint, ``None`` for any other text."""
    lines = text.split("\n")
    if len(lines) < 4 or not lines[0] or not re.fullmatch("0|[1-9][0-9]{0,11}", lines[1]):
        return None
    try:
        root = base64.b64decode(lines[2], validate=True).hex()
    except ValueError:
        return None
    if len(root) != ROOT_DIGITS:
        return None
    return Noted(int(lines[1]), root, origin=lines[0])
