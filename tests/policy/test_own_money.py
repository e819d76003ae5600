"""Funds and sources of money that only one province has, by the day: with literals."""

from support.literals import Dated, day, policy

from engine.policy.own_money import fund_ids, fund_labels, own_funds, source_labels

STATED = policy(
    {
        "fund.kinds": ["income", "operating"],
        "fund.own_mua_vu": [
            Dated({"label": "Quỹ mùa"}, start=day("2022-01-01"), end=day("2022-12-31")),
            Dated({"label": "Quỹ mùa vụ"}, start=day("2023-01-01"), end=day("2023-12-31")),
        ],
        "fund.own_nha_o": Dated({"label": "Quỹ nhà ở"}, start=day("2024-01-01")),
        "sources.list": [Dated([{"id": "member", "label": "Hội viên"}])],
        "sources.own_lai": {"label": "Lãi tiết kiệm"},
    }
)


def test_an_own_fund_is_called_as_the_province_calls_it_last() -> None:
    assert fund_labels(STATED) == {"own_mua_vu": "Quỹ mùa vụ", "own_nha_o": "Quỹ nhà ở"}
    assert source_labels(STATED) == {"own_lai": "Lãi tiết kiệm"}
    assert fund_labels(policy()) == source_labels(policy()) == {}


def test_a_club_may_have_an_own_fund_from_its_first_day_on_and_keeps_it() -> None:
    assert own_funds(STATED, day("2021-12-31")) == {}
    assert own_funds(STATED, day("2022-01-01")) == {"own_mua_vu": "Quỹ mùa vụ"}
    assert list(own_funds(STATED, day("2026-01-01"))) == ["own_mua_vu", "own_nha_o"]


def test_the_funds_of_every_club_come_before_a_province_s_own() -> None:
    assert fund_ids(STATED, day("2021-12-31")) == ("income", "operating")
    assert fund_ids(STATED, day("2023-12-31")) == ("income", "operating", "own_mua_vu")
