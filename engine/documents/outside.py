"""What a Word file fetches or runs from elsewhere when somebody opens it.

Word loads a linked picture, template or text from its address as it opens the file: the
address learns who opened it, and on Windows who is logged in. A hyperlink waits to be clicked.
"""

import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FIELDS = frozenset(
    ("DATABASE", "DDE", "DDEAUTO", "IMPORT", "INCLUDE", "INCLUDEPICTURE", "INCLUDETEXT", "LINK")
)
"""The fields that fetch something (ECMA-376 part 1, 17.16.5; DDE of older versions)."""
FOLDERS = ("word/embeddings/", "word/activex/")
"""Where a file has objects of other programs."""
LOCAL_TEMPLATE = "file:///"
"""Word notes the template that a document was begun with, which may lie on its writer's disk."""


def reaching(archive: zipfile.ZipFile) -> Iterator[str]:
    """Yield what reaches outside, as its file has it. Raises ``SyntaxError`` for broken XML."""
    for name in archive.namelist():
        folded = name.lower()
        if folded.startswith(FOLDERS):
            yield name
        elif folded.endswith(".rels"):
            yield from _linked(_parsed(archive.read(name)))
        elif folded.startswith("word/") and folded.endswith(".xml"):
            yield from _fields(_parsed(archive.read(name)))


def _parsed(data: bytes) -> Element:
    if b"<!DOCTYPE" in data:
        raise SyntaxError("a part of a Word file declares no entities")
    return ElementTree.fromstring(data)  # noqa: S314  (no entities; expat limits what it expands)


def _linked(root: Element) -> Iterator[str]:
    """Yield the addresses of what is not in the file, but for hyperlinks."""
    for one in root:
        kind = str(one.get("Type", "")).rpartition("/")[2]
        target = str(one.get("Target", ""))
        on_a_disk = target.startswith(LOCAL_TEMPLATE) and target[9:10] == ":"
        if one.get("TargetMode") != "External" or kind == "hyperlink":
            continue
        if not (kind == "attachedTemplate" and on_a_disk):
            yield target


def _fields(root: Element) -> Iterator[str]:
    """Yield the instructions of fields that fetch something; one may be cut into many parts."""
    begun: list[str] = []
    for one in root.iter():
        if one.tag == f"{WORD}fldSimple":
            yield from _fetching(str(one.get(f"{WORD}instr", "")))
        elif one.tag == f"{WORD}instrText":
            if begun:
                begun[-1] += one.text or ""
        elif one.tag == f"{WORD}fldChar" and one.get(f"{WORD}fldCharType") == "begin":
            begun.append("")
        elif one.tag == f"{WORD}fldChar" and begun:
            yield from _fetching(begun[-1])
            if one.get(f"{WORD}fldCharType") == "end":
                begun.pop()
            else:
                begun[-1] = ""


def _fetching(instruction: str) -> Iterator[str]:
    words = instruction.split()
    if words and words[0].upper() in FIELDS:
        yield " ".join(words)
