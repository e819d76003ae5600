"""The table of columns and the schema of a report name the same figures."""

from typing import Any

import pytest

import schemas
from engine.documents.report import LANDSCAPE, NUMBERS, WIDTH
from engine.model import FundKind
from engine.reports.columns import (
    COLUMNS,
    EARLIER_COLUMNS,
    OVERDUE_COLUMNS,
    RECEIVED_COLUMNS,
    Format,
    club_columns,
    commune_columns,
    figure_labels,
)
from engine.reports.figures import TURNOVER

REPORT = schemas.load("report")["properties"]
CLUBS: dict[str, Any] = REPORT["clubs"]["items"]["properties"]
COMMUNES: dict[str, Any] = REPORT["communes"]["items"]["properties"]
SUMS: dict[str, Any] = REPORT["figures"]["properties"]


def test_a_clubs_row_has_every_column_and_the_communes_former_name() -> None:
    assert set(CLUBS) == {one.name for one in COLUMNS} | {"formerly", "place"}


def test_what_is_added_up_is_in_a_communes_row_and_in_the_provinces_figures() -> None:
    summed = {one.name for one in COLUMNS if one.summed}
    shown = {one.name for one in commune_columns({})}
    assert set(COMMUNES) == summed | shown | {"formerly", "place"}
    assert set(SUMS) == summed | set(figure_labels({})) | {
        "clubs_by_state",
        "elderly_age",
        "elderly_age_source",
    }


@pytest.mark.parametrize("fund", FundKind)
def test_every_fund_is_a_column_of_money_that_is_added_up(fund: FundKind) -> None:
    (column,) = [one for one in COLUMNS if one.name == f"{fund}_fund"]
    assert (column.format, column.summed, column.on_page) == (Format.MONEY, True, True)
    assert column.name in figure_labels({})


def test_a_fund_of_the_provinces_own_is_such_a_column_after_those_of_every_club() -> None:
    own = {"own_mua_vu": "Quỹ mùa vụ"}
    names = [one.name for one in club_columns(own)]
    place = names.index("operating_fund")
    assert names[place + 1] == "own_mua_vu_fund"
    assert names[: place + 1] + names[place + 2 :] == [one.name for one in COLUMNS]
    assert figure_labels(own)["own_mua_vu_fund"] == "Quỹ mùa vụ (đồng)"
    assert "own_mua_vu_fund" in {one.name for one in commune_columns(own)}


def test_only_what_is_added_up_or_made_of_sums_has_a_heading_for_its_sum() -> None:
    assert [one.name for one in COLUMNS if one.sum_label and not one.summed] == [TURNOVER]


def test_a_papers_table_is_as_wide_as_its_page() -> None:
    for columns in (commune_columns({}), RECEIVED_COLUMNS, OVERDUE_COLUMNS, EARLIER_COLUMNS):
        assert sum(one.width for one in columns) == WIDTH
    assert sum(one.width for one in COLUMNS) == LANDSCAPE - NUMBERS  # the list is on its side
