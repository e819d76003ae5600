"""Fixed phrases of papers: a club's title, numbers, amounts and who signs."""

from typing import Any

from engine.documents import words
from engine.errors import InputError
from engine.vietnamese.text import bare, clean, decision_number, dong, dong_in_words

Values = dict[str, Any]
"""What a template is given."""


def amount(dong_: int | None) -> Values:
    """Return an amount in figures and in words, blanks where it is not known."""
    if dong_ is None:
        return {"amount": None, "in_words": None}
    return {"amount": dong(dong_), "in_words": dong_in_words(dong_)}


def club_title(name: str) -> str:
    """Return a club's name with "Câu lạc bộ" before it, once."""
    shown = clean(name)
    if bare(shown).startswith("cau lac bo"):
        return shown
    first, _blank, rest = shown.partition(" ")
    return f"Câu lạc bộ {rest if bare(first) == 'clb' and rest else shown}"


def paper_number(typed: str | None, symbol: str) -> str:
    """Return a paper's number with its symbol, the number blank where it is not known.

    What cannot be read as a number is printed as it was typed.
    """
    if typed is None:
        return f"{words.SHORT_BLANK}/{symbol}"
    try:
        return decision_number(typed, symbol)
    except InputError:
        return typed


def head_of_committee(title: str | None, signer: str | None) -> Values:
    """Return who signs for the committee: the chair, or a vice chair in the chair's stead.

    NĐ 30/2020 has "TM." for the committee and "KT. CHỦ TỊCH" above a vice chair.
    """
    lines = ["TM. ỦY BAN NHÂN DÂN"]
    said = bare(title or "chu tich").removeprefix("kt. chu tich").strip(" ,;-")
    if said.startswith("pho chu tich"):
        lines += ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
    elif said.startswith("chu tich"):
        lines.append("CHỦ TỊCH")
    else:
        lines.append((title or "").upper())
    return {"lines": lines, "name": signer}


def signature(*lines: str | None, name: str | None = None) -> Values:
    """Return a signature block; the name is a blank where it is not known."""
    return {"lines": list(lines), "name": name}
