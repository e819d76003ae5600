"""One bad file a mistake: each is refused with its code, its key, and a sentence to fix it by."""

from pathlib import Path

import pytest

from engine.errors import PolicyError
from engine.i18n import language, use
from engine.policy import read_policy
from engine.policy.check import check_policy

BAD = sorted((Path(__file__).parent / "bad").glob("*.toml"))


@pytest.fixture(autouse=True)
def english():
    spoken = language()
    use("en")
    yield
    use(spoken)


def expected(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return sorted(line.removeprefix("# expect: ") for line in lines if "# expect: " in line)


def problems(name: str):
    path = Path(__file__).parent / "bad" / f"{name}.toml"
    return check_policy(path.read_bytes(), origin=path.name)


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_mistake_is_reported_once_with_its_code_and_its_key(path):
    found = check_policy(path.read_bytes(), origin=path.name)
    assert sorted(f"{problem.code} {problem.key}".strip() for problem in found) == expected(path)


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_file_with_a_mistake_is_not_read(path):
    with pytest.raises(PolicyError, match=path.name):
        read_policy(path.read_bytes(), origin=path.name)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("unknown_key", "Did you mean membership.size?"),
        ("unknown_group", "Did you mean membership?"),
        ("unknown_field", "Did you mean once_a_club?"),
        ("unknown_field_in_value", "Did you mean min?"),
        ("aspect_misspelt", "Did you mean personnel?"),
        ("money_as_text", "should be a whole number"),
        ("date_that_is_not", "such as 2021-07-28"),
        ("due_day_that_is_not", "such as 06-20"),
        ("single_brackets", "[[membership.elderly_age]]"),
        ("source_of_no_document", "it declares: KH1"),
        ("yearly_budget_sum", "make it 800000000"),
        ("no_document", "The file lacks document."),
        ("key_twice", "The same key is written twice"),
        ("quotation_mark_missing", "a missing quotation mark"),
        ("named_list_too_short", "asks for 3 clubs but names 2 communes"),
        ("overlap", "while membership.elderly_age[1] is still in force"),
    ],
)
def test_the_sentence_says_what_to_do(name, sentence):
    (problem,) = problems(name)
    assert sentence in str(problem)


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("unknown_key", "[[membership.sise]]"),
        ("unknown_group", "[[membershp.size]]"),
        ("money_as_text", "[[grant.establishment]]"),
        ("yearly_budget_sum", "[[budget.yearly]]"),
        ("key_twice", "young_age = []"),
        ("quotation_mark_missing", 'value = "Hội Người cao tuổi'),
    ],
)
def test_the_line_is_the_line_of_the_value(name, header):
    (problem,) = problems(name)
    text = (Path(__file__).parent / "bad" / f"{name}.toml").read_text(encoding="utf-8")
    assert text.splitlines()[problem.line - 1] == header


def test_the_second_of_two_values_is_found_at_its_own_line():
    (problem,) = problems("overlap")
    text = (Path(__file__).parent / "bad" / "overlap.toml").read_text(encoding="utf-8")
    header = "[[membership.elderly_age]]"
    headers = [i for i, line in enumerate(text.splitlines(), 1) if line == header]
    assert problem.line == headers[1]


GOOD = """\
[province]
id = "thi_du"
name = "Thí Dụ"
prefix = "TD"

[[document]]
id = "KH1"
number = "1/KH-UBND"
short = "KH 1/KH-UBND"
title = "Kế hoạch thí dụ"
issuer = "UBND tỉnh Thí Dụ"
from = 2021-01-01
to = 2021-01-01

[[membership.size]]
value = { min = 60, max = 60 }
source = "KH1, I.2"
from = 2021-01-01
to = 2021-01-01
"""


def test_a_document_and_a_value_of_one_day_and_a_range_of_one_number_are_no_mistakes():
    assert check_policy(GOOD.encode(), origin="policy.toml") == ()


def test_a_value_may_follow_another_on_the_next_day():
    text = GOOD.replace("to = 2021-01-01\n\n", "to = 2025-12-31\n\n") + (
        '\n[[membership.size]]\nvalue = { min = 50 }\nsource = "KH1, I.3"\nfrom = 2021-01-02\n'
    )
    assert check_policy(text.encode(), origin="policy.toml") == ()


def test_a_long_text_is_shown_shortened():
    (problem,) = check_policy(
        GOOD.replace("min = 60, max = 60", f'min = "{"a" * 61}"').encode(), origin="policy.toml"
    )
    assert problem.found == "a" * 57 + "..."


def test_one_mistyped_value_does_not_hide_what_is_wrong_with_the_others():
    assert {problem.code for problem in problems("several_mistakes")} == {
        "CLB-POLICY-SOURCE",
        "CLB-POLICY-KEY",
        "CLB-POLICY-SUM",
    }


def test_the_error_lists_every_problem():
    path = Path(__file__).parent / "bad" / "several_mistakes.toml"
    with pytest.raises(PolicyError) as refused:
        read_policy(path.read_bytes(), origin=path.name)
    assert "several_mistakes.toml: 3" in refused.value.message
    assert all(str(problem) in refused.value.message for problem in refused.value.problems)
    assert refused.value.help


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("from = 15/03/2021", "A date is written year-month-day"),
        ("from = 15-03-2021", "A date is written year-month-day"),
        ("from = 2021-02-30", "no such day in the calendar"),
    ],
)
def test_a_day_that_toml_cannot_read_is_reported_as_a_day(written, sentence):
    text = GOOD.replace("from = 2021-01-01", written)
    (problem,) = check_policy(text.encode(), origin="thi_du")
    assert problem.code == "CLB-POLICY-TOML"
    assert sentence in problem.message
    assert text.splitlines()[problem.line - 1] == written


def test_a_number_with_a_decimal_point_hides_no_other_mistake():
    text = (
        GOOD
        + """
[[fund.income_minimum]]
value = 40_000_000.0
source = "KH1, II"

[[grant.establishment]]
value = "80.000.000"
source = "KH1, II"
"""
    )
    found = [(one.key, one.code) for one in check_policy(text.encode(), origin="thi_du")]
    assert found == [
        ("fund.income_minimum[1].value", "CLB-POLICY-NUMBER"),
        ("grant.establishment[1].value", "CLB-POLICY-TYPE"),
    ]


def test_a_document_that_ends_before_it_starts_is_reported_once_at_its_line():
    text = (
        GOOD.replace("to = 2021-01-01", "to = 2020-12-31")
        + """
[[fund.income_minimum]]
value = 40_000_000
source = "KH1, II"
"""
    )
    (problem,) = check_policy(text.encode(), origin="thi_du")
    assert "The document KH1 ends on 2020-12-31" in problem.message
    assert text.splitlines()[problem.line - 1] == "[[document]]"


def test_an_overlap_says_when_the_earlier_value_has_to_end():
    (problem,) = problems("overlap")
    assert "End membership.elderly_age[1] before: to = " in problem.message
