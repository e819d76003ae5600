"""Lists typed before 2010 in TCVN3 (ABC) fonts such as .VnTime: one byte a letter, no Unicode.

Such text arrives read as Latin-1, "NguyÔn V¨n An" for "Nguyễn Văn An". The same letters are legal
Latin-1, so it is recognised and shown, and converted only when somebody asks for it. It must not be
cleaned before: the soft hyphen and other signs are letters here.
"""

import re
import unicodedata
from functools import cache

from engine.vietnamese.syllables import TONES, UNICODE_LETTER

# Letters without a mark of their own, in the order of their codes from 0xA1.
_PLAIN = "ĂÂÊÔƠƯĐăâêôơưđ"
# The five marked forms (huyền hỏi ngã sắc nặng) of each vowel and their codes.
_MARKED = {
    "a": "B5 B6 B7 B8 B9",
    "ă": "BB BC BD BE C6",
    "â": "C7 C8 C9 CA CB",
    "e": "CC CE CF D0 D1",
    "ê": "D2 D3 D4 D5 D6",
    "i": "D7 D8 DC DD DE",
    "o": "DF E1 E2 E3 E4",
    "ô": "E5 E6 E7 E8 E9",
    "ơ": "EA EB EC ED EE",
    "u": "EF F1 F2 F3 F4",
    "ư": "F5 F6 F7 F8 F9",
    "y": "FA FB FC FD FE",
}


def from_tcvn3(text: str) -> str:
    """Return ``text``, read as Latin-1 or Windows-1252, with its TCVN3 letters as Unicode (NFC).

    A text that has Vietnamese letters of Unicode already is returned as it is, so a sheet of both
    kinds can be converted cell by cell. The capital fonts (.VnTimeH) draw small letters as
    capitals, so a line typed in capitals comes out in capitals: "NGUYÔN V¡N" is "NGUYỄN VĂN".
    """
    if UNICODE_LETTER.search(text):
        return text
    converted = text.translate(_table())
    capitals = re.search("[A-Z]{2}", text) and not re.search("[a-z]", text)
    return unicodedata.normalize("NFC", converted.upper() if capitals else converted)


@cache
def _table() -> dict[int, str]:
    table = {0xA1 + place: letter for place, letter in enumerate(_PLAIN)}
    for vowel, forms in _MARKED.items():
        for code, tone in zip(forms.split(), TONES, strict=True):
            table[int(code, 16)] = unicodedata.normalize("NFC", vowel + tone)
    return table
