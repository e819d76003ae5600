"""The syllables of Vietnamese: which words can be one, and which letters no name here has."""

import re
import unicodedata
from collections.abc import Callable

TONES = "\u0300\u0309\u0303\u0301\u0323"
"""The tone marks huyền, hỏi, ngã, sắc, nặng, as combining characters."""

UNICODE_LETTER = re.compile("[\u0102-\u01b0\u0300-\u0323\u1ea0-\u1ef9]")
"""A Vietnamese letter, ready-made or decomposed, that no text read as Latin-1 can have."""

_TONE = re.compile(f"[{TONES}]")
_INITIALS = "ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnprstvx]"
_VOWELS = (
    "[aăâeêioôơuưy]|a[iouy]|âu|ây|eo|êu|i[aêu]|iêu|o[aăeo]|oa[iyo]|oeo|ôi|ơi"
    "|u[aâêiôơy]|uây|uôi|uy[aêu]|ư[aiơu]|ươ[iu]|yê|yêu"
)
_FINALS = "ng|nh|ch|[cmnpt]"
_SYLLABLE = re.compile(f"(?:{_INITIALS})?(?:{_VOWELS})(?:{_FINALS})?")
_VIETNAMESE = (
    "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
    # Names of the Ê-đê, Ba-na, Gia-rai and Xơ-đăng; eth and the African d are typed for đ.
    "ñčŭĕĭŏƀĭāēīōūðɖƁɓ"
)
_MARKS = "\u0300-\u0303\u0306\u0309\u031b\u0323"
_IMPOSSIBLE = re.compile(
    rf"[^\x00-\x7f\s{_VIETNAMESE}{_VIETNAMESE.upper()}{_MARKS}"
    r"\u00ad\u2010-\u2027\u200b-\u200f\ufeff’‘ʼ´′“”•·×✓✔√☑☒]"
)


def is_syllable(word: str) -> bool:
    """Return whether a word can be a Vietnamese syllable, whatever it means."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    letters, tones = _TONE.subn("", decomposed)
    return tones <= 1 and bool(_SYLLABLE.fullmatch(unicodedata.normalize("NFC", letters)))


# No-break spaces do not divide: in text that was misread they are half of a letter.
_WORD = re.compile(r"[^ \t\r\n.,;:()/0-9-]+")


def gain(text: str, convert: Callable[[str], str]) -> int:
    """Return how many more words of ``text`` are Vietnamese once they are converted.

    0 where fewer than four fifths of the words in doubt would be: then it is something else.
    """
    doubtful = as_is = converted = 0
    for word in _WORD.findall(text):
        if word.isascii() or len(word) == 1:
            continue
        changed = convert(word)
        if changed != word:
            doubtful += 1
            as_is += is_syllable(word)
            converted += is_syllable(changed.strip())
        elif UNICODE_LETTER.search(word):
            doubtful += 1
            as_is += 1
    return converted - as_is if 100 * converted >= 80 * doubtful else 0


def impossible_letters(text: str) -> str:
    """Return the letters and signs of a text that no name of this country is written with.

    The letters of the peoples of the Central Highlands (ñ, č, ŭ, ƀ ...) are no such ones.
    """
    return "".join(dict.fromkeys(_IMPOSSIBLE.findall(text)))
