"""Phrases of papers: a club's title, numbers, amounts, what a paper rests on and who signs."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from operator import itemgetter
from typing import Any

from engine.documents import words
from engine.documents.agencies import COMMITTEE, Agency
from engine.i18n import _
from engine.policy.effective import Rules
from engine.policy.model import Document
from engine.vietnamese.text import bare, clean, dmy, dong, dong_in_words, numbered

Values = dict[str, Any]
"""What a template is given."""
_TYPES = ("Quyết định", "Kế hoạch", "Nghị quyết", "Chương trình", "Chỉ thị", "Đề án")
OF_POWER = 1
"""The order of the grounds that give the issuer of a decision its power (thẩm quyền)."""
_HEADS = {"hoi": "CHỦ TỊCH", "ban": "TRƯỞNG BAN", "so": "GIÁM ĐỐC", "phong": "TRƯỞNG PHÒNG"}
"""The head of a Hội, a Ban đại diện, a Sở and a Phòng."""
_JOINED = ("phê duyệt", "ban hành", "về ")


def amount(dong_: int | None) -> Values:
    """Return an amount in figures and in words, blanks where it is not known."""
    if dong_ is None:
        return {"amount": None, "in_words": None}
    return {"amount": dong(dong_), "in_words": dong_in_words(dong_)}


def range_of_amounts(value: int | Mapping[str, int]) -> Values:
    """Return an amount, or a range of amounts, in figures and in words."""
    if isinstance(value, int):
        return amount(value)
    parts = [(word, value[end]) for word, end in (("từ", "min"), ("đến", "max")) if end in value]
    return {
        "amount": " ".join(f"{word} {dong(one)}" for word, one in parts),
        "in_words": " ".join(f"{word} {dong_in_words(one)}" for word, one in parts),
    }


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
    return numbered(typed, symbol)


def legal_bases(rules: Rules, on: date, *, power: bool) -> Iterator[str]:
    """Yield what a paper of a day rests on (căn cứ): the grounds in their order, the programme.

    ``power`` is true for a decision, which names first what gives its issuer the power to decide.
    Each is a line without its closing sign: templates put ";" behind it and "." behind the last.
    A copy that is not signed grounds no decision.
    """
    for order, text in sorted(_grounds(rules, on).values(), key=itemgetter(0)):
        if power or order > OF_POWER:
            yield f"Căn cứ {text}"
    programme = rules.policy.period(on)
    if programme is not None and programme.signed:
        yield f"Căn cứ {cited(programme)}"


def _grounds(rules: Rules, on: date) -> dict[str, tuple[int, str]]:
    """Return the laws and decisions in force that papers cite, by key, with their order.

    What the province's signed document cites goes before the general value of the same key.
    """
    found: dict[str, tuple[int, str]] = {}
    for policy in (rules.general, rules.policy):
        for name, _entries in policy.group("basis"):
            stated = policy.on(f"basis.{name}", on)
            if stated.status == "value" and stated.binding and stated.value.get("order"):
                found[name] = (stated.value["order"], stated.value["text"])
    return found


def not_cited(rules: Rules, on: date) -> Iterator[str]:
    """Yield why a programme document is left out of what a decision of that day rests on."""
    programme = rules.policy.period(on)
    if programme is not None:
        if not programme.signed:
            yield _("{document}: a copy that is not signed, left out of the legal bases.").format(
                document=programme.short
            )
        return
    for document in rules.policy.documents:
        if not document.programme:
            continue
        if document.end is not None and document.end < on:
            yield _("{document} ended on {day}: left out of the legal bases.").format(
                document=document.short, day=dmy(document.end)
            )
        elif document.signed:
            yield _("{document} is in force from {day}: left out of the legal bases.").format(
                document=document.short, day=dmy(document.start)
            )


def cited(document: Document) -> str:
    """Return a document as papers cite it first: type, number, date, issuer, what it is about."""
    type_ = _type(document)
    about = document.title.removeprefix(type_ or "").strip()
    if type_ is None:
        about = f": {about}"
    elif about.startswith(_JOINED):
        about = f" {about}"
    elif about:
        about = f" về việc {about}"
    named = f"{cited_again(document)} {words.day(document.issued)} của {document.issuer}"
    return f"{named}{words.spelled_out(about)}"


def cited_again(document: Document) -> str:
    """Return a document as papers cite it from then on: type and number ("Kế hoạch số 5/KH")."""
    return f"{_type(document) or 'văn bản'} số {document.number}"


def citations(documents: Iterable[Document]) -> dict[str, str]:
    """Return how papers cite each document that has a type, by the short name that messages use."""
    return {one.short: cited_again(one) for one in documents if _type(one)}


def _type(document: Document) -> str | None:
    return next((one for one in _TYPES if document.title.startswith(one)), None)


def cited_paper(type_: str, found: Mapping[str, str], issuer: str) -> str:
    """Return an earlier paper as it is cited: "Tờ trình số 01/TTr-HNCT ngày … của …"."""
    return f"{type_} số {found['number']} {found['date']} của {issuer}"


def head_of_committee(title: str | None, signer: str | None) -> Values:
    """Return who signs for the committee: the chair, or a vice chair in the chair's stead.

    NĐ 30/2020 has "TM." for the committee and "KT. CHỦ TỊCH" above a vice chair.
    """
    lines = ["TM. ỦY BAN NHÂN DÂN"]
    typed = bare(title or "chu tich").removeprefix("kt. chu tich").strip(" ,;-")
    if typed.startswith("pho chu tich"):
        lines += ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
    elif typed.startswith("chu tich"):
        lines.append("CHỦ TỊCH")
    else:
        lines.append((title or "").upper())
    return {"lines": lines, "name": signer}


def signed_for(agency: Agency) -> Values:
    """Return who signs for an agency: its head, by what the agency is; a blank for another one."""
    if agency.symbol == COMMITTEE:
        return head_of_committee(None, None)
    return signature(_HEADS.get(bare(agency.name).partition(" ")[0]))


def signature(*lines: str | None, name: str | None = None) -> Values:
    """Return a signature block; the name is a blank where it is not known."""
    return {"lines": list(lines), "name": name}
