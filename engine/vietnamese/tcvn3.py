"""Lists typed before 2010 in TCVN3 (ABC) fonts such as .VnTime: one byte a letter, no Unicode.

Such text arrives read as Latin-1, "NguyÔn V¨n An" for "Nguyễn Văn An". The same letters are legal
Latin-1, so it is recognised and shown, and converted only when somebody asks for it. It must not be
cleaned before: the soft hyphen and other signs are letters here.
"""

import re
import unicodedata
from functools import cache

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
_TONES = "\u0300\u0309\u0303\u0301\u0323"
_TONE = re.compile(f"[{_TONES}]")
# Vietnamese letters, ready-made or decomposed, that no text read as Latin-1 can have.
_UNICODE_LETTER = re.compile("[\u0102-\u01b0\u0300-\u0323\u1ea0-\u1ef9]")
_INITIALS = "ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnprstvx]"
_VOWELS = (
    "[aăâeêioôơuưy]|a[iouy]|âu|ây|eo|êu|i[aêu]|iêu|o[aăeo]|oa[iyo]|oeo|ôi|ơi"
    "|u[aâêiôơy]|uây|uôi|uy[aêu]|ư[aiơu]|ươ[iu]|yê|yêu"
)
_FINALS = "ng|nh|ch|[cmnpt]"
_SYLLABLE = re.compile(f"(?:{_INITIALS})?(?:{_VOWELS})(?:{_FINALS})?")


def from_tcvn3(text: str) -> str:
    """Return ``text``, read as Latin-1 or Windows-1252, with its TCVN3 letters as Unicode (NFC).

    A text that has Vietnamese letters of Unicode already is returned as it is, so a sheet of both
    kinds can be converted cell by cell. The capital fonts (.VnTimeH) draw small letters as
    capitals, so a line typed in capitals comes out in capitals: "NGUYÔN V¡N" is "NGUYỄN VĂN".
    """
    if _UNICODE_LETTER.search(text):
        return text
    converted = text.translate(_table())
    capitals = re.search("[A-Z]{2}", text) and not re.search("[a-z]", text)
    return unicodedata.normalize("NFC", converted.upper() if capitals else converted)


def looks_like_tcvn3(text: str) -> bool:
    """Return whether ``text`` makes Vietnamese words as TCVN3 and does not as it is.

    Give it as much as there is (a column, a file): one short word can be both, and then the answer
    is no.
    """
    suspicious = as_is = converted = 0
    table = _table()
    for word in re.findall(r"[^\s.,;:()/0-9-]+", text):
        if word.isascii() or len(word) == 1:
            continue
        if _UNICODE_LETTER.search(word):
            suspicious += 1
            as_is += 1
        elif any(ord(char) in table for char in word):
            suspicious += 1
            as_is += _is_syllable(word)
            converted += _is_syllable(word.translate(table))
    return converted > as_is and 100 * converted >= 80 * suspicious


def _is_syllable(word: str) -> bool:
    decomposed = unicodedata.normalize("NFD", word.lower())
    letters, tones = _TONE.subn("", decomposed)
    return tones <= 1 and bool(_SYLLABLE.fullmatch(unicodedata.normalize("NFC", letters)))


@cache
def _table() -> dict[int, str]:
    table = {0xA1 + place: letter for place, letter in enumerate(_PLAIN)}
    for vowel, forms in _MARKED.items():
        for code, tone in zip(forms.split(), _TONES, strict=True):
            table[int(code, 16)] = unicodedata.normalize("NFC", vowel + tone)
    return table
