"""The name of a person in a list: titles, two people in one cell, spoilt letters, capitals."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from engine.i18n import _
from engine.roster import words
from engine.roster.letters import are_lost
from engine.roster.model import Sex
from engine.vietnamese.spoilt import spoilt_as
from engine.vietnamese.syllables import is_syllable
from engine.vietnamese.text import bare, clean

# The families of nearly everybody, as bare words: they distinguish a title from a name, and begin a
# second name in one cell.
FAMILIES = frozenset(
    re.findall(
        r"\w+",
        """an au bach be bui cam cao chau chu cu dam dang danh dao dinh do doan dong duong giang ha
        ho hoang hong hua huynh khuc kieu kim kpa ksor la lam lau le lo long luong luu ly ma mac mai
        mua nay nghiem ngo nguyen ninh nong pham phan phung quach quang rahlan siu son sung ta thach
        thai than thao to ton tong tran trang trieu trinh truong van vang vi vo vu vuong yen""",
    )
)
_TITLE = re.compile(
    r"(?P<male>ông|ong|ô|cụ ông|bác trai|anh|chú)|(?P<female>bà|ba|b|cụ bà|bác gái|chị|cô|mẹ)"
    r"|(?:cụ|cu|cố|bác|đ/c|đ\.c|đc|d/c|đồng chí)",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"(?P<title>cụ ông|cụ bà|bác trai|bác gái|đồng chí|[^\W\d_./]+(?:[./][^\W\d_]+)?)"
    r"(?:\s*[.:]\s*|\s+)(?P<rest>\S.*)",
    re.IGNORECASE,
)
# Words with which a title, or a second person, begins.
_SECOND_READING = frozenset(
    {"ong", "o", "cu", "co", "bac", "anh", "chu", "ba", "b", "chi", "me", "dc", "dong", "va", "vo"}
)
_AMBIGUOUS = frozenset({"ông", "ong", "ba", "cu", "ô", "b", "anh", "cô"})
_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]?")
_TOGETHER = re.compile(
    r"\w và \w|cùng (?:vợ|chồng)|\bva (?:vo|chong|ong|ba)\b|[&+;]|\bvợ chồng\b|\bvo chong\b",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"[,/]|\s[-–—]|[-–—]\s|[-–—](?:chủ|phó|thư|thủ|tổ|trưởng|chi|bí|cn\b|pcn\b)", re.IGNORECASE
)
_IN_SLASH = re.compile(r"đ/c|d/c", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is to be kept. ``sex`` is what a title says, ``removed`` the title.

    ``expected`` is set where it is not one person's name, ``is_spoilt`` where that is for its
    letters. ``gone`` is what a remark in it says: "gone" or "away". ``begins_like_title`` is true
    where a title may be a family's name and was left.
    """

    name: str
    sex: Sex | None = None
    removed: str = ""
    expected: str = ""
    is_spoilt: bool = False
    gone: str | None = None
    begins_like_title: bool = False


def examined(text: str, lines: tuple[str, ...] = ()) -> Name:
    """Return what is to be kept of a name that was cleaned; ``lines`` are those of its cell."""
    parts = text.split()
    if len(lines) < 2 and 1 < len(parts) < 5 and all(map(_is_ordinary, parts)):
        return Name(text)
    if "?" in text or are_lost(text) or spoilt_as(text) is not None:
        return Name(text, expected=_("the name with all its letters"), is_spoilt=True)
    gone = next((kind for part in _BRACKETS.findall(text) if (kind := words.gone(part))), None)
    if gone is not None:
        text = _BRACKETS.sub(lambda part: "" if words.gone(part[0]) else part[0], text).strip()
    name = _BRACKETS.sub("", text)
    if _TOGETHER.search(name) or _is_two(name) or _in_lines(lines):
        return Name(text, expected=_("one person a row: each with a row of their own"), gone=gone)
    if _MORE.search(_IN_SLASH.sub("", name)):
        return Name(text, expected=_("only the name of one person"), gone=gone)
    return replace(_title(text), gone=gone)


@lru_cache(maxsize=8192)
def _is_ordinary(word: str) -> bool:
    """Return whether a word of a name needs no second reading."""
    if not word.isalpha() or bare(word) in _SECOND_READING:
        return False
    return word.isascii() or (is_syllable(word) and not are_lost(word))


def _title(text: str) -> Name:
    """Take the title off a name, where the rest of it is a name still."""
    name, sex, removed = text, None, ""
    for _again in range(2):
        match = _FIRST.fullmatch(name)
        title = _TITLE.fullmatch(match["title"]) if match else None
        if match is None or title is None:
            return Name(name, sex, removed)
        rest = match["rest"]
        first = bare(rest.split()[0])
        # Ông Văn Tám may be one of the family Ông: Văn is a middle name far more often.
        named = (first in FAMILIES and first != "van") or first == "y"
        if len(rest.split()) < 2 or (match["title"].lower() in _AMBIGUOUS and not named):
            return Name(name, sex, removed, begins_like_title=True)
        titled: Sex | None = "M" if title["male"] else "F" if title["female"] else None
        name, sex, removed = rest, sex or titled, f"{removed} {match['title']}".strip()
    return Name(name, sex, removed)


def _is_two(text: str) -> bool:
    """Return whether the words make two names: a man's and a woman's middle name."""
    parts = text.lower().split()
    return len(parts) >= 5 and "văn" in parts[1:-1] and "thị" in parts[1:-1]


def _in_lines(lines: tuple[str, ...]) -> bool:
    """Return whether each line of a cell is a whole name."""
    named = [line.split() for line in map(clean, lines) if line]
    whole = [parts for parts in named if len(parts) > 1 and bare(parts[0]) in FAMILIES]
    return len(whole) > 1


def seldom(name: str, sex: Sex) -> bool:
    """Return whether a name seldom goes with a sex: Văn in a woman's, Thị in a man's."""
    folded = name.casefold()
    if sex == "M":
        return " thị " in folded
    return " văn " in folded and " thị " not in folded
