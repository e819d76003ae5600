"""What a paper rests on (căn cứ): the law, the province's document in force, earlier papers.

Each basis is a line without its closing sign; templates put ";" behind it and "." behind the last.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from engine.documents import words
from engine.policy.effective import Rules
from engine.policy.model import Document

_TYPES = ("Quyết định", "Kế hoạch", "Nghị quyết", "Chương trình", "Chỉ thị", "Đề án")
_LAW = "Luật"
_JOINED = ("phê duyệt", "ban hành", "về ")


def legal(rules: Rules, on: date) -> Iterator[str]:
    """Yield the law and the province's programme document that hold on a day."""
    for document in rules.general.documents:
        if document.title.startswith(_LAW) and document.holds(on):
            yield f"Căn cứ {document.title} {words.day(document.issued)}"
    programme = rules.policy.period(on)
    if programme is not None:
        yield f"Căn cứ {cited(programme)}"


def cited(document: Document) -> str:
    """Return a document as papers cite it: type, number, date, issuer and what it is about."""
    type_ = next((one for one in _TYPES if document.title.startswith(one)), None)
    about = document.title.removeprefix(type_ or "").strip()
    if type_ is None:
        about = f": {about}"
    elif about.startswith(_JOINED):
        about = f" {about}"
    elif about:
        about = f" về việc {about}"
    number, day = document.number, words.day(document.issued)
    return f"{type_ or 'văn bản'} số {number} {day} của {document.issuer}{about}"


def paper(type_: str, found: Mapping[str, str], issuer: str) -> str:
    """Return an earlier paper as it is cited: "Tờ trình số 01/TTr-HNCT ngày … của …"."""
    return f"{type_} số {found['number']} {found['date']} của {issuer}"
