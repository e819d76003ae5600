"""Tables of many rows in a report's Word file: no other than those of few."""

from io import BytesIO
from typing import Any

import docx
from support.glance import HOSTILE, hostile

from engine.documents.long_tables import LONG
from engine.documents.report import render


def clubs_table(document: dict[str, Any]) -> Any:
    """Return the numbered list of the clubs."""
    tables = docx.Document(BytesIO(render(document))).tables
    return next(one for one in tables if [row.cells[0].text for row in one.rows][1:3] == ["1", "2"])


def test_a_row_of_a_long_table_is_that_of_a_short_one_whatever_its_texts_are() -> None:
    few, many = hostile(), hostile()
    many["clubs"] += few["clubs"]
    assert len(few["clubs"]) <= LONG < len(many["clubs"])
    short, long = clubs_table(few), clubs_table(many)
    assert (len(short.rows), len(long.rows)) == (1 + len(few["clubs"]), 1 + len(many["clubs"]))
    for place in range(1, len(short.rows)):
        assert long.rows[place]._tr.xml == short.rows[place]._tr.xml
    last = [cell.text for cell in long.rows[-1].cells]
    assert last[0] == str(len(many["clubs"]))
    assert last[1:] == [cell.text for cell in short.rows[-1].cells][1:]
    assert HOSTILE[0] in [row.cells[1].text for row in long.rows]


def test_nothing_of_a_pattern_is_left() -> None:
    many = hostile()
    many["clubs"] *= 2
    body = docx.Document(BytesIO(render(many))).element.body
    assert "\ue000" not in body.xml
    assert "<!--" not in body.xml
