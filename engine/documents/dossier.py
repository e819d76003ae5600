"""The folder of a stage of a club's life: which papers are in it, and what is left open in each."""

import re
from collections.abc import Collection, Iterator, Mapping
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from engine.documents.papers import Paper, papers
from engine.documents.words import BLANK, SHORT_BLANK
from engine.model import State
from engine.policy.effective import Rules

AT_WORK = ("records", "supervision", "review")
NEXT: Mapping[State, tuple[str, ...]] = {
    State.PREPARING: ("proposal",),
    State.RETURNED: ("proposal",),
    State.WITHDRAWN: ("proposal",),
    State.PROPOSED: ("approval",),
    State.REJECTED: ("approval",),
    State.APPROVED: ("approval", "training"),
    State.TRAINED: ("launch",),
    State.LAUNCHED: AT_WORK,
    State.OPERATING: AT_WORK,
    State.CONSOLIDATING: AT_WORK,
    State.SUSPENDED: ("closure",),
    State.DISSOLVED: ("closure",),
}
"""The stages whose papers a club in a state needs."""
ONLY_WHEN_RECORDED = frozenset({"return", "change_board"})
"""Steps whose papers are in a folder only once the step was taken: no club plans for them."""
_DOTS = re.compile(rf"[.]{{4,}}|{SHORT_BLANK}|{BLANK}")
MOST_LETTERS = 60


def of_stages(
    stages: Collection[str], taken: Collection[str], rules: Rules | None = None
) -> tuple[Paper, ...]:
    """Return the papers of some stages in their order; ``taken`` are the steps a club took.

    With ``rules`` those of the province's own kinds are among them.
    """
    return tuple(
        one
        for one in papers(rules)
        if one.stage in stages
        and (not ONLY_WHEN_RECORDED & set(one.steps) or set(one.steps) & set(taken))
    )


def by_hand(data: bytes) -> list[str]:
    """Return the labels of the places in a filled Word file that are left to be written in."""
    found: dict[str, None] = {}
    for paragraph in Document(BytesIO(data)).element.body.iter(qn("w:p")):
        if label := _label(paragraph):
            found[label] = None
    return list(found)


def _label(paragraph: Any) -> str | None:
    """Return what is written before the blank of a paragraph; ``None`` without one."""
    text = "".join(_texts(paragraph))
    place = _DOTS.search(text)
    if place is None:
        return None
    before = text[: place.start()].strip(" :;,-(/")
    return before[-MOST_LETTERS:].strip() or None


def _texts(paragraph: Any) -> Iterator[str]:
    leader = any(tab.get(qn("w:leader")) == "dot" for tab in paragraph.iter(qn("w:tab")))
    for node in paragraph.iter(qn("w:t"), qn("w:tab")):
        if node.tag == qn("w:t"):
            yield node.text or ""
        elif leader and node.get(qn("w:val")) is None:
            yield BLANK
