"""A report as a Word paper: the report's figures in tables, names as text."""

from io import BytesIO
from typing import Any

import docx
import pytest
from support.glance import FORMULA, LONG, SCRIPT, built, hostile

from engine import i18n
from engine.documents.report import render
from engine.vietnamese.text import number


@pytest.fixture(autouse=True)
def english() -> Any:
    before = i18n.language()
    i18n.use("en")
    yield
    i18n.use(before)


def paper(document: dict[str, Any]) -> Any:
    return docx.Document(BytesIO(render(document)))


def table(made: Any, *headings: str) -> list[list[str]]:
    """Return the rows below the headings of the table that begins with these."""
    for one in made.tables:
        rows = [[cell.text for cell in row.cells] for row in one.rows]
        if rows[0][: len(headings)] == list(headings):
            return rows[1:]
    raise AssertionError(headings)


def text(made: Any) -> str:
    return "\n".join(one.text for one in made.paragraphs)


def test_its_figures_are_the_reports() -> None:
    document = built(37)
    figures = dict(table(paper(document), "Figure", "Value"))
    for name, label in (("clubs", "Clubs alive"), ("members", "Members"), ("women", "Women")):
        assert figures[label] == number(document["figures"][name])
    clubs = table(paper(document), "Club's name", "Commune", "Stage")
    assert [(row[0], row[1], row[3]) for row in clubs] == [
        (one["name"], one["place"], number(one["members"])) for one in document["clubs"]
    ]
    communes = table(paper(document), "Commune", "Clubs alive")
    assert [row[:2] for row in communes] == [
        [one["place"], number(one["clubs"])] for one in document["communes"]
    ]


def test_money_earlier_reports_and_clubs_that_need_attention_are_in_it() -> None:
    document = built(37)
    made = paper(document)
    money = table(made, "Year", "Fund", "Source")
    assert [row[3] for row in money] == [
        number(one["amount"]) for one in document["received"]["parts"]
    ]
    earlier = table(made, "Report", "Due", "Sent")
    assert [row[3] for row in earlier] == [
        number(one["days_late"]) for one in document["earlier_reports"]
    ]
    assert len(earlier) > 0
    attention = table(made, "Club's name", "Commune", "Why")
    assert [row[0] for row in attention] == [one["name"] for one in document["attention"]]
    assert all(row[2] for row in attention)


def test_each_target_has_its_article() -> None:
    rows = table(paper(built(37)), "Target", "Asked")
    assert [row[3] for row in rows] == [one["source"] for one in built(37)["progress"]]
    assert len({row[0] for row in rows}) == len(rows)


def test_it_says_to_whom_when_and_what_it_was_made_from() -> None:
    document = built(37, "half_year", "2022H1")
    made = paper(document)
    shown = text(made)
    assert "From 01/01/2022 to 30/06/2022" in shown
    assert document["log"]["head"] in shown
    assert document["policy"]["digest"] in shown
    foot = "\n".join(cell.text for row in made.tables[-1].rows for cell in row.cells)
    for one in document["report"]["to"]:
        assert one["name"] in foot


def test_it_is_laid_out_as_the_decree_says() -> None:
    made = paper(built(37))
    (section,) = made.sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert (round(section.left_margin.mm), round(section.right_margin.mm)) == (30, 15)
    assert made.styles["Normal"].font.name == "Times New Roman"
    head = "\n".join(cell.text for row in made.tables[0].rows for cell in row.cells)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in head
    assert "BÁO CÁO" in text(made)


def test_hostile_text_stays_text_and_no_field_of_a_template() -> None:
    made = paper(hostile())
    names = [row[0] for row in table(made, "Club's name", "Commune", "Stage")]
    assert {SCRIPT, FORMULA, "{{ 7*7 }}", "**a**"} <= set(names)
    assert LONG[:499] + "…" in names
    assert "49" not in names
    assert SCRIPT in text(made)
    assert "{%" not in text(made)


def test_a_province_without_clubs_has_its_paper_too() -> None:
    assert table(paper(built(0)), "Club's name", "Commune", "Stage") == []
