"""Every paper of every province as pages, measured: NĐ 30/2020/NĐ-CP, Phụ lục I."""

import re
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from support.pages import RULE, Line, Page, pages
from support.papers import ALL

pytestmark = pytest.mark.slow

Read = Callable[[str, str], list[Page]]
LEFT, RIGHT = 85.0, 595.3 - 42.5
"""The margins of 30 and 15 mm, in points."""
MOTTO = "Độc lập - Tự do - Hạnh phúc"
SIGNING = ("Nơi nhận:", "ĐẠI DIỆN", "NGƯỜI", "THƯ KÝ", "CHỦ TRÌ", "TM. ", "CHỦ TỊCH")
"""How the lines begin that a signature begins with."""
LEAST_WITH_A_SIGNATURE = 2
FILLED = 0.7
"""The part of a page's height that is filled where another page follows."""
NEXT_LINE = 4.0
"""No two lines of one text are further apart than this, in points."""


@pytest.fixture(scope="module")
def read(pdf: Callable[[str, str], Path]) -> Read:
    """Return the pages of a paper; each is read once."""
    return cache(lambda province, which: pages(pdf(province, which)))


@pytest.fixture(params=ALL)
def paper(read: Read, province: str, request: pytest.FixtureRequest) -> list[Page]:
    return read(province, str(request.param))


def rules(page: Page) -> list[Line]:
    """Return the rules of a page from the top down."""
    found = [one for one in page.lines if not one.text.strip(RULE)]
    return sorted(found, key=lambda one: one.top)


def above(page: Page, rule: Line) -> list[Line]:
    """Return the lines that a rule is drawn under, the nearest first."""
    over = [
        one
        for one in page.lines
        if one.bottom <= rule.top + 3 and abs(one.middle - rule.middle) < 2 and one.text.strip(RULE)
    ]
    over.sort(key=lambda one: -one.top)
    found = over[:1]
    for lower, upper in pairwise(over):
        if lower.top - upper.bottom > NEXT_LINE or not upper.bold or upper.text.isupper():
            break
        found.append(upper)
    return found


def test_nothing_is_outside_the_margins(paper: list[Page]) -> None:
    for page in paper:
        outside = [one.text for one in page.lines if one.x0 < LEFT - 1 or one.x1 > RIGHT + 1]
        assert outside == []


def test_the_rule_under_the_motto_is_as_long_as_the_motto(paper: list[Page]) -> None:
    motto = paper[0].line(MOTTO)
    rule = next(one for one in rules(paper[0]) if abs(one.middle - motto.middle) < 2)
    assert abs(rule.width - motto.width) < 2
    assert 0 < rule.bottom - motto.bottom < 12


def test_other_rules_are_a_third_to_a_half_of_their_line(paper: list[Page]) -> None:
    seen = 0
    for page in paper:
        for rule in rules(page):
            over = above(page, rule)
            if over[0].text == MOTTO:
                continue
            if over[0].text.endswith(")"):  # the caption of an annex, under its title
                over = [page.lines[1]]
            longest = max(one.width for one in over)
            assert longest / 3 - 1 <= rule.width <= longest / 2 + 1, over
            assert rule.bottom - over[0].bottom > 2, "it touches no letter"
            seen += 1
    first = paper[0]
    titled = not any(one.text.startswith("V/v") for one in first.lines)
    headed = first.line(MOTTO).middle > first.width / 2 + 30
    assert seen >= headed + titled, "under the agency and under the title"


def test_a_signature_is_with_the_last_lines_of_its_paper(paper: list[Page]) -> None:
    for page in paper:
        signed = [one for one in page.lines if one.text.startswith(SIGNING) and one.bold]
        if not signed:
            continue
        first = min(one.top for one in signed)
        before = [one for one in page.lines if one.bottom <= first and not one.text.isdigit()]
        assert len(before) >= LEAST_WITH_A_SIGNATURE
        assert first - max(one.bottom for one in before) < 40, "nothing comes between"


def test_a_table_before_an_article_leaves_no_page_half_empty(read: Read, province: str) -> None:
    first, *more = read(province, "quyet_dinh_kien_toan")
    lowest = max(one.bottom for one in first.lines)
    assert not more or lowest > FILLED * first.height


@pytest.mark.parametrize("which", ["ke_hoach_nam", "quy_che"])
def test_names_of_signers_are_in_one_line(read: Read, province: str, which: str) -> None:
    last = read(province, which)[-1]
    chair = last.line("CHỦ NHIỆM")
    names = [one for one in last.lines if one.top > chair.bottom + 25 and one.bold]
    assert len(names) == 2
    assert abs(names[0].bottom - names[1].bottom) < 3


def test_letters_keep_off_the_lines_of_their_cells(paper: list[Page]) -> None:
    for page in paper:
        for line in page.lines:
            for down, x0, x1 in page.edges:
                if x0 - 1 <= line.x0 and line.x1 <= x1 + 1:
                    assert not line.top - 0.8 < down < line.bottom + 0.8, line.text


def test_recipients_are_not_glued_to_the_names_above_them(paper: list[Page]) -> None:
    for page in paper:
        for one in page.lines:
            if one.text == "Nơi nhận:":
                over = [line.bottom for line in page.lines if line.bottom <= one.top and line.text]
                assert one.top - max(over) >= 6


def test_no_title_ends_in_a_line_of_one_word(paper: list[Page]) -> None:
    for page in paper:
        for one in page.lines:
            if one.bold and one.size > 13.5:
                assert len(one.text.split()) > 1 or one.text.isupper() or one.text == "Phụ lục"


def test_a_title_of_several_lines_is_broken_into_like_lines(paper: list[Page]) -> None:
    for page in paper:
        titles = [one for one in page.lines if one.bold and one.size > 13.5]
        for upper, lower in pairwise(one for one in titles if not one.text.isupper()):
            if lower.top - upper.bottom < NEXT_LINE:
                assert min(upper.width, lower.width) > max(upper.width, lower.width) * 0.4


def test_no_line_of_a_text_begins_with_a_number_left_over_or_a_dash(paper: list[Page]) -> None:
    for page in paper:
        text = [one.text for one in page.lines if one.size > 11.5 and one.x0 < LEFT + 2]
        assert [one for one in text if re.match(r"\d{1,3}[,;.]? ?$|- ", one)] == []


def test_a_blank_for_a_sentence_goes_to_the_margin(paper: list[Page]) -> None:
    for page in paper:
        for one in page.lines:
            if one.x0 < LEFT + 40 and one.text.endswith(("…………….", "……………;")):
                raise AssertionError(one.text)


def test_pages_are_numbered_from_the_second_of_the_paper_and_of_each_annex(
    paper: list[Page],
) -> None:
    wanted = 0
    for page in paper:
        begins = page is paper[0] or any(one.text.startswith("Phụ lục") for one in page.lines[:2])
        wanted = 1 if begins else wanted + 1
        tops = [one for one in page.lines if one.text.isdigit() and one.bottom < 57]
        assert [one.text for one in tops] == ([] if wanted == 1 else [str(wanted)])
        assert all(abs(one.middle - (LEFT + RIGHT) / 2) < 2 for one in tops)


def test_an_annex_is_headed_by_its_number_title_and_paper(read: Read, province: str) -> None:
    annexed = [
        page
        for page in read(province, "quyet_dinh_thanh_lap")[1:]
        if "Phụ lục" in page.lines[0].text
    ]
    assert [page.lines[0].text for page in annexed] == ["Phụ lục I", "Phụ lục II"]
    for page in annexed:
        label, title, caption = page.lines[:3]
        assert (label.size, label.bold, title.size, title.bold) == (14, True, 14, True)
        assert title.text.isupper()
        assert caption.text.startswith("(Kèm theo Quyết định số 05/QĐ-UBND ngày 03 tháng 02")


def test_the_subject_of_a_letter_is_six_points_under_its_number(read: Read, province: str) -> None:
    (page,) = read(province, "cong_van_tra_ho_so")
    subject, number = page.line("V/v"), page.line("Số:")
    assert 6 <= subject.top - number.bottom <= 10
    assert subject.size == 12
