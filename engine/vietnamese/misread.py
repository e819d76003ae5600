"""Text that was saved as UTF-8 and read as Windows-1252 or 1258: "Nguyá»…n" for "Nguyễn"."""

import unicodedata
from functools import cache


def from_misread(text: str) -> str:
    """Return ``text`` as it was before a program read its UTF-8 one byte a letter (NFC).

    What was not misread, and what lost a byte on its way, is returned as it is.
    """
    if text.isascii():
        return text
    table = _bytes()
    try:
        decoded = bytes(table[char] for char in text).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return text
    return unicodedata.normalize("NFC", decoded)


@cache
def _bytes() -> dict[str, int]:
    """Return the byte each letter was read from; a byte that has no letter stays its number."""
    table = {chr(byte): byte for byte in range(256)}
    for codec in ("cp1258", "cp1252"):
        for byte in range(0x80, 0x100):
            letter = bytes([byte]).decode(codec, errors="ignore")
            if letter:
                table[letter] = byte
    return table
