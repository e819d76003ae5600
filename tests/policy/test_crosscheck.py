"""Whether the values of a policy agree: each rule at its edge, with literals."""

import pytest

from engine.policy.check import check_policy

HEAD = """\
[province]
id = "thu"
name = "Tỉnh Thử"
prefix = "TH"
api_version = "1.0"
kind = "province"

[[document]]
id = "QD1"
number = "1/QĐ"
short = "QĐ 1"
title = "Quyết định"
issuer = "UBND"
from = 2021-07-28
to = 2025-12-31
"""
SIZE = """
[[membership.size]]
value = { min = 60, max = 75 }
source = "QD1, I"
"""


def found(values: str, head: str = HEAD) -> list[str]:
    """Return code and key of every problem of a file with these values."""
    problems = check_policy(f"{head}\n{values}".encode(), origin="thu.toml")
    return [f"{one.code} {one.key}" for one in problems]


def age(number: int, days: str = "") -> str:
    return f'\n[[membership.elderly_age]]\nvalue = {number}\nsource = "QD1, I"\n{days}\n'


def test_a_file_with_a_sound_value_has_no_problem() -> None:
    assert found(SIZE) == []


def test_a_range_of_one_number_is_a_range() -> None:
    assert found(SIZE.replace("75", "60")) == []
    assert found(SIZE.replace("75", "59")) == ["CLB-POLICY-RANGE membership.size[1]"]


def test_a_value_of_one_day_has_a_period() -> None:
    assert found(age(60, "from = 2022-01-01\nto = 2022-01-01")) == []
    assert found(age(60, "from = 2022-01-02\nto = 2022-01-01")) == [
        "CLB-POLICY-PERIOD membership.elderly_age[1]"
    ]


def test_a_value_ends_with_its_document_at_the_latest() -> None:
    assert found(age(60, "to = 2025-12-31")) == []
    assert found(age(60, "to = 2026-01-01")) == ["CLB-POLICY-PERIOD membership.elderly_age[1]"]
    assert found(age(60, "to = 2026-01-01"), HEAD.replace("to = 2025-12-31\n", "")) == []


def test_a_document_of_one_day_has_a_period() -> None:
    assert found(SIZE, HEAD.replace("2025-12-31", "2021-07-28")) == []
    assert found(SIZE, HEAD.replace("2025-12-31", "2021-07-27")) == ["CLB-POLICY-PERIOD document"]


def test_a_value_may_begin_the_day_after_the_one_before_it_ends() -> None:
    first = age(60, "to = 2022-12-31")
    assert found(first + age(55, "from = 2023-01-01")) == []
    assert found(first + age(55, "from = 2022-12-31")) == [
        "CLB-POLICY-OVERLAP membership.elderly_age[2]"
    ]


def test_values_are_compared_in_the_order_of_their_days() -> None:
    assert found(age(55, "from = 2023-01-01") + age(60, "to = 2022-12-31")) == []


def test_a_value_without_an_end_overlaps_every_later_one() -> None:
    head = HEAD.replace("to = 2025-12-31\n", "")
    assert found(age(60) + age(55, "from = 2030-01-01"), head) == [
        "CLB-POLICY-OVERLAP membership.elderly_age[2]"
    ]


def target(start: str = "2021-01-01", end: str = "2025-12-31", more: str = "") -> str:
    return f"""
[[target.new_clubs]]
value.kind = "floor"
value.measure = "clubs_decided"
value.target = 40
value.unit = "clubs"
value.label = "CLB mới"
value.from = {start}
value.to = {end}
source = "QD1, II"
{more}
"""


def test_a_target_counts_within_the_years_of_its_document() -> None:
    outside = ["CLB-POLICY-TARGET-PERIOD target.new_clubs[1]"]
    assert found(target()) == []
    assert found(target(start="2020-12-31")) == outside
    assert found(target(end="2026-01-01")) == outside


def test_a_target_says_until_when_it_counts() -> None:
    head = HEAD.replace("to = 2025-12-31\n", "")
    without = target().replace("value.to = 2025-12-31\n", "")
    assert found(without, head) == ["CLB-POLICY-TARGET-PERIOD target.new_clubs[1]"]
    assert found(target(end="2030-12-31"), head) == []


BUDGET = """
[[grant.establishment]]
value = 100
source = "QD1, IV"

[[budget.yearly]]
value = { clubs = 8, amount = 800 }
source = "QD1, IV"

[[budget.total]]
value = { clubs = 40, amount = 4000 }
source = "QD1, IV"
"""


def test_a_budget_is_the_grant_times_the_clubs() -> None:
    assert found(BUDGET) == []
    assert found(BUDGET.replace("800", "801")) == ["CLB-POLICY-SUM budget.yearly[1]"]
    assert found(BUDGET.replace("4000", "3999")) == ["CLB-POLICY-SUM budget.total[1]"]


def test_a_budget_is_held_against_the_grant_of_its_own_day_only() -> None:
    later = BUDGET.replace("value = 100\n", "value = 100\nfrom = 2022-01-01\n")
    assert found(later.replace("800", "1").replace("4000", "1")) == []


def money(key: str, number: int) -> str:
    measure = "grants_a_year" if key == "yearly_grants" else "grant_amount"
    unit = "clubs" if key == "yearly_grants" else "dong"
    return f"""
[[target.{key}]]
value.kind = "budget"
value.measure = "{measure}"
value.target = {number}
value.unit = "{unit}"
value.label = "Hỗ trợ"
source = "QD1, IV"
"""


def test_a_target_of_grants_is_what_the_budget_says() -> None:
    assert found(BUDGET + money("yearly_grants", 8) + money("total_grants", 4000)) == []
    assert found(BUDGET + money("yearly_grants", 9) + money("total_grants", 4001)) == [
        "CLB-POLICY-SUM target.yearly_grants[1]",
        "CLB-POLICY-SUM target.total_grants[1]",
    ]


REPORT = """
[[report.year]]
value.title = "Báo cáo năm"
value.cycle = "year"
value.to = ["province_committee"]
value.via = "labour_department"
source = "QD1, V"
"""


def routing(agency: str) -> str:
    return f"""
[[routing.{agency}]]
value = {{ name = "Cơ quan", confirmed = true }}
source = "QD1, V"
"""


def test_every_agency_a_report_goes_to_or_through_is_named() -> None:
    both = routing("province_committee") + routing("labour_department")
    assert found(REPORT + both) == []
    absent = ["CLB-POLICY-AGENCY report.year[1]"]
    assert found(REPORT + routing("labour_department")) == absent
    assert found(REPORT + routing("province_committee")) == absent
    direct = REPORT.replace('value.via = "labour_department"\n', "")
    assert found(direct + routing("province_committee")) == []


def test_the_office_that_leads_in_the_province_is_named() -> None:
    lead = '\n[[lead.province]]\nvalue = "labour_department"\nsource = "QD1, V"\n'
    assert found(lead + routing("labour_department")) == []
    assert found(lead + routing("province_committee")) == ["CLB-POLICY-AGENCY lead.province[1]"]


NEEDS = {
    "appraisal.favourable": ("true", "appraisal.aspects", '["finance"]'),
    "membership.young_age": ("30", "membership.young_share", "{ min = 30 }"),
}


@pytest.mark.parametrize("key", NEEDS)
def test_a_value_that_means_nothing_alone_needs_its_other(key: str) -> None:
    value, needed, other = NEEDS[key]
    one = f'\n[[{key}]]\nvalue = {value}\nsource = "QD1, I"\n'
    assert found(one) == [f"CLB-POLICY-NEEDS {key}[1]"]
    assert found(f'{one}\n[[{needed}]]\nvalue = {other}\nsource = "QD1, I"\n') == []


def test_of_a_document_that_ends_before_it_starts_only_that_is_reported() -> None:
    head = HEAD.replace("2025-12-31", "2021-01-01")
    assert found(age(60) + target(), head) == ["CLB-POLICY-PERIOD document"]
