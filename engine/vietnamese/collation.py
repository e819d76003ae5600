"""Vietnamese collation: sort keys for names and words.

The alphabet is a ă â b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v x y, with the foreign letters
f j w z at their usual places. Within one syllable the letters come first and the tone second, in
the order ngang, huyền, hỏi, ngã, sắc, nặng; where the tone mark is written does not matter.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TypeVar

Row = TypeVar("Row")
SortKey = tuple[tuple[int, ...], ...]

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_FIRST_LETTER = 0x80  # above every ASCII sign and digit
_FOREIGN = 0x100
# The Icelandic eth and the African d resemble đ, and old keyboards typed them for it. Names of the
# Central Highlands are typed with any apostrophe there is.
LOOKALIKES = str.maketrans({"ð": "đ", "ɖ": "đ"} | dict.fromkeys("’‘ʼʻ′`´", "'"))
# What distinguishes a name, written behind it: "Nguyễn Văn Bình (A)", "Lê Thị Mơ (vợ ông Kha)".
_BEHIND = re.compile(r"\s*[(\[][^()\[\]]*[)\]]?\s*$")


def name_order(name: str) -> SortKey:
    """Return the sort key of a person's name: given name (tên), family name (họ), middle (đệm).

    What is in brackets behind the name only decides between names that are the same.

    >>> sorted(["Vũ Thị Yến", "Đinh Văn Ăn", "Trần Thị Anh"], key=name_order)
    ['Trần Thị Anh', 'Đinh Văn Ăn', 'Vũ Thị Yến']
    """
    words = (_BEHIND.sub("", name) or name).split()
    if not words:
        return ((), _exactly(name))
    family = _syllable(words[0]) if len(words) > 1 else ((), ())
    parts = [*_syllable(words[-1]), *family]
    for word in words[1:-1]:
        parts += _syllable(word)
    return (*parts, (), _exactly(name))


def word_order(text: str) -> SortKey:
    """Return the sort key of a place name or a heading: read left to right, "3" before "10"."""
    parts: list[tuple[int, ...]] = []
    for word in text.split():
        parts += _syllable(word)
    return (*parts, (), _exactly(text))


def in_order(rows: Iterable[Row], *texts: Callable[[Row], str]) -> list[Row]:
    """Return rows by their first text as :func:`word_order` has it, those alike in it by the next.

    A text is only looked at where those before it are the same: the lists of a province are long,
    and few clubs share a village.
    """
    there = list(rows)
    if len(there) < 2 or not texts:
        return there
    alike: dict[str, list[Row]] = {}
    for row in there:
        alike.setdefault(texts[0](row), []).append(row)
    return [
        row for text in sorted(alike, key=word_order) for row in in_order(alike[text], *texts[1:])
    ]


def _exactly(text: str) -> tuple[int, ...]:
    """Return a key that settles ties, so that a list has one order whatever its order before."""
    return tuple(map(ord, unicodedata.normalize("NFC", text)))


@lru_cache(maxsize=4096)
def _syllable(word: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the letters of one word and its tones, both as numbers that compare in order."""
    letters: list[str] = []
    tones: list[int] = []
    for char in unicodedata.normalize("NFD", word.casefold().translate(LOOKALIKES)):
        if char in _TONES:
            tones.append(_TONES[char])
        else:
            letters.append(char)
    return _ranks(unicodedata.normalize("NFC", "".join(letters))), tuple(tones)


def _ranks(letters: str) -> tuple[int, ...]:
    ranks: list[int] = []
    digits = ""
    for char in letters:
        if char.isascii() and char.isdigit():
            digits += char
            continue
        if digits:
            ranks += ord("0"), int(digits)
            digits = ""
        place = _ALPHABET.find(char)
        if place >= 0:
            ranks.append(_FIRST_LETTER + place)
        else:
            ranks.append(ord(char) if char.isascii() else _FOREIGN + ord(char))
    if digits:
        ranks += ord("0"), int(digits)
    return tuple(ranks)
