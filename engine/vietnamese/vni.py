"""Lists typed in VNI fonts such as VNI-Times: a vowel, and after it a sign that is its mark.

Read as Latin-1, "Nguyeãn Thò Höôøng" is "Nguyễn Thị Hường".
"""

import re
import unicodedata
from functools import cache

from engine.vietnamese.syllables import UNICODE_LETTER

_LETTERS = {
    "ô": "ơ",
    "ö": "ư",
    "ñ": "đ",
    "í": "í",
    "ì": "ì",
    "æ": "ỉ",
    "ó": "ĩ",
    "ò": "ị",
    "î": "ỵ",
}
_TONES = {"ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ù": "\u0301", "ï": "\u0323"}
# â ă and their tones, as one sign after the vowel.
_ROOFS = {"â": "", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "á": "\u0301", "ä": "\u0323"}
_BOWLS = {"ê": "", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "é": "\u0301", "ë": "\u0323"}
_PAIR = re.compile("[aeouyôö][ùøûõïâáàåãäêéèúüë]|[íìæóòîôöñ]", re.IGNORECASE)


def from_vni(text: str) -> str:
    """Return ``text``, read as Latin-1 or Windows-1252, with its VNI letters as Unicode (NFC).

    A text that has Vietnamese letters of Unicode already is returned as it is, so a sheet of both
    kinds can be converted cell by cell.
    """
    return text if UNICODE_LETTER.search(text) else _PAIR.sub(_letter, text)


def _letter(found: re.Match[str]) -> str:
    typed = found[0]
    letter = _table().get(typed.lower())
    if letter is None:
        # No letter of the font: the vowel as it is, with the sign after it read alone.
        rest = _table().get(typed[1:].lower(), typed[1:]) if len(typed) > 1 else ""
        first = _table().get(typed[0].lower(), typed[0].lower())
        return (first.upper() if typed[0].isupper() else first) + rest
    return letter.upper() if typed[0].isupper() else letter


@cache
def _table() -> dict[str, str]:
    table = dict(_LETTERS)
    for vowel in ("a", "e", "o", "u", "y", "ô", "ö"):
        for sign, tone in _TONES.items():
            table[vowel + sign] = _LETTERS.get(vowel, vowel) + tone
    for vowel in "aeo":
        for sign, tone in _ROOFS.items():
            table[vowel + sign] = vowel + "\u0302" + tone
    for sign, tone in _BOWLS.items():
        table["a" + sign] = "a\u0306" + tone
    return {typed: unicodedata.normalize("NFC", letter) for typed, letter in table.items()}
