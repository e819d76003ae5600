"""A report as a Word paper: the report's figures in tables, names as text."""

from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from support.glance import FORMULA, LONG, SCRIPT, built, hostile

from engine import i18n
from engine.documents.report import render
from engine.reports.writers.sentences import place
from engine.vietnamese.text import number

LIST = ("No.", "Club's name", "Commune", "Stage")


@pytest.fixture(autouse=True)
def english() -> Any:
    before = i18n.language()
    i18n.use("en")
    yield
    i18n.use(before)


def paper(document: dict[str, Any]) -> Any:
    """Return the opened file, its words apart by plain spaces."""
    made = docx.Document(BytesIO(render(document)))
    for node in made.element.body.iter(qn("w:t")):
        node.text = (node.text or "").replace("\N{NO-BREAK SPACE}", " ")
    return made


def table(made: Any, *headings: str) -> list[list[str]]:
    """Return the rows below the headings of the table that begins with these."""
    for one in made.tables:
        rows = [[cell.text for cell in row.cells] for row in one.rows]
        if rows[0][: len(headings)] == list(headings):
            return rows[1:]
    raise AssertionError(headings)


def text(made: Any) -> str:
    return "\n".join(one.text for one in made.paragraphs)


def everything(made: Any) -> str:
    """Return every text of the body."""
    return "\n".join(node.text or "" for node in made.element.body.iter(qn("w:t")))


def feet(made: Any) -> str:
    """Return the line at the foot of every page, which is one."""
    (line,) = {section.footer.paragraphs[0].text for section in made.sections}
    return line


def in_the_province(row: dict[str, Any]) -> str:
    """Return the place of a row without what it shares with all of them."""
    return str(row["place"]).replace(", tỉnh Bắc Ninh", "")


def test_its_figures_are_the_reports() -> None:
    document = built(37)
    rows = table(paper(document), "Figure", "Value", "Change since 31/12/2023")
    figures = {label: value for label, value, _change in rows}
    change = document["figures"]["members"] - document["previous"]["figures"]["members"]
    assert number(change) in [row[2] for row in rows if row[0] == "Members"]
    for name, label in (("clubs", "Clubs alive"), ("members", "Members"), ("women", "Women")):
        assert figures[label] == number(document["figures"][name])
    clubs = table(paper(document), *LIST)
    assert [(row[0], row[1], row[2], row[5]) for row in clubs] == [
        (number(place), one["name"], in_the_province(one), number(one["members"]))
        for place, one in enumerate(document["clubs"], start=1)
    ]
    *communes, total = table(paper(document), "Commune", "Clubs alive")
    assert total[0] == "Total"
    for name, cell in zip(("clubs", "members", "elderly", "income_fund"), total[1:], strict=True):
        assert cell == number(document["figures"][name])
    assert [row[:2] for row in communes] == [
        [in_the_province(one), number(one["clubs"])] for one in document["communes"]
    ]


def test_a_fund_that_no_club_has_opened_has_no_sum() -> None:
    document = built(37)
    for rows in (document["communes"], document["clubs"], [document["figures"]]):
        for one in rows:
            one["income_fund"] = None
    *_communes, total = table(paper(document), "Commune", "Clubs alive")
    assert total[-1] == ""


def test_the_general_procedure_is_named_at_the_foot_alone() -> None:
    document = built(37)
    general = "general procedure, not a provision of the province"
    foot = "without an article: general procedure"
    for row in document["attention"]:
        for reason in row["reasons"]:
            reason["source"] = "QĐ 933/QĐ-UBND, Phần thứ ba, V"
    for one in document["overdue"]:
        one["source"] = "QĐ 933/QĐ-UBND, Phần thứ ba, V"
    assert foot not in feet(paper(document))
    for one in document["overdue"]:
        one["source"] = general
    made = paper(document)
    assert {len(row) for row in table(made, "What", "Club's name")} == {5}
    assert "general procedure" not in everything(made)
    assert feet(made).endswith(foot)
    document["overdue"][0]["source"] = "QĐ 933/QĐ-UBND, Phần thứ ba, V"
    late = table(paper(document), "What", "Club's name")
    assert [row[-1] for row in late[:2]] == ["Phần thứ ba, V", ""]
    assert "general procedure" not in everything(paper(document))


@pytest.mark.parametrize(
    ("title", "period", "about"),
    [
        ("Báo cáo, tổng kết 1 năm", "2019", "Tổng kết năm 2019"),
        ("Báo cáo, sơ kết 6 tháng", "2019H2", "Sơ kết 6 tháng cuối năm 2019"),
        (
            "Báo cáo kết quả của Hội NCT tỉnh",
            "2019",
            "Kết quả của Hội người cao tuổi tỉnh năm 2019",
        ),
        ("Báo cáo quý", "2019Q3", "Quý 3 năm 2019"),
        ("Báo cáo quý kết quả thực hiện Kế hoạch", "2019Q3", "Kết quả thực hiện Kế hoạch quý 3"),
        ("Báo cáo xã bãi ngang", "2019", "Xã bãi ngang năm 2019"),
        ("Báo cáo thực hiện giai đoạn 2018 - 2020", "2019", "Thực hiện giai đoạn 2018 - 2020"),
    ],
)
def test_its_title_has_the_period_and_no_abbreviation(title: str, period: str, about: str) -> None:
    document = built(1)
    document["report"] |= {"title": title, "cycle": "year"}
    document["period"]["id"] = period
    i18n.use("vi")
    shown = text(paper(document)).replace("\N{NO-BREAK SPACE}", " ")
    assert any(line.startswith(about) for line in shown.splitlines())


@pytest.mark.parametrize("name", ["Thử", "Tỉnh Thử"])
def test_the_province_is_called_a_province_once(name: str) -> None:
    document = built(1)
    document["province"] |= {"name": name, "kind": "province"}
    i18n.use("vi")
    assert place(document) == "tỉnh Thử"


def test_money_earlier_reports_and_clubs_that_need_attention_are_in_it() -> None:
    document = built(37)
    made = paper(document)
    *money, total = table(made, "Year", "Fund", "Source")
    assert [row[3] for row in money] == [
        number(one["amount"]) for one in document["received"]["parts"]
    ]
    assert total == ["Total", "", "", number(document["received"]["total"])]
    earlier = table(made, "Report", "Due", "Sent")
    assert [row[3] for row in earlier] == [
        number(one["days_late"]) for one in document["earlier_reports"]
    ]
    assert len(earlier) > 0
    attention = table(made, "Club's name", "Commune", "Why")
    assert [row[0] for row in attention] == [one["name"] for one in document["attention"]]
    assert all(row[2] for row in attention)


def test_each_target_has_its_article() -> None:
    of_one = built(37)
    (named,) = {one["source"].partition(", ")[0] for one in of_one["progress"]}
    rows = table(paper(of_one), "Target", "Asked", "Reached so far", f"Article ({named})")
    assert [f"{named}, {row[3]}" for row in rows] == [one["source"] for one in of_one["progress"]]
    of_two = built(37)
    of_two["progress"][0]["source"] = "Another, I.2"
    of_both = table(paper(of_two), "Target", "Asked", "Reached so far", "Article")
    assert [row[3] for row in of_both] == [one["source"] for one in of_two["progress"]]
    assert len({row[0] for row in rows}) == len(rows)


def test_it_says_to_whom_when_and_what_it_was_made_from() -> None:
    document = built(37, "half_year", "2022H1")
    made = paper(document)
    assert "From 01/01/2022 to 30/06/2022" in text(made)
    for section in made.sections:
        for foot in (section.footer, section.first_page_footer):
            (line,) = foot.paragraphs
            assert f"head {document['log']['head'][:12]}" in line.text
            assert f"{number(document['log']['events'])} events" in line.text
    (recipients,) = [one for one in made.tables if "Nơi nhận" in one.cell(0, 0).text]
    for one in document["report"]["to"]:
        assert one["name"] in recipients.cell(0, 0).text


def test_no_number_of_a_village_is_alone_on_a_line_of_a_narrow_column() -> None:
    document = built(37)
    document["overdue"][0]["club_name"] = "CLB Liên thế hệ tự giúp nhau Xóm 1"
    made = docx.Document(BytesIO(render(document)))
    cells = [cell.text for one in made.tables for row in one.rows for cell in row.cells]
    assert any("nhau Xóm\N{NO-BREAK SPACE}1" in one for one in cells)


def test_our_own_notes_are_for_the_screen() -> None:
    document = built(37, "half_year", "2022H1")
    document["notices"] = ["Ngày 19/06/2022 là Chủ nhật."]
    document["report"]["to"] = [
        {"agency": "a", "name": "Bộ Y tế", "confirmed": False, "note": None},
        {
            "agency": "b",
            "name": "Cơ quan (văn bản không nêu tên)",
            "confirmed": False,
            "note": None,
        },
    ]
    made = paper(document)
    shown = "\n".join([text(made), *(cell.text for one in made.tables for cell in one._cells)])
    assert "Chủ nhật" not in shown
    assert "not confirmed" not in shown
    assert "- Bộ Y tế" in shown
    assert "không nêu tên" not in shown


def test_it_has_the_three_parts_of_an_offices_report_and_its_type_once() -> None:
    lines = [one.text for one in paper(built(37, "year", "2022")).paragraphs]
    heads = ("I. RESULTS", "II. DIFFICULTIES, OBSTACLES AND THEIR CAUSES", "III. PROPOSALS")
    assert [one for one in lines if one in heads] == list(heads)
    assert lines.count("BÁO CÁO") == 1
    title = lines[lines.index("BÁO CÁO") + 1]
    assert title == "Kết quả thực hiện Đề án the year 2022"


def parts_of(document: dict[str, Any]) -> list[str]:
    """Return the titles of a report's parts."""
    lines = [one.text for one in paper(document).paragraphs]
    return [one for one in lines if one.split(".")[0] in ("I", "II", "III", "IV")]


def test_a_conference_has_a_record_of_its_own() -> None:
    document = built(37, "yearly_conference", "2022")
    assert parts_of(document) == [
        "I. THE CONFERENCE",
        "II. RESULTS REPORTED TO THE CONFERENCE",
        "III. DISCUSSION: DIFFICULTIES AND THEIR CAUSES",
        "IV. CONCLUSIONS AND PROPOSALS",
    ]
    shown = text(paper(document))
    for label in ("Time and place: ", "Chaired by: ", "Who came, how many: "):
        assert label in shown


def test_a_review_of_clubs_that_a_document_names_begins_with_them() -> None:
    document = built(37, "year", "2022")
    document["report"]["id"] = "review_of_named_clubs"
    document["subject"] = [
        {"title": "Eleven clubs", "headings": ["Commune"], "rows": [["Xã Một"]], "source": "KH 1"}
    ]
    assert parts_of(document)[0] == "I. THE CLUBS NAMED"
    assert table(paper(document), "Commune") == [["Xã Một"]]


def test_what_officers_wrote_is_in_its_part_and_lines_are_left_for_the_rest() -> None:
    document = built(37, "year", "2022")
    document["notes"] = [
        {
            "commune": None,
            "report": "year",
            "period": "2022",
            "difficulties": ["Kinh phí chậm"],
            "causes": [],
            "proposals": ["Bổ sung kinh phí"],
        },
        {
            "commune": "Xã Một",
            "report": "commune_year",
            "period": "2022",
            "difficulties": ["Thiếu nhà văn hóa"],
            "causes": [],
            "proposals": [],
        },
    ]
    lines = [one.text for one in paper(document).paragraphs]
    second, third = lines.index("2. Causes"), lines.index("III. PROPOSALS")
    assert lines[second - 2 : second] == ["- Kinh phí chậm", "- Xã Một: Thiếu nhà văn hóa"]
    assert set(lines[second + 1 : third]) == {"\t"}
    assert lines[third + 1] == "- Bổ sung kinh phí"


def test_a_report_of_difficulties_has_neither_figures_nor_a_list_of_clubs() -> None:
    document = built(37, "difficulties", "2022")
    made = paper(document)
    lines = text(made)
    assert "I. SITUATION" in lines
    assert "DANH SÁCH CÂU LẠC BỘ" not in lines
    assert "Main figures" not in lines
    assert table(made, "Reported by", "Difficulty", "Proposed solution") == [["", "", ""]] * 5
    assert len(made.sections) == 2
    document["overdue"] = []
    assert len(paper(document).sections) == 1


def test_it_is_laid_out_as_the_decree_says() -> None:
    made = paper(built(37))
    section, figures, clubs = made.sections
    assert figures.page_height == section.page_height
    assert (clubs.page_width, clubs.page_height) == (section.page_height, section.page_width)
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert (round(section.left_margin.mm), round(section.right_margin.mm)) == (30, 15)
    assert made.styles["Normal"].font.name == "Times New Roman"
    head = "\n".join(cell.text for row in made.tables[0].rows for cell in row.cells)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in head
    assert "BÁO CÁO" in text(made)


def test_hostile_text_stays_text_and_no_field_of_a_template() -> None:
    made = paper(hostile())
    names = [row[1] for row in table(made, *LIST)]
    assert {SCRIPT, FORMULA, "{{ 7*7 }}", "**a**"} <= set(names)
    assert LONG[:499] + "…" in names
    assert "49" not in names
    assert SCRIPT in text(made)  # the title of a plugin's section
    assert "{%" not in text(made)


def test_a_province_without_clubs_has_its_paper_too() -> None:
    made = paper(built(0))
    assert table(made, "Figure", "Value")[0] == ["Clubs alive", "0"]
    assert "DANH SÁCH CÂU LẠC BỘ" not in text(made)
