"""Whether a text that people read is Vietnamese: every word a syllable by the rules, or allowed.

A Vietnamese syllable is an initial, a rhyme and a tone; one that ends in c, ch, p or t has no tone
but sắc or nặng. English words that happen to be one ("to", "do") are not found, but no English
sentence has only those.
"""

import re
import unicodedata
from collections.abc import Iterator

INITIALS = (
    *("ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr"),
    *"bcdđghklmnprstvx",
    "",
)
RHYMES = frozenset(
    word
    for line in (
        "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât",
        "âu ây e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip",
        "it iu iêc iêm iên iêng iêp iêt iêu o oc oi om on ong op ot oa oac oach oai oam",
        "oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet oong ô ôc ôi",
        "ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut uân uâng uât uây",
        "uê uêch uênh uôc uôi uôm uôn uông uôt uơ uy uya uych uyên uyêt uyt uynh uyn",
        "uyp uyu ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y yêm yên",
        "yêng yêt yêu",
    )
    for word in line.split()
)
TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
STOPPED = ("c", "ch", "p", "t")
ENGLISH = frozenset({"the", "on", "he", "than", "then", "them", "me", "be", "due", "page", "have"})
"""English words that could be syllables and are no words of these texts."""
ALLOWED = frozenset(
    word
    for line in (
        "Excel Word Zalo Outlook Python SQLite PostgreSQL Windows LibreOffice Unicode",
        "Linux macOS Chrome x z VnTime Textual clb kB MB GB ms Internet web email Merkle Enter",
        "Esc Tab Shift Ctrl macro Workbook Document byte demo wheel pytest pg_dump pg_restore",
    )
    for word in line.split()
)
"""Names of programs and makers, units, and loan words that Vietnamese offices write so."""
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|`[^`]*`")
"""What somebody typed, or is to type."""
_LEFT_OUT = re.compile(
    r"""
    \b[A-Z]{2}\ \d+\ ·(\ [0-9a-f]{4})+   # a seal
    | \[[^\]]*\] | \([^()]*\)            # codes in brackets
    | \{[^}]*\}                          # what a message is filled in with
    | \b(clb|pip|python)(\ +[^\s.,;:()]+)+  # a command
    | --[a-z][a-z-]*(\ [\w.-]+)?(=\S+)?  # an option with what is given to it
    | [\w.]+=\S+                        # a field with its content
    | \b\w+\.[a-z_]+\b                  # a file, or a name inside another
    | \bCLB_[A-Z_]+ | \b[A-Z]{2}-[0-9A-Z]{8}\b | \bCLB(-[A-Z]+)+
    | \S*[\\/@]\S*                       # a path or an address
    | \*?\.[a-z][a-z0-9]{1,8}\b          # the end of a file's name
    """,
    re.VERBOSE,
)
_PERIOD = re.compile(r"\b[0-9]{4}H[12]\b")
"""A period as programs write it: people read the first half of a year."""
_WORD = re.compile(r"(?<!\w)[^\W\d](?:[\w'-]*\w)?")


def is_syllable(word: str) -> bool:
    """Return whether a word is one Vietnamese syllable.

    >>> [is_syllable(word) for word in ("Nghiêng", "quỹ", "giếng", "gì", "not", "state")]
    [True, True, True, True, False, False]
    """
    letters, tones = [], 0
    marks = ""
    for char in unicodedata.normalize("NFD", word.lower()):
        if char in TONES:
            tones += 1
            marks = char
        else:
            letters.append(char)
    plain = unicodedata.normalize("NFC", "".join(letters))
    if tones > 1 or (plain in ENGLISH and not tones):
        return False
    rhymes = [plain[len(one) :] for one in INITIALS if plain.startswith(one)]
    if plain.startswith("gi"):
        rhymes.append(plain[1:])  # gì, giếng: the i belongs to the rhyme too
    if plain.startswith("qu"):
        rhymes.append(plain[1:])  # quy, quyết
    for rhyme in rhymes:
        if rhyme in RHYMES and (not rhyme.endswith(STOPPED) or marks in ("\u0301", "\u0323")):
            return True
    return False


def foreign(text: str) -> list[str]:
    """Return the words of a text that are neither Vietnamese nor allowed, as they are written."""
    return list(_foreign(_LEFT_OUT.sub(" ", _QUOTED.sub("…", text))))


def _foreign(text: str) -> Iterator[str]:
    yield from _PERIOD.findall(text)
    for found in _WORD.finditer(text):
        word = found[0]
        if word in ALLOWED or word.isupper() or any(char.isdigit() for char in word):
            continue
        if not all(is_syllable(part) for part in re.split(r"[-']", word) if part):
            yield word
